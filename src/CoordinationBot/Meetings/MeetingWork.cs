using CoordinationBot.Delegations;
using CoordinationBot.Mail;
using CoordinationBot.Notices;
using CoordinationBot.Protocol.Cards;
using CoordinationBot.Storage;

namespace CoordinationBot.Meetings;

/// <summary>What a meeting does by itself when its time has come: by a rule, through the store. Called at every wake-up; doing it again does nothing.</summary>
/// <returns>The meeting as it is then.</returns>
internal delegate ValueTask<Meeting> MeetingDue(Meeting meeting, CancellationToken cancel);

/// <summary>What a wake-up of a meeting does: reads the rows and does what it finds. Doing it again does nothing.</summary>
internal sealed class MeetingWork(MeetingStore store, MeetingDesk desk, MeetingIndex index, IEnumerable<MeetingDue> due, OutsideCalendar outside, NoticeDelivery notices, MailDelivery mails, IWorkQueue queue, TimeProvider clock)
{
    public async ValueTask RunAsync(WakeUp wakeUp, CancellationToken cancel)
    {
        var (tenant, id) = DelegationStore.Identify(wakeUp.Partition);
        if (await store.FindAsync(tenant, id, cancel) is not { } meeting)
        {
            return; // The host ended between the wake-up and the commit: nothing was begun.
        }
        meeting = await RemindAsync(meeting, cancel);
        foreach (var step in due)
        {
            meeting = await step(meeting, cancel);
        }
        await store.SpreadAsync(tenant, id, cancel);
        await IndexAsync(meeting, cancel);
        var inviting = await outside.GoOnAsync(meeting, cancel);
        var again = inviting.IsByMail ? await mails.DeliverAsync(wakeUp, async token => Mail(await ReadAsync(token)), cancel) : inviting.Again;
        var later = await notices.DeliverAsync(tenant, wakeUp, async token => await CardAsync(await ReadAsync(token), token), cancel);
        if ((again < later ? again : later ?? again) is { } wait)
        {
            await queue.EnqueueAsync(wakeUp, clock.GetUtcNow() + wait, cancel);
        }

        async ValueTask<Meeting> ReadAsync(CancellationToken token) => (await store.FindAsync(tenant, id, token))!;
    }

    /// <summary>Once more when it changed meanwhile: another host may have written the newer state before this older one.</summary>
    private async ValueTask IndexAsync(Meeting meeting, CancellationToken cancel)
    {
        for (Meeting? before = null; before?.Revision != meeting.Revision;)
        {
            await index.WriteAsync(meeting, cancel);
            (before, meeting) = (meeting, (await store.FindAsync(meeting.Tenant, meeting.Id, cancel))!);
        }
    }

    private async ValueTask<Meeting> RemindAsync(Meeting meeting, CancellationToken cancel) =>
        MeetingRules.Remind(meeting, clock.GetUtcNow()) is MeetingOutcome.Changed
            ? (await store.UpdateAsync(meeting.Tenant, meeting.Id, null, known => MeetingRules.Remind(known, clock.GetUtcNow()), cancel))!.State
            : meeting;

    private async ValueTask<LivingCard> CardAsync(Meeting meeting, CancellationToken cancel)
    {
        var offer = await desk.OfferAsync(meeting, clock.GetUtcNow(), cancel);
        return new(
            meeting.Subject,
            new SubmitAction("meeting.bring", new Dictionary<string, string> { ["id"] = meeting.Id }) { Title = "Open" },
            (person, sentences) => MeetingCards.For(desk.View(meeting, offer, person, sentences, clock.GetUtcNow())),
            MeetingCards.Moved(meeting),
            (person, reason, token) => store.NoteUnreachedAsync(
                meeting.Tenant,
                meeting.Id,
                person.ObjectId,
                reason is null ? null : $"{person.Name} has not been told: I cannot reach them in Teams. Please tell them yourself.",
                token));
    }

    private MailContent Mail(Meeting meeting) => new(
        waiting => MeetingMails.Compose(meeting, waiting, clock.GetUtcNow()),
        // Whoever is inside has a card.
        (failed, cancel) => meeting.Find(failed.Address) is { IsOutside: true }
            ? store.NoteUnreachedAsync(meeting.Tenant, meeting.Id, failed.Address, MailSentences.Read(failed.Address, failed.Failure), cancel)
            : ValueTask.CompletedTask);
}

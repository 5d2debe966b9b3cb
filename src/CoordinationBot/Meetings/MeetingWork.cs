using CoordinationBot.Delegations;
using CoordinationBot.Notices;
using CoordinationBot.Protocol.Cards;
using CoordinationBot.Storage;

namespace CoordinationBot.Meetings;

/// <summary>What a meeting does by itself when its time has come: by a rule, through the store. Called at every wake-up; doing it again does nothing.</summary>
/// <returns>The meeting as it is then.</returns>
internal delegate ValueTask<Meeting> MeetingDue(Meeting meeting, CancellationToken cancel);

/// <summary>What a wake-up of a meeting does: reads the rows and does what it finds. Doing it again does nothing.</summary>
internal sealed class MeetingWork(MeetingStore store, MeetingDesk desk, IEnumerable<MeetingDue> due, NoticeDelivery delivery, IWorkQueue queue, TimeProvider clock)
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
        if (await delivery.DeliverAsync(tenant, wakeUp, async token => Card((await store.FindAsync(tenant, id, token))!), cancel) is { } again)
        {
            await queue.EnqueueAsync(wakeUp, clock.GetUtcNow() + again, cancel);
        }
    }

    private async ValueTask<Meeting> RemindAsync(Meeting meeting, CancellationToken cancel) =>
        MeetingRules.Remind(meeting, clock.GetUtcNow()) is MeetingOutcome.Changed
            ? (await store.UpdateAsync(meeting.Tenant, meeting.Id, null, known => MeetingRules.Remind(known, clock.GetUtcNow()), cancel))!.State
            : meeting;

    private LivingCard Card(Meeting meeting) => new(
        meeting.Subject,
        new SubmitAction("meeting.bring", new Dictionary<string, string> { ["id"] = meeting.Id }) { Title = "Open" },
        (person, sentences) => MeetingCards.For(desk.View(meeting, person, sentences, clock.GetUtcNow())),
        MeetingCards.Moved(meeting),
        (person, reason, cancel) => store.NoteUnreachedAsync(
            meeting.Tenant,
            meeting.Id,
            person.ObjectId,
            reason is null ? null : $"{person.Name} has not been told: I cannot reach them in Teams. Please tell them yourself.",
            cancel));
}

using CoordinationBot.Delegations;
using CoordinationBot.Notices;
using CoordinationBot.Protocol.Cards;
using CoordinationBot.Storage;

namespace CoordinationBot.Meetings;

/// <summary>What a wake-up of minutes does: lists them for the next meeting, and tells who must hear. Doing it again does nothing.</summary>
internal sealed class MinutesWork(MinutesStore store, MeetingStore meetings, MinutesDesk desk, NoticeDelivery delivery, IWorkQueue queue, TimeProvider clock)
{
    public async ValueTask RunAsync(WakeUp wakeUp, CancellationToken cancel)
    {
        var (tenant, id) = DelegationStore.Identify(wakeUp.Partition);
        if (await store.FindAsync(tenant, id, cancel) is not { } known)
        {
            return; // The host ended between the wake-up and the commit: nothing was begun.
        }
        await store.ListAsync(known, cancel);
        await store.SpreadAsync(wakeUp.Partition, cancel);
        if (await delivery.DeliverAsync(tenant, wakeUp, token => CardAsync(tenant, id, token), cancel) is { } again)
        {
            await queue.EnqueueAsync(wakeUp, clock.GetUtcNow() + again, cancel);
        }
    }

    private async ValueTask<LivingCard?> CardAsync(string tenant, string id, CancellationToken cancel)
    {
        var minutes = (await store.FindAsync(tenant, id, cancel))!;
        var meeting = (await meetings.FindAsync(tenant, id, cancel))!;
        var final = (await store.VersionAsync(minutes, minutes.Versions, cancel))?.Content;
        return new LivingCard(
            $"Minutes: {minutes.Subject}",
            new SubmitAction("minutes.open", new Dictionary<string, string> { ["id"] = id }) { Title = "Open" },
            // Whoever was taken out meanwhile sees what everybody sees of what is none of theirs.
            (person, sentences) => meeting.IsInside(person.ObjectId)
                ? MinutesCards.For(desk.View(minutes, final, person, sentences))
                : MeetingCards.For(new MeetingView(meeting, person.ObjectId, minutes.Time.Zone, clock.GetUtcNow())),
            MinutesCards.Moved(minutes),
            // Whether somebody can be reached stands on the card of the meeting.
            (_, _, _) => ValueTask.CompletedTask);
    }
}

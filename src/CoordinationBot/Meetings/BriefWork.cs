using CoordinationBot.Delegations;
using CoordinationBot.Dialogs;
using CoordinationBot.Notices;
using CoordinationBot.People;
using CoordinationBot.Protocol.Cards;
using CoordinationBot.Storage;

namespace CoordinationBot.Meetings;

/// <summary>Plans the briefs of a meeting whenever it is looked at, and sends each when its time has come. Doing it again does nothing.</summary>
internal sealed class BriefWork(
    BriefStore store, MeetingStore meetings, LastMinutes last, DelegationIndex index, PeopleDirectory directory, NoticeDelivery delivery, IWorkQueue queue, OfficeOptions office, TimeProvider clock)
{
    private const int MostLookedAt = 200;

    /// <summary>At every wake-up of a meeting: a change of its time or its people is one of them.</summary>
    public async ValueTask<Meeting> PlanAsync(Meeting meeting, CancellationToken cancel)
    {
        await store.PlanAsync(
            meeting,
            async (objectId, token) => await directory.FindAsync(meeting.Tenant, objectId, token) is { } person ? BriefRules.At(meeting.Time!.Start, WorkCalendar.Of(person, office), clock.GetUtcNow()) : null,
            cancel);
        return meeting;
    }

    public async ValueTask RunAsync(WakeUp wakeUp, CancellationToken cancel)
    {
        var (tenant, id) = DelegationStore.Identify(wakeUp.Partition);
        if (await meetings.FindAsync(tenant, id, cancel) is not { } known)
        {
            return;
        }
        // It may have moved while nobody told this partition.
        await PlanAsync(known, cancel);
        if (await delivery.DeliverAsync(tenant, wakeUp, token => CardAsync(tenant, id, wakeUp.Partition, token), cancel) is { } again)
        {
            await queue.EnqueueAsync(wakeUp, clock.GetUtcNow() + again, cancel);
        }
    }

    private async ValueTask<LivingCard?> CardAsync(string tenant, string id, string partition, CancellationToken cancel)
    {
        var meeting = (await meetings.FindAsync(tenant, id, cancel))!;
        Dictionary<string, Brief> briefs = new(StringComparer.Ordinal);
        if (meeting.State == MeetingState.Scheduled)
        {
            foreach (var reader in (await store.WaitingAsync(partition, cancel)).Where(meeting.IsInside))
            {
                briefs[reader] = await ReadAsync(meeting, reader, cancel);
            }
        }
        return new LivingCard(
            meeting.Subject,
            new SubmitAction("brief.bring", new Dictionary<string, string> { ["id"] = id }) { Title = "Open" },
            (person, sentences) => briefs.TryGetValue(person.ObjectId, out var brief)
                ? BriefCards.For(brief with { Zone = person.Zone ?? office.Zone, News = sentences })
                : BriefCards.Gone(meeting),
            BriefCards.Moved(meeting),
            // Whether somebody can be reached stands on the card of the meeting.
            (_, _, _) => ValueTask.CompletedTask);
    }

    /// <summary>Of what is open only what is in the reader's own lists, and there only what is between them and somebody who comes.</summary>
    private async ValueTask<Brief> ReadAsync(Meeting meeting, string reader, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        IReadOnlyList<IndexEntry> open =
        [
            .. await index.ListAsync(meeting.Tenant, reader, Role.Leader, open: true, MostLookedAt, cancel),
            .. await index.ListAsync(meeting.Tenant, reader, Role.Assignee, open: true, MostLookedAt, cancel),
        ];
        return new Brief(meeting, office.Zone, await last.OpenAsync(meeting, reader, now, cancel), [.. open.Where(entry => meeting.IsInside(entry.Leader.ObjectId) && meeting.IsInside(entry.Assignee.ObjectId)).DistinctBy(entry => entry.Id).OrderBy(entry => entry.Due.At)], now);
    }
}

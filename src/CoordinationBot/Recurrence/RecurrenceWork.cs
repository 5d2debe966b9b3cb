using CoordinationBot.Authority;
using CoordinationBot.Delegations;
using CoordinationBot.Dialogs;
using CoordinationBot.Notices;
using CoordinationBot.Protocol.Cards;
using CoordinationBot.Storage;

namespace CoordinationBot.Recurrences;

/// <summary>What a wake-up of a series does: settles what has become due, makes its delegation, and prepares the next look. Doing it again does nothing.</summary>
internal sealed class RecurrenceWork(RecurrenceStore store, RecurrenceDesk desk, AuthorityStore authorities, NoticeDelivery delivery, IWorkQueue queue, OfficeOptions office, TimeProvider clock)
{
    /// <summary>Nearer than this the wake-up that was prepared may be the one that runs, by the clock of another host.</summary>
    private static readonly TimeSpan Near = TimeSpan.FromMinutes(1);

    public async ValueTask RunAsync(WakeUp wakeUp, CancellationToken cancel)
    {
        var (tenant, id) = DelegationStore.Identify(wakeUp.Partition);
        if (await delivery.DeliverAsync(tenant, wakeUp, ReadAsync, cancel) is { } again)
        {
            await queue.EnqueueAsync(wakeUp, clock.GetUtcNow() + again, cancel);
        }

        async ValueTask<LivingCard?> ReadAsync(CancellationToken token)
        {
            if (await store.FindAsync(tenant, id, token) is not { } series)
            {
                return null; // The host ended between the wake-up and the commit: nothing was begun.
            }
            series = await GoOnAsync(series, token);
            if (series.NextLook is { } next && next - clock.GetUtcNow() < Near)
            {
                await queue.EnqueueAsync(wakeUp, next, token);
            }
            await store.ListAsync(series, token);
            return await CardAsync(series, token);
        }
    }

    private async ValueTask<Series> GoOnAsync(Series series, CancellationToken cancel)
    {
        var calendar = await desk.CalendarAsync(series, cancel);
        while (true)
        {
            if (series.Offering is { } date)
            {
                series = await desk.OfferAsync(series, date, null, clock.GetUtcNow(), cancel);
            }
            var beyond = MandateRules.Beyond((await authorities.ReadAsync(series.Tenant, cancel)).MandateOf(series.Leader.ObjectId), series.Terms, series.Assignee);
            var outcome = await store.UpdateAsync(series.Tenant, series.Id, null, known => SeriesRules.GoOn(known, calendar, beyond, clock.GetUtcNow()), cancel);
            series = outcome!.State;
            if (outcome is not SeriesOutcome.Changed && series.Offering is null)
            {
                return series;
            }
        }
    }

    private async ValueTask<LivingCard> CardAsync(Series series, CancellationToken cancel)
    {
        var (next, history) = (await desk.NextAsync(series, cancel), await store.HistoryAsync(series, RecurrenceCards.HistoryLength, cancel));
        return new(
            series.Terms.Title,
            new SubmitAction("series.bring", new Dictionary<string, string> { ["id"] = series.Id }) { Title = "Open" },
            (person, sentences) => RecurrenceCards.For(new SeriesView(series, series.RoleOf(person.ObjectId)!.Value, next, person.Zone ?? office.Zone, history) { News = sentences }),
            RecurrenceCards.Moved(series),
            // Whether somebody can be reached stands on the card of each delegation.
            (_, _, _) => ValueTask.CompletedTask);
    }
}

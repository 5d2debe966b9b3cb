using System.Collections.Concurrent;
using CoordinationBot.People;
using NodaTime;

namespace CoordinationBot.Calendars;

/// <summary>What the calendars say that people connected by link. A server that is slow or away is not waited for: what it said last is taken, while that is not too old.</summary>
internal sealed class SubscriptionSource(SubscriptionStore store, SubscriptionDesk desk, TimeProvider clock) : ICalendarSource
{
    /// <summary>Of all servers together: people wait for the answer.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2.5);

    public async ValueTask ReadAsync(IReadOnlyList<Person> people, Interval window, OwnTime? except, ConcurrentDictionary<string, CalendarAnswer?> answers, CancellationToken cancel)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(Patience);
        await Parallel.ForEachAsync(people, AvailabilityReader.Side(cancel), async (person, stop) =>
        {
            var known = await store.ReadAsync(person.Tenant, person.ObjectId, stop);
            if (known is { Subscription: var subscription } && SubscriptionRules.IsStale(subscription, desk.ZoneOf(person), clock.GetUtcNow()))
            {
                try
                {
                    await desk.RenewAsync(subscription, desk.ZoneOf(person), patience.Token);
                    known = await store.ReadAsync(person.Tenant, person.ObjectId, stop);
                }
                catch (OperationCanceledException) when (!stop.IsCancellationRequested)
                {
                    await store.ReadSoonAsync(subscription, stop);
                }
            }
            answers[person.ObjectId] = known is null ? null : Answer(known, window, except?.Meeting);
        });
    }

    private CalendarAnswer Answer(SubscriptionTimes known, Interval window, string? except)
    {
        var barrier = SubscriptionRules.Barrier(known.Subscription, window, clock.GetUtcNow());
        return new CalendarAnswer(
            barrier is null,
            [.. known.Busy.Where(time => time.Start < window.End && time.End > window.Start), .. known.Meetings.Where(time => !string.Equals(time.Meeting, except, StringComparison.OrdinalIgnoreCase)).Select(time => time.Time)],
            barrier);
    }
}

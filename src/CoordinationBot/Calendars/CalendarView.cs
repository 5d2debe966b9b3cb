using CoordinationBot.People;
using NodaTime;

namespace CoordinationBot.Calendars;

/// <summary>What a person sees of their calendar.</summary>
/// <param name="Person">Who looks.</param>
/// <param name="Subscription">What they connected by link, or null.</param>
/// <param name="HasGraph">Microsoft 365 is asked as well.</param>
/// <param name="Zone">Theirs.</param>
/// <param name="Now">When.</param>
internal sealed record CalendarView(Person Person, Subscription? Subscription, bool HasGraph, string Zone, DateTimeOffset Now)
{
    /// <summary>What is new.</summary>
    public IReadOnlyList<string> News { get; init; } = [];

    /// <summary>Why the last press did nothing.</summary>
    public string? Refusal { get; init; }

    /// <summary>Why what they connected does not speak for all of the coming month; null: it does, or there is none.</summary>
    public string? Barrier => Subscription is null ? null : SubscriptionRules.Barrier(Subscription, new Interval(Instant.FromDateTimeOffset(Now), Instant.FromDateTimeOffset(Now.AddDays(30))), Now);
}

/// <summary>Reads what the cards about a calendar show.</summary>
internal sealed class CalendarDesk(SubscriptionStore store, SubscriptionDesk subscriptions, GraphOptions graph, TimeProvider clock)
{
    public async ValueTask<CalendarView> ViewAsync(Person person, CancellationToken cancel) =>
        new(person, await store.FindAsync(person.Tenant, person.ObjectId, cancel), graph.FreeBusy, subscriptions.ZoneOf(person), clock.GetUtcNow());
}

using NodaTime;
using NodaTime.Extensions;

namespace CoordinationBot.Calendars;

/// <summary>How long what a link said holds. All of it follows from the row and the clock.</summary>
internal static class SubscriptionRules
{
    /// <summary>What is younger is used as it is; nobody's server is asked more often.</summary>
    public static readonly TimeSpan Fresh = TimeSpan.FromMinutes(15);

    /// <summary>What is older says nothing of where somebody is free.</summary>
    public static readonly TimeSpan Dead = TimeSpan.FromHours(24);

    /// <summary>So old is the horizon when a file that has not changed is read again all the same.</summary>
    private static readonly TimeSpan Worn = TimeSpan.FromDays(7);

    private const int DaysBack = 35;
    private const int DaysAhead = 400;

    /// <summary>The time that is worked out: the month before, for whoever looks back, and more than the year ahead that anybody plans.</summary>
    public static Interval HorizonAt(DateTimeOffset now) => new(now.ToInstant() - Duration.FromDays(DaysBack), now.ToInstant() + Duration.FromDays(DaysAhead));

    /// <summary>Whether its server is to be asked.</summary>
    public static bool IsStale(Subscription subscription, string zone, DateTimeOffset now) => now - subscription.CheckedAt >= Fresh || IsMeantElsewhere(subscription, zone);

    /// <summary>What its server may take for known; null: all is wanted, as what is stored no longer serves.</summary>
    public static CalendarStamp? KnownOf(Subscription subscription, string zone, DateTimeOffset now) =>
        IsMeantElsewhere(subscription, zone) || now - subscription.From >= TimeSpan.FromDays(DaysBack) + Worn ? null : subscription.Stamp;

    /// <summary>Why it does not speak for all of this time, for its person; null: it does.</summary>
    public static string? Barrier(Subscription subscription, Interval window, DateTimeOffset now) =>
        now - subscription.ReadAt >= Dead ? $"I could not read it for more than a day. {subscription.Problem}".TrimEnd()
        : subscription.Unread > 0 ? Unread(subscription.Unread)
        : window.Start < subscription.From.ToInstant() || window.End > subscription.Until.ToInstant() ? "It is read for a year ahead, and that is later."
        : null;

    /// <summary>What it means that some events cannot be read.</summary>
    public static string Unread(int count) => $"{(count == 1 ? "One event" : $"{count} events")} could not be read: where nothing else stands I do not take you for free.";

    /// <summary>After a try that failed. The person is told once, when what is known has become too old.</summary>
    public static Subscription Failed(Subscription subscription, string problem, DateTimeOffset now)
    {
        var after = subscription with { CheckedAt = now, Problem = problem };
        return !subscription.IsTold && now - subscription.ReadAt >= Dead ? after with { IsTold = true, Told = subscription.Told + 1 } : after;
    }

    /// <summary>Its server says that nothing changed.</summary>
    public static Subscription Confirmed(Subscription subscription, DateTimeOffset now) => subscription with { CheckedAt = now, ReadAt = now, Problem = null, IsTold = false };

    /// <summary>Its file came.</summary>
    public static Subscription Filled(Subscription subscription, string zone, CalendarStamp stamp, DateTimeOffset now) => Confirmed(subscription, now) with
    {
        FileAt = now,
        From = HorizonAt(now).Start.ToDateTimeOffset(),
        Until = HorizonAt(now).End.ToDateTimeOffset(),
        Zone = zone,
        Stamp = stamp,
    };

    private static bool IsMeantElsewhere(Subscription subscription, string zone) => subscription.Zone != zone;
}

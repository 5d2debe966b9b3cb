namespace CoordinationBot.Afterwards;

/// <summary>
/// How answers become numbers: of whole weeks only, and of at least so many different people. Weeks with fewer are taken together with those that follow. What is closed never
/// changes, and no two periods share an answer, so two views differ by whole periods or not at all.
/// </summary>
internal static class TrendRules
{
    public const int Minimum = 5;

    /// <summary>What did not become enough in half a year is forgotten.</summary>
    private const int Days = 26 * 7;

    /// <summary>The Monday of a day's week.</summary>
    public static DateOnly WeekOf(DateOnly day) => day.AddDays(-(((int)day.DayOfWeek + 6) % 7));

    /// <summary>Closes what is enough, once the week of the newest answer is over; and lets go of seats that are of no use any more.</summary>
    /// <returns>What goes on waiting, and the period that was closed, if one was.</returns>
    public static (Pool Open, Period? Closed) Close(Pool pool, DateOnly today)
    {
        var week = WeekOf(today);
        var isEnough = pool.Counts.Total >= Minimum && pool.Last < week;
        var isForgotten = pool.Counts.Total is > 0 and < Minimum && pool.From.AddDays(Days) <= week;
        var seats = pool.Seats
            .Select(seat => seat.State == SeatState.Answered && (isEnough || isForgotten) ? seat with { State = SeatState.Counted } : seat)
            .Where(seat => seat.State == SeatState.Answered || seat.Until >= today);
        return (pool with { Counts = isEnough || isForgotten ? Counts.None : pool.Counts, Seats = [.. seats] }, isEnough ? new Period(pool.From, pool.Last, pool.Counts) : null);
    }

    /// <summary>What a leader may see, the oldest first.</summary>
    /// <param name="closed">What is closed.</param>
    /// <param name="pool">What waits; closed here as whoever writes it next will.</param>
    /// <param name="today">In the zone of the office.</param>
    public static IReadOnlyList<Period> Of(IEnumerable<Period> closed, Pool pool, DateOnly today) =>
        [.. closed.Concat(Close(pool, today).Closed is { } last ? [last] : []).OrderBy(period => period.From)];
}

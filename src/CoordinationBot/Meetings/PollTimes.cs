using CoordinationBot.Dialogs;
using CoordinationBot.People;
using NodaTime;
using NodaTime.Extensions;
using NodaTime.TimeZones;

namespace CoordinationBot.Meetings;

/// <summary>Until when people may answer a poll, and when those who did not are reminded.</summary>
internal static class PollTimes
{
    private const int DaysAhead = 30;

    /// <summary>A working day before the deadline; when that is sooner than half the time that they have, at the half.</summary>
    /// <param name="opened">When it was opened.</param>
    /// <param name="deadline">When it closes.</param>
    /// <param name="office">Its working days.</param>
    /// <param name="zone">Of the organiser.</param>
    public static DateTimeOffset RemindAt(DateTimeOffset opened, DateTimeOffset deadline, WorkTimes office, string zone)
    {
        var half = opened + ((deadline - opened) / 2);
        return WorkingDayBefore(deadline, half, office, Zones.Find(zone)) is { } before && before > half ? before : half;
    }

    /// <summary>A deadline to propose: the end of the second working day from now; when that is not before the first of the times, at the half.</summary>
    public static DateTimeOffset Propose(DateTimeOffset now, IReadOnlyList<DateTimeOffset> times, WorkTimes office, DateTimeZone zone)
    {
        var today = now.ToInstant().InZone(zone).Date;
        var days = Enumerable.Range(1, DaysAhead).Select(today.PlusDays).Where(office.IsWorkingDay).Take(2).ToList();
        var proposed = (days.Count > 0 ? days[^1] : today.PlusDays(2)).At(office.DayEnds).InZone(zone, Resolvers.LenientResolver).ToDateTimeOffset().ToUniversalTime();
        var first = times.Where(start => start > now).DefaultIfEmpty(DateTimeOffset.MaxValue).Min();
        return proposed < first ? proposed : ToTheMinute(now + ((first - now) / 2));
    }

    private static DateTimeOffset ToTheMinute(DateTimeOffset at) => new(at.Ticks - (at.Ticks % TimeSpan.TicksPerMinute), at.Offset);

    /// <summary>The same time of day on the working day before; null when it is before <paramref name="earliest"/>.</summary>
    private static DateTimeOffset? WorkingDayBefore(DateTimeOffset at, DateTimeOffset earliest, WorkTimes office, DateTimeZone zone)
    {
        var local = at.ToInstant().InZone(zone);
        var first = earliest.ToInstant().InZone(zone).Date;
        for (var date = local.Date.PlusDays(-1); date >= first; date = date.PlusDays(-1))
        {
            if (office.IsWorkingDay(date))
            {
                return date.At(local.TimeOfDay).InZone(zone, Resolvers.LenientResolver).ToDateTimeOffset().ToUniversalTime();
            }
        }
        return null;
    }
}

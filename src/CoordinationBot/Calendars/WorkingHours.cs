using CoordinationBot.People;
using NodaTime;
using NodaTime.TimeZones;

namespace CoordinationBot.Calendars;

/// <summary>How little somebody likes to be asked then, from not at all.</summary>
internal enum Rest : byte
{
    /// <summary>On a working day, outside quiet hours.</summary>
    None,

    /// <summary>Outside quiet hours, on a day off.</summary>
    DayOff,

    /// <summary>In quiet hours, early or late.</summary>
    Quiet,

    /// <summary>In quiet hours, when people sleep.</summary>
    Night,
}

/// <summary>A time of which somebody says that they rest.</summary>
internal readonly record struct RestTime(Instant Start, Instant End, Rest Kind);

/// <summary>Working hours and rest as they lie in time, in somebody's own zone.</summary>
internal static class WorkingHours
{
    private static readonly Duration Day = Duration.FromHours(24);
    private static readonly Duration NightFrom = Duration.FromHours(22);
    private static readonly Duration NightUntil = Duration.FromHours(24 + 7);

    /// <summary>
    /// What lies outside of working hours. They begin and end as the clocks say, by the lenient resolver: where the clocks skip that time, as much
    /// later; where it comes twice, the first time. What ends before it begins ends on the next day. A day that a zone skips has none.
    /// </summary>
    public static IEnumerable<Interval> Outside(DateTimeZone zone, WorkTimes times, Interval span)
    {
        var settled = span.Start;
        var last = span.End.InZone(zone).Date;
        // The hours of a day may end on the next, and that one may be skipped.
        for (var date = span.Start.InZone(zone).Date.PlusDays(-2); date <= last && settled < span.End; date = date.PlusDays(1))
        {
            if (!times.IsWorkingDay(date) || date.At(times.DayStarts).InZone(zone, Resolvers.LenientResolver) is var starts && starts.Date != date)
            {
                continue;
            }
            var begins = starts.ToInstant();
            var ends = date.PlusDays(times.DayEnds > times.DayStarts ? 0 : 1).At(times.DayEnds).InZone(zone, Resolvers.LenientResolver).ToInstant();
            if (ends <= settled || ends <= begins)
            {
                continue;
            }
            if (begins > settled)
            {
                yield return new Interval(settled, Instant.Min(begins, span.End));
            }
            settled = ends;
        }
        if (settled < span.End)
        {
            yield return new Interval(settled, span.End);
        }
    }

    /// <summary>When somebody rests, in any order and overlapping: the worst counts. What a clock shows twice rests twice, what it skips never.</summary>
    public static IEnumerable<RestTime> Rests(DateTimeZone zone, WorkTimes times, Interval span)
    {
        foreach (var part in zone.GetZoneIntervals(span))
        {
            // Between two changes of the clocks local time is plain arithmetic.
            var from = part.HasStart ? Instant.Max(part.Start, span.Start) : span.Start;
            var until = part.HasEnd ? Instant.Min(part.End, span.End) : span.End;
            var last = until.WithOffset(part.WallOffset).Date;
            for (var date = from.WithOffset(part.WallOffset).Date.PlusDays(-1); date <= last; date = date.PlusDays(1))
            {
                foreach (var rest in OfDay(date, times))
                {
                    var midnight = date.AtMidnight().WithOffset(part.WallOffset).ToInstant();
                    var (start, end) = (Instant.Max(midnight + rest.From, from), Instant.Min(midnight + rest.Until, until));
                    if (start < end)
                    {
                        yield return new RestTime(start, end, rest.Kind);
                    }
                }
            }
        }
    }

    private static IEnumerable<(Duration From, Duration Until, Rest Kind)> OfDay(LocalDate date, WorkTimes times)
    {
        if (!times.IsWorkingDay(date))
        {
            yield return (Duration.Zero, Day, Rest.DayOff);
        }
        foreach (var quiet in times.Quiet)
        {
            var from = Duration.FromTicks(quiet.From.TickOfDay);
            var until = Duration.FromTicks(quiet.Until.TickOfDay) + (quiet.From < quiet.Until ? Duration.Zero : Day);
            yield return (from, until, Rest.Quiet);
            for (var day = -1; day <= 1; day++)
            {
                yield return (Duration.Max(from, NightFrom + (day * Day)), Duration.Min(until, NightUntil + (day * Day)), Rest.Night);
            }
        }
    }
}

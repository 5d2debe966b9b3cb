using CoordinationBot.Calendars;
using CoordinationBot.People;
using NodaTime;

namespace CoordinationBot.Meetings;

/// <summary>A stretch of somebody's day.</summary>
/// <param name="Time">When.</param>
/// <param name="Kind">What it is; null: nothing, a gap in their working hours.</param>
/// <param name="Title">What they may read; null: it stands in a calendar that does not say.</param>
/// <param name="MeetingId">The meeting it is held for; null: none.</param>
internal sealed record DayEntry(Interval Time, BusyKind? Kind, string? Title = null, string? MeetingId = null);

/// <summary>How long somebody is in meetings on a day.</summary>
internal readonly record struct DayLoad(LocalDate Date, Duration Time);

/// <summary>Somebody's day in its order, with its gaps.</summary>
internal static class DayRules
{
    /// <summary>A shorter gap is none.</summary>
    private static readonly Duration ShortestGap = Duration.FromMinutes(15);

    /// <param name="day">From its first moment to its last, in the person's zone.</param>
    /// <param name="hours">When they work on it; null: not at all.</param>
    /// <param name="held">What the bot holds for them.</param>
    /// <param name="availability">What all calendars say.</param>
    /// <param name="now">Gaps before it are over.</param>
    public static IReadOnlyList<DayEntry> Of(Interval day, Interval? hours, IReadOnlyList<HeldTime> held, Availability availability, Instant now)
    {
        List<DayEntry> entries =
        [
            .. held.Select(time => new DayEntry(Clip(new Interval(time.Start, time.End), day), time.Kind, time.Title, time.Id.Split('|')[0])),
            .. availability.Busy.SelectMany(busy => Without(Clip(new Interval(busy.Start, busy.End), day), held).Select(time => new DayEntry(time, busy.Kind))),
        ];
        entries.RemoveAll(entry => entry.Time.Duration <= Duration.Zero);
        if (hours is { } working)
        {
            entries.AddRange(Gaps(working, entries, now).ToList());
        }
        return [.. entries.OrderBy(entry => entry.Time.Start).ThenBy(entry => entry.Time.End)];
    }

    /// <summary>When somebody works on a day; null: not at all.</summary>
    public static Interval? HoursOf(LocalDate date, WorkTimes times, DateTimeZone zone) => times.IsWorkingDay(date)
        ? new Interval(zone.AtLeniently(date.At(times.DayStarts)).ToInstant(), zone.AtLeniently(date.At(times.DayEnds)).ToInstant())
        : null;

    /// <summary>How long somebody is in meetings on each working day of a week, hour counted once however many want it. What they protect is their own work, and no load.</summary>
    /// <param name="monday">The first day of the week.</param>
    /// <param name="times">On which days they work.</param>
    /// <param name="zone">Theirs.</param>
    /// <param name="busy">What all calendars say of that week, the bot's own among them.</param>
    public static IReadOnlyList<DayLoad> LoadOf(LocalDate monday, WorkTimes times, DateTimeZone zone, IReadOnlyList<BusyTime> busy)
    {
        // Both are meetings: one that may be and one that is at the same time are one hour.
        var taken = busy.Where(time => time.Kind is BusyKind.Busy or BusyKind.Tentative).Select(time => time with { Kind = BusyKind.Busy }).ToList();
        return
        [
            .. Enumerable.Range(0, 7).Select(monday.PlusDays).Where(times.IsWorkingDay).Select(date => new DayLoad(
                date,
                AvailabilityRules.Merge(taken, DayOf(date, zone)).Aggregate(Duration.Zero, (sum, time) => sum + (time.End - time.Start)))),
        ];
    }

    /// <summary>From its first moment to its last: 23 hours where the clock is put forward.</summary>
    public static Interval DayOf(LocalDate date, DateTimeZone zone) => new(zone.AtStartOfDay(date).ToInstant(), zone.AtStartOfDay(date.PlusDays(1)).ToInstant());

    private static IEnumerable<DayEntry> Gaps(Interval hours, IReadOnlyList<DayEntry> entries, Instant now)
    {
        var at = Instant.Max(hours.Start, now);
        foreach (var entry in entries.OrderBy(entry => entry.Time.Start))
        {
            var until = Instant.Min(entry.Time.Start, hours.End);
            if (until - at >= ShortestGap)
            {
                yield return new DayEntry(new Interval(at, until), null);
            }
            at = Instant.Max(at, entry.Time.End);
        }
        if (hours.End - at >= ShortestGap)
        {
            yield return new DayEntry(new Interval(at, hours.End), null);
        }
    }

    /// <summary>What is left of it beside what is held: that stands there with its name.</summary>
    private static IEnumerable<Interval> Without(Interval time, IReadOnlyList<HeldTime> held)
    {
        var at = time.Start;
        foreach (var hold in held.Where(hold => hold.Start < time.End).OrderBy(hold => hold.Start))
        {
            if (hold.Start > at)
            {
                yield return new Interval(at, hold.Start);
            }
            at = Instant.Max(at, hold.End);
        }
        if (at < time.End)
        {
            yield return new Interval(at, time.End);
        }
    }

    private static Interval Clip(Interval time, Interval day)
    {
        var start = Instant.Max(time.Start, day.Start);
        return new Interval(start, Instant.Max(start, Instant.Min(time.End, day.End)));
    }
}

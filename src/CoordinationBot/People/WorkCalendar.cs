using CoordinationBot.Dialogs;
using NodaTime;
using NodaTime.TimeZones;

namespace CoordinationBot.People;

/// <summary>
/// When a person can be disturbed: in their own zone, by their own hours or those of the office, without their absences. Times of day that a change of the
/// clocks skips are taken as much later as the clocks went forward, times that come twice are taken the first time (NodaTime's lenient resolver).
/// </summary>
/// <param name="Times">Their working days and hours.</param>
/// <param name="Zone">Where the person is.</param>
/// <param name="Absences">When they are away.</param>
internal sealed record WorkCalendar(WorkTimes Times, DateTimeZone Zone, IReadOnlyList<Interval> Absences)
{
    /// <summary>Longer than anybody may be away. An office that never works is asked no further.</summary>
    private const int DaysAhead = 800;

    public static WorkCalendar Of(Person person, OfficeOptions office) =>
        new(WorkTimes.Of(person, office), Zones.Find(person.Zone ?? office.Zone), [.. (person.Absences ?? []).Select(absence => absence.Time())]);

    /// <summary>On a working day of theirs, outside quiet hours.</summary>
    public bool IsGood(Instant at)
    {
        var local = at.InZone(Zone);
        return Times.IsWorkingDay(local.Date) && !Times.IsQuiet(local.TimeOfDay) && !IsAway(at);
    }

    public bool IsAway(Instant at)
    {
        for (var index = 0; index < Absences.Count; index++)
        {
            if (Absences[index].Contains(at))
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>The first good moment that is not before this one.</summary>
    public Instant NextGood(Instant from)
    {
        if (IsGood(from))
        {
            return from;
        }
        var date = from.InZone(Zone).Date;
        for (var day = 0; day < DaysAhead; day++)
        {
            if (FirstGood(date.PlusDays(day), from) is { } found)
            {
                return found;
            }
        }
        return At(date.PlusDays(DaysAhead), Times.DayStarts);
    }

    /// <summary>The beginning of their next working day, always ahead; or the first good moment of that day, when they are still away as it begins.</summary>
    public Instant NextDayStart(Instant after)
    {
        var date = after.InZone(Zone).Date;
        for (var day = 0; day < DaysAhead; day++)
        {
            var begins = At(date.PlusDays(day), Times.DayStarts);
            if (begins > after && Times.IsWorkingDay(date.PlusDays(day)) && NextGood(begins) is var start && start.InZone(Zone).Date == date.PlusDays(day))
            {
                return start;
            }
        }
        return At(date.PlusDays(DaysAhead), Times.DayStarts);
    }

    /// <summary>The same time of day so many working days of theirs later. Days off before it do not count.</summary>
    public Instant AddWorkingDays(Instant from, int days)
    {
        var local = from.InZone(Zone);
        var date = local.Date;
        for (var (left, looked) = (days, 0); left > 0 && looked < DaysAhead; looked++)
        {
            date = date.PlusDays(1);
            left -= Times.IsWorkingDay(date) && !IsAway(At(date, Times.DayStarts)) ? 1 : 0;
        }
        return date == local.Date ? from : At(date, local.TimeOfDay);
    }

    /// <summary>Whether this one lies in the working day in which that one does: only a pause is between them.</summary>
    public bool IsSameDay(Instant earlier, Instant later) =>
        (earlier.InZone(Zone), later.InZone(Zone)) is var (from, until) && from.Date == until.Date && Times.IsWorkingDay(from.Date) && from.TimeOfDay >= Times.DayStarts && !IsAway(earlier);

    private Instant At(LocalDate date, LocalTime time) => date.At(time).InZone(Zone, Resolvers.LenientResolver).ToInstant();

    private Instant? FirstGood(LocalDate date, Instant from)
    {
        if (!Times.IsWorkingDay(date))
        {
            return null;
        }
        Instant? first = null;
        foreach (var turn in Turns(date))
        {
            if (turn > from && (first is null || turn < first) && IsGood(turn))
            {
                first = turn;
            }
        }
        return first;
    }

    /// <summary>The moments of a day at which it can become good: midnight, the end of quiet hours, a change of the clocks, the end of an absence.</summary>
    private IEnumerable<Instant> Turns(LocalDate date)
    {
        foreach (var time in Times.Quiet.Select(quiet => quiet.Until).Append(LocalTime.Midnight))
        {
            var mapping = Zone.MapLocal(date.At(time));
            if (mapping.Count > 0)
            {
                yield return mapping.First().ToInstant();
                yield return mapping.Last().ToInstant();
            }
        }
        var (begins, ends) = (At(date, LocalTime.Midnight), At(date.PlusDays(1), LocalTime.Midnight));
        if (begins < ends)
        {
            foreach (var interval in Zone.GetZoneIntervals(begins, ends).Where(interval => interval.HasStart))
            {
                yield return interval.Start;
            }
        }
        foreach (var absence in Absences.Where(absence => absence.HasEnd && absence.End >= begins && absence.End <= ends))
        {
            yield return absence.End;
        }
    }
}

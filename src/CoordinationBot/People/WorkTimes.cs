using System.Collections.Frozen;
using CoordinationBot.Dialogs;
using NodaTime;
using NodaTime.Extensions;

namespace CoordinationBot.People;

/// <summary>From a time of day until another, which may be on the next day.</summary>
internal readonly record struct QuietTime(LocalTime From, LocalTime Until)
{
    public bool Holds(LocalTime time) => From < Until ? time >= From && time < Until : time >= From || time < Until;

    /// <summary>What is left of it when these hours of a day are taken out.</summary>
    public IEnumerable<QuietTime> Without(LocalTime start, LocalTime end)
    {
        // Midnight as an end is the end of the day: see Holds.
        (LocalTime From, LocalTime Until)[] parts = From < Until || Until == LocalTime.Midnight ? [(From, Until)] : [(From, LocalTime.Midnight), (LocalTime.Midnight, Until)];
        foreach (var (from, until) in parts)
        {
            var isToMidnight = until == LocalTime.Midnight;
            if (from < start)
            {
                yield return new QuietTime(from, isToMidnight || until > start ? start : until);
            }
            if (isToMidnight || until > end)
            {
                yield return new QuietTime(from > end ? from : end, until);
            }
        }
    }
}

/// <summary>When somebody works who does not work as the office does.</summary>
/// <param name="Days">Days of the week, in their order; null: those of the office.</param>
/// <param name="From">When their day begins.</param>
/// <param name="Until">When it ends, on the same day.</param>
internal sealed record WorkHours(IReadOnlyList<IsoDayOfWeek>? Days, TimeOnly From, TimeOnly Until);

/// <summary>When the office works, or a person, and when nobody is disturbed: days and times of day, in whatever zone somebody is.</summary>
internal sealed record WorkTimes(FrozenSet<IsoDayOfWeek> Week, LocalTime DayStarts, LocalTime DayEnds, IReadOnlyList<QuietTime> Quiet, FrozenSet<LocalDate> Holidays, FrozenSet<AnnualDate> YearlyHolidays)
{
    /// <summary>The working days and hours of a person. The office's holidays are everybody's; quiet hours end where the person works.</summary>
    public static WorkTimes Of(Person person, OfficeOptions office)
    {
        if (person.Hours is not { } hours)
        {
            return office.Times;
        }
        var (from, until) = (hours.From.ToLocalTime(), hours.Until.ToLocalTime());
        return office.Times with
        {
            Week = hours.Days?.ToFrozenSet() ?? office.Times.Week,
            DayStarts = from,
            DayEnds = until,
            Quiet = [.. office.Times.Quiet.SelectMany(quiet => quiet.Without(from, until))],
        };
    }

    public bool IsWorkingDay(LocalDate date) =>
        Week.Contains(date.DayOfWeek) && !Holidays.Contains(date) && !YearlyHolidays.Contains(new AnnualDate(date.Month, date.Day));

    public bool IsQuiet(LocalTime time)
    {
        for (var index = 0; index < Quiet.Count; index++)
        {
            if (Quiet[index].Holds(time))
            {
                return true;
            }
        }
        return false;
    }
}

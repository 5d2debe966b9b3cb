using System.Collections.Frozen;
using NodaTime;

namespace CoordinationBot.People;

/// <summary>From a time of day until another, which may be on the next day.</summary>
internal readonly record struct QuietTime(LocalTime From, LocalTime Until)
{
    public bool Holds(LocalTime time) => From < Until ? time >= From && time < Until : time >= From || time < Until;
}

/// <summary>When the office works, and when nobody is disturbed: days and times of day, in whatever zone somebody is.</summary>
internal sealed record WorkTimes(FrozenSet<IsoDayOfWeek> Week, LocalTime DayStarts, LocalTime DayEnds, IReadOnlyList<QuietTime> Quiet, FrozenSet<LocalDate> Holidays, FrozenSet<AnnualDate> YearlyHolidays)
{
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

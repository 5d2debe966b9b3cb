using System.Collections.Frozen;
using CoordinationBot.Authority;
using CoordinationBot.Delegations;
using CoordinationBot.People;
using CoordinationBot.Recurrences;
using CoordinationBot.Tests.People;
using CsCheck;
using NodaTime;
using NodaTime.Extensions;

namespace CoordinationBot.Tests.Recurrences;

/// <summary>Random series and calendars, and their dates found day by day, without any library.</summary>
internal static class Dates
{
    public static readonly DateOnly Begin = new(2026, 1, 1);

    private static readonly IsoDayOfWeek[][] Weeks =
    [
        [IsoDayOfWeek.Monday, IsoDayOfWeek.Tuesday, IsoDayOfWeek.Wednesday, IsoDayOfWeek.Thursday, IsoDayOfWeek.Friday],
        [IsoDayOfWeek.Sunday, IsoDayOfWeek.Monday, IsoDayOfWeek.Tuesday, IsoDayOfWeek.Wednesday, IsoDayOfWeek.Thursday],
        [IsoDayOfWeek.Monday, IsoDayOfWeek.Tuesday, IsoDayOfWeek.Wednesday, IsoDayOfWeek.Thursday, IsoDayOfWeek.Friday, IsoDayOfWeek.Saturday, IsoDayOfWeek.Sunday],
    ];

    /// <summary>A series as it begins, with the calendar of its assignee.</summary>
    public static readonly Gen<(Series Series, WorkCalendar Assignee)> Any = Gen.Select(
        Gen.Select(Gen.Int[1, 6], Gen.Bool, Gen.Int[0, 400], Gen.OneOf(Gen.Const(-1), Gen.Int[0, 300])),
        Gen.Select(Gen.Int[0, 95], Gen.Int[0, WorkCalendarProperties.ZoneNames.Count - 1], Gen.Int[0, WorkCalendarProperties.ZoneNames.Count - 1]),
        Gen.Int[0, 2],
        Gen.Int[0, 900].Array[0, 60],
        Gen.Int[-1, 880],
        (chosen, when, week, holidays, block) =>
        {
            // Also a run of holidays, as between the years.
            var off = holidays.Concat(block < 0 ? [] : Enumerable.Range(block, 12)).Select(day => Begin.AddDays(day).ToLocalDate()).ToFrozenSet();
            var times = new WorkTimes(Weeks[week].ToFrozenSet(), new LocalTime(9, 0), new LocalTime(17, 0), [], off, FrozenSet<AnnualDate>.Empty);
            var (repeats, moves, day, length) = chosen;
            var (quarter, zone, assigneeZone) = when;
            var start = Begin.AddDays(day);
            var repetition = new Repetition((Repeats)repeats, moves ? OnHoliday.Move : OnHoliday.LeaveOut, length < 0 ? null : start.AddDays(length));
            var series = new Series
            {
                Id = "S-7K3F9Q",
                Tenant = "tenant",
                Leader = new Party("ann", "Ann Abel"),
                Assignee = new Party("bob", "Bob Berg"),
                Terms = new Terms(1, "Figures", AuthorizationType.Deterministic, new Due(default, WorkCalendarProperties.ZoneNames[zone]), []),
                Repeats = repetition.Repeats,
                Rule = RecurrenceRules.RuleOf(repetition, start, times.Week),
                Start = start,
                Time = new TimeOnly(quarter / 4, quarter % 4 * 15),
                OnHoliday = repetition.OnHoliday,
                Until = repetition.Until,
                Revision = 1,
                Origin = "draft-1",
                CreatedAt = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero),
            };
            return (series, new WorkCalendar(times, DateTimeZoneProviders.Tzdb[WorkCalendarProperties.ZoneNames[assigneeZone]], []));
        });

    /// <summary>The dates within so many days of the start, as somebody with a paper calendar finds them.</summary>
    public static IReadOnlyList<DateOnly> ByHand(Series series, WorkTimes times, int days)
    {
        bool Works(DateOnly day) => times.IsWorkingDay(day.ToLocalDate());
        SortedSet<DateOnly> dates = [];
        for (var day = series.Start; day < series.Start.AddDays(days); day = day.AddDays(1))
        {
            var month = Enumerable.Range(1, DateTime.DaysInMonth(day.Year, day.Month)).Select(number => new DateOnly(day.Year, day.Month, number)).Where(Works).ToList();
            var since = day.DayNumber - series.Start.DayNumber;
            var comes = series.Repeats switch
            {
                Repeats.WorkingDays => times.Week.Contains(day.ToLocalDate().DayOfWeek),
                Repeats.Weekly => since % 7 == 0,
                Repeats.Fortnightly => since % 14 == 0,
                Repeats.Monthly => day.Day == Math.Min(series.Start.Day, DateTime.DaysInMonth(day.Year, day.Month)),
                Repeats.FirstWorkingDay => month.Count > 0 && month[0] == day,
                Repeats.LastWorkingDay => month.Count > 0 && month[^1] == day,
                Repeats.NthWeekday => day.DayOfWeek == series.Start.DayOfWeek && (day.Day - 1) / 7 == (series.Start.Day - 1) / 7,
                Repeats.LastWeekday => day.DayOfWeek == series.Start.DayOfWeek && day.AddDays(7).Month != day.Month,
                Repeats.Never => false,
            };
            var moved = day;
            while (comes && series.OnHoliday == OnHoliday.Move && !Works(moved))
            {
                moved = moved.AddDays(1);
            }
            if (comes && Works(moved) && !(moved > series.Until))
            {
                dates.Add(moved);
            }
        }
        return [.. dates];
    }
}

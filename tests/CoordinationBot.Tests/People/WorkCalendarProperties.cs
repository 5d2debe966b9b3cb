using System.Collections.Frozen;
using CoordinationBot.People;
using CsCheck;
using NodaTime;
using NodaTime.TimeZones;

namespace CoordinationBot.Tests.People;

/// <summary>The calendar against an oracle that goes through time minute by minute, in zones whose clocks change in every way there is.</summary>
public sealed class WorkCalendarProperties
{
    private const int Minutes = 3 * 24 * 60;

    private static readonly Instant Begin = Instant.FromUtc(2026, 1, 1, 0, 0);

    /// <summary>By half an hour, by one, at midnight and over it, twice for Ramadan, with a date that was left out, and never.</summary>
    internal static readonly IReadOnlyList<string> ZoneNames =
    [
        "UTC", "Europe/Berlin", "Europe/London", "Europe/Dublin", "America/New_York", "America/St_Johns", "America/Sao_Paulo", "America/Santiago",
        "America/Los_Angeles", "America/Havana", "America/Nuuk", "Africa/Casablanca", "Africa/Cairo", "Asia/Beirut", "Asia/Kathmandu", "Asia/Kolkata",
        "Asia/Shanghai", "Asia/Tokyo", "Australia/Lord_Howe", "Australia/Adelaide", "Pacific/Apia", "Pacific/Chatham", "Pacific/Kiritimati", "Atlantic/Azores",
    ];

    private static readonly Gen<DateTimeZone> Zone = OneOf([.. ZoneNames]).Select(id => DateTimeZoneProviders.Tzdb[id]);

    private static readonly Gen<WorkTimes> Times = Gen.Select(
        OneOf<IsoDayOfWeek[]>(
            [IsoDayOfWeek.Monday, IsoDayOfWeek.Tuesday, IsoDayOfWeek.Wednesday, IsoDayOfWeek.Thursday, IsoDayOfWeek.Friday],
            [IsoDayOfWeek.Sunday, IsoDayOfWeek.Monday, IsoDayOfWeek.Tuesday, IsoDayOfWeek.Wednesday, IsoDayOfWeek.Thursday],
            [.. Enum.GetValues<IsoDayOfWeek>()[1..]],
            [IsoDayOfWeek.Sunday]),
        OneOf<QuietTime[]>([Quiet(18, 0, 8, 0)], [Quiet(18, 0, 8, 0), Quiet(12, 0, 13, 15)], [], [Quiet(22, 30, 2, 30)], [Quiet(0, 30, 2, 15), Quiet(23, 0, 23, 45)], [Quiet(2, 45, 2, 15)]),
        Gen.Int[0, 365].Array[0, 4],
        (week, quiet, holidays) => new WorkTimes(
            week.ToFrozenSet(),
            new LocalTime(2, 30) is var early && quiet.Any(time => time.Holds(new LocalTime(9, 0))) ? early : new LocalTime(9, 0),
            new LocalTime(17, 0),
            quiet,
            holidays.Select(day => new LocalDate(2026, 1, 1).PlusDays(day)).ToFrozenSet(),
            [new AnnualDate(12, 25), new AnnualDate(1, 1)]));

    // Half of the moments lie near a change of the clocks, where the mistakes are.
    private static readonly Gen<(WorkCalendar Calendar, Instant At)> Moment = Gen.Select(
        Zone,
        Times,
        Gen.Int[0, 365 * 24 * 60],
        Gen.Bool,
        Gen.OneOf(Gen.Int[-100, 100], Gen.Int[-1500, 1500]),
        Gen.Select(Gen.Int[-4000, 2000], Gen.Int[1, 3000]).Array[0, 2],
        (zone, times, minute, nearChange, around, absences) =>
        {
            var at = Begin + Duration.FromMinutes(minute);
            at = nearChange && zone.GetZoneInterval(at) is { HasEnd: true } interval ? interval.End + Duration.FromMinutes(around) : at;
            return (new WorkCalendar(times, zone, [.. absences.Select(away => new Interval(at + Duration.FromMinutes(away.Item1), at + Duration.FromMinutes(away.Item1 + away.Item2)))]), at);
        });

    [Fact]
    public void The_next_good_moment_is_good_and_not_before_and_there_is_none_in_between() =>
        Moment.Sample(
            (calendar, at) =>
            {
                var next = calendar.NextGood(at);
                Assert.True(next >= at, "before it was asked for");
                Assert.True(Oracle(calendar, next), "not good");
                for (var (time, count) = (at, 0); time < next && count < Minutes; time += Duration.FromMinutes(1), count++)
                {
                    Assert.False(Oracle(calendar, time), $"{time} is good before {next}");
                }
                Assert.True(next == at || !Oracle(calendar, next - Duration.Epsilon), "it was good already");
            },
            iter: 2_000);

    [Fact]
    public void Good_is_what_the_clock_on_the_wall_and_the_calendar_beside_it_say() =>
        Moment.Sample((calendar, at) => Assert.Equal(Oracle(calendar, at), calendar.IsGood(at)), iter: 20_000);

    [Fact]
    public void A_working_day_begins_ahead_at_a_good_moment_and_none_begins_before_it() =>
        Moment.Sample(
            (calendar, at) =>
            {
                var start = calendar.NextDayStart(at);
                Assert.True(start > at, "not ahead");
                Assert.True(Oracle(calendar, start), "not good");
                for (var (time, count) = (at + Duration.FromMinutes(1), 0); time < start && count < Minutes; time += Duration.FromMinutes(1), count++)
                {
                    var local = time.InZone(calendar.Zone);
                    var isFirst = calendar.Zone.MapLocal(local.LocalDateTime).First().ToInstant() == time;
                    Assert.False(local.TimeOfDay == calendar.Times.DayStarts && isFirst && Oracle(calendar, time), $"{time} begins a working day before {start}");
                }
            },
            iter: 1_000);

    [Fact]
    public void So_many_working_days_later_there_were_so_many() =>
        Gen.Select(Moment, Gen.Int[0, 12]).Sample(
            (moment, days) =>
            {
                var (calendar, at) = moment;
                var later = calendar.AddWorkingDays(at, days);
                var (from, until) = (at.InZone(calendar.Zone), later.InZone(calendar.Zone));
                if (calendar.Zone.MapLocal(from.LocalDateTime).Count != 1 || calendar.Zone.MapLocal(until.LocalDateTime).Count != 1)
                {
                    return; // Close to a change of the clocks a time of day can be another one, or come twice.
                }
                var worked = Enumerable.Range(1, Math.Max(0, Period.DaysBetween(from.Date, until.Date))).Select(from.Date.PlusDays)
                    .Count(date => calendar.Times.IsWorkingDay(date) && !calendar.Absences.Any(away => away.Contains(date.At(calendar.Times.DayStarts).InZone(calendar.Zone, Resolvers.LenientResolver).ToInstant())));
                Assert.Equal(days, worked);
                Assert.True(days == 0 ? later == at : later > at);
            },
            iter: 5_000);

    /// <summary>What the clock on the wall says, without any of what is tested.</summary>
    internal static bool Oracle(WorkCalendar calendar, Instant at)
    {
        var wall = at.InZone(calendar.Zone).LocalDateTime;
        var minute = (wall.Hour * 60) + wall.Minute;
        var isQuiet = calendar.Times.Quiet.Any(quiet =>
        {
            var (from, until) = ((quiet.From.Hour * 60) + quiet.From.Minute, (quiet.Until.Hour * 60) + quiet.Until.Minute);
            return (minute - from + 1440) % 1440 < (until - from + 1440) % 1440;
        });
        return !isQuiet
            && calendar.Times.Week.Contains(wall.DayOfWeek)
            && !calendar.Times.Holidays.Contains(wall.Date)
            && !(wall is { Month: 12, Day: 25 } or { Month: 1, Day: 1 })
            && !calendar.Absences.Any(away => away.Start <= at && at < away.End);
    }

    private static QuietTime Quiet(int fromHour, int fromMinute, int untilHour, int untilMinute) => new(new LocalTime(fromHour, fromMinute), new LocalTime(untilHour, untilMinute));

    private static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(index => values[index]);
}

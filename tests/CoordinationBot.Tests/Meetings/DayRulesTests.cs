using CoordinationBot.Calendars;
using CoordinationBot.Dialogs;
using CoordinationBot.Meetings;
using CsCheck;
using NodaTime;

namespace CoordinationBot.Tests.Meetings;

public sealed class DayRulesTests
{
    private static readonly Instant Midnight = Instant.FromUtc(2026, 11, 25, 0, 0);
    private static readonly Interval Day = Hours(0, 24);
    private static readonly Interval Working = Hours(9, 17);

    [Fact]
    public void A_day_has_its_meetings_what_other_calendars_say_and_the_gaps_between()
    {
        HeldTime[] held = [new("M-7K3F9Q", Hours(10, 11).Start, Hours(10, 11).End, BusyKind.Busy, "The budget")];
        var known = new Availability(true, [Busy(10, 11, BusyKind.Busy), Busy(13, 14, BusyKind.Busy), Busy(15, 16, BusyKind.Focus)]);
        Assert.Equal(
            [
                new(Hours(9, 10), null),
                new(Hours(10, 11), BusyKind.Busy, "The budget", "M-7K3F9Q"),
                new(Hours(11, 13), null),
                new(Hours(13, 14), BusyKind.Busy),
                new(Hours(14, 15), null),
                new(Hours(15, 16), BusyKind.Focus),
                new DayEntry(Hours(16, 17), null),
            ],
            DayRules.Of(Day, Working, held, known, Midnight));
    }

    [Fact]
    public void What_has_passed_is_no_gap_and_without_hours_there_is_none()
    {
        Assert.Equal([new DayEntry(Hours(12, 17), null)], DayRules.Of(Day, Working, [], Availability.Unknown, Midnight + Duration.FromHours(12)));
        Assert.Empty(DayRules.Of(Day, null, [], Availability.Unknown, Midnight));
    }

    [Fact]
    public void What_begins_the_day_before_stands_in_it_from_midnight_on() =>
        Assert.Equal([new DayEntry(Hours(0, 2), BusyKind.Away)], DayRules.Of(Day, null, [], new Availability(true, [Busy(-5, 2, BusyKind.Away)]), Midnight));

    [Fact]
    public void Working_hours_and_entries_cover_each_other_without_overlap() => Gen.Select(Gen.Int[-3, 25], Gen.Int[1, 6], Gen.Bool).List[0, 8].Sample(times =>
    {
        var held = times.Where(time => time.Item3).Select((time, index) => new HeldTime($"M-{index}", Hours(time.Item1, time.Item1 + time.Item2).Start, Hours(time.Item1, time.Item1 + time.Item2).End, BusyKind.Busy, "x")).ToList();
        var known = new Availability(true, [.. times.Select(time => Busy(time.Item1, time.Item1 + time.Item2, BusyKind.Busy)).OrderBy(busy => busy.Start)]);
        var day = DayRules.Of(Day, Working, held, known, Midnight);
        Assert.All(day, entry => Assert.True(entry.Time.Duration > Duration.Zero && entry.Time.Start >= Day.Start && entry.Time.End <= Day.End));
        for (var quarter = Working.Start; quarter < Working.End; quarter += Duration.FromMinutes(15))
        {
            var isBusy = times.Any(time => Hours(time.Item1, time.Item1 + time.Item2).Contains(quarter));
            Assert.Equal(isBusy, day.Any(entry => entry.Kind is not null && entry.Time.Contains(quarter)));
            Assert.Equal(!isBusy, day.Any(entry => entry.Kind is null && entry.Time.Contains(quarter)));
        }
    });

    [Fact]
    public void The_load_of_a_week_is_its_working_days_with_each_hour_in_meetings_once()
    {
        var monday = new LocalDate(2026, 11, 23);
        BusyTime[] week = [Busy(-48, -46, BusyKind.Busy), Busy(10, 12, BusyKind.Busy), Busy(11, 13, BusyKind.Tentative), Busy(14, 16, BusyKind.Focus), Busy(48, 72, BusyKind.Away), Busy(76, 77, BusyKind.Busy)];

        var load = DayRules.LoadOf(monday, new OfficeOptions().Times, DateTimeZone.Utc, week);

        Assert.Equal([2, 0, 3, 0, 0], load.Select(day => day.Time.TotalHours));
        Assert.Equal(Enumerable.Range(0, 5).Select(monday.PlusDays), load.Select(day => day.Date));
    }

    [Fact]
    public void A_meeting_over_midnight_loads_both_days_and_a_day_has_the_hours_of_its_zone()
    {
        var berlin = DateTimeZoneProviders.Tzdb["Europe/Berlin"];
        var times = new OfficeOptions { WorkingWeek = "Mon-Sun" }.Times;
        var sunday = new LocalDate(2026, 3, 29);
        BusyTime[] all = [new(sunday.AtStartOfDayInZone(berlin).ToInstant() - Duration.FromHours(1), sunday.PlusDays(1).AtStartOfDayInZone(berlin).ToInstant(), BusyKind.Busy)];

        // The clock is put forward on that day.
        Assert.Equal([0, 0, 0, 0, 0, 1, 23], DayRules.LoadOf(sunday.PlusDays(-6), times, berlin, all).Select(day => day.Time.TotalHours));
    }

    private static BusyTime Busy(int from, int until, BusyKind kind) => new(Hours(from, until).Start, Hours(from, until).End, kind);

    private static Interval Hours(int from, int until) => new(Midnight + Duration.FromHours(from), Midnight + Duration.FromHours(until));
}

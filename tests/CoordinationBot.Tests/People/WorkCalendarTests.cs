using CoordinationBot.Dialogs;
using CoordinationBot.People;
using NodaTime;
using NodaTime.Text;

namespace CoordinationBot.Tests.People;

public sealed class WorkCalendarTests
{
    private static readonly OfficeOptions Office = new() { QuietHours = "18:00-08:00, 12:00-13:00", Holidays = ["2026-12-24", "12-25", "01-01"] };

    [Theory]
    [InlineData("Europe/Berlin", "2026-11-23T10:00:00Z", "2026-11-23T10:00:00Z")] // A Monday at 11.
    [InlineData("Europe/Berlin", "2026-11-23T11:20:00Z", "2026-11-23T12:00:00Z")] // At lunch.
    [InlineData("Europe/Berlin", "2026-11-23T17:00:00Z", "2026-11-24T07:00:00Z")] // 18:00 is quiet already.
    [InlineData("Europe/Berlin", "2026-11-27T20:00:00Z", "2026-11-30T07:00:00Z")] // Friday evening.
    [InlineData("Europe/Berlin", "2026-12-23T20:00:00Z", "2026-12-28T07:00:00Z")] // Two holidays and a weekend.
    [InlineData("America/New_York", "2026-11-23T10:00:00Z", "2026-11-23T13:00:00Z")] // Still night there.
    [InlineData("Pacific/Kiritimati", "2026-11-27T10:00:00Z", "2026-11-29T18:00:00Z")] // Saturday there.
    [InlineData("Europe/Berlin", "2026-03-28T12:00:00Z", "2026-03-30T06:00:00Z")] // Summer time begins meanwhile.
    [InlineData("Europe/Berlin", "2026-10-24T12:00:00Z", "2026-10-26T07:00:00Z")] // And ends.
    public void The_next_good_moment(string zone, string from, string next) =>
        Assert.Equal(At(next), Calendar(zone).NextGood(At(from)));

    [Theory]
    [InlineData("2026-10-25T00:10:00Z", "2026-10-25T00:30:00Z")] // 02:10 the first time; the clocks go back at three.
    [InlineData("2026-10-25T01:10:00Z", "2026-10-25T01:30:00Z")] // 02:10 again.
    public void An_hour_that_comes_twice_is_quiet_twice(string from, string next) =>
        Assert.Equal(At(next), new WorkCalendar(new OfficeOptions { QuietHours = "22:30-02:30", WorkingWeek = "Mon-Sun" }.Times, DateTimeZoneProviders.Tzdb["Europe/Berlin"], []).NextGood(At(from)));

    [Theory]
    [InlineData("2026-11-23T07:30:00Z", "2026-11-23T08:00:00Z")] // Good already, but the day has not begun.
    [InlineData("2026-11-23T08:00:00Z", "2026-11-24T08:00:00Z")]
    [InlineData("2026-11-27T09:00:00Z", "2026-11-30T08:00:00Z")]
    [InlineData("2026-12-23T12:00:00Z", "2026-12-28T08:00:00Z")]
    public void The_start_of_the_next_working_day(string after, string start) =>
        Assert.Equal(At(start), Calendar("Europe/Berlin").NextDayStart(At(after)));

    [Theory]
    [InlineData("2026-11-23T10:00:00Z", 1, "2026-11-24T10:00:00Z")]
    [InlineData("2026-11-27T10:00:00Z", 1, "2026-11-30T10:00:00Z")]
    [InlineData("2026-11-28T10:00:00Z", 1, "2026-11-30T10:00:00Z")] // From a Saturday.
    [InlineData("2026-12-22T10:00:00Z", 2, "2026-12-28T10:00:00Z")]
    [InlineData("2026-03-27T10:00:00Z", 2, "2026-03-31T09:00:00Z")] // The same time of day, though summer time began.
    [InlineData("2026-11-28T10:00:00Z", 0, "2026-11-28T10:00:00Z")]
    public void Working_days_later(string from, int days, string later) =>
        Assert.Equal(At(later), Calendar("Europe/Berlin").AddWorkingDays(At(from), days));

    [Fact]
    public void Who_is_away_is_disturbed_when_they_are_back_and_their_days_away_do_not_count()
    {
        var calendar = Calendar("Europe/Berlin") with { Absences = [new Interval(At("2026-11-23T23:00:00Z"), At("2026-11-26T23:00:00Z"))] };
        Assert.Equal(At("2026-11-27T07:00:00Z"), calendar.NextGood(At("2026-11-24T10:00:00Z")));
        Assert.Equal(At("2026-11-27T08:00:00Z"), calendar.NextDayStart(At("2026-11-23T10:00:00Z")));
        Assert.Equal(At("2026-11-27T10:00:00Z"), calendar.AddWorkingDays(At("2026-11-23T10:00:00Z"), 1));
    }

    [Fact]
    public void A_pause_is_between_two_moments_of_one_working_day()
    {
        var calendar = Calendar("Europe/Berlin");
        Assert.True(calendar.IsSameDay(At("2026-11-23T11:20:00Z"), At("2026-11-23T12:00:00Z")));
        Assert.False(calendar.IsSameDay(At("2026-11-23T06:00:00Z"), At("2026-11-23T07:00:00Z"))); // Before it began.
        Assert.False(calendar.IsSameDay(At("2026-11-23T17:00:00Z"), At("2026-11-24T07:00:00Z")));
    }

    [Fact]
    public void An_office_without_quiet_hours_that_works_every_day_is_always_there()
    {
        var calendar = new WorkCalendar(new OfficeOptions { QuietHours = "none", WorkingWeek = "Mon-Sun" }.Times, DateTimeZone.Utc, []);
        Assert.True(calendar.IsGood(At("2026-11-28T03:00:00Z")));
    }

    [Fact]
    public void The_settings_that_stand_by_themselves_are_right() => Assert.Empty(Wrong(new OfficeOptions()));

    [Fact]
    public void Every_setting_that_is_wrong_is_named()
    {
        var wrong = Wrong(new OfficeOptions { Zone = "Mars", WorkingWeek = "Mon-Fry", WorkdayStart = "9", WorkdayEnd = "25:00", QuietHours = "18-8", Holidays = ["Christmas", "02-30", "2026-12-25"] });
        string[] named = ["Zone is Mars:", "WorkingWeek is Mon-Fry:", "WorkdayStart is 9:", "WorkdayEnd is 25:00:", "QuietHours is 18-8:", "Holidays has Christmas:", "Holidays has 02-30:"];
        Assert.Equal(named.Length, wrong.Count);
        Assert.All(named, (start, index) => Assert.StartsWith($"Office:{start}", wrong[index], StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("09:00-17:00")]
    [InlineData("18:00-12:00")]
    [InlineData("10:00-10:00")]
    public void Quiet_hours_leave_the_beginning_of_the_day(string quiet) =>
        Assert.Contains("Office:", Assert.Single(Wrong(new OfficeOptions { QuietHours = quiet })), StringComparison.Ordinal);

    [Theory]
    [InlineData("Mon-Fri", "Mon Tue Wed Thu Fri")]
    [InlineData("Sun-Thu", "Sun Mon Tue Wed Thu")]
    [InlineData("fri-mon", "Fri Sat Sun Mon")]
    [InlineData("Mon, Wed-Friday", "Mon Wed Thu Fri")]
    [InlineData("Tue", "Tue")]
    public void A_working_week(string setting, string days) =>
        Assert.Equal(days.Split(' ').Order(), new OfficeOptions { WorkingWeek = setting }.Times.Week.Select(day => day.ToString()[..3]).Order());

    private static WorkCalendar Calendar(string zone) => new(Office.Times, DateTimeZoneProviders.Tzdb[zone], []);

    private static IReadOnlyList<string> Wrong(OfficeOptions office)
    {
        WorkTimesReader.Read(office, out var wrong);
        return wrong;
    }

    private static Instant At(string at) => InstantPattern.General.Parse(at).Value;
}

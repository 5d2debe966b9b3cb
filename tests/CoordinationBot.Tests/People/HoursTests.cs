using CoordinationBot.Dialogs;
using CoordinationBot.People;
using CsCheck;
using NodaTime;
using NodaTime.Extensions;

namespace CoordinationBot.Tests.People;

public sealed class HoursTests
{
    private static readonly Instant Monday = Instant.FromUtc(2026, 11, 23, 9, 0);

    [Theory]
    [InlineData("8:30-16:30", "", "08:30", "16:30")]
    [InlineData("Mon-Thu 8-16", "Mon-Thu", "08:00", "16:00")]
    [InlineData("from 9 to 17", "", "09:00", "17:00")]
    [InlineData("9am-5pm", "", "09:00", "17:00")]
    [InlineData("2-4pm", "", "14:00", "16:00")]
    [InlineData("11-1pm", "", "11:00", "13:00")]
    [InlineData("12-1pm", "", "12:00", "13:00")]
    [InlineData("2026-12-01 9-11", "2026-12-01", "09:00", "11:00")]
    [InlineData("1 Dec 9.30–11", "1 Dec", "09:30", "11:00")]
    [InlineData("Tue 9-11 weekly", "Tue  weekly", "09:00", "11:00")]
    public void Hours_are_read_as_typed(string typed, string around, string from, string until) =>
        Assert.Equal((from, until, around, null), TypedTimes.Parse(typed) is var (begins, ends, rest, problem) ? (TypedTimes.Read(begins), TypedTimes.Read(ends), rest, problem) : default);

    [Theory]
    [InlineData("9-5", "It would end before it begins: 09:00 to 05:00. Type the afternoon like 14:00 or 2pm.")]
    [InlineData("25-26", "on no clock")]
    [InlineData("9:75-10", "on no clock")]
    [InlineData("13pm-14pm", "on no clock")]
    [InlineData("late", "I could not read from when until when.")]
    [InlineData("2026-12-01", "I could not read from when until when.")]
    [InlineData("1-5 Dec", "I could not read from when until when.")]
    public void What_are_no_hours_is_asked(string typed, string sentence) => Assert.Contains(sentence, TypedTimes.Parse(typed).Problem, StringComparison.Ordinal);

    [Theory]
    [InlineData("Asia/Tokyo", "Asia/Tokyo")]
    [InlineData("asia/tokyo", "Asia/Tokyo")]
    [InlineData("tokyo", "Asia/Tokyo")]
    [InlineData("Japan", "Asia/Tokyo")]
    [InlineData("new york", "America/New_York")]
    [InlineData("utc", "UTC")]
    public void A_zone_is_read_as_typed(string typed, string zone) => Assert.Equal(zone, TypedZone.Parse(typed).Zone);

    [Theory]
    [InlineData("tokio", "Did you mean Asia/Tokyo?")]
    [InlineData("Europe/Berln", "Did you mean Europe/Berlin")]
    [InlineData("Mexico", "America/Mexico_City")]
    [InlineData("xyzzyplugh", "I know no zone called “xyzzyplugh”.")]
    [InlineData("", "Type zone with a place")]
    public void An_unknown_zone_gets_near_names(string typed, string sentence)
    {
        Assert.Null(TypedZone.Parse(typed).Zone);
        Assert.Contains(sentence, TypedZone.Parse(typed).Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Tue 9-11 weekly", "every Tue, 09:00 to 11:00 (Europe/Berlin)")]
    [InlineData("every mon-wed and fri 8-9", "every Mon-Wed, Fri, 08:00 to 09:00 (Europe/Berlin)")]
    [InlineData("Tuesdays 14-16 every week", "every Tue, 14:00 to 16:00 (Europe/Berlin)")]
    [InlineData("tomorrow 14-16", "Tue 24 Nov 2026, 14:00 to 16:00 (Europe/Berlin)")]
    [InlineData("1 Dec 9-11", "Tue 1 Dec 2026, 09:00 to 11:00 (Europe/Berlin)")]
    [InlineData("fri 2-4pm", "Fri 27 Nov 2026, 14:00 to 16:00 (Europe/Berlin)")]
    [InlineData("11-12", "Mon 23 Nov 2026, 11:00 to 12:00 (Europe/Berlin)")]
    [InlineData("9-12", "Tue 24 Nov 2026, 09:00 to 12:00 (Europe/Berlin)")]
    public void Protected_time_is_read_as_typed(string typed, string read) => Assert.Equal(read, FocusRules.Read(FocusSentence.Parse(typed, "1", Monday, "Europe/Berlin").Focus!));

    /// <summary>A week of every minute: protected is what is in the hours of its days, and nothing else.</summary>
    [Fact]
    public void A_weekly_time_comes_at_the_same_hour_of_the_clock() => Gen.Select(Gen.Int[0, 20], Gen.Int[1, 23], Gen.Int[1, 7].List[1, 3], Gen.Int[0, 360], Gen.Int[0, 2]).Sample(
        (from, hours, days, offset, place) =>
        {
            var zone = DateTimeZoneProviders.Tzdb[((string[])["Europe/Berlin", "Australia/Lord_Howe", "America/New_York"])[place]];
            var focus = new FocusTime("1", null, [.. days.Distinct().Order().Select(day => (IsoDayOfWeek)day)], new TimeOnly(from, 0), new TimeOnly(Math.Min(23, from + hours), 30), zone.Id);
            var window = new Interval(Monday + Duration.FromDays(offset), Monday + Duration.FromDays(offset + 8));
            var times = FocusRules.Times(focus, window).ToList();
            for (var at = window.Start; at < window.End; at += Duration.FromMinutes(15))
            {
                var local = at.InZone(zone);
                // In the hour that comes twice either is as good.
                if (zone.MapLocal(local.LocalDateTime).Count == 1)
                {
                    Assert.Equal(focus.Days!.Contains(local.DayOfWeek) && local.TimeOfDay >= focus.From.ToLocalTime() && local.TimeOfDay < focus.Until.ToLocalTime(), times.Exists(time => time.Contains(at)));
                }
            }
        },
        iter: 300);

    /// <summary>A person's own hours are never quiet, and what is quiet beside them stays quiet.</summary>
    [Fact]
    public void Quiet_hours_end_where_somebody_works() => Gen.Select(Gen.Int[0, 94], Gen.Int[1, 95], Gen.Int[0, 95], Gen.Int[0, 95]).Sample(
        (from, length, quietFrom, quietUntil) =>
        {
            var until = Math.Min(95, from + length);
            if (quietFrom == quietUntil)
            {
                return;
            }
            var office = new OfficeOptions { QuietHours = $"{Clock(quietFrom)}-{Clock(quietUntil)}", WorkdayStart = "12:00" };
            var person = new Person { Tenant = "t", ObjectId = "o", TeamsId = "29:o", Name = "Ann", ServiceUrl = "http://x/", BotId = "28:b", Hours = new WorkHours(null, TimeOnly.Parse(Clock(from)), TimeOnly.Parse(Clock(until))) };
            var times = WorkTimes.Of(person, office);
            for (var quarter = 0; quarter < 96; quarter++)
            {
                var time = LocalTime.Midnight.PlusMinutes(quarter * 15);
                Assert.Equal(office.Times.IsQuiet(time) && (quarter < from || quarter >= until), times.IsQuiet(time));
            }
            Assert.Equal(office.Times.Week.Order(), times.Week.Order());
        },
        iter: 2_000);

    private static string Clock(int quarter) => $"{quarter / 4:D2}:{quarter % 4 * 15:D2}";
}

using System.Collections.Immutable;
using CoordinationBot.Dialogs;
using CoordinationBot.Notices;
using CoordinationBot.People;
using CsCheck;
using NodaTime;
using NodaTime.Text;

namespace CoordinationBot.Tests.Notices;

/// <summary>The office works in Berlin from Monday to Friday, is quiet from 18 to 8 and from 12 to 13, and begins at 9.</summary>
public sealed class GovernorRulesTests
{
    private static readonly OfficeOptions Office = new() { Zone = "Europe/Berlin", QuietHours = "18:00-08:00, 12:00-13:00" };
    private static readonly Person Ann = new() { Tenant = "t", ObjectId = "ann", TeamsId = "29:ann", Name = "Ann Abel", ServiceUrl = "http://localhost:9/", BotId = "28:bot" };

    [Theory]
    [InlineData("2026-11-23T10:00:00Z", "now")] // Monday, eleven.
    [InlineData("2026-11-23T07:30:00Z", "now")] // Half past eight: not quiet any more.
    [InlineData("2026-11-23T11:30:00Z", "at 2026-11-23T12:00:00Z")] // At lunch.
    [InlineData("2026-11-23T17:00:00Z", "digest 2026-11-24T08:00:00Z")] // Evening.
    [InlineData("2026-11-23T05:00:00Z", "digest 2026-11-23T08:00:00Z")] // Early morning.
    [InlineData("2026-11-28T10:00:00Z", "digest 2026-11-30T08:00:00Z")] // Saturday.
    public void What_can_wait_is_told_when_it_suits(string now, string moment) => Assert.Equal(moment, Decide(Notice(now), Ann, now));

    [Theory]
    [InlineData("2026-11-23T17:00:00Z")]
    [InlineData("2026-11-28T03:00:00Z")]
    public void What_cannot_wait_is_told_now(string now) =>
        Assert.Equal("now", Decide(Notice(now) with { IsUrgent = true }, Ann with { TurnedDown = TurnedDown(NoticeKind.Answer, Telling.Off) }, now));

    [Fact]
    public void Who_is_away_is_told_when_they_are_back() =>
        Assert.Equal("digest 2026-11-30T08:00:00Z", Decide(Notice("2026-11-24T10:00:00Z"), Ann with { Absences = [new Absence(new(2026, 11, 24), new(2026, 11, 27), "Europe/Berlin")] }, "2026-11-24T10:00:00Z"));

    [Fact]
    public void What_was_turned_down_comes_once_a_day_or_never()
    {
        const string Now = "2026-11-23T10:00:00Z";
        Assert.Equal("digest 2026-11-24T08:00:00Z", Decide(Notice(Now), Ann with { TurnedDown = TurnedDown(NoticeKind.Answer, Telling.Digest) }, Now));
        Assert.Equal("never", Decide(Notice(Now), Ann with { TurnedDown = TurnedDown(NoticeKind.Answer, Telling.Off) }, Now));
    }

    [Theory]
    [InlineData(nameof(NoticeKind.Offer), false)]
    [InlineData(nameof(NoticeKind.Approval), false)]
    [InlineData(nameof(NoticeKind.Question), false)]
    [InlineData(nameof(NoticeKind.Answer), true)]
    [InlineData(nameof(NoticeKind.Progress), true)]
    [InlineData(nameof(NoticeKind.Result), false)]
    [InlineData(nameof(NoticeKind.Revocation), false)]
    [InlineData(nameof(NoticeKind.Reminder), false)]
    public void Nobody_is_kept_from_what_waits_for_them_whatever_their_row_says(string name, bool canBeOff)
    {
        var kind = Enum.Parse<NoticeKind>(name);
        const string Now = "2026-11-23T10:00:00Z";
        Assert.Equal(canBeOff, GovernorRules.CanBeOff(kind));
        Assert.Equal(canBeOff ? "never" : "digest 2026-11-24T08:00:00Z", Decide(Notice(Now) with { Kind = kind }, Ann with { TurnedDown = TurnedDown(kind, Telling.Off) }, Now));
    }

    [Fact]
    public void What_is_late_comes_with_everything_else_that_is()
    {
        const string Now = "2026-11-23T10:00:00Z";
        Assert.Equal("now", Decide(Notice("2026-11-23T09:00:00Z"), Ann, Now));
        Assert.Equal("digest 2026-11-23T10:05:00Z", Decide(Notice("2026-11-23T08:59:00Z"), Ann, Now));
        Assert.Equal("digest 2026-11-23T10:10:00Z", Decide(Notice("2026-11-23T08:00:00Z"), Ann, "2026-11-23T10:04:30Z"));
        Assert.Equal("digest 2026-11-23T10:05:00Z", Decide(new Notice("x") { Kind = NoticeKind.Reminder, NotBefore = At("2026-11-22T10:00:00Z").ToDateTimeOffset() }, Ann, Now));
    }

    [Fact]
    public void A_try_that_failed_has_its_reason_to_be_late_but_is_not_repeated_at_night()
    {
        var tried = Notice("2026-11-23T08:00:00Z") with { State = NoticeState.Sending, Attempts = 2 };
        Assert.Equal("now", Decide(tried, Ann, "2026-11-23T14:00:00Z"));
        Assert.Equal("digest 2026-11-24T08:00:00Z", Decide(tried, Ann, "2026-11-23T17:30:00Z"));
    }

    [Fact]
    public void What_was_decided_stays_until_its_time()
    {
        var held = Notice("2026-11-23T11:30:00Z") with { State = NoticeState.Held, HeldUntil = At("2026-11-23T12:00:00Z").ToDateTimeOffset() };
        Assert.Equal("decided 2026-11-23T12:00:00Z", Decide(held, Ann, "2026-11-23T11:40:00Z"));
        Assert.Equal("now", Decide(held, Ann, "2026-11-23T12:00:00Z"));
        var bundled = held with { State = NoticeState.Bundled };
        Assert.Equal("decided 2026-11-23T12:00:00Z", Decide(bundled, Ann, "2026-11-23T12:10:00Z"));
        Assert.Equal("now", Decide(bundled, Ann, "2026-11-23T12:15:00Z"));
    }

    [Fact]
    public void Who_can_be_reached_again_is_told_at_once_and_who_cannot_is_left_alone()
    {
        var unreachable = Notice("2026-11-23T08:00:00Z") with { State = NoticeState.Unreachable };
        Assert.Equal("now", Decide(unreachable, Ann, "2026-11-23T22:00:00Z"));
        Assert.StartsWith("decided", Decide(unreachable, Ann with { Unreachable = Unreachable.Blocked }, "2026-11-23T10:00:00Z"), StringComparison.Ordinal);
    }

    /// <summary>Whatever the notice, the person and the moment: only what is urgent, or was asked for by writing, comes in quiet hours; and everything else has a time ahead that is good.</summary>
    [Fact]
    public void Nobody_is_disturbed_at_a_bad_moment() =>
        Gen.Select(Gen.Int[0, People.WorkCalendarProperties.ZoneNames.Count - 1], Gen.Int[0, 365 * 24 * 60], Gen.Int[0, 2], Gen.Int[0, 5000], Gen.Bool, Gen.Int[-1, 20]).Sample(
            (zone, minute, state, age, isUrgent, away) =>
            {
                var now = Instant.FromUtc(2026, 1, 1, 0, 0) + Duration.FromMinutes(minute);
                var today = now.InUtc().Date.ToDateOnly();
                var person = Ann with { Zone = People.WorkCalendarProperties.ZoneNames[zone], Absences = away < 0 ? null : [new Absence(today, today.AddDays(away), "UTC")] };
                var calendar = WorkCalendar.Of(person, Office);
                var notice = new Notice("x", (NoticeState)(state == 2 ? (int)NoticeState.Held : state)) { Kind = NoticeKind.Reminder, IsUrgent = isUrgent, At = (now - Duration.FromMinutes(age)).ToDateTimeOffset() };
                var isGood = calendar.IsGood(now);
                switch (GovernorRules.Decide(notice, person, calendar, now))
                {
                    case Moment.Now:
                        Assert.True(isGood || isUrgent);
                        break;
                    case Moment.At at:
                        Assert.True(at.Time > now && calendar.IsGood(at.Time) && !isGood);
                        break;
                    case Moment.Digest digest:
                        Assert.True(digest.Time > now && !isUrgent);
                        Assert.True(calendar.IsGood(digest.Time) || (isGood && digest.Time - now < Duration.FromMinutes(11)));
                        break;
                    default:
                        Assert.Fail("Nothing was turned down or decided.");
                        break;
                }
            },
            iter: 20_000);

    private static string Decide(Notice notice, Person person, string now) => GovernorRules.Decide(notice, person, WorkCalendar.Of(person, Office), At(now)) switch
    {
        Moment.Now => "now",
        Moment.At at => $"at {at.Time}",
        Moment.Digest digest => $"digest {digest.Time}",
        Moment.Never => "never",
        Moment.Decided decided => $"decided {decided.Until}",
        var other => throw new InvalidOperationException($"{other}"),
    };

    private static ImmutableSortedDictionary<NoticeKind, Telling> TurnedDown(NoticeKind kind, Telling telling) => ImmutableSortedDictionary<NoticeKind, Telling>.Empty.Add(kind, telling);

    private static Notice Notice(string at) => new("Something happened.") { Kind = NoticeKind.Answer, At = At(at).ToDateTimeOffset() };

    private static Instant At(string at) => InstantPattern.General.Parse(at).Value;
}

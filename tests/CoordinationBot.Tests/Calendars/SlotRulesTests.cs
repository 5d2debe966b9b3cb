using CoordinationBot.Calendars;
using NodaTime;
using NodaTime.Text;

namespace CoordinationBot.Tests.Calendars;

/// <summary>Telling cases, in the week of Monday 30 November 2026. Everybody works from 9 to 17, and is not disturbed from 18 to 8.</summary>
public sealed class SlotRulesTests
{
    private static readonly Instant Now = At("2026-11-29T12:00");

    [Fact]
    public void The_best_do_not_overlap() =>
        Assert.Equal(["09:00", "10:00", "11:00", "12:00", "13:00"], Starts(Find("2026-11-30T09:00", "2026-11-30T17:00", 60, Person("Ann"))));

    [Fact]
    public void Nothing_begins_before_or_at_this_moment() =>
        Assert.Equal("12:15", Starts(SlotRules.Find(Request("2026-11-30T09:00", "2026-11-30T17:00", 60, Person("Ann")), At("2026-11-30T12:00")))[0]);

    [Fact]
    public void What_ends_at_ten_leaves_ten_free_and_a_second_more_does_not()
    {
        Assert.Equal("10:00", Starts(Find("2026-11-30T09:00", "2026-11-30T12:00", 60, Person("Ann", Busy("2026-11-30T08:00", "2026-11-30T10:00"))))[0]);
        Assert.Equal("10:15", Starts(Find("2026-11-30T09:00", "2026-11-30T12:00", 60, Person("Ann", Busy("2026-11-30T08:00", "2026-11-30T10:00:01"))))[0]);
        Assert.Equal("11:00", Starts(Find("2026-11-30T11:00", "2026-11-30T13:00", 60, Person("Ann", Busy("2026-11-30T12:00", "2026-11-30T13:00"))))[0]);
        Assert.Empty(Find("2026-11-30T11:00", "2026-11-30T13:00", 60, Person("Ann", Busy("2026-11-30T11:59:59", "2026-11-30T13:00"))).Best);
    }

    [Fact]
    public void A_buffer_is_kept_from_what_is_busy_and_from_nothing_else()
    {
        var request = Request("2026-11-30T09:00", "2026-11-30T12:00", 60, Person("Ann", Busy("2026-11-30T08:00", "2026-11-30T09:30")), Person("Bob", new BusyTime(At("2026-11-30T10:45"), At("2026-11-30T17:00"), BusyKind.Away)));
        Assert.Equal("09:45", Starts(SlotRules.Find(request with { Buffer = Duration.FromMinutes(15) }, Now))[0]);
        Assert.Empty(SlotRules.Find(request with { Buffer = Duration.FromMinutes(30) }, Now).Best);
    }

    [Fact]
    public void Somebody_without_a_calendar_is_unknown_and_not_free()
    {
        var found = Find("2026-11-30T09:00", "2026-11-30T12:00", 60, Person("Ann"), Unknown("Kim"));
        Assert.Equal(Standing.Unknown, found.Best[0].Seats[1].Standing);
        // What is known of them counts.
        Assert.Equal("11:00", Starts(Find("2026-11-30T09:00", "2026-11-30T12:00", 60, Person("Ann"), Unknown("Kim", Busy("2026-11-30T09:00", "2026-11-30T11:00"))))[0]);
        // That they protect a time does not make the rest of it known.
        var focus = Find("2026-11-30T09:00", "2026-11-30T10:00", 60, Unknown("Kim", Focus("2026-11-30T09:00", "2026-11-30T10:00"))).Best[0].Seats[0];
        Assert.Equal((Standing.Unknown, 1), (focus.Standing, focus.FocusBlocks));
    }

    [Fact]
    public void Who_is_known_to_be_free_counts_more_than_who_is_unknown()
    {
        // Two are in doubt at nine, one of them at ten.
        Assert.Equal(["10:00", "09:00"], Starts(Find("2026-11-30T09:00", "2026-11-30T11:00", 60, Person("Ann", Tentative("2026-11-30T09:00", "2026-11-30T10:00")), Unknown("Kim", Tentative("2026-11-30T10:00", "2026-11-30T11:00")))));
        // One of the two optional people could come at both, and at ten it is known who.
        Assert.Equal(["10:00", "09:00"], Starts(Find("2026-11-30T09:00", "2026-11-30T11:00", 60, Person("Ann"), Optional(Person("Mia", Busy("2026-11-30T09:00", "2026-11-30T10:00"))), Optional(Unknown("Kim", Busy("2026-11-30T10:00", "2026-11-30T11:00"))))));
    }

    [Fact]
    public void That_those_required_are_known_to_be_free_counts_more_than_that_all_optional_ones_come() => Assert.Equal(
        ["11:00", "10:00", "09:00"],
        Starts(Find(
            "2026-11-30T09:00",
            "2026-11-30T12:00",
            60,
            Person("Ann", Tentative("2026-11-30T09:00", "2026-11-30T10:00")),
            Optional(Person("Lee", Busy("2026-11-30T10:00", "2026-11-30T12:00"))),
            Optional(Person("Mia", Busy("2026-11-30T10:00", "2026-11-30T11:00"))))));

    [Fact]
    public void Optional_people_count_more_than_working_hours_and_these_more_than_focus_time_and_that_more_than_being_early()
    {
        // At 14 it breaks two blocks of focus time, at 15 one; at 16 Lee cannot come; 17 is outside of hours.
        var ann = Person("Ann", Busy("2026-11-30T08:00", "2026-11-30T14:00"), Focus("2026-11-30T14:00", "2026-11-30T14:30"), Focus("2026-11-30T14:30", "2026-11-30T16:00"));
        var lee = Optional(Person("Lee", Busy("2026-11-30T16:00", "2026-11-30T17:00")));
        Assert.Equal(["15:00", "14:00", "17:00", "16:00"], Starts(SlotRules.Find(Request("2026-11-30T14:00", "2026-11-30T18:00", 60, ann, lee) with { Step = Duration.FromHours(1) }, Now)));
    }

    [Fact]
    public void A_better_time_that_is_taken_is_no_reason_to_offer_one_at_night()
    {
        var found = Find("2026-11-30T00:00", "2026-12-01T00:00", 60, Person("Ann"), Person("Bob", Busy("2026-11-30T06:00", "2026-11-30T20:00")));
        Assert.Empty(found.Best);
        // From 8 to 18, on the grid of quarters: 37 times.
        Assert.Equal([("Bob", 37, 37, 37)], found.Blockers.Select(blocker => (blocker.Attendee.Name, blocker.Blocked, blocker.Alone, blocker.Of)));
    }

    [Fact]
    public void Who_asks_for_a_Saturday_gets_its_day_and_not_its_night() =>
        Assert.Equal("08:00", Starts(Find("2026-12-05T00:00", "2026-12-06T00:00", 60, Person("Ann"), Person("Bob")))[0]);

    [Fact]
    public void Where_no_time_suits_everybodys_day_it_is_early_or_late_for_some_and_in_the_night_of_nobody()
    {
        // Berlin and Sydney are ten hours apart.
        var found = Find("2026-11-30T00:00", "2026-12-01T00:00", 60, Person("Ann") with { Zone = Zone("Europe/Berlin") }, Person("Bob") with { Zone = Zone("Australia/Sydney") });
        Assert.All(found.Best, slot => Assert.All(slot.Seats, seat => Assert.InRange(slot.Time.Start.InZone(seat.Attendee.Zone).Hour, 7, 21)));
        Assert.NotEmpty(found.Best);
    }

    [Fact]
    public void On_both_sides_of_the_date_line_it_is_not_the_same_day()
    {
        // In Kiritimati it is a day and an hour later than in Samoa across the line: 9 to 17 o'clock of both, Tuesday here and Monday there.
        var found = Find("2026-11-30T00:00", "2026-12-02T00:00", 60, Person("Ann") with { Zone = Zone("Pacific/Kiritimati") }, Person("Bob") with { Zone = Zone("Pacific/Pago_Pago") });
        var (ann, bob) = (found.Best[0].Time.Start.InZone(Zone("Pacific/Kiritimati")), found.Best[0].Time.Start.InZone(Zone("Pacific/Pago_Pago")));
        Assert.Equal((new LocalDateTime(2026, 12, 1, 10, 0), new LocalDateTime(2026, 11, 30, 9, 0)), (ann.LocalDateTime, bob.LocalDateTime));
        Assert.All(found.Best[0].Seats, seat => Assert.True(seat.IsInHours));
    }

    [Theory]
    [InlineData("2026-03-27", "08:00")]
    [InlineData("2026-03-30", "07:00")]
    [InlineData("2026-10-23", "07:00")]
    [InlineData("2026-10-26", "08:00")]
    public void The_working_day_begins_by_the_clock_on_the_wall_whatever_the_season(string day, string inUtc) =>
        Assert.Equal(inUtc, Starts(SlotRules.Find(Request($"{day}T00:00", $"{day}T23:00", 60, Person("Ann") with { Zone = Zone("Europe/Berlin") }), At("2026-01-01T00:00")))[0]);

    [Theory]
    [InlineData("2026-03-29", "01:15")]
    [InlineData("2026-10-25", "00:15")]
    public void Hours_that_begin_when_the_clocks_change_begin_as_much_later_or_the_first_time(string day, string inUtc)
    {
        var early = SlotSamples.Hours([IsoDayOfWeek.Sunday], "02:15", "10:30");
        var request = Request($"{day}T00:00", $"{day}T06:00", 15, Person("Ann") with { Zone = Zone("Europe/Berlin"), Times = early });
        Assert.Equal(inUtc, Starts(SlotRules.Find(request, At("2026-01-01T00:00")))[0]);
    }

    [Fact]
    public void The_Friday_that_Samoa_left_out_has_no_hours_on_its_Saturday()
    {
        // On 29 December 2011 at midnight it became the 31st.
        var request = Request("2011-12-30T10:00", "2011-12-31T10:00", 60, Person("Ann") with { Zone = Zone("Pacific/Apia") });
        Assert.DoesNotContain(SlotRules.Find(request with { Most = 24 }, At("2011-12-01T00:00")).Best, slot => slot.Seats[0].IsInHours);
    }

    [Fact]
    public void Kathmandu_works_from_a_quarter_past_three_of_Greenwich() =>
        Assert.Equal("03:15", Starts(Find("2026-11-30T00:00", "2026-12-01T00:00", 60, Person("Ann") with { Zone = Zone("Asia/Kathmandu") }))[0]);

    [Fact]
    public void Whoever_is_away_for_days_blocks_them_and_the_organiser_is_never_left_out()
    {
        var away = new BusyTime(At("2026-11-29T00:00"), At("2026-12-02T00:00"), BusyKind.Away);
        var found = Find("2026-11-30T00:00", "2026-12-01T00:00", 60, Person("Ann", away), Person("Bob"));
        Assert.Equal([SlotChangeKind.Widen], found.Changes.Select(change => change.Kind));
        Assert.Equal((At("2026-12-03T00:00"), At("2026-12-02T09:00")), (found.Changes[0].Until, found.Changes[0].Found.Time.Start));

        var other = Find("2026-11-30T00:00", "2026-12-01T00:00", 60, Person("Bob"), Person("Ann", away));
        Assert.Equal([SlotChangeKind.MakeOptional, SlotChangeKind.Widen], other.Changes.Select(change => change.Kind));
        Assert.Equal("Ann", other.Changes[0].Without?.Name);
    }

    [Fact]
    public void Whose_working_time_is_taken_is_not_asked_for_their_holidays_instead()
    {
        var ann = Person("Ann", Busy("2026-11-30T08:00", "2026-11-30T18:00"));
        var holidays = ann.Times with { Holidays = [.. Enumerable.Range(1, 20).Select(days => new LocalDate(2026, 11, 30).PlusDays(days))] };
        Assert.Empty(Find("2026-11-30T00:00", "2026-12-01T00:00", 60, ann with { Times = holidays }).Changes);
    }

    [Fact]
    public void The_smallest_change_gives_up_the_least_share()
    {
        // An hour is left between 8 and 18, and two are asked for: half. Without Bob: a third. Until the end of tomorrow: a half of the two days.
        var (ann, bob) = (Person("Ann", Busy("2026-11-30T08:00", "2026-11-30T12:00")), Person("Bob", Busy("2026-11-30T13:00", "2026-11-30T18:00")));
        var found = Find("2026-11-30T00:00", "2026-12-01T00:00", 120, ann, bob, Person("Cem"));
        Assert.Equal([SlotChangeKind.MakeOptional, SlotChangeKind.Shorten, SlotChangeKind.Widen], found.Changes.Select(change => change.Kind));
        Assert.Equal(Duration.FromHours(1), found.Changes[1].Length);
    }

    [Fact]
    public void A_window_that_has_passed_is_widened_from_today_though_not_into_the_weekend()
    {
        var found = SlotRules.Find(Request("2026-11-23T00:00", "2026-11-24T00:00", 60, Person("Ann")), Now);
        Assert.Empty(found.Blockers);
        Assert.Equal([(Instant?)At("2026-12-01T00:00")], found.Changes.Select(change => change.Until));
    }

    [Fact]
    public void A_window_that_is_too_short_is_said_to_hold_something_shorter() =>
        Assert.Equal(Duration.FromMinutes(45), Find("2026-11-30T09:00", "2026-11-30T09:45", 90, Person("Ann")).Changes.Single(change => change.Kind == SlotChangeKind.Shorten).Length);

    [Fact]
    public void Without_anybody_required_every_time_would_do() =>
        Assert.Equal("09:00", Starts(Find("2026-11-30T09:00", "2026-11-30T10:00", 60, Optional(Person("Ann", Busy("2026-11-30T09:00", "2026-11-30T10:00")))))[0]);

    internal static Attendee Person(string name, params IReadOnlyList<BusyTime> busy) => new(
        name,
        name,
        true,
        DateTimeZone.Utc,
        SlotSamples.Hours([IsoDayOfWeek.Monday, IsoDayOfWeek.Tuesday, IsoDayOfWeek.Wednesday, IsoDayOfWeek.Thursday, IsoDayOfWeek.Friday], "09:00", "17:00", "18:00-08:00"),
        new Availability(true, busy));

    internal static Attendee Unknown(string name, params IReadOnlyList<BusyTime> busy) => Person(name) with { Availability = new Availability(false, busy) };

    internal static Attendee Optional(Attendee attendee) => attendee with { IsRequired = false };

    internal static BusyTime Busy(string start, string end) => new(At(start), At(end), BusyKind.Busy);

    internal static DateTimeZone Zone(string name) => DateTimeZoneProviders.Tzdb[name];

    internal static Instant At(string time) => LocalDateTimePattern.ExtendedIso.Parse(time.Length == 16 ? time + ":00" : time).Value.InUtc().ToInstant();

    internal static SlotRequest Request(string from, string until, int minutes, params IReadOnlyList<Attendee> attendees) => new(attendees, Duration.FromMinutes(minutes), new Interval(At(from), At(until)));

    private static BusyTime Tentative(string start, string end) => new(At(start), At(end), BusyKind.Tentative);

    private static BusyTime Focus(string start, string end) => new(At(start), At(end), BusyKind.Focus);

    private static SlotsFound Find(string from, string until, int minutes, params IReadOnlyList<Attendee> attendees) => SlotRules.Find(Request(from, until, minutes, attendees), Now);

    private static List<string> Starts(SlotsFound found) => [.. found.Best.Select(slot => InstantPattern.CreateWithInvariantCulture("HH:mm").Format(slot.Time.Start))];
}

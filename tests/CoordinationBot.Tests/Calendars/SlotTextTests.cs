using CoordinationBot.Calendars;
using NodaTime;

namespace CoordinationBot.Tests.Calendars;

public sealed class SlotTextTests
{
    private static readonly Interval Time = new(SlotRulesTests.At("2026-11-30T14:45"), SlotRulesTests.At("2026-11-30T15:30"));

    [Fact]
    public void Everybody_can_come() => Assert.Equal(["Everybody can come."], Why(Seat("Ann"), Seat("Bob")));

    [Fact]
    public void Who_cannot_come_is_named_with_the_reason() => Assert.Equal(
        ["Without Lee (busy) and Kim and Mia (away)."],
        Why(Seat("Ann"), Seat("Lee", Standing.Busy), Seat("Kim", Standing.Away), Seat("Mia", Standing.Away)));

    [Fact]
    public void Who_is_unknown_is_never_said_to_be_free()
    {
        Assert.Equal(["Nobody is known to be busy.", "Kim’s calendar is unknown."], Why(Seat("Ann"), Seat("Kim", Standing.Unknown)));
        Assert.Equal(["Without Lee (busy).", "The calendars of Ann and Kim are unknown."], Why(Seat("Ann", Standing.Unknown), Seat("Kim", Standing.Unknown), Seat("Lee", Standing.Busy)));
    }

    [Fact]
    public void What_is_tentative_is_said() => Assert.Equal(
        ["Nobody is known to be busy.", "Ann, Bob and Cem have something tentative then."],
        Why(Seat("Ann", Standing.Tentative), Seat("Bob", Standing.Tentative), Seat("Cem", Standing.Tentative)));

    [Fact]
    public void For_whom_it_is_early_or_late_reads_what_the_clock_says_there() => Assert.Equal(
        ["Everybody can come.", "Outside the hours of Adele and Bo: Mon 20:30 in Asia/Kathmandu.", "Outside the hours of Cy: Tue 04:45 in Pacific/Kiritimati."],
        Why(Seat("Ann"), Outside("Adele", "Asia/Kathmandu"), Outside("Cy", "Pacific/Kiritimati"), Outside("Bo", "Asia/Kathmandu")));

    [Fact]
    public void Who_does_not_come_anyway_is_not_said_to_come_late_or_to_lose_focus_time() => Assert.Equal(
        ["Without Lee (busy).", "It breaks focus time of Ann."],
        Why(Seat("Ann", Standing.Focus) with { FocusBlocks = 1 }, Seat("Lee", Standing.Busy) with { IsInHours = false, FocusBlocks = 2 }));

    [Fact]
    public void Many_are_counted() => Assert.Equal(
        ["Without P1, P2 and 48 others (busy)."],
        Why([Seat("Ann"), .. Enumerable.Range(1, 50).Select(number => Seat($"P{number}", Standing.Busy))]));

    [Theory]
    [InlineData(12, 0, 20, "Lee cannot come at 12 of the 20 times.")]
    [InlineData(12, 3, 20, "Lee cannot come at 12 of the 20 times; at 3 of these everybody else could.")]
    [InlineData(20, 20, 20, "Lee cannot come at any of the 20 times; everybody else could.")]
    [InlineData(1, 1, 1, "Lee cannot come at the only time there is; everybody else could.")]
    [InlineData(1200, 0, 2000, "Lee cannot come at 1,200 of the 2,000 times.")]
    public void A_blocker_is_a_sentence(int blocked, int alone, int of, string sentence) =>
        Assert.Equal(sentence, SlotText.Describe(new Blocker(SlotRulesTests.Person("Lee"), blocked, alone, of)));

    [Theory]
    [InlineData(15, "15 minutes")]
    [InlineData(60, "1 hour")]
    [InlineData(75, "1 hour 15 minutes")]
    [InlineData(120, "2 hours")]
    [InlineData(1485, "24 hours 45 minutes")]
    public void A_shorter_length_reads_in_hours_and_minutes(int minutes, string length) =>
        Assert.Equal($"Shorten it to {length}", SlotText.Describe(new SlotChange(SlotChangeKind.Shorten, Found()) { Length = Duration.FromMinutes(minutes) }));

    [Fact]
    public void A_change_says_what_it_would_be()
    {
        Assert.Equal("Make Lee optional", SlotText.Describe(new SlotChange(SlotChangeKind.MakeOptional, Found()) { Without = SlotRulesTests.Person("Lee") }));
        // Until midnight in Berlin, where the organiser is.
        Assert.Equal("Look until Fri 4 Dec 2026", SlotText.Describe(new SlotChange(SlotChangeKind.Widen, Found()) { Until = SlotRulesTests.At("2026-12-04T23:00") }));
    }

    [Fact]
    public void That_there_is_nothing_says_whether_it_is_for_the_people_or_the_days()
    {
        Assert.Equal("There is no time of that length left on these days.", SlotText.NothingFound(new SlotsFound([], [], [])));
        Assert.Equal("There is no time on these days at which everybody required can come.", SlotText.NothingFound(new SlotsFound([], [new Blocker(SlotRulesTests.Person("Lee"), 1, 1, 1)], [])));
    }

    private static Slot Found() => new(Time, [Outside("Ann", "Europe/Berlin")]);

    private static Seat Seat(string name, Standing standing = Standing.Free) => new(SlotRulesTests.Person(name), standing, true);

    private static Seat Outside(string name, string zone) => new(SlotRulesTests.Person(name) with { Zone = SlotRulesTests.Zone(zone) }, Standing.Free, false);

    private static IReadOnlyList<string> Why(params IReadOnlyList<Seat> seats) => SlotText.Why(new Slot(Time, seats));
}

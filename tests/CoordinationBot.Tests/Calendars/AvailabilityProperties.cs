using CoordinationBot.Calendars;
using CoordinationBot.People;
using CsCheck;
using NodaTime;

namespace CoordinationBot.Tests.Calendars;

/// <summary>What several sources say is asked minute by minute.</summary>
public sealed class AvailabilityProperties
{
    private const int Minutes = 600;
    private static readonly Instant Monday = Instant.FromUtc(2026, 11, 23, 0, 0);
    private static readonly Interval Window = new(At(0), At(Minutes));

    private static readonly Gen<BusyTime> Time = Gen.Select(Gen.Int[-100, Minutes + 100], Gen.Int[0, 150], Gen.Enum<BusyKind>(), (start, length, kind) => new BusyTime(At(start), At(start + length), kind));

    private static readonly Gen<CalendarAnswer> Answer = Gen.Select(Gen.Bool, Time.List[0, 6], Gen.Int[0, 4], (makesKnown, busy, failed) => new CalendarAnswer(makesKnown, busy, failed == 0 ? "It is away." : null));

    [Fact]
    public void What_is_busy_by_any_source_is_busy_and_nothing_else_is() => Gen.Select(Answer.List[0, 4], Time.List[0, 2]).Sample(
        (answers, absences) =>
        {
            var away = absences.Where(time => time.Start < time.End).Select(time => new Interval(time.Start, time.End)).ToList();
            var merged = AvailabilityRules.Merge(answers, away, Window);
            for (var minute = 0; minute < Minutes; minute++)
            {
                foreach (var kind in Enum.GetValues<BusyKind>())
                {
                    var said = answers.Any(answer => answer.Busy.Any(time => time.Kind == kind && Holds(time, minute))) || (kind == BusyKind.Away && away.Any(time => time.Contains(At(minute))));
                    Assert.Equal(said, merged.Busy.Any(time => time.Kind == kind && Holds(time, minute)));
                }
            }
            Assert.All(merged.Busy, time => Assert.True(time.Start < time.End && time.Start >= Window.Start && time.End <= Window.End));
            Assert.Equal(merged.Busy.OrderBy(time => time.Start), merged.Busy);
            Assert.All(merged.Busy.GroupBy(time => time.Kind), kind => Assert.All(kind.Zip(kind.Skip(1)), pair => Assert.True(pair.First.End < pair.Second.Start)));
        },
        iter: 1_000);

    [Fact]
    public void Nobody_is_known_by_a_source_that_failed() => Answer.List[0, 4].Sample(
        answers => Assert.Equal(answers.Exists(answer => answer.MakesKnown) && !answers.Exists(answer => answer.Failed is not null), AvailabilityRules.Merge(answers, [], Window).IsKnown),
        iter: 1_000);

    [Fact]
    public async Task Sources_are_asked_side_by_side_and_their_answers_stand_together()
    {
        var (gate, asked) = (new TaskCompletionSource(), 0);
        var sources = Enumerable.Range(0, 3).Select(number => new Fake(async () =>
        {
            if (Interlocked.Increment(ref asked) == 3)
            {
                gate.SetResult();
            }
            await gate.Task.WaitAsync(TimeSpan.FromSeconds(5));
            return number == 0 ? new CalendarAnswer(true, []) : new CalendarAnswer(false, [new BusyTime(At(number * 10), At((number * 10) + 5), BusyKind.Busy)]);
        }));
        var person = new Person { Tenant = "t", ObjectId = "ann", TeamsId = "29:ann", Name = "Ann", ServiceUrl = "http://x/", BotId = "28:bot", Absences = [new Absence(new(2026, 11, 23), new(2026, 11, 23), "Europe/Berlin")] };
        var read = (await new AvailabilityReader(sources).ReadAsync([person, person with { ObjectId = "bob", Absences = null }], Window, null, TestContext.Current.CancellationToken));
        Assert.True(read["ann"].IsKnown);
        Assert.Equal([BusyKind.Away, BusyKind.Busy, BusyKind.Busy], read["ann"].Busy.Select(time => time.Kind));
        Assert.Same(Availability.Unknown.GetType(), read["bob"].GetType());
        Assert.Equal((false, 0), (read["bob"].IsKnown, read["bob"].Busy.Count));
    }

    private static bool Holds(BusyTime time, int minute) => time.Start <= At(minute) && At(minute) < time.End;

    private static Instant At(int minute) => Monday + Duration.FromMinutes(minute);

    /// <summary>Knows of ann alone.</summary>
    private sealed class Fake(Func<Task<CalendarAnswer>> answer) : ICalendarSource
    {
        public async ValueTask<IReadOnlyDictionary<string, CalendarAnswer>> ReadAsync(IReadOnlyList<Person> people, Interval window, string? except, CancellationToken cancel) =>
            new Dictionary<string, CalendarAnswer> { ["ann"] = await answer() };
    }
}

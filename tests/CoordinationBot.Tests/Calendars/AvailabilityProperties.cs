using System.Collections.Concurrent;
using CoordinationBot.Calendars;
using CoordinationBot.People;
using CsCheck;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
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
        var read = (await new AvailabilityReader(sources, TimeProvider.System, NullLogger<AvailabilityReader>.Instance).ReadAsync([person, person with { ObjectId = "bob", Absences = null }], Window, null, TestContext.Current.CancellationToken));
        Assert.True(read["ann"].IsKnown);
        Assert.Equal([BusyKind.Away, BusyKind.Busy, BusyKind.Busy], read["ann"].Busy.Select(time => time.Kind));
        Assert.Same(Availability.Unknown.GetType(), read["bob"].GetType());
        Assert.Equal((false, 0), (read["bob"].IsKnown, read["bob"].Busy.Count));
    }

    [Theory]
    [InlineData(true), InlineData(false)]
    public async Task Whoever_is_slow_is_unknown_and_keeps_nobody_else_waiting(bool heedsItsEnd)
    {
        var clock = new FakeTimeProvider();
        Slow[] sources = [new(TimeSpan.Zero, heedsItsEnd), new(Timeout.InfiniteTimeSpan, heedsItsEnd)];
        var people = Enumerable.Range(0, 30).Select(number => new Person { Tenant = "t", ObjectId = $"p{number}", TeamsId = $"29:{number}", Name = "Ann", ServiceUrl = "http://x/", BotId = "28:bot" }).ToList();
        var reading = new AvailabilityReader(sources, clock, NullLogger<AvailabilityReader>.Instance).ReadAsync(people, Window, null, TestContext.Current.CancellationToken);
        await Task.WhenAll(sources.Select(source => source.Others.Task)).WaitAsync(TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken);
        clock.Advance(AvailabilityReader.Patience - TimeSpan.FromMilliseconds(1));
        Assert.False(reading.IsCompleted);
        clock.Advance(TimeSpan.FromMilliseconds(1));
        var read = await reading.WaitAsync(TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken);
        Assert.Equal((30, "p7"), (read.Count, string.Join(' ', read.Where(entry => !entry.Value.IsKnown).Select(entry => entry.Key))));
        // What the other source says of them is busy all the same.
        Assert.All(read.Values, known => Assert.Equal(At(10), Assert.Single(known.Busy).Start));
    }

    private static bool Holds(BusyTime time, int minute) => time.Start <= At(minute) && At(minute) < time.End;

    private static Instant At(int minute) => Monday + Duration.FromMinutes(minute);

    /// <summary>Knows of ann alone.</summary>
    private sealed class Fake(Func<Task<CalendarAnswer>> answer) : ICalendarSource
    {
        public async ValueTask ReadAsync(IReadOnlyList<Person> people, Interval window, OwnTime? except, ConcurrentDictionary<string, CalendarAnswer?> answers, CancellationToken cancel) => answers["ann"] = await answer();
    }

    /// <summary>Knows of everybody, and for one of them takes its time; perhaps whatever its caller says.</summary>
    private sealed class Slow(TimeSpan time, bool heedsItsEnd) : ICalendarSource
    {
        private int _answered;

        /// <summary>Everybody was answered who will be.</summary>
        public TaskCompletionSource Others { get; } = new();

        public async ValueTask ReadAsync(IReadOnlyList<Person> people, Interval window, OwnTime? except, ConcurrentDictionary<string, CalendarAnswer?> answers, CancellationToken cancel) =>
            await Parallel.ForEachAsync(people, AvailabilityReader.Side(heedsItsEnd ? cancel : CancellationToken.None), async (person, stop) =>
            {
                if (person.ObjectId == "p7")
                {
                    await Task.Delay(time, stop);
                }
                answers[person.ObjectId] = new CalendarAnswer(true, [new BusyTime(At(10), At(20), BusyKind.Busy)]);
                if (Interlocked.Increment(ref _answered) == (time == TimeSpan.Zero ? people.Count : people.Count - 1))
                {
                    Others.SetResult();
                }
            });
    }
}

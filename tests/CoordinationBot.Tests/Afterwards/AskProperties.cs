using System.Collections.Concurrent;
using System.Globalization;
using CoordinationBot.Afterwards;
using CoordinationBot.Notices;
using CoordinationBot.Storage;
using CoordinationBot.Tests.Delegations;
using CsCheck;

namespace CoordinationBot.Tests.Afterwards;

/// <summary>Whatever ends when, whichever host hears of it how often, and whoever dies: nobody is asked twice within a week.</summary>
public sealed class AskProperties : IDisposable
{
    private static readonly CancellationToken Never = CancellationToken.None;

    private readonly Desk _desk = new();

    public void Dispose() => _desk.Dispose();

    /// <param name="Hours">Pass before it.</param>
    /// <param name="Events">End, and both hosts hear of them at once.</param>
    /// <param name="IsTold">What waits is told then, if it may be.</param>
    /// <param name="Fate">0: whoever plans dies before the commit, 1: after it; 2: whoever told dies before it is noted.</param>
    private sealed record Step(int Hours, int[] Events, bool IsTold, int Fate);

    private static readonly Gen<Step> Steps = Gen.Select(Gen.Int[0, 120], Gen.Int[0, 30].Array[0, 4], Gen.Bool, Gen.Int[0, 6], (hours, events, isTold, fate) => new Step(hours, events, isTold, fate));

    [Fact]
    public async Task Nobody_is_asked_twice_within_a_week() => await Gen.Select(Steps.Array[1, 25], Gen.Int[1, 72]).SampleAsync(
        async (steps, ahead) =>
        {
            var dying = new AsyncLocal<int>();
            _desk.Tables.BeforeCommit = (_, _) => dying.Value == 1 ? throw Gone() : Task.FromResult<string?>(null);
            _desk.Tables.AfterCommit = (_, _) => dying.Value == 2 ? throw Gone() : Task.CompletedTask;
            var hosts = Enumerable.Range(0, 2).Select(_ => new AskStore(_desk.Tables, _desk.Scheduler)).ToList();
            var (person, now, told) = (Guid.NewGuid().ToString(), Samples.Now, new List<DateTimeOffset>());
            foreach (var step in steps)
            {
                now += TimeSpan.FromHours(step.Hours);
                await Task.WhenAll(step.Events.SelectMany(ended => hosts.Select(host => Task.Run(() => PlanAsync(host, ended, step.Fate)))));
                var (asking, waiting) = await StandingAsync();
                // One row says what may be told: never two.
                Assert.InRange(waiting.Count, 0, 1);
                if (step.IsTold && asking is not null && waiting.Contains(asking.Question.Event) && asking.At <= now && now < asking.At + AskRules.Life)
                {
                    told.Add(now);
                    await hosts[0].WithdrawAsync(Desk.Tenant, person, asking.Question.Event, Never);
                    if (step.Fate != 2)
                    {
                        await hosts[1].NoteAskedAsync(Desk.Tenant, person, asking.Question.Event, now, Never);
                    }
                }
            }
            Assert.All(told.Zip(told.Skip(1)), pair => Assert.True(pair.Second - pair.First >= AskRules.Apart, $"{pair.First:u} and {pair.Second:u}"));

            async Task PlanAsync(AskStore host, int ended, int fate)
            {
                dying.Value = fate is 0 or 1 ? fate + 1 : 0;
                try
                {
                    await host.PlanAsync(Desk.Tenant, new Candidate(person, new CoordinationBot.Afterwards.Question($"D-{ended.ToString(CultureInfo.InvariantCulture)}", "What ended", Samples.Ann, "Ann Abel")), now.AddHours(ahead), Never);
                }
                catch (StorageException)
                {
                    // The next wake-up hears of it again.
                }
            }

            async Task<(Asking? Asking, IReadOnlyList<string> Waiting)> StandingAsync() =>
                (await hosts[0].FindAsync(Desk.Tenant, person, Never),
                    [.. (await _desk.Tables.QueryAsync(AskStore.Partition(Desk.Tenant, person), Outbox.Prefix, 10, null, Never)).Select(row => row.Key.Split('|')[^1])]);
        },
        iter: 150,
        threads: 1);

    private static StorageException Gone() => new("The host died.", new IOException("gone"));
}

/// <summary>Whatever comes between: every answer is counted once, and what a leader sees are whole weeks of five people or more, whoever looks how often.</summary>
public sealed class PoolProperties : IDisposable
{
    private const string Leader = "00000000-0000-0000-0000-00000000000a";

    private static readonly CancellationToken Never = CancellationToken.None;

    private readonly Desk _desk = new();

    public void Dispose() => _desk.Dispose();

    /// <param name="Days">Pass before it.</param>
    /// <param name="Asked">Get a seat.</param>
    /// <param name="Taps">Who presses, on the newest question but so many; all at once, on either host.</param>
    /// <param name="Fate">0: dies before the commit, 1: after it.</param>
    private sealed record Step(int Days, int[] Asked, (int Who, int Older, int Host, int Verdict)[] Taps, int Fate);

    private static readonly Gen<Step> Steps = Gen.Select(
        Gen.Frequency((2, Gen.Const(0)), (3, Gen.Int[1, 9])),
        Gen.Int[0, 9].Array[0, 8],
        Gen.Select(Gen.Int[0, 9], Gen.Frequency((5, Gen.Const(0)), (1, Gen.Const(1))), Gen.Int[0, 1], Gen.Int[0, 2]).Array[0, 10],
        Gen.Int[0, 9],
        (days, asked, taps, fate) => new Step(days, asked, taps, fate));

    [Fact]
    public async Task Answers_count_once_and_views_differ_by_whole_periods_of_five_people() => await Steps.Array[1, 25].SampleAsync(
        async steps =>
        {
            var dying = new AsyncLocal<int>();
            _desk.Tables.BeforeCommit = (_, _) => dying.Value == 1 ? throw Gone() : Task.FromResult<string?>(null);
            _desk.Tables.AfterCommit = (_, _) => dying.Value == 2 ? throw Gone() : Task.CompletedTask;
            var tenant = Guid.NewGuid().ToString();
            var hosts = Enumerable.Range(0, 2).Select(_ => new PoolStore(_desk.Tables, _desk.Scheduler, _desk.Office, _desk.Clock)).ToList();
            var (newest, surely, perhaps, seen, number) = (new Dictionary<int, int>(), new ConcurrentDictionary<(int, int), bool>(), new ConcurrentDictionary<(int, int), bool>(), (IReadOnlyList<Period>)[], 0);
            foreach (var step in steps)
            {
                _desk.Clock.Advance(TimeSpan.FromDays(step.Days));
                foreach (var who in step.Asked.Distinct())
                {
                    // Two questions to one person are a week apart; so are the days until which they are open.
                    newest[who] = ++number;
                    await hosts[0].SeatAsync(tenant, Leader, Person(who), $"D-{number}", hosts[0].DayOf(_desk.Clock.GetUtcNow()).AddDays(14), Never);
                }
                await Task.WhenAll(step.Taps.Select(tap => Task.Run(() => TapAsync(tap, step.Fate))));
                await hosts[1].RunAsync(new WakeUp(PoolStore.Kind, PoolStore.Partition(tenant, Leader)), Never);

                var view = await hosts[0].TrendAsync(tenant, Leader, Never);
                Assert.All(view, period => Assert.True(period.Counts.Total >= TrendRules.Minimum));
                Assert.All(view, period => Assert.True(period.To < TrendRules.WeekOf(hosts[0].DayOf(_desk.Clock.GetUtcNow()))));
                Assert.All(view.Zip(view.Skip(1)), pair => Assert.True(pair.First.To < pair.Second.From));
                // What was seen before is seen again, unchanged: nothing to subtract but whole periods.
                Assert.Equal(seen, view.Take(seen.Count));
                seen = view;
                var open = await OpenAsync();
                Assert.Equal(open.Counts.Total, open.Seats.Count(seat => seat.State == SeatState.Answered));
                Assert.Equal(open.Seats.Count, open.Seats.DistinctBy(seat => seat.ObjectId).Count());
                Assert.InRange(await CountedAsync(), surely.Count, perhaps.Count);
            }

            async Task<Pool> OpenAsync() => (await _desk.Tables.GetAsync(PoolStore.Partition(tenant, Leader), "open", Never))!.Read(AfterwardsJson.Default.Pool);

            async Task<int> CountedAsync()
            {
                var rows = await _desk.Tables.QueryAsync(PoolStore.Partition(tenant, Leader), "period|", 100, null, Never);
                return rows.Sum(row => row.Read(AfterwardsJson.Default.Period).Counts.Total) + (await OpenAsync()).Counts.Total;
            }

            async Task TapAsync((int Who, int Older, int Host, int Verdict) tap, int fate)
            {
                if (!newest.TryGetValue(tap.Who, out var last))
                {
                    return;
                }
                dying.Value = fate is 0 or 1 ? fate + 1 : 0;
                try
                {
                    var taken = await hosts[tap.Host].AnswerAsync(tenant, Leader, Person(tap.Who), $"D-{last - tap.Older}", (Verdict)tap.Verdict, _desk.Clock.GetUtcNow(), Never);
                    if (taken == Tap.Counted)
                    {
                        Assert.True(surely.TryAdd((tap.Who, last - tap.Older), true), "Counted twice.");
                        perhaps[(tap.Who, last - tap.Older)] = true;
                    }
                }
                catch (StorageException)
                {
                    perhaps[(tap.Who, last - tap.Older)] = true;
                }
            }
        },
        iter: 100,
        threads: 1);

    private static string Person(int number) => $"00000000-0000-0000-0001-{number:D12}";

    private static StorageException Gone() => new("The host died.", new IOException("gone"));
}

using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CoordinationBot.EndToEnd.Chaos;
using CoordinationBot.Meetings;
using CoordinationBot.Playground.Processes;
using CoordinationBot.Storage;

namespace CoordinationBot.EndToEnd.Load;

/// <summary>More than a real host can do at once.</summary>
public sealed partial class LoadTests(ITestOutputHelper output) : IDisposable
{
    /// <summary>Activities worked on at a time, by the default of the settings.</summary>
    private const int Places = 256;

    /// <summary>What reads nothing, what reads, and what writes.</summary>
    private static readonly string[] Texts = ["help", "my tasks", "delegate", "cancel"];

    private readonly string _folder = Directory.CreateTempSubdirectory("load").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_burst_is_answered_bit_by_bit_and_nobody_is_forgotten_or_answered_twice()
    {
        // Forty a second are much for an office of thousands. This is fifty times as many: for two of three the answer takes the channel a second, and the third changes something.
        const int Burst = 2000;
        const int Third = 3;
        await using var channel = await LoadChannel.StartAsync(TimeSpan.FromSeconds(1));
        List<ChaosPerson> people = [.. Enumerable.Range(1, Burst).Select(number => new ChaosPerson($"Person {number}", number))];
        List<ChaosPerson> leaders = [.. Enumerable.Range(Burst + 1, 50).Select(number => new ChaosPerson($"Leader {number}", number))];
        var (readers, writers) = (people.FindAll(who => who.Number % Third > 0), people.FindAll(who => who.Number % Third == 0));
        IReadOnlyList<string> works;
        using (var store = new LoadStore(DataPath, channel.ServiceUrl))
        {
            await store.MeetAsync([.. writers, .. leaders], Cancel);
            works = await store.OfferAsync(leaders, writers, Cancel);
        }
        await using var host = new HostProcess(ChildProcess.FreePort(), Settings, assembly: typeof(SlowHost).Assembly.Location);
        await host.StartAsync(Cancel);
        using (var warm = await channel.SayAsync(host.MessagesUrl, new ChaosPerson("Ann", 0), "help", "warm", Cancel)) Assert.Equal(HttpStatusCode.OK, warm.StatusCode);
        var (before, clock) = (Memory(host), Stopwatch.StartNew());

        var answers = await Task.WhenAll(people.Select(who =>
        {
            if (who.Number % Third > 0) return UntilTakenAsync(() => channel.SayAsync(host.MessagesUrl, who, "help", $"burst-{who.Number}", Cancel));
            var accept = new JsonObject { ["id"] = works[writers.IndexOf(who)], ["version"] = "1", ["brief"] = $"I do it, {who.Number}." };
            // Every other one goes away when it is refused: nothing of theirs may be there.
            return UntilTakenAsync(() => channel.PressAsync(host.MessagesUrl, who, "delegation.accept", accept, $"burst-{who.Number}", Cancel), goesAway: who.Number % 2 == 0);
        }));

        var after = Memory(host);
        var (presses, wentAway) = (answers.Where((_, index) => people[index].Number % Third == 0).ToList(), answers.Count(answer => !answer.IsTaken));
        output.WriteLine($"{Burst} at once in {clock.Elapsed.TotalSeconds:0.0} s: {answers.Count(answer => answer.Refused > 0)} were asked to come again, {answers.Max(answer => answer.Refused)} times at most, {presses.Count(press => press.Refused > 0)} of them wanted to change something and {wentAway} went away; at most {channel.Peak} at a time; memory {before} MiB before, {after} MiB at most");
        Assert.True(wentAway > 0, "That was no burst.");
        // Notices of what was changed go out beside the answers.
        Assert.InRange(channel.Peak, Places / 2, Places + WorkLoop.MaxParallel);
        Assert.All(readers, who => Assert.Equal(1, channel.Delivered.GetValueOrDefault(who.Chat)));
        Assert.InRange(after, 1, 400);
        await StopAsync(host);

        using var left = new LoadStore(DataPath, channel.ServiceUrl);
        for (var index = 0; index < works.Count; index++)
        {
            var (state, history) = await left.ReadAsync(works[index], Cancel);
            var expected = presses[index].IsTaken ? $"I do it, {writers[index].Number}." : null;
            Assert.Equal((expected, expected is null ? 0 : 1), (state.BackBrief, history.Count(entry => entry.What.StartsWith("Accepted", StringComparison.Ordinal))));
        }
    }

    [Fact]
    public async Task Whoever_types_is_answered_at_once_while_ten_thousand_notices_drain()
    {
        const int Polls = 100;
        const int Each = MeetingLimits.People;
        const int Typed = 200;
        // The whole of it takes seven minutes.
        var isWhole = Environment.GetEnvironmentVariable("LOAD_WHOLE") is "1";
        await using var channel = await LoadChannel.StartAsync(TimeSpan.FromMilliseconds(100), perSecond: 30);
        List<ChaosPerson> organisers = [.. Enumerable.Range(1, Polls).Select(number => new ChaosPerson($"Organiser {number}", number))];
        List<ChaosPerson> asked = [.. Enumerable.Range(0, Polls * Each).Select(number => new ChaosPerson($"Person {number}", 10_000 + number))];
        List<string> polls = [];
        using (var store = new LoadStore(DataPath, channel.ServiceUrl))
        {
            await store.MeetAsync([.. organisers, .. asked], Cancel);
            foreach (var (organiser, whom) in organisers.Zip(asked.Chunk(Each))) polls.Add(await store.AskAsync(organiser, whom, Cancel));
        }
        await using var host = new HostProcess(ChildProcess.FreePort(), Settings, assembly: typeof(SlowHost).Assembly.Location);
        await host.StartAsync(Cancel);
        int Told() => asked.Sum(who => channel.Delivered.GetValueOrDefault(who.Chat));
        var (start, begun) = (Stopwatch.StartNew(), Told());
        // The wake-ups were prepared for later than the turns that asked could have lasted.
        while (Told() == begun)
        {
            Assert.True(start.Elapsed < TimeSpan.FromMinutes(3), "Nobody was told anything.");
            await Task.Delay(100, Cancel);
        }
        var (clock, times, first) = (Stopwatch.StartNew(), new List<TimeSpan>(), Told());
        var ann = new ChaosPerson("Ann", 0);
        for (var typed = -5; typed < Typed; typed++)
        {
            var began = clock.Elapsed;
            using (var answer = await channel.SayAsync(host.MessagesUrl, ann, Texts[(typed + Texts.Length * 5) % Texts.Length], $"typed-{typed}", Cancel)) Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            // The first ones find a cold host.
            if (typed >= 0) times.Add(clock.Elapsed - began);
            await Task.Delay(TimeSpan.FromMilliseconds(200), Cancel);
        }
        var (took, meanwhile) = (clock.Elapsed, Told() - first);
        while (isWhole && Told() < asked.Count && clock.Elapsed < TimeSpan.FromMinutes(15)) await Task.Delay(500, Cancel);
        var drained = clock.Elapsed;
        await StopAsync(host);

        times.Sort();
        output.WriteLine($"{Typed} typed in {took.TotalSeconds:0} s: p50 {times[Typed / 2].TotalMilliseconds:0} ms, p99 {times[Typed * 99 / 100].TotalMilliseconds:0} ms; {meanwhile} notices meanwhile and {Told()} in {drained.TotalSeconds:0} s, {channel.Throttled} messages throttled");
        Assert.InRange(times[Typed / 2], TimeSpan.Zero, TimeSpan.FromMilliseconds(500));
        Assert.InRange(times[Typed * 99 / 100], TimeSpan.Zero, TimeSpan.FromSeconds(1));
        // Twenty a second by the setting, cards of organisers and edits among them.
        Assert.InRange(meanwhile, 15 * took.TotalSeconds, 21 * (took.TotalSeconds + 2));
        using var left = new LoadStore(DataPath, channel.ServiceUrl);
        Assert.Equal(0, await left.GivenUpAsync(Cancel));
        HashSet<string> owed = new(StringComparer.Ordinal);
        foreach (var poll in polls)
        {
            var still = await left.OwedAsync(poll, Cancel);
            owed.UnionWith(still);
            Assert.True(still.Count == 0 || left.IsWoken(poll), "Nobody looks after what is owed.");
        }
        // Each was told once, or is still owed it; nobody is lost, and nobody hears it twice.
        Assert.All(asked, who => Assert.Equal(owed.Contains(who.ObjectId) ? 0 : 1, channel.Delivered.GetValueOrDefault(who.Chat)));
        Assert.True(!isWhole || owed.Count == 0, $"{owed.Count} were not told.");
    }

    /// <summary>Again when it is refused and not gone away; nothing but 429 refuses, and says when to come again.</summary>
    private static async Task<(bool IsTaken, int Refused)> UntilTakenAsync(Func<Task<HttpResponseMessage>> send, bool goesAway = false)
    {
        for (var refused = 0; ; refused++)
        {
            using var answer = await send();
            if (answer.StatusCode == HttpStatusCode.OK) return (true, refused);
            Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
            if (goesAway) return (false, refused + 1);
            await Task.Delay(answer.Headers.RetryAfter!.Delta!.Value, Cancel);
        }
    }

    private static async Task StopAsync(HostProcess host)
    {
        Signal(host.ProcessId);
        await host.Exited.WaitAsync(TimeSpan.FromSeconds(40), Cancel);
    }

    private string DataPath => Path.Combine(_folder, "load.db");

    private Dictionary<string, string> Settings => new()
    {
        [SlowHost.Wanted] = "true",
        ["ASPNETCORE_ENVIRONMENT"] = "Development",
        ["Bot__AppId"] = ChaosOffice.AppId,
        ["Bot__TenantId"] = ChaosOffice.Tenant,
        ["Bot__DangerouslyAllowUnauthenticated"] = "true",
        ["Storage__Path"] = DataPath,
        ["Notices__PerSecond"] = "20",
        // The run is at any time of any day.
        ["Office__QuietHours"] = "none",
        ["Office__WorkingWeek"] = "Mon-Sun",
    };

    /// <summary>The most memory that the process ever had, in MiB.</summary>
    private static int Memory(HostProcess host) =>
        int.Parse(Peak().Match(File.ReadAllText($"/proc/{host.ProcessId}/status")).Groups[1].Value, CultureInfo.InvariantCulture) / 1024;

    [GeneratedRegex(@"VmHWM:\s+(\d+) kB")]
    private static partial Regex Peak();

    private static void Signal(int process)
    {
        using var kill = Process.Start("kill", ["-TERM", process.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }
}

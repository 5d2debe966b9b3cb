using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using CoordinationBot.Benchmarks.Channel;
using CoordinationBot.Benchmarks.Hosts;
using CoordinationBot.Benchmarks.Report;
using CoordinationBot.Storage;
using CoordinationBot.Tests.Storage;

namespace CoordinationBot.Benchmarks.Measures;

/// <summary>What turns over the cloud's storage cost the host, with all that follows.</summary>
/// <param name="HelpCpu">Seconds of one <c>help</c>.</param>
/// <param name="ActionCpu">Seconds of one card action.</param>
/// <param name="Help">What it asks for.</param>
/// <param name="Action">What it asks for.</param>
internal sealed record TurnCosts(double HelpCpu, double ActionCpu, RecordedTurn Help, RecordedTurn Action);

/// <summary>
/// Turns a second of the real host against a bare endpoint that does the same storage calls. One of the two stands still while the other is
/// measured, so that what a host does 15 seconds after a turn (the wake-up that was enqueued first) falls into its own rounds. What a turn leaves
/// to be done after its answer is held until the last answer, and measured with it as a second figure.
/// </summary>
internal static class TurnMeasure
{
    private const int InFlight = 8;
    private const double LeastRatio = 0.75;
    private const int CloudActionsPerRound = 100;
    private const int CloudHelpsPerRound = 200;
    private const double MostHelp = 20 * 1024;
    private const double MostAction = 40 * 1024;

    // Fewer than the work loop has lanes: beyond, it leaves the rest to the queue, and a round would end 15 seconds later.
    private const int ActionsPerRound = 200;
    private const int HelpsPerRound = 4000;
    private const int SettlingTurns = 1000;

    private static int _next;

    public static async Task RunAsync(FigureTable table, TemporaryFolder folder, bool isQuick)
    {
        var (warming, rounds) = isQuick ? (6, 8) : (50, 40);
        await using var channel = await TeamsChannel.StartAsync();
        var seed = folder.File("seed.db");
        await Office.SeedAsync(seed, 1 + ((warming + rounds) * ActionsPerRound));
        var (help, action) = await RecordAsync(channel, table, folder, seed);

        var hostSettings = channel.Settings(Copy(folder, seed, "host.db"));
        var bareSettings = channel.Settings(Copy(folder, seed, "bare.db"));
        await CompareAsync(table, "Turns", channel, hostSettings, bareSettings, (help, action), warming, rounds,
        [
            new("help", HelpsPerRound, number => Office.Help(number, Id(number)), 1, 0) { LeastRatio = LeastRatio, MostAllocated = MostHelp },
            // Number 0 was recorded. Both renew the two cards of the delegation, afterwards.
            new("card action", ActionsPerRound, number => Office.Complete(1 + number, Id(number)), 0, 2) { LeastRatio = LeastRatio, MostAllocated = MostAction },
        ]);
    }

    /// <summary>
    /// The same over the cloud's storage, on its emulator. The emulator's own time says little of the cloud's, and it runs on the same machine; what counts is the CPU that this
    /// side spends.
    /// </summary>
    public static async Task<TurnCosts> CloudAsync(FigureTable table, TemporaryFolder folder, bool isQuick)
    {
        var (warming, rounds) = isQuick ? (2, 2) : (4, 8);
        await using var channel = await TeamsChannel.StartAsync();
        var seed = folder.File("cloud-seed.db");
        await Office.SeedAsync(seed, Office.Workers + 1);
        var recorded = await RecordAsync(channel, table, folder, seed);
        await using var azurite = await Azurite.StartAsync(default);
        var costs = await CompareAsync(table, "Turns, cloud", channel, await SettingsAsync("host"), await SettingsAsync("bare"), recorded, warming, rounds,
        [
            new("help", CloudHelpsPerRound, number => Office.Help(number, Id(number)), 1, 0),
            new("card action", CloudActionsPerRound, number => Office.Complete(1 + number, Id(number)), 0, 2),
        ]);
        return new(costs[0], costs[1], Read(recorded.Help), Read(recorded.Action));

        async Task<Dictionary<string, string>> SettingsAsync(string name)
        {
            var options = new StorageOptions { Provider = StorageProvider.Azure, ConnectionString = azurite.ConnectionString, Table = name, Queue = name };
            var tables = AzureAccount.Table(options, null);
            await tables.CreateAsync();
            await AzureAccount.Queue(options, null).CreateAsync();
            await Office.SeedAsync(new AzureTables(tables, TimeProvider.System), 8, 1 + ((warming + rounds) * CloudActionsPerRound));
            return new(channel.Settings(""))
            {
                ["Storage__Provider"] = "Azure",
                ["Storage__ConnectionString"] = azurite.ConnectionString,
                ["Storage__Table"] = name,
                ["Storage__Queue"] = name,
            };
        }
    }

    /// <summary>Both in rounds that take turns; the CPU seconds of a turn of the host with all that follows, of each kind.</summary>
    private static async Task<IReadOnlyList<double>> CompareAsync(
        FigureTable table, string name, TeamsChannel channel, Dictionary<string, string> hostSettings, Dictionary<string, string> bareSettings, (string Help, string Action) recorded, int warming, int rounds, Kind[] kinds)
    {
        await using var host = Child.StartRole(HostChild.Name, [], hostSettings);
        await using var bare = Child.StartRole(BareChild.Name, [recorded.Help, recorded.Action], bareSettings);
        await channel.UntilReadyAsync(host.Address);
        await channel.UntilReadyAsync(bare.Address);
        List<double> costs = [];
        foreach (var kind in kinds)
        {
            List<Round> hosts = [], bares = [];
            for (var round = -warming; round < rounds; round++)
            {
                var from = (round + warming) * kind.Turns;
                // Who comes first changes, so that neither always meets the other's leavings.
                var (first, second) = round % 2 == 0 ? (host, bare) : (bare, host);
                (first == host ? bare : host).Pause();
                var one = await RoundAsync(channel, first, kind, from);
                first.Pause();
                second.Continue();
                var other = await RoundAsync(channel, second, kind, from);
                first.Continue();
                if (round >= 0)
                {
                    hosts.Add(first == host ? one : other);
                    bares.Add(first == host ? other : one);
                }
            }
            Report(table, $"{name}: {kind.Name}", kind, hosts, bares);
            costs.Add(new Spread(hosts.Select(round => round.InAll.CpuSeconds / kind.Turns)).Median);
        }
        return costs;
    }

    private static void Report(FigureTable table, string name, Kind kind, List<Round> hosts, List<Round> bares)
    {
        Add(name, round => round.Turn, kind.LeastRatio);
        table.Add($"{name}, ms until the answer, p50 and p99, host", Latency(hosts));
        table.Add($"{name}, ms until the answer, p50 and p99, bare", Latency(bares));
        var (host, bare) = (Allocated(hosts, round => round.Turn), Allocated(bares, round => round.Turn));
        if (kind.MostAllocated is { } most)
        {
            table.AtMost($"{name}, allocated", host, most / 1024, "KiB", $"bare {bare:0.0}");
        }
        else
        {
            table.Add($"{name}, allocated", $"{host:0.0} KiB (bare {bare:0.0})");
        }
        if (kind.CallsAfter > 0)
        {
            Add($"{name} with all that follows it", round => round.InAll, null);
            table.Add($"{name} with all that follows it, allocated", $"{Allocated(hosts, round => round.InAll):0.0} KiB (bare {Allocated(bares, round => round.InAll):0.0})");
        }

        void Add(string name, Func<Round, Cost> part, double? least)
        {
            // Whoever comes second in a round has it harder, so two rounds, one each way, make one ratio.
            var ratios = new Spread(hosts.Zip(bares).Chunk(2).Select(pair => pair.Sum(round => part(round.Second).Seconds) / pair.Sum(round => part(round.First).Seconds)));
            table.Add($"{name}, host turns/s", new Spread(hosts.Select(round => kind.Turns / part(round).Seconds)).Text());
            table.Add($"{name}, bare turns/s", new Spread(bares.Select(round => kind.Turns / part(round).Seconds)).Text());
            if (least is { } target)
            {
                table.AtLeast($"{name}, host of bare turns/s", ratios.Median, target, note: ratios.Range());
            }
            else
            {
                table.Add($"{name}, host of bare turns/s", ratios.Text("0.00"));
            }
            table.Add($"{name}, CPU ms of 1,000 turns, host", new Spread(hosts.Select(round => part(round).CpuSeconds * 1e6 / kind.Turns)).Text());
            table.Add($"{name}, CPU ms of 1,000 turns, bare", new Spread(bares.Select(round => part(round).CpuSeconds * 1e6 / kind.Turns)).Text());
            table.Add($"{name}, collections of 1,000 turns, host and bare", $"{Collected(hosts):0.00}, {Collected(bares):0.00}");

            double Collected(List<Round> rounds) => rounds.Average(round => part(round).Collections) * 1000.0 / kind.Turns;
        }

        static string Latency(List<Round> rounds)
        {
            var all = rounds.SelectMany(round => round.Latencies).Order().ToArray();
            return string.Create(CultureInfo.InvariantCulture, $"{all[all.Length / 2]:0.0}, {all[all.Length * 99 / 100]:0.0}");
        }

        double Allocated(List<Round> rounds, Func<Round, Cost> part) => new Spread(rounds.Select(round => part(round).Allocated / kind.Turns)).Median / 1024;
    }

    private static async Task<Round> RoundAsync(TeamsChannel channel, Child process, Kind kind, int from)
    {
        // A process that stood still finds that time has passed, and is busy with that first; what is measured is one that runs.
        await PostAsync(channel, process, [.. Enumerable.Range(0, SettlingTurns).Select(number => Office.Help(number, Id(number)))], 1);
        byte[][] activities = [.. Enumerable.Range(from, kind.Turns).Select(kind.Activity)];
        if (kind.CallsAfter > 0)
        {
            await process.AskAsync(Background.Hold);
        }
        var calls = channel.Calls + ((kind.CallsPerTurn + kind.CallsAfter) * kind.Turns);
        var before = await process.UsageAsync();
        var began = Stopwatch.GetTimestamp();
        var latencies = await PostAsync(channel, process, activities, kind.CallsPerTurn);
        var turn = new Cost(Stopwatch.GetElapsedTime(began).TotalSeconds, before, await process.UsageAsync());
        if (kind.CallsAfter == 0)
        {
            return new(turn, turn, latencies);
        }
        var (between, goesOn) = (await process.UsageAsync(), Stopwatch.GetTimestamp());
        await process.AskAsync(Background.Release);
        await UntilAsync(channel, calls);
        var after = new Cost(Stopwatch.GetElapsedTime(goesOn).TotalSeconds, between, await process.UsageAsync());
        return new(turn, turn + after, latencies);
    }

    /// <summary>Milliseconds until each answer.</summary>
    private static async Task<double[]> PostAsync(TeamsChannel channel, Child process, byte[][] activities, int callsPerTurn)
    {
        var calls = channel.Calls + (activities.Length * callsPerTurn);
        var latencies = new double[activities.Length];
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, InFlight).Select(async _ =>
        {
            while (Interlocked.Increment(ref next) is var index && index < activities.Length)
            {
                var from = Stopwatch.GetTimestamp();
                await channel.PostAsync(process.Address, activities[index]);
                latencies[index] = Stopwatch.GetElapsedTime(from).TotalMilliseconds;
            }
        }));
        await UntilAsync(channel, calls);
        return latencies;
    }

    private static async Task UntilAsync(TeamsChannel channel, long calls)
    {
        var began = Stopwatch.GetTimestamp();
        while (channel.Calls < calls)
        {
            if (Stopwatch.GetElapsedTime(began) > TimeSpan.FromMinutes(1))
            {
                throw new TimeoutException($"{calls - channel.Calls} calls of the connector are missing.");
            }
            await Task.Delay(1);
        }
    }

    /// <summary>What one turn of each kind asks of storage and connector, counted on the real host.</summary>
    private static async Task<(string Help, string Action)> RecordAsync(TeamsChannel channel, FigureTable table, TemporaryFolder folder, string seed)
    {
        await using var host = Child.StartRole(HostChild.Name, [HostChild.Record], channel.Settings(Copy(folder, seed, "record.db")));
        await channel.UntilReadyAsync(host.Address);
        // Twice: who speaks is read from the store only the first time.
        await channel.PostAsync(host.Address, Office.Help(0, "warm"));
        await CallsAsync(host);
        await channel.PostAsync(host.Address, Office.Help(0, "recorded"));
        var help = new RecordedTurn(await CallsAsync(host), [], [], "");
        await channel.PostAsync(host.Address, Office.Complete(Office.Workers, "warm action"));
        await Task.Delay(TimeSpan.FromSeconds(1));
        await CallsAsync(host);
        var answer = await channel.PostAsync(host.Address, Office.Complete(0, "recorded action"));
        if (!Encoding.UTF8.GetString(answer).Contains("Complete step 11", StringComparison.Ordinal))
        {
            throw new InvalidOperationException($"The recorded action did not take effect: {Encoding.UTF8.GetString(answer)}");
        }
        await Task.Delay(TimeSpan.FromSeconds(1));
        // The turn ends with the commit of the delegation; what comes after is of the wake-up.
        var calls = await CallsAsync(host);
        var commit = calls.ToList().FindIndex(call => call.Kind == "commit");
        await Task.Delay(TimeSpan.FromSeconds(17));
        var later = (await CallsAsync(host)).ToList();
        // Two actions woke up meanwhile, the warming one and the recorded one.
        var id = Office.DelegationId(0);
        var action = new RecordedTurn(
            [.. calls.Take(commit + 1)],
            [.. calls.Skip(commit + 1)],
            [.. later.Where(call => call.Partition.Contains(id, StringComparison.Ordinal) || call.Key.Contains(id, StringComparison.Ordinal))],
            Encoding.UTF8.GetString(answer));
        table.AtMost("Turns: reads of a card action before its answer", action.Turn.Count(call => call.Kind is "get" or "query"), 1);
        table.AtMost("Turns: commits of a card action before its answer", action.Turn.Count(call => call.Kind == "commit"), 1);
        table.Add("Turns: calls of a card action", $"before {Summary(action.Turn)}; after {Summary(action.After)}; wake-up {Summary(action.Later)}");
        table.Add("Turns: calls of help", Summary(help.Turn));
        return (Write(folder, "help.json", help), Write(folder, "action.json", action));
    }

    private static string Summary(IReadOnlyList<RecordedCall> calls) =>
        string.Join(", ", calls.GroupBy(call => call.Kind).Select(kind => $"{kind.Count()} {kind.Key}"));

    private static async Task<IReadOnlyList<RecordedCall>> CallsAsync(Child host) =>
        JsonSerializer.Deserialize<IReadOnlyList<RecordedCall>>(await host.AskAsync("calls"))!;

    private static string Write(TemporaryFolder folder, string name, RecordedTurn turn)
    {
        File.WriteAllBytes(folder.File(name), JsonSerializer.SerializeToUtf8Bytes(turn));
        return folder.File(name);
    }

    private static RecordedTurn Read(string path) => JsonSerializer.Deserialize<RecordedTurn>(File.ReadAllBytes(path))!;

    private static string Copy(TemporaryFolder folder, string seed, string name)
    {
        File.Copy(seed, folder.File(name));
        return folder.File(name);
    }

    private static string Id(int number) => string.Create(CultureInfo.InvariantCulture, $"f:{number}-{Interlocked.Increment(ref _next)}");

    /// <param name="Name">In the table.</param>
    /// <param name="Turns">In a round.</param>
    /// <param name="Activity">The one of a number.</param>
    /// <param name="CallsPerTurn">Calls of the connector before the answer.</param>
    /// <param name="CallsAfter">Calls of the connector that a turn leaves to be done after it.</param>
    private sealed record Kind(string Name, int Turns, Func<int, byte[]> Activity, int CallsPerTurn, int CallsAfter)
    {
        /// <summary>Of the bare endpoint's turns a second; null where nothing is asked for.</summary>
        public double? LeastRatio { get; init; }

        /// <summary>In bytes, by one turn; null where nothing is asked for.</summary>
        public double? MostAllocated { get; init; }
    }

    /// <summary>What the turns of a round cost, and what they cost with all that follows.</summary>
    private readonly record struct Round(Cost Turn, Cost InAll, double[] Latencies);

    private readonly record struct Cost(double Seconds, double CpuSeconds, double Allocated, int Collections)
    {
        public Cost(double seconds, Usage before, Usage after)
            : this(seconds, after.CpuSeconds - before.CpuSeconds, after.Allocated - before.Allocated, after.Collections - before.Collections)
        {
        }

        public static Cost operator +(Cost one, Cost other) => new(one.Seconds + other.Seconds, one.CpuSeconds + other.CpuSeconds, one.Allocated + other.Allocated, one.Collections + other.Collections);
    }
}

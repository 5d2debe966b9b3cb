using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using CoordinationBot.EndToEnd.Chaos;
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
        // Forty a second are much for an office of thousands. This is fifty times as many, and each answer takes the channel a second.
        const int Burst = 2000;
        await using var channel = await LoadChannel.StartAsync(TimeSpan.FromSeconds(1));
        await using var host = new HostProcess(ChildProcess.FreePort(), Settings(channel), assembly: typeof(SlowHost).Assembly.Location);
        await host.StartAsync(Cancel);
        using (var warm = await channel.SayAsync(host.MessagesUrl, new ChaosPerson("Ann", 0), "help", "warm", Cancel)) Assert.Equal(HttpStatusCode.OK, warm.StatusCode);
        var (before, clock) = (Memory(host), Stopwatch.StartNew());

        var refusals = await Task.WhenAll(Enumerable.Range(1, Burst).Select(async number =>
        {
            var who = new ChaosPerson($"Person {number}", number);
            for (var refused = 0; ; refused++)
            {
                using var answer = await channel.SayAsync(host.MessagesUrl, who, "help", $"burst-{number}", Cancel);
                if (answer.StatusCode == HttpStatusCode.OK) return refused;
                // Nothing but this: whoever is refused is told when to come again.
                Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
                await Task.Delay(answer.Headers.RetryAfter!.Delta!.Value, Cancel);
            }
        }));

        var after = Memory(host);
        output.WriteLine($"{Burst} at once in {clock.Elapsed.TotalSeconds:0.0} s: {refusals.Count(refused => refused > 0)} were asked to come again, {refusals.Max()} times at most; at most {channel.Peak} at a time; memory {before} MiB before, {after} MiB at most");
        Assert.True(refusals.Sum() > 0, "That was no burst.");
        Assert.InRange(channel.Peak, Places / 2, Places);
        Assert.Equal(Enumerable.Range(1, Burst).Select(number => (new ChaosPerson("", number).Chat, 1)).Order(), channel.Delivered.Where(chat => chat.Key != new ChaosPerson("", 0).Chat).Select(chat => (chat.Key, chat.Value)).Order());
        Assert.InRange(after, 1, 400);
    }

    [Fact]
    public async Task Whoever_types_is_answered_at_once_while_ten_thousand_notices_drain()
    {
        const int Notices = 10_000;
        const int Typed = 200;
        using (var file = new SqliteFile(DataPath))
        {
            var queue = new SqliteWorkQueue(file, TimeProvider.System);
            await Task.WhenAll(Enumerable.Range(0, Notices).Select(number => queue.EnqueueAsync(new WakeUp(SlowHost.Tell, $"{10_000 + number}"), TimeProvider.System.GetUtcNow(), Cancel).AsTask()));
        }
        await using var channel = await LoadChannel.StartAsync(TimeSpan.FromMilliseconds(100), perSecond: 30);
        await using var host = new HostProcess(ChildProcess.FreePort(), Settings(channel), assembly: typeof(SlowHost).Assembly.Location);
        await host.StartAsync(Cancel);
        var (clock, times) = (Stopwatch.StartNew(), new List<TimeSpan>());
        for (var typed = -5; typed < Typed; typed++)
        {
            var began = clock.Elapsed;
            using (var answer = await channel.SayAsync(host.MessagesUrl, new ChaosPerson("Ann", 1), Texts[(typed + Texts.Length * 5) % Texts.Length], $"typed-{typed}", Cancel)) Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            // The first ones find a cold host.
            if (typed >= 0) times.Add(clock.Elapsed - began);
            await Task.Delay(TimeSpan.FromMilliseconds(100), Cancel);
        }
        var took = clock.Elapsed;
        Signal(host.ProcessId);
        await host.Exited.WaitAsync(TimeSpan.FromSeconds(40), Cancel);

        times.Sort();
        var told = channel.Delivered.Where(chat => chat.Key != new ChaosPerson("", 1).Chat).ToList();
        output.WriteLine($"{Typed} typed in {took.TotalSeconds:0} s: p50 {times[Typed / 2].TotalMilliseconds:0} ms, p99 {times[Typed * 99 / 100].TotalMilliseconds:0} ms; {told.Count} notices meanwhile, {channel.Throttled} messages throttled");
        Assert.InRange(times[Typed * 99 / 100], TimeSpan.Zero, TimeSpan.FromSeconds(1));
        // By the setting twenty a second, and not so many fewer.
        Assert.InRange(told.Count, 15 * took.TotalSeconds, 21 * (took.TotalSeconds + 2));
        Assert.All(told, chat => Assert.Equal(1, chat.Value));
        // And what was not told yet still waits.
        using var left = new SqliteFile(DataPath);
        Assert.Equal(Notices - told.Count, new SqliteWorkQueue(left, TimeProvider.System).All().Count(work => work.WakeUp.Kind == SlowHost.Tell));
    }

    private string DataPath => Path.Combine(_folder, "load.db");

    private Dictionary<string, string> Settings(LoadChannel channel) => new()
    {
        [SlowHost.Wanted] = "true",
        [SlowHost.Channel] = channel.ServiceUrl,
        ["ASPNETCORE_ENVIRONMENT"] = "Development",
        ["Bot__AppId"] = ChaosOffice.AppId,
        ["Bot__TenantId"] = ChaosOffice.Tenant,
        ["Bot__DangerouslyAllowUnauthenticated"] = "true",
        ["Storage__Path"] = DataPath,
        ["Notices__PerSecond"] = "20",
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

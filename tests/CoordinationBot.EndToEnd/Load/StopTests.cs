using System.Diagnostics;
using System.Globalization;
using System.Net;
using CoordinationBot.EndToEnd.Chaos;
using CoordinationBot.Playground.Processes;
using CoordinationBot.Storage;
using CoordinationBot.Tests.Storage;

namespace CoordinationBot.EndToEnd.Load;

/// <summary>SIGTERM to a real host that is in the middle of everything.</summary>
public sealed class StopTests
{
    private const int WakeUps = 20;

    private static readonly TimeSpan Drain = TimeSpan.FromSeconds(2);

    /// <summary>A host has ended after it, its drain aside.</summary>
    private static readonly TimeSpan End = TimeSpan.FromSeconds(20);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_stop_finishes_the_turn_gives_work_back_and_takes_no_longer_than_it_may()
    {
        await using var azurite = await Azurite.StartAsync(Cancel);
        await using var channel = await LoadChannel.StartAsync(TimeSpan.FromSeconds(4));
        var options = new StorageOptions { Provider = StorageProvider.Azure, ConnectionString = azurite.ConnectionString };
        await using var host = SlowHost.On(azurite, ("Health__Drain", Drain.TotalSeconds.ToString(CultureInfo.InvariantCulture)));
        var (queue, turn) = await BusyAsync(host, options, channel);

        var clock = Stopwatch.StartNew();
        Signal("TERM", host.ProcessId);

        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        await UntilAsync(async () => await http.HealthAsync(host, "ready", Cancel) == HttpStatusCode.ServiceUnavailable);
        Assert.True(clock.Elapsed < Drain, $"It said that it was ready for {clock.Elapsed}.");
        Assert.Equal(HttpStatusCode.OK, await http.HealthAsync(host, "live", Cancel));
        using var answer = await turn;
        Assert.Equal((HttpStatusCode.OK, 1), (answer.StatusCode, channel.Delivered.Values.Sum()));
        // What has not begun is there for others while what runs still runs.
        await UntilAsync(async () => await CountVisibleAsync(options) == WakeUps - WorkLoop.MaxParallel);
        Assert.True(clock.Elapsed < Drain + TimeSpan.FromSeconds(5), $"What had not begun came back after {clock.Elapsed}.");
        await host.Exited.WaitAsync(TimeSpan.FromSeconds(40), Cancel);
        Assert.True(clock.Elapsed < Drain + End, $"The host ended after {clock.Elapsed}.");
        Assert.Equal(0, host.ExitCode);

        // And what ran, too: nobody waits for three minutes.
        var works = await queue.ReceiveAsync(32, TimeSpan.FromMinutes(1), Cancel);
        Assert.Equal(Enumerable.Range(0, WakeUps).Select(i => i.ToString(CultureInfo.InvariantCulture)).Order(StringComparer.Ordinal), works.Select(work => work.WakeUp.Partition).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task By_the_settings_as_they_are_it_has_ended_within_twenty_seconds_whatever_it_was_doing()
    {
        await using var azurite = await Azurite.StartAsync(Cancel);
        // No answer of this channel comes before the end.
        await using var channel = await LoadChannel.StartAsync(TimeSpan.FromMinutes(1));
        var options = new StorageOptions { Provider = StorageProvider.Azure, ConnectionString = azurite.ConnectionString };
        await using var host = SlowHost.On(azurite);
        var (queue, turn) = await BusyAsync(host, options, channel);

        var clock = Stopwatch.StartNew();
        Signal("TERM", host.ProcessId);
        await host.Exited.WaitAsync(TimeSpan.FromSeconds(40), Cancel);
        Assert.True(clock.Elapsed < End, $"The host ended after {clock.Elapsed}.");
        Assert.Equal(0, host.ExitCode);
        await Task.WhenAny(turn);
        Assert.Equal(WakeUps, (await queue.ReceiveAsync(32, TimeSpan.FromMinutes(1), Cancel)).Count);
    }

    /// <summary>As much work in hand as it may have, the rest in the queue, and a turn in flight, which is returned.</summary>
    private static async Task<(AzureWorkQueue Queue, Task<HttpResponseMessage> Turn)> BusyAsync(HostProcess host, StorageOptions options, LoadChannel channel)
    {
        await host.StartAsync(Cancel);
        var queue = new AzureWorkQueue(AzureAccount.Queue(options, null), TimeProvider.System);
        for (var i = 0; i < WakeUps; i++) await queue.EnqueueAsync(new WakeUp(SlowHost.Slow, $"{i}"), TimeProvider.System.GetUtcNow(), Cancel);
        await UntilAsync(async () => await CountVisibleAsync(options) == WakeUps - WorkLoop.MaxInHand);
        var turn = channel.SayAsync(host.MessagesUrl, new ChaosPerson("Ann", 1), "help", "one", Cancel);
        await UntilAsync(() => Task.FromResult(channel.InFlight == 1));
        return (queue, turn);
    }

    private static async Task<int> CountVisibleAsync(StorageOptions options) => (await AzureAccount.Queue(options, null).PeekMessagesAsync(32, Cancel)).Value.Length;

    private static async Task UntilAsync(Func<Task<bool>> isSo)
    {
        var clock = Stopwatch.StartNew();
        while (!await isSo())
        {
            Assert.True(clock.Elapsed < TimeSpan.FromSeconds(20), "It did not come to be so.");
            await Task.Delay(50, Cancel);
        }
    }

    private static void Signal(string name, int process)
    {
        using var kill = Process.Start("kill", [$"-{name}", process.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }
}

using System.Diagnostics;
using System.Globalization;

namespace CoordinationBot.EndToEnd.Chaos;

/// <summary>Many hosts, nothing lost. Longer runs by environment variables, see README.md.</summary>
public sealed class ChaosTests(ITestOutputHelper output)
{
    private const int LongRun = 100;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    [Fact]
    public async Task Hosts_and_storage_end_at_any_moment_and_what_was_acknowledged_is_there_once()
    {
        var cancel = TestContext.Current.CancellationToken;
        var (kills, hosts) = (Setting("CHAOS_KILLS", 200), Setting("CHAOS_HOSTS", 3));
        var seed = Setting("CHAOS_SEED", 16452);
        output.WriteLine($"CHAOS_SEED={seed} CHAOS_KILLS={kills} CHAOS_HOSTS={hosts}");
        var (seeded, clock) = (new Seeded(seed), Stopwatch.StartNew());
        await using var office = await ChaosOffice.StartAsync(hosts, cancel);
        await using var channel = await ChaosChannel.StartAsync(seeded, ChaosLoad.People);
        // In a short run half a minute would be after its end.
        using var client = new ChaosClient(channel, office.Hosts, seeded, TimeSpan.FromSeconds(kills >= LongRun ? 30 : 5), cancel);
        var load = new ChaosLoad(office, channel, client, seeded, cancel);
        await load.InstallAsync();

        var isEnough = false;
        var working = load.RunAsync(() => Volatile.Read(ref isEnough));
        await KillAsync(office, channel, seeded, kills, () => load.HasFailed, cancel);
        Volatile.Write(ref isEnough, true);
        office.IsKept = load.HasFailed;
        await working;
        channel.IsCalm = client.IsCalm = true;
        await client.RestAsync();
        var oracle = new ChaosOracle(office, channel, load);
        var inOutages = office.Deaths.Count(death => office.Outages.Any(outage => outage.From <= death.At && death.At < outage.Until));
        output.WriteLine($"{clock.Elapsed.TotalSeconds:0} s: {office.Deaths.Count} kills, {inOutages} of them in {office.Outages.Count} outages of the storage, {oracle.Acknowledged} acknowledged effects in {load.Works.Count} delegations and {load.Polls.Count} polls, {client.Redelivered} redeliveries; faults of the channel: {string.Join(", ", channel.Failures.CountBy(failure => failure.Fault).Select(fault => $"{fault.Value} x {fault.Key}"))}");
        await load.ComeBackAsync("1");
        var calm = Stopwatch.StartNew();
        IReadOnlyList<string> left;
        while ((left = [.. oracle.Unseen(), .. await oracle.LeftoversAsync(cancel)]).Count > 0 && calm.Elapsed < Patience) await Task.Delay(500, cancel);
        List<string> faults = [.. left, .. await oracle.FaultsAsync(cancel), .. await oracle.ListFaultsAsync()];
        output.WriteLine($"{clock.Elapsed.TotalSeconds:0} s: {oracle.NoticesOwed} notices, {oracle.Excused} of them twice with an excuse, {channel.Everything.Count} messages; the latest reminder came {oracle.LatestReminder.TotalSeconds:0.0} s after its time; {faults.Count} faults");
        office.IsKept = faults.Count > 0;
        // All of them: which kinds there are says more than the first few.
        Assert.True(faults.Count == 0, $"{string.Join('\n', faults)}\nThe logs are in {office.Folder}.");
        Assert.True(office.Deaths.Count >= kills);
        Assert.True(kills < LongRun || inOutages > 0, "No host ended while the storage was away.");
    }

    /// <summary>One death after another; with every eighth the storage goes too, and meanwhile they go on.</summary>
    private static async Task KillAsync(ChaosOffice office, ChaosChannel channel, Seeded seeded, int kills, Func<bool> isOver, CancellationToken cancel)
    {
        var restarts = office.Hosts.Select(_ => Task.CompletedTask).ToArray();
        var outage = Task.CompletedTask;
        for (var kill = 1; kill <= kills && !isOver(); kill++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(800 + seeded.Of($"pause|{kill}", 1000)), cancel);
            if (kill % 8 == 4)
            {
                // One of them runs, and dies in it.
                await Task.WhenAll(outage, Task.WhenAny(restarts));
                var time = TimeSpan.FromMilliseconds(500 + seeded.Of($"outage|{kill}", 3500));
                outage = seeded.Is($"freeze|{kill}", 0.5) ? office.FreezeStorageAsync(time, cancel) : office.StopStorageAsync(time, cancel);
            }
            channel.IsUncertain = kill < kills / 2;
            // The next one dies while this one still starts, and in an outage none gets further: whoever starts is passed over.
            var first = seeded.Of($"host|{kill}", office.Hosts.Count);
            var host = Enumerable.Range(first, office.Hosts.Count).Select(index => index % office.Hosts.Count).FirstOrDefault(index => restarts[index].IsCompletedSuccessfully, first);
            await restarts[host];
            restarts[host] = office.CrashAsync(office.Hosts[host], cancel);
        }
        await Task.WhenAll([outage, .. restarts]);
    }

    private static int Setting(string name, int otherwise) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? int.Parse(value, CultureInfo.InvariantCulture) : otherwise;
}

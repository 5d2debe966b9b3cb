using System.Diagnostics;
using System.Globalization;

namespace CoordinationBot.EndToEnd.Chaos;

/// <summary>Many hosts, nothing lost. Longer runs by environment variables, see README.md.</summary>
public sealed class ChaosTests(ITestOutputHelper output)
{
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
        using var client = new ChaosClient(channel, office.Hosts, seeded, cancel);
        var load = new ChaosLoad(office, channel, client, seeded, cancel);
        await load.InstallAsync();

        var isEnough = false;
        var working = load.RunAsync(() => Volatile.Read(ref isEnough));
        await KillAsync(office, channel, seeded, kills, () => load.HasFailed, cancel);
        Volatile.Write(ref isEnough, true);
        await working;
        channel.IsCalm = client.IsCalm = true;
        await client.RestAsync();
        var oracle = new ChaosOracle(office, channel, load.Works, load.Polls);
        output.WriteLine($"{clock.Elapsed.TotalSeconds:0} s: {office.Deaths.Count} kills, {office.Outages.Count} outages of the storage, {oracle.Acknowledged} acknowledged effects in {load.Works.Count} delegations and {load.Polls.Count} polls, {client.Redelivered} redeliveries; faults of the channel: {string.Join(", ", channel.Faults.Select(fault => $"{fault.Value} x {fault.Key}"))}");
        await load.ComeBackAsync("1");
        var calm = Stopwatch.StartNew();
        while (oracle.Unseen().Count > 0 && calm.Elapsed < Patience) await Task.Delay(200, cancel);
        var faults = await oracle.FaultsAsync(cancel);
        output.WriteLine($"{clock.Elapsed.TotalSeconds:0} s: {oracle.NoticesOwed} notices, {oracle.Excused} of them twice with an excuse, {channel.Everything.Count} messages; the latest reminder came {oracle.LatestReminder.TotalSeconds:0.0} s after its time; {faults.Count} faults");
        office.IsKept = faults.Count > 0;
        // All of them: which kinds there are says more than the first few.
        Assert.True(faults.Count == 0, $"{string.Join('\n', faults)}\nThe logs are in {office.Folder}.");
        Assert.True(office.Deaths.Count >= kills);
    }

    /// <summary>One death after another, and every eighth is the storage's.</summary>
    private static async Task KillAsync(ChaosOffice office, ChaosChannel channel, Seeded seeded, int kills, Func<bool> isOver, CancellationToken cancel)
    {
        var restarts = office.Hosts.Select(_ => Task.CompletedTask).ToArray();
        for (var kill = 1; kill <= kills && !isOver(); kill++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(800 + seeded.Of($"pause|{kill}", 1000)), cancel);
            if (kill % 8 == 4)
            {
                var time = TimeSpan.FromMilliseconds(500 + seeded.Of($"outage|{kill}", 3500));
                await (seeded.Is($"freeze|{kill}", 0.5) ? office.FreezeStorageAsync(time, cancel) : office.StopStorageAsync(time, cancel));
            }
            channel.IsUncertain = kill < kills / 2;
            var host = seeded.Of($"host|{kill}", office.Hosts.Count);
            // The next one dies while this one still starts.
            await restarts[host];
            restarts[host] = office.CrashAsync(office.Hosts[host], cancel);
        }
        await Task.WhenAll(restarts);
    }

    private static int Setting(string name, int otherwise) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? int.Parse(value, CultureInfo.InvariantCulture) : otherwise;
}

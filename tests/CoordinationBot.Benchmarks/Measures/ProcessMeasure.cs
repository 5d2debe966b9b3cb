using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using CoordinationBot.Benchmarks.Channel;
using CoordinationBot.Benchmarks.Hosts;
using CoordinationBot.Benchmarks.Report;

namespace CoordinationBot.Benchmarks.Measures;

/// <summary>The published host as it is deployed: start, memory at rest and after work, first turn. Authentication on.</summary>
internal static class ProcessMeasure
{
    private const double MostMegabytes = 100;
    private const double MostLoadedMegabytes = 200;
    private const int Turns = 20_000;
    private const int InFlight = 32;
    private const double MostSecondsToReady = 0.8;
    private const double MostSecondsOfFirstTurn = 0.3;

    public static async Task RunAsync(FigureTable table, TemporaryFolder folder, bool isQuick)
    {
        var published = Environment.GetEnvironmentVariable("BENCHMARK_PUBLISHED") ?? await PublishAsync(folder);
        await using var channel = await TeamsChannel.StartAsync();
        List<double> ready = [], idle = [], first = [], cpu = [], loaded = [];
        for (var run = 0; run < (isQuick ? 3 : 7); run++)
        {
            var store = folder.File($"process-{run}.db");
            await Office.SeedAsync(store, 1);
            var from = Stopwatch.GetTimestamp();
            await using var host = Child.Start(Path.Combine(published, "CoordinationBot.dll"), [], channel.Settings(store));
            await channel.UntilReadyAsync(host.Address);
            ready.Add(Stopwatch.GetElapsedTime(from).TotalSeconds);
            cpu.Add(host.Cpu.TotalSeconds);
            await Task.Delay(TimeSpan.FromSeconds(5));
            idle.Add(host.WorkingSet / 1e6);
            from = Stopwatch.GetTimestamp();
            await channel.PostAsync(host.Address, Office.View("first"));
            first.Add(Stopwatch.GetElapsedTime(from).TotalSeconds);
            // What is answered in the response: this host would look for the real channel to say anything else.
            await Parallel.ForEachAsync(Enumerable.Range(0, Turns), new ParallelOptions { MaxDegreeOfParallelism = InFlight }, async (number, _) =>
                await channel.PostAsync(host.Address, Office.View(string.Create(CultureInfo.InvariantCulture, $"load-{number}"))));
            loaded.Add(host.WorkingSet / 1e6);
        }
        // Times of a busy machine are too long, never too short: the best is nearest to the truth.
        table.AtMost("Process: start to first healthy answer", new Spread(ready).Best, MostSecondsToReady, "s", $"{new Spread(ready).Range()}; CPU {new Spread(cpu).Median:0.00} s", counts: false);
        table.AtMost("Process: first turn", new Spread(first).Best, MostSecondsOfFirstTurn, "s", new Spread(first).Range(), counts: false);
        table.AtMost("Process: memory 5 s after the start", new Spread(idle).Median, MostMegabytes, "MB", new Spread(idle).Range());
        table.AtMost($"Process: memory after {Turns} turns, {InFlight} at a time", new Spread(loaded).Median, MostLoadedMegabytes, "MB", new Spread(loaded).Range());
    }

    private static async Task<string> PublishAsync(TemporaryFolder folder)
    {
        var to = folder.File("published");
        var start = new ProcessStartInfo("dotnet", ["publish", Path.Combine(Root(), "src", "CoordinationBot"), "-c", "Release", .. ForContainer(), "-o", to, "-v", "quiet", "--nologo"]);
        using var publish = Process.Start(start)!;
        await publish.WaitForExitAsync();
        return publish.ExitCode == 0 ? to : throw new InvalidOperationException("The host could not be published.");
    }

    // As for the container, where this machine is like it; elsewhere the lock files would change.
    private static string[] ForContainer() => RuntimeInformation.RuntimeIdentifier == "linux-x64" ? ["-r", "linux-x64", "--self-contained", "false"] : [];

    private static string Root()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (folder.EnumerateFiles("*.sln").Any())
            {
                return folder.FullName;
            }
        }
        throw new InvalidOperationException("The repository was not found above the program.");
    }
}

using System.Diagnostics;
using System.Globalization;
using System.Text;
using CoordinationBot.Benchmarks.Report;
using CoordinationBot.Storage;

namespace CoordinationBot.Benchmarks.Measures;

/// <summary>Conditional commits a second on the embedded store with full sync, grouped and one by one, in rounds that take turns.</summary>
internal static class StorageMeasure
{
    private const int InFlight = 32;
    private const double LeastCommits = 20_000;
    private const double LeastGain = 3;
    private static readonly byte[] Data = Encoding.UTF8.GetBytes($"{{\"words\":\"{new string('x', 200)}\"}}");

    public static async Task RunAsync(FigureTable table, TemporaryFolder folder, bool isQuick)
    {
        var (rounds, lasts) = isQuick ? (3, TimeSpan.FromSeconds(1)) : (7, TimeSpan.FromSeconds(2));
        using var grouped = new SqliteFile(folder.File("grouped.db"));
        using var single = new SqliteFile(folder.File("single.db"), maxGroup: 1);
        List<double> together = [], alone = [], ratios = [];
        for (var round = -1; round < rounds; round++)
        {
            var (one, other) = (await CommitsAsync(grouped, lasts), await CommitsAsync(single, lasts));
            if (round >= 0)
            {
                together.Add(one);
                alone.Add(other);
                ratios.Add(one / other);
            }
        }
        table.AtLeast($"Storage: conditional commits/s, {InFlight} in flight", new Spread(together).Median, LeastCommits, note: new Spread(together).Range("#,0"), counts: false);
        table.Add("Storage: the same, one commit a transaction", new Spread(alone).Text());
        table.AtLeast("Storage: gain by grouping", new Spread(ratios).Median, LeastGain, "x", new Spread(ratios).Range());
    }

    private static async Task<double> CommitsAsync(SqliteFile file, TimeSpan lasts)
    {
        var tables = new SqliteTables(file);
        var from = Stopwatch.GetTimestamp();
        var counts = await Task.WhenAll(Enumerable.Range(0, InFlight).Select(caller => Task.Run(async () =>
        {
            var partition = string.Create(CultureInfo.InvariantCulture, $"tenant|D|{caller}");
            var version = (await tables.GetAsync(partition, "state", default))?.Version
                ?? (await tables.CommitAsync(partition, [new Change.Insert("state", Data)], default)).Versions[0];
            var count = 0;
            while (Stopwatch.GetElapsedTime(from) < lasts)
            {
                version = (await tables.CommitAsync(partition, [new Change.Replace("state", Data, version!)], default)).Versions[0];
                count++;
            }
            return count;
        })));
        return counts.Sum() / Stopwatch.GetElapsedTime(from).TotalSeconds;
    }
}

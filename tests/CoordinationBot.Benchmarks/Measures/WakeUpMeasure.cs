using System.Diagnostics;
using System.Globalization;
using CoordinationBot.Benchmarks.Report;
using CoordinationBot.Storage;

namespace CoordinationBot.Benchmarks.Measures;

/// <summary>
/// What a wake-up costs, from its enqueueing to its completion, while a thousand or a million others wait for later: of the embedded queue.
/// The cloud's queue cannot be filled like that on a loopback.
/// </summary>
internal static class WakeUpMeasure
{
    private const int Few = 1000;
    private const int WakeUps = 400;
    private const int AtOnce = 32;
    private const double MostRatio = 1.5;

    public static async Task RunAsync(FigureTable table, TemporaryFolder folder, bool isQuick)
    {
        var many = isQuick ? 100_000 : 1_000_000;
        using var fewFile = new SqliteFile(folder.File("few-wake-ups.db"));
        using var manyFile = new SqliteFile(folder.File("many-wake-ups.db"));
        var few = await FilledAsync(fewFile, Few);
        var filled = await FilledAsync(manyFile, many);
        List<double> ones = [], others = [], ratios = [];
        for (var round = -1; round < 9; round++)
        {
            var (one, other) = (await MicrosecondsAsync(few), await MicrosecondsAsync(filled));
            if (round >= 0)
            {
                ones.Add(one);
                others.Add(other);
                ratios.Add(other / one);
            }
        }
        table.Add(string.Create(CultureInfo.InvariantCulture, $"Wake-ups: us of one, {Few:N0} waiting"), new Spread(ones).Text());
        table.Add(string.Create(CultureInfo.InvariantCulture, $"Wake-ups: us of one, {many:N0} waiting"), new Spread(others).Text());
        table.AtMost("Wake-ups: many waiting of few", new Spread(ratios).Median, MostRatio, "x", new Spread(ratios).Range());
    }

    private static async Task<SqliteWorkQueue> FilledAsync(SqliteFile file, int count)
    {
        var queue = new SqliteWorkQueue(file, TimeProvider.System);
        var now = DateTimeOffset.UtcNow;
        await Parallel.ForEachAsync(Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = 256 }, async (number, cancel) =>
            await queue.EnqueueAsync(new WakeUp("delegation", string.Create(CultureInfo.InvariantCulture, $"tenant|D|D-{number:D7}")), now.AddHours(2).AddSeconds(number), cancel));
        return queue;
    }

    private static async Task<double> MicrosecondsAsync(SqliteWorkQueue queue)
    {
        var from = Stopwatch.GetTimestamp();
        for (var number = 0; number < WakeUps; number++)
        {
            await queue.EnqueueAsync(new WakeUp("delegation", string.Create(CultureInfo.InvariantCulture, $"tenant|D|N-{number:D7}")), DateTimeOffset.UtcNow, default);
        }
        for (var done = 0; done < WakeUps;)
        {
            foreach (var work in await queue.ReceiveAsync(AtOnce, TimeSpan.FromMinutes(1), default))
            {
                await queue.CompleteAsync(work, default);
                done++;
            }
        }
        return Stopwatch.GetElapsedTime(from).TotalMicroseconds / WakeUps;
    }
}

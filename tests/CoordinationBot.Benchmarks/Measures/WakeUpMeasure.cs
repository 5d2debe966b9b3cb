using System.Diagnostics;
using System.Globalization;
using CoordinationBot.Benchmarks.Report;
using CoordinationBot.Storage;
using CoordinationBot.Tests.Storage;

namespace CoordinationBot.Benchmarks.Measures;

/// <summary>
/// What a wake-up costs, from its enqueueing to its completion, while a thousand or very many others wait for later. Of the embedded queue there are a million; of the
/// cloud's, on its emulator, as many as it answers with in time. The emulator looks through all of them at every call, so its time says little of the cloud's; what counts
/// there is what this side does for one, by what it allocates.
/// </summary>
internal static class WakeUpMeasure
{
    private const int Few = 1000;
    private const int AtOnce = 32;
    private const int Rounds = 9;
    private const double MostRatio = 1.5;
    private const double MostBytesRatio = 1.2;

    public static async Task RunAsync(FigureTable table, TemporaryFolder folder, bool isQuick)
    {
        await EmbeddedAsync(table, folder, isQuick ? 100_000 : 1_000_000);
        await CloudAsync(table, isQuick ? 3_000 : 10_000);
    }

    private static async Task EmbeddedAsync(FigureTable table, TemporaryFolder folder, int many)
    {
        using var fewFile = new SqliteFile(folder.File("few-wake-ups.db"));
        using var manyFile = new SqliteFile(folder.File("many-wake-ups.db"));
        var (few, filled) = (new SqliteWorkQueue(fewFile, TimeProvider.System), new SqliteWorkQueue(manyFile, TimeProvider.System));
        await FillAsync(few, Few, 256);
        await FillAsync(filled, many, 256);
        var rounds = await InTurnAsync(few, filled, 400);
        Add(table, "Wake-ups", many, rounds);
        table.AtMost("Wake-ups: many waiting of few", rounds.Time.Median, MostRatio, "x", rounds.Time.Range());
    }

    private static async Task CloudAsync(FigureTable table, int many)
    {
        // One each: the emulator keeps the messages of all its queues in one heap, and looks through it.
        await using var fewAzurite = await Azurite.StartAsync(default);
        await using var manyAzurite = await Azurite.StartAsync(default);
        var (few, filled) = (await QueueAsync(fewAzurite), await QueueAsync(manyAzurite));
        await FillAsync(few, Few, 8);
        await FillAsync(filled, many, 8);
        var rounds = await InTurnAsync(few, filled, 50);
        Add(table, "Wake-ups, cloud", many, rounds);
        table.AtMost("Wake-ups, cloud: many waiting of few, with the emulator's own time", rounds.Time.Median, MostRatio, "x", rounds.Time.Range(), counts: false);
        table.AtMost("Wake-ups, cloud: many waiting of few, bytes of this side", rounds.Bytes.Median, MostBytesRatio, "x", rounds.Bytes.Range());
    }

    private static void Add(FigureTable table, string name, int many, Compared rounds)
    {
        table.Add(string.Create(CultureInfo.InvariantCulture, $"{name}: us of one, {Few:N0} waiting"), rounds.Few.Text());
        table.Add(string.Create(CultureInfo.InvariantCulture, $"{name}: us of one, {many:N0} waiting"), rounds.Many.Text());
    }

    private static async Task<AzureWorkQueue> QueueAsync(Azurite azurite)
    {
        var client = AzureAccount.Queue(new StorageOptions { Provider = StorageProvider.Azure, ConnectionString = azurite.ConnectionString }, null);
        await client.CreateAsync();
        return new AzureWorkQueue(client, TimeProvider.System);
    }

    private static async Task FillAsync(IWorkQueue queue, int count, int sideBySide)
    {
        var now = DateTimeOffset.UtcNow;
        await Parallel.ForEachAsync(Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = sideBySide }, async (number, cancel) =>
            await queue.EnqueueAsync(new WakeUp("delegation", string.Create(CultureInfo.InvariantCulture, $"tenant|D|D-{number:D7}")), now.AddHours(2).AddSeconds(number), cancel));
    }

    /// <summary>Both in turn, since the machine is never quite quiet; the first round only warms up.</summary>
    private static async Task<Compared> InTurnAsync(IWorkQueue few, IWorkQueue many, int wakeUps)
    {
        List<(double Time, double Bytes)> ones = [], others = [];
        for (var round = -1; round < Rounds; round++)
        {
            var (one, other) = (await MicrosecondsAsync(few, wakeUps), await MicrosecondsAsync(many, wakeUps));
            if (round >= 0)
            {
                ones.Add(one);
                others.Add(other);
            }
        }
        return new Compared(
            new Spread(ones.Select(one => one.Time)),
            new Spread(others.Select(other => other.Time)),
            new Spread(ones.Zip(others, (one, other) => other.Time / one.Time)),
            new Spread(ones.Zip(others, (one, other) => other.Bytes / one.Bytes)));
    }

    private static async Task<(double Time, double Bytes)> MicrosecondsAsync(IWorkQueue queue, int wakeUps)
    {
        var (from, allocated) = (Stopwatch.GetTimestamp(), GC.GetTotalAllocatedBytes(precise: true));
        for (var number = 0; number < wakeUps; number++)
        {
            await queue.EnqueueAsync(new WakeUp("delegation", string.Create(CultureInfo.InvariantCulture, $"tenant|D|N-{number:D7}")), DateTimeOffset.UtcNow, default);
        }
        for (var done = 0; done < wakeUps;)
        {
            foreach (var work in await queue.ReceiveAsync(AtOnce, TimeSpan.FromMinutes(1), default))
            {
                await queue.CompleteAsync(work, default);
                done++;
            }
        }
        return (Stopwatch.GetElapsedTime(from).TotalMicroseconds / wakeUps, (GC.GetTotalAllocatedBytes(precise: true) - allocated) / (double)wakeUps);
    }

    private sealed record Compared(Spread Few, Spread Many, Spread Time, Spread Bytes);
}

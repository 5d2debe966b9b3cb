using System.Runtime.CompilerServices;
using CoordinationBot.Storage;

namespace CoordinationBot.Upkeep;

/// <summary>
/// <c>wake</c>: has everything looked at that is stored, soon, and again at each time that its rows name. It takes nothing out of the queue, and a wake-up too many finds nothing to do: it may be run while
/// hosts work, and again when it was broken off.
/// </summary>
internal sealed class QueueFilling(IRowScan scan, IWorkQueue queue, StoredLooks looks, TimeProvider time)
{
    /// <summary>Looks of now are that far apart, so that what is due meanwhile need not wait behind them.</summary>
    public static readonly TimeSpan Apart = TimeSpan.FromMilliseconds(20);

    private const int Parallel = 16;

    public async Task<FilledQueue> RunAsync(CancellationToken cancel)
    {
        var filled = new FilledQueue();
        await System.Threading.Tasks.Parallel.ForEachAsync(
            LooksAsync(filled, cancel),
            new ParallelOptions { MaxDegreeOfParallelism = Parallel, CancellationToken = cancel },
            async (look, cancel) => await Patience.Storage.ExecuteAsync(async cancel => await queue.EnqueueAsync(look.WakeUp, look.Due, cancel), cancel));
        return filled;
    }

    private async IAsyncEnumerable<(WakeUp WakeUp, DateTimeOffset Due)> LooksAsync(FilledQueue filled, [EnumeratorCancellation] CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        WakeUp? wakeUp = null;
        var partition = "";
        HashSet<DateTimeOffset> times = [];
        await foreach (var row in scan.AllAsync(cancel))
        {
            if (row.Partition != partition)
            {
                (partition, wakeUp) = (row.Partition, looks.WakeUpOf(row.Partition));
                times.Clear();
                if (wakeUp is not null)
                {
                    filled.WakeUps++;
                    yield return (wakeUp, now + (filled.Things++ * Apart));
                }
            }
            foreach (var at in wakeUp is null ? [] : TimesOf(row, filled).Where(at => at > now && times.Add(at)))
            {
                filled.WakeUps++;
                yield return (wakeUp!, at);
            }
        }
    }

    /// <summary>One that cannot be read says so, and keeps no other from being looked at.</summary>
    private IReadOnlyList<DateTimeOffset> TimesOf(Row row, FilledQueue filled)
    {
        try
        {
            return [.. looks.TimesOf(row)];
        }
        catch (RowUnreadableException failure)
        {
            filled.Unreadable.Add(failure.Message);
            return [];
        }
    }
}

/// <summary>What was put into a queue.</summary>
internal sealed class FilledQueue
{
    public long Things { get; set; }

    public long WakeUps { get; set; }

    /// <summary>Sentences about rows that could not be read.</summary>
    public List<string> Unreadable { get; } = [];
}

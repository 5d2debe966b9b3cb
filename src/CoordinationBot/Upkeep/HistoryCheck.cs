using System.Runtime.CompilerServices;
using CoordinationBot.Storage;

namespace CoordinationBot.Upkeep;

/// <summary>
/// Goes through all that is stored and holds every history against its seals, and against what an earlier check noted of it: whoever can write the tables and knows this program could seal
/// anew what they changed, and then only the note tells.
/// </summary>
internal sealed class HistoryCheck(IRowScan scan, ITables tables)
{
    /// <summary>A host may write meanwhile, and what is read row by row is then of two moments: what is wrong is looked at again. What was changed stays wrong.</summary>
    private const int Looks = 5;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <param name="noted">By an earlier check, in the order of partitions.</param>
    /// <param name="note">Gets the last seal of each history, in the same order.</param>
    /// <param name="cancel">Ends it.</param>
    public async Task<HistoryFindings> RunAsync(IAsyncEnumerable<NotedSeal> noted, Func<NotedSeal, ValueTask> note, CancellationToken cancel)
    {
        var findings = new HistoryFindings();
        await using var earlier = noted.GetAsyncEnumerator(cancel);
        var isNoted = await earlier.MoveNextAsync();
        await foreach (var (partition, rows) in HistoriesAsync(cancel))
        {
            for (; isNoted && string.CompareOrdinal(earlier.Current.Partition, partition) < 0; isNoted = await earlier.MoveNextAsync())
            {
                findings.Faults.Add(Gone(earlier.Current));
            }
            var before = isNoted && earlier.Current.Partition == partition ? earlier.Current : null;
            var history = HistoryRules.Check(partition, rows, before);
            for (var look = 1; history.Faults.Count > 0 && look < Looks; look++)
            {
                await Task.Delay(Pause, cancel);
                history = HistoryRules.Check(partition, await ReadAsync(partition, cancel), before);
            }
            findings.Add(history);
            if (history.Last is { } last)
            {
                await note(last);
            }
            isNoted = before is null ? isNoted : await earlier.MoveNextAsync();
        }
        for (; isNoted; isNoted = await earlier.MoveNextAsync())
        {
            findings.Faults.Add(Gone(earlier.Current));
        }
        return findings;
    }

    /// <summary>The histories with the states they belong to.</summary>
    private async IAsyncEnumerable<(string Partition, IReadOnlyList<Row> Rows)> HistoriesAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        List<Row> rows = [];
        await foreach (var row in scan.AllAsync(cancel).Where(HistoryRules.Concerns))
        {
            if (rows.Count > 0 && rows[0].Partition != row.Partition)
            {
                yield return (rows[0].Partition, rows);
                rows = [];
            }
            rows.Add(row);
        }
        if (rows.Count > 0)
        {
            yield return (rows[0].Partition, rows);
        }
    }

    private async ValueTask<IReadOnlyList<Row>> ReadAsync(string partition, CancellationToken cancel)
    {
        List<Row> rows = [];
        IReadOnlyList<Row> page;
        do
        {
            page = await tables.QueryAsync(partition, "", TableLimits.MaxTake, rows.Count == 0 ? null : rows[^1].Key, cancel);
            rows.AddRange(page);
        }
        while (page.Count == TableLimits.MaxTake);
        return rows;
    }

    private static string Gone(NotedSeal noted) => $"{noted.Partition}: all of it is gone, with {HistoryRules.Entry(noted.Key)} that was noted.";
}

/// <summary>What a check of all histories found.</summary>
internal sealed class HistoryFindings
{
    public long Histories { get; private set; }

    public long Entries { get; private set; }

    public long Rewritten { get; private set; }

    public List<string> Faults { get; } = [];

    public void Add(CheckedHistory history)
    {
        Histories++;
        Entries += history.Entries;
        Rewritten += history.Rewritten;
        Faults.AddRange(history.Faults);
    }
}

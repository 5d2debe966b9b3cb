using System.Runtime.CompilerServices;
using CoordinationBot.Privacy;
using CoordinationBot.Storage;

namespace CoordinationBot.Upkeep;

/// <summary>
/// Goes through all that is stored and holds every history against its seals, and against what an earlier check noted of it: whoever can write the tables and knows this program could seal
/// anew what they changed, and then only the note tells. Nor do seals tell what was changed in the manner of an erasure: each such entry must belong to an erasure that is on record and had not ended
/// when it was noted last. Those can be made up too; therefore what is new is named, for somebody who knows who was to be forgotten.
/// </summary>
internal sealed class HistoryCheck(IRowScan scan, ITables tables)
{
    private readonly ErasureRecords _erasures = new(scan, tables);

    /// <summary>A host may write meanwhile, and what is read row by row is then of two moments: what is wrong is looked at again. What was changed stays wrong.</summary>
    private const int Looks = 5;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <param name="noted">By an earlier check, in the order of partitions.</param>
    /// <param name="ended">The erasures that had ended by then.</param>
    /// <param name="note">Gets the last seal of each history, in the same order.</param>
    /// <param name="cancel">Ends it.</param>
    public async Task<HistoryFindings> RunAsync(IAsyncEnumerable<NotedSeal> noted, IReadOnlySet<string> ended, Func<NotedSeal, ValueTask> note, CancellationToken cancel)
    {
        // Before anything is read: what they rewrote is among what is read then.
        var findings = new HistoryFindings { Ended = await _erasures.EndedAsync(cancel) };
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
        await ExplainAsync(findings, ended, cancel);
        return findings;
    }

    /// <summary>What is not explained by an erasure is a fault.</summary>
    private async ValueTask ExplainAsync(HistoryFindings findings, IReadOnlySet<string> ended, CancellationToken cancel)
    {
        foreach (var rewritings in findings.New.GroupBy(rewriting => (Tenant: rewriting.Partition.Split('|')[0], rewriting.StandIn)).ToList())
        {
            var (tenant, standIn) = rewritings.Key;
            // Live: it may have begun since.
            if (ended.Contains(ErasureRecords.Of(tenant, standIn)) || !await _erasures.HasAsync(tenant, standIn, cancel))
            {
                findings.New.RemoveAll(rewritings.ToHashSet().Contains);
                findings.Faults.AddRange(rewritings.Select(rewriting => $"{rewriting.Partition}: {HistoryRules.Entry(rewriting.Key)} stands in other words, and no erasure explains it."));
            }
        }
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

    /// <summary>What stands in other words and was not noted like that, explained by an erasure.</summary>
    public List<Rewriting> New { get; } = [];

    /// <summary>The erasures that had ended before: nothing is rewritten for them any more.</summary>
    public required IReadOnlyList<string> Ended { get; init; }

    public List<string> Faults { get; } = [];

    public void Add(CheckedHistory history)
    {
        Histories++;
        Entries += history.Entries;
        Rewritten += history.Rewritten;
        New.AddRange(history.New);
        Faults.AddRange(history.Faults);
    }
}

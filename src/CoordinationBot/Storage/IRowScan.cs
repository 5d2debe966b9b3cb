using System.Runtime.CompilerServices;

namespace CoordinationBot.Storage;

/// <summary>
/// Reads whatever is stored, partition after partition. It costs as much as there is, so no turn does it: only what must be certain to have looked at everything, and takes its time.
/// </summary>
internal interface IRowScan
{
    /// <summary>
    /// Rows of all partitions that begin with <paramref name="prefix"/> (ASCII; empty for everything), ordered by partition and key, at most <paramref name="take"/> (1 to 1000), after
    /// <paramref name="after"/> (exclusive) when given. Fewer rows than asked for means there are no more.
    /// </summary>
    ValueTask<IReadOnlyList<Row>> ScanAsync(string prefix, int take, RowPlace? after, CancellationToken cancel);
}

internal static class RowScans
{
    /// <summary>Every row of every partition, in their order; what is written meanwhile may be among them or not.</summary>
    public static IAsyncEnumerable<Row> AllAsync(this IRowScan scan, CancellationToken cancel) => scan.AllAsync("", cancel);

    /// <summary>Every row of the partitions that begin like this.</summary>
    public static async IAsyncEnumerable<Row> AllAsync(this IRowScan scan, string prefix, [EnumeratorCancellation] CancellationToken cancel)
    {
        RowPlace? after = null;
        var isMore = true;
        while (isMore)
        {
            var rows = await scan.ScanAsync(prefix, TableLimits.MaxTake, after, cancel);
            foreach (var row in rows)
            {
                yield return row;
            }
            isMore = rows.Count == TableLimits.MaxTake;
            after = isMore ? new RowPlace(rows[^1].Partition, rows[^1].Key) : after;
        }
    }
}

/// <summary>Where a row is.</summary>
internal sealed record RowPlace(string Partition, string Key);

namespace CoordinationBot.Storage;

/// <summary>
/// Reads whatever is stored, partition after partition. It costs as much as there is, so no turn does it: only what must be certain to have looked at everything, and takes its time.
/// </summary>
internal interface IRowScan
{
    /// <summary>
    /// Rows of all partitions that begin with <paramref name="prefix"/> (ASCII, not empty), ordered by partition and key, at most <paramref name="take"/> (1 to 1000), after
    /// <paramref name="after"/> (exclusive) when given. Fewer rows than asked for means there are no more.
    /// </summary>
    ValueTask<IReadOnlyList<Row>> ScanAsync(string prefix, int take, RowPlace? after, CancellationToken cancel);
}

/// <summary>Where a row is.</summary>
internal sealed record RowPlace(string Partition, string Key);

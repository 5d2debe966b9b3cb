namespace CoordinationBot.Storage;

/// <summary>
/// Rows in partitions, with conditional commits: what Azure Tables offers, and no more. One aggregate is one partition, so that its state,
/// history, outbox and operation ids commit together. Two implementations, one contract test.
/// </summary>
internal interface ITables
{
    /// <summary>The row, or null.</summary>
    ValueTask<Row?> GetAsync(string partition, string key, CancellationToken cancel);

    /// <summary>
    /// Rows of a partition whose key begins with <paramref name="prefix"/> (empty for all), ordered by key (ordinal), at most <paramref name="take"/>
    /// (1 to 1000), after <paramref name="after"/> (a key, exclusive) when given. Fewer rows than asked for means there are no more.
    /// </summary>
    ValueTask<IReadOnlyList<Row>> QueryAsync(string partition, string prefix, int take, string? after, CancellationToken cancel);

    /// <summary>
    /// Applies all changes to one partition or none. It returns after the changes are durable. A condition that does not hold is a value, not
    /// an exception; limits of Azure broken by the caller are an <see cref="ArgumentException"/>; an outage is a <see cref="StorageException"/>.
    /// </summary>
    ValueTask<CommitResult> CommitAsync(string partition, IReadOnlyList<Change> changes, CancellationToken cancel);

    /// <summary>Succeeds when a read could be served now; otherwise throws <see cref="StorageException"/>.</summary>
    ValueTask CheckAsync(CancellationToken cancel);
}

/// <summary>A stored row.</summary>
/// <param name="Partition">Its partition.</param>
/// <param name="Key">Its key in the partition.</param>
/// <param name="Version">Opaque; changes with every write. The condition of a later change.</param>
/// <param name="Data">UTF-8 JSON.</param>
internal sealed record Row(string Partition, string Key, string Version, ReadOnlyMemory<byte> Data);

/// <summary>One change of a commit. A key may occur once in a commit.</summary>
internal abstract record Change(string Key)
{
    /// <summary>A new row; conflicts when the key exists.</summary>
    internal sealed record Insert(string Key, ReadOnlyMemory<byte> Data) : Change(Key);

    /// <summary>Conflicts unless the row is still at this version.</summary>
    internal sealed record Replace(string Key, ReadOnlyMemory<byte> Data, string Version) : Change(Key);

    /// <summary>Writes whatever is there.</summary>
    internal sealed record Upsert(string Key, ReadOnlyMemory<byte> Data) : Change(Key);

    /// <summary>Conflicts unless the row is still at this version; with no version, removes it if it is there. A missing row is no conflict when no version is given.</summary>
    internal sealed record Delete(string Key, string? Version) : Change(Key);
}

/// <summary>What became of a commit.</summary>
/// <param name="ConflictKey">The key whose condition did not hold, or null when everything was written.</param>
/// <param name="Versions">The new version of each inserted, replaced or upserted row, in the order of the changes; null for deletes. Empty on conflict.</param>
internal readonly record struct CommitResult(string? ConflictKey, IReadOnlyList<string?> Versions)
{
    public bool Committed => ConflictKey is null;
}

/// <summary>The store could not be reached or did not answer in time. Nothing is known about the last commit.</summary>
internal sealed class StorageException(string message, Exception inner) : Exception(message, inner);

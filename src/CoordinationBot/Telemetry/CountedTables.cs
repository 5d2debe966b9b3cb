using CoordinationBot.Storage;

namespace CoordinationBot.Telemetry;

/// <summary>Counts what is asked of the tables. There only while somebody collects it.</summary>
internal sealed class CountedTables(ITables inner) : ITables
{
    public ValueTask<Row?> GetAsync(string partition, string key, CancellationToken cancel) => CountedCalls.CountAsync("get", inner.GetAsync(partition, key, cancel));

    public ValueTask<IReadOnlyList<Row>> QueryAsync(string partition, string prefix, int take, string? after, CancellationToken cancel) =>
        CountedCalls.CountAsync("query", inner.QueryAsync(partition, prefix, take, after, cancel));

    public ValueTask<CommitResult> CommitAsync(string partition, IReadOnlyList<Change> changes, CancellationToken cancel) =>
        CountedCalls.CountAsync("commit", inner.CommitAsync(partition, changes, cancel));

    public ValueTask CheckAsync(CancellationToken cancel) => inner.CheckAsync(cancel);
}

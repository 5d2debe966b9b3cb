namespace CoordinationBot.Storage;

/// <summary>Something a caller wants written; applied in a group with others, answered when the group is on disk.</summary>
internal abstract class SqliteWrite
{
    /// <summary>The caller waits no more: not begun is not done.</summary>
    public abstract bool Abandoned { get; }

    /// <summary>On the writer's thread, in a transaction. A condition that does not hold leaves the database as it was.</summary>
    public abstract void Apply(SqliteSession session, SqliteFile file);

    public abstract void Complete();

    public abstract void Fail(StorageException failure);
}

internal abstract class SqliteWrite<T>(CancellationToken cancel) : SqliteWrite
{
    // The writer's thread must never run what a caller does next.
    private readonly TaskCompletionSource<T> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T _result = default!;

    public Task<T> Answer => _answer.Task;

    public override bool Abandoned => cancel.IsCancellationRequested;

    public override void Apply(SqliteSession session, SqliteFile file) => _result = Write(session, file);

    public override void Complete()
    {
        if (Abandoned) _answer.TrySetCanceled(cancel);
        else _answer.TrySetResult(_result);
    }

    public override void Fail(StorageException failure) => _answer.TrySetException(failure);

    protected abstract T Write(SqliteSession session, SqliteFile file);
}

using CoordinationBot.Storage;

namespace CoordinationBot.Telemetry;

/// <summary>Counts what is asked of the work queue. There only while somebody collects it.</summary>
internal sealed class CountedWorkQueue(IWorkQueue inner) : IWorkQueue
{
    public ValueTask EnqueueAsync(WakeUp wakeUp, DateTimeOffset due, CancellationToken cancel) => CountedCalls.CountAsync("enqueue", inner.EnqueueAsync(wakeUp, due, cancel));

    public ValueTask<IReadOnlyList<DueWork>> ReceiveAsync(int max, TimeSpan hide, CancellationToken cancel) => CountedCalls.CountAsync("receive", inner.ReceiveAsync(max, hide, cancel));

    public ValueTask CompleteAsync(DueWork work, CancellationToken cancel) => CountedCalls.CountAsync("complete", inner.CompleteAsync(work, cancel));

    public ValueTask ReleaseAsync(DueWork work, TimeSpan delay, CancellationToken cancel) => CountedCalls.CountAsync("release", inner.ReleaseAsync(work, delay, cancel));

    public ValueTask<DateTimeOffset?> OldestDueAsync(CancellationToken cancel) => inner.OldestDueAsync(cancel);

    public ValueTask CheckAsync(CancellationToken cancel) => inner.CheckAsync(cancel);
}

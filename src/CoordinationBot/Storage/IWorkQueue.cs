namespace CoordinationBot.Storage;

/// <summary>
/// "Wake me at this time with this partition." The row is the truth, a message only a wake-up: enqueue first, then commit; whoever wakes up
/// reads the rows and does what it finds. Any number of hosts work one queue; a wake-up comes at least once. Two implementations, one contract test.
/// </summary>
internal interface IWorkQueue
{
    /// <summary>Durable when it returns. Due times further away than the queue can hide a message are re-enqueued on the way.</summary>
    ValueTask EnqueueAsync(WakeUp wakeUp, DateTimeOffset due, CancellationToken cancel);

    /// <summary>Up to <paramref name="max"/> (1 to 32) wake-ups that are due, hidden from others for <paramref name="hide"/>. Empty when nothing is due; does not wait.</summary>
    ValueTask<IReadOnlyList<DueWork>> ReceiveAsync(int max, TimeSpan hide, CancellationToken cancel);

    /// <summary>Done: never seen again. No error when somebody else has it by now.</summary>
    ValueTask CompleteAsync(DueWork work, CancellationToken cancel);

    /// <summary>Not done: seen again after <paramref name="delay"/>.</summary>
    ValueTask ReleaseAsync(DueWork work, TimeSpan delay, CancellationToken cancel);

    /// <summary>When the oldest wake-up that waits to be received was due; null when none does. What is hidden does not wait.</summary>
    ValueTask<DateTimeOffset?> OldestDueAsync(CancellationToken cancel);

    /// <summary>Puts in a message that nobody sees and takes it out again; otherwise throws <see cref="StorageException"/>.</summary>
    ValueTask CheckAsync(CancellationToken cancel);
}

/// <summary>Which partition to look at.</summary>
/// <param name="Kind">Who looks: the name under which a feature registered, for example <c>delegation</c>.</param>
/// <param name="Partition">The partition.</param>
internal sealed record WakeUp(string Kind, string Partition)
{
    /// <summary>Stands for kind and partition where they must not be shown: a partition may name a person. The same in the log and in <c>poison</c>.</summary>
    public string Id => LoggedNames.Hash($"{Kind}:{Partition}");
}

/// <summary>A wake-up that is due and in our hands for a while.</summary>
/// <param name="WakeUp">What to look at.</param>
/// <param name="Attempt">1 the first time it is seen.</param>
/// <param name="Receipt">Opaque; proves that it is ours.</param>
internal sealed record DueWork(WakeUp WakeUp, int Attempt, string Receipt);

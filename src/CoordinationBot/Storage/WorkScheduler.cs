namespace CoordinationBot.Storage;

/// <summary>
/// The face of due work to the features. Around a commit after which something is left to do:
/// <code>
/// await work.PrepareAsync(wakeUp, cancel);      durable, for later than this turn can last
/// await tables.CommitAsync(…);                  the row says what is due
/// work.Nudge(wakeUp);                           soon, if this host lives
/// </code>
/// If the host dies before the commit, the wake-up finds nothing and is harmless; if it dies after, the wake-up finds the row. To wake up at once would be wrong:
/// the message could be consumed before the commit lands, and then nothing would come back for the row.
/// </summary>
internal sealed class WorkScheduler(IWorkQueue queue, WorkLoop loop, TimeProvider time)
{
    /// <summary>Longer than the deadline of a turn, which ends the commit for which the wake-up is prepared.</summary>
    public static readonly TimeSpan Ahead = TimeSpan.FromSeconds(15);

    /// <summary>Before the commit: somebody looks at the partition soon after it, whatever happens to this host.</summary>
    public ValueTask PrepareAsync(WakeUp wakeUp, CancellationToken cancel) => queue.EnqueueAsync(wakeUp, time.GetUtcNow() + Ahead, cancel);

    /// <summary>Before the commit: somebody looks at the partition at this time, though not so soon that the commit could come after.</summary>
    public ValueTask PrepareAsync(WakeUp wakeUp, DateTimeOffset due, CancellationToken cancel)
    {
        var earliest = time.GetUtcNow() + Ahead;
        return queue.EnqueueAsync(wakeUp, due > earliest ? due : earliest, cancel);
    }

    /// <summary>After the commit: this host looks as soon as it can. Only a hint, which may be lost.</summary>
    public void Nudge(WakeUp wakeUp) => loop.Nudge(wakeUp);
}

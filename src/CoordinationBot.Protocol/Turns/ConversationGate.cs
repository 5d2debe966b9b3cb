namespace CoordinationBot.Protocol.Turns;

/// <summary>
/// Lets one turn of a conversation in at a time, in the order of arrival. Conversations do not wait for each other, and one that nobody waits
/// for takes no memory.
/// </summary>
internal sealed class ConversationGate(int waitingPerConversation)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Key, Queue<Waiter>?> _held = [];

    /// <summary>Number of conversations that have a turn running.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _held.Count;
            }
        }
    }

    /// <summary>
    /// Completes when it is this turn's turn: at once, on the same thread, when the conversation is free. False when too many wait already.
    /// The place in the order is taken before this method returns.
    /// </summary>
    public ValueTask<bool> EnterAsync(Key conversation, CancellationToken cancel)
    {
        Waiter waiter;
        lock (_lock)
        {
            if (_held.TryAdd(conversation, null))
            {
                return new(true);
            }
            var waiting = _held[conversation] ??= new();
            if (waiting.Count >= waitingPerConversation)
            {
                return new(false);
            }
            waiter = new Waiter();
            waiting.Enqueue(waiter);
        }
        return waiter.WaitAsync(cancel);
    }

    /// <summary>Lets the next one in.</summary>
    public void Exit(Key conversation)
    {
        lock (_lock)
        {
            var waiting = _held[conversation];
            while (waiting is not null && waiting.TryDequeue(out var next))
            {
                // One that gave up while waiting refuses the place, and the next one is asked.
                if (next.TrySetResult(true))
                {
                    return;
                }
            }
            _held.Remove(conversation);
        }
    }

    /// <summary>A conversation. Ids are unique within a tenant.</summary>
    internal readonly record struct Key(string Tenant, string Conversation);

    // Continuations run elsewhere: the one that leaves must not run the next turn inside its lock.
    private sealed class Waiter() : TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        public async ValueTask<bool> WaitAsync(CancellationToken cancel)
        {
            using var giveUp = cancel.UnsafeRegister(static (waiter, cancel) => ((Waiter)waiter!).TrySetCanceled(cancel), this);
            return await Task;
        }
    }
}

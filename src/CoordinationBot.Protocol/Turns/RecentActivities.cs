namespace CoordinationBot.Protocol.Turns;

/// <summary>The last activities that took effect, bounded: the oldest is forgotten first. A cache only; the commits decide across hosts and restarts.</summary>
internal sealed class RecentActivities(int capacity)
{
    private readonly Lock _lock = new();
    private readonly HashSet<(ConversationGate.Key Conversation, string Id)> _known = [];
    private readonly Queue<(ConversationGate.Key Conversation, string Id)> _order = new();

    public bool Contains(ConversationGate.Key conversation, string activityId)
    {
        lock (_lock)
        {
            return _known.Contains((conversation, activityId));
        }
    }

    public void Add(ConversationGate.Key conversation, string activityId)
    {
        lock (_lock)
        {
            if (!_known.Add((conversation, activityId)))
            {
                return;
            }
            _order.Enqueue((conversation, activityId));
            if (_order.Count > capacity)
            {
                _known.Remove(_order.Dequeue());
            }
        }
    }
}

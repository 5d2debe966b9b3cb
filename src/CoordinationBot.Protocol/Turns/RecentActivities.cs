namespace CoordinationBot.Protocol.Turns;

/// <summary>
/// The operations that took effect last, bounded: the oldest is forgotten first. A cache only; the commits decide across hosts and restarts. Kept as
/// numbers: thousands of texts that each live through thousands of turns were half of what the garbage collector had to carry.
/// </summary>
internal sealed class RecentActivities(int capacity)
{
    private readonly Lock _lock = new();
    private readonly HashSet<UInt128> _known = [];
    private readonly Queue<UInt128> _order = new();

    public bool Contains(UInt128 operation)
    {
        lock (_lock)
        {
            return _known.Contains(operation);
        }
    }

    public void Add(UInt128 operation)
    {
        lock (_lock)
        {
            if (!_known.Add(operation))
            {
                return;
            }
            _order.Enqueue(operation);
            if (_order.Count > capacity)
            {
                _known.Remove(_order.Dequeue());
            }
        }
    }
}

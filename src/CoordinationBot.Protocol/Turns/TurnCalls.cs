using Span = System.Diagnostics.Activity;

namespace CoordinationBot.Protocol.Turns;

/// <summary>How often a turn asked the store and the channel. Counted with the span of the turn, and so only while somebody listens to it.</summary>
public sealed class TurnCalls
{
    private const string Property = "calls";

    private int _storage;
    private int _connector;

    private TurnCalls()
    {
    }

    /// <summary>Calls of the store.</summary>
    internal int Storage => Volatile.Read(ref _storage);

    /// <summary>Calls of the connector, however often each was tried.</summary>
    internal int Connector => Volatile.Read(ref _connector);

    /// <summary>Counts a call of the store for the turn that makes it; nothing outside of one.</summary>
    public static void AddStorage()
    {
        if (Current is { } calls)
        {
            Interlocked.Increment(ref calls._storage);
        }
    }

    internal static void AddConnector()
    {
        if (Current is { } calls)
        {
            Interlocked.Increment(ref calls._connector);
        }
    }

    internal static TurnCalls Attach(Span span)
    {
        var calls = new TurnCalls();
        span.SetCustomProperty(Property, calls);
        return calls;
    }

    // A client of the cloud may have begun a span of its own within that of the turn.
    private static TurnCalls? Current
    {
        get
        {
            for (var span = Span.Current; span is not null; span = span.Parent)
            {
                if (span.GetCustomProperty(Property) is TurnCalls calls)
                {
                    return calls;
                }
            }
            return null;
        }
    }
}

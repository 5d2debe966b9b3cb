namespace CoordinationBot.Storage;

/// <summary>
/// Looks at a partition and does what is due there. It is called at least once for each wake-up, possibly on two hosts at a time, and finds
/// nothing to do when the commit it was prepared for never came.
/// </summary>
internal delegate ValueTask WorkHandler(WakeUp wakeUp, CancellationToken cancel);

/// <summary>Which handler looks when a kind wakes up. Filled while the host is built, read from then on.</summary>
internal sealed class WorkHandlers
{
    private readonly Dictionary<string, WorkHandler> _handlers = new(StringComparer.Ordinal);

    public void Add(string kind, WorkHandler handler)
    {
        WorkLimits.Check(new WakeUp(kind, kind));
        if (!_handlers.TryAdd(kind, handler)) throw new InvalidOperationException($"Two handlers are registered for work of kind {kind}.");
    }

    /// <summary>Another feature looks too when this kind wakes up, after those before it. If one fails, all look again.</summary>
    public void Also(string kind, WorkHandler handler)
    {
        var before = _handlers[kind];
        _handlers[kind] = async (wakeUp, cancel) =>
        {
            await before(wakeUp, cancel);
            await handler(wakeUp, cancel);
        };
    }

    public WorkHandler? Find(string kind) => _handlers.GetValueOrDefault(kind);
}

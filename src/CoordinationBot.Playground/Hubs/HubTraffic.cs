using System.Text.Json.Nodes;

namespace CoordinationBot.Playground.Hubs;

/// <summary>Who asked whom.</summary>
public enum ExchangeDirection
{
    ToBot,
    FromBot,
}

/// <summary>One request through the hub and its answer.</summary>
/// <param name="Sequence">Counts from 1.</param>
/// <param name="Direction">Who asked.</param>
/// <param name="Person">Key of the person whose window it was (from the bot: the first of them); null if nobody's.</param>
/// <param name="Method">HTTP method.</param>
/// <param name="Path">From the bot: the path after the service address, unescaped.</param>
/// <param name="Body">The activity or other body.</param>
/// <param name="Status">HTTP status of the answer.</param>
/// <param name="Answer">Its body.</param>
public sealed record Exchange(long Sequence, ExchangeDirection Direction, string? Person, string Method, string Path, JsonNode? Body, int Status, JsonNode? Answer)
{
    /// <summary>The connector did not answer so by itself: a test had asked for a failure.</summary>
    public bool Faked { get; init; }

    /// <summary>The activity's type, e.g. <c>message</c>.</summary>
    public string? Type => (Body as JsonObject)?["type"]?.ToString();

    /// <summary>The activity's text.</summary>
    public string? Text => (Body as JsonObject)?["text"]?.ToString();
}

/// <summary>What went through the hub, oldest first.</summary>
public sealed class HubTraffic
{
    private readonly Lock _gate = new();
    private readonly List<Exchange> _exchanges = [];
    private readonly bool _kept;
    private TaskCompletionSource _changed = NewSignal();
    private long _sequence;

    internal HubTraffic(bool kept) => _kept = kept;

    /// <summary>Sequence of the newest exchange.</summary>
    public long Latest => Interlocked.Read(ref _sequence);

    public IReadOnlyList<Exchange> All
    {
        get
        {
            lock (_gate) return [.. _exchanges];
        }
    }

    public IReadOnlyList<Exchange> ToBot => [.. All.Where(e => e.Direction == ExchangeDirection.ToBot)];

    public IReadOnlyList<Exchange> FromBot => [.. All.Where(e => e.Direction == ExchangeDirection.FromBot)];

    /// <summary>The first exchange after <paramref name="since"/> that passes the test, now or when it comes.</summary>
    /// <exception cref="TimeoutException">None came in time (10 s unless said).</exception>
    public async Task<Exchange> WaitForAsync(Func<Exchange, bool> test, long since = 0, TimeSpan? timeout = null, CancellationToken cancel = default)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        deadline.CancelAfter(timeout ?? TimeSpan.FromSeconds(10));
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                if (_exchanges.FirstOrDefault(e => e.Sequence > since && test(e)) is { } found) return found;
                changed = _changed.Task;
            }

            try
            {
                await changed.WaitAsync(deadline.Token);
            }
            catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
            {
                throw new TimeoutException("No such exchange went through the hub. The last ones: "
                    + string.Join("; ", All.TakeLast(8).Select(e => $"{e.Direction} {e.Method} {e.Path} {e.Type} {e.Status}")));
            }
        }
    }

    internal void Add(Exchange exchange)
    {
        if (!_kept) return;
        TaskCompletionSource changed;
        lock (_gate)
        {
            _exchanges.Add(exchange with { Sequence = ++_sequence });
            changed = _changed;
            _changed = NewSignal();
        }

        changed.SetResult();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

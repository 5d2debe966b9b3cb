using System.Diagnostics;
using System.Diagnostics.Metrics;
using Span = System.Diagnostics.Activity;

namespace CoordinationBot.Protocol.Turns;

/// <summary>
/// One turn as those see it who run the host: a span and figures, by route and outcome. Never who, where or what was said. While nobody
/// listens it is two looks at a field.
/// </summary>
internal readonly struct TurnMeasure
{
    private static readonly ActivitySource Source = new(TurnRunner.TelemetryName);
    private static readonly Meter Meter = new(TurnRunner.TelemetryName);
    private static readonly Counter<long> Turns = Meter.CreateCounter<long>("coordinationbot.turns", description: "Turns, by route and outcome");

    // By route alone: with the outcomes beside it there would be thousands of series.
    private static readonly Histogram<double> Duration = Meter.CreateHistogram<double>("coordinationbot.turn.duration", "s", "How long turns took, waiting and answering included, by route");

    private readonly Span? _span;
    private readonly TurnCalls? _calls;
    private readonly long _began;

    private TurnMeasure(Span? span, long began)
    {
        (_span, _began) = (span, began);
        _calls = span is null ? null : TurnCalls.Attach(span);
    }

    public static TurnMeasure Begin(TimeProvider clock) => new(Source.StartActivity("turn", ActivityKind.Server), clock.GetTimestamp());

    public void End(in TurnRoute route, TurnOutcome outcome, TimeProvider clock)
    {
        if (_span is null && !Turns.Enabled && !Duration.Enabled)
        {
            return;
        }
        var (name, ended) = (NameOf(route), outcome.ToString());
        Turns.Add(1, new("route", name), new("outcome", ended));
        Duration.Record(clock.GetElapsedTime(_began).TotalSeconds, new KeyValuePair<string, object?>("route", name));
        if (_span is null)
        {
            return;
        }
        _span.DisplayName = name;
        _span.SetTag("coordinationbot.route", name);
        _span.SetTag("coordinationbot.outcome", ended);
        _span.SetTag("coordinationbot.storage.calls", _calls!.Storage);
        _span.SetTag("coordinationbot.connector.calls", _calls.Connector);
        if (outcome is TurnOutcome.Failed or TurnOutcome.Unanswered)
        {
            _span.SetStatus(ActivityStatusCode.Error);
        }
        _span.Dispose();
    }

    /// <summary>The verb of a button comes from the client. Where nobody registered it, it could be any text.</summary>
    private static string NameOf(in TurnRoute route) =>
        route.Kind is TurnKind.Invoke or TurnKind.Submit && route.Handler is null ? $"{route.Prefix}:unknown"
        : route.Key.Length == 0 ? route.Prefix
        : $"{route.Prefix}:{route.Key}";
}

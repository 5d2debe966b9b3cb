using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using CoordinationBot.Protocol.Turns;
using Span = System.Diagnostics.Activity;

namespace CoordinationBot.Protocol.Tests.Turns;

/// <summary>What is told of turns to those who run the host. Other tests run turns meanwhile, so each looks for routes of its own.</summary>
public sealed class TurnMeasureTests : IDisposable
{
    private readonly Stage _stage = new();
    private readonly ConcurrentQueue<Span> _spans = new();
    private readonly ConcurrentQueue<(string Instrument, string Tags)> _figures = new();
    private readonly ActivityListener _listener;
    private readonly MeterListener _meters = new();

    public TurnMeasureTests()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == TurnRunner.TelemetryName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = _spans.Enqueue,
        };
        ActivitySource.AddActivityListener(_listener);
        _meters.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == TurnRunner.TelemetryName) listener.EnableMeasurementEvents(instrument);
        };
        _meters.SetMeasurementEventCallback<long>((instrument, _, tags, _) => _figures.Enqueue((instrument.Name, string.Join(' ', tags.ToArray()))));
        _meters.SetMeasurementEventCallback<double>((instrument, _, tags, _) => _figures.Enqueue((instrument.Name, string.Join(' ', tags.ToArray()))));
        _meters.Start();
    }

    public void Dispose()
    {
        _listener.Dispose();
        _meters.Dispose();
    }

    [Theory]
    [InlineData("said", "Said", 1)]
    [InlineData("silent", "Silent", 0)]
    [InlineData("refused", "Refused", 1)]
    [InlineData("failed", "Failed", 1)]
    public async Task A_turn_is_a_span_with_its_route_its_outcome_and_its_calls(string kind, string outcome, int calls)
    {
        var words = $"measured {kind}";
        _stage.Routes.Command(new CommandRoute(words, CommandArgument.None, "", (_, _) =>
        {
            TurnCalls.AddStorage();
            TurnCalls.AddStorage();
            return kind switch
            {
                "said" => new(new TurnResult.Say("Done.")),
                "silent" => new(TurnResult.Nothing.Instance),
                "refused" => new(new TurnResult.Refused("No.")),
                _ => throw new InvalidOperationException("secret"),
            };
        }));
        await _stage.Say(words);

        var span = Assert.Single(_spans, span => span.DisplayName == $"command:{words}");
        Assert.Equal(
            [("coordinationbot.route", $"command:{words}"), ("coordinationbot.outcome", outcome), ("coordinationbot.storage.calls", 2), ("coordinationbot.connector.calls", calls)],
            span.TagObjects.Select(tag => (tag.Key, tag.Value!)));
        Assert.Equal(outcome == "Failed" ? ActivityStatusCode.Error : ActivityStatusCode.Unset, span.Status);
        Assert.Null(span.StatusDescription);
        Assert.Empty(span.Events);
        Assert.Contains(("coordinationbot.turns", $"[route, command:{words}] [outcome, {outcome}]"), _figures);
        Assert.Contains(("coordinationbot.turn.duration", $"[route, command:{words}]"), _figures);
        Assert.Null(Span.Current);
    }

    [Fact]
    public async Task A_verb_that_nobody_registered_is_not_repeated()
    {
        await _stage.Run(_stage.Invoke("Ann Smith said so"));
        Assert.Contains(_spans, span => span.DisplayName == "action:unknown");
        Assert.DoesNotContain(_figures, figure => figure.Tags.Contains("Ann", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_redelivery_is_counted_as_one()
    {
        _stage.Routes.Command(new CommandRoute("measured twice", CommandArgument.None, "", Stage.Says("Done.")));
        var message = _stage.Message("measured twice");
        await _stage.Run(message);
        await _stage.Run(message);
        Assert.Equal(["Said", "Repeated"], _spans.Where(span => span.DisplayName == "command:measured twice").Select(span => span.GetTagItem("coordinationbot.outcome")));
    }
}

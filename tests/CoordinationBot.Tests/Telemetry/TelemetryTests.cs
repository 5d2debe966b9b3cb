using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;
using CoordinationBot.Protocol.Connector;
using CoordinationBot.Protocol.Turns;
using CoordinationBot.Storage;
using CoordinationBot.Telemetry;
using CoordinationBot.Tests.Scenarios;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Trace;

namespace CoordinationBot.Tests.Telemetry;

/// <summary>What is told of turns to those who run the host: that they were, how they ended and what they cost; never whose they were or what was said.</summary>
public sealed class TelemetryTests
{
    private const string Words = "Zebra figures for the auditors";
    private const string Storage = "coordinationbot.storage.calls";

    /// <summary>Names, ids and words of the people of an office.</summary>
    private static IEnumerable<string> Personal(TestOffice office) =>
        [Words, "Zebra", TestOffice.Tenant, .. office.Teams.People.Values.SelectMany(person => (string[])[person.Name, person.Name.Split(' ')[0], person.ObjectId, person.TeamsId, person.Chat])];

    private static async Task WorkAsync(TestOffice office)
    {
        await office.InstallAsync("ann", "bob");
        await office.SaysAsync("ann", $"delegate \"{Words}\" to Bob");
        await office.SaysAsync("ann", "my tasks");
        await office.SaysAsync("bob", "waiting");
        await office.InvokesAsync("bob", "Ann said Zebra", null);
        await office.QuietAsync();
    }

    [Fact]
    public async Task A_turn_is_a_span_that_says_what_it_cost_and_nothing_of_the_person()
    {
        var (spans, figures) = (new ConcurrentQueue<Activity>(), new ConcurrentQueue<string>());
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == TurnRunner.TelemetryName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = spans.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        using var meters = new MeterListener
        {
            InstrumentPublished = (instrument, listening) =>
            {
                if (instrument.Meter.Name is TurnRunner.TelemetryName or ConnectorClient.MeterName or StorageMeasures.MeterName) listening.EnableMeasurementEvents(instrument);
            },
        };
        void Note(Instrument instrument, ReadOnlySpan<KeyValuePair<string, object?>> tags) => figures.Enqueue($"{instrument.Name} {string.Join(' ', tags.ToArray())}");
        meters.SetMeasurementEventCallback<long>((instrument, _, tags, _) => Note(instrument, tags));
        meters.SetMeasurementEventCallback<int>((instrument, _, tags, _) => Note(instrument, tags));
        meters.SetMeasurementEventCallback<double>((instrument, _, tags, _) => Note(instrument, tags));
        meters.Start();

        await using var office = new TestOffice(services => services.CountStorage());
        using var gauge = new WorkGauge(office.Services.GetRequiredService<WorkLoop>());
        await WorkAsync(office);
        meters.RecordObservableInstruments();

        // Other scenarios run meanwhile, without counting their storage.
        var span = Assert.Single(spans, span => span.DisplayName == "command:my tasks" && span.GetTagItem(Storage) is > 0);
        Assert.Equal(["coordinationbot.route", "coordinationbot.outcome", Storage, "coordinationbot.connector.calls"], span.TagObjects.Select(tag => tag.Key));
        Assert.Equal(("command:my tasks", "Shown", 1), (span.GetTagItem("coordinationbot.route"), span.GetTagItem("coordinationbot.outcome"), span.GetTagItem("coordinationbot.connector.calls")));
        Assert.Contains(spans, span => span.DisplayName == "action:unknown");
        var told = string.Join('\n', [.. figures, .. spans.Select(Everything)]);
        Assert.All(Personal(office), personal => Assert.DoesNotContain(personal, told));
        Assert.All(
            (string[])[
                "coordinationbot.turns [route, command:my tasks] [outcome, Shown]", "coordinationbot.turn.duration [route, command:my tasks]", "coordinationbot.connector.calls [outcome, Ok]",
                "coordinationbot.storage.calls [operation, get] [outcome, Ok]", "coordinationbot.storage.calls [operation, commit] [outcome, Ok]", "coordinationbot.work.in_hand "],
            figure => Assert.Contains(figure, figures));
    }

    [Fact]
    public async Task Where_a_collector_is_set_everything_goes_there()
    {
        await using var collector = await Collector.StartAsync();
        string[] personal;
        await using (var office = new TestOffice(web: web => web
            .UseSetting(TelemetryFeature.Endpoint, collector.Address)
            .UseSetting("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf")
            .UseSetting("OTEL_METRIC_EXPORT_INTERVAL", "100")))
        {
            personal = [.. Personal(office)];
            await WorkAsync(office);
            office.Store.Fails = (_, _) => true;
            await office.SaysAsync("ann", "my tasks");
            office.Store.Fails = (_, _) => false;
            await office.RestsAsync();
            await collector.UntilAsync("/v1/metrics", "coordinationbot.work.in_hand");
        }
        var traces = await collector.UntilAsync("/v1/traces", "command:my tasks", "coordinationbot.outcome", "Failed", Storage, "coordinationbot");
        var figures = await collector.UntilAsync("/v1/metrics", "coordinationbot.turn.duration", Storage, "command:my tasks");
        var logs = await collector.UntilAsync("/v1/logs", "E-");
        Assert.All(personal, words => Assert.DoesNotContain(words, traces));
        Assert.All((string[])["Zebra", "Ann Abel"], words => Assert.DoesNotContain(words, figures + logs));
    }

    [Fact]
    public async Task Without_a_collector_nothing_is_there_for_it()
    {
        await using var office = new TestOffice();
        Assert.Null(office.Services.GetService<TracerProvider>());
        await office.InstallAsync("ann");
        Assert.Contains("What you can do now", (await office.SaysAsync("ann", "help")).Words);
    }

    private static string Everything(Activity span) => string.Join(
        ' ',
        [span.DisplayName, span.StatusDescription ?? "", .. span.TagObjects.Select(tag => string.Create(CultureInfo.InvariantCulture, $"{tag.Key} {tag.Value}")), .. span.Baggage.Select(tag => $"{tag.Key} {tag.Value}"), .. span.Events.Select(happened => happened.Name)]);
}

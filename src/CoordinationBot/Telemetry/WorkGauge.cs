using System.Diagnostics.Metrics;
using CoordinationBot.Storage;

namespace CoordinationBot.Telemetry;

/// <summary>How many partitions are looked at on this host, or wait for it.</summary>
internal sealed class WorkGauge : IDisposable
{
    private readonly Meter _meter = new(StorageMeasures.MeterName);

    public WorkGauge(WorkLoop loop) => _meter.CreateObservableGauge("coordinationbot.work.in_hand", () => loop.AtWork, description: "Partitions that due work is run on, or waits for");

    public void Dispose() => _meter.Dispose();
}

using System.Diagnostics.Metrics;

namespace CoordinationBot.Storage;

/// <summary>Figures for whoever runs the host. They name kinds and never partitions, which may name a person.</summary>
internal static class StorageMeasures
{
    public const string MeterName = "CoordinationBot.Storage";

    private static readonly Meter Meter = new(MeterName);
    private static readonly Counter<long> Work = Meter.CreateCounter<long>("coordinationbot.work", description: "Due work, by kind and outcome: Done, Failed, Poisoned");
    private static readonly Counter<long> Calls = Meter.CreateCounter<long>("coordinationbot.storage.calls", description: "Calls of the store, by operation and outcome: Ok, Failed");

    public static void Ran(string kind, string outcome) => Work.Add(1, new("kind", kind), new("outcome", outcome));

    public static void Called(string operation, string outcome) => Calls.Add(1, new("operation", operation), new("outcome", outcome));
}

using CoordinationBot.Protocol.Connector;
using CoordinationBot.Protocol.Turns;
using CoordinationBot.Storage;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace CoordinationBot.Telemetry;

/// <summary>
/// Traces, figures and logs by OTLP, where the standard setting says where to. Without it nothing is added, so nothing is loaded. Only our own spans:
/// those of the web server and of HTTP clients hold addresses, and with them ids of conversations and secrets of links.
/// </summary>
internal static class TelemetryFeature
{
    public const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>After the storage, whose calls it counts.</summary>
    public static IServiceCollection AddTelemetry(this IServiceCollection services, IConfiguration configuration)
    {
        if (!string.IsNullOrWhiteSpace(configuration[Endpoint]))
        {
            services.CountStorage();
            services.Export(configuration["OTEL_SERVICE_NAME"] ?? "coordinationbot");
        }
        return services;
    }

    internal static void CountStorage(this IServiceCollection services)
    {
        Around<ITables>(services, inner => new CountedTables(inner));
        Around<IWorkQueue>(services, inner => new CountedWorkQueue(inner));
    }

    private static void Export(this IServiceCollection services, string name) => services.AddOpenTelemetry()
        .ConfigureResource(host => host.AddService(name, serviceVersion: typeof(TelemetryFeature).Assembly.GetName().Version?.ToString()))
        .WithTracing(traces => traces.AddSource(TurnRunner.TelemetryName))
        .WithMetrics(figures => figures
            .AddMeter(TurnRunner.TelemetryName, ConnectorClient.MeterName, StorageMeasures.MeterName, "System.Runtime")
            .AddInstrumentation(provider => new WorkGauge(provider.GetRequiredService<WorkLoop>())))
        .WithLogging()
        .UseOtlpExporter();

    private static void Around<T>(IServiceCollection services, Func<T, T> around)
        where T : class
    {
        var inner = services.Last(known => known.ServiceType == typeof(T));
        services.AddSingleton(provider => around((T)(inner.ImplementationFactory?.Invoke(provider) ?? ActivatorUtilities.CreateInstance(provider, inner.ImplementationType!))));
    }
}

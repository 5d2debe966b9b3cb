using System.Diagnostics;
using System.Text.Json;
using CoordinationBot.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace CoordinationBot.Benchmarks.Hosts;

/// <summary>
/// The real host in a process of its own: its own entry point, with nothing changed but where the connector's allowed host is to be found
/// (the token goes to https addresses of exact hosts only, and the channel of a benchmark is on loopback).
/// </summary>
internal static class HostChild
{
    public const string Name = "host";

    public const string Record = "--record";

    public static async Task<int> RunAsync(string[] arguments)
    {
        var recorder = arguments.Contains(Record) ? new Recorder() : null;
        var connector = new Uri(Environment.GetEnvironmentVariable("BENCHMARK_CONNECTOR") ?? throw new InvalidOperationException("BENCHMARK_CONNECTOR is not set."));
        var background = new Background();
        using var listening = DiagnosticListener.AllListeners.Subscribe(new Listeners(services => Change(services, connector, recorder), host => background.Found(host.Services)));
        Child.Answer(question => question == "calls" ? JsonSerializer.Serialize(recorder?.Take() ?? []) : background.Answer(question));
        // The entry point of an asynchronous Main waits, so it gets a thread.
        await Task.Run(() => typeof(ITables).Assembly.EntryPoint!.Invoke(null, [Array.Empty<string>()]));
        return 0;
    }

    private static void Change(IServiceCollection services, Uri connector, Recorder? recorder)
    {
        services.AddHttpClient("connector").ConfigurePrimaryHttpMessageHandler(() => new ToLoopback(connector, recorder));
        if (recorder is null)
        {
            return;
        }
        services.AddSingleton(recorder);
        services.Replace(ServiceDescriptor.Singleton<ITables>(provider => new RecordingTables(new SqliteTables(provider.GetRequiredService<SqliteFile>()), recorder)));
        services.Replace(ServiceDescriptor.Singleton<IWorkQueue>(provider =>
            new RecordingQueue(new SqliteWorkQueue(provider.GetRequiredService<SqliteFile>(), provider.GetRequiredService<TimeProvider>()), recorder)));
    }

    private sealed class ToLoopback(Uri connector, Recorder? recorder) : DelegatingHandler(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        ActivityHeadersPropagator = null,
    })
    {
        private readonly string _base = connector.GetLeftPart(UriPartial.Authority);

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            recorder?.Add(new("send", request.RequestUri!.PathAndQuery, request.Method.Method, Body: await request.Content!.ReadAsStringAsync(cancellationToken)));
            // Not the host's work, but nothing to speak of. No two replies have the same address: to remember them would fill the memory.
            request.RequestUri = new Uri(_base + request.RequestUri!.PathAndQuery);
            return await base.SendAsync(request, cancellationToken);
        }
    }

    private sealed class Listeners(Action<IServiceCollection> change, Action<IHost> built) : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>
    {
        public void OnNext(DiagnosticListener value)
        {
            if (value.Name == "Microsoft.Extensions.Hosting")
            {
                value.Subscribe(this);
            }
        }

        public void OnNext(KeyValuePair<string, object?> value)
        {
            if (value is { Key: "HostBuilding", Value: IHostBuilder builder })
            {
                builder.ConfigureServices(change);
            }
            if (value is { Key: "HostBuilt", Value: IHost host })
            {
                built(host);
            }
        }

        public void OnCompleted()
        {
        }

        public void OnError(Exception error)
        {
        }
    }
}

using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CoordinationBot.Tests.Telemetry;

/// <summary>Takes what is sent by OTLP over HTTP. In its binary form texts stand as they are.</summary>
internal sealed class Collector : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<(string Path, string Body)> _received = new();

    private Collector(WebApplication app) => _app = app;

    public string Address => _app.Urls.Single();

    /// <summary>What came to a path, as soon as each of these texts is in it. The factory may say that a host has ended while the host still sends its last.</summary>
    public async Task<string> UntilAsync(string path, params string[] texts)
    {
        for (var since = TimeProvider.System.GetTimestamp(); ; await Task.Delay(10))
        {
            var received = string.Concat(_received.Where(message => message.Path == path).Select(message => message.Body));
            var missing = texts.Where(text => !received.Contains(text, StringComparison.Ordinal)).ToList();
            if (missing.Count == 0)
            {
                return received;
            }
            if (TimeProvider.System.GetElapsedTime(since) > TimeSpan.FromSeconds(10))
            {
                throw new TimeoutException($"Nothing with '{string.Join("', '", missing)}' came to {path}.");
            }
        }
    }

    public static async Task<Collector> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var collector = new Collector(builder.Build());
        collector._app.Run(collector.TakeAsync);
        await collector._app.StartAsync();
        return collector;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        _received.Enqueue((context.Request.Path.Value!, Encoding.UTF8.GetString(body.ToArray())));
    }
}

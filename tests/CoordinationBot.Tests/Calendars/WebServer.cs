using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CoordinationBot.Tests.Calendars;

/// <summary>A server on loopback that answers as a test says.</summary>
internal sealed class WebServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private int _asked;

    private WebServer()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.Run(context =>
        {
            Interlocked.Increment(ref _asked);
            return Answer(context);
        });
    }

    public Func<HttpContext, Task> Answer { get; set; } = context => context.Response.WriteAsync("");

    /// <summary>How often it was asked.</summary>
    public int Asked => Volatile.Read(ref _asked);

    public Uri Address => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    public static async Task<WebServer> StartAsync(Func<HttpContext, Task> answer)
    {
        var server = new WebServer { Answer = answer };
        await server._app.StartAsync();
        return server;
    }

    public Uri At(string path) => new(Address, path);

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}

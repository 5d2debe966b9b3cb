using System.Collections.Concurrent;
using Azure.Core;
using CoordinationBot.Protocol.Connector;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;

namespace CoordinationBot.Protocol.Tests.Connector;

/// <summary>A channel on loopback that answers as it is told, and a client of it.</summary>
internal sealed class ScriptedChannel : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<Func<HttpContext, Task>> _script = new();
    private ServiceProvider? _services;

    private ScriptedChannel()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.Run(AnswerAsync);
    }

    public ConcurrentQueue<Request> Requests { get; } = new();

    public CountingCredential Credential { get; } = new();

    public ConnectorOptions Options { get; } = new() { FirstDelay = TimeSpan.FromMilliseconds(10), LongestDelay = TimeSpan.FromSeconds(3) };

    public string Url { get; private set; } = "";

    public ServiceUrlPolicy Policy { get; set; } = ServiceUrlPolicy.LoopbackOnly;

    public bool IsTrial { get; set; }

    public ConversationReference Chat => new(Url + "/amer/", "19:a@thread.tacv2;messageid=1/2", "tenant", "28:bot");

    public ConnectorClient Client => (_services ??= Services()).GetRequiredService<ConnectorClient>();

    public static async Task<ScriptedChannel> StartAsync()
    {
        var channel = new ScriptedChannel();
        await channel._app.StartAsync();
        channel.Url = channel._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        return channel;
    }

    /// <summary>The next request is answered so; when nothing is left, with 200 and an id.</summary>
    public ScriptedChannel Then(int status, string body = "", string? retryAfter = null, string? location = null) => Then(async context =>
    {
        context.Response.StatusCode = status;
        if (retryAfter is not null)
        {
            context.Response.Headers.RetryAfter = retryAfter;
        }
        if (location is not null)
        {
            context.Response.Headers.Location = location;
        }
        await context.Response.WriteAsync(body);
    });

    public ScriptedChannel Then(Func<HttpContext, Task> answer)
    {
        _script.Enqueue(answer);
        return this;
    }

    public static string Error(string code) => $$"""{"error":{"code":"{{code}}","message":"for the log"} }""";

    public async ValueTask DisposeAsync()
    {
        if (_services is not null)
        {
            await _services.DisposeAsync();
        }
        await _app.DisposeAsync();
    }

    private ServiceProvider Services()
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton(Policy);
        services.AddSingleton(new BotToken(IsTrial ? null : Credential, "https://api.botframework.com/.default", TimeProvider.System));
        services.AddConnector();
        services.Configure<ConnectorOptions>(options =>
        {
            options.FirstDelay = Options.FirstDelay;
            options.LongestDelay = Options.LongestDelay;
            options.TryTimeout = Options.TryTimeout;
            options.Deadline = Options.Deadline;
        });
        return services.BuildServiceProvider();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        using var body = new StreamReader(context.Request.Body);
        Requests.Enqueue(new Request(
            context.Request.Method,
            context.Features.Get<IHttpRequestFeature>()!.RawTarget,
            await body.ReadToEndAsync(),
            context.Request.Headers.Authorization.ToString(),
            TimeProvider.System.GetTimestamp()));
        if (_script.TryDequeue(out var answer))
        {
            await answer(context);
        }
        else
        {
            await context.Response.WriteAsync("""{"id":"sent"}""");
        }
    }

    internal sealed record Request(string Method, string Target, string Body, string Authorization, long At);

    internal sealed class CountingCredential : TokenCredential
    {
        private int _asked;

        public int Asked => _asked;

        public TimeSpan Lives { get; set; } = TimeSpan.FromHours(1);

        public string? Scope { get; private set; }

        public Func<int, Task> Before { get; set; } = _ => Task.Delay(50);

        public TimeProvider Clock { get; set; } = TimeProvider.System;

        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) => throw new NotSupportedException();

        public override async ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken)
        {
            var number = Interlocked.Increment(ref _asked);
            Scope = requestContext.Scopes.Single();
            await Before(number);
            return new AccessToken($"token-{number}", Clock.GetUtcNow() + Lives);
        }
    }
}

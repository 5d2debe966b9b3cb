using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using CoordinationBot.Protocol.Activities;
using CoordinationBot.Protocol.Hosting;
using CoordinationBot.Protocol.Turns;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace CoordinationBot.Protocol.Tests.Hosting;

/// <summary>A host with nothing in it but the endpoint; its turns are written down.</summary>
internal sealed class BotUnderTest : IAsyncDisposable
{
    public const string Tenant = "aaaaaaaa-0000-0000-0000-000000000001";

    private readonly HttpClient _http;

    private BotUnderTest(WebApplication app, HttpClient http, FakeTimeProvider time, LogLines log)
    {
        App = app;
        _http = http;
        Time = time;
        Log = log;
    }

    public WebApplication App { get; }

    public FakeTimeProvider Time { get; }

    public LogLines Log { get; }

    public DateTimeOffset Now => Time.GetUtcNow();

    /// <summary>What got through to the turns.</summary>
    public ConcurrentQueue<Activity> Turns { get; } = new();

    /// <summary>What the turns answer.</summary>
    public Func<Activity, TurnResponse> Answer { get; set; } = _ => new(200);

    /// <summary>Turns end when this has.</summary>
    public Task Until { get; set; } = Task.CompletedTask;

    public BotAuthentication Authentication => App.Services.GetRequiredService<BotAuthentication>();

    /// <summary>A built host that does not listen yet.</summary>
    public static (WebApplication App, FakeTimeProvider Time, LogLines Log, Func<BotUnderTest?> Bot, Action<BotUnderTest> Use) Build(
        Dictionary<string, string?> settings, string environment, bool kestrel)
    {
        var builder = WebApplication.CreateEmptyBuilder(new() { EnvironmentName = environment });
        builder.Configuration.AddInMemoryCollection(settings);
        if (kestrel)
        {
            builder.WebHost.UseKestrelCore();
        }
        else
        {
            builder.WebHost.UseTestServer();
        }
        var log = new LogLines();
        builder.Logging.AddProvider(log);
        var time = new FakeTimeProvider(new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));
        builder.Services.AddSingleton<TimeProvider>(time);
        builder.Services.AddRoutingCore();
        BotUnderTest? bot = null;
        builder.Services.AddSingleton<TurnDelegate>(async (activity, _) =>
        {
            bot!.Turns.Enqueue(activity);
            await bot.Until;
            return bot.Answer(activity);
        });
        builder.Services.AddBot(builder.Configuration);
        var app = builder.Build();
        app.UseRouting();
        app.MapBot();
        return (app, time, log, () => bot, value => bot = value);
    }

    public static async Task<BotUnderTest> StartAsync(Dictionary<string, string?> settings, string environment = "Production", bool kestrel = false)
    {
        var (app, time, log, _, use) = Build(settings, environment, kestrel);
        try
        {
            await app.StartAsync(TestContext.Current.CancellationToken);
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
        var bot = new BotUnderTest(app, kestrel ? new() { BaseAddress = new(app.Urls.First()) } : app.GetTestClient(), time, log);
        use(bot);
        return bot;
    }

    /// <summary>A configured host that has fetched its keys.</summary>
    public static async Task<BotUnderTest> StartAsync(KeyServer keys, bool kestrel = false, params (string Key, string? Value)[] more)
    {
        var bot = await StartAsync(Settings(keys.Metadata, more), kestrel: kestrel);
        if (!keys.IsDown)
        {
            await bot.HasKeysAsync();
        }
        return bot;
    }

    public static Dictionary<string, string?> Settings(string? metadata, params (string Key, string? Value)[] more)
    {
        var settings = new Dictionary<string, string?>
        {
            ["Bot:AppId"] = Tokens.AppId,
            ["Bot:TenantId"] = Tenant,
            ["Bot:OpenIdMetadata"] = metadata,
            ["urls"] = "http://127.0.0.1:0",
        };
        foreach (var (key, value) in more)
        {
            settings[key] = value;
        }
        return settings;
    }

    public async Task HasKeysAsync()
    {
        for (var tries = 0; !Authentication.HasKeys; tries++)
        {
            Assert.True(tries < 500, "No keys after five seconds.");
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
    }

    public string Token(Action<JsonObject>? change = null, TestKey? key = null) => Tokens.Signed(Now, change, key);

    /// <summary>A message as Teams sends it in a personal chat.</summary>
    public static JsonObject Message() => new()
    {
        ["type"] = "message",
        ["id"] = "1485983408511",
        ["timestamp"] = "2026-11-23T12:00:00.123Z",
        ["serviceUrl"] = Tokens.ServiceUrl,
        ["channelId"] = "msteams",
        ["from"] = new JsonObject { ["id"] = "29:ann", ["name"] = "Ann", ["aadObjectId"] = "bbbbbbbb-0000-0000-0000-000000000001" },
        ["conversation"] = new JsonObject { ["conversationType"] = "personal", ["tenantId"] = Tenant, ["id"] = "a:1" },
        ["recipient"] = new JsonObject { ["id"] = "28:" + Tokens.AppId, ["name"] = "Coordination" },
        ["textFormat"] = "plain",
        ["text"] = "delegate the budget",
        ["attachments"] = new JsonArray(new JsonObject { ["contentType"] = "text/html", ["content"] = "<p>delegate the budget</p>" }),
        ["entities"] = new JsonArray(new JsonObject { ["type"] = "clientInfo", ["locale"] = "en-US", ["country"] = "US", ["platform"] = "Mac", ["timezone"] = "Europe/Berlin" }),
        ["channelData"] = new JsonObject { ["tenant"] = new JsonObject { ["id"] = Tenant } },
        ["locale"] = "en-US",
    };

    /// <summary>Posts the message, after the change, with a good token.</summary>
    public Task<HttpStatusCode> PostAsync(Action<JsonObject> change)
    {
        var message = Message();
        change(message);
        return PostAsync(message, Token());
    }

    public Task<HttpStatusCode> PostAsync(string? token) => PostAsync(Message(), token);

    public async Task<HttpStatusCode> PostAsync(JsonObject activity, string? token)
    {
        using var response = await SendAsync(Encoding.UTF8.GetBytes(activity.ToJsonString()), token is null ? null : "Bearer " + token);
        return response.StatusCode;
    }

    /// <summary>Posts bytes. Every answer to something refused must be without a body.</summary>
    public async Task<HttpResponseMessage> SendAsync(byte[] body, string? authorization, bool chunked = false)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, BotHosting.Path) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json") { CharSet = "utf-8" };
        request.Headers.TransferEncodingChunked = chunked;
        if (authorization is not null)
        {
            Assert.True(request.Headers.TryAddWithoutValidation("Authorization", authorization));
        }
        var response = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        if (response.StatusCode != HttpStatusCode.OK)
        {
            Assert.Empty(await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        }
        return response;
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await App.DisposeAsync();
    }
}

/// <summary>What was logged.</summary>
internal sealed class LogLines : ILoggerProvider, ILogger
{
    public ConcurrentQueue<(LogLevel Level, string Text)> Lines { get; } = new();

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Lines.Enqueue((logLevel, formatter(state, exception)));

    public void Dispose()
    {
    }
}

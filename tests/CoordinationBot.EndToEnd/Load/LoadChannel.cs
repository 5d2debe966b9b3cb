using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using CoordinationBot.EndToEnd.Chaos;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CoordinationBot.EndToEnd.Load;

/// <summary>A channel that takes every message after a while, as many a second as the platform does, and people in chats of their own who write to a host.</summary>
internal sealed class LoadChannel : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly TimeSpan _time;
    private readonly int _perSecond;
    private readonly Lock _lock = new();
    private (long Second, int Count) _now;
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(40) };
    private int _ids;
    private int _inFlight;

    private LoadChannel(TimeSpan time, int perSecond)
    {
        (_time, _perSecond) = (time, perSecond);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.Run(TakeAsync);
    }

    /// <summary>How many messages came out in each chat; an edit is none.</summary>
    public ConcurrentDictionary<string, int> Delivered { get; } = new();

    /// <summary>Messages that a host sends just now.</summary>
    public int InFlight => _inFlight;

    /// <summary>The most at a time.</summary>
    public int Peak { get; private set; }

    /// <summary>Messages that were too many in their second.</summary>
    public int Throttled { get; private set; }

    public string ServiceUrl => $"{_app.Urls.First()}/teams/";

    /// <param name="time">That sending a message takes.</param>
    /// <param name="perSecond">Messages taken in a second; more are answered 429.</param>
    public static async Task<LoadChannel> StartAsync(TimeSpan time, int perSecond = int.MaxValue)
    {
        var channel = new LoadChannel(time, perSecond);
        await channel._app.StartAsync();
        return channel;
    }

    /// <summary>Somebody writes to the bot.</summary>
    public Task<HttpResponseMessage> SayAsync(Uri host, ChaosPerson who, string text, string id, CancellationToken cancel) =>
        PostAsync(host, who, "message", id, new JsonObject { ["text"] = text }, cancel);

    /// <summary>Somebody presses a button; the card comes in the answer.</summary>
    public Task<HttpResponseMessage> PressAsync(Uri host, ChaosPerson who, string verb, JsonObject data, string id, CancellationToken cancel) => PostAsync(host, who, "invoke", id, new JsonObject
    {
        ["name"] = "adaptiveCard/action",
        ["value"] = new JsonObject { ["action"] = new JsonObject { ["type"] = "Action.Execute", ["verb"] = verb, ["data"] = data.DeepClone() }, ["trigger"] = "manual" },
    }, cancel);

    private Task<HttpResponseMessage> PostAsync(Uri host, ChaosPerson who, string type, string id, JsonObject more, CancellationToken cancel)
    {
        var activity = new JsonObject
        {
            ["type"] = type,
            ["id"] = id,
            ["channelId"] = "msteams",
            ["serviceUrl"] = ServiceUrl,
            ["locale"] = "en-US",
            ["from"] = new JsonObject { ["id"] = who.TeamsId, ["name"] = who.Name, ["aadObjectId"] = who.ObjectId },
            ["recipient"] = new JsonObject { ["id"] = $"28:{ChaosOffice.AppId}", ["name"] = "Secretary" },
            ["conversation"] = new JsonObject { ["id"] = who.Chat, ["conversationType"] = "personal", ["tenantId"] = ChaosOffice.Tenant },
            ["channelData"] = new JsonObject { ["tenant"] = new JsonObject { ["id"] = ChaosOffice.Tenant } },
        };
        foreach (var (name, value) in more) activity[name] = value?.DeepClone();
        return _http.PostAsync(host, new StringContent(activity.ToJsonString(), Encoding.UTF8, "application/json"), cancel);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _app.DisposeAsync();
    }

    private bool Enter()
    {
        lock (_lock)
        {
            var second = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
            _now = _now.Second == second ? (second, _now.Count + 1) : (second, 1);
            if (_now.Count > _perSecond)
            {
                Throttled++;
                return false;
            }
            Peak = Math.Max(Peak, Interlocked.Increment(ref _inFlight));
            return true;
        }
    }

    private async Task TakeAsync(HttpContext context)
    {
        // v3/conversations/{chat}/activities[/{id}]
        var parts = Uri.UnescapeDataString(context.Request.Path.Value!).Split('/');
        var chat = parts[Array.IndexOf(parts, "conversations") + 1];
        if (!Enter())
        {
            context.Response.StatusCode = 429;
            context.Response.Headers.RetryAfter = "1";
            return;
        }
        await context.Request.Body.CopyToAsync(Stream.Null);
        await Task.Delay(_time);
        if (context.Request.Method == "POST") Delivered.AddOrUpdate(chat, 1, (_, count) => count + 1);
        Interlocked.Decrement(ref _inFlight);
        context.Response.StatusCode = 201;
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(new JsonObject { ["id"] = Interlocked.Increment(ref _ids).ToString(CultureInfo.InvariantCulture) }.ToJsonString());
    }
}

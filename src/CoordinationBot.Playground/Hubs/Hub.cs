using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using CoordinationBot.Playground.People;
using CoordinationBot.Playground.Processes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CoordinationBot.Playground.Hubs;

/// <summary>
/// Stands between several Playgrounds and the bot, as Teams does: the bot has one service address, each person one window.
/// What the Playground answers differently from Teams is put right here. Listens on loopback only.
/// </summary>
public sealed class Hub : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HubOptions _options;
    private readonly Forwarder _forwarder = new();
    private readonly ConversationMap _map = new();
    private readonly ConcurrentDictionary<Person, Uri> _windows = new();
    private readonly ConcurrentDictionary<Person, byte> _removed = new();
    private readonly ConcurrentDictionary<string, Person> _speakers = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<HubFault> _faults = new();
    private readonly OutboundRoutes _outbound;

    private Hub(WebApplication app, HubOptions options, int port)
    {
        _app = app;
        _options = options;
        Url = new Uri($"http://127.0.0.1:{port}");
        BotUrl = options.BotUrl;
        Traffic = new HubTraffic(options.RecordTraffic);
        Authentication = options.Authentication ? new HubAuthentication(Url, options.Clock) : null;
        _outbound = new OutboundRoutes(_map, _windows, _removed, _speakers, _forwarder);
    }

    public Uri Url { get; }

    /// <summary>Where the bot takes activities; may change, e.g. to another host.</summary>
    public Uri BotUrl { get; set; }

    /// <summary>The <c>serviceUrl</c> of every activity.</summary>
    public Uri ServiceUrl => new(Url, "/teams/");

    public HubTraffic Traffic { get; }

    /// <summary>Null when authentication is off.</summary>
    public HubAuthentication? Authentication { get; }

    public static async Task<Hub> StartAsync(HubOptions options, CancellationToken cancel)
    {
        // The port is chosen before the addresses made of it are handed out.
        var port = ChildProcess.FreePort(options.Port);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, port));
        var app = builder.Build();
        var hub = new Hub(app, options, port);
        app.MapPost("/in/{person}/api/messages", hub.TakeFromWindowAsync);
        app.Map("/teams/{**path}", hub.TakeFromBotAsync);
        hub.Authentication?.Map(app);
        await app.StartAsync(cancel);
        return hub;
    }

    /// <summary>The bot's address for one person's Playground.</summary>
    public Uri MessagesUrlFor(Person person) => new(Url, $"/in/{person.Key}/api/messages");

    /// <summary>From now on this person has a window.</summary>
    /// <param name="person">Whose.</param>
    /// <param name="connector">The connector of that person's Playground.</param>
    public void Attach(Person person, Uri connector) => _windows[person] = connector;

    /// <summary>From now on this person has none: the bot gets 403 for them.</summary>
    public void Detach(Person person) => _windows.TryRemove(person, out _);

    /// <summary>Makes the next calls of the bot fail.</summary>
    public HubFault Fail(HubFault fault)
    {
        _faults.Enqueue(fault);
        return fault;
    }

    /// <summary>
    /// Gives the bot an activity as if the person's window had sent it in their personal chat. Fields that are missing are filled in.
    /// </summary>
    public Task<HubAnswer> DeliverAsync(Person person, JsonObject activity, CancellationToken cancel)
    {
        var whole = new JsonObject
        {
            ["id"] = $"hub-{_options.Clock.GetUtcNow().Ticks.ToString(CultureInfo.InvariantCulture)}",
            ["channelId"] = "msteams",
            ["timestamp"] = _options.Clock.GetUtcNow().ToString("O", CultureInfo.InvariantCulture),
            ["from"] = new JsonObject { ["id"] = person.TeamsId, ["name"] = person.Name, ["aadObjectId"] = person.EntraId },
            ["recipient"] = new JsonObject { ["id"] = Cast.BotId, ["name"] = Cast.BotName },
            ["conversation"] = new JsonObject { ["conversationType"] = "personal", ["tenantId"] = Cast.TenantId, ["id"] = person.PersonalChatId },
            ["locale"] = "en-US",
            ["entities"] = new JsonArray(new JsonObject { ["type"] = "clientInfo", ["locale"] = "en-US", ["country"] = "US", ["platform"] = "Web", ["timezone"] = "UTC" }),
            ["channelData"] = new JsonObject { ["tenant"] = new JsonObject { ["id"] = Cast.TenantId } },
        };
        foreach (var (name, value) in activity) whole[name] = value?.DeepClone();
        return PassToBotAsync(person, whole, cancel);
    }

    public async ValueTask DisposeAsync()
    {
        using (var soon = new CancellationTokenSource(TimeSpan.FromSeconds(1)))
            await _app.StopAsync(soon.Token); // a call that hangs is not waited for
        await _app.DisposeAsync();
        _forwarder.Dispose();
        Authentication?.Dispose();
    }

    private async Task TakeFromWindowAsync(string person, HttpContext context)
    {
        var who = Cast.Everyone.FirstOrDefault(p => p.Key == person);
        var activity = HubAnswer.Parse(await ReadAsync(context)) as JsonObject;
        var answer = who is null || activity is null
            ? HubAnswer.Error(400, "BadSyntax", "The hub expects an activity of one of its people.")
            : await PassToBotAsync(who, activity, context.RequestAborted);
        await WriteAsync(context, answer);
    }

    private async Task<HubAnswer> PassToBotAsync(Person person, JsonObject activity, CancellationToken cancel)
    {
        activity["serviceUrl"] = ServiceUrl.ToString();
        if (activity["conversation"] is JsonObject conversation && conversation["id"]?.ToString() is { } local)
        {
            var original = _map.OriginalConversation(local, person);
            conversation["id"] = original;
            if (activity["replyToId"]?.ToString() is { } replyTo) activity["replyToId"] = _map.OriginalActivity(original, replyTo, person);
            if (ConversationMap.IsShared(original))
            {
                _speakers[original] = person;
                if (activity["id"]?.ToString() is { } id) _speakers[id] = person;
            }
        }

        if (activity["type"]?.ToString() == "installationUpdate" && activity["conversation"]?["id"]?.ToString() == person.PersonalChatId)
        {
            if (activity["action"]?.ToString() is "remove" or "remove-upgrade") _removed[person] = 0;
            else _removed.TryRemove(person, out _);
        }

        var answer = await _forwarder.SendAsync("POST", BotUrl, activity.ToJsonString(), Authentication?.Sign(ServiceUrl.ToString()), cancel);
        Traffic.Add(new Exchange(0, ExchangeDirection.ToBot, person.Key, "POST", BotUrl.AbsolutePath, activity, answer.Status, answer.Json));
        return answer;
    }

    private async Task TakeFromBotAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!["/teams".Length..].Split('/', StringSplitOptions.RemoveEmptyEntries);
        var body = await ReadAsync(context);
        var call = new OutboundRoutes.Call(context.Request.Method, path, context.Request.QueryString.Value ?? "", body.Length == 0 ? null : body);
        var (answer, person, faked) = await AnswerBotAsync(call, context.Request.Headers.Authorization, context.RequestAborted);
        Traffic.Add(new Exchange(0, ExchangeDirection.FromBot, person?.Key, call.Method, "/" + string.Join('/', path), call.Json, answer.Status, answer.Json) { Faked = faked });
        await WriteAsync(context, answer);
    }

    private async Task<(HubAnswer Answer, Person? Person, bool Faked)> AnswerBotAsync(OutboundRoutes.Call call, string? authorization, CancellationToken cancel)
    {
        if (Authentication?.Accepts(authorization) == false)
            return (HubAnswer.Of(401, new JsonObject { ["message"] = "Authorization has been denied for this request." }), null, false);

        var fault = _faults.FirstOrDefault(f => f.Takes(call.Method, "/" + string.Join('/', call.Path)));
        if (fault is null)
        {
            var (answer, person) = await _outbound.RouteAsync(call, cancel);
            return (answer, person, false);
        }

        (HubAnswer Answer, Person? Person) real = (HubAnswer.Error(500, "Faked", ""), null);
        if (fault.AfterEffect || fault.Status is null) real = await _outbound.RouteAsync(call, cancel);
        if (fault.Delay > TimeSpan.Zero) await Task.Delay(fault.Delay, _options.Clock, cancel);
        return fault.Status is { } status
            ? (HubAnswer.Error(status, fault.Code, "Faked by the hub.") with { RetryAfter = fault.RetryAfter }, real.Person, true)
            : (real.Answer, real.Person, true);
    }

    private static async Task<string> ReadAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        return await reader.ReadToEndAsync(context.RequestAborted);
    }

    private static Task WriteAsync(HttpContext context, HubAnswer answer)
    {
        context.Response.StatusCode = answer.Status;
        context.Response.ContentType = answer.ContentType;
        if (answer.RetryAfter is { } wait) context.Response.Headers.RetryAfter = ((int)wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        return context.Response.WriteAsync(answer.Body);
    }
}

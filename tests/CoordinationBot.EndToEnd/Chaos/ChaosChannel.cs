using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CoordinationBot.Tests.Scenarios;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CoordinationBot.EndToEnd.Chaos;

/// <summary>Somebody who works in the office.</summary>
internal sealed record ChaosPerson(string Name, int Number)
{
    public string ObjectId => string.Create(CultureInfo.InvariantCulture, $"00000000-0000-4000-8000-{Number:D12}");

    public string TeamsId => $"29:{Number}";

    public string Chat => $"a:{Number}";

    public JsonObject Member => new() { ["id"] = TeamsId, ["aadObjectId"] = ObjectId, ["name"] = Name };
}

/// <summary>A message that came out in somebody's chat.</summary>
/// <param name="To">Whose chat.</param>
/// <param name="Words">Every word that is shown.</param>
/// <param name="Asked">When the host began to send it.</param>
/// <param name="At">When it came.</param>
/// <param name="Host">The process that sent it.</param>
/// <param name="IsConfirmed">The host was told that it came out.</param>
internal sealed record Delivered(ChaosPerson To, string Words, DateTimeOffset Asked, DateTimeOffset At, int Host, bool IsConfirmed);

/// <summary>A send, of a message or an edit, of which a host was told that it failed.</summary>
internal sealed record Failed(ChaosPerson To, string Words, DateTimeOffset At, string Fault);

/// <summary>
/// The channel's side of the connector, and its faults: it throttles (429 with Retry-After, 412), fails (502), fails after having delivered (504),
/// and answers that somebody blocked the bot or does not have it (403), until that person speaks to it again.
/// </summary>
internal sealed partial class ChaosChannel : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ChaosFaults _faults;
    private readonly IReadOnlyList<ChaosPerson> _people;
    private readonly ConcurrentDictionary<string, string> _turnedAway = new();
    private readonly ConcurrentQueue<Delivered> _delivered = new();
    private readonly ConcurrentQueue<Failed> _failed = new();
    private readonly ConcurrentDictionary<(string Chat, string Id), JsonObject> _cards = new();
    private long _ids;

    private ChaosChannel(Seeded seeded, IReadOnlyList<ChaosPerson> people)
    {
        (_faults, _people) = (new ChaosFaults(seeded), people);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.Run(AnswerAsync);
    }

    public string ServiceUrl => $"{_app.Urls.First()}/teams/";

    /// <summary>Nothing fails any more, but for those who do not have the bot until they speak.</summary>
    public bool IsCalm { get; set; }

    /// <summary>What takes a minute and longer still happens: failures after which the bot waits so long. Nothing of it begins near the end of a run.</summary>
    public bool IsUncertain { get; set; } = true;

    public IReadOnlyCollection<Delivered> Everything => _delivered;

    public IReadOnlyCollection<Failed> Failures => _failed;

    public static async Task<ChaosChannel> StartAsync(Seeded seeded, IReadOnlyList<ChaosPerson> people)
    {
        var channel = new ChaosChannel(seeded, people);
        await channel._app.StartAsync();
        return channel;
    }

    /// <summary>Whoever speaks to the bot has it and does not block it.</summary>
    public void Speaks(ChaosPerson person) => _turnedAway.TryRemove(person.Chat, out _);

    /// <summary>The newest card in somebody's chat that says this.</summary>
    public (string Id, JsonObject Card)? Find(ChaosPerson person, string words) => _cards
        .Where(entry => entry.Key.Chat == person.Chat && CardReading.Words(entry.Value).Any(word => word.Contains(words, StringComparison.Ordinal)))
        .OrderByDescending(entry => long.Parse(entry.Key.Id, CultureInfo.InvariantCulture))
        .Select(entry => ((string, JsonObject)?)(entry.Key.Id, entry.Value))
        .FirstOrDefault();

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        var path = Uri.UnescapeDataString(context.Request.Path.Value!);
        var body = context.Request.Method is "POST" or "PUT" ? (await JsonNode.ParseAsync(context.Request.Body))?.AsObject() : null;
        if (Activities().Match(path) is { Success: true } match)
        {
            await TakeAsync(context, _people.First(person => person.Chat == match.Groups["chat"].Value), match.Groups["activity"].Value, body!);
            return;
        }
        if (path.EndsWith("/v3/conversations", StringComparison.Ordinal))
        {
            var wanted = body!["members"]![0]!["id"]!.GetValue<string>();
            var person = _people.First(known => known.TeamsId == wanted || known.ObjectId == wanted);
            await (_turnedAway.TryGetValue(person.Chat, out var code) ? SayAsync(context, 403, Error(code)) : SayAsync(context, 201, new JsonObject { ["id"] = person.Chat }));
            return;
        }
        if (Members().Match(path) is { Success: true } members)
        {
            var chat = members.Groups["chat"].Value;
            var one = members.Groups["member"].Value;
            var present = _people.Where(person => person.Chat == chat).ToList();
            await (one.Length == 0 ? SayAsync(context, 200, new JsonObject { ["members"] = new JsonArray([.. present.Select(person => person.Member)]) })
                : present.Find(person => person.TeamsId == one || person.ObjectId == one) is { } found ? SayAsync(context, 200, found.Member)
                : SayAsync(context, 404, Error("MemberNotFoundInConversation")));
            return;
        }
        await SayAsync(context, 404, Error("NotFound"));
    }

    private async Task TakeAsync(HttpContext context, ChaosPerson to, string activity, JsonObject body)
    {
        var card = body["attachments"]?[0]?["content"]?.DeepClone().AsObject();
        var words = card is null ? body["text"]?.GetValue<string>() ?? "" : string.Join('\n', CardReading.Words(card));
        if (_turnedAway.TryGetValue(to.Chat, out var code))
        {
            _failed.Enqueue(new Failed(to, words, DateTimeOffset.UtcNow, code));
            await SayAsync(context, 403, Error(code));
            return;
        }
        var isNew = context.Request.Method == "POST";
        var asked = DateTimeOffset.UtcNow;
        var (fault, time) = _faults.Next(to.Chat, isNew, body["summary"]?.GetValue<string>() ?? "", IsUncertain);
        if (IsCalm) fault = null;
        // As long as the real one takes: the time in which a host dies while sending, and another one begins.
        await Task.Delay(time);
        if (fault is not null) _failed.Enqueue(new Failed(to, words, DateTimeOffset.UtcNow, fault));
        if (fault is null or ChaosFaults.Late)
        {
            // Only the first word of a reply to a message that is gone would have an activity here.
            var id = isNew ? Interlocked.Increment(ref _ids).ToString(CultureInfo.InvariantCulture) : activity;
            if (!isNew && !_cards.ContainsKey((to.Chat, id)))
            {
                await SayAsync(context, 404, Error("ActivityNotFoundInConversation"));
                return;
            }
            _cards[(to.Chat, id)] = card ?? [];
            if (isNew) _delivered.Enqueue(new Delivered(to, words, asked, DateTimeOffset.UtcNow, Caller(context), fault is null));
            await (fault is null ? SayAsync(context, isNew ? 201 : 200, new JsonObject { ["id"] = id }) : SayAsync(context, 504, []));
            return;
        }
        switch (fault)
        {
            case ChaosFaults.Throttled:
                context.Response.Headers.RetryAfter = "1";
                await SayAsync(context, 429, Error("Throttled"));
                break;
            case ChaosFaults.Concurrent:
                await SayAsync(context, 412, Error("PreconditionFailed"));
                break;
            case ChaosFaults.Down:
                await SayAsync(context, 502, []);
                break;
            default:
                _turnedAway[to.Chat] = fault;
                await SayAsync(context, 403, Error(fault));
                break;
        }
    }

    private static int Caller(HttpContext context) => int.Parse(context.Request.Headers[ChaosHost.Caller].ToString(), CultureInfo.InvariantCulture);

    private static JsonObject Error(string code) => new() { ["error"] = new JsonObject { ["code"] = code, ["message"] = "no" } };

    private static Task SayAsync(HttpContext context, int status, JsonObject body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(body.ToJsonString());
    }

    [GeneratedRegex("/v3/conversations/(?<chat>[^/]+)/activities(/(?<activity>[^/]+))?$")]
    private static partial Regex Activities();

    [GeneratedRegex("/v3/conversations/(?<chat>[^/]+)/(pagedmembers|members)(/(?<member>[^/]+))?$")]
    private static partial Regex Members();
}

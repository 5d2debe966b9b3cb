using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using CoordinationBot.Playground.Processes;
using CoordinationBot.Tests.Scenarios;

namespace CoordinationBot.EndToEnd.Chaos;

/// <summary>
/// The sending side of the channel and the people behind it: round robin over the hosts without looking at who lives; what gets no answer is delivered
/// again, at times also what got one, under the same id at once or later, and under a new one after a while; whoever got no card presses again.
/// </summary>
/// <param name="channel">Where the answers come.</param>
/// <param name="hosts">Who may get it.</param>
/// <param name="seeded">What is delivered again.</param>
/// <param name="newId">After what time a delivery comes again under a new id: half a minute with the real channel.</param>
/// <param name="cancel">Ends it.</param>
internal sealed class ChaosClient(ChaosChannel channel, IReadOnlyList<HostProcess> hosts, Seeded seeded, TimeSpan newId, CancellationToken cancel) : IDisposable
{
    private const int MostPresses = 60;
    private const int MostDeliveries = 4;

    private static readonly TimeSpan GivesUp = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);

    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, ConnectTimeout = TimeSpan.FromSeconds(2) }) { Timeout = GivesUp };
    private readonly ConcurrentQueue<Task> _again = new();
    private int _turn;
    private int _redelivered;

    public int Redelivered => _redelivered;

    /// <summary>No more deliveries of what was answered.</summary>
    public bool IsCalm { get; set; }

    /// <summary>Every delivery that was to come has come.</summary>
    public async Task RestAsync()
    {
        while (_again.TryDequeue(out var again)) await again;
    }

    /// <summary>Types; what is answered comes as a message, or not at all.</summary>
    public Task SayAsync(ChaosPerson who, string text, string name) =>
        DeliverAsync(who, Activity(who, "message", name, new JsonObject { ["text"] = text }));

    public Task InstallAsync(ChaosPerson who, string name) =>
        DeliverAsync(who, Activity(who, "installationUpdate", name, new JsonObject { ["action"] = "add" }));

    /// <summary>Presses a button until a card comes back, as somebody does who got no answer. Returns the card and how many ids it went under.</summary>
    /// <param name="who">Presses.</param>
    /// <param name="verb">What the button does.</param>
    /// <param name="data">What it carries, with what was filled in.</param>
    /// <param name="name">Names the press, the same in every run of a seed.</param>
    /// <param name="isKeyed">Under another id it is still the same press.</param>
    public async Task<(JsonObject Card, int Ids)> PressAsync(ChaosPerson who, string verb, JsonObject data, string name, bool isKeyed = true)
    {
        // Where nothing but the operation tells a second delivery from a second press, it is put to the test more often; but only what was answered, since a press that was
        // never heard would be a new one however late it comes.
        var later = isKeyed ? 0.06 : 0.6;
        for (var press = 1; press <= MostPresses; press++)
        {
            var activity = Invoke(who, verb, data, string.Create(CultureInfo.InvariantCulture, $"{name}-{press}"));
            if (!IsCalm && isKeyed && seeded.Is($"twice|{name}|{press}", 0.08)) Again(who, activity, TimeSpan.Zero);
            var card = CardIn(await DeliverAsync(who, activity));
            if (!IsCalm && (isKeyed || card is not null) && seeded.Is($"later|{name}|{press}", later)) Again(who, activity, TimeSpan.FromSeconds(seeded.Of($"when|{name}|{press}", 5)));
            if (!IsCalm && isKeyed && seeded.Is($"new-id|{name}|{press}", 0.06)) Again(who, Invoke(who, verb, data, $"{name}-{press}-new"), newId);
            if (card is not null) return (card, press);
            await Task.Delay(Pause, cancel);
        }
        throw new TimeoutException($"{who.Name} pressed {verb} ({name}) {MostPresses} times and got no card.");
    }

    /// <summary>Presses and goes away: whether it was done is not known.</summary>
    public async Task PressAndLeaveAsync(ChaosPerson who, string verb, JsonObject data, string name)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(TimeSpan.FromMilliseconds(seeded.Of($"leaves|{name}", 60)));
        try
        {
            channel.Speaks(who);
            using var answer = await PostAsync(Invoke(who, verb, data, name), patience.Token);
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException && !cancel.IsCancellationRequested)
        {
            // Nobody waited for it.
        }
    }

    public void Dispose() => _http.Dispose();

    private void Again(ChaosPerson who, JsonObject activity, TimeSpan after)
    {
        Interlocked.Increment(ref _redelivered);
        _again.Enqueue(Task.Run(async () =>
        {
            await Task.Delay(after, cancel);
            await DeliverAsync(who, activity);
        }, cancel));
    }

    /// <summary>The body of the answer; null when none came, however often it was delivered.</summary>
    private async Task<string?> DeliverAsync(ChaosPerson who, JsonObject activity)
    {
        for (var delivery = 1; delivery <= MostDeliveries; delivery++)
        {
            channel.Speaks(who);
            try
            {
                using var answer = await PostAsync(activity, cancel);
                if (answer.IsSuccessStatusCode) return await answer.Content.ReadAsStringAsync(cancel);
                // Forbidden: a host of a trial that listens and has not yet said where.
                if (answer.StatusCode is not (HttpStatusCode.TooManyRequests or HttpStatusCode.Forbidden or >= HttpStatusCode.InternalServerError))
                    throw new InvalidOperationException($"A host answered {answer.StatusCode}.");
            }
            catch (Exception e) when (e is HttpRequestException or OperationCanceledException && !cancel.IsCancellationRequested)
            {
                // It is dead, or dies just now.
            }
            await Task.Delay(Pause, cancel);
        }
        return null;
    }

    private Task<HttpResponseMessage> PostAsync(JsonObject activity, CancellationToken until)
    {
        var host = hosts[(Interlocked.Increment(ref _turn) & int.MaxValue) % hosts.Count];
        return _http.PostAsync(host.MessagesUrl, new StringContent(activity.ToJsonString(), Encoding.UTF8, "application/json"), until);
    }

    private static JsonObject? CardIn(string? body) =>
        body is { Length: > 0 } && JsonNode.Parse(body)!.AsObject() is var answer && answer["type"]?.GetValue<string>() == "application/vnd.microsoft.card.adaptive"
            ? answer["value"]!.DeepClone().AsObject()
            : null;

    private JsonObject Invoke(ChaosPerson who, string verb, JsonObject data, string id) => Activity(who, "invoke", id, new JsonObject
    {
        ["name"] = "adaptiveCard/action",
        ["value"] = new JsonObject { ["action"] = new JsonObject { ["type"] = "Action.Execute", ["verb"] = verb, ["data"] = data.DeepClone() }, ["trigger"] = "manual" },
    });

    private JsonObject Activity(ChaosPerson who, string type, string id, JsonObject more)
    {
        var activity = new JsonObject
        {
            ["type"] = type,
            ["id"] = id,
            ["channelId"] = "msteams",
            ["serviceUrl"] = channel.ServiceUrl,
            ["locale"] = "en-US",
            ["from"] = new JsonObject { ["id"] = who.TeamsId, ["name"] = who.Name, ["aadObjectId"] = who.ObjectId },
            ["recipient"] = new JsonObject { ["id"] = $"28:{ChaosOffice.AppId}", ["name"] = "Secretary" },
            ["conversation"] = new JsonObject { ["id"] = who.Chat, ["conversationType"] = "personal", ["tenantId"] = ChaosOffice.Tenant },
            ["channelData"] = new JsonObject { ["tenant"] = new JsonObject { ["id"] = ChaosOffice.Tenant } },
            ["entities"] = new JsonArray(new JsonObject { ["type"] = "clientInfo", ["timezone"] = "Etc/UTC", ["locale"] = "en-US" }),
        };
        foreach (var (name, value) in more) activity[name] = value?.DeepClone();
        return activity;
    }
}

/// <summary>Buttons of a card as a client has them.</summary>
internal static class ChaosCards
{
    /// <summary>What the button of this verb carries, the filled-in inputs included; null when the card has none.</summary>
    public static JsonObject? Button(this JsonNode card, string verb)
    {
        foreach (var (_, action, inputs) in CardReading.Buttons(card))
        {
            if (action["verb"]?.GetValue<string>() != verb) continue;
            var data = action["data"]?.DeepClone().AsObject() ?? [];
            foreach (var (id, value) in inputs) data[id] = value;
            return data;
        }
        return null;
    }

    public static string Words(this JsonNode card) => string.Join('\n', CardReading.Words(card));
}

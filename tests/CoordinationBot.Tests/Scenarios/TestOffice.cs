using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using CoordinationBot.Protocol.Connector;
using CoordinationBot.Protocol.Tests.Hosting;
using CoordinationBot.Storage;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace CoordinationBot.Tests.Scenarios;

/// <summary>
/// An office with the real host in it: activities go in by HTTP, everything but the channel is what runs in production, the store is a file.
/// <c>ann</c> leads, <c>bob</c> and <c>eve</c> work.
/// </summary>
internal sealed class TestOffice : IAsyncDisposable
{
    public const string Tenant = "11111111-1111-1111-1111-111111111111";
    public const string AppId = "22222222-2222-2222-2222-222222222222";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private readonly string _folder = Directory.CreateTempSubdirectory("office").FullName;
    private readonly Action<IServiceCollection> _services;
    private readonly Action<IWebHostBuilder> _web;
    private readonly string[] _administrators;
    private readonly KeyServer? _keys;
    private WebApplicationFactory<Program> _host;
    private HttpClient _http;
    private int _ids;

    private readonly string? _quietHours;

    /// <param name="services">Changes what the host is made of.</param>
    /// <param name="quietHours">When nobody is disturbed, in an office that works from Monday to Friday; without them everybody is told everything at any time.</param>
    /// <param name="web">Changes how the host is built, before it reads its settings.</param>
    /// <param name="keys">The channel signs what it sends, over real HTTP, and the host checks it as in production; null: a local trial.</param>
    /// <param name="administrators">Who the settings name: keys of people, or entries as they are.</param>
    public TestOffice(Action<IServiceCollection>? services = null, string? quietHours = null, Action<IWebHostBuilder>? web = null, KeyServer? keys = null, params string[] administrators)
    {
        (_quietHours, _keys) = (quietHours, keys);
        (_services, _web, _administrators) = (services ?? (_ => { }), web ?? (_ => { }), administrators);
        Add("ann", "Ann Abel");
        Add("bob", "Bob Berg");
        Add("eve", "Eve Ek");
        (_host, _http) = Start();
    }

    public FakeTeams Teams { get; } = new();

    public StoreWatch Store { get; } = new();

    /// <summary>Monday 23 November 2026, 09:00 in UTC.</summary>
    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 11, 23, 9, 0, 0, TimeSpan.Zero));

    public IServiceProvider Services => _host.Services;

    public string StorePath => Path.Combine(_folder, "office.db");

    /// <summary>Where the host listens.</summary>
    public Uri Address => _http.BaseAddress!;

    /// <summary>Something is being looked at in the background.</summary>
    public bool IsAtWork => Services.GetRequiredService<WorkLoop>().AtWork > 0;

    /// <summary>The files of the store as they lie on the disk, whatever the tables say of them.</summary>
    public byte[] StoredBytes() => [.. Directory.EnumerateFiles(_folder, "office.db*").Where(file => !file.EndsWith(".lock", StringComparison.Ordinal)).SelectMany(file =>
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    })];

    public FakePerson Add(string key, string name, string tenant = Tenant)
    {
        var person = new FakePerson(key, name, $"00000000-0000-0000-0000-{Teams.People.Count + 1:D12}") { Tenant = tenant };
        Teams.People[key] = person;
        return person;
    }

    /// <summary>Ends the host without a chance to finish anything in memory, and starts another on the same store.</summary>
    public async Task RestartAsync()
    {
        await _host.DisposeAsync();
        await UntilClosedAsync();
        (_host, _http) = Start();
    }

    /// <summary>The host lets go of its file a moment after the factory says that it has ended.</summary>
    private async Task UntilClosedAsync()
    {
        for (var since = TimeProvider.System.GetTimestamp(); ; await Task.Delay(5))
        {
            try
            {
                await using var free = new FileStream(Path.Combine(_folder, "office.db.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
                return;
            }
            catch (IOException) when (TimeProvider.System.GetElapsedTime(since) < Patience)
            {
            }
        }
    }

    public Task InstallAsync(params string[] people) => Task.WhenAll(people.Select(async person =>
    {
        await InstalledAsync(person);
        await SeesAsync(person, "office secretary");
    }));

    /// <summary>What Teams sends at an installation, an update or a removal; it names nobody.</summary>
    public Task<HttpResponseMessage> InstalledAsync(string who, string action = "add", string? activityId = null) =>
        PostAsync(Activity(who, "installationUpdate", activity =>
        {
            activity["action"] = action;
            activity["from"]!.AsObject().Remove("name");
        }, activityId));

    /// <summary>The other event of an installation, which also comes when a client loads anew.</summary>
    public Task<HttpResponseMessage> MembersAddedAsync(string who) =>
        PostAsync(Activity(who, "conversationUpdate", activity =>
            activity["membersAdded"] = JsonNode.Parse($$"""[{"id":"28:{{AppId}}"},{"id":"{{Teams.People[who].TeamsId}}","aadObjectId":"{{Teams.People[who].ObjectId}}"}]""")));

    /// <summary>Sends a message and does not wait for an answer.</summary>
    public Task<HttpResponseMessage> SendsAsync(string who, string text, string? activityId = null) =>
        PostAsync(Activity(who, "message", activity => activity["text"] = text, activityId));

    /// <summary>A card action with any data at all, as somebody might make it up.</summary>
    public async Task<Pressed> InvokesAsync(string who, string verb, JsonNode? data, string? activityId = null) =>
        await AnswerAsync(await PostAsync(Activity(who, "invoke", activity =>
        {
            activity["name"] = "adaptiveCard/action";
            activity["value"] = new JsonObject { ["action"] = new JsonObject { ["type"] = "Action.Execute", ["verb"] = verb, ["data"] = data } };
        }, activityId)));

    /// <summary>Types in their own chat; returns the bot's newest message there.</summary>
    public async Task<ShownMessage> SaysAsync(string who, string text, string? activityId = null)
    {
        var before = Shown(who).Count;
        await PostAsync(Activity(who, "message", activity => activity["text"] = text, activityId));
        return await UntilAsync(() => Shown(who).Count > before ? Shown(who)[^1] : null, () => $"an answer to '{text}'", who);
    }

    /// <summary>Types in a group, mentioning the bot.</summary>
    public Task<HttpResponseMessage> SaysInGroupAsync(string who, string text, string type = "groupChat", string conversation = "19:group@thread.v2") =>
        PostAsync(Activity(who, "message", activity =>
        {
            activity["text"] = $"<at>Secretary</at> {text}";
            activity["entities"] = JsonNode.Parse($$"""[{"type":"mention","mentioned":{"id":"28:{{AppId}}","name":"Secretary"},"text":"<at>Secretary</at>"},{"type":"clientInfo","timezone":"Europe/Berlin"}]""");
            activity["conversation"] = JsonNode.Parse($$"""{"id":"{{conversation}}","conversationType":"{{type}}","isGroup":true,"tenantId":"{{Teams.People[who].Tenant}}"}""");
        }));

    public IReadOnlyList<ShownMessage> Group(string conversation = "19:group@thread.v2") => Teams.Messages(conversation);

    /// <summary>What the bot said in somebody's own chat.</summary>
    public IReadOnlyList<ShownMessage> Shown(string who) => Teams.Messages(Teams.People[who].Chat);

    /// <summary>Waits until somebody sees these words, in their newest message that has them.</summary>
    public Task<ShownMessage> SeesAsync(string who, string words) =>
        UntilAsync(() => Shown(who).LastOrDefault(message => message.Words.Contains(words, StringComparison.Ordinal)), () => $"'{words}'", who);

    /// <summary>Waits until somebody's newest card has a button, and presses it with these inputs.</summary>
    public async Task<Pressed> ClicksAsync(string who, string button, params (string Input, string Value)[] inputs)
    {
        await this.QuietAsync();
        var message = await UntilAsync(
            () => Shown(who).LastOrDefault(message => message.Card is { } card && CardReading.Buttons(card).Any(known => known.Title == button)),
            () => $"a button '{button}'",
            who);
        return await ClicksAsync(who, message, button, null, inputs);
    }

    /// <summary>Presses a button of a certain message, perhaps an old one.</summary>
    public async Task<Pressed> ClicksAsync(string who, ShownMessage message, string button, string? activityId = null, params (string Input, string Value)[] inputs)
    {
        var (_, action, values) = CardReading.Buttons(message.Card!).First(known => known.Title == button);
        return await PressAsync(who, message, action.DeepClone().AsObject(), values, activityId, inputs);
    }

    public async Task<Pressed> PressAsync(string who, ShownMessage message, JsonObject action, Dictionary<string, string> values, string? activityId, params (string Input, string Value)[] inputs)
    {
        var data = action["data"]?.DeepClone().AsObject() ?? [];
        foreach (var (id, value) in values.Concat(inputs.Select(input => KeyValuePair.Create(input.Input, input.Value))))
        {
            data[id] = value;
        }
        var isExecute = action["type"]!.GetValue<string>() == "Action.Execute";
        var response = await PostAsync(Activity(who, isExecute ? "invoke" : "message", activity =>
        {
            activity["replyToId"] = message.Id;
            if (isExecute)
            {
                activity["name"] = "adaptiveCard/action";
                action["data"] = data;
                action.Remove("fallback");
                activity["value"] = new JsonObject { ["action"] = action };
            }
            else
            {
                activity["value"] = data;
            }
        }, activityId));
        var pressed = await AnswerAsync(response);
        if (pressed.Card is { } card && Teams.Messages(Teams.People[who].Chat).Any(known => known.Id == message.Id))
        {
            Teams.Replace(Teams.People[who].Chat, message.Id, card);
        }
        return pressed;
    }

    private static async Task<Pressed> AnswerAsync(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync();
        var body = text.Length == 0 ? null : JsonNode.Parse(text)!.AsObject();
        var card = body?["type"]?.GetValue<string>() == "application/vnd.microsoft.card.adaptive" ? body["value"]!.DeepClone().AsObject() : null;
        return new Pressed(response.StatusCode, card, card is null ? body?["value"]?.ToString() : null);
    }

    public async Task<HttpResponseMessage> PostAsync(JsonObject activity) =>
        await _http.PostAsync("/api/messages", new StringContent(activity.ToJsonString(), Encoding.UTF8, "application/json"));

    public Task<HttpResponseMessage> GetAsync(string address) => _http.GetAsync(new Uri(address, UriKind.RelativeOrAbsolute));

    public async Task<HttpResponseMessage> PostRawAsync(HttpContent content) => await _http.PostAsync("/api/messages", content);

    public JsonObject Activity(string who, string type, Action<JsonObject> more, string? id = null)
    {
        var person = Teams.People[who];
        var activity = JsonNode.Parse($$"""
            {
              "type": "{{type}}", "id": "{{id ?? $"activity-{Interlocked.Increment(ref _ids)}"}}", "channelId": "msteams",
              "serviceUrl": "{{(_keys is null ? "http://localhost:9/teams/" : Tokens.ServiceUrl)}}", "locale": "en-US",
              "from": { "id": "{{person.TeamsId}}", "name": "{{person.Name}}", "aadObjectId": "{{person.ObjectId}}" },
              "recipient": { "id": "28:{{AppId}}", "name": "Secretary" },
              "conversation": { "id": "{{person.Chat}}", "conversationType": "personal", "tenantId": "{{person.Tenant}}" },
              "channelData": { "tenant": { "id": "{{person.Tenant}}" } },
              "entities": [ { "type": "clientInfo", "timezone": "Europe/Berlin", "locale": "en-US" } ]
            }
            """)!.AsObject();
        more(activity);
        return activity;
    }

    /// <summary>Polls, since what the bot does on its own it does in its own time.</summary>
    public async Task<T> UntilAsync<T>(Func<T?> found, Func<string> what, string who) where T : class
    {
        for (var end = TimeProvider.System.GetTimestamp(); TimeProvider.System.GetElapsedTime(end) < Patience; await Task.Delay(10))
        {
            if (found() is { } value)
            {
                return value;
            }
        }
        throw new TimeoutException($"{who} never saw {what()}. They saw:\n{string.Join("\n---\n", Shown(who).Select(message => message.Words))}");
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private (WebApplicationFactory<Program>, HttpClient) Start()
    {
        var host = new WebApplicationFactory<Program>().WithWebHostBuilder(web =>
        {
            if (_keys is not null)
            {
                // Any free port: several offices are open at once.
                web.UseUrls("http://127.0.0.1:0");
            }
            web.UseEnvironment(_keys is null ? "Development" : "Production");
            _web(web);
            web.ConfigureAppConfiguration(configuration => configuration.AddInMemoryCollection(_administrators.Select((entry, index) =>
                KeyValuePair.Create<string, string?>($"Office:Administrators:{index}", Teams.People.TryGetValue(entry, out var person) ? person.ObjectId : entry))));
            web.ConfigureAppConfiguration(configuration => configuration.AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["Bot:AppId"] = AppId,
                ["Bot:TenantId"] = Tenant,
                ["Bot:DangerouslyAllowUnauthenticated"] = _keys is null ? "true" : "false",
                ["Bot:OpenIdMetadata"] = _keys?.Metadata,
                ["Storage:Path"] = StorePath,
                ["Office:PublicAddress"] = "http://localhost",
                ["Notices:PerSecond"] = "1000",
                ["Office:QuietHours"] = _quietHours ?? "none",
                ["Office:WorkingWeek"] = _quietHours is null ? "Mon-Sun" : "Mon-Fri",
            }));
            web.ConfigureServices(services =>
            {
                services.AddSingleton<TimeProvider>(Clock);
                services.AddHttpClient("connector").ConfigurePrimaryHttpMessageHandler(() => new Passing(Teams));
                if (_keys is not null)
                {
                    // The connector is not there to check it.
                    services.AddSingleton(new BotToken((CredentialMaker?)null, "", Clock));
                }
                Store.Attach(services);
                _services(services);
            });
        });
        if (_keys is null)
        {
            return (host, host.CreateClient());
        }
        host.UseKestrel();
        host.StartServer();
        return (host, new HttpClient(new Signing(Clock)) { BaseAddress = new Uri(host.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()) });
    }

    /// <summary>The channel's token on every activity, the same one for as long as it is good.</summary>
    private sealed class Signing(TimeProvider clock) : DelegatingHandler(new SocketsHttpHandler { UseProxy = false })
    {
        private (DateTimeOffset From, string Token) _token;

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var now = clock.GetUtcNow();
            if (_token.Token is null || now - _token.From > TimeSpan.FromMinutes(50))
            {
                _token = (now, Tokens.Signed(now, claims => claims["aud"] = AppId));
            }
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {_token.Token}");
            return base.SendAsync(request, cancellationToken);
        }
    }

    /// <summary>The factory ends its handlers with each host; the channel outlives the host.</summary>
    private sealed class Passing(FakeTeams teams) : HttpMessageHandler
    {
        private readonly HttpMessageInvoker _teams = new(teams, disposeHandler: false);

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => _teams.SendAsync(request, cancellationToken);
    }
}

/// <summary>What came back on a press.</summary>
internal sealed record Pressed(HttpStatusCode Status, JsonObject? Card, string? Sentence)
{
    public string Words => Sentence ?? (Card is null ? "" : string.Join('\n', CardReading.Words(Card)));
}

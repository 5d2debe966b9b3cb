using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace CoordinationBot.Tests.Scenarios;

/// <summary>A message of the bot as somebody sees it in a chat.</summary>
internal sealed class ShownMessage(string id)
{
    public string Id { get; } = id;
    public string? Text { get; set; }
    public JsonObject? Card { get; set; }
    public int Changes { get; set; }

    /// <summary>Every word that is shown, the buttons among them.</summary>
    public string Words => Text ?? string.Join('\n', CardReading.Words(Card!));
}

/// <summary>The channel's side: conversations, members, and what the bot put into them. It answers like the Bot Connector.</summary>
internal sealed partial class FakeTeams : HttpMessageHandler
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, List<ShownMessage>> _chats = [];
    private readonly List<(string Conversation, string Words)> _said = [];
    private readonly List<(string Conversation, string Body)> _sent = [];
    private int _ids;

    public Dictionary<string, FakePerson> People { get; } = [];

    /// <summary>Answers a call with a failure instead, when it says so.</summary>
    public Func<HttpRequestMessage, HttpResponseMessage?> Fault { get; set; } = _ => null;

    public TimeSpan Delay { get; set; }

    /// <summary>Off: it answers as ever and keeps nothing of what was said, for long runs.</summary>
    public bool IsKeeping { get; set; } = true;

    /// <summary>Everything said until now is gone.</summary>
    public void Forget()
    {
        lock (_lock)
        {
            _chats.Clear();
            _said.Clear();
            _sent.Clear();
        }
    }

    /// <summary>How many new messages said this, whatever became of them since.</summary>
    public int Said(string conversation, string words)
    {
        lock (_lock)
        {
            return _said.Count(said => said.Conversation == conversation && said.Words.Contains(words, StringComparison.Ordinal));
        }
    }

    /// <summary>Everything that was ever put into a conversation, as it was on the wire: also what is not shown, and what was replaced since.</summary>
    public IReadOnlyList<(string Conversation, string Body)> Sent
    {
        get
        {
            lock (_lock)
            {
                return [.. _sent];
            }
        }
    }

    public IReadOnlyList<ShownMessage> Messages(string conversation)
    {
        lock (_lock)
        {
            return [.. _chats.GetValueOrDefault(conversation) ?? []];
        }
    }

    public void Replace(string conversation, string messageId, JsonObject card)
    {
        lock (_lock)
        {
            var message = _chats[conversation].First(message => message.Id == messageId);
            (message.Card, message.Changes) = (card, message.Changes + 1);
        }
    }

    /// <summary>Who is in a group; everybody where nothing is said.</summary>
    public Dictionary<string, List<string>> Rosters { get; } = new(StringComparer.Ordinal);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? null : JsonNode.Parse(await request.Content.ReadAsStringAsync(cancellationToken))?.AsObject();
        if (Delay > TimeSpan.Zero)
        {
            await Task.Delay(Delay, cancellationToken);
        }
        if (Fault(request) is { } fault)
        {
            return fault;
        }
        lock (_lock)
        {
            return Answer(request, Uri.UnescapeDataString(request.RequestUri!.AbsolutePath), body);
        }
    }

    private HttpResponseMessage Answer(HttpRequestMessage request, string path, JsonObject? body)
    {
        if (request.Method == HttpMethod.Post && path.EndsWith("/v3/conversations", StringComparison.Ordinal))
        {
            var member = body!["members"]![0]!["id"]!.GetValue<string>();
            var person = People.Values.FirstOrDefault(person => person.TeamsId == member || person.ObjectId == member);
            return person is null or { IsInstalled: false }
                ? Json(HttpStatusCode.Forbidden, """{"error":{"code":"BotNotInConversationRoster","message":"no"}}""")
                : Json(HttpStatusCode.Created, $$"""{"id":"{{person.Chat}}"}""");
        }
        if (Activities().Match(path) is { Success: true } match)
        {
            var (conversation, activity) = (match.Groups["conversation"].Value, match.Groups["activity"].Value);
            if (People.Values.Any(person => person.Chat == conversation && !person.IsInstalled))
            {
                return Json(HttpStatusCode.Forbidden, """{"error":{"code":"BotNotInConversationRoster","message":"no"}}""");
            }
            if (!IsKeeping)
            {
                return Json(HttpStatusCode.Created, $$"""{"id":"{{++_ids}}"}""");
            }
            var chat = _chats.TryGetValue(conversation, out var known) ? known : _chats[conversation] = [];
            _sent.Add((conversation, body!.ToJsonString()));
            if (request.Method == HttpMethod.Put)
            {
                if (chat.FirstOrDefault(message => message.Id == activity) is not { } old)
                {
                    return Json(HttpStatusCode.NotFound, """{"error":{"code":"ActivityNotFoundInConversation","message":"no"}}""");
                }
                Fill(old, body!);
                old.Changes++;
                return Json(HttpStatusCode.OK, $$"""{"id":"{{activity}}"}""");
            }
            var message = new ShownMessage((++_ids).ToString(System.Globalization.CultureInfo.InvariantCulture));
            Fill(message, body!);
            chat.Add(message);
            _said.Add((conversation, message.Words));
            return Json(HttpStatusCode.Created, $$"""{"id":"{{message.Id}}"}""");
        }
        if (Members().Match(path) is { Success: true } members)
        {
            var present = Rosters.TryGetValue(members.Groups["conversation"].Value, out var roster) ? roster.Select(key => People[key]).ToList()
                : People.Values.Where(person => path.Contains(person.Chat + "/", StringComparison.Ordinal) || (person.Tenant == TestOffice.Tenant && !path.Contains("a:", StringComparison.Ordinal))).ToList();
            var one = members.Groups["member"].Value;
            if (one.Length == 0)
            {
                return Json(HttpStatusCode.OK, $$"""{"members":[{{string.Join(',', present.Select(person => person.Json))}}]}""");
            }
            return present.FirstOrDefault(person => person.TeamsId == one || person.ObjectId == one) is { } found
                ? Json(HttpStatusCode.OK, found.Json)
                : Json(HttpStatusCode.NotFound, """{"error":{"code":"MemberNotFoundInConversation","message":"no"}}""");
        }
        return Json(HttpStatusCode.NotFound, "{}");
    }

    private static void Fill(ShownMessage message, JsonObject body)
    {
        message.Text = body["text"]?.GetValue<string>();
        message.Card = body["attachments"]?[0]?["content"]?.DeepClone().AsObject();
    }

    private static HttpResponseMessage Json(HttpStatusCode status, string json) =>
        new(status) { Content = new StringContent(json, Encoding.UTF8, "application/json") };

    [GeneratedRegex("/v3/conversations/(?<conversation>[^/]+)/activities(/(?<activity>[^/]+))?$")]
    private static partial Regex Activities();

    [GeneratedRegex("/v3/conversations/(?<conversation>[^/]+)/(pagedmembers|members)(/(?<member>[^/]+))?$")]
    private static partial Regex Members();
}

internal sealed record FakePerson(string Key, string Name, string ObjectId)
{
    public string TeamsId => $"29:{Key}";
    public string Chat => $"a:{Key}";
    public bool IsInstalled { get; set; } = true;

    /// <summary>Where they are from.</summary>
    public string Tenant { get; init; } = TestOffice.Tenant;

    public string Json => $$"""{"id":"{{TeamsId}}","aadObjectId":"{{ObjectId}}","name":"{{Name}}","email":"{{Key}}@contoso.example"}""";
}

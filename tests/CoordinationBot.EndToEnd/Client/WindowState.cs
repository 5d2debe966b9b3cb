using System.Text.Json;
using System.Text.Json.Nodes;

namespace CoordinationBot.EndToEnd.Client;

/// <summary>What a window knows (see window.js).</summary>
public sealed record WindowState(
    long Version,
    bool Loading,
    string Me,
    string Bot,
    ActiveChat Active,
    IReadOnlyList<ChatInfo> Chats,
    IReadOnlyList<ShownMessage> Messages,
    IReadOnlyList<LogLine> Log)
{
    internal static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web);

    /// <summary>
    /// The Playground calls a chat installed before the bot has been told; told it is when the log has both activities
    /// answered, or says that the bot cannot be reached.
    /// </summary>
    internal bool WasToldOf(string chat, int since = 0)
    {
        var names = Log.Skip(since).Where(l => l.Conversation == chat && l.Status is not null).Select(l => l.Activity).ToHashSet();
        return (names.Contains("conversationUpdate") && names.Contains("installationUpdate"))
            || Log.Skip(since).Any(l => l.Warning?.Contains("Cannot connect to your app", StringComparison.Ordinal) == true);
    }
}

public sealed record ActiveChat(string Kind, string Id);

public sealed record ChatInfo(string Kind, string Id, string Name, bool Installed);

public sealed record LogLine(string? Conversation, string? Activity, int? Status, string? Warning);

/// <summary>A message in the open chat.</summary>
/// <param name="Id">Its id in this window.</param>
/// <param name="From">Teams id of the writer.</param>
/// <param name="Text">Its text; empty for a card.</param>
/// <param name="Cards">Contents of its attachments.</param>
/// <param name="Post">In a channel, the thread.</param>
public sealed record ShownMessage(string Id, string From, string Text, IReadOnlyList<JsonNode?> Cards, string? Post)
{
    private static readonly HashSet<string> Readable =
        new(StringComparer.Ordinal) { "text", "title", "value", "label", "placeholder", "altText", "subtitle", "errorMessage", "fallbackText", "legend", "name" };

    public bool IsCard => Cards.Any(c => c?["type"]?.ToString() == "AdaptiveCard");

    /// <summary>The text, and every string of the cards which a person could read.</summary>
    public string AllText => string.Join('\n', [Text, .. Cards.SelectMany(Strings)]);

    /// <summary>Changes when the message is changed.</summary>
    internal string Fingerprint => Text + string.Concat(Cards.Select(c => c?.ToJsonString()));

    private static IEnumerable<string> Strings(JsonNode? node) => node switch
    {
        JsonArray array => array.SelectMany(Strings),
        JsonObject obj => obj.SelectMany(p => p.Value is JsonValue value && value.TryGetValue(out string? text)
            ? Readable.Contains(p.Key) ? [text] : []
            : Strings(p.Value)),
        _ => [],
    };
}

/// <summary>What a card on screen holds (see window.js).</summary>
public sealed record CardModel(string Text, IReadOnlyList<CardInput> Inputs, IReadOnlyList<CardButton> Actions);

public sealed record CardInput(
    string Id, string Type, string? Value, string? Label, string? Error, IReadOnlyList<CardChoice> Choices, bool Multiple, bool People, string ValueOn, string ValueOff, bool Visible);

public sealed record CardChoice(string Title, string Value);

public sealed record CardButton(string Title, string Type, string? TeamsType);

/// <summary>A message of a window that holds a card. Stays good when the card in it is replaced.</summary>
/// <param name="Id">The message's id in this window.</param>
/// <param name="Content">The card's JSON as it was when it was found.</param>
public sealed record Card(string Id, JsonNode Content);

/// <summary>What pressing a button did.</summary>
/// <param name="Kind"><c>submit</c>, <c>execute</c>, <c>open</c> (a link), <c>invalid</c> (the card refused its inputs) or <c>local</c>.</param>
/// <param name="Status">HTTP status of submit and execute; 502 when the bot failed.</param>
/// <param name="Answer">Of execute, the bot's invoke response; of open, the address; of invalid, the messages by input.</param>
public sealed record Pressed(string Kind, int? Status = null, JsonNode? Answer = null);

/// <summary>The chats of a window.</summary>
public enum Chat
{
    Personal,
    Group,
    Channel,
}

using System.Runtime.InteropServices;
using System.Text.Json;
using CoordinationBot.Protocol.Activities;
using CoordinationBot.Protocol.Cards;

namespace CoordinationBot.Protocol.Turns;

/// <summary>How a turn came in, which decides how it is answered.</summary>
internal enum TurnKind
{
    /// <summary>A card action that waits for its answer in the response.</summary>
    Invoke,

    /// <summary>A card action of an old client, sent as a message.</summary>
    Submit,

    /// <summary>Something typed.</summary>
    Text,

    /// <summary>Somebody came or went.</summary>
    Event,
}

/// <summary>What an activity asks for.</summary>
/// <param name="Kind">How it came in.</param>
/// <param name="Prefix">First half of the route's name: <c>command</c>, <c>action</c>, <c>event</c>, <c>text</c>.</param>
/// <param name="Key">Second half.</param>
/// <param name="Handler">Who answers; null when nobody does.</param>
internal readonly record struct TurnRoute(TurnKind Kind, string Prefix, string Key, TurnHandler? Handler)
{
    public string Text { get; init; } = "";

    public string Argument { get; init; } = "";

    public Inputs Inputs { get; init; } = Inputs.None;

    public bool IsPublic { get; init; }

    public bool IsRefresh { get; init; }
}

/// <summary>Finds the handler of an activity.</summary>
internal sealed class TurnRoutes(RouteTable table)
{
    private const string ViewVerb = "view";

    /// <summary>Characters of a message, and bytes of what a press carries. The channel takes messages of 100 KB in UTF-16 (learn.microsoft.com, "Format your bot messages"); what is longer was not typed.</summary>
    private const int LongestText = 50 * 1024;
    private const int LargestPress = 4 * LongestText;

    private static readonly TurnHandler TooLong = (_, _) => new(new TurnResult.Refused(Sentences.TooLong));

    private CommandMatcher? _commands;

    /// <summary>Null when the activity is of no interest to the bot.</summary>
    public TurnRoute? Find(Activity activity, ConversationScope scope) => activity.Type switch
    {
        ActivityTypes.Message when string.IsNullOrWhiteSpace(activity.Text) && activity.Value is { ValueKind: JsonValueKind.Object } data =>
            Action(TurnKind.Submit, Member(data, SubmitAction.VerbKey), data, isRefresh: false),
        ActivityTypes.Message => Text(MentionText.Strip(activity.Text, activity.Entities, activity.Recipient?.Id), scope),
        ActivityTypes.Invoke => Invoke(activity.Value),
        ActivityTypes.ConversationUpdate => Members(activity),
        ActivityTypes.InstallationUpdate => Installation(activity.Action),
        _ => null,
    };

    private TurnRoute Text(string text, ConversationScope scope)
    {
        if (text.Length > LongestText)
        {
            return new(TurnKind.Text, "text", "", TooLong);
        }
        // The table is complete only when the host has started, hence not in the constructor. Two threads may both build it: no harm.
        var commands = _commands ??= new CommandMatcher(table.Commands);
        if (commands.Match(text, out var argument) is { } command)
        {
            return new(TurnKind.Text, "command", command.Words, command.Handler) { Text = text, Argument = argument, IsPublic = command.IsPublic };
        }
        return new(TurnKind.Text, "text", "", scope == ConversationScope.Personal ? table.FreeText : null) { Text = text };
    }

    private TurnRoute Invoke(JsonElement? value)
    {
        // Read by hand and not as a CardActionValue: a field of another type than expected is an old or forged card, not an exception.
        JsonElement? data = null;
        string? verb = null;
        var isRefresh = false;
        if (value is { ValueKind: JsonValueKind.Object } payload)
        {
            isRefresh = "automatic".Equals(Member(payload, "trigger"), StringComparison.OrdinalIgnoreCase);
            if (payload.TryGetProperty("action", out var action) && action.ValueKind == JsonValueKind.Object)
            {
                verb = Member(action, "verb");
                data = action.TryGetProperty("data", out var inputs) ? inputs : null;
            }
        }
        return Action(TurnKind.Invoke, verb, data, isRefresh);
    }

    private TurnRoute Action(TurnKind kind, string? verb, JsonElement? data, bool isRefresh)
    {
        var key = verb ?? "";
        if (data is { ValueKind: JsonValueKind.Object } sent && JsonMarshal.GetRawUtf8Value(sent).Length > LargestPress)
        {
            return new(kind, "action", key, TooLong);
        }
        var handler = isRefresh ? View(ref key) : table.FindAction(key);
        return new(kind, "action", key, handler) { Inputs = Inputs.From(data), IsRefresh = isRefresh };
    }

    // A client that refreshes by itself sends the verb its card names. Whatever that is, only the action that shows may run.
    private TurnHandler? View(ref string verb)
    {
        for (var dot = verb.LastIndexOf('.'); dot >= 0; dot = dot == 0 ? -1 : verb.LastIndexOf('.', dot - 1))
        {
            var view = string.Concat(verb.AsSpan(0, dot + 1), ViewVerb);
            if (table.FindAction(view) is { } handler)
            {
                verb = view;
                return handler;
            }
        }
        return null;
    }

    private TurnRoute? Members(Activity activity)
    {
        var name = (activity.MembersAdded, activity.MembersRemoved) switch
        {
            ({ Count: > 0 } added, _) => HasBot(added, activity.Recipient) ? "install" : "membersAdded",
            (_, { Count: > 0 } removed) => HasBot(removed, activity.Recipient) ? "uninstall" : "membersRemoved",
            _ => null,
        };
        return name is null ? null : Event(name);
    }

    private TurnRoute? Installation(string? action) => action?.ToLowerInvariant() switch
    {
        "add" => Event("install"),
        "remove" => Event("uninstall"),
        // An upgrade (add-upgrade, remove-upgrade) brings nobody and takes nobody away.
        _ => null,
    };

    private TurnRoute Event(string name) => new(TurnKind.Event, "event", name, table.FindEvent(name));

    private static bool HasBot(IReadOnlyList<ChannelAccount> members, ChannelAccount? bot)
    {
        for (var index = 0; index < members.Count; index++)
        {
            if (bot?.Id is { } id && members[index].Id == id)
            {
                return true;
            }
        }
        return false;
    }

    private static string? Member(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}

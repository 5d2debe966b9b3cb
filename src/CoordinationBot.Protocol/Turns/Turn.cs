using CoordinationBot.Protocol.Activities;
using CoordinationBot.Protocol.Connector;

namespace CoordinationBot.Protocol.Turns;

/// <summary>Where a turn takes place.</summary>
public enum ConversationScope
{
    /// <summary>The person's own chat with the bot.</summary>
    Personal,

    /// <summary>A group chat.</summary>
    GroupChat,

    /// <summary>A channel of a team.</summary>
    Channel,
}

/// <summary>Who speaks. The key is the tenant with <see cref="ObjectId"/>; the rest helps to reach and to name the person.</summary>
/// <param name="ObjectId">Entra object id.</param>
/// <param name="TeamsId">Channel id, <c>29:…</c>.</param>
/// <param name="Name">Display name, when the activity carries one.</param>
public sealed record Actor(string ObjectId, string TeamsId, string? Name)
{
    private const int LongestObjectId = 64;

    /// <summary>Whether a text can be somebody's object id. Entra's are GUIDs; a client of a local trial makes up others, of at most 64 ASCII letters, digits and <c>-</c>.</summary>
    public static bool IsObjectId(string text) =>
        text.Length is > 0 and <= LongestObjectId && text.All(static letter => char.IsAsciiLetterOrDigit(letter) || letter == '-');
}

/// <summary>One exchange: what came in, from whom, and when. Everything a handler needs to decide; the clock was read once.</summary>
public sealed record Turn
{
    /// <summary>What came in.</summary>
    public required Activity Activity { get; init; }

    /// <summary>Who spoke.</summary>
    public required Actor Actor { get; init; }

    /// <summary>The tenant, checked against the allowed ones.</summary>
    public required string Tenant { get; init; }

    /// <summary>Where.</summary>
    public required ConversationScope Scope { get; init; }

    /// <summary>How to speak in this conversation again.</summary>
    public required ConversationReference Conversation { get; init; }

    /// <summary>BCP 47 tag of the speaker, <c>en-US</c> when unknown.</summary>
    public required string Locale { get; init; }

    /// <summary>IANA zone the speaker's client names, if any.</summary>
    public string? Zone { get; init; }

    /// <summary>The instant of this turn, UTC.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>
    /// Names what caused this turn: the same for a redelivery with the same activity id. Goes into every commit of the turn, so that a second
    /// run finds what the first one did.
    /// </summary>
    public required string OperationId { get; init; }

    /// <summary>The message without mentions of the bot, trimmed; empty for other activities.</summary>
    public string Text { get; init; } = "";

    /// <summary>What followed the command's words, trimmed.</summary>
    public string Argument { get; init; } = "";

    /// <summary>Data and inputs of a card action.</summary>
    public Inputs Inputs { get; init; } = Inputs.None;

    /// <summary>A client refreshes its card by itself: nothing may change.</summary>
    public bool IsRefresh { get; init; }
}

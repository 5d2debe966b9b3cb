using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using CoordinationBot.Protocol.Activities;

namespace CoordinationBot.Protocol.Turns;

/// <summary>Who speaks, where and how, as an activity says it.</summary>
internal static class ActivityFacts
{
    private const int LongestLoggedName = 64;
    private const int HashLength = 12;

    // A display name in Entra has 256 characters at most.
    private const int LongestName = 256;

    // The longest language tag that RFC 5646 (4.4.1) asks anybody to make room for.
    private const int LongestLocale = 35;

    // As part of an address or of a storage key (512 characters, a tenant's id beside it).
    private const int LongestEscapedId = 400;

    /// <summary>What is not surely somebody's own chat is treated as a group: nothing personal may go there.</summary>
    public static ConversationScope ScopeOf(ConversationAccount conversation) => conversation.ConversationType switch
    {
        "personal" => ConversationScope.Personal,
        "channel" => ConversationScope.Channel,
        null when conversation.IsGroup != true && !conversation.Id!.StartsWith("19:", StringComparison.Ordinal) => ConversationScope.Personal,
        _ => ConversationScope.GroupChat,
    };

    public static Actor? ActorOf(Activity activity)
    {
        if (activity.From is { AadObjectId.Length: > 0 } from)
        {
            return ActorOf(from);
        }
        // Who was added to a personal chat is the one it belongs to, even where the channel does not say who did it.
        if (activity.MembersAdded is { } added)
        {
            for (var index = 0; index < added.Count; index++)
            {
                if (added[index] is { AadObjectId.Length: > 0 } member && member.Id != activity.Recipient?.Id)
                {
                    return ActorOf(member);
                }
            }
        }
        return null;
    }

    /// <summary>Null when it has no ids to know and to reach it by.</summary>
    private static Actor? ActorOf(ChannelAccount account) =>
        Canonical(account.AadObjectId!) is { } objectId && IsId(account.Id) ? new(objectId, account.Id!, NameOf(account.Name)) : null;

    // The key of a person: one spelling, whatever the channel writes.
    private static string? Canonical(string objectId) =>
        Guid.TryParse(objectId, out var id) ? id.ToString()
        : Actor.IsObjectId(objectId) ? objectId
        : null;

    private static string? NameOf(string? name) =>
        string.IsNullOrWhiteSpace(name) ? null
        : name.Length <= LongestName ? name
        : name[..(char.IsHighSurrogate(name[LongestName - 1]) ? LongestName - 1 : LongestName)];

    /// <summary>Whether an id of the channel is one: it becomes part of addresses and keys. Theirs are of visible ASCII characters, some 150 at most.</summary>
    public static bool IsId([NotNullWhen(true)] string? id)
    {
        var escaped = 0;
        foreach (var letter in id ?? "")
        {
            if (letter is <= ' ' or > '~')
            {
                return false;
            }
            escaped += char.IsAsciiLetterOrDigit(letter) || letter is '-' or '.' or '_' or '~' ? 1 : 3;
        }
        return escaped is > 0 and <= LongestEscapedId;
    }

    public static string LocaleOf(Activity activity) => (activity.Locale ?? ClientInfo(activity)?.Locale) is { Length: > 0 and <= LongestLocale } locale ? locale : "en-US";

    public static string? ZoneOf(Activity activity) => ClientInfo(activity)?.Timezone ?? activity.LocalTimezone;

    private static Entity? ClientInfo(Activity activity)
    {
        if (activity.Entities is { } entities)
        {
            for (var index = 0; index < entities.Count; index++)
            {
                if (entities[index].Type.Equals("clientInfo", StringComparison.OrdinalIgnoreCase))
                {
                    return entities[index];
                }
            }
        }
        return null;
    }

    /// <summary>The same for the same id, and not the id: a conversation may be a person's.</summary>
    public static string Hashed(string id) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(id)))[..HashLength];

    /// <summary>The name comes from outside: short, and without anything that could look like a line of the log.</summary>
    public static string Loggable(string? name)
    {
        name ??= "";
        return string.Create(Math.Min(name.Length, LongestLoggedName), name, static (text, name) =>
        {
            for (var index = 0; index < text.Length; index++)
            {
                text[index] = char.IsAsciiLetterOrDigit(name[index]) || name[index] is '/' or '.' or '-' or '_' or ' ' ? name[index] : '?';
            }
        });
    }
}

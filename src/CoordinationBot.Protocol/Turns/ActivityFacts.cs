using CoordinationBot.Protocol.Activities;

namespace CoordinationBot.Protocol.Turns;

/// <summary>Who speaks, where and how, as an activity says it.</summary>
internal static class ActivityFacts
{
    private const int LongestLoggedName = 64;

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
        if (activity.From is { AadObjectId: { Length: > 0 } objectId } from)
        {
            return new(Canonical(objectId), from.Id ?? "", from.Name);
        }
        // Who was added to a personal chat is the one it belongs to, even where the channel does not say who did it.
        if (activity.MembersAdded is { } added)
        {
            for (var index = 0; index < added.Count; index++)
            {
                if (added[index] is { AadObjectId: { Length: > 0 } memberId } member && member.Id != activity.Recipient?.Id)
                {
                    return new(Canonical(memberId), member.Id ?? "", member.Name);
                }
            }
        }
        return null;
    }

    // The key of a person: one spelling, whatever the channel writes.
    private static string Canonical(string objectId) => Guid.TryParse(objectId, out var id) ? id.ToString() : objectId;

    public static string LocaleOf(Activity activity) => activity.Locale ?? ClientInfo(activity)?.Locale ?? "en-US";

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

    /// <summary>The name comes from outside: short, and without anything that could look like a line of the log.</summary>
    public static string Loggable(string? name)
    {
        name ??= "";
        return string.Create(Math.Min(name.Length, LongestLoggedName), name, static (text, name) =>
        {
            for (var index = 0; index < text.Length; index++)
            {
                text[index] = char.IsAsciiLetterOrDigit(name[index]) || name[index] is '/' or '.' or '-' or '_' ? name[index] : '?';
            }
        });
    }
}

using CoordinationBot.Protocol.Activities;

namespace CoordinationBot.Protocol.Turns;

/// <summary>Reads the mentions in a message: the bot's are taken out, others become the names they stand for.</summary>
internal static class MentionText
{
    /// <summary>
    /// The text without what the channel marked as a mention of the bot, and with people's names for mentions of them, trimmed. Only the entities say what is a mention: people can type the
    /// bot's name, or something that looks like a mention, as part of what they want to say.
    /// </summary>
    public static string Strip(string? text, IReadOnlyList<Entity>? entities, string? botId)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return "";
        }
        if (entities is not null && botId is not null)
        {
            for (var index = 0; index < entities.Count; index++)
            {
                var entity = entities[index];
                if (entity.Type.Equals("mention", StringComparison.OrdinalIgnoreCase) && entity is { Mentioned: { } mentioned, Text: { Length: > 0 } mention })
                {
                    text = mentioned.Id == botId ? RemoveFirst(text, mention) : mentioned.Name is { Length: > 0 } name ? ReplaceFirst(text, mention, name) : text;
                }
            }
        }
        return text.Trim();
    }

    private static string ReplaceFirst(string text, string mention, string name)
    {
        var at = text.IndexOf(mention, StringComparison.Ordinal);
        return at < 0 ? text : string.Concat(text.AsSpan(0, at), name, text.AsSpan(at + mention.Length));
    }

    private static string RemoveFirst(string text, string mention)
    {
        var at = text.IndexOf(mention, StringComparison.Ordinal);
        if (at < 0)
        {
            return text;
        }
        var before = text.AsSpan(0, at).TrimEnd();
        var after = text.AsSpan(at + mention.Length).TrimStart();
        return before.IsEmpty ? after.ToString() : after.IsEmpty ? before.ToString() : string.Concat(before, " ", after);
    }
}

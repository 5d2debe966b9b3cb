namespace CoordinationBot.Delegations;

/// <summary>Which authorization type the words suggest. Only a suggestion: the leader is always asked.</summary>
internal static class SentenceSuggestion
{
    private static readonly (string[] Words, AuthorizationType Type)[] Phrases =
    [
        (["exactly"], AuthorizationType.Deterministic),
        (["follow", "these", "steps"], AuthorizationType.Deterministic),
        (["as", "you", "see", "fit"], AuthorizationType.Flexible),
        (["up", "to"], AuthorizationType.Flexible),
        (["look", "into"], AuthorizationType.Uncertain),
        (["find", "out", "whether"], AuthorizationType.Uncertain),
    ];

    /// <summary>The type and the words for it; none when the words before the steps speak for two types.</summary>
    public static (AuthorizationType? Type, string? By) Of(SentenceWords words, int stepsStart)
    {
        (AuthorizationType? Type, string? By) found = (null, null);
        for (var at = 0; at < words.Count && words[at].Start < stepsStart; at++)
        {
            foreach (var (phrase, type) in Phrases)
            {
                if (!Stands(words, at, phrase)) continue;
                if (found.Type is { } other && other != type) return (null, null);
                found = found.Type is null ? (type, Typed(words, at, phrase)) : found;
            }
        }

        return found;
    }

    private static bool Stands(SentenceWords words, int at, string[] phrase)
    {
        if (at + phrase.Length > words.Count) return false;
        for (var offset = 0; offset < phrase.Length; offset++)
        {
            if (SteeringWord(words, at + offset) != phrase[offset]) return false;
        }

        // "bring it up to date" sets no limit.
        return phrase[0] != "up" || at + 2 >= words.Count || words.Bare(at + 2) is not ("date" or "speed" or "scratch" or "now" or "code" or "par");
    }

    private static string? Typed(SentenceWords words, int at, string[] phrase)
    {
        var slice = words.Slice(at, at + phrase.Length)?.TrimStart('"', '“', '„', '«', '»', '\'', '‘', '(');
        // "exactly:collect" is one word of ours and one of the first step.
        var end = slice?.IndexOf(phrase[^1], StringComparison.OrdinalIgnoreCase) ?? -1;
        return end < 0 ? slice : slice![..(end + phrase[^1].Length)];
    }

    private static string SteeringWord(SentenceWords words, int index)
    {
        var raw = words.Raw(index);
        var colon = raw.IndexOf(':');
        var word = (colon > 0 ? raw[..colon] : raw).Trim(",;:.!?()\"“”„«»'‘’");
        return word.Length > 20 ? "" : word.ToString().ToLowerInvariant();
    }
}

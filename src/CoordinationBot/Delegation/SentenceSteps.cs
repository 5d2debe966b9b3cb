namespace CoordinationBot.Delegations;

/// <summary>The steps of a deterministic delegation: where they begin in the sentence, and one from the other.</summary>
internal static class SentenceSteps
{
    // "exactly these steps, in this order:" is as long as an opening gets.
    private const int LongestOpening = 8;

    private static readonly (string Written, Evidence Evidence)[] Endings =
    [
        ("(note)", Evidence.Note), ("(a note)", Evidence.Note), ("(with a note)", Evidence.Note),
        ("(link)", Evidence.Link), ("(a link)", Evidence.Link), ("(with a link)", Evidence.Link),
    ];

    /// <summary>How many words stand before the steps and their opening, and where in the text the steps begin (its end: there are none).</summary>
    public static (int HeadCount, int Start) Find(SentenceWords words)
    {
        for (var at = 0; at < words.Count; at++)
        {
            if (words[at].Quoted) continue;
            if (words.Raw(at) is "1." or "1)" && (words[at].OnNewLine || (at > 0 && words.EndsWith(at - 1, ":")))) return (at, words[at].Start);
            if (words.Raw(at) is "-" or "*" or "•" && words[at].OnNewLine) return (at, words[at].Start);
            if (AfterOpening(words, at) is { } start) return (at, start);
        }

        return (words.Count, words.Length);
    }

    /// <summary>The items in their order, as typed, without numbers and bullets.</summary>
    public static IReadOnlyList<string> Split(string text)
    {
        var numbered = text.TrimStart();
        IReadOnlyList<string> items = numbered.StartsWith("1.", StringComparison.Ordinal) || numbered.StartsWith("1)", StringComparison.Ordinal)
            ? Numbered(numbered)
            : text.Split([';', '\n', '\r']);
        return [.. items.Select(item => item.Trim().TrimStart('-', '*', '•').Trim(' ', '\t', '\r', '\n', ';', ',')).Where(item => item.Length > 0)];
    }

    public static SentenceStep Step(string item)
    {
        var text = item.TrimEnd('.', ' ');
        foreach (var (written, evidence) in Endings)
        {
            if (!text.EndsWith(written, StringComparison.OrdinalIgnoreCase)) continue;
            var before = text[..^written.Length].TrimEnd(' ', '\t', ',');
            // "(note)" alone is all there is to say about the step.
            return before.Length == 0 ? new(item, Evidence.None) : new(before, evidence);
        }

        return new(item, Evidence.None);
    }

    /// <summary>Only the next number in turn, written like the first, begins an item, so that "read page 3." does not.</summary>
    private static List<string> Numbered(string text)
    {
        var (items, number, begin) = (new List<string>(), 1, -1);
        for (var at = 0; at < text.Length; at++)
        {
            if (!char.IsAsciiDigit(text[at]) || (at > 0 && !char.IsWhiteSpace(text[at - 1]) && text[at - 1] is not (';' or ','))) continue;
            var digits = number.ToString(System.Globalization.CultureInfo.InvariantCulture);
            var dot = at + digits.Length;
            if (string.CompareOrdinal(text, at, digits, 0, digits.Length) != 0 || dot >= text.Length || text[dot] != text[1]) continue;
            // "2.5 hours" is no second item.
            if (dot + 1 < text.Length && char.IsAsciiDigit(text[dot + 1])) continue;
            if (begin >= 0) items.Add(text[begin..at]);
            (number, begin) = (number + 1, dot + 1);
        }

        items.Add(text[Math.Max(begin, 0)..]);
        return items;
    }

    /// <summary>Where the steps begin if this word opens them: "exactly:", "follow these steps:", "exactly 1. …".</summary>
    private static int? AfterOpening(SentenceWords words, int at)
    {
        if (BeforeColon(words, at).Word is not ("exactly" or "follow" or "following" or "steps")) return null;
        for (var next = at; next < words.Count && next < at + LongestOpening && !words[next].Quoted; next++)
        {
            var (word, colon) = BeforeColon(words, next);
            if (word is not ("exactly" or "follow" or "following" or "steps" or "these" or "this" or "the" or "in" or "order" or "do" or ""))
            {
                return next > at && words.Raw(next) is "1." or "1)" ? words[next].Start : null;
            }

            if (colon >= 0) return words[next].Start + colon + 1;
            if (next + 1 < words.Count && words[next + 1].OnNewLine) return words[next + 1].Start;
        }

        return null;
    }

    private static (string Word, int Colon) BeforeColon(SentenceWords words, int index)
    {
        var raw = words.Raw(index);
        var colon = raw.IndexOf(':');
        var word = (colon >= 0 ? raw[..colon] : raw).Trim(",;.");
        return (word.Length > 20 ? "…" : word.ToString().ToLowerInvariant(), colon);
    }
}

using CoordinationBot.Dialogs;

namespace CoordinationBot.Delegations;

/// <summary>The steps of a deterministic delegation: where they begin in the sentence, and one from the other.</summary>
internal static class SentenceSteps
{
    // "exactly these steps, in this order:" is as long as an opening gets.
    private const int LongestOpening = 8;

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

    public static SentenceStep Step(string item)
    {
        var line = TypedLines.Line(item, DelegationForm.Steps.Choices);
        return new(line.Text, Enum.Parse<Evidence>(line.Choice));
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

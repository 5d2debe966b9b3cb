using CoordinationBot.Dialogs;

namespace CoordinationBot.Delegations;

/// <summary>Whether words look like the name of a person. Whether there is such a person is asked elsewhere.</summary>
internal static class SentenceName
{
    private const int MostWords = 5;

    /// <summary>The words of the name and the index after it; null if this is no name, or goes on as something else ("Alex and Ann").</summary>
    /// <param name="words">The sentence.</param>
    /// <param name="first">The index after "to".</param>
    /// <param name="end">Where the words to look at end.</param>
    /// <param name="anyCase">The place in the sentence leaves no doubt, so "alex" will do.</param>
    public static (string Name, int Next)? At(SentenceWords words, int first, int end, bool anyCase)
    {
        var next = first;
        var closed = false;
        for (; next < end && next - first < MostWords && !closed; next++)
        {
            if (next > first && Stops(words, next)) break;
            if (words[next].Quoted || words[next].OnNewLine || !IsNameWord(words, next, next == first, anyCase)) return null;
            closed = words.EndsWith(next, ",;:!?") || (words.EndsWith(next, ".") && words[next].End - words[next].Start > 3);
        }

        if (next == first || !(closed || next == end || Stops(words, next))) return null;
        if (IsParticle(words.Bare(next - 1)) || (next == first + 1 && IsDate(words, first, anyCase))) return null;
        var name = words.Slice(first, next)?.TrimEnd('!', '?');
        if (name is null) return null;
        return (closed && name.Length > 3 ? name.TrimEnd('.') : name, next);
    }

    private static bool Stops(SentenceWords words, int index) => words[index].Quoted || words[index].OnNewLine
        || words.Bare(index) is "by" or "until" or "till" or "due" or "exactly" or "as" or "up" or "follow" or "following" or "look" or "find" or "every" or "each" or ""
        || SentenceRepeat.At(words, index, words.Count) is not null;

    private static bool IsNameWord(SentenceWords words, int index, bool isFirst, bool anyCase)
    {
        var raw = words.Raw(index);
        if (raw[0] == '@' && raw.Length > 1) raw = raw[1..];
        if (raw.Contains('@')) return true;
        if (!isFirst && IsParticle(words.Bare(index))) return true;
        if (!System.Text.Rune.TryGetRuneAt(raw.ToString(), 0, out var letter) || !System.Text.Rune.IsLetter(letter)) return false;
        // Scripts without capitals: a letter that is the same in both cases.
        var capital = System.Text.Rune.ToLowerInvariant(letter) != letter || System.Text.Rune.ToUpperInvariant(letter) == letter;
        return anyCase ? words.Bare(index) is not ("the" or "a" or "an" or "my" or "our" or "your" or "and" or "or" or "be") : capital;
    }

    private static bool IsParticle(string word) =>
        word is "van" or "von" or "de" or "der" or "den" or "del" or "della" or "da" or "di" or "du" or "la" or "le" or "bin" or "ibn" or "al" or "el" or "ter" or "zu" or "y";

    /// <summary>"move the meeting to Friday"; April and May are also names, but where they stand alone it is not clear.</summary>
    private static bool IsDate(SentenceWords words, int index, bool anyCase) =>
        anyCase ? TypedDateWords.Weekdays.ContainsKey(words.Bare(index)) : TypedDateWords.CanStandInDate(words.Raw(index));
}

namespace CoordinationBot.People;

/// <summary>Somebody who may be meant.</summary>
internal sealed record Candidate(string ObjectId, string Name, string Email);

internal abstract record NameMatchResult
{
    private NameMatchResult()
    {
    }

    internal sealed record One(Candidate Candidate) : NameMatchResult;

    /// <summary>Equally good; sorted by name, to be shown as a choice.</summary>
    internal sealed record Several(IReadOnlyList<Candidate> Candidates) : NameMatchResult;

    internal sealed record None : NameMatchResult;
}

/// <summary>Whom a typed name means, without ever choosing between several.</summary>
internal static class NameMatch
{
    private const int MostTokens = 8;
    private const int LongestToken = 40;

    // Longer than any name or mail address: not a name.
    private const int LongestTyped = 320;

    /// <summary>
    /// What a name is indexed and looked up by, at most eight: its words, then a name written without spaces as a whole and without
    /// its surname, then the words spelt out ("mueller").
    /// </summary>
    public static IReadOnlyList<string> Tokens(string name)
    {
        var words = NameWord.Of(name);
        var eastAsian = words.Where(word => word.IsEastAsian).Select(word => word.Plain).ToList();
        var whole = eastAsian.Count > 1 ? [string.Concat(eastAsian)] : Array.Empty<string>();
        var given = eastAsian.Where(word => word.Length is 3 or 4 && !char.IsSurrogate(word[0])).Select(word => word[1..]);
        return [.. words.Select(word => word.Plain).Concat(whole).Concat(given).Concat(words.Select(word => word.SpeltOut))
            .Select(Cut).Distinct(StringComparer.Ordinal).Take(MostTokens)];
    }

    // A key holds only so much, and what is typed without spaces may be a whole sentence.
    private static string Cut(string token) =>
        token.Length <= LongestToken ? token : char.IsHighSurrogate(token[LongestToken - 1]) ? token[..(LongestToken - 1)] : token[..LongestToken];

    /// <summary>Exact name, then exact mail address, then whole words, then beginnings of words: the first of these that anybody matches decides.</summary>
    public static NameMatchResult Match(string typed, IReadOnlyList<Candidate> candidates)
    {
        var text = typed.Trim().TrimStart('@');
        if (text.Length is 0 or > LongestTyped) return new NameMatchResult.None();
        var words = NameWord.Of(text);
        var people = candidates.DistinctBy(candidate => candidate.ObjectId, StringComparer.OrdinalIgnoreCase)
            .Select(candidate => (Candidate: candidate, Words: NameWord.Of(candidate.Name))).ToList();
        // Nothing that can be searched (an emoji) would otherwise match everybody.
        var byName = words.Count > 0 && !text.Contains('@', StringComparison.Ordinal);
        foreach (var isMatch in new Func<(Candidate Candidate, IReadOnlyList<NameWord> Words), bool>[]
        {
            person => byName && IsSameName(words, person.Words),
            person => string.Equals(person.Candidate.Email.Trim(), text, StringComparison.OrdinalIgnoreCase),
            person => byName && words.All(word => person.Words.Any(word.Is)),
            person => byName && words.All(word => person.Words.Any(word.IsPartOf)),
        })
        {
            var matching = people.Where(isMatch).Select(person => person.Candidate).ToList();
            if (matching.Count == 1) return new NameMatchResult.One(matching[0]);
            if (matching.Count > 1) return new NameMatchResult.Several(Sorted(matching));
        }

        return new NameMatchResult.None();
    }

    /// <summary>Word by word; a name without spaces is the same however it is parted ("王 小明").</summary>
    private static bool IsSameName(IReadOnlyList<NameWord> typed, IReadOnlyList<NameWord> name) =>
        (typed.Count == name.Count && typed.Zip(name, (left, right) => left.Is(right)).All(same => same))
        || (typed.All(word => word.IsEastAsian) && name.Count > 0 && name.All(word => word.IsEastAsian)
            && string.Concat(typed.Select(word => word.Plain)) == string.Concat(name.Select(word => word.Plain)));

    private static List<Candidate> Sorted(IEnumerable<Candidate> candidates) =>
    [
        .. candidates.OrderBy(candidate => string.Join(' ', NameWord.Of(candidate.Name).Select(word => word.Plain)), StringComparer.Ordinal)
            .ThenBy(candidate => candidate.Email, StringComparer.OrdinalIgnoreCase)
            .ThenBy(candidate => candidate.ObjectId, StringComparer.Ordinal),
    ];
}

namespace CoordinationBot.Insights;

/// <summary>Which words recur. In whatever order the comments come, the answer is the same.</summary>
internal static class ThemeRules
{
    /// <summary>What fewer wrote is no theme, and might tell who they are.</summary>
    public const int FewestComments = 3;

    private const int MostThemes = 12;
    private const int MostQuotes = 2;

    /// <summary>A longer comment is read, not quoted.</summary>
    private const int LongestQuote = 200;

    /// <param name="comments">In any order.</param>
    /// <param name="starts">When each part of the time that is looked at begins, in order; all comments are from the first on.</param>
    /// <param name="read">The words of a text that may be a theme, each once.</param>
    public static IReadOnlyList<Theme> Of(IEnumerable<Comment> comments, IReadOnlyList<DateOnly> starts, Func<string, IReadOnlyList<ThemeWord>> read)
    {
        Dictionary<string, Tally> tallies = new(StringComparer.Ordinal);
        foreach (var comment in comments)
        {
            foreach (var word in read(comment.Text))
            {
                if (!tallies.TryGetValue(word.Stem, out var tally))
                {
                    tallies[word.Stem] = tally = new Tally(starts);
                }
                tally.Add(word.Form, comment);
            }
        }
        return
        [
            .. tallies.Values
                .Where(tally => tally.Comments >= FewestComments)
                .Select(tally => tally.Read())
                .OrderByDescending(theme => theme.Comments).ThenBy(theme => theme.Word, StringComparer.Ordinal)
                .Take(MostThemes),
        ];
    }

    private sealed class Tally(IReadOnlyList<DateOnly> starts)
    {
        private readonly Dictionary<string, int> _forms = new(StringComparer.Ordinal);
        private readonly int[] _parts = new int[starts.Count];
        private readonly SortedSet<string> _quotes = new(Comparer<string>.Create((one, other) => one.Length != other.Length ? one.Length.CompareTo(other.Length) : string.CompareOrdinal(one, other)));

        public int Comments { get; private set; }

        public void Add(string form, Comment comment)
        {
            Comments++;
            _forms[form] = _forms.GetValueOrDefault(form) + 1;
            _parts[InsightSpan.Part(starts, comment.Day)]++;
            if (comment.MayBeQuoted && comment.Text.Length <= LongestQuote && _quotes.Add(comment.Text) && _quotes.Count > MostQuotes)
            {
                _quotes.Remove(_quotes.Max!);
            }
        }

        public Theme Read() => new(
            _forms.OrderByDescending(form => form.Value).ThenBy(form => form.Key, StringComparer.Ordinal).First().Key,
            Comments,
            _parts,
            [.. _quotes]);
    }
}

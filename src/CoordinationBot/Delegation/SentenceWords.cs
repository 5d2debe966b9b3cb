namespace CoordinationBot.Delegations;

/// <param name="End">Exclusive.</param>
/// <param name="Start">In the text.</param>
/// <param name="Quoted">Inside quotation marks, where no word steers the sentence.</param>
/// <param name="OnNewLine">The first word of a line other than the first.</param>
internal readonly record struct SentenceWord(int Start, int End, bool Quoted, bool OnNewLine);

/// <summary>A sentence cut at white space and at quotation marks, in one pass; pieces are given back as they were typed.</summary>
internal sealed class SentenceWords
{
    private const string Punctuation = ",;:.!?()";

    private readonly string text;
    private readonly List<SentenceWord> words = [];
    private readonly Dictionary<int, int> quotes = [];

    private SentenceWords(string text) => this.text = text;

    public int Count => words.Count;

    public int Length => text.Length;

    public SentenceWord this[int index] => words[index];

    public static SentenceWords Of(string text)
    {
        var result = new SentenceWords(text);
        result.FindQuotes();
        result.Cut();
        return result;
    }

    public ReadOnlySpan<char> Raw(int index) => text.AsSpan(words[index].Start, words[index].End - words[index].Start);

    /// <summary>Without the punctuation around it, in lower case; empty for a word of punctuation, and for words longer than any we look for.</summary>
    public string Bare(int index)
    {
        var bare = Raw(index).Trim(Punctuation);
        return bare.Length > 20 ? "" : bare.ToString().ToLowerInvariant();
    }

    /// <summary>Whether a word outside quotation marks is this one.</summary>
    public bool Is(int index, string word) => index < Count && !words[index].Quoted && Bare(index) == word;

    public bool EndsWith(int index, string anyOf) => anyOf.Contains(text[words[index].End - 1], StringComparison.Ordinal);

    /// <summary>The index after the quotation that begins at this word, and what is in it; null if none begins here.</summary>
    public (int Next, string Content)? QuotationAt(int index)
    {
        if (index >= Count || !quotes.TryGetValue(words[index].Start, out var close)) return null;
        var next = index;
        while (next < Count && words[next].Start <= close) next++;
        return (next, text[(words[index].Start + 1)..close].Trim());
    }

    /// <summary>From a word up to another (exclusive), without punctuation around it; null if nothing is left.</summary>
    public string? Slice(int first, int end)
    {
        if (first >= end) return null;
        // "Dr." and "5 p.m." keep their dot.
        var piece = text.AsSpan(words[first].Start, words[end - 1].End - words[first].Start).Trim(" \t\r\n,;:-–—");
        return piece.IsEmpty ? null : piece.ToString();
    }

    private void FindQuotes()
    {
        // A kind of mark whose end was once not found has none further on: each kind is searched in vain only once.
        var endless = new HashSet<char>();
        for (var at = 0; at < text.Length; at++)
        {
            var closers = text[at] switch
            {
                '"' => "\"”",
                '“' => "”\"",
                '„' => "“”\"",
                '”' => "”",
                '«' => "»",
                '»' => "«",
                '\'' => "'",
                '‘' => "’'",
                _ => "",
            };
            if (closers.Length == 0 || endless.Contains(text[at]) || (at > 0 && !char.IsWhiteSpace(text[at - 1]) && !"(:,;".Contains(text[at - 1], StringComparison.Ordinal))) continue;
            var close = at + 1;
            while (close < text.Length && !IsClose(close, closers)) close++;
            if (close == text.Length)
            {
                endless.Add(text[at]);
                continue;
            }

            if (!text.AsSpan(at + 1, close - at - 1).IsWhiteSpace()) quotes.Add(at, close);
            at = close;
        }
    }

    /// <summary>The apostrophe of "last year's" ends nothing.</summary>
    private bool IsClose(int at, string closers) => closers.Contains(text[at], StringComparison.Ordinal)
        && (text[at] is not ('\'' or '’') || at + 1 == text.Length || !char.IsLetterOrDigit(text[at + 1]));

    private void Cut()
    {
        var (quotedUntil, newLine) = (-1, false);
        for (var at = 0; at < text.Length;)
        {
            if (char.IsWhiteSpace(text[at]))
            {
                newLine |= text[at] == '\n' || text[at] == '\r';
                at++;
                continue;
            }

            if (quotes.TryGetValue(at, out var close)) quotedUntil = close;
            var (start, quoted) = (at, at <= quotedUntil);
            at++;
            while (at < text.Length && !char.IsWhiteSpace(text[at]) && !quotes.ContainsKey(at) && !(quoted && at > quotedUntil)) at++;
            words.Add(new(start, at, quoted, newLine && words.Count > 0));
            newLine = false;
        }
    }
}

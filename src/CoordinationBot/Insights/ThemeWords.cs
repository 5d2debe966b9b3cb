using System.Collections.Frozen;
using Lucene.Net.Analysis.Cn.Smart;
using Lucene.Net.Analysis.TokenAttributes;
using Lucene.Net.Util;

namespace CoordinationBot.Insights;

/// <summary>
/// The words of English and Chinese texts, also mixed, that may be a theme. Where a Chinese word ends, and what of an English one is its stem, Lucene knows; which
/// words say nothing by themselves is on the published list that comes with jieba. Both are loaded when somebody first asks.
/// </summary>
internal static class ThemeWords
{
    // A Chinese word of one character mostly says how much or how; an English one of two letters is none.
    private const int ShortestChinese = 2;
    private const int ShortestOther = 3;

    /// <summary>What is longer was not written to be read.</summary>
    private const int Longest = 40;

    private static readonly Lazy<SmartChineseAnalyzer> Analyser = new(() => new SmartChineseAnalyzer(LuceneVersion.LUCENE_48));
    private static readonly Lazy<FrozenSet<string>> Stops = new(ReadStops);

    /// <summary>Each word once, by its stem, in the order in which they stand.</summary>
    public static IReadOnlyList<ThemeWord> Of(string text)
    {
        Dictionary<string, ThemeWord> words = new(StringComparer.Ordinal);
        using var stream = Analyser.Value.GetTokenStream("", text);
        var (term, place) = (stream.AddAttribute<ICharTermAttribute>(), stream.AddAttribute<IOffsetAttribute>());
        stream.Reset();
        while (stream.IncrementToken())
        {
            var form = text[place.StartOffset..place.EndOffset].ToLowerInvariant();
            if (form.Length <= Longest && form.Length >= (IsChinese(form) ? ShortestChinese : ShortestOther) && form.Any(char.IsLetter) && !Stops.Value.Contains(form))
            {
                words.TryAdd(term.ToString()!, new ThemeWord(term.ToString()!, form));
            }
        }
        stream.End();
        return [.. words.Values];
    }

    private static bool IsChinese(string word) => word[0] is >= '\u3400' and <= '\u9FFF';

    private static FrozenSet<string> ReadStops()
    {
        using var list = new StreamReader(typeof(ThemeWords).Assembly.GetManifestResourceStream("stopwords.txt")!);
        return list.ReadToEnd().Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.OrdinalIgnoreCase);
    }
}

using System.Globalization;
using CoordinationBot.Delegations;
using CoordinationBot.Dialogs;

namespace CoordinationBot.Meetings;

/// <summary>Reads how long something takes within a sentence: "45 min", "for 1 hour", "1.5h", "1 hour 30 minutes", "half an hour".</summary>
internal static class TypedLength
{
    /// <summary>Beyond any length of a meeting; the form says so.</summary>
    private const int Most = 100_000;

    /// <summary>The length that begins at this word, and where it ends; null: none.</summary>
    public static (int Minutes, int Next)? At(SentenceWords words, int at)
    {
        if (at >= words.Count || words[at].Quoted)
        {
            return null;
        }
        var first = words.Is(at, "for") ? at + 1 : at;
        if (words.Is(first, "half") && (words.Is(first + 1, "an") || words.Is(first + 1, "a")) && words.Is(first + 2, "hour"))
        {
            return (30, first + 3);
        }
        if (Part(words, first) is not { } part)
        {
            return null;
        }
        return part.IsHours && Part(words, part.Next) is { IsHours: false } more ? (part.Minutes + more.Minutes, more.Next) : (part.Minutes, part.Next);
    }

    private static (int Minutes, bool IsHours, int Next)? Part(SentenceWords words, int at)
    {
        if (at >= words.Count || words[at].Quoted)
        {
            return null;
        }
        var typed = words.Bare(at);
        var digits = typed.Length - typed.TrimStart("0123456789.".ToCharArray()).Length;
        var (number, unit, next) = digits < typed.Length && digits > 0
            ? (typed[..digits], typed[digits..].TrimStart('-'), at + 1)
            : (typed, at + 1 < words.Count && !words[at + 1].Quoted ? words.Bare(at + 1) : "", at + 2);
        var count = decimal.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var parsed) && parsed < Most ? parsed
            : TypedDateWords.Counts.TryGetValue(number, out var word) ? word
            : -1;
        var size = TypedDateWords.Units.TryGetValue(unit, out var known) ? known switch
        {
            TimeUnit.Minute => 1,
            TimeUnit.Hour => 60,
            TimeUnit.Day or TimeUnit.Week or TimeUnit.Month or TimeUnit.Year => 0,
        } : unit == "m" ? 1 : 0;
        return count < 0 || size == 0 ? null : ((int)Math.Min(Math.Round(count * size), Most), size == 60, next);
    }
}

using System.Collections.Frozen;
using NodaTime;

namespace CoordinationBot.Dialogs;

internal enum TimeUnit { Minute, Hour, Day, Week, Month, Year }

/// <summary>The vocabulary of typed dates. All lower-case; whoever looks a word up folds its case first.</summary>
internal static class TypedDateWords
{
    public static readonly FrozenDictionary<string, IsoDayOfWeek> Weekdays = Table(
        (IsoDayOfWeek.Monday, "monday mon"), (IsoDayOfWeek.Tuesday, "tuesday tue tues"), (IsoDayOfWeek.Wednesday, "wednesday wed weds"),
        (IsoDayOfWeek.Thursday, "thursday thu thur thurs"), (IsoDayOfWeek.Friday, "friday fri"), (IsoDayOfWeek.Saturday, "saturday sat"),
        (IsoDayOfWeek.Sunday, "sunday sun"));

    public static readonly FrozenDictionary<string, int> Months = Table(
        (1, "january jan"), (2, "february feb"), (3, "march mar"), (4, "april apr"), (5, "may"), (6, "june jun"), (7, "july jul"),
        (8, "august aug"), (9, "september sep sept"), (10, "october oct"), (11, "november nov"), (12, "december dec"));

    public static readonly FrozenDictionary<string, TimeUnit> Units = Table(
        (TimeUnit.Minute, "minute minutes min mins"), (TimeUnit.Hour, "hour hours hr hrs h"), (TimeUnit.Day, "day days d"),
        (TimeUnit.Week, "week weeks wk wks w"), (TimeUnit.Month, "month months"), (TimeUnit.Year, "year years yr yrs"));

    public static readonly FrozenDictionary<string, int> Counts = Table(
        (1, "a an one"), (2, "two"), (3, "three"), (4, "four"), (5, "five"), (6, "six"), (7, "seven"), (8, "eight"), (9, "nine"),
        (10, "ten"), (11, "eleven"), (12, "twelve"));

    /// <summary>Days from today.</summary>
    public static readonly FrozenDictionary<string, int> NearDays = Table((0, "today"), (1, "tomorrow tmrw tmr"), (-1, "yesterday"));

    public static readonly FrozenSet<string> Ordinals = Set("st nd rd th");
    public static readonly FrozenSet<string> EndOfDay = Set("eod cob");

    /// <summary>Said before a date without changing it. "before friday" is not here: it is another day than "by friday".</summary>
    public static readonly FrozenSet<string> Fillers = Set("by on until till due for the");

    private static readonly FrozenSet<string> Others =
        Set("at in within next this end of after from now noon midday midnight eod cob eow eom eoy am pm oclock half");

    /// <summary>Whether a word (with its punctuation, any case) can stand in a typed date, so that a sentence can be cut around it.</summary>
    public static bool CanStandInDate(ReadOnlySpan<char> word)
    {
        word = word.Trim(".,:;()!");
        // Longer than "september" with room for "30september2026": nothing of ours.
        if (word.IsEmpty || word.Length > 16) return false;
        if (char.IsAsciiDigit(word[0])) return true;
        // "p.m." and "o'clock" are the only words with something inside.
        var text = word.ToString().Replace(".", "", StringComparison.Ordinal).Replace("'", "", StringComparison.Ordinal).ToLowerInvariant();
        return Weekdays.ContainsKey(text) || Months.ContainsKey(text) || Units.ContainsKey(text) || Counts.ContainsKey(text)
            || NearDays.ContainsKey(text) || Fillers.Contains(text) || Others.Contains(text);
    }

    /// <summary>Words that need another after them: a date does not end with one.</summary>
    public static bool NeedsMore(ReadOnlySpan<char> word)
    {
        var text = word.Trim(".,:;()!").ToString().ToLowerInvariant();
        return text is "a" or "an" or "at" or "in" or "of" or "from" or "within" or "end" or "next" or "this" or "after" or "half" || Fillers.Contains(text);
    }

    private static FrozenDictionary<string, T> Table<T>(params (T Value, string Words)[] rows) =>
        rows.SelectMany(row => row.Words.Split(' ').Select(word => KeyValuePair.Create(word, row.Value))).ToFrozenDictionary(StringComparer.Ordinal);

    private static FrozenSet<string> Set(string words) => words.Split(' ').ToFrozenSet(StringComparer.Ordinal);
}

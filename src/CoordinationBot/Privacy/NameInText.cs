using System.Collections.Frozen;
using System.Globalization;
using System.Text.RegularExpressions;
using CoordinationBot.Protocol.Turns;

namespace CoordinationBot.Privacy;

/// <summary>A person's name where it stands among other words. README.md says what of it is kept, and why.</summary>
internal static class NameInText
{
    /// <summary>Letters of scripts that put no space between words.</summary>
    private const string Unspaced = @"\u0E00-\u0EFF\u1000-\u109F\u1780-\u17FF\u3040-\u30FF\u3400-\u4DBF\u4E00-\u9FFF\uAC00-\uD7AF\uF900-\uFAFF";

    private const string Letter = $@"[\w-[{Unspaced}]]";

    private static readonly FrozenSet<string> CalendarWords = ((string[])
    [
        .. DateTimeFormatInfo.InvariantInfo.MonthNames, .. DateTimeFormatInfo.InvariantInfo.AbbreviatedMonthNames, .. DateTimeFormatInfo.InvariantInfo.DayNames, .. DateTimeFormatInfo.InvariantInfo.AbbreviatedDayNames,
    ]).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>What the program itself writes into rows: a row would not be read any more without it.</summary>
    private static readonly FrozenSet<string> ProgramWords = ((Type[])[typeof(NameInText), typeof(Actor)]).SelectMany(type => type.Assembly.GetTypes()).Where(type => type.IsEnum).SelectMany(Enum.GetNames).ToFrozenSet(StringComparer.Ordinal);

    public static string Without(string name, string text)
    {
        name = name.Trim();
        if (name.Length == 0 || !text.Contains(name, StringComparison.OrdinalIgnoreCase))
        {
            return text;
        }
        if (name.Any(char.IsWhiteSpace))
        {
            return Replaced(text, Pattern(name, ""), RegexOptions.IgnoreCase);
        }
        if (text.All(static letter => char.IsAscii(letter) && !char.IsWhiteSpace(letter)))
        {
            // Ids, zones and links have words in them that are nobody.
            return text == name && !ProgramWords.Contains(name) ? ErasureRules.FormerColleague : text;
        }
        return Regex.IsMatch(name, $"^{Letter}$") ? text : Replaced(text, Pattern(name, "-?"), RegexOptions.None);
    }

    /// <param name="name">Where no other word begins or ends with it; of a script without spaces, wherever it is, unless it is one letter.</param>
    /// <param name="joint">What makes two words one.</param>
    private static string Pattern(string name, string joint)
    {
        var isAlone = name.Length == 1;
        var before = isAlone ? @"(?<!\w)" : Regex.IsMatch(name, $"^{Letter}") ? $"(?<!{Letter}{joint})" : "";
        var after = isAlone ? @"(?!\w)" : Regex.IsMatch(name, $"{Letter}$") ? $"(?!{joint}{Letter})" : "";
        return CalendarWords.Contains(name) ? $@"(?<!\d[.,]? ?){before}{Regex.Escape(name)}{after}(?![.,]? ?\d)" : $"{before}{Regex.Escape(name)}{after}";
    }

    /// <summary>A name that is a part of what it becomes would never be gone.</summary>
    private static string Replaced(string text, string name, RegexOptions options) =>
        Regex.IsMatch(ErasureRules.FormerColleague, name, options | RegexOptions.CultureInvariant) ? text : Regex.Replace(text, name, ErasureRules.FormerColleague, options | RegexOptions.CultureInvariant);
}

using System.Globalization;
using System.Text.RegularExpressions;

namespace CoordinationBot.Meetings;

/// <summary>What was typed after <c>minutes M-…:</c>.</summary>
internal abstract partial record MinutesSentence
{
    private MinutesSentence()
    {
    }

    /// <param name="Kind">What it is.</param>
    /// <param name="Text">What was said.</param>
    /// <param name="Item">Number of the agenda's item; null: beside the agenda.</param>
    internal sealed record Says(EntryKind Kind, string Text, int? Item) : MinutesSentence;

    /// <param name="Name">Who writes them.</param>
    internal sealed record Taker(string Name) : MinutesSentence;

    internal sealed record Circulate : MinutesSentence;

    internal sealed record Finish : MinutesSentence;

    internal sealed record Files : MinutesSentence;

    /// <param name="Number">Of the version.</param>
    internal sealed record Version(int Number) : MinutesSentence;

    internal sealed record Unclear : MinutesSentence;

    /// <summary>An id, and what follows it: "M-7K3F9Q: decision …", with or without the colon.</summary>
    public static (string Id, string Said) Split(string argument)
    {
        var parts = argument.Split((char[]?)null, 2, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return parts.Length == 0 ? ("", "") : (parts[0].TrimEnd(':', ','), parts.Length == 2 ? parts[1].TrimStart(':', ' ') : "");
    }

    public static MinutesSentence Parse(string said)
    {
        if (Entry().Match(said) is { Success: true } entry)
        {
            return new Says(KindOf(entry.Groups["kind"].Value), entry.Groups["text"].Value.Trim(), entry.Groups["item"].Success ? int.Parse(entry.Groups["item"].Value, CultureInfo.InvariantCulture) : null);
        }
        return said.Trim().TrimEnd('.').ToUpperInvariant() switch
        {
            "CIRCULATE" or "SEND" => new Circulate(),
            "FINAL" or "FINISH" => new Finish(),
            "WORD" or "MARKDOWN" or "FILE" or "FILES" or "EXPORT" => new Files(),
            _ when VersionOf().Match(said) is { Success: true } version => new Version(int.Parse(version.Groups["number"].Value, CultureInfo.InvariantCulture)),
            _ when TakerOf().Match(said) is { Success: true } taker => new Taker(taker.Groups["name"].Value.Trim()),
            _ => new Unclear(),
        };
    }

    private static EntryKind KindOf(string word) => word.ToUpperInvariant() switch
    {
        "DECISION" or "DECIDED" => EntryKind.Decision,
        "QUESTION" or "OPEN QUESTION" => EntryKind.Question,
        "ACTION" or "ACTION ITEM" or "TODO" or "TO DO" => EntryKind.Action,
        _ => EntryKind.Note,
    };

    [GeneratedRegex(@"^(?:(?:item\s+)?(?<item>[0-9]{1,3})[.:,]?\s+)?(?<kind>note|decision|decided|open question|question|action item|action|to ?do)\s*[:,]?\s+(?<text>\S.*)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex Entry();

    [GeneratedRegex(@"^version\s+(?<number>[0-9]{1,4})$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex VersionOf();

    [GeneratedRegex(@"^(?:minute )?taker\s*[:,]?\s+(?<name>\S.*)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex TakerOf();
}

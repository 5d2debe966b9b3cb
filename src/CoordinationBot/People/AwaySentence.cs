using System.Text.RegularExpressions;

namespace CoordinationBot.People;

/// <summary>What stands after <c>away</c>: "until 5 Dec, deputy Adele", "1 Dec to 5 Dec", "1-5 Dec", "tomorrow". The parts as typed; dates are read elsewhere.</summary>
internal sealed partial record AwaySentence(string? From, string? Until, string? Deputy)
{
    public static AwaySentence Parse(string typed)
    {
        var deputy = DeputyPart().Match(typed);
        var days = (deputy.Success ? typed[..deputy.Index] : typed).Trim(' ', ',', ';', '.');
        var name = deputy.Success ? Filled(deputy.Groups["name"].Value.Trim(' ', '.')) : null;
        if (days.Length == 0)
        {
            return new AwaySentence(null, null, name);
        }
        if (OnlyUntil().Match(days) is { Success: true } until)
        {
            return new AwaySentence(null, until.Groups["until"].Value, name);
        }
        if (OneMonth().Match(days) is { Success: true } month)
        {
            return new AwaySentence($"{month.Groups["first"].Value} {month.Groups["rest"].Value}", $"{month.Groups["last"].Value} {month.Groups["rest"].Value}", name);
        }
        if (FromUntil().Match(days) is { Success: true } both)
        {
            return new AwaySentence(both.Groups["from"].Value, both.Groups["until"].Value, name);
        }
        var one = OnlyFrom().Match(days) is { Success: true } from ? from.Groups["from"].Value : null;
        // "from 1 Dec" has no end; "tomorrow" is one day.
        return one is null ? new AwaySentence(days, days, name) : new AwaySentence(one, null, name);
    }

    private static string? Filled(string text) => text.Length == 0 ? null : text;

    [GeneratedRegex(@"(^|[\s,;])(with\s+|and\s+)?(my\s+)?deputy(\s+is)?\b[\s:]*(?<name>.*)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex DeputyPart();

    [GeneratedRegex(@"^(until|till|to|through)\s+(?<until>.+)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex OnlyUntil();

    [GeneratedRegex(@"^(from\s+)?(?<first>[0-9]{1,2})\.?\s*(-|–|to|until|till)\s*(?<last>[0-9]{1,2})\.?\s+(?<rest>[a-z].*)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex OneMonth();

    [GeneratedRegex(@"^(from\s+)?(?<from>.+?)\s+(to|until|till|through|-|–)\s+(?<until>.+)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex FromUntil();

    [GeneratedRegex(@"^from\s+(?<from>.+)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex OnlyFrom();
}

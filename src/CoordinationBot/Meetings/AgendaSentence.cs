using System.Globalization;
using System.Text.RegularExpressions;

namespace CoordinationBot.Meetings;

/// <summary>What was typed after <c>agenda M-…:</c>.</summary>
/// <param name="Title">The item.</param>
/// <param name="Minutes">How long; null: not said.</param>
/// <param name="Owner">Who leads it, as typed; null: not said.</param>
internal sealed partial record AgendaSentence(string Title, int? Minutes, string? Owner)
{
    /// <summary>"Budget review, 15 min, Alex": the length divides what stands before it from who leads it. Without a length all of it is the title.</summary>
    public static AgendaSentence Parse(string typed)
    {
        var parts = typed.Split([',', ';', '\n']).Select(part => part.Trim()).ToList();
        var at = parts.FindLastIndex(part => Lengths().IsMatch(part));
        if (at <= 0)
        {
            // "Budget review 15 min" has no comma.
            return Trailing().Match(typed.Trim()) is { Success: true } trailing
                ? new AgendaSentence(trailing.Groups["title"].Value.Trim(), Number(trailing), null)
                : new AgendaSentence(typed.Trim(), null, null);
        }
        var owner = string.Join(", ", parts.Skip(at + 1).Where(part => part.Length > 0));
        return new AgendaSentence(string.Join(", ", parts.Take(at)), Number(Lengths().Match(parts[at])), owner.Length > 0 ? owner : null);
    }

    /// <summary>More digits than a number holds are more minutes than there are: the rule says so.</summary>
    private static int Number(Match match) =>
        int.TryParse(match.Groups["number"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number * (match.Groups["hours"].Success && number < 1000 ? 60 : 1) : int.MaxValue;

    [GeneratedRegex(@"^(?<number>[0-9]{1,12})\s*(?:m|min|mins|minutes?|(?<hours>h|hours?))\.?$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Lengths();

    [GeneratedRegex(@"^(?<title>.*\S)\s+(?<number>[0-9]{1,12})\s*(?:m|min|mins|minutes?|(?<hours>h|hours?))\.?$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex Trailing();
}

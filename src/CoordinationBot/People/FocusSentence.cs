using System.Text.RegularExpressions;
using CoordinationBot.Dialogs;
using NodaTime;

namespace CoordinationBot.People;

/// <summary>Reads what stands after <c>focus</c>: "Tue 9-11 weekly", "every Mon-Fri 8-9", "tomorrow 14-16".</summary>
internal static partial class FocusSentence
{
    private const string Usage = "Type focus like focus Tue 9-11 weekly, or focus tomorrow 14-16.";

    /// <summary>The time, or what to type instead.</summary>
    /// <param name="typed">As typed.</param>
    /// <param name="id">What it will be called.</param>
    /// <param name="now">When it was typed.</param>
    /// <param name="zone">Where.</param>
    public static (FocusTime? Focus, string? Problem) Parse(string typed, string id, Instant now, string zone)
    {
        var (from, until, rest, problem) = TypedTimes.Parse(typed);
        if (problem is not null)
        {
            return (null, $"{problem} {Usage}");
        }
        var focus = new FocusTime(id, null, null, from.ToTimeOnly(), until.ToTimeOnly(), zone);
        if (Weekly().IsMatch(rest))
        {
            var days = And().Replace(Weekly().Replace(rest, " "), ", ").Trim(' ', ',');
            return WorkTimesReader.Week(Plural().Replace(days, "$1")) is { } week
                ? (focus with { Days = [.. week.Distinct().Order()] }, null)
                : (null, $"I could not read on which days. {Usage}");
        }
        return TypedDate.Parse(rest.Length == 0 ? TypedTimes.Read(from) : rest, now, Zones.Find(zone), from) switch
        {
            TypedDateResult.Understood understood => (focus with { Date = understood.When.Date.ToDateOnly() }, null),
            TypedDateResult.NotUnderstood not => (null, not.Sentence),
            _ => throw new InvalidOperationException("A date had no known reading."),
        };
    }

    [GeneratedRegex(@"\b(weekly|every week|each week|every|each)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Weekly();

    [GeneratedRegex(@"\s+(?:and|&)\s+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex And();

    // "Tuesdays".
    [GeneratedRegex(@"\b([a-z]+day)s\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Plural();
}

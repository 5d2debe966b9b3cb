using System.Globalization;
using System.Text.RegularExpressions;
using NodaTime;

namespace CoordinationBot.Dialogs;

/// <summary>Reads from when until when on a day, as people type it: "9-11", "8:30-16:30", "2-4pm", "from 9 to 11". What stands around it is for others.</summary>
internal static partial class TypedTimes
{
    public const string Usage = "Type the hours like 9-11 or 14:30-16:00.";

    /// <summary>The hours with what is left of the text; or why there are none.</summary>
    public static (LocalTime From, LocalTime Until, string Around, string? Problem) Parse(string typed)
    {
        if (Shape().Matches(typed) is not [.., var match])
        {
            return (default, default, typed, $"I could not read from when until when. {Usage}");
        }
        var half = match.Groups["half"].Value.ToLowerInvariant();
        if (Time(match.Groups["until"].Value, half) is not { } until || Time(match.Groups["from"].Value, match.Groups["first"].Value.ToLowerInvariant()) is not { } from)
        {
            return (default, default, typed, $"“{match.Value.Trim()}” has a time that is on no clock. {Usage}");
        }
        // "2-4pm": both are in the afternoon; "11-1pm": only the second is.
        if (half == "pm" && match.Groups["first"].Length == 0 && from < LocalTime.Noon && from.PlusHours(12) < until)
        {
            from = from.PlusHours(12);
        }
        return from < until
            ? (from, until, $"{typed[..match.Index]} {typed[(match.Index + match.Length)..]}".Trim(' ', ',', '.'), null)
            : (default, default, typed, $"It would end before it begins: {Read(from)} to {Read(until)}. Type the afternoon like 14:00 or 2pm.");
    }

    /// <summary>"09:00".</summary>
    public static string Read(LocalTime time) => time.ToString("HH:mm", CultureInfo.InvariantCulture);

    private static LocalTime? Time(string typed, string half)
    {
        var parts = typed.Split(':', '.');
        var (hour, minute) = (int.Parse(parts[0], CultureInfo.InvariantCulture), parts.Length > 1 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : 0);
        if (half.Length > 0)
        {
            if (hour is < 1 or > 12)
            {
                return null;
            }
            hour = (hour % 12) + (half == "pm" ? 12 : 0);
        }
        return hour > 23 || minute > 59 ? null : new LocalTime(hour, minute);
    }

    // Not inside a date: 2026-12-01, 1-5.12.
    [GeneratedRegex(@"(?<![0-9./:-])(?:from\s+)?(?<from>[0-9]{1,2}(?:[:.][0-9]{2})?)\s*(?<first>am|pm)?\s*(?:-|–|to|until|till)\s*(?<until>[0-9]{1,2}(?:[:.][0-9]{2})?)\s*(?<half>am|pm)?(?!\s*(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec))(?![0-9/:-])(?:\s*(?:h|o'clock)\b)?", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Shape();
}

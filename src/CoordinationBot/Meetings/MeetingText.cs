using System.Globalization;
using CoordinationBot.Dialogs;
using NodaTime.Extensions;

namespace CoordinationBot.Meetings;

/// <summary>Times and lengths in the words that cards and mails share.</summary>
internal static class MeetingText
{
    /// <summary>"Thu 3 Dec 2026, 14:00 to 14:45 (Europe/Berlin)".</summary>
    public static string Span(DateTimeOffset start, int minutes, string zone)
    {
        var (from, until) = (start.ToInstant().InZone(Zones.Find(zone)), start.AddMinutes(minutes).ToInstant().InZone(Zones.Find(zone)));
        var read = TypedDate.ReadBack(from);
        var end = until.Date == from.Date ? until.ToString("HH:mm", CultureInfo.InvariantCulture) : until.ToString("ddd d MMM, HH:mm", CultureInfo.InvariantCulture);
        return read.Insert(read.LastIndexOf(" (", StringComparison.Ordinal), $" to {end}");
    }

    public static string Length(int minutes) => minutes switch
    {
        < 60 => Count(minutes, "minute"),
        _ when minutes % 60 == 0 => Count(minutes / 60, "hour"),
        _ => $"{Count(minutes / 60, "hour")} {Count(minutes % 60, "minute")}",
    };

    public static string Count(int count, string what) => string.Create(CultureInfo.InvariantCulture, $"{count} {what}{(count == 1 ? "" : "s")}");
}

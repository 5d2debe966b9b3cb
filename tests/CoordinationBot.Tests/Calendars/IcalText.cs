using System.Text;
using CoordinationBot.Calendars;
using NodaTime;

namespace CoordinationBot.Tests.Calendars;

/// <summary>Files of a test, read as the host reads them.</summary>
internal static class IcalText
{
    public static readonly DateTimeOffset Now = new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);

    public static readonly DateTimeZone Berlin = DateTimeZoneProviders.Tzdb["Europe/Berlin"];

    public static IcalResult Read(byte[] file, DateTimeZone? own = null, CancellationToken deadline = default) =>
        IcalReader.Read(new MemoryStream(file), own ?? Berlin, SubscriptionRules.HorizonAt(Now), deadline);

    /// <summary>A file with these events, each given by its lines.</summary>
    public static string File(params IEnumerable<string> events)
    {
        var text = new StringBuilder("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//tests//EN\r\n");
        foreach (var lines in events)
        {
            text.Append("BEGIN:VEVENT\r\n").Append(lines.Replace("\n", "\r\n", StringComparison.Ordinal)).Append("\r\nEND:VEVENT\r\n");
        }
        return text.Append("END:VCALENDAR\r\n").ToString();
    }
}

using System.Globalization;
using System.Net;
using CoordinationBot.Dialogs;
using NodaTime.Extensions;
using NodaTime.Text;
using NodaTime.TimeZones;

namespace CoordinationBot.Calendars;

/// <summary>What an event of Graph says, and what its answers mean.</summary>
internal static class GraphEventRules
{
    /// <summary>Under which events bear our key: a named property among those that everybody may have.</summary>
    private const string KeyProperty = "String {00020329-0000-0000-C000-000000000046} Name coordination-bot";

    private static readonly LocalDateTimePattern Time = LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm:ss");

    public static GraphEvent Make(string key, CalendarEntry entry) =>
        Change(null, entry) with { TransactionId = key, SingleValueExtendedProperties = [new GraphProperty(KeyProperty, key)] };

    /// <summary>What is different. If only the guests are, Graph tells nobody but those who came or went.</summary>
    public static GraphEvent Change(CalendarEntry? before, CalendarEntry after) => new()
    {
        Subject = before?.Subject == after.Subject ? null : after.Subject,
        Body = before?.Text == after.Text ? null : new GraphBody("text", after.Text),
        Start = IsAtTheTimeOf(before, after) ? null : TimeOf(after.Start, after.Zone),
        End = IsAtTheTimeOf(before, after) ? null : TimeOf(after.Start.AddMinutes(after.Minutes), after.Zone),
        Location = before?.Place == after.Place ? null : new GraphLocation(after.Place),
        Sensitivity = before?.IsConfidential == after.IsConfidential ? null : after.IsConfidential ? "private" : "normal",
        Attendees = before?.Guests.SequenceEqual(after.Guests) == true ? null : [.. after.Guests.Select(guest => new GraphAttendee(new GraphAddress(guest.Address, guest.Name), guest.IsRequired ? "required" : "optional"))],
    };

    /// <summary>The question for the event that bears a key.</summary>
    public static string ByKey(string key) =>
        $"$filter={Uri.EscapeDataString(string.Create(CultureInfo.InvariantCulture, $"singleValueExtendedProperties/Any(ep: ep/id eq '{KeyProperty}' and ep/value eq '{key.Replace("'", "''", StringComparison.Ordinal)}')"))}&$select=id&$top=1";

    /// <summary>Another event may have been made under this key before.</summary>
    public static bool IsKnown(string? code) => code == "ErrorDuplicateTransactionId";

    public static CalendarAct Failed(HttpStatusCode status, string? code, TimeSpan? retryAfter) => status switch
    {
        HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout => new CalendarAct.Later(retryAfter),
        // Its token was not good enough, somebody else was at it, or the server is not well.
        HttpStatusCode.Unauthorized or HttpStatusCode.RequestTimeout or HttpStatusCode.Conflict or HttpStatusCode.PreconditionFailed or HttpStatusCode.Locked => new CalendarAct.Later(),
        >= HttpStatusCode.InternalServerError => new CalendarAct.Later(),
        HttpStatusCode.Forbidden => new CalendarAct.Refused(CalendarRefusal.NotAllowed),
        HttpStatusCode.Gone => CalendarAct.Gone.Instance,
        HttpStatusCode.NotFound => code == "ErrorItemNotFound" ? CalendarAct.Gone.Instance : new CalendarAct.Refused(CalendarRefusal.NoMailbox),
        _ => new CalendarAct.Refused(CalendarRefusal.NotTaken),
    };

    private static bool IsAtTheTimeOf(CalendarEntry? before, CalendarEntry after) => before is not null && (before.Start, before.Minutes, before.Zone) == (after.Start, after.Minutes, after.Zone);

    /// <summary>Mailboxes know the zones of Windows. Of an hour that there is twice, and where there is no such zone, only UTC says which is meant.</summary>
    private static GraphTime TimeOf(DateTimeOffset at, string zone)
    {
        var local = at.ToInstant().InZone(Zones.Find(zone));
        return TzdbDateTimeZoneSource.Default.TzdbToWindowsIds.TryGetValue(local.Zone.Id, out var windows) && local.Zone.MapLocal(local.LocalDateTime).Count == 1
            ? new GraphTime(Time.Format(local.LocalDateTime), windows)
            : new GraphTime(Time.Format(at.ToInstant().InUtc().LocalDateTime), "UTC");
    }
}

using System.Runtime.Serialization;
using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using NodaTime;
using NodaTime.TimeZones;

namespace CoordinationBot.Calendars;

/// <summary>Reads what calendars answer to an invitation, as Outlook, Google and Apple write it. It comes from outside: whatever it is not sure of is no reply.</summary>
internal static class InvitationReader
{
    /// <summary>Characters. A reply with its zone takes some thousand.</summary>
    public const int MostCharacters = 64 * 1024;

    private const int MostCommentCharacters = 500;

    private const string Mailto = "mailto:";

    /// <summary>The reply, or null when it is none that can be read.</summary>
    public static InvitationReply? ReadReply(string text)
    {
        if (text.Length > MostCharacters)
        {
            return null;
        }
        try
        {
            return Calendar.Load(text) is { Method: { } method } calendar && method.Equals(CalendarMethods.Reply, StringComparison.OrdinalIgnoreCase) && calendar.Events.Count == 1
                ? ReplyOf(calendar.Events[0]!)
                : null;
        }
        catch (Exception e) when (e is SerializationException or FormatException or ArgumentException or InvalidOperationException or OverflowException)
        {
            // How the library says that it is no calendar.
            return null;
        }
    }

    private static InvitationReply? ReplyOf(CalendarEvent answered)
    {
        if (answered.Attendees is not [{ Value.OriginalString: { } value } attendee] || !value.StartsWith(Mailto, StringComparison.OrdinalIgnoreCase) || !value.Contains('@', StringComparison.Ordinal))
        {
            return null;
        }
        Participation? participation = attendee.ParticipationStatus?.ToUpperInvariant() switch
        {
            EventParticipationStatus.Accepted => Participation.Accepted,
            EventParticipationStatus.Tentative => Participation.Tentative,
            EventParticipationStatus.Declined => Participation.Declined,
            _ => null,
        };
        var at = answered.RecurrenceIdentifier?.StartTime;
        var occurrence = at is null ? null : InstantOf(at);
        if (participation is not { } answer || answered.Sequence < 0 || (at is not null && occurrence is null))
        {
            return null;
        }
        var comment = string.Join('\n', answered.Comments).Trim();
        return new InvitationReply(
            answered.Uid!,
            answered.Sequence,
            occurrence,
            Uri.UnescapeDataString(value[Mailto.Length..]).Trim(),
            answer,
            comment.Length == 0 ? null : comment[..Math.Min(comment.Length, MostCommentCharacters)]);
    }

    /// <summary>Null when the zone is not known: an hour that may be wrong is none.</summary>
    private static Instant? InstantOf(CalDateTime at)
    {
        if (!at.HasTime)
        {
            return null;
        }
        var local = LocalDateTime.FromDateTime(at.Value);
        return at.IsUtc ? local.InUtc().ToInstant() : at.TzId is { } name && Find(name) is { } zone ? local.InZoneLeniently(zone).ToInstant() : null;
    }

    /// <summary>By its IANA name, by the name it has in Windows, or by the end of a path.</summary>
    private static DateTimeZone? Find(string name)
    {
        var windows = TzdbDateTimeZoneSource.Default.WindowsMapping.PrimaryMapping;
        var segments = name.Split('/');
        string?[] names = [name, windows.TryGetValue(name, out var iana) ? iana : null, segments.Length > 2 ? string.Join('/', segments[^2..]) : null];
        return names.OfType<string>().Select(DateTimeZoneProviders.Tzdb.GetZoneOrNull).FirstOrDefault(zone => zone is not null);
    }
}

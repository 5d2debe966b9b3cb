using System.Text;
using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Serialization;
using NodaTime;
using Duration = NodaTime.Duration;

namespace CoordinationBot.Calendars;

/// <summary>Writes an invitation as an iCalendar object with a method (RFC 5545, 5546). Nothing that somebody typed can add a line to it.</summary>
internal static class InvitationWriter
{
    private const string ProductId = "-//CoordinationBot//Meetings//EN";

    private const int MostOctets = 75;

    /// <summary>How far ahead the zone of a single event is told, and of a series, where its changes follow no yearly rule.</summary>
    private static readonly Duration SingleAhead = Duration.FromDays(366);
    private static readonly Duration SeriesAhead = Duration.FromDays(10 * 366);

    public static string Write(Invitation invitation)
    {
        var calendar = new Calendar { ProductId = ProductId, Method = NameOf(invitation.Method) };
        if (!IsUtc(invitation.Start.Zone))
        {
            calendar.AddTimeZone(ZoneDescription.Of(invitation.Start.Zone, invitation.Start.ToInstant(), invitation.Rule is null ? SingleAhead : SeriesAhead));
        }
        calendar.Events.Add(EventOf(invitation));
        return Fold(new CalendarSerializer().SerializeToString(calendar)!);
    }

    /// <summary>The method as a mail names it beside the object.</summary>
    public static string NameOf(InvitationMethod method) => method switch
    {
        InvitationMethod.Request => CalendarMethods.Request,
        InvitationMethod.Cancel => CalendarMethods.Cancel,
    };

    private static CalendarEvent EventOf(Invitation invitation)
    {
        var zone = invitation.Start.Zone;
        var end = invitation.Start + invitation.Length;
        // Of an hour that there is twice, readers take the first or the second: only UTC says which. A series must keep its local hour.
        var asUtc = IsUtc(zone) || (invitation.Rule is null && (IsTwice(invitation.Start) || IsTwice(end)));
        var written = new CalendarEvent
        {
            Uid = Line(invitation.Uid),
            Sequence = invitation.Sequence,
            DtStamp = At(invitation.Stamp),
            Start = asUtc ? At(invitation.Start.ToInstant()) : At(invitation.Start.LocalDateTime, zone),
            End = asUtc ? At(end.ToInstant()) : At(end.LocalDateTime, zone),
            Summary = Line(invitation.Summary),
            Description = invitation.Description is { } description ? Lines(description) : null,
            Location = invitation.Location is { } location ? Line(location) : null,
            Organizer = new Organizer { CommonName = Parameter(invitation.OrganiserName), Value = Mailto(invitation.OrganiserAddress) },
            Status = invitation.Method switch
            {
                InvitationMethod.Request => EventStatus.Confirmed,
                InvitationMethod.Cancel => EventStatus.Cancelled,
            },
            Class = invitation.IsConfidential ? "PRIVATE" : "PUBLIC",
            Transparency = TransparencyType.Opaque,
            RecurrenceRule = invitation.Rule is { } rule ? new RecurrencePattern(rule) : null,
            RecurrenceIdentifier = invitation.Occurrence is { } occurrence ? new RecurrenceIdentifier(At(occurrence, zone), null) : null,
        };
        foreach (var left in invitation.LeftOut)
        {
            written.ExceptionDates.Add(At(left, zone));
        }
        foreach (var attendee in invitation.Attendees)
        {
            written.Attendees.Add(AttendeeOf(attendee, invitation.Method));
        }
        return written;
    }

    private static Ical.Net.DataTypes.Attendee AttendeeOf(InvitationAttendee attendee, InvitationMethod method) => new()
    {
        Value = Mailto(attendee.Address),
        CommonName = Parameter(attendee.Name),
        Role = attendee.IsRequired ? ParticipationRole.RequiredParticipant : ParticipationRole.OptionalParticipant,
        ParticipationStatus = attendee.Participation switch
        {
            Participation.NeedsAction => EventParticipationStatus.NeedsAction,
            Participation.Accepted => EventParticipationStatus.Accepted,
            Participation.Tentative => EventParticipationStatus.Tentative,
            Participation.Declined => EventParticipationStatus.Declined,
        },
        // Whoever has answered is not asked again.
        Rsvp = method == InvitationMethod.Request && attendee.Participation == Participation.NeedsAction,
    };

    private static bool IsUtc(DateTimeZone zone) => zone.MinOffset == Offset.Zero && zone.MaxOffset == Offset.Zero;

    private static bool IsTwice(ZonedDateTime time) => time.Zone.MapLocal(time.LocalDateTime).Count == 2;

    private static CalDateTime At(Instant instant) => At(instant.InUtc().LocalDateTime, DateTimeZone.Utc);

    private static CalDateTime At(LocalDateTime local, DateTimeZone zone) =>
        new(local.Year, local.Month, local.Day, local.Hour, local.Minute, local.Second, IsUtc(zone) ? "UTC" : zone.Id);

    /// <summary>Everything outside the plain characters of an address is encoded (RFC 6068), so that the value is one address and nothing else.</summary>
    private static Uri Mailto(string address)
    {
        var encoded = new StringBuilder("mailto:");
        foreach (var rune in address.EnumerateRunes())
        {
            var text = rune.ToString();
            encoded.Append(rune.IsAscii && (Rune.IsLetterOrDigit(rune) || "@.-_+'&=!$*~".Contains(text, StringComparison.Ordinal)) ? text : Uri.EscapeDataString(text));
        }
        return new Uri(encoded.ToString());
    }

    /// <summary>Folds anew: the library counts the octets of a line (RFC 5545, 3.1), but cuts characters of four of them in halves.</summary>
    private static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        var octets = 0;
        foreach (var rune in text.Replace("\r\n ", "", StringComparison.Ordinal).EnumerateRunes())
        {
            var isEnd = rune.Value is '\r' or '\n';
            if (!isEnd && octets + rune.Utf8SequenceLength > MostOctets)
            {
                folded.Append("\r\n ");
                octets = 1;
            }
            folded.Append(rune.ToString());
            octets = isEnd ? 0 : octets + rune.Utf8SequenceLength;
        }
        return folded.ToString();
    }

    /// <summary>A parameter can hold neither quotes nor control characters; a circumflex begins an escape (RFC 6868), and to some readers a backslash does, though it should not.</summary>
    private static string Parameter(string text) => Line(text).Replace("^", "^^", StringComparison.Ordinal).Replace('"', '\'').Replace('\\', '/');

    private static string Line(string text) => string.Join(' ', Lines(text).Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));

    /// <summary>Without control characters other than line breaks, whichever way those were written, and without halves of characters.</summary>
    private static string Lines(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var rune in text.ReplaceLineEndings("\n").EnumerateRunes())
        {
            if (rune.Value == '\n' || !Rune.IsControl(rune))
            {
                plain.Append(rune.ToString());
            }
            else if (rune.Value == '\t')
            {
                plain.Append(' ');
            }
        }
        return plain.ToString();
    }
}

using NodaTime;

namespace CoordinationBot.Calendars;

/// <summary>The method of an iTIP message (RFC 5546) that an organiser sends.</summary>
internal enum InvitationMethod
{
    Request,

    /// <summary>It does not take place; or, when it goes to some attendees only, they are no longer invited.</summary>
    Cancel,
}

/// <summary>PARTSTAT of an attendee (RFC 5545, 3.2.12).</summary>
internal enum Participation
{
    NeedsAction,
    Accepted,
    Tentative,
    Declined,
}

/// <summary>An attendee of an invitation.</summary>
/// <param name="Address">Mail address, its domain as it goes over the wire.</param>
/// <param name="Name">CN.</param>
/// <param name="IsRequired">REQ-PARTICIPANT or OPT-PARTICIPANT.</param>
/// <param name="Participation">PARTSTAT.</param>
internal sealed record InvitationAttendee(string Address, string Name, bool IsRequired, Participation Participation);

/// <summary>One event of a calendar, as it is sent to people: what an iCalendar object with a method says.</summary>
internal sealed record Invitation
{
    public required InvitationMethod Method { get; init; }

    /// <summary>The same for every version of one meeting.</summary>
    public required string Uid { get; init; }

    /// <summary>Grows with every change of time, place or cancellation (RFC 5546, 2.1.4).</summary>
    public required int Sequence { get; init; }

    /// <summary>DTSTAMP.</summary>
    public required Instant Stamp { get; init; }

    /// <summary>Local time with its zone, so that a series keeps its hour when the clocks change.</summary>
    public required ZonedDateTime Start { get; init; }

    public required Duration Length { get; init; }

    public required string Summary { get; init; }

    public string? Description { get; init; }

    public string? Location { get; init; }

    public required string OrganiserName { get; init; }

    /// <summary>Where replies go: an address whose mail the office reads.</summary>
    public required string OrganiserAddress { get; init; }

    /// <summary>Whoever is invited; of a cancellation, whom it concerns.</summary>
    public required IReadOnlyList<InvitationAttendee> Attendees { get; init; }

    /// <summary>RRULE of a series, for example <c>FREQ=WEEKLY</c>.</summary>
    public string? Rule { get; init; }

    /// <summary>EXDATE: occurrences that are left out, by their original local start.</summary>
    public IReadOnlyList<LocalDateTime> LeftOut { get; init; } = [];

    /// <summary>RECURRENCE-ID: the occurrence that is meant, by its original local start; null: the event itself, or the whole series.</summary>
    public LocalDateTime? Occurrence { get; init; }

    public bool IsConfidential { get; init; }
}

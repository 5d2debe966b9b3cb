namespace CoordinationBot.Calendars;

/// <summary>
/// A calendar outside in which events are made: a real seam, with Microsoft Graph behind it. Whoever is in such an event is invited by that calendar, so nobody
/// else may invite them. An outage is an answer, not an exception. The bot's own calendar holds the time besides, always.
/// </summary>
internal interface ICalendarWriter
{
    /// <summary>In whose mailbox an event of this organiser is made; null: in none.</summary>
    string? MailboxOf(string tenant, string organiser);

    /// <summary>Makes it. The same key again makes no second one.</summary>
    ValueTask<CalendarAct> MakeAsync(string mailbox, string key, CalendarEntry entry, CancellationToken cancel);

    /// <summary>The one that was made under a key.</summary>
    ValueTask<CalendarAct> FindAsync(string mailbox, string key, CancellationToken cancel);

    /// <summary>Changes what differs, so that whoever is not concerned is not disturbed.</summary>
    /// <param name="mailbox">Where it is.</param>
    /// <param name="id">Which.</param>
    /// <param name="before">As it is there; null: nobody knows.</param>
    /// <param name="after">As it is to be.</param>
    /// <param name="cancel">Ends it.</param>
    ValueTask<CalendarAct> ChangeAsync(string mailbox, string id, CalendarEntry? before, CalendarEntry after, CancellationToken cancel);

    /// <summary>Cancels it, and tells its guests why.</summary>
    ValueTask<CalendarAct> CancelAsync(string mailbox, string id, string? reason, bool hasGuests, CancellationToken cancel);
}

/// <summary>An event as it stands in a calendar outside.</summary>
internal sealed record CalendarEntry
{
    public required string Subject { get; init; }

    /// <summary>Plain text; empty: none.</summary>
    public required string Text { get; init; }

    /// <summary>Empty: none.</summary>
    public required string Place { get; init; }

    public required DateTimeOffset Start { get; init; }

    public required int Minutes { get; init; }

    /// <summary>Where its time is meant, IANA.</summary>
    public required string Zone { get; init; }

    public required bool IsConfidential { get; init; }

    public required IReadOnlyList<CalendarGuest> Guests { get; init; }

    public bool Equals(CalendarEntry? other) => other is not null
        && (Subject, Text, Place, Start, Minutes, Zone, IsConfidential) == (other.Subject, other.Text, other.Place, other.Start, other.Minutes, other.Zone, other.IsConfidential)
        && Guests.SequenceEqual(other.Guests);

    public override int GetHashCode() => HashCode.Combine(Subject, Start);
}

/// <summary>Somebody who is invited by the calendar.</summary>
internal sealed record CalendarGuest(string Address, string Name, bool IsRequired);

/// <summary>What a calendar outside answered.</summary>
internal abstract record CalendarAct
{
    private CalendarAct()
    {
    }

    /// <param name="Id">Of the event.</param>
    /// <param name="IsAsAsked">Or it was made before, perhaps with other content.</param>
    internal sealed record Done(string Id, bool IsAsAsked = true) : CalendarAct;

    /// <summary>There is no such event, or none any more.</summary>
    internal sealed record Gone : CalendarAct
    {
        public static Gone Instance { get; } = new();
    }

    /// <summary>Not now. Nobody knows whether it was done, unless it says when to come back.</summary>
    internal sealed record Later(TimeSpan? After = null) : CalendarAct;

    /// <summary>It was not done, and the same again will not be.</summary>
    internal sealed record Refused(CalendarRefusal Why) : CalendarAct;
}

/// <summary>Why a calendar outside takes nothing.</summary>
internal enum CalendarRefusal
{
    /// <summary>The bot may not write in this mailbox.</summary>
    NotAllowed,

    /// <summary>There is no such mailbox.</summary>
    NoMailbox,

    /// <summary>It does not take this.</summary>
    NotTaken,

    /// <summary>The settings name no calendar any more.</summary>
    NotSetUp,
}

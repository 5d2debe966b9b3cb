using CoordinationBot.People;
using NodaTime;

namespace CoordinationBot.Calendars;

/// <summary>Somebody whose time counts when a slot is looked for.</summary>
/// <param name="Key">Object id, or the mail address of somebody outside.</param>
/// <param name="Name">As shown.</param>
/// <param name="IsRequired">Without them it makes no sense.</param>
/// <param name="Zone">Where they are.</param>
/// <param name="Times">Their working days and hours.</param>
/// <param name="Availability">What is known of their time.</param>
internal sealed record Attendee(string Key, string Name, bool IsRequired, DateTimeZone Zone, WorkTimes Times, Availability Availability);

/// <summary>What is looked for.</summary>
/// <param name="Attendees">The organiser first.</param>
/// <param name="Length">How long it takes.</param>
/// <param name="Window">Within which it must lie; what has passed of it does not count.</param>
internal sealed record SlotRequest(IReadOnlyList<Attendee> Attendees, Duration Length, Interval Window)
{
    /// <summary>Slots begin at multiples of this in UTC; a divisor of a quarter of an hour, so that they fall on round times in every zone.</summary>
    public Duration Step { get; init; } = Duration.FromMinutes(15);

    /// <summary>What is left free before and after: whoever is busy is so for this much longer on both sides.</summary>
    public Duration Buffer { get; init; } = Duration.Zero;

    public int Most { get; init; } = 5;
}

/// <summary>How somebody stands to a slot, from the best to the worst: of all that touches it, the worst counts.</summary>
internal enum Standing : byte
{
    Free,

    /// <summary>Free, but it breaks time that they protect.</summary>
    Focus,

    /// <summary>No calendar of theirs could be read, and nothing is known against it.</summary>
    Unknown,

    Tentative,

    Busy,

    Away,
}

/// <summary>One person at one slot.</summary>
/// <param name="Attendee">Who.</param>
/// <param name="Standing">How they stand to it.</param>
/// <param name="IsInHours">Whether all of it lies within their working hours.</param>
/// <param name="FocusBlocks">How many blocks of time that they protect it touches.</param>
internal sealed record Seat(Attendee Attendee, Standing Standing, bool IsInHours, int FocusBlocks = 0)
{
    /// <summary>They could come.</summary>
    public bool CanCome => Standing < Standing.Busy;

    /// <summary>Their calendar says that they can come.</summary>
    public bool IsKnownFree => Standing <= Standing.Focus;
}

/// <summary>A time that would do.</summary>
/// <param name="Time">When.</param>
/// <param name="Seats">Everybody, in the order in which they were asked for.</param>
internal sealed record Slot(Interval Time, IReadOnlyList<Seat> Seats);

/// <summary>Why there is no slot, by person: how many of the times that were looked at they stand against.</summary>
/// <param name="Attendee">Required.</param>
/// <param name="Blocked">Of how many times they are the reason, alone or with others.</param>
/// <param name="Alone">Of how many they are the only reason.</param>
/// <param name="Of">How many times were looked at.</param>
internal sealed record Blocker(Attendee Attendee, int Blocked, int Alone, int Of);

internal enum SlotChangeKind
{
    Shorten,

    /// <summary>Somebody required becomes optional.</summary>
    MakeOptional,

    /// <summary>Look further ahead.</summary>
    Widen,
}

/// <summary>A change of what is looked for that would find something.</summary>
/// <param name="Kind">What would change.</param>
/// <param name="Found">The best slot it would find.</param>
internal sealed record SlotChange(SlotChangeKind Kind, Slot Found)
{
    /// <summary>Who would not have to come.</summary>
    public Attendee? Without { get; init; }

    /// <summary>How long it would take.</summary>
    public Duration? Length { get; init; }

    /// <summary>Until when would be looked.</summary>
    public Instant? Until { get; init; }
}

/// <summary>What was found.</summary>
/// <param name="Best">The best first, none overlapping another; empty when none would do.</param>
/// <param name="Blockers">When none would do: who blocks how much, the most first.</param>
/// <param name="Changes">When none would do: at most three, each of which would make one, the smallest first.</param>
internal sealed record SlotsFound(IReadOnlyList<Slot> Best, IReadOnlyList<Blocker> Blockers, IReadOnlyList<SlotChange> Changes);

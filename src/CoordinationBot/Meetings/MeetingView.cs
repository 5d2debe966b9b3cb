using CoordinationBot.Calendars;

namespace CoordinationBot.Meetings;

/// <summary>Who looks at a meeting, and what the card says on top.</summary>
/// <param name="Meeting">What is shown.</param>
/// <param name="Viewer">Object id of somebody who is part of it, or was.</param>
/// <param name="Zone">Theirs: times are printed in it.</param>
/// <param name="Now">When it is looked at.</param>
internal sealed record MeetingView(Meeting Meeting, string Viewer, string Zone, DateTimeOffset Now)
{
    /// <summary>What is new.</summary>
    public IReadOnlyList<string> News { get; init; } = [];

    /// <summary>Why the last press did nothing.</summary>
    public string? Refusal { get; init; }

    /// <summary>The times that the organiser may take; null: none are looked for.</summary>
    public SlotOffer? Offer { get; init; }

    /// <summary>The time that was typed, read back before it is taken; null: none was.</summary>
    public DateTimeOffset? MovingTo { get; init; }

    /// <summary>The organiser is asked for the reason, which is also the confirmation.</summary>
    public bool IsCancelling { get; init; }

    /// <summary>What was typed on the card, which must not go out of sight when it was refused.</summary>
    public string? Typed { get; init; }

    public bool IsOrganiser => Viewer == Meeting.Organiser.ObjectId;

    /// <summary>As what they are invited; null: they arrange it, or are no longer part of it.</summary>
    public Invitee? Me => Meeting.Find(Viewer);
}

/// <summary>Times that would do, as they were when they were looked at.</summary>
/// <param name="Found">What was found.</param>
/// <param name="Until">Until when was looked.</param>
internal sealed record SlotOffer(SlotsFound Found, DateTimeOffset Until)
{
    /// <summary>It has a time already, and this is for another one.</summary>
    public bool IsMove { get; init; }

    /// <summary>The time that was about to be taken when somebody turned out to be busy.</summary>
    public DateTimeOffset? Doubted { get; init; }
}

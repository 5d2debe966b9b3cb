using CoordinationBot.Calendars;
using CoordinationBot.Protocol.Turns;

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

    /// <summary>What was chosen on the card, which stays chosen when it was not taken.</summary>
    public Inputs Chosen { get; init; } = Inputs.None;

    /// <summary>The organiser is about to ask which of some times suit; null: they are not.</summary>
    public PollQuestion? Asking { get; init; }

    /// <summary>The organiser looks at who answered what, from this page on; null: they do not.</summary>
    public int? AnswersPage { get; init; }

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

/// <summary>What a poll may ask.</summary>
/// <param name="Times">To choose among, the best first.</param>
/// <param name="Deadline">Proposed.</param>
internal sealed record PollQuestion(IReadOnlyList<DateTimeOffset> Times, DateTimeOffset Deadline);

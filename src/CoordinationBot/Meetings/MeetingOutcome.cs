using CoordinationBot.Delegations;
using CoordinationBot.People;

namespace CoordinationBot.Meetings;

/// <summary>What a rule decided about a meeting.</summary>
internal abstract record MeetingOutcome(Meeting State)
{
    /// <param name="State">The new state. Its revision has grown by one.</param>
    /// <param name="Entry">For the history, under the new revision.</param>
    /// <param name="Tells">Who hears what. Whoever is no longer part of it sees a card that says so.</param>
    internal sealed record Changed(Meeting State, HistoryEntry Entry, params IReadOnlyList<MeetingTell> Tells) : MeetingOutcome(State)
    {
        /// <summary>Whose living cards come to show it in place, beside those who hear of it and whoever did it.</summary>
        public Renewal Renews { get; init; } = Renewal.Everybody;

        /// <summary>Addresses that get the invitation as it is when it is sent, or the word that they need not come.</summary>
        public IReadOnlyList<string> Mails { get; init; } = [];

        /// <summary>When it must be looked at by itself: a wake-up comes then.</summary>
        public IReadOnlyList<DateTimeOffset> Looks { get; init; } = [];
    }

    /// <summary>Nothing was done.</summary>
    /// <param name="State">As it is.</param>
    /// <param name="Sentence">Why; null: it is as it should be.</param>
    internal sealed record Unchanged(Meeting State, string? Sentence = null) : MeetingOutcome(State);
}

/// <summary>Whose cards are renewed.</summary>
internal enum Renewal
{
    Nobody,
    Organiser,
    Everybody,
}

/// <summary>Somebody inside must hear of a change: their card comes again, with this sentence on top.</summary>
internal sealed record MeetingTell(string ObjectId, string Sentence, NoticeKind Kind)
{
    /// <summary>It cannot wait for a better moment.</summary>
    public bool IsUrgent { get; init; }
}

/// <summary>What of a change is still to be told: more than fits into its commit. The wake-up does it piece by piece, each piece in one commit with what is left.</summary>
/// <param name="Revision">Of the change.</param>
/// <param name="At">When it was.</param>
/// <param name="Tells">Who must still hear.</param>
/// <param name="Renews">Whose card must still be renewed.</param>
/// <param name="Mails">Who must still get mail.</param>
internal sealed record Spreading(int Revision, DateTimeOffset At, IReadOnlyList<MeetingTell> Tells, IReadOnlyList<string> Renews, IReadOnlyList<string> Mails);

using CoordinationBot.Authority;
using CoordinationBot.People;

namespace CoordinationBot.Feedbacks;

/// <summary>What a rule decided about feedback.</summary>
internal abstract record FeedbackOutcome(Feedback State)
{
    /// <param name="State">The new state. Its revision has grown by one.</param>
    /// <param name="Who">Who did it; null: an author whom nobody knows, or nobody. Then the history has no entry.</param>
    /// <param name="What">A sentence without its subject, for the history.</param>
    internal sealed record Changed(Feedback State, Party? Who, string What) : FeedbackOutcome(State)
    {
        /// <summary>People who hear of it, each with a sentence on top of their card.</summary>
        public IReadOnlyList<FeedbackTell> Tells { get; init; } = [];

        /// <summary>What the authors of all that was merged into it hear; null: nothing.</summary>
        public string? Echo { get; init; }
    }

    /// <summary>Nothing was done.</summary>
    /// <param name="State">As it is.</param>
    /// <param name="Sentence">Why; null: it is as it should be.</param>
    internal sealed record Unchanged(Feedback State, string? Sentence = null) : FeedbackOutcome(State);
}

/// <summary>Somebody must hear of a change.</summary>
internal sealed record FeedbackTell(string ObjectId, string Sentence, NoticeKind Kind);

/// <summary>Who acts on feedback.</summary>
/// <param name="Who">Who.</param>
/// <param name="StandsInFor">Object id of the owner, who is away and for whom they answer now; of nobody else's they may know.</param>
/// <param name="Today">In the zone of the office.</param>
internal sealed record FeedbackActor(Party Who, string? StandsInFor, DateOnly Today)
{
    /// <summary>Nobody answers what they wrote, and of what is confidential no deputy hears.</summary>
    public bool MayActOn(Feedback feedback) =>
        feedback.Author?.ObjectId != Who.ObjectId && (feedback.Owner.ObjectId == Who.ObjectId || (feedback.Owner.ObjectId == StandsInFor && !feedback.Subject.IsConfidential));
}

using CoordinationBot.People;

namespace CoordinationBot.Feedbacks;

/// <summary>
/// Two that say the same become one. Always the younger goes into the older, so that no chain of merges ever comes back to itself, whoever merges
/// what at the same time.
/// </summary>
internal static class MergeRules
{
    /// <summary>Which of two stays.</summary>
    public static (Feedback Stays, Feedback Goes) Order(Feedback one, Feedback other) =>
        one.Day < other.Day || (one.Day == other.Day && string.CompareOrdinal(one.Id, other.Id) < 0) ? (one, other) : (other, one);

    /// <summary>Why these two cannot be one, or null. Both stand by themselves: chains were followed before.</summary>
    /// <param name="one">That on whose card it is asked for.</param>
    /// <param name="other">What was named; null: there is none.</param>
    /// <param name="typed">As it was named.</param>
    /// <param name="actor">Who asks, as far as the one is concerned.</param>
    /// <param name="there">The same, as far as the other is.</param>
    public static string? Refuse(Feedback one, Feedback? other, string typed, FeedbackActor actor, FeedbackActor there) =>
        other is null || !there.MayActOn(other) ? $"Nothing was joined: there is no {typed} that you answer. Type register to see what is yours."
        : !actor.MayActOn(one) ? $"Nothing was joined: {one.Owner.Name} answers this now."
        : one.Id == other.Id ? $"Nothing was joined: {(typed == one.Id ? $"{typed} is this one" : $"{typed} is joined with this one already")}."
        : one.Subject.IsConfidential || other.Subject.IsConfidential ? "Nothing was joined: one of them is about something confidential, and the authors of both would hear of it."
        : other.Duplicates.Count + one.Duplicates.Count >= FeedbackLimits.Duplicates ? $"Nothing was joined: more than {FeedbackLimits.Duplicates} cannot be one."
        : null;

    /// <summary>The younger goes into the older.</summary>
    public static FeedbackOutcome Go(Feedback goes, FeedbackActor actor, string into) =>
        goes.MergedInto is { } known ? new FeedbackOutcome.Unchanged(goes, known == into ? null : $"Nothing was joined: it was joined with {known} meanwhile.")
        : !actor.MayActOn(goes) ? FeedbackRules.Refuse(goes, $"Nothing was joined: {goes.Owner.Name} answers {goes.Id} now.")
        : FeedbackRules.Changed(goes with { MergedInto = into }, actor.Who, $"Joined it with {into}", "Somebody else wrote the same. Both are answered together from now on.", NoticeKind.Progress);

    /// <summary>The older takes it in. Doing it again does nothing.</summary>
    public static FeedbackOutcome Receive(Feedback stays, string id) =>
        stays.Duplicates.Contains(id) ? new FeedbackOutcome.Unchanged(stays)
        : FeedbackRules.Changed(stays with { Duplicates = [.. stays.Duplicates, id] }, null, "", "Somebody else wrote the same. Both are answered together from now on.", NoticeKind.Progress) with { Echo = null };

    /// <summary>The author of one that was merged hears of a change of the other, once, and with them the authors of what went into it before.</summary>
    public static FeedbackOutcome Hear(Feedback merged, Echo echo) =>
        merged.MergedInto is null || merged.Heard >= echo.Revision ? new FeedbackOutcome.Unchanged(merged)
        : FeedbackRules.Changed(merged with { Heard = echo.Revision }, null, "", echo.Sentence, NoticeKind.Progress);
}

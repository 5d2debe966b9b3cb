using CoordinationBot.Authority;
using CoordinationBot.People;

namespace CoordinationBot.Feedbacks;

/// <summary>The talk between the author of feedback and its owner. It belongs to one author: what was merged keeps its own.</summary>
internal static class TalkRules
{
    public const string Ended = "Nothing was sent: the talk has ended.";

    /// <summary>The owner writes to the author.</summary>
    public static FeedbackOutcome Ask(Feedback feedback, FeedbackActor actor, string id, string? text)
    {
        text = text?.Trim();
        return !actor.MayActOn(feedback) ? FeedbackRules.Refuse(feedback, $"Nothing was sent: {feedback.Owner.Name} answers this now.")
            : Check(feedback, id, text) is { } bar ? bar
            : Said(feedback, new TalkEntry(id, actor.Who, text!, actor.Today), feedback.Author?.ObjectId, $"{actor.Who.Name} writes to you about what you wrote.");
    }

    /// <summary>The author writes to the owner. Who they are, only a named one says.</summary>
    public static FeedbackOutcome Reply(Feedback feedback, Party? author, string id, string? text, DateOnly today)
    {
        text = text?.Trim();
        return Check(feedback, id, text) is { } bar ? bar : FromAuthor(feedback, author, id, text!, today);
    }

    /// <summary>What an author whom nobody knows wrote is handed over. It was taken when they sent it, so it comes whatever has become of the talk since.</summary>
    public static FeedbackOutcome HandOver(Feedback feedback, string id, string text, DateOnly today) =>
        feedback.Talk.Any(entry => entry.Id == id) ? new FeedbackOutcome.Unchanged(feedback) : FromAuthor(feedback, null, id, text.Trim(), today);

    /// <summary>Either side has heard enough.</summary>
    /// <param name="feedback">As it is.</param>
    /// <param name="by">Who; null: an author whom nobody knows.</param>
    public static FeedbackOutcome End(Feedback feedback, Party? by)
    {
        if (feedback.TalkEnded)
        {
            return new FeedbackOutcome.Unchanged(feedback);
        }
        var isOwner = by is not null && by.ObjectId != feedback.Author?.ObjectId;
        var other = isOwner ? feedback.Author?.ObjectId : feedback.Owner.ObjectId;
        return new FeedbackOutcome.Changed(feedback with { TalkEnded = true, Revision = feedback.Revision + 1 }, by, "Ended the talk")
        {
            Tells = other is null ? [] : [new FeedbackTell(other, $"{by?.Name ?? "Whoever wrote this"} ended the talk about {feedback.Id}. What was written stays here.", NoticeKind.Progress)],
        };
    }

    private static FeedbackOutcome.Unchanged? Check(Feedback feedback, string id, string? text) =>
        feedback.Talk.Any(entry => entry.Id == id) ? new FeedbackOutcome.Unchanged(feedback)
        : feedback.TalkEnded ? FeedbackRules.Refuse(feedback, Ended)
        : string.IsNullOrEmpty(text) ? FeedbackRules.Refuse(feedback, "Please write what you want to say.")
        : text.Length > FeedbackLimits.Message ? FeedbackRules.Refuse(feedback, FeedbackRules.TooLong("message", text.Length, FeedbackLimits.Message))
        : feedback.Talk.Count >= FeedbackLimits.Talk ? FeedbackRules.Refuse(feedback, $"Nothing was sent: this talk has {FeedbackLimits.Talk} messages, and more than that it does not hold. Please answer, or meet.")
        : null;

    private static FeedbackOutcome.Changed FromAuthor(Feedback feedback, Party? author, string id, string text, DateOnly today) =>
        Said(feedback, new TalkEntry(id, author, text, today), feedback.Owner.ObjectId, $"{author?.Name ?? "Whoever wrote this"} writes to you about {feedback.Id}.");

    private static FeedbackOutcome.Changed Said(Feedback feedback, TalkEntry entry, string? hears, string sentence) =>
        new(feedback with { Talk = [.. feedback.Talk, entry], Revision = feedback.Revision + 1 }, entry.Who, "Wrote in the talk")
        {
            Tells = hears is null ? [] : [new FeedbackTell(hears, sentence, entry.Who?.ObjectId == feedback.Owner.ObjectId ? NoticeKind.Answer : NoticeKind.Question)],
        };
}

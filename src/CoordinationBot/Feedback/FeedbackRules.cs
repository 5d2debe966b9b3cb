using System.Globalization;
using CoordinationBot.Authority;
using CoordinationBot.People;

namespace CoordinationBot.Feedbacks;

/// <summary>What may be done with feedback, by whom.</summary>
internal static class FeedbackRules
{
    /// <summary>It comes into the register of its owner. Whoever signed it is told of by name, whoever did not by nobody: their letters come together.</summary>
    public static FeedbackOutcome.Changed Begin(Feedback feedback) => new(feedback, feedback.Author, "Sent it")
    {
        Tells = feedback.Author is not { } author ? []
            : [new FeedbackTell(feedback.Owner.ObjectId, feedback.Kind == FeedbackKind.Thanks ? $"{author.Name} says thank you." : $"{author.Name} tells you what they think. Please answer it.", NoticeKind.Question)],
    };

    /// <summary>The owner takes it in hand; whoever stands in for them becomes its owner by that.</summary>
    public static FeedbackOutcome Take(Feedback feedback, FeedbackActor actor) =>
        Bar(feedback, actor) is { } bar ? bar
        : feedback.Owner.ObjectId == actor.Who.ObjectId && feedback.State != FeedbackState.New ? new FeedbackOutcome.Unchanged(feedback)
        : Changed(feedback with { Owner = actor.Who, State = feedback.State == FeedbackState.New ? FeedbackState.LookingIntoIt : feedback.State }, actor.Who, "Took it in hand", $"{actor.Who.Name} is looking into what you wrote.", NoticeKind.Progress);

    /// <summary>Somebody else is to answer it.</summary>
    public static FeedbackOutcome HandOn(Feedback feedback, FeedbackActor actor, Party to) =>
        Bar(feedback, actor) is { } bar ? bar
        : feedback.Owner.ObjectId == to.ObjectId ? new FeedbackOutcome.Unchanged(feedback)
        : feedback.Author?.ObjectId == to.ObjectId ? Refuse(feedback, $"It was not handed on: {to.Name} wrote it. Please choose somebody else.")
        : Give(feedback, actor.Who, to, $"{actor.Who.Name} hands you this feedback. Please answer it.");

    /// <summary>Its owner is no longer there: it goes to whoever is next.</summary>
    public static FeedbackOutcome PassOn(Feedback feedback, Party from, Party to) =>
        feedback.Owner.ObjectId != from.ObjectId || feedback.Owner.ObjectId == to.ObjectId || feedback.Author?.ObjectId == to.ObjectId || feedback.Subject.IsConfidential || feedback.MergedInto is not null
            ? new FeedbackOutcome.Unchanged(feedback)
            : Give(feedback, null, to, $"{from.Name} can no longer be reached, so this feedback is yours. Please answer it.");

    /// <summary>Says what the owner thinks of it.</summary>
    public static FeedbackOutcome Answer(Feedback feedback, FeedbackActor actor, string? text)
    {
        text = text?.Trim();
        return Bar(feedback, actor) is { } bar ? bar
            : string.IsNullOrEmpty(text) ? Refuse(feedback, "Please write your answer.")
            : text.Length > FeedbackLimits.Answer ? Refuse(feedback, TooLong("answer", text.Length, FeedbackLimits.Answer))
            : text == feedback.Answer ? new FeedbackOutcome.Unchanged(feedback)
            : Changed(
                feedback with { Answer = text, State = feedback.State == FeedbackState.New ? FeedbackState.LookingIntoIt : feedback.State },
                actor.Who, "Answered it", $"{actor.Who.Name} answers what you wrote.", NoticeKind.Answer);
    }

    /// <summary>Says where it stands. What is not done now needs a reason.</summary>
    public static FeedbackOutcome Move(Feedback feedback, FeedbackActor actor, FeedbackState? to, string? reason)
    {
        reason = reason?.Trim();
        if (Bar(feedback, actor) is { } bar)
        {
            return bar;
        }
        if (to is not { } state || state == FeedbackState.New)
        {
            return Refuse(feedback, "Please choose how it stands: looking into it, planned, done, or not now.");
        }
        if (state == FeedbackState.NotNow && string.IsNullOrEmpty(reason))
        {
            return Refuse(feedback, "Please write why not now: whoever wrote this reads it.");
        }
        if (reason?.Length > FeedbackLimits.Reason)
        {
            return Refuse(feedback, TooLong("reason", reason.Length, FeedbackLimits.Reason));
        }
        var why = state == FeedbackState.NotNow ? reason : null;
        return state == feedback.State && why == feedback.Reason
            ? new FeedbackOutcome.Unchanged(feedback)
            : Changed(feedback with { State = state, Reason = why }, actor.Who, $"Set it to {FeedbackText.Word(state)}", Moved(actor.Who, state), NoticeKind.Progress);
    }

    /// <summary>It became a delegation. Which one is the owner's to tell.</summary>
    public static FeedbackOutcome Link(Feedback feedback, Party owner, string delegation) =>
        feedback.Delegation == delegation || feedback.MergedInto is not null
            ? new FeedbackOutcome.Unchanged(feedback)
            : Changed(Planned(feedback) with { Delegation = delegation }, owner, $"Made it delegation {delegation}", $"What you wrote has become work that {owner.Name} gave to somebody.", NoticeKind.Progress);

    /// <summary>It is on the agenda of a meeting.</summary>
    public static FeedbackOutcome PutOnAgenda(Feedback feedback, FeedbackActor actor, string meeting) =>
        Bar(feedback, actor) is { } bar ? bar
        : feedback.Meeting == meeting ? new FeedbackOutcome.Unchanged(feedback)
        : Changed(Planned(feedback) with { Meeting = meeting }, actor.Who, $"Put it on the agenda of {meeting}", $"{actor.Who.Name} has put what you wrote on the agenda of a meeting.", NoticeKind.Progress);

    private static Feedback Planned(Feedback feedback) =>
        feedback with { State = feedback.State is FeedbackState.New or FeedbackState.LookingIntoIt ? FeedbackState.Planned : feedback.State };

    private static FeedbackOutcome.Changed Give(Feedback feedback, Party? by, Party to, string sentence)
    {
        var changed = Changed(feedback with { Owner = to }, by, $"Handed it on to {to.Name}", $"{to.Name} answers what you wrote from now on.", NoticeKind.Progress);
        return to.ObjectId == by?.ObjectId ? changed : changed with { Tells = [.. changed.Tells, new FeedbackTell(to.ObjectId, sentence, NoticeKind.Question)] };
    }

    private static string Moved(Party who, FeedbackState state) => state switch
    {
        FeedbackState.New or FeedbackState.LookingIntoIt => $"{who.Name} is looking into what you wrote.",
        FeedbackState.Planned => $"{who.Name} plans to do something about what you wrote.",
        FeedbackState.Done => $"{who.Name} says that what you wrote about is done.",
        FeedbackState.NotNow => $"{who.Name} will not do it now, and says why.",
    };

    // ---- what the other rules of feedback share

    /// <summary>Why this person may not act on it now, or null.</summary>
    public static FeedbackOutcome.Unchanged? Bar(Feedback feedback, FeedbackActor actor) =>
        feedback.MergedInto is { } into ? Refuse(feedback, $"Nothing was changed: it was joined with {into} meanwhile. Please answer that one.")
        : !actor.MayActOn(feedback) ? Refuse(feedback, $"Nothing was changed: {feedback.Owner.Name} answers this now.")
        : null;

    public static FeedbackOutcome.Unchanged Refuse(Feedback feedback, string sentence) => new(feedback, sentence);

    /// <summary>A change that the author hears of, and with them the authors of all that went into it.</summary>
    public static FeedbackOutcome.Changed Changed(Feedback feedback, Party? who, string what, string sentence, NoticeKind kind) =>
        new(feedback with { Revision = feedback.Revision + 1 }, who, what)
        {
            Tells = feedback.Author is { } author && author.ObjectId != who?.ObjectId ? [new FeedbackTell(author.ObjectId, sentence, kind)] : [],
            Echo = sentence,
        };

    public static string TooLong(string what, int length, int longest) =>
        string.Create(CultureInfo.InvariantCulture, $"That {what} has {length:N0} characters, and at most {longest:N0} fit. Please shorten it; what you typed is still here.");
}

using CoordinationBot.Authority;
using CoordinationBot.People;
using CoordinationBot.Protocol.Turns;

namespace CoordinationBot.Feedbacks;

/// <summary>The talk between author and owner. What an anonymous author writes goes the way of their letter, and leaves no more than that.</summary>
internal sealed class TalkHandlers(FeedbackStore store, LetterboxStore letters, FeedbackDesk desk, PeopleDirectory directory, HandOverTimes times)
{
    private const string OldCard = "This card is from an older version of me, so nothing was sent. Please press What is new.";

    /// <summary>The owner writes.</summary>
    public ValueTask<TurnResult> AskAsync(Turn turn, CancellationToken cancel) => AskAsync(turn, turn.Inputs.Text("id"), turn.Inputs.Text("message"), cancel);

    public ValueTask<TurnResult> AskAsync(Turn turn, string? id, string? text, CancellationToken cancel) =>
        desk.ActAsync(turn, id, (feedback, actor) => TalkRules.Ask(feedback, actor, turn.OperationId, text), cancel);

    /// <summary>An author who is known writes.</summary>
    public async ValueTask<TurnResult> ReplyAsync(Turn turn, CancellationToken cancel)
    {
        if (await OwnAsync(turn, cancel) is not { } own)
        {
            return new TurnResult.Refused(FeedbackDesk.NoSuch);
        }
        var speaker = await SpeakerAsync(turn, cancel);
        var outcome = (await store.UpdateAsync(turn.Tenant, own.Id, turn.OperationId, feedback => TalkRules.Reply(feedback, speaker, turn.OperationId, turn.Inputs.Text("message"), times.Today(turn.Now)), cancel))!;
        return await desk.ReceiptAsync(turn, outcome.State, cancel, refusal: (outcome as FeedbackOutcome.Unchanged)?.Sentence);
    }

    /// <summary>The owner, or an author who is known, ends it.</summary>
    public async ValueTask<TurnResult> EndAsync(Turn turn, CancellationToken cancel)
    {
        if (await OwnAsync(turn, cancel) is { } own)
        {
            var speaker = await SpeakerAsync(turn, cancel);
            return await desk.ReceiptAsync(turn, (await store.UpdateAsync(turn.Tenant, own.Id, turn.OperationId, feedback => TalkRules.End(feedback, speaker), cancel))!.State, cancel);
        }
        return await EndAsync(turn, turn.Inputs.Text("id"), cancel);
    }

    public ValueTask<TurnResult> EndAsync(Turn turn, string? id, CancellationToken cancel) =>
        desk.ActAsync(turn, id, (feedback, actor) => FeedbackRules.Bar(feedback, actor) ?? TalkRules.End(feedback, actor.Who), cancel);

    /// <summary>An author whom nobody knows writes.</summary>
    public ValueTask<TurnResult> ReplyAnonymouslyAsync(Turn turn, CancellationToken cancel) => LeaveAsync(turn, LetterKind.Message, turn.Inputs.Text("message") ?? "", cancel);

    /// <summary>An author whom nobody knows ends it.</summary>
    public ValueTask<TurnResult> EndAnonymouslyAsync(Turn turn, CancellationToken cancel) => LeaveAsync(turn, LetterKind.End, "", cancel);

    private async ValueTask<TurnResult> LeaveAsync(Turn turn, LetterKind kind, string text, CancellationToken cancel)
    {
        if (AuthorSecret.Read(turn.Inputs.Text(AuthorSecret.DataName)) is not { } secret || turn.Inputs.Text("press") is not { } press || await store.FindByOriginAsync(turn.Tenant, secret.Handle, cancel) is not { } own)
        {
            return new TurnResult.Refused(OldCard);
        }
        var letter = new Letter(secret.LetterId(press), secret.Handle, kind, text);
        // The rule says at once what it would say when the letter is handed over.
        var trial = kind == LetterKind.End ? TalkRules.End(own, null) : TalkRules.Reply(own, null, letter.Id, text, times.Today(turn.Now));
        if (trial is FeedbackOutcome.Unchanged { Sentence: { } refusal })
        {
            return new TurnResult.Refused(refusal, await desk.OwnAsync(turn, secret, cancel, refusal));
        }
        return trial is FeedbackOutcome.Unchanged || await letters.PutAsync(turn.Tenant, letter, cancel)
            ? new TurnResult.Show((await desk.OwnAsync(turn, secret, cancel))!)
            : new TurnResult.Refused(FeedbackDesk.BoxesFull, await desk.OwnAsync(turn, secret, cancel, FeedbackDesk.BoxesFull));
    }

    private async ValueTask<Feedback?> OwnAsync(Turn turn, CancellationToken cancel) =>
        turn.Inputs.Text("id") is { } id && await store.FindAsync(turn.Tenant, id, cancel) is { } feedback && feedback.Author?.ObjectId == turn.Actor.ObjectId ? feedback : null;

    private async ValueTask<Party> SpeakerAsync(Turn turn, CancellationToken cancel)
    {
        var speaker = await directory.SpeakerAsync(turn, cancel);
        return new Party(speaker.ObjectId, speaker.Name);
    }
}

using CoordinationBot.Authority;
using CoordinationBot.Dialogs;
using CoordinationBot.People;
using CoordinationBot.Protocol.Cards;
using CoordinationBot.Protocol.Turns;
using CoordinationBot.Storage;

namespace CoordinationBot.Feedbacks;

/// <summary>What the handlers of feedback share: find it for who asks, act on it by a rule, show how it stands.</summary>
internal sealed class FeedbackDesk(FeedbackStore store, LetterboxStore letters, Deputies deputies, PeopleDirectory directory, HandOverTimes times, OfficeOptions office)
{
    /// <summary>The same for what does not exist and for what is none of theirs.</summary>
    public const string NoSuch = "There is no such feedback that is yours. Type register for what you answer, or my feedback for what you sent.";

    public const string BoxesFull = "The letterbox is full for the moment, so nothing was sent. Please press the button again in a minute; your words are still here.";

    /// <summary>When letters are handed over, in words.</summary>
    public string When(DateTimeOffset due) => Zones.Read(due, office.Zone);

    /// <summary>The zone in which times are shown to the speaker.</summary>
    public async ValueTask<string> ZoneAsync(Turn turn, CancellationToken cancel) => (await directory.SpeakerAsync(turn, cancel)).Zone ?? office.Zone;

    // ---- for owners

    /// <summary>Whoever acts, as far as this feedback is concerned.</summary>
    public async ValueTask<FeedbackActor> ActorAsync(Turn turn, Feedback feedback, CancellationToken cancel)
    {
        var speaker = await directory.SpeakerAsync(turn, cancel);
        var standsIn = feedback.Owner.ObjectId != speaker.ObjectId && (await deputies.AnswererForAsync(turn.Tenant, feedback.Owner.ObjectId, turn.Now, cancel))?.ObjectId == speaker.ObjectId;
        return new FeedbackActor(new Party(speaker.ObjectId, speaker.Name), standsIn ? feedback.Owner.ObjectId : null, times.Today(turn.Now));
    }

    /// <summary>What somebody answers, under the id of that or of what went into it; null: it is none of theirs.</summary>
    public async ValueTask<(Feedback Feedback, FeedbackActor Actor)?> FindAsync(Turn turn, string? id, CancellationToken cancel)
    {
        if (id is null || await store.FindAsync(turn.Tenant, ReadableIds.Typed(id), cancel) is not { } found)
        {
            return null;
        }
        var feedback = await store.StandingAsync(found, cancel);
        var actor = await ActorAsync(turn, feedback, cancel);
        return actor.MayActOn(feedback) ? (feedback, actor) : null;
    }

    /// <summary>Acts on what a button names, and shows it as it is then, with the sentence if nothing was done.</summary>
    public async ValueTask<TurnResult> ActAsync(Turn turn, string? id, Func<Feedback, FeedbackActor, FeedbackOutcome> rule, CancellationToken cancel)
    {
        // Most often the first one stands: then to ask whether it is theirs and to act on it is one read.
        for (var standing = id is null ? null : ReadableIds.Typed(id); standing is not null;)
        {
            var (next, actor) = (default(string), default(FeedbackActor));
            var outcome = await store.UpdateAsync(turn.Tenant, standing, turn.OperationId, DecideAsync, cancel);
            if (outcome is not null)
            {
                return await ShowAsync(turn, outcome.State, actor!, (outcome as FeedbackOutcome.Unchanged)?.Sentence, cancel);
            }
            standing = next;

            async ValueTask<FeedbackOutcome?> DecideAsync(Feedback feedback)
            {
                (next, actor) = (feedback.MergedInto, await ActorAsync(turn, feedback, cancel));
                return next is null && actor.MayActOn(feedback) ? rule(feedback, actor) : null;
            }
        }
        return await NotTheirsAsync(turn, id, cancel);
    }

    /// <summary>The same for feedback of which nobody has asked yet whether it is theirs.</summary>
    public async ValueTask<TurnResult> ShowAsync(Turn turn, Feedback feedback, string? refusal, CancellationToken cancel, string? news = null) =>
        await ShowAsync(turn, feedback, await ActorAsync(turn, feedback, cancel), refusal, cancel, news);

    public async ValueTask<TurnResult> ShowAsync(Turn turn, Feedback feedback, FeedbackActor actor, string? refusal, CancellationToken cancel, string? news = null)
    {
        if (!actor.MayActOn(feedback))
        {
            return new TurnResult.Show(ReceiptCards.NotYours(feedback));
        }
        var view = new FeedbackView(feedback, feedback, await ZoneAsync(turn, cancel), turn.Now) { Refusal = refusal, Typed = refusal is null ? Inputs.None : turn.Inputs, News = news is null ? [] : [news] };
        return refusal is null ? new TurnResult.Show(FeedbackCards.For(view)) : new TurnResult.Refused(refusal, FeedbackCards.For(view));
    }

    /// <summary>A card that was theirs once says so; of what never was theirs nobody learns anything.</summary>
    private async ValueTask<TurnResult> NotTheirsAsync(Turn turn, string? id, CancellationToken cancel) =>
        id is not null && await store.FindAsync(turn.Tenant, id.ToUpperInvariant(), cancel) is { } feedback && (await store.HistoryAsync(feedback, 100, cancel)).Any(entry => entry.Who.ObjectId == turn.Actor.ObjectId && entry.Who.ObjectId != feedback.Author?.ObjectId)
            ? new TurnResult.Show(ReceiptCards.NotYours(feedback))
            : new TurnResult.Refused(NoSuch);

    // ---- for authors

    public async ValueTask<TurnResult> ReceiptAsync(Turn turn, Feedback own, CancellationToken cancel, string? news = null, string? refusal = null)
    {
        var card = ReceiptCards.Named(await ViewAsync(turn, own, cancel) with { News = news is null ? [] : [news], Refusal = refusal, Typed = refusal is null ? Inputs.None : turn.Inputs });
        return refusal is null ? new TurnResult.Show(card) : new TurnResult.Refused(refusal, card);
    }

    /// <summary>What an anonymous author sees of what they sent from this card; null: they have sent nothing.</summary>
    public async ValueTask<AdaptiveCard?> OwnAsync(Turn turn, AuthorSecret secret, CancellationToken cancel, string? refusal = null)
    {
        var waiting = await letters.WaitingAsync(turn.Tenant, secret.Handle, cancel);
        var when = When(times.NextAfter(turn.Now));
        if (await store.FindByOriginAsync(turn.Tenant, secret.Handle, cancel) is { } own)
        {
            var view = await ViewAsync(turn, own, cancel) with { Refusal = refusal, Typed = refusal is null ? Inputs.None : turn.Inputs };
            return ReceiptCards.Anonymous(view, secret, turn.Actor.TeamsId, AuthorSecret.New().ForCard, waiting, when);
        }
        return waiting.FirstOrDefault(letter => letter.Kind == LetterKind.Feedback) is { } letter ? ReceiptCards.Waiting(letter, secret, turn.Actor.TeamsId, when) : null;
    }

    private async ValueTask<FeedbackView> ViewAsync(Turn turn, Feedback own, CancellationToken cancel) =>
        new(own, await store.StandingAsync(own, cancel), await ZoneAsync(turn, cancel), turn.Now);
}

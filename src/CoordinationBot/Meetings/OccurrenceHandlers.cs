using CoordinationBot.Protocol.Turns;

namespace CoordinationBot.Meetings;

/// <summary>What is done with a series from one date on, or with all of it: ending it, and giving it another time.</summary>
internal sealed class OccurrenceHandlers(MeetingStore store, MeetingDesk desk, OccurrenceDesk dates)
{
    /// <summary><c>end M-…</c>: ends nothing yet, asks for the reason, which is also the confirmation. Null: that is no id of a meeting.</summary>
    public async ValueTask<TurnResult?> EndAsync(Turn turn, string id, CancellationToken cancel)
    {
        if (!id.StartsWith("M-", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }
        if (await desk.FindAsync(turn, id, cancel) is not { } named || await dates.SeriesAsync(turn, named, cancel) is not { } meeting)
        {
            return new TurnResult.Say(MeetingDesk.NoSuch);
        }
        return meeting.Series is null ? new TurnResult.Say($"{meeting.Id} takes place once. To cancel it, type cancel {meeting.Id}.")
            : MeetingSeriesRules.End(meeting, turn.Actor.ObjectId, null, null, turn.Now) is MeetingOutcome.Unchanged unchanged ? new TurnResult.Say(unchanged.Sentence ?? $"{meeting.Id} was cancelled already.")
            : new TurnResult.Open(MeetingCards.For(await desk.ViewAsync(turn, meeting, cancel) with { IsCancelling = true }));
    }

    /// <summary>The next date of a series, with a card of its own.</summary>
    public async ValueTask<TurnResult> NextAsync(Turn turn, CancellationToken cancel)
    {
        if (await dates.NextAsync(turn, turn.Inputs.Text("id"), cancel) is not { } next)
        {
            return new TurnResult.Say(MeetingDesk.NoSuch);
        }
        if (next.Series is not null)
        {
            return new TurnResult.Say("Nothing more of it comes.");
        }
        await store.BringAsync(next, turn.Actor.ObjectId, cancel);
        return TurnResult.Nothing.Instance;
    }

    /// <summary>This date and all after it are cancelled.</summary>
    public ValueTask<TurnResult> CancelAfterAsync(Turn turn, CancellationToken cancel) =>
        ActAsync(turn, (series, one) => MeetingSeriesRules.End(series, turn.Actor.ObjectId, one.Date, turn.Inputs.Text("reason"), turn.Now), view => view with { IsCancelling = true, Typed = turn.Inputs.Text("reason") }, cancel);

    /// <summary>This date and all after it get the time that the button names.</summary>
    public ValueTask<TurnResult> TakeAfterAsync(Turn turn, CancellationToken cancel)
    {
        var start = SlotInputs.Read(turn.Inputs.Text(SlotCards.Start));
        return ActAsync(
            turn,
            (series, one) => start is { } wanted ? MeetingSeriesRules.MoveOn(series, turn.Actor.ObjectId, one.Date, wanted, turn.Now) : new MeetingOutcome.Unchanged(series, "That button names no time. Please choose one anew."),
            view => view with { MovingTo = start },
            cancel);
    }

    /// <summary>Acts on the series of the date that a button names, and shows the series as it is then.</summary>
    private async ValueTask<TurnResult> ActAsync(Turn turn, Func<Meeting, MeetingOccurrence, MeetingOutcome> rule, Func<MeetingView, MeetingView> keepOpen, CancellationToken cancel)
    {
        if (await desk.FindAsync(turn, turn.Inputs.Text("id"), cancel) is not { Occurrence: { } one } meeting || await dates.SeriesAsync(turn, meeting, cancel) is not { } series)
        {
            return new TurnResult.Refused(MeetingDesk.NoSuch);
        }
        var outcome = (await store.UpdateAsync(turn.Tenant, series.Id, turn.OperationId, known => rule(known, one), cancel))!;
        if (outcome is MeetingOutcome.Unchanged { Sentence: { } sentence })
        {
            return new TurnResult.Refused(sentence, MeetingCards.For(keepOpen(await desk.ViewAsync(turn, meeting, cancel) with { Refusal = sentence })));
        }
        return new TurnResult.Show(MeetingCards.For(await desk.ViewAsync(turn, outcome.State, cancel)));
    }
}

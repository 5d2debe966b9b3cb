using CoordinationBot.Dialogs;
using CoordinationBot.Protocol.Cards;
using CoordinationBot.Protocol.Turns;
using NodaTime.Extensions;

namespace CoordinationBot.Meetings;

/// <summary>Choosing a time: taking one, looking for others, and moving to another.</summary>
internal sealed class SlotHandlers(MeetingDesk desk, OccurrenceDesk dates, SlotFinder finder, OfficeOptions office)
{
    /// <summary>Takes a time. Whoever must come and has become busy since is named, and other times are shown; the organiser may take it all the same.</summary>
    public async ValueTask<TurnResult> TakeAsync(Turn turn, CancellationToken cancel)
    {
        if (await desk.FindAsync(turn, turn.Inputs.Text("id"), cancel) is not { } meeting)
        {
            return new TurnResult.Refused(MeetingDesk.NoSuch);
        }
        if (SlotInputs.Read(turn.Inputs.Text(SlotCards.Start)) is not { } start)
        {
            return new TurnResult.Refused("That button names no time. Please choose one anew.");
        }
        if (meeting.Occurrence is not null && turn.Inputs.Text("which") is null)
        {
            return new TurnResult.Show(MeetingCards.For(await desk.ViewAsync(turn, meeting, cancel) with { MovingTo = start }));
        }
        if (meeting.Occurrence is { } date && await dates.SeriesAsync(turn, meeting, cancel) is { } series && OccurrenceRules.Bar(series, date.Date, start) is { } bar)
        {
            return new TurnResult.Refused(bar, MeetingCards.For(await desk.ViewAsync(turn, meeting, cancel) with { Refusal = bar }));
        }
        var taken = TakeAt(turn, start);
        // Only what the rule would do needs a look at calendars.
        if (turn.Inputs.Text("anyway") != "true" && taken(meeting) is MeetingOutcome.Changed && await finder.BlockingAsync(meeting, start, cancel) is { Count: > 0 } blocking)
        {
            var names = string.Join(", ", blocking.Take(5).Select(attendee => attendee.Key == turn.Actor.ObjectId ? "you" : attendee.Name));
            var sentence = $"It was not taken: {names}{(blocking.Count > 5 ? " and others" : "")} cannot at {Zones.Read(start, await desk.ZoneAsync(turn, cancel))} any more. These are the times now.";
            var view = await desk.ViewAsync(turn, meeting, cancel);
            return new TurnResult.Refused(sentence, MeetingCards.For(view with { Refusal = sentence, Offer = await finder.FindAsync(meeting, null, turn.Now, cancel) with { Doubted = start } }));
        }
        return await desk.ActAsync(turn, taken, cancel);
    }

    /// <summary>Looks at more days: a meeting without a time remembers that, one that has a time only shows them.</summary>
    public async ValueTask<TurnResult> FurtherAsync(Turn turn, CancellationToken cancel)
    {
        var until = SlotInputs.Read(turn.Inputs.Text("until")) ?? turn.Now.AddDays(MeetingLimits.FurtherDays);
        return await desk.FindAsync(turn, turn.Inputs.Text("id"), cancel) is { State: MeetingState.Scheduled } meeting && meeting.Organiser.ObjectId == turn.Actor.ObjectId
            ? new TurnResult.Show(await OfferAsync(turn, meeting, until < turn.Now.AddDays(MeetingLimits.WindowDays) ? until : turn.Now.AddDays(MeetingLimits.WindowDays), cancel))
            : await desk.ActAsync(turn, known => MeetingChangeRules.Widen(known, turn.Actor.ObjectId, until, turn.Now), cancel);
    }

    public ValueTask<TurnResult> ShortenAsync(Turn turn, CancellationToken cancel) =>
        desk.ActAsync(turn, meeting => MeetingChangeRules.Shorten(meeting, turn.Actor.ObjectId, turn.Inputs.Number("minutes") ?? 0, turn.Now), cancel);

    public ValueTask<TurnResult> OptionalAsync(Turn turn, CancellationToken cancel) =>
        desk.ActAsync(turn, meeting => MeetingChangeRules.MakeOptional(meeting, turn.Actor.ObjectId, turn.Inputs.Text("who"), turn.Now), cancel);

    /// <summary><c>move M-…</c>: other times to choose from; with a time behind it, that one is read back first.</summary>
    public async ValueTask<TurnResult> MoveCommandAsync(Turn turn, CancellationToken cancel)
    {
        var parts = turn.Argument.Split(' ', 2, StringSplitOptions.TrimEntries);
        // Of a series the date that is named moves, or else the next one.
        var named = await dates.FindAsync(turn, parts[0], parts.ElementAtOrDefault(1) ?? "", cancel);
        if ((named.Problem is null && named.Meeting is { Series: not null, State: MeetingState.Scheduled } ? await dates.NextAsync(turn, parts[0], cancel) : named.Meeting) is not { } meeting || named.Problem is not null)
        {
            return new TurnResult.Say(named.Problem ?? MeetingDesk.NoSuch);
        }
        if ((MeetingRules.OrganiserOnly(meeting, turn.Actor.ObjectId) ?? (meeting.State is MeetingState.Finding or MeetingState.Polling ? null : MeetingRules.NotAhead(meeting, turn.Now))) is { } bar)
        {
            return new TurnResult.Say(bar.Sentence!);
        }
        if (named.Rest.Length == 0)
        {
            return new TurnResult.Open(await OfferAsync(turn, meeting, null, cancel));
        }
        var typed = named.Rest.StartsWith("to ", StringComparison.OrdinalIgnoreCase) ? named.Rest[3..] : named.Rest;
        var zone = await desk.ZoneAsync(turn, cancel);
        return TypedDate.Parse(typed, turn.Now.ToInstant(), Zones.Find(zone), office.DayEnds) switch
        {
            TypedDateResult.Understood { TimeWasGiven: true } understood => new TurnResult.Open(MeetingCards.For(await desk.ViewAsync(turn, meeting, cancel) with { MovingTo = understood.When.ToDateTimeOffset().ToUniversalTime() })),
            TypedDateResult.Understood => new TurnResult.Say($"At what time? For example: move {meeting.Id} to {typed} 14:00."),
            TypedDateResult.NotUnderstood not => new TurnResult.Say(not.Sentence),
            _ => throw new InvalidOperationException("A date had no known reading."),
        };
    }

    /// <summary>Other times, in a message of their own: the meeting's card stays.</summary>
    public async ValueTask<TurnResult> MoveAsync(Turn turn, CancellationToken cancel)
    {
        if (await dates.NextAsync(turn, turn.Inputs.Text("id"), cancel) is not { } meeting)
        {
            return new TurnResult.Refused(MeetingDesk.NoSuch);
        }
        return (MeetingRules.OrganiserOnly(meeting, turn.Actor.ObjectId) ?? (meeting.State == MeetingState.Polling ? null : MeetingRules.NotAhead(meeting, turn.Now))) is { Sentence: { } sentence }
            ? new TurnResult.Refused(sentence, MeetingCards.For(await desk.ViewAsync(turn, meeting, cancel) with { Refusal = sentence }))
            : new TurnResult.Open(await OfferAsync(turn, meeting, null, cancel));
    }

    private async ValueTask<AdaptiveCard> OfferAsync(Turn turn, Meeting meeting, DateTimeOffset? until, CancellationToken cancel) =>
        MeetingCards.For(await desk.ViewAsync(turn, meeting, cancel) with { Offer = await finder.FindAsync(meeting, until, turn.Now, cancel) });

    /// <summary>What a button takes: the first time, or another one in place of the one it was shown beside.</summary>
    private static Func<Meeting, MeetingOutcome> TakeAt(Turn turn, DateTimeOffset start) => meeting => turn.Inputs.Number(SlotCards.Sequence) is not { } sequence
        ? MeetingRules.Schedule(meeting, turn.Actor.ObjectId, start, turn.Now)
        : sequence == meeting.TimedIn || meeting.Time?.Start == start
            ? MeetingRules.Move(meeting, turn.Actor.ObjectId, start, turn.Now)
            : new MeetingOutcome.Unchanged(meeting, $"Nothing was changed: {MeetingRules.Standing(meeting)}");
}

using CoordinationBot.Dialogs;
using CoordinationBot.Protocol.Turns;
using NodaTime.Extensions;

namespace CoordinationBot.Meetings;

/// <summary>One method a route: read, decide, reply.</summary>
internal sealed class PollHandlers(MeetingDesk desk, OfficeOptions office)
{
    /// <summary>The organiser chooses among the times that the button names, and until when people may answer.</summary>
    public ValueTask<TurnResult> AskAsync(Turn turn, CancellationToken cancel) => desk.ShowAsync(turn, Asking(turn), cancel);

    public async ValueTask<TurnResult> OpenAsync(Turn turn, CancellationToken cancel)
    {
        var zone = Zones.Find(await desk.ZoneAsync(turn, cancel));
        var deadline = TypedDate.FromPickers(turn.Inputs.Text(PollInputs.Date), turn.Inputs.Text(PollInputs.Time), turn.Now.ToInstant(), zone, office.DayEnds);
        return await desk.ActAsync(
            turn,
            meeting => MeetingRules.OrganiserOnly(meeting, turn.Actor.ObjectId) ?? deadline switch
            {
                TypedDateResult.Understood understood => PollRules.Open(meeting, turn.Actor.ObjectId, TimesOf(turn, meeting), understood.When.ToDateTimeOffset().ToUniversalTime(), office.Times, turn.Now),
                TypedDateResult.NotUnderstood not => new MeetingOutcome.Unchanged(meeting, $"Nobody was asked. {not.Sentence}"),
                _ => throw new InvalidOperationException("A deadline was read in a way that has no answer."),
            },
            cancel,
            Asking(turn));
    }

    public ValueTask<TurnResult> VoteAsync(Turn turn, CancellationToken cancel) => desk.ActAsync(
        turn,
        meeting => PollRules.Cast(meeting, turn.Actor.ObjectId, NumberOf(turn), PollInputs.VotesOf(turn.Inputs, meeting.Poll?.Times.Count ?? 0), turn.Now, turn.Inputs.Text(LastAnswer.Name)),
        cancel,
        // What was said to other times is no answer to these.
        view => view.Meeting.Poll?.Number == NumberOf(turn) ? view with { Chosen = turn.Inputs } : view);

    public ValueTask<TurnResult> CloseAsync(Turn turn, CancellationToken cancel) =>
        desk.ActAsync(turn, meeting => ClosePoll.Early(meeting, turn.Actor.ObjectId, NumberOf(turn), turn.Now), cancel);

    public ValueTask<TurnResult> TakeAsync(Turn turn, CancellationToken cancel) =>
        desk.ActAsync(turn, meeting => ClosePoll.Decide(meeting, turn.Actor.ObjectId, NumberOf(turn), SlotInputs.Read(turn.Inputs.Text(SlotCards.Start)), turn.Now), cancel);

    public ValueTask<TurnResult> RemindAsync(Turn turn, CancellationToken cancel) =>
        desk.ActAsync(turn, meeting => PollRules.Remind(meeting, turn.Actor.ObjectId, NumberOf(turn), turn.Now), cancel);

    /// <summary>Who answered what: for the organiser, as everybody's card says.</summary>
    public ValueTask<TurnResult> AnswersAsync(Turn turn, CancellationToken cancel) =>
        desk.ShowAsync(turn, view => view with { AnswersPage = turn.Inputs.Number("page") ?? 0 }, cancel);

    private static int? NumberOf(Turn turn) => turn.Inputs.Number("poll");

    private Func<MeetingView, MeetingView> Asking(Turn turn) => view => PollInputs.TimesIn(turn.Inputs, PollInputs.Offered) is var times && view.IsOrganiser
        ? view with { Asking = new PollQuestion(times, PollTimes.Propose(turn.Now, times, office.Times, Zones.Find(view.Zone))), Chosen = turn.Inputs }
        : view;

    private static IReadOnlyList<MeetingTime> TimesOf(Turn turn, Meeting meeting) =>
        [.. PollInputs.TimesIn(turn.Inputs, PollInputs.Chosen).Select(start => new MeetingTime(start, meeting.Minutes, meeting.Window.Zone))];
}

using CoordinationBot.Protocol.Turns;

namespace CoordinationBot.Meetings;

/// <summary>One method a route: read, decide, reply.</summary>
internal sealed class MeetingHandlers(MeetingStore store, MeetingDesk desk)
{
    /// <summary><c>meeting M-…</c>: its card as a new message.</summary>
    public ValueTask<TurnResult> MeetingCommandAsync(Turn turn, CancellationToken cancel) => BringAsync(turn, IdIn(turn.Argument), cancel);

    public ValueTask<TurnResult> BringAsync(Turn turn, CancellationToken cancel) => BringAsync(turn, turn.Inputs.Text("id"), cancel);

    public ValueTask<TurnResult> ViewAsync(Turn turn, CancellationToken cancel) => desk.ShowAsync(turn, view => view, cancel);

    public ValueTask<TurnResult> AcceptAsync(Turn turn, CancellationToken cancel) => AnswerAsync(turn, Reply.Accepted, cancel);

    public ValueTask<TurnResult> TentativeAsync(Turn turn, CancellationToken cancel) => AnswerAsync(turn, Reply.Tentative, cancel);

    public ValueTask<TurnResult> DeclineAsync(Turn turn, CancellationToken cancel) => AnswerAsync(turn, Reply.Declined, cancel);

    public ValueTask<TurnResult> CancelAskAsync(Turn turn, CancellationToken cancel) => desk.ShowAsync(turn, view => view with { IsCancelling = true }, cancel);

    public ValueTask<TurnResult> CancelAsync(Turn turn, CancellationToken cancel) =>
        desk.ActAsync(
            turn,
            meeting => MeetingRules.Cancel(meeting, turn.Actor.ObjectId, turn.Inputs.Text("reason"), turn.Now),
            cancel,
            view => view with { IsCancelling = true, Typed = turn.Inputs.Text("reason") });

    // ---- what they share

    private ValueTask<TurnResult> AnswerAsync(Turn turn, Reply reply, CancellationToken cancel) =>
        desk.ActAsync(
            turn,
            meeting => ReplyRules.Answer(meeting, turn.Actor.ObjectId, reply, turn.Inputs.Text("comment"), turn.Inputs.Number("sequence") ?? -1, turn.Now),
            cancel,
            view => view with { Typed = turn.Inputs.Text("comment") });

    private async ValueTask<TurnResult> BringAsync(Turn turn, string? id, CancellationToken cancel)
    {
        if (await desk.FindAsync(turn, id, cancel) is not { } meeting)
        {
            return new TurnResult.Say(MeetingDesk.NoSuch);
        }
        await store.BringAsync(meeting, turn.Actor.ObjectId, cancel);
        return TurnResult.Nothing.Instance;
    }

    private static string IdIn(string argument) => argument.Split(' ', 2)[0];
}

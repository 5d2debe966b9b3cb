using CoordinationBot.Dialogs;
using CoordinationBot.Protocol.Turns;

namespace CoordinationBot.Meetings;

/// <summary>One method a route: read, decide, reply.</summary>
internal sealed class MeetingHandlers(MeetingStore store, MeetingDesk desk, OccurrenceDesk dates)
{
    /// <summary><c>meeting M-…</c>, of a series perhaps with a date: its card as a new message.</summary>
    public async ValueTask<TurnResult> MeetingCommandAsync(Turn turn, CancellationToken cancel)
    {
        var parts = turn.Argument.Split(' ', 2, StringSplitOptions.TrimEntries);
        return await dates.FindAsync(turn, parts[0], parts.ElementAtOrDefault(1) ?? "", cancel) switch
        {
            { Problem: { } problem } => new TurnResult.Say(problem),
            { Meeting: { } meeting } => await BringAsync(turn, meeting.Id, cancel),
            _ => new TurnResult.Say(MeetingDesk.NoSuch),
        };
    }

    /// <summary><c>show M-…</c>; null: that is no id of a meeting.</summary>
    public async ValueTask<TurnResult?> ShowAsync(Turn turn, string id, CancellationToken cancel) =>
        id.StartsWith("M-", StringComparison.OrdinalIgnoreCase) ? await BringAsync(turn, id, cancel) : null;

    /// <summary><c>cancel M-…</c>, of a series perhaps with a date: cancels nothing yet, asks for the reason, which is also the confirmation.</summary>
    public async ValueTask<TurnResult> CancelCommandAsync(Turn turn, CancellationToken cancel)
    {
        var parts = turn.Argument.Split(' ', 2, StringSplitOptions.TrimEntries);
        var named = await dates.FindAsync(turn, parts[0], parts.ElementAtOrDefault(1) ?? "", cancel);
        if (named.Meeting is not { } meeting)
        {
            return new TurnResult.Say(parts[0].StartsWith("D-", StringComparison.OrdinalIgnoreCase) ? $"To end a delegation that you gave, type revoke {parts[0].ToUpperInvariant()}." : MeetingDesk.NoSuch);
        }
        return named.Problem is { } problem ? new TurnResult.Say(problem)
            : MeetingRules.Cancel(meeting, turn.Actor.ObjectId, null, turn.Now) is MeetingOutcome.Unchanged unchanged
            ? new TurnResult.Say(unchanged.Sentence ?? $"{meeting.Id} was cancelled already.")
            : new TurnResult.Open(MeetingCards.For(await desk.ViewAsync(turn, meeting, cancel) with { IsCancelling = true, Typed = named.Rest.Length > 0 ? named.Rest : null }));
    }

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
            meeting => ReplyRules.Answer(meeting, turn.Actor.ObjectId, reply, turn.Inputs.Text("comment"), turn.Inputs.Number("sequence") ?? -1, turn.Now, turn.Inputs.Text(LastAnswer.Name)),
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
}

using CoordinationBot.Dialogs;
using CoordinationBot.Protocol.Turns;
using NodaTime.Extensions;

namespace CoordinationBot.Delegations;

/// <summary>Asking for other terms, and the leader's answer.</summary>
internal sealed class ChangeHandlers(DelegationDesk desk, OfficeOptions office)
{
    public async ValueTask<TurnResult> RequestAsync(Turn turn, CancellationToken cancel)
    {
        var kind = KindIn(turn.Inputs.Text("kind"));
        var zone = await desk.ZoneAsync(turn, cancel);
        return await desk.ActAsync(
            turn,
            (delegation, chain, act) => ReadChange(turn, kind, zone) switch
            {
                ({ } change, _) => ChangeRules.Request(delegation, chain, act, change, turn.Inputs.Text("because")),
                (_, var problem) => DelegationRules.BarPerson(delegation, act, Role.Assignee) ?? new Outcome.Refused(problem!),
            },
            cancel,
            view => view with { Changing = kind });
    }

    public ValueTask<TurnResult> WithdrawAsync(Turn turn, CancellationToken cancel) =>
        desk.ActAsync(turn, (delegation, act) => ChangeRules.Withdraw(delegation, act, turn.Inputs.Text("request")), cancel);

    /// <summary>Approves as asked, or with an edit when the card carries one. A deputy answers while the leader is away.</summary>
    public async ValueTask<TurnResult> ApproveAsync(Turn turn, CancellationToken cancel)
    {
        var zone = await desk.ZoneAsync(turn, cancel);
        return await desk.AnswerAsync(
            turn,
            (delegation, chain, act) => !turn.Inputs.Has("kind")
                ? ChangeRules.Approve(delegation, chain, act, turn.Inputs.Text("request"), null)
                : ReadChange(turn, KindIn(turn.Inputs.Text("kind")), zone) switch
                {
                    ({ } edited, _) => ChangeRules.Approve(delegation, chain, act, turn.Inputs.Text("request"), edited),
                    (_, var problem) => DelegationRules.BarPerson(delegation, act, Role.Leader) ?? new Outcome.Refused(problem!),
                },
            cancel);
    }

    public ValueTask<TurnResult> RefuseAsync(Turn turn, CancellationToken cancel) =>
        desk.AnswerAsync(turn, (delegation, _, act) => ChangeRules.Refuse(delegation, act, turn.Inputs.Text("request"), turn.Inputs.Text("refusal")), cancel);

    private (TermsChange? Change, string? Problem) ReadChange(Turn turn, ChangeKind? kind, string zone) =>
        kind is { } known ? ChangeInputs.Read(known, turn.Inputs, zone, turn.Now.ToInstant(), office.DayEnds) : (null, "That is not a change I know. Please choose one from the list.");

    public static ChangeKind? KindIn(string? text) => Enum.TryParse<ChangeKind>(text, out var kind) && Enum.IsDefined(kind) ? kind : null;
}

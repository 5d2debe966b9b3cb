using CoordinationBot.Protocol.Turns;

namespace CoordinationBot.Delegations;

/// <summary>Acts under the bounds: ruled on at once, recorded or held, and taken back.</summary>
internal sealed class DeclareHandlers(DelegationDesk desk, ActInputs inputs, HandOnHandlers handOns)
{
    private const int LongestKey = 64;

    /// <summary>What is it about? The kind that was chosen opens its inputs.</summary>
    public async ValueTask<TurnResult> AskAsync(Turn turn, CancellationToken cancel)
    {
        if (turn.Inputs.Text("change") == ActCards.HandOn)
        {
            return await handOns.AskAsync(turn, cancel);
        }
        if (await desk.FindAsync(turn, turn.Inputs.Text("id"), cancel) is not var (delegation, role))
        {
            return DelegationDesk.NotTheirs;
        }
        var (act, change) = (KindIn(turn.Inputs.Text("change")), ChangeHandlers.KindIn(turn.Inputs.Text("change")));
        return new TurnResult.Show(DelegationCards.For(await desk.ViewAsync(turn, delegation, role, cancel) with { Declaring = act, Changing = act is null ? change : null }));
    }

    public async ValueTask<TurnResult> DeclareAsync(Turn turn, CancellationToken cancel)
    {
        if (KindIn(turn.Inputs.Text("kind")) is not { } kind)
        {
            return await desk.ActAsync(turn, (delegation, act) => DelegationRules.BarPerson(delegation, act, Role.Assignee) ?? new Outcome.Refused("That is not an act I know. Please choose one from the list."), cancel);
        }
        var reading = await inputs.ReadAsync(turn, kind, await desk.ZoneAsync(turn, cancel), cancel);
        // The card's key: the same press again, also under another activity id, is the same act.
        var key = turn.Inputs.Text(ActInputs.Key) is { Length: <= LongestKey } known ? known : turn.OperationId;
        return await desk.ActAsync(
            turn,
            (delegation, chain, act) => reading.Act is { } declared
                ? DeclareRules.Declare(delegation, chain, act, key, declared, turn.Inputs.Text(ActInputs.Because))
                : DelegationRules.BarPerson(delegation, act, Role.Assignee) ?? new Outcome.Refused(reading.Problem!),
            cancel,
            view => view with { Declaring = kind, Options = reading.Options });
    }

    public ValueTask<TurnResult> WithdrawAsync(Turn turn, CancellationToken cancel) =>
        desk.ActAsync(turn, (delegation, act) => ApprovalRules.Withdraw(delegation, act, turn.Inputs.Text("request")), cancel);

    private static ActKind? KindIn(string? text) => Enum.TryParse<ActKind>(text, out var kind) && Enum.IsDefined(kind) ? kind : null;
}

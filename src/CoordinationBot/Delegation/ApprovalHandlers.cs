using CoordinationBot.Authority;
using CoordinationBot.Protocol.Cards;
using CoordinationBot.Protocol.Turns;

namespace CoordinationBot.Delegations;

/// <summary>Answers to acts that wait: from whoever is asked, or from their deputy while they are away.</summary>
internal sealed class ApprovalHandlers(DelegationDesk desk, DelegationStore store, ApprovalList list, StandIns standIns, ActInputs inputs)
{
    public async ValueTask<TurnResult> ApprovalsAsync(Turn turn, CancellationToken cancel) => new TurnResult.Open(await CardAsync(turn, null, cancel));

    public async ValueTask<TurnResult> PageAsync(Turn turn, CancellationToken cancel) => new TurnResult.Show(await CardAsync(turn, turn.Inputs.Text("after"), cancel));

    /// <summary>Brings the card of a request. Whoever became somebody's deputy after it was asked has none yet.</summary>
    public async ValueTask<TurnResult> BringAsync(Turn turn, CancellationToken cancel)
    {
        if (turn.Inputs.Text("id") is not { } id || await store.FindAsync(turn.Tenant, id, cancel) is not { } delegation)
        {
            return NotWaiting;
        }
        if (delegation.RoleOf(turn.Actor.ObjectId) is not null)
        {
            await store.BringAsync(delegation, turn.Actor.ObjectId, cancel);
            return TurnResult.Nothing.Instance;
        }
        // To be asked brings the card as well.
        return await standIns.AnswersAsync(delegation, turn.Actor.ObjectId, turn.Now, cancel) && (await standIns.AskAsync(delegation, turn.Now, cancel)).RoleOf(turn.Actor.ObjectId) is not null
            ? TurnResult.Nothing.Instance
            : NotWaiting;
    }

    public ValueTask<TurnResult> ApproveAsync(Turn turn, CancellationToken cancel) =>
        desk.AnswerAsync(turn, (delegation, chain, act) => ApprovalRules.Approve(delegation, chain, act, turn.Inputs.Text("request"), null), cancel);

    public async ValueTask<TurnResult> ApproveLessAsync(Turn turn, CancellationToken cancel)
    {
        var zone = await desk.ZoneAsync(turn, cancel);
        return await desk.AnswerAsync(
            turn,
            (delegation, chain, act) =>
            {
                // Who may answer is for the rule to say, also when the amount cannot be read.
                var asked = delegation.Dealings.Held.FirstOrDefault(held => held.Id == turn.Inputs.Text("request"));
                var (narrower, problem) = asked is null ? (null, null) : inputs.ReadNarrower(turn, asked.Act, zone);
                return problem is not null && ApprovalRules.Bar(delegation, act, asked!.Id) is null
                    ? new Outcome.Refused(problem)
                    : ApprovalRules.Approve(delegation, chain, act, turn.Inputs.Text("request"), narrower);
            },
            cancel);
    }

    public ValueTask<TurnResult> RefuseAsync(Turn turn, CancellationToken cancel) =>
        desk.AnswerAsync(turn, (delegation, _, act) => ApprovalRules.Refuse(delegation, act, turn.Inputs.Text("request"), turn.Inputs.Text("refusal")), cancel);

    /// <summary>To whom? The chain is read for the question, and again for the answer.</summary>
    public async ValueTask<TurnResult> PassAskAsync(Turn turn, CancellationToken cancel)
    {
        IReadOnlyList<Party> able = [];
        var result = await desk.AnswerAsync(
            turn,
            (delegation, chain, act) =>
            {
                able = delegation.Dealings.Held.FirstOrDefault(held => held.Id == turn.Inputs.Text("request")) is { } held ? ApprovalRules.Able(delegation, chain, act, held) : [];
                return ApprovalRules.Bar(delegation, act, turn.Inputs.Text("request"))
                    ?? (able.Count > 0 ? new Outcome.Unchanged(delegation) : new Outcome.Refused(ApprovalRules.NobodyAbove));
            },
            cancel);
        return able.Count > 0 && result is TurnResult.Show && await desk.FindAsync(turn, turn.Inputs.Text("id"), cancel) is var (delegation, role)
            ? new TurnResult.Show(DelegationCards.For(await desk.ViewAsync(turn, delegation, role, cancel) with { Passing = able }))
            : result;
    }

    public ValueTask<TurnResult> PassAsync(Turn turn, CancellationToken cancel) =>
        desk.AnswerAsync(turn, (delegation, chain, act) => ApprovalRules.PassOn(delegation, chain, act, turn.Inputs.Text("request"), turn.Inputs.Text("able")), cancel);

    private static TurnResult NotWaiting => new TurnResult.Say("That request no longer waits for your answer. Type approvals to see what does.");

    private async ValueTask<AdaptiveCard> CardAsync(Turn turn, string? after, CancellationToken cancel) =>
        ApprovalListCards.List(await list.ReadAsync(turn, after, cancel), await desk.ZoneAsync(turn, cancel));
}

using CoordinationBot.Authority;

namespace CoordinationBot.Delegations;

/// <summary>What other delegations cause in this one. Each may come twice and late, and then changes nothing.</summary>
internal static class EffectRules
{
    /// <param name="delegation">The target.</param>
    /// <param name="ancestors">What stands above it, where the effect permits something.</param>
    /// <param name="effect">What happens.</param>
    /// <param name="now">When.</param>
    public static Outcome Apply(Delegation delegation, IReadOnlyList<Delegation> ancestors, Effect effect, DateTimeOffset now) => effect switch
    {
        Effect.Revoke revoke => Revoke(delegation, revoke, now),
        Effect.Settle settle => Settle(delegation, settle, now),
        Effect.Raise raise => Raise(delegation, raise, now),
        Effect.Raised raised => Raised(delegation, ancestors, raised, now),
        Effect.Create => new Outcome.Unchanged(delegation),
        _ => throw new InvalidOperationException("An effect of an unknown kind."),
    };

    private static Outcome Revoke(Delegation delegation, Effect.Revoke effect, DateTimeOffset now) =>
        !delegation.IsOpen ? new Outcome.Unchanged(delegation)
            : DelegationRules.Change(
                delegation,
                Act.Of(effect.By, delegation.Terms.Version, now),
                delegation with { State = DelegationState.Revoked, Reason = effect.Reason, Request = null },
                $"Revoked with what is above it: {effect.Reason}",
                new Clause(delegation.Parent!, "nothing below a delegation outlives it"),
                new Tell(Role.Assignee, $"{delegation.Parent} has ended, and this with it. Please stop; nothing more is permitted under it."),
                new Tell(Role.Leader, $"{delegation.Parent} has ended, and this with it."));

    private static Outcome Settle(Delegation delegation, Effect.Settle effect, DateTimeOffset now)
    {
        if (Child(delegation, effect.Child) is not { IsSettled: false } child)
        {
            return new Outcome.Unchanged(delegation);
        }
        return DelegationRules.Change(
            delegation,
            Act.Of(child.Assignee, delegation.Terms.Version, now),
            With(delegation, child with { Reserved = effect.Spent, IsSettled = true }),
            delegation.Terms.Limits.Budget is { } budget
                ? $"{child.Id} has ended: {budget with { Amount = effect.Spent }} of {budget with { Amount = child.Reserved }} was spent"
                : $"{child.Id} has ended",
            null);
    }

    private static Outcome Raise(Delegation delegation, Effect.Raise effect, DateTimeOffset now)
    {
        if (Child(delegation, effect.Child) is not { } child)
        {
            throw new InvalidOperationException("A child asks a parent that does not know it.");
        }
        if (child.Raises.Contains(effect.Request))
        {
            return new Outcome.Unchanged(delegation);
        }
        var refusal = child.IsSettled || !delegation.IsOpen ? new Clause(delegation.Id, DelegationRules.Standing(delegation))
            : RulingRules.HasLeft(delegation, effect.Amount) ? null
            : new Clause(DelegationRules.Origin(delegation), delegation.Left is { } left ? $"up to {delegation.Terms.Limits.Budget}, of which {left} is left" : "no budget");
        var changed = DelegationRules.Change(
            delegation,
            Act.Of(child.Assignee, delegation.Terms.Version, now),
            refusal is null ? With(delegation, child with { Reserved = child.Reserved + effect.Amount.Amount, Raises = [.. child.Raises, effect.Request] }) : delegation,
            refusal is null ? $"Set {effect.Amount} aside for {child.Id}" : $"Not set aside for {child.Id}: {effect.Amount}",
            refusal ?? DelegationRules.TermsClause(delegation));
        return changed.With(new Effect.Raised(DelegationRules.EffectId(changed.State, changed.Effects.Count), child.Id, effect.Request, refusal));
    }

    private static Outcome Raised(Delegation delegation, IReadOnlyList<Delegation> ancestors, Effect.Raised effect, DateTimeOffset now)
    {
        // Below something that has ended nothing is permitted any more: the end is on its way here, and takes the request with it.
        if (delegation.Dealings.Held.FirstOrDefault(held => held.Id == effect.Request && held.Raising) is not { } held || ancestors.Any(ancestor => !ancestor.IsOpen))
        {
            return new Outcome.Unchanged(delegation);
        }
        var by = held.Needs[^1].ApprovedBy!;
        var act = Act.Of(by, delegation.Terms.Version, now);
        if (effect.Refusal is not { } refusal)
        {
            return ApprovalRules.Allow(delegation, act, held) with { IsUnseen = held.Needs.Any(need => need.BySilence) };
        }
        // Nobody refused it: it waits again, and whoever approved learns what stands in the way.
        var waiting = held with { Raising = false, Needs = [.. held.Needs.Select(need => need with { ApprovedBy = null, BySilence = false, AskedAt = now })] };
        return DelegationRules.Change(
            delegation,
            act,
            delegation with { Ledger = delegation.Dealings with { Held = [.. delegation.Dealings.Held.Select(old => old.Id == held.Id ? waiting : old)] } },
            $"Not possible: {BoundsText.Act(delegation, held.Act)}. There is not enough money above",
            refusal,
            DelegationRules.TellTo(delegation, by, $"It could not be approved: {refusal}. Ask for more there, approve less, or refuse."));
    }

    private static Child? Child(Delegation delegation, string id) => delegation.Dealings.Children.FirstOrDefault(child => child.Id == id);

    private static Delegation With(Delegation delegation, Child child) =>
        delegation with { Ledger = delegation.Dealings with { Children = [.. delegation.Dealings.Children.Select(old => old.Id == child.Id ? child : old)] } };
}

using System.Diagnostics;
using CoordinationBot.Authority;
using CoordinationBot.Dialogs;

namespace CoordinationBot.Delegations;

/// <summary>
/// What an act needs: effective authority is policies ∧ mandate ∧ every ancestor's authority ∧ this delegation's own terms. The strictest
/// answer counts, and it names its clause.
/// </summary>
internal static class RulingRules
{
    public static Ruling Rule(Delegation delegation, Chain chain, DeclaredAct act, DateTimeOffset now)
    {
        if (Forbidding(delegation, chain, act) is { } forbidden)
        {
            return forbidden;
        }
        var policies = chain.Policies.Where(policy => Meets(policy, delegation, act)).ToList();
        Need[] needs = [.. Deciding(delegation, chain, act, now) is { } need ? (Need[])[need] : [], .. policies.Select(policy => new Need(policy.Clause, policy.Approver!, IsPolicy: true))];
        return needs.Length == 0 ? new Ruling.Permitted(DelegationRules.TermsClause(delegation), null)
            : act is DeclaredAct.Spend spend && AllowanceRules.Covering(delegation, spend, policies, now) is { } allowance ? new Ruling.Permitted(AllowanceRules.Clause(delegation, allowance), allowance)
            : new Ruling.NeedsApproval(needs);
    }

    /// <summary>Whether the budget itself has this much left.</summary>
    public static bool HasLeft(Delegation delegation, Money amount) =>
        delegation.Left is { } left && left.Currency == amount.Currency && amount.Amount <= left.Amount;

    private static Ruling.Forbidden? Forbidding(Delegation delegation, Chain chain, DeclaredAct act)
    {
        if (chain.Ancestors.FirstOrDefault(ancestor => !ancestor.IsOpen) is { } ended)
        {
            return new(new(ended.Id, DelegationRules.Standing(ended)), $"Nothing is permitted below {ended.Id} any more.");
        }
        if (delegation.Terms.Type == AuthorizationType.Uncertain && act is DeclaredAct.Commit)
        {
            return new(DelegationRules.TermsClause(delegation), $"Nothing may be promised before {delegation.Leader.Name} has chosen an option.");
        }
        if (act is DeclaredAct.HandOn handOn && HandOnRules.Barrier(delegation, chain, handOn) is { } barrier)
        {
            return new(barrier, "It cannot be handed on like that.");
        }
        return chain.Policies.FirstOrDefault(policy => policy.Approver is null && Meets(policy, delegation, act)) is { } policy
            ? new(policy.Clause, "A policy forbids it, and no delegation can allow it.")
            : null;
    }

    /// <summary>Who must decide, because of which clause: whoever leads the highest delegation that leaves no room for the act, and nobody below.</summary>
    private static Need? Deciding(Delegation delegation, Chain chain, DeclaredAct act, DateTimeOffset now)
    {
        var need = OwnBound(delegation, act, now) is { } own ? new Need(own, delegation.Leader) : null;
        var below = delegation;
        foreach (var ancestor in chain.Ancestors)
        {
            // What was handed on by an approval beyond the terms there is not measured by those terms again.
            if (below.HandedOnBy is null && Bound(ancestor, act, now) is { } clause)
            {
                need = new Need(clause, ancestor.Leader);
            }
            below = ancestor;
        }
        var beyondBudget = below == delegation && act is DeclaredAct.Spend or DeclaredAct.Plan && AmountOf(act) is { } amount && !HasLeft(delegation, amount) ? AmountOf(act) : null;
        return MandateRules.Beyond(chain.Mandate, below, act is DeclaredAct.Commit, beyondBudget) is { } mandate ? new Need(mandate, chain.Beyond) : need;
    }

    private static Clause? OwnBound(Delegation delegation, DeclaredAct act, DateTimeOffset now)
    {
        var bounds = delegation.Terms.Limits;
        if (delegation.Terms.Type == AuthorizationType.Deterministic)
        {
            return DelegationRules.TermsClause(delegation);
        }
        return Bound(delegation, act, now) ?? act switch
        {
            DeclaredAct.Spend or DeclaredAct.Plan => HasLeft(delegation, AmountOf(act)!) ? null : Say(delegation, delegation.Left is { } left ? $"up to {bounds.Budget}, of which {left} is left" : "no budget"),
            DeclaredAct.HandOn => bounds.Depth == 0 ? Say(delegation, BoundsText.Depth(0)) : null,
            DeclaredAct.Involve or DeclaredAct.Commit => null,
            _ => throw new UnreachableException(),
        };
    }

    /// <summary>
    /// The clause of a delegation's terms that leaves no room for an act in it or below it. Money is not among them: what a child has was set
    /// aside for it above.
    /// </summary>
    private static Clause? Bound(Delegation delegation, DeclaredAct act, DateTimeOffset now)
    {
        var (terms, bounds) = (delegation.Terms, delegation.Terms.Limits);
        if (now > terms.Due.At)
        {
            return Say(delegation, $"by {Zones.Read(terms.Due.At, terms.Due.Zone)}");
        }
        return act switch
        {
            DeclaredAct.Spend or DeclaredAct.Plan => null,
            DeclaredAct.Involve involve => bounds.MayInvolve(involve.Person.ObjectId) ? null : Say(delegation, BoundsText.People(bounds)),
            DeclaredAct.Commit => bounds.OutsideCommitments ? null : Say(delegation, "nothing is promised to anybody outside"),
            DeclaredAct.HandOn handOn => bounds.MayInvolve(handOn.Assignee.ObjectId) ? null : Say(delegation, BoundsText.People(bounds)),
            _ => throw new UnreachableException(),
        };
    }

    /// <summary>Amounts of another currency than the policy's cannot be compared with it, so they are never below it.</summary>
    private static bool Meets(Policy policy, Delegation delegation, DeclaredAct act) =>
        (policy.Matter is null || string.Equals(policy.Matter, delegation.Terms.Limits.Matter, StringComparison.OrdinalIgnoreCase))
        && policy.Subject switch
        {
            PolicySubject.Spending => AmountOf(act) is { } amount && (policy.Over is not { } over || over.Currency != amount.Currency || amount.Amount > over.Amount),
            PolicySubject.OutsideCommitment => act is DeclaredAct.Commit,
            PolicySubject.SubDelegation => act is DeclaredAct.HandOn,
        };

    public static Money? AmountOf(DeclaredAct act) => act switch
    {
        DeclaredAct.Spend spend => spend.Amount,
        DeclaredAct.Plan plan => plan.UpTo,
        DeclaredAct.Involve or DeclaredAct.Commit or DeclaredAct.HandOn => null,
        _ => throw new UnreachableException(),
    };

    private static Clause Say(Delegation delegation, string text) => new(DelegationRules.Origin(delegation), text);
}

using CoordinationBot.Authority;
using CoordinationBot.Dialogs;

namespace CoordinationBot.Delegations;

/// <summary>Sub-delegating: a child can never do what any ancestor could not.</summary>
internal static class HandOnRules
{
    /// <summary>The clause because of which it cannot be handed on like that, whoever approved; null when it can.</summary>
    public static Clause? Barrier(Delegation delegation, Chain chain, DeclaredAct.HandOn handOn)
    {
        var own = delegation.Terms.Limits;
        Clause Say(string text) => new(DelegationRules.Origin(delegation), text);
        return Wider(delegation, handOn.Terms, handOn.Terms.Limits.Budget is not { } budget || RulingRules.HasLeft(delegation, budget))
            ?? (InChain(delegation, chain, handOn.Assignee.ObjectId) ? Say($"{handOn.Assignee.Name} is in this chain already")
            : own.IsConfidential && !own.People.Any(person => person.ObjectId == handOn.Assignee.ObjectId) ? Say("it is confidential, and stays among those who are named in it")
            : null);
    }

    /// <summary>The clause beyond which terms of a child lie, or null when they are within the parent's.</summary>
    public static Clause? Wider(Delegation parent, Terms asked, bool hasMoney)
    {
        var own = parent.Terms;
        Clause Say(string text) => new(DelegationRules.Origin(parent), text);
        return
            own.Type == AuthorizationType.Uncertain && asked.Type != AuthorizationType.Uncertain ? Say("what is uncertain is handed on as uncertain only")
            : asked.Due.At > own.Due.At ? Say($"by {Zones.Read(own.Due.At, own.Due.Zone)}")
            : !hasMoney ? Say(
                parent.Left is not { } left ? "no budget"
                : asked.Limits.Budget?.Currency != left.Currency ? $"its budget counts in {left.Currency}"
                : $"{left} is left of the budget")
            : asked.Limits.OutsideCommitments && !own.Limits.OutsideCommitments ? Say("nothing is promised to anybody outside")
            : !IsWithin(asked.Limits, own.Limits) ? Say(BoundsText.People(own.Limits))
            : asked.Limits.Depth > Math.Max(0, own.Limits.Depth - 1) ? Say(BoundsText.Depth(own.Limits.Depth))
            : own.Limits.MustNot.Except(asked.Limits.MustNot).FirstOrDefault() is { } dropped ? Say($"must not: {dropped}")
            : own.Limits.Matter is { } matter && asked.Limits.Matter != matter ? Say($"it is about {matter}")
            : own.Limits.IsConfidential && !asked.Limits.IsConfidential ? Say("it is confidential")
            : null;
    }

    /// <summary>Terms with what is passed on without being asked for: prohibitions, the matter, confidentiality; and the objective, unless it has one of its own.</summary>
    public static Terms PassedOn(Terms terms, Delegation parent)
    {
        var own = parent.Terms.Limits;
        if (terms.Objective is null && parent.Terms.Objective is { } objective)
        {
            terms = terms with { Objective = objective };
        }
        return own is { MustNot.Count: 0, Matter: null, IsConfidential: false } ? terms : terms with
        {
            Bounds = terms.Limits with
            {
                MustNot = [.. own.MustNot.Concat(terms.Limits.MustNot).Distinct()],
                Matter = own.Matter,
                IsConfidential = own.IsConfidential || terms.Limits.IsConfidential,
            },
        };
    }

    private static bool IsWithin(Bounds asked, Bounds own) => own.Involvement switch
    {
        Involvement.Anyone => true,
        Involvement.Named => asked.Involvement == Involvement.Nobody || (asked.Involvement == Involvement.Named && asked.People.All(person => own.MayInvolve(person.ObjectId))),
        Involvement.Nobody => asked.Involvement == Involvement.Nobody,
    };

    /// <summary>Leaders and assignees make the chain. Whoever approved or was consulted may take a part on.</summary>
    private static bool InChain(Delegation delegation, Chain chain, string objectId) =>
        chain.Ancestors.Prepend(delegation).Any(one => one.Leader.ObjectId == objectId || one.Assignee.ObjectId == objectId);
}

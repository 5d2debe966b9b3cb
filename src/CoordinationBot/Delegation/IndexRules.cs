using CoordinationBot.Authority;

namespace CoordinationBot.Delegations;

/// <summary>What of a delegation stands in the lists.</summary>
internal static class IndexRules
{
    public static IndexEntry Entry(Delegation delegation)
    {
        var (terms, books) = (delegation.Terms, delegation.Dealings);
        var onTop = books.Allowances.Where(allowance => allowance.IsOnTop).ToList();
        var currency = terms.Limits.Budget?.Currency ?? onTop.FirstOrDefault()?.UpTo.Currency;
        return new IndexEntry(delegation.Id, delegation.Revision, terms.Title, delegation.Leader, delegation.Assignee, delegation.State, terms.Due, delegation.Completions.Count, terms.Steps.Count)
        {
            Type = terms.Type,
            Budget = currency is null ? null : new Money((terms.Limits.Budget?.Amount ?? 0) + onTop.Sum(allowance => allowance.UpTo.Amount), currency),
            Used = books.SpentInAll,
            SetAside = books.Children.Where(child => !child.IsSettled).Sum(child => child.Reserved),
            Awaits = Awaits(delegation),
            Waiting = books.Held.Count,
            WaitingForLeader = books.Held.Count(held => held.WaitsFor(delegation.Leader.ObjectId)),
            Options = delegation.Inquiry?.Options.Count ?? 0,
            Matter = terms.Limits.Matter,
            Objective = terms.Objective,
            IsConfidential = terms.Limits.IsConfidential,
            Ancestors = delegation.Ancestors,
            Children = books.Children.Count,
        };
    }

    private static Awaited Awaits(Delegation delegation) =>
        !delegation.IsOpen ? Awaited.Nothing
        : delegation.State == DelegationState.HandedIn ? Awaited.Acceptance
        : delegation.State == DelegationState.WaitingForApproval || delegation.Dealings.Held.Any(held => held.WaitsFor(delegation.Leader.ObjectId)) ? Awaited.Approval
        : delegation.Questions.Any(question => question.Answer is null) ? Awaited.Answer
        : Awaited.Nothing;
}

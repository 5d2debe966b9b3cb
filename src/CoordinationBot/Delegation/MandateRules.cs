using CoordinationBot.Authority;

namespace CoordinationBot.Delegations;

/// <summary>Somebody above a leader, and what they may decide.</summary>
internal sealed record Superior(Party Who, Mandate Mandate, bool IsAdministrator = false)
{
    private static readonly Mandate Anything = new() { IsUnlimited = true, Origin = "Administrator" };

    public static Superior Administrator(Party who) => new(who, Anything, IsAdministrator: true);
}

/// <summary>The root of every chain: what the leader of the first delegation may decide in their own right, as it is now.</summary>
internal static class MandateRules
{
    /// <summary>Why terms lie beyond what a leader may give, or null.</summary>
    public static Clause? Beyond(Mandate mandate, Terms terms, Party assignee)
    {
        var bounds = terms.Limits;
        return mandate.IsUnlimited ? null : Matter(mandate, bounds.Matter)
            ?? Amount(mandate, bounds.Budget)
            ?? (bounds.OutsideCommitments && !mandate.OutsideCommitments ? new Clause(mandate.Origin, "no promises to anybody outside") : null)
            ?? (mandate.Reach is { } reach && !reach.Any(person => person.ObjectId == assignee.ObjectId) ? new Clause(mandate.Origin, $"delegates only to {string.Join(", ", reach.Select(person => person.Name))}") : null);
    }

    /// <summary>Why an act lies beyond what the leader of the root may decide today, or null.</summary>
    /// <param name="mandate">Theirs.</param>
    /// <param name="root">The first delegation of the chain.</param>
    /// <param name="matters">What the act is about.</param>
    /// <param name="promises">Whether the act promises something to somebody outside.</param>
    /// <param name="onTop">What the act would spend beyond the root's budget and what was approved on top of it; null: nothing but the budget is touched.</param>
    public static Clause? Beyond(Mandate mandate, Delegation root, IEnumerable<string?> matters, bool promises, Money? onTop)
    {
        if (mandate.IsUnlimited)
        {
            return null;
        }
        var budget = root.Terms.Limits.Budget;
        var total = onTop is null ? budget
            : onTop with { Amount = (budget?.Amount ?? 0) + root.Dealings.Allowances.Where(allowance => allowance.IsOnTop).Sum(allowance => allowance.UpTo.Amount) + onTop.Amount };
        return matters.Append(root.Terms.Limits.Matter).Select(matter => Matter(mandate, matter)).FirstOrDefault(clause => clause is not null)
            ?? Amount(mandate, total)
            ?? (promises && !mandate.OutsideCommitments ? new Clause(mandate.Origin, "no promises to anybody outside") : null);
    }

    /// <summary>Why another budget, with what was approved on top of the one before, lies beyond what the leader of the root may give, or null.</summary>
    public static Clause? Beyond(Mandate mandate, Delegation root, Money budget) =>
        Beyond(mandate, root with { Terms = root.Terms with { Bounds = root.Terms.Limits with { Budget = budget } } }, [], promises: false, onTop: budget with { Amount = 0 });

    /// <summary>Those above a leader, the next one up first; then the administrators, who set what everybody may decide.</summary>
    public static IReadOnlyList<Superior> Above(Authorities known, string leaderId)
    {
        List<Superior> above = [];
        var (at, seen) = (leaderId, new HashSet<string>(StringComparer.Ordinal) { leaderId });
        while (known.MandateOf(at).NextUp is { } next && seen.Add(next.ObjectId))
        {
            above.Add(new Superior(next, known.MandateOf(next.ObjectId)));
            at = next.ObjectId;
        }
        return [.. above, .. known.Administrators.Select(Superior.Administrator)];
    }

    /// <summary>Those above a leader who may give such terms, the one to ask first.</summary>
    public static IReadOnlyList<Party> Able(IReadOnlyList<Superior> above, string leaderId, Terms terms, Party assignee) =>
        Able(above, leaderId, assignee, mandate => Beyond(mandate, terms, assignee));

    /// <summary>Those above a leader whose own mandate leaves room. Nobody allows what they themselves ask for, and no leader what lies beyond their mandate.</summary>
    public static IReadOnlyList<Party> Able(IReadOnlyList<Superior> above, string leaderId, Party asker, Func<Mandate, Clause?> beyond) =>
    [
        .. above.Where(superior => superior.Who.ObjectId != leaderId && superior.Who.ObjectId != asker.ObjectId && beyond(superior.Mandate) is null)
            .Select(superior => superior.Who).DistinctBy(party => party.ObjectId),
    ];

    /// <summary>The mandate of a leader under a grant: their own, as far as it goes, and what was given on top of it.</summary>
    public static Mandate With(Mandate own, Grant grant) => own with
    {
        Money = own.Money is { } money && (grant.Limits.Budget is not { } budget || (budget.Currency == money.Currency && budget.Amount <= money.Amount)) ? money : grant.Limits.Budget,
        OutsideCommitments = own.OutsideCommitments || grant.Limits.OutsideCommitments,
        // Whom it is given to was asked for as well.
        Reach = null,
        Excluded = [.. own.Excluded.Where(matter => !matter.Equals(grant.Limits.Matter, StringComparison.OrdinalIgnoreCase))],
    };

    private static Clause? Matter(Mandate mandate, string? matter) =>
        matter is not null && mandate.Excluded.Contains(matter, StringComparer.OrdinalIgnoreCase) ? new Clause(mandate.Origin, $"does not decide on {matter}") : null;

    private static Clause? Amount(Mandate mandate, Money? amount) => amount is null ? null : mandate.Money switch
    {
        null => new Clause(mandate.Origin, "no money"),
        { } most when most.Currency != amount.Currency || amount.Amount > most.Amount => new Clause(mandate.Origin, $"up to {most}"),
        _ => null,
    };
}

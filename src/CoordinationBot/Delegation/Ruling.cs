using CoordinationBot.Authority;

namespace CoordinationBot.Delegations;

/// <summary>The authority under which an act is ruled on: this delegation's ancestors, the mandate at the root, and the policies.</summary>
/// <param name="Ancestors">The parent first, the root last.</param>
/// <param name="Mandate">Of the leader of the root, as it is now.</param>
/// <param name="Policies">Of the tenant.</param>
/// <param name="Above">Who stands above the leader of the root, the next one up first, administrators last.</param>
internal sealed record Chain(IReadOnlyList<Delegation> Ancestors, Mandate Mandate, IReadOnlyList<Policy> Policies, IReadOnlyList<Superior> Above)
{
    /// <summary>Those who may give what its leader may not, as it is now.</summary>
    public IReadOnlyList<Party> Able { get; init; } = [];
}

/// <summary>The answer to an act. It always names a clause.</summary>
internal abstract record Ruling
{
    private Ruling()
    {
    }

    /// <param name="Clause">What permits it.</param>
    /// <param name="Under">The approval that covers it, where the terms themselves do not.</param>
    internal sealed record Permitted(Clause Clause, Allowance? Under) : Ruling;

    internal sealed record NeedsApproval(IReadOnlyList<Need> Needs) : Ruling;

    internal sealed record Forbidden(Clause Clause, string Sentence) : Ruling;
}

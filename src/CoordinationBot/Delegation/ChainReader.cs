using CoordinationBot.Authority;

namespace CoordinationBot.Delegations;

/// <summary>Reads what a delegation stands under: one read an ancestor, all at once.</summary>
internal sealed class ChainReader(DelegationStore store, AuthorityStore authorities)
{
    public async ValueTask<Chain> ReadAsync(Delegation delegation, CancellationToken cancel)
    {
        var reading = (delegation.Ancestors ?? []).Select(id => store.FindAsync(delegation.Tenant, id, cancel).AsTask()).ToList();
        var known = await authorities.ReadAsync(delegation.Tenant, cancel);
        var ancestors = await Task.WhenAll(reading);
        var root = ancestors is [.., var last] ? last! : delegation;
        var mandate = known.MandateOf(root.Leader.ObjectId);
        return new Chain(
            [.. ancestors.Select(ancestor => ancestor ?? throw new InvalidOperationException("A delegation stands under one that is not there."))],
            mandate,
            known.Policies,
            mandate.NextUp ?? (known.Administrators is [var first, ..] ? first : root.Leader));
    }
}

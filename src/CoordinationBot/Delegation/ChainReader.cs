using CoordinationBot.Authority;

namespace CoordinationBot.Delegations;

/// <summary>Reads what a delegation stands under: one read an ancestor, all at once.</summary>
internal sealed class ChainReader(DelegationStore store, AuthorityStore authorities)
{
    public async ValueTask<Chain> ReadAsync(Delegation delegation, CancellationToken cancel)
    {
        var reading = AncestorsAsync(delegation, cancel);
        var known = await authorities.ReadAsync(delegation.Tenant, cancel);
        var ancestors = await reading;
        var root = ancestors is [.., var last] ? last : delegation;
        var mandate = known.MandateOf(root.Leader.ObjectId);
        var above = MandateRules.Above(known, root.Leader.ObjectId);
        var able = root.Grant is null ? [] : MandateRules.Able(above, root.Leader.ObjectId, root.Terms with { Bounds = root.Grant.Limits }, root.Assignee);
        return new Chain(
            ancestors,
            // What was given by somebody who could not give it any more is not kept silently.
            root.Grant is { By: { } giver } grant && able.Any(party => party.ObjectId == giver.ObjectId) ? MandateRules.With(mandate, grant) : mandate,
            known.Policies,
            above)
        {
            Able = able,
        };
    }

    /// <summary>The parent first, the root last. Nothing is read for what stands under nothing.</summary>
    public Task<Delegation[]> AncestorsAsync(Delegation delegation, CancellationToken cancel) =>
        Task.WhenAll((delegation.Ancestors ?? []).Select(async id =>
            await store.FindAsync(delegation.Tenant, id, cancel) ?? throw new InvalidOperationException("A delegation stands under one that is not there.")));
}

namespace CoordinationBot.Delegations;

/// <summary>
/// Carries out what a change of one delegation causes in others. Called right after the change, and again by the wake-up for what was left:
/// each effect is an operation at its target, so twice is once.
/// </summary>
internal sealed class DelegationEffects(DelegationStore store, TimeProvider clock)
{
    public async ValueTask RunAsync(string tenant, string id, CancellationToken cancel)
    {
        // In their order: a child is made before it is revoked.
        foreach (var effect in await store.EffectsAsync(tenant, id, cancel))
        {
            if (effect is Effect.Create create)
            {
                await store.CreateAsync(tenant, OfferRules.Offer(tenant, create), cancel);
                if (await store.FindAsync(tenant, create.Target, cancel) is not { } child || child.Parent != id || child.Origin != create.HandOn.Origin)
                {
                    throw new InvalidOperationException("Under the id of a child stands something else."); // Else it would be revoked and settled as if it were the child.
                }
            }
            else if (await store.UpdateAsync(tenant, effect.Target, effect.Id, async (target, token) => EffectRules.Apply(target, await AboveAsync(target, effect, token), effect, clock.GetUtcNow()), cancel) is null)
            {
                throw new InvalidOperationException("An effect has no target.");
            }
            await store.DoneAsync(tenant, id, effect, cancel);
            await RunAsync(tenant, effect.Target, cancel);
        }
    }

    /// <summary>What stands above the target, read only where the effect permits something.</summary>
    private async ValueTask<IReadOnlyList<Delegation>> AboveAsync(Delegation target, Effect effect, CancellationToken cancel)
    {
        if (effect is not Effect.Raised)
        {
            return [];
        }
        List<Delegation> above = [];
        foreach (var id in target.Ancestors ?? [])
        {
            above.Add(await store.FindAsync(target.Tenant, id, cancel) ?? throw new InvalidOperationException("A delegation stands under one that is not there."));
        }
        return above;
    }
}

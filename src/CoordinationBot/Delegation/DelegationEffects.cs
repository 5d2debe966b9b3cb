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
            }
            else if (await store.UpdateAsync(tenant, effect.Target, effect.Id, delegation => EffectRules.Apply(delegation, effect, clock.GetUtcNow()), cancel) is null)
            {
                throw new InvalidOperationException("An effect has no target.");
            }
            await store.DoneAsync(tenant, id, effect, cancel);
            await RunAsync(tenant, effect.Target, cancel);
        }
    }
}

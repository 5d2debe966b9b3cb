using CoordinationBot.Dialogs;
using CoordinationBot.Notices;
using CoordinationBot.People;
using CoordinationBot.Protocol.Cards;
using CoordinationBot.Storage;

namespace CoordinationBot.Delegations;

/// <summary>What a wake-up of a delegation does: reads the rows and does what it finds. Doing it again does nothing.</summary>
internal sealed class DelegationWork(DelegationStore store, DelegationIndex index, ApprovalIndex approvals, StandIns standIns, SilenceWork silence, BeforeSending before, NoticeDelivery delivery, DelegationEffects effects, IWorkQueue queue, OfficeOptions office, TimeProvider clock)
{
    public async ValueTask RunAsync(WakeUp wakeUp, CancellationToken cancel)
    {
        var (tenant, id) = DelegationStore.Identify(wakeUp.Partition);
        if (await delivery.DeliverAsync(tenant, wakeUp, ReadAsync, cancel) is { } again)
        {
            await queue.EnqueueAsync(wakeUp, clock.GetUtcNow() + again, cancel);
        }

        async ValueTask<LivingCard?> ReadAsync(CancellationToken token)
        {
            if (await store.FindAsync(tenant, id, token) is not { } delegation)
            {
                return null; // The host ended between the wake-up and the commit: nothing was accepted, nothing is owed.
            }
            if (delegation.Ledger is not null)
            {
                await effects.RunAsync(tenant, id, token);
            }
            // Each of these commits a change and with it a wake-up of its own, which finds whom to tell.
            delegation = await silence.RunAsync(await standIns.AskAsync(delegation, clock.GetUtcNow(), token), token);
            await index.WriteAsync(delegation, token);
            await before.TellOthersAsync(delegation, token);
            await approvals.WriteAsync(delegation, again => store.FindAsync(tenant, id, again), token);
            return Card(delegation);
        }
    }

    private LivingCard Card(Delegation delegation) => new(
        delegation.Terms.Title,
        new SubmitAction("delegation.bring", new Dictionary<string, string> { ["id"] = delegation.Id }) { Title = "Open" },
        (person, sentences) => DelegationCards.For(new DelegationView(delegation, delegation.RoleOf(person.ObjectId)!.Value, person.Zone ?? office.Zone, clock.GetUtcNow()) { News = sentences, Viewer = person.ObjectId }),
        DelegationCards.Moved(delegation),
        (person, reason, cancel) => store.NoteUnreachableAsync(
            delegation.Tenant,
            delegation.Id,
            person.ObjectId,
            reason is { } why ? NotTold(person, why) : null,
            cancel));

    private static string NotTold(Person person, Unreachable reason) => reason switch
    {
        Unreachable.NotInstalled => $"{person.Name} has not been told: I am not installed for them. Please ask them to open a chat with me.",
        Unreachable.Blocked => $"{person.Name} has not been told: they have blocked me.",
        Unreachable.NoAnswer => $"{person.Name} may not have been told: Teams does not take my messages to them. I try again when they write to me.",
    };
}

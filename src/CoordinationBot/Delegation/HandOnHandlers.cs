using CoordinationBot.Authority;
using CoordinationBot.Dialogs;
using CoordinationBot.Protocol.Cards;
using CoordinationBot.Protocol.Turns;

namespace CoordinationBot.Delegations;

/// <summary>Sub-delegating: the form, narrowed to what can be passed on, and what comes of it.</summary>
internal sealed class HandOnHandlers(DelegationStore store, ChainReader chains, DelegationEffects effects, DelegationDesk desk, DialogHandlers dialogs)
{
    /// <summary>Opens the form with what can be passed on in it. What cannot is said beside the field.</summary>
    public async ValueTask<TurnResult> AskAsync(Turn turn, CancellationToken cancel)
    {
        if (await desk.FindAsync(turn, turn.Inputs.Text("id"), cancel) is not var (delegation, role))
        {
            return DelegationDesk.NotTheirs;
        }
        if (DelegationRules.BarPerson(delegation, new Act(turn.Actor.ObjectId, delegation.Terms.Version, turn.Now), Role.Assignee) is Outcome.Refused refused)
        {
            return new TurnResult.Refused(refused.Full);
        }
        return delegation.IsOpen
            ? await dialogs.OpenFilledAsync(turn, DelegationForm.Narrowed(DialogHandlers.NewDraft(turn, DelegationForm.Form), delegation), cancel)
            : await desk.ShowAsync(turn, delegation, role, cancel, $"Nothing was changed: {DelegationRules.Standing(delegation)}");
    }

    /// <summary>The act is ruled on in the delegation above, whose commit carries the new one.</summary>
    public async ValueTask<TurnResult> SendAsync(Turn turn, Draft draft, Party assignee, Terms terms, CancellationToken cancel)
    {
        var about = draft.About!;
        var id = await store.FreeIdAsync(turn.Tenant, draft.Id, cancel);
        var handOn = new DeclaredAct.HandOn(id, draft.Id, assignee, terms);
        var act = new Act(turn.Actor.ObjectId, about.Version, turn.Now);
        var outcome = await store.UpdateAsync(
            turn.Tenant,
            about.Key,
            turn.OperationId,
            async (parent, token) => DeclareRules.Declare(parent, await chains.ReadAsync(parent, token), act, draft.Id, handOn with { Terms = DelegationForm.PassedOn(terms, parent) }, null),
            cancel);
        await effects.RunAsync(turn.Tenant, about.Key, cancel);
        return outcome switch
        {
            Outcome.Changed or Outcome.Unchanged => await store.FindAsync(turn.Tenant, id, cancel) is { } child
                ? Said($"{child.Id} is offered to {child.Assignee.Name}, as part of {about.Key}. I will tell you what they answer.")
                : Said($"{about.Key} leaves no room for this, so it waits for approval. I will tell you the answer."),
            Outcome.Refused refused => new TurnResult.Refused(refused.Full),
            Outcome.Stale stale => new TurnResult.Refused(stale.Sentence),
            _ => DelegationDesk.NotTheirs,
        };
    }

    private static TurnResult.Show Said(string sentence) => new(new AdaptiveCard { Body = [CardParts.Paragraph(sentence)], FallbackText = sentence });
}

using CoordinationBot.Authority;
using CoordinationBot.Dialogs;
using CoordinationBot.Protocol.Cards;
using CoordinationBot.Protocol.Turns;

namespace CoordinationBot.Delegations;

/// <summary>Sub-delegating: the form, narrowed to what can be passed on, and what comes of it.</summary>
internal sealed class HandOnHandlers(DelegationStore store, ChainReader chains, DelegationDesk desk, DialogHandlers dialogs)
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
            ? await dialogs.OpenFilledAsync(turn, HandOnForm.Narrowed(DialogHandlers.NewDraft(turn, DelegationForm.Form), delegation), cancel)
            : await desk.ShowAsync(turn, delegation, role, cancel, $"Nothing was changed: {DelegationRules.Standing(delegation)}");
    }

    /// <summary>The act is ruled on in the delegation above, whose commit carries the new one.</summary>
    public async ValueTask<TurnResult> SendAsync(Turn turn, Draft draft, Party assignee, Terms terms, CancellationToken cancel)
    {
        var about = draft.About!;
        var id = await store.FreeIdAsync(turn.Tenant, draft.Id, cancel);
        var handOn = new DeclaredAct.HandOn(id, draft.Id, assignee, terms);
        var act = new Act(turn.Actor.ObjectId, about.Version, turn.Now);
        var outcome = await desk.DecideAsync(
            turn,
            about.Key,
            async (parent, token) => DeclareRules.Declare(parent, await chains.ReadAsync(parent, token), act, draft.Id, handOn with { Terms = HandOnRules.PassedOn(terms, parent) }, null),
            cancel);
        return outcome switch
        {
            Outcome.Changed changed => Said(Answer(changed.State, id, assignee)),
            Outcome.Unchanged unchanged => Said(Answer(unchanged.State, id, assignee)),
            Outcome.Refused refused => new TurnResult.Refused(refused.Full),
            Outcome.Stale stale => new TurnResult.Refused(stale.Sentence),
            _ => DelegationDesk.NotTheirs,
        };
    }

    private static string Answer(Delegation parent, string id, Party assignee) =>
        parent.Dealings.Held.FirstOrDefault(held => held.Act is DeclaredAct.HandOn handOn && handOn.ChildId == id) is { } held
            ? $"{string.Join(" and ", DeclareRules.Approvers(held.Needs).Select(party => party.Name))} must approve that first. ({Need.ClauseOf(held.Needs)}) I have asked; {assignee.Name} gets it as soon as that is given."
            : $"{id} is offered to {assignee.Name}, as part of {parent.Id}. I will tell you what they answer.";

    private static TurnResult.Show Said(string sentence) => new(new AdaptiveCard { Body = [CardParts.Paragraph(sentence)], FallbackText = sentence });
}

using CoordinationBot.Dialogs;
using CoordinationBot.People;
using CoordinationBot.Protocol.Turns;
using CoordinationBot.Storage;
using NodaTime.Extensions;

namespace CoordinationBot.Delegations;

/// <summary>What the handlers of delegations share: find it for who asks, act on it by a rule, show how it stands.</summary>
internal sealed class DelegationDesk(DelegationStore store, ChainReader chains, DelegationEffects effects, StandIns standIns, PeopleDirectory directory, OfficeOptions office)
{
    public static TurnResult NotTheirs => new TurnResult.Refused(Outcome.NotInvolved.Sentence);

    public ValueTask<TurnResult> ActAsync(Turn turn, Func<Delegation, Act, Outcome> rule, CancellationToken cancel, Func<DelegationView, DelegationView>? keepOpen = null) =>
        ActAsync(turn, (delegation, _) => new ValueTask<Outcome>(rule(delegation, ActOf(turn))), keepOpen, cancel);

    /// <summary>The same for going on with the work: nothing below what has ended is permitted, also before the word of it has come down.</summary>
    public ValueTask<TurnResult> GoOnAsync(Turn turn, Func<Delegation, Act, Outcome> rule, CancellationToken cancel) =>
        ActAsync(
            turn,
            async (delegation, token) => rule(delegation, ActOf(turn)) is var outcome && outcome is Outcome.Changed && RulingRules.Ended(await chains.AncestorsAsync(delegation, token)) is { } ended
                ? DelegationRules.Forbid(delegation, ActOf(turn), "going on with it", ended.Sentence, ended.Clause)
                : outcome,
            null,
            cancel);

    /// <summary>The same for an act that is ruled on under what stands above the delegation.</summary>
    /// <param name="turn">Who acts, with the id of the delegation.</param>
    /// <param name="rule">Decides.</param>
    /// <param name="cancel">Ends it.</param>
    /// <param name="keepOpen">The inputs stay open when it is refused.</param>
    public ValueTask<TurnResult> ActAsync(
        Turn turn, Func<Delegation, Chain, Act, Outcome> rule, CancellationToken cancel, Func<DelegationView, DelegationView>? keepOpen = null) =>
        ActAsync(turn, async (delegation, token) => rule(delegation, await chains.ReadAsync(delegation, token), ActOf(turn)), keepOpen, cancel);

    /// <summary>The same for an answer, which a deputy gives while somebody is away.</summary>
    public ValueTask<TurnResult> AnswerAsync(Turn turn, Func<Delegation, Chain, Act, Outcome> rule, CancellationToken cancel, Func<DelegationView, DelegationView>? keepOpen = null) =>
        ActAsync(
            turn,
            async (delegation, token) =>
            {
                var act = await standIns.ActAsync(delegation, turn.Inputs.Text("request"), ActOf(turn), turn.Tenant, token);
                // Whoever became the deputy after it was asked is asked by pressing the button.
                var asked = act.Who is { } deputy && delegation.RoleOf(deputy.ObjectId) is null ? DelegationRules.Asking(delegation, [deputy]) : delegation;
                return rule(asked, await chains.ReadAsync(delegation, token), act);
            },
            keepOpen,
            cancel);

    public static Act ActOf(Turn turn) => new(turn.Actor.ObjectId, turn.Inputs.Number("version") ?? 0, turn.Now, turn.Inputs.Number("round"));

    private async ValueTask<TurnResult> ActAsync(
        Turn turn, Func<Delegation, CancellationToken, ValueTask<Outcome>> decide, Func<DelegationView, DelegationView>? keepOpen, CancellationToken cancel)
    {
        Delegation? seen = null;
        var outcome = await DecideAsync(
            turn,
            turn.Inputs.Text("id"),
            (delegation, token) =>
            {
                seen = delegation;
                return decide(delegation, token);
            },
            cancel);
        return outcome is null ? NotTheirs : await ReplyAsync(turn, outcome, seen!, cancel, keepOpen);
    }

    /// <summary>What a rule answered, as a card.</summary>
    /// <param name="turn">The press.</param>
    /// <param name="outcome">The answer.</param>
    /// <param name="seen">What the rule decided on.</param>
    /// <param name="cancel">Ends it.</param>
    /// <param name="keepOpen">What the card keeps open when nothing was done.</param>
    public async ValueTask<TurnResult> ReplyAsync(Turn turn, Outcome outcome, Delegation seen, CancellationToken cancel, Func<DelegationView, DelegationView>? keepOpen = null)
    {
        var after = outcome switch
        {
            Outcome.Changed changed => changed.State,
            Outcome.Unchanged unchanged => unchanged.State,
            Outcome.Refused { State: { } recorded } => recorded,
            _ => seen,
        };
        if (outcome is Outcome.NotInvolved || after.RoleOf(turn.Actor.ObjectId) is not { } role)
        {
            return NotTheirs;
        }
        return outcome switch
        {
            Outcome.Changed changed => await ShowAsync(turn, after, role, cancel, changed.Said is { } said ? [said] : []),
            Outcome.Unchanged => await ShowAsync(turn, after, role, cancel),
            Outcome.Stale stale => await ShowAsync(turn, after, role, cancel, stale.Sentence),
            Outcome.Refused refused => await RefuseAsync(turn, after, role, refused.Full, keepOpen, cancel),
            _ => throw new InvalidOperationException("A rule gave an answer that has no reply."),
        };
    }

    /// <summary>Decides, and does at once what follows in other delegations, so that the answer shows how it ended.</summary>
    public async ValueTask<Outcome?> DecideAsync(Turn turn, string? id, Func<Delegation, CancellationToken, ValueTask<Outcome>> decide, CancellationToken cancel)
    {
        var outcome = await store.UpdateAsync(turn.Tenant, id, turn.OperationId, decide, cancel);
        if (outcome is not Outcome.Changed { Effects.Count: > 0 } changed)
        {
            return outcome;
        }
        try
        {
            await effects.RunAsync(turn.Tenant, changed.State.Id, cancel);
            return changed with { State = (await store.FindAsync(turn.Tenant, changed.State.Id, cancel))! };
        }
        catch (StorageException)
        {
            return outcome; // The change itself is stored; what follows is done by its wake-up.
        }
    }

    public async ValueTask<TurnResult> ShowAsync(Turn turn, Delegation delegation, Role role, CancellationToken cancel, params string[] news) =>
        new TurnResult.Show(DelegationCards.For(await ViewAsync(turn, delegation, role, cancel) with { News = news }));

    /// <summary>The same card with the reason on it and what was typed still in it.</summary>
    private async ValueTask<TurnResult> RefuseAsync(Turn turn, Delegation delegation, Role role, string sentence, Func<DelegationView, DelegationView>? keepOpen, CancellationToken cancel)
    {
        var view = await ViewAsync(turn, delegation, role, cancel) with { Refusal = sentence, Typed = turn.Inputs };
        return new TurnResult.Refused(sentence, DelegationCards.For(keepOpen is null ? view : keepOpen(view)));
    }

    public async ValueTask<DelegationView> ViewAsync(Turn turn, Delegation delegation, Role role, CancellationToken cancel) =>
        new(delegation, role, await ZoneAsync(turn, cancel), turn.Now) { Viewer = turn.Actor.ObjectId, Request = turn.Inputs.Text("request") };

    /// <summary>The delegation and as whom it is seen; null when it is none of theirs.</summary>
    public async ValueTask<(Delegation Delegation, Role Role)?> FindAsync(Turn turn, string? id, CancellationToken cancel) =>
        id is not null && await store.FindAsync(turn.Tenant, id.ToUpperInvariant(), cancel) is { } delegation && delegation.RoleOf(turn.Actor.ObjectId) is { } role
            ? (delegation, role)
            : null;

    /// <summary>The zone in which times are shown to the speaker.</summary>
    public async ValueTask<string> ZoneAsync(Turn turn, CancellationToken cancel) => (await directory.SpeakerAsync(turn, cancel)).Zone ?? office.Zone;

    /// <summary>A day as it was typed, in the speaker's zone.</summary>
    public async ValueTask<TypedDateResult> ReadDateAsync(Turn turn, string typed, CancellationToken cancel) =>
        TypedDate.Parse(typed, turn.Now.ToInstant(), Zones.Find(await ZoneAsync(turn, cancel)), office.DayEnds);
}

using CoordinationBot.Dialogs;
using CoordinationBot.People;
using CoordinationBot.Protocol.Cards;
using CoordinationBot.Protocol.Turns;
using NodaTime.Extensions;

namespace CoordinationBot.Calendars;

/// <summary><c>focus</c>: time that somebody protects. A day that was typed is read back first; days of the week have no second reading.</summary>
internal sealed class FocusHandlers(PeopleDirectory directory, OfficeOptions office)
{
    private const string NothingToConfirm = "There is nothing to confirm: it was confirmed or discarded, or is older than a day.";

    public async ValueTask<TurnResult> CommandAsync(Turn turn, CancellationToken cancel) => turn.Argument.Length == 0
        ? new TurnResult.Open(Card(await directory.StoredSpeakerAsync(turn, cancel), turn))
        : (await AddAsync(turn, turn.Argument, cancel)).AsMessage();

    public async ValueTask<TurnResult> ConfirmCommandAsync(Turn turn, CancellationToken cancel) =>
        (await ConfirmAsync(turn, (await directory.StoredSpeakerAsync(turn, cancel)).ProposedFocus?.Focus.Id, cancel)).AsMessage();

    public ValueTask<TurnResult> AddPressedAsync(Turn turn, CancellationToken cancel) => AddAsync(turn, turn.Inputs.Text("when") ?? "", cancel);

    public ValueTask<TurnResult> ConfirmPressedAsync(Turn turn, CancellationToken cancel) => ConfirmAsync(turn, turn.Inputs.Text("id"), cancel);

    public async ValueTask<TurnResult> DropAsync(Turn turn, CancellationToken cancel)
    {
        var dropped = false;
        var person = await directory.UpdateAsync(
            turn.Tenant,
            turn.Actor.ObjectId,
            known => (dropped = known!.ProposedFocus?.Focus.Id == turn.Inputs.Text("id")) ? known with { ProposedFocus = null } : known,
            cancel);
        return new TurnResult.Show(Card(person, turn, dropped ? "Discarded. Nothing was changed." : "That was confirmed or discarded already."));
    }

    public async ValueTask<TurnResult> EndAsync(Turn turn, CancellationToken cancel)
    {
        var (id, had) = (turn.Inputs.Text("id"), false);
        var person = await directory.UpdateAsync(
            turn.Tenant,
            turn.Actor.ObjectId,
            known => (had = known!.Focus?.Any(focus => focus.Id == id) == true) ? FocusRules.Remove(known, id, turn.Now.ToInstant()) : known,
            cancel);
        return new TurnResult.Show(Card(person, turn, had ? "Ended. That time is free for others again." : "That was ended already."));
    }

    private async ValueTask<TurnResult> AddAsync(Turn turn, string typed, CancellationToken cancel)
    {
        var (person, now) = (await directory.StoredSpeakerAsync(turn, cancel), turn.Now.ToInstant());
        var (focus, problem) = FocusSentence.Parse(typed, turn.OperationId, now, person.Zone ?? office.Zone);
        problem ??= FocusRules.Refuse(person, focus!, now);
        if (problem is not null)
        {
            return new TurnResult.Refused(problem, Card(person, turn, null, problem));
        }
        if (focus!.Date is null)
        {
            return new TurnResult.Show(Card(await directory.UpdateAsync(turn.Tenant, turn.Actor.ObjectId, known => FocusRules.Add(known!, focus, now), cancel), turn, $"Protected: {FocusRules.Read(focus)}."));
        }
        await directory.UpdateAsync(turn.Tenant, turn.Actor.ObjectId, known => known! with { ProposedFocus = new ProposedFocus(focus, turn.Now + DraftStore.Lifetime) }, cancel);
        return new TurnResult.Show(FocusCards.Proposal(focus));
    }

    private async ValueTask<TurnResult> ConfirmAsync(Turn turn, string? id, CancellationToken cancel)
    {
        var (person, now) = (await directory.StoredSpeakerAsync(turn, cancel), turn.Now.ToInstant());
        if (id is null || person.ProposedFocus is not { Focus: var focus } proposed || focus.Id != id || proposed.ExpiresAt <= turn.Now)
        {
            return id is not null && person.Focus?.Any(known => known.Id == id) == true ? new TurnResult.Show(Card(person, turn, "This is what I know.")) : new TurnResult.Refused(NothingToConfirm, Card(person, turn, null, NothingToConfirm));
        }
        if (FocusRules.Refuse(person, focus, now) is { } refusal)
        {
            return new TurnResult.Refused(refusal, Card(person, turn, null, refusal));
        }
        var stored = await directory.UpdateAsync(
            turn.Tenant, turn.Actor.ObjectId, before => before!.ProposedFocus?.Focus.Id == id ? FocusRules.Add(before, focus, now) with { ProposedFocus = null } : before, cancel);
        return new TurnResult.Show(Card(stored, turn, $"Protected: {FocusRules.Read(focus)}."));
    }

    private static AdaptiveCard Card(Person person, Turn turn, string? news = null, string? problem = null) => FocusCards.Status(FocusRules.Coming(person, turn.Now.ToInstant()), news, problem);
}

using CoordinationBot.Dialogs;
using CoordinationBot.People;
using CoordinationBot.Protocol.Cards;
using CoordinationBot.Protocol.Turns;

namespace CoordinationBot.Authority;

/// <summary>Mandates: everybody sees their own, administrators set them.</summary>
internal sealed class MandateHandlers(AuthorityDesk desk, AuthorityStore store, DialogHandlers dialogs, PeopleDirectory directory)
{
    public async ValueTask<TurnResult> MineAsync(Turn turn, CancellationToken cancel)
    {
        var (authorities, speaker, _) = await desk.AsAdministratorAsync(turn, cancel);
        return new TurnResult.Open(await CardAsync(turn, authorities, speaker, isAdministrator: false, cancel));
    }

    public async ValueTask<TurnResult> ListAsync(Turn turn, CancellationToken cancel)
    {
        var (authorities, _, refusal) = await desk.AsAdministratorAsync(turn, cancel);
        if (refusal is not null)
        {
            return refusal;
        }
        var card = MandateCards.List(authorities, turn.Inputs.Number("from") ?? 0);
        return turn.Inputs.Has("from") ? new TurnResult.Show(card) : new TurnResult.Open(card);
    }

    /// <summary><c>mandate</c> asks whose; <c>mandate Ann</c> opens the form with hers in it, <c>mandate everybody</c> with the one of all others.</summary>
    public async ValueTask<TurnResult> CommandAsync(Turn turn, CancellationToken cancel)
    {
        if ((await desk.AsAdministratorAsync(turn, cancel)).Refusal is { } refusal)
        {
            return new TurnResult.Say($"{refusal.Sentence} Type my mandate to see what you may decide.");
        }
        return turn.Argument.Length == 0 ? new TurnResult.Open(MandateCards.Whose()) : await OpenAsync(turn, turn.Argument, cancel);
    }

    public async ValueTask<TurnResult> OpenAsync(Turn turn, CancellationToken cancel) => await OpenAsync(turn, turn.Inputs.Text("person"), cancel);

    public async ValueTask<TurnResult> OpenEverybodysAsync(Turn turn, CancellationToken cancel) => await OpenAsync(turn, MandateForm.Everybody, cancel);

    /// <summary>A button that brings somebody's mandate, from the list as a new message.</summary>
    public async ValueTask<TurnResult> ShowAsync(Turn turn, CancellationToken cancel) => await ShowAsync(turn, card => new TurnResult.Open(card), cancel);

    /// <summary>Takes nothing back after all.</summary>
    public async ValueTask<TurnResult> KeepAsync(Turn turn, CancellationToken cancel) => await ShowAsync(turn, card => new TurnResult.Show(card), cancel);

    private async ValueTask<TurnResult> ShowAsync(Turn turn, Func<AdaptiveCard, TurnResult> answer, CancellationToken cancel)
    {
        var (authorities, _, refusal) = await desk.AsAdministratorAsync(turn, cancel);
        var (isKnown, whose) = await WhoseAsync(turn, cancel);
        return refusal is not null ? refusal
            : !isKnown ? new TurnResult.Refused("There is no such person.")
            : answer(await CardAsync(turn, authorities, whose, isAdministrator: true, cancel));
    }

    /// <summary>Takes nothing back yet: asks.</summary>
    public async ValueTask<TurnResult> ResetAskAsync(Turn turn, CancellationToken cancel) => await ResetAsync(turn, isSure: false, cancel);

    public async ValueTask<TurnResult> ResetAsync(Turn turn, CancellationToken cancel) => await ResetAsync(turn, isSure: true, cancel);

    // ---- the dialog's result

    public async ValueTask<TurnResult> SendAsync(Turn turn, Draft draft, CancellationToken cancel)
    {
        var about = draft.About ?? throw new InvalidOperationException("A draft of a mandate does not say whose.");
        var whose = about.Key == MandateForm.Everybody ? null
            : await directory.FindAsync(turn.Tenant, about.Key, cancel) is { } person ? new Party(person.ObjectId, person.Name)
            : throw new InvalidOperationException("The mandate of a draft is of somebody who was never met.");
        var (outcome, now) = await desk.UpdateAsync(turn, draft.Id, (authorities, speaker) => AuthorityRules.SetMandate(authorities, speaker, whose, MandateForm.MandateOf(draft, whose), about.Version), cancel);
        return await ReplyAsync(turn, outcome, now, whose, cancel);
    }

    public async ValueTask<TurnResult?> FindSentAsync(Turn turn, string draftId, CancellationToken cancel) =>
        await store.FindOperationAsync(turn.Tenant, draftId, cancel) is { About: { } about } record && record.Who.ObjectId == turn.Actor.ObjectId
            ? await ReplyAsync(
                turn,
                new AuthorityOutcome.Unchanged("This was stored already."),
                await store.ReadNowAsync(turn.Tenant, cancel),
                about == MandateForm.Everybody ? null : await directory.FindAsync(turn.Tenant, about, cancel) is { } person ? new Party(person.ObjectId, person.Name) : null,
                cancel)
            : null;

    // ---- what they share

    private async ValueTask<TurnResult> OpenAsync(Turn turn, string? meant, CancellationToken cancel)
    {
        var (authorities, _, refusal) = await desk.AsAdministratorAsync(turn, cancel);
        if (refusal is not null)
        {
            return refusal;
        }
        if (meant is null)
        {
            return new TurnResult.Refused("Please pick a person.", MandateCards.Whose("Please pick a person, or choose the one for everybody."));
        }
        if (meant.ToUpperInvariant() is "EVERYBODY" or "EVERYONE" or "DEFAULT" or "ALL")
        {
            return await FormAsync(turn, null, authorities, cancel);
        }
        return await directory.ResolveAsync(turn, meant, cancel) switch
        {
            Found.One one => await FormAsync(turn, new Party(one.Person.ObjectId, one.Person.Name), authorities, cancel),
            Found.Several several => new TurnResult.Open(AdministratorCards.WhichOne(meant, several.People, "authority.mandate-open")),
            Found.Nobody nobody => new TurnResult.Refused(nobody.Sentence),
            _ => new TurnResult.Refused("I decide nothing, so I have no mandate. I am only the secretary."),
        };
    }

    private async ValueTask<TurnResult> FormAsync(Turn turn, Party? whose, Authorities authorities, CancellationToken cancel) =>
        await dialogs.OpenFilledAsync(turn, MandateForm.Filled(DialogHandlers.NewDraft(turn, MandateForm.Form), whose, authorities), cancel);

    private async ValueTask<TurnResult> ResetAsync(Turn turn, bool isSure, CancellationToken cancel)
    {
        var (authorities, _, refusal) = await desk.AsAdministratorAsync(turn, cancel);
        if (refusal is not null)
        {
            return refusal;
        }
        if (await WhoseAsync(turn, cancel) is not (true, { } whose))
        {
            return new TurnResult.Refused("There is no such mandate to take back.");
        }
        if (!isSure)
        {
            return new TurnResult.Show(MandateCards.For(whose, authorities, true, await desk.ZoneAsync(turn, cancel), isTakingBack: true));
        }
        var seen = turn.Inputs.Number("version") ?? 0;
        var (outcome, now) = await desk.UpdateAsync(turn, turn.OperationId, (present, speaker) => AuthorityRules.SetMandate(present, speaker, whose, null, seen), cancel);
        return await ReplyAsync(turn, outcome, now, whose, cancel);
    }

    /// <summary>Whose mandate a button means: an object id, or everybody.</summary>
    private async ValueTask<(bool IsKnown, Party? Whose)> WhoseAsync(Turn turn, CancellationToken cancel) => turn.Inputs.Text("person") switch
    {
        null => (false, null),
        MandateForm.Everybody => (true, null),
        var id => await directory.FindAsync(turn.Tenant, id.Length <= 40 && Guid.TryParse(id, out var guid) ? guid.ToString() : Guid.Empty.ToString(), cancel) is { } person ? (true, new Party(person.ObjectId, person.Name)) : (false, null),
    };

    private async ValueTask<TurnResult> ReplyAsync(Turn turn, AuthorityOutcome outcome, Authorities now, Party? whose, CancellationToken cancel) => outcome switch
    {
        AuthorityOutcome.Changed changed => new TurnResult.Show(await CardAsync(turn, now, whose, isAdministrator: true, cancel, news: changed.Change is AuthorityChange.SetMandate { Mandate: null } ? "Taken back. The mandate for everybody holds now." : "Stored. It holds from now on.")),
        AuthorityOutcome.Unchanged unchanged => new TurnResult.Show(await CardAsync(turn, now, whose, isAdministrator: true, cancel, news: unchanged.Sentence)),
        AuthorityOutcome.Refused refused => new TurnResult.Refused(refused.Sentence),
        _ => throw new InvalidOperationException("A rule gave an answer that has no reply."),
    };

    private async ValueTask<AdaptiveCard> CardAsync(Turn turn, Authorities authorities, Party? whose, bool isAdministrator, CancellationToken cancel, string? news = null) =>
        MandateCards.For(whose, authorities, isAdministrator, await desk.ZoneAsync(turn, cancel), news);
}

using CoordinationBot.Authority;
using CoordinationBot.Dialogs;
using CoordinationBot.Notices;
using CoordinationBot.People;
using CoordinationBot.Protocol.Cards;
using CoordinationBot.Protocol.Turns;

namespace CoordinationBot.Delegations;

/// <summary>Shows what an id names that is none of a delegation; null: it is none of theirs to show.</summary>
internal delegate ValueTask<TurnResult?> ShowById(Turn turn, string id, CancellationToken cancel);

/// <summary>One method a route: read, decide, reply.</summary>
internal sealed class DelegationHandlers(DelegationStore store, DelegationIndex index, DelegationDesk desk, DialogHandlers dialogs, FormReader reader, PeopleDirectory directory, BeforeSending before, HandOnHandlers handOns, Repeating repeating, IEnumerable<ShowById> others)
{
    public const string NoSuch = "There is no such delegation that you are part of. Type my tasks or delegations to see yours.";

    // ---- commands

    public async ValueTask<TurnResult> DelegateAsync(Turn turn, CancellationToken cancel)
    {
        if (turn.Argument.Length == 0)
        {
            return await dialogs.OpenAsync(turn, DelegationForm.Form.Name, cancel);
        }
        var context = await dialogs.ContextAsync(turn, cancel);
        var sentence = DelegateSentence.Parse(turn.Argument);
        var reading = DelegationForm.Prefill(DialogHandlers.NewDraft(turn, DelegationForm.Form), sentence);
        reading = await ReadAsync(reading, DelegationForm.Assignee, sentence.AssigneeName, turn, context, cancel);
        reading = await ReadAsync(reading, DelegationForm.Due, sentence.DueText, turn, context, cancel);
        reading = await ReadAsync(reading, RepeatFields.Until, sentence.UntilText, turn, context, cancel);
        return await dialogs.OpenAsync(turn, DelegationForm.Form.Name, reading, context, cancel);
    }

    public async ValueTask<TurnResult> MyTasksAsync(Turn turn, CancellationToken cancel) =>
        new TurnResult.Open(await TasksAsync(turn, ListPlace.Start, cancel));

    public async ValueTask<TurnResult> GivenAsync(Turn turn, CancellationToken cancel) =>
        new TurnResult.Open(await GivenAsync(turn, ListPlace.Start, cancel));

    public async ValueTask<TurnResult> HistoryCommandAsync(Turn turn, CancellationToken cancel) =>
        await FindOwnAsync(turn, IdIn(turn.Argument), cancel) is { } delegation ? await HistoryAsync(turn, delegation, int.MaxValue, cancel) : new TurnResult.Say(NoSuch);

    public async ValueTask<TurnResult> ShowCommandAsync(Turn turn, CancellationToken cancel)
    {
        foreach (var show in others)
        {
            if (await show(turn, IdIn(turn.Argument), cancel) is { } shown)
            {
                return shown;
            }
        }
        return await BringAsync(turn, IdIn(turn.Argument), cancel);
    }

    /// <summary>Ends nothing yet: asks for the reason, which is also the confirmation.</summary>
    public async ValueTask<TurnResult> RevokeCommandAsync(Turn turn, CancellationToken cancel)
    {
        if (await desk.FindAsync(turn, IdIn(turn.Argument), cancel) is not var (delegation, role))
        {
            return new TurnResult.Say(NoSuch);
        }
        if (role != Role.Leader)
        {
            return new TurnResult.Say($"It was not revoked. ({DelegationRules.RoleClause(delegation, Role.Leader)})");
        }
        return delegation.IsOpen
            ? new TurnResult.Open(DelegationCards.For(await desk.ViewAsync(turn, delegation, role, cancel) with { Revoking = true }))
            : new TurnResult.Say($"Nothing was changed: {DelegationRules.Standing(delegation)}");
    }

    /// <summary>What waits for this person.</summary>
    public async ValueTask<IReadOnlyList<string>> WaitingAsync(Turn turn, CancellationToken cancel)
    {
        var (mine, theirs, approvals) = await index.WaitingAsync(turn.Tenant, turn.Actor.ObjectId, cancel);
        return
        [
            .. approvals > 0 ? (string[])[approvals == 1 ? "1 approval waits for you. Type approvals." : $"{approvals} approvals wait for you. Type approvals."] : [],
            .. mine > 0 ? (string[])[mine == 1 ? "1 task waits for you. Type my tasks." : $"{mine} tasks wait for you. Type my tasks."] : [],
            .. theirs > 0 ? (string[])[theirs == 1 ? "1 result waits for your answer. Type delegations." : $"{theirs} results wait for your answer. Type delegations."] : [],
        ];
    }

    // ---- the dialog's result

    public async ValueTask<TurnResult> SendAsync(Turn turn, Draft draft, CancellationToken cancel)
    {
        var context = await dialogs.ContextAsync(turn, cancel);
        var leader = await directory.SpeakerAsync(turn, cancel);
        var assignee = await directory.FindAsync(turn.Tenant, draft.Values[DelegationForm.Assignee.Id], cancel)
            ?? throw new InvalidOperationException("The assignee of a checked draft was never met.");
        var terms = DelegationForm.TermsOf(draft, context);
        if (OfferRules.CheckTerms(terms, leader.ObjectId, assignee.ObjectId, context.BotObjectId, turn.Now) is { } refusal)
        {
            return new TurnResult.Refused(refusal);
        }
        if (draft.About is not null)
        {
            return await handOns.SendAsync(turn, draft, new Party(assignee.ObjectId, assignee.Name), terms, cancel);
        }
        var (leading, doing) = (new Party(leader.ObjectId, leader.Name), new Party(assignee.ObjectId, assignee.Name));
        var repetition = RepeatFields.Of(draft, context);
        var beyond = await before.BeyondMandateAsync(turn, terms, doing, repetition is not null, cancel);
        if (beyond is { Able: [] })
        {
            return new TurnResult.Refused($"It was not sent. {beyond.Barrier}");
        }
        // The card that was pressed becomes the leader's living card; a typed "send" has none, so one is sent.
        var pressed = turn is { Scope: ConversationScope.Personal, Activity.ReplyToId: { } card } && turn.Inputs.Has("draft") ? new CardPlace(turn.Conversation, card) : null;
        if (repetition is not null)
        {
            var begun = await repeating.SendAsync(turn, new RepeatedDraft(draft.Id, repetition, leading, doing, terms, pressed), cancel);
            return begun.First is { } first ? await SentAsync(turn, first, pressed, cancel) : new TurnResult.Refused(begun.Refusal!);
        }
        var delegation = await store.CreateAsync(
            turn.Tenant,
            draft.Id,
            pressed,
            id => OfferRules.Offer(id, turn.Tenant, draft.Id, leading, doing, terms, turn.Now) is var offer && beyond is null ? offer : GrantRules.Request(offer.State, beyond.Clause, beyond.Able[0]),
            cancel);
        return await SentAsync(turn, delegation, pressed, cancel);
    }

    private async ValueTask<TurnResult> SentAsync(Turn turn, Delegation delegation, CardPlace? pressed, CancellationToken cancel)
    {
        string[] again = delegation.Occurrence is { } occurrence ? [occurrence.GoesOn] : [];
        return pressed is not null ? await desk.ShowAsync(turn, delegation, Role.Leader, cancel, again)
            : new TurnResult.Say(delegation.IsGiven
                ? string.Join(' ', again.Prepend($"{delegation.Id} is offered to {delegation.Assignee.Name}. I will tell you what they answer."))
                : $"{delegation.Id} lies beyond what you may decide, so {GrantRules.Asked(delegation)} is asked. I will tell you the answer.");
    }

    public async ValueTask<TurnResult?> FindSentAsync(Turn turn, string draftId, CancellationToken cancel) =>
        (await store.FindByOriginAsync(turn.Tenant, draftId, cancel) ?? await repeating.FindSentAsync(turn.Tenant, draftId, cancel)) is { } delegation && delegation.RoleOf(turn.Actor.ObjectId) == Role.Leader
            ? await desk.ShowAsync(turn, delegation, Role.Leader, cancel, "This was sent already.")
            : null;

    // ---- card actions

    public async ValueTask<TurnResult> TasksPageAsync(Turn turn, CancellationToken cancel) => new TurnResult.Show(await TasksAsync(turn, ListPlace.From(turn.Inputs), cancel));

    public async ValueTask<TurnResult> GivenPageAsync(Turn turn, CancellationToken cancel) => new TurnResult.Show(await GivenAsync(turn, ListPlace.From(turn.Inputs), cancel));

    public async ValueTask<TurnResult> ViewAsync(Turn turn, CancellationToken cancel) =>
        await desk.FindAsync(turn, turn.Inputs.Text("id"), cancel) is var (delegation, role) ? await desk.ShowAsync(turn, delegation, role, cancel) : DelegationDesk.NotTheirs;

    public async ValueTask<TurnResult> BringAsync(Turn turn, CancellationToken cancel) => await BringAsync(turn, turn.Inputs.Text("id"), cancel);

    public async ValueTask<TurnResult> HistoryAsync(Turn turn, CancellationToken cancel) =>
        await FindOwnAsync(turn, turn.Inputs.Text("id"), cancel) is { } delegation ? await HistoryAsync(turn, delegation, turn.Inputs.Number("before") ?? int.MaxValue, cancel) : DelegationDesk.NotTheirs;

    /// <summary>Its own message at first; further pages replace it.</summary>
    public async ValueTask<TurnResult> StepsAsync(Turn turn, CancellationToken cancel) =>
        await FindOwnAsync(turn, turn.Inputs.Text("id"), cancel) is not { } delegation ? DelegationDesk.NotTheirs
            : turn.Inputs.Number("from") is { } from ? new TurnResult.Show(ListCards.Steps(delegation, Math.Clamp(from, 1, Math.Max(1, delegation.Terms.Steps.Count))))
            : new TurnResult.Open(ListCards.Steps(delegation, 1));

    /// <summary>Bounds and books in full. Its own message at first; further pages replace it.</summary>
    public async ValueTask<TurnResult> BooksAsync(Turn turn, CancellationToken cancel)
    {
        if (await FindOwnAsync(turn, turn.Inputs.Text("id"), cancel) is not { } delegation)
        {
            return DelegationDesk.NotTheirs;
        }
        var from = turn.Inputs.Number("from");
        var card = BoundsCards.All(delegation, from ?? 0, await desk.ZoneAsync(turn, cancel), turn.Now);
        return from is null ? new TurnResult.Open(card) : new TurnResult.Show(card);
    }

    public ValueTask<TurnResult> AcceptAsync(Turn turn, CancellationToken cancel) =>
        desk.GoOnAsync(turn, (delegation, act) => OfferRules.Accept(delegation, act, turn.Inputs.Text("brief")), cancel);

    public ValueTask<TurnResult> DeclineAsync(Turn turn, CancellationToken cancel) =>
        desk.ActAsync(turn, (delegation, act) => OfferRules.Decline(delegation, act, turn.Inputs.Text("reason")), cancel);

    public ValueTask<TurnResult> AskAsync(Turn turn, CancellationToken cancel) =>
        desk.ActAsync(turn, (delegation, act) => QuestionRules.Ask(delegation, act, turn.Inputs.Text("question")), cancel);

    public ValueTask<TurnResult> AnswerAsync(Turn turn, CancellationToken cancel) =>
        desk.ActAsync(turn, (delegation, act) => QuestionRules.Answer(delegation, act, turn.Inputs.Text("question"), turn.Inputs.Text("answer")), cancel);

    public ValueTask<TurnResult> CompleteAsync(Turn turn, CancellationToken cancel) =>
        desk.GoOnAsync(turn, (delegation, act) => StepRules.Complete(delegation, act, turn.Inputs.Number("step") ?? 0, turn.Inputs.Text("evidence")), cancel);

    public ValueTask<TurnResult> HandInAsync(Turn turn, CancellationToken cancel) =>
        desk.GoOnAsync(turn, (delegation, act) => StepRules.HandIn(delegation, act, turn.Inputs.Text("result")), cancel);

    public ValueTask<TurnResult> AcceptResultAsync(Turn turn, CancellationToken cancel) =>
        desk.ActAsync(turn, StepRules.AcceptResult, cancel);

    public ValueTask<TurnResult> ReturnAsync(Turn turn, CancellationToken cancel) =>
        desk.ActAsync(turn, (delegation, act) => StepRules.Return(delegation, act, turn.Inputs.Text("reason"), turn.Inputs.Number("reopen") is { } step and not 0 ? step : null), cancel);

    public ValueTask<TurnResult> RevokeAsync(Turn turn, CancellationToken cancel) =>
        desk.ActAsync(turn, (delegation, act) => OfferRules.Revoke(delegation, act, turn.Inputs.Text("reason")), cancel, view => view with { Revoking = true });

    public async ValueTask<TurnResult> RevokeAskAsync(Turn turn, CancellationToken cancel) =>
        await desk.FindAsync(turn, turn.Inputs.Text("id"), cancel) is var (delegation, role)
            ? new TurnResult.Show(DelegationCards.For(await desk.ViewAsync(turn, delegation, role, cancel) with { Revoking = true }))
            : DelegationDesk.NotTheirs;

    // ---- what they share

    /// <summary>For the leader and the assignee. Whoever is only asked about something in it has no more than that.</summary>
    // Whoever is asked to give it sees what they would give.
    private async ValueTask<Delegation?> FindOwnAsync(Turn turn, string? id, CancellationToken cancel) =>
        await desk.FindAsync(turn, id, cancel) is var (delegation, role) && (role is Role.Leader or Role.Assignee || (role == Role.Approver && delegation.State == DelegationState.Requested)) ? delegation : null;

    private async ValueTask<TurnResult> BringAsync(Turn turn, string? id, CancellationToken cancel)
    {
        if (await desk.FindAsync(turn, id, cancel) is not var (delegation, _))
        {
            return new TurnResult.Say(NoSuch);
        }
        await store.BringAsync(delegation, turn.Actor.ObjectId, cancel);
        return TurnResult.Nothing.Instance;
    }

    private async ValueTask<TurnResult> HistoryAsync(Turn turn, Delegation delegation, int before, CancellationToken cancel)
    {
        // A page has at least the first entry, also when a card asks for what comes before it.
        var from = Math.Clamp(before, 2, delegation.Revision + 1);
        var entries = await store.HistoryAsync(delegation, from, ListCards.HistoryLength, cancel);
        var card = ListCards.History(delegation, entries, await desk.ZoneAsync(turn, cancel));
        return before == int.MaxValue ? new TurnResult.Open(card) : new TurnResult.Show(card);
    }

    private ValueTask<AdaptiveCard> TasksAsync(Turn turn, ListPlace place, CancellationToken cancel) => ListAsync(turn, Role.Assignee, place, ListCards.Tasks, cancel);

    private ValueTask<AdaptiveCard> GivenAsync(Turn turn, ListPlace place, CancellationToken cancel) => ListAsync(turn, Role.Leader, place, ListCards.Given, cancel);

    private async ValueTask<AdaptiveCard> ListAsync(Turn turn, Role role, ListPlace place, Func<IndexPage, ListPlace, int, string, DateTimeOffset, AdaptiveCard> card, CancellationToken cancel)
    {
        var page = await index.PageAsync(turn.Tenant, turn.Actor.ObjectId, IndexKeys.All(role, open: true), place.After, ListPlace.PageLength, cancel);
        // Everything is on the only page; the sums are read where it is not.
        var count = place.After is null && page.Next is null ? page.Entries.Count : (await index.SummaryAsync(turn.Tenant, turn.Actor.ObjectId, role, cancel)).Open;
        return card(page, place, count, await desk.ZoneAsync(turn, cancel), turn.Now);
    }

    private async ValueTask<Reading> ReadAsync(Reading reading, Field field, string? typed, Turn turn, DialogContext context, CancellationToken cancel)
    {
        if (typed is null)
        {
            return reading;
        }
        var next = await reader.FromTextAsync(field, reading.Draft, typed, turn, context, cancel);
        return new Reading(next.Draft, reading.Problems.Concat(next.Problems).ToDictionary(StringComparer.Ordinal));
    }

    private static string IdIn(string argument) => argument.Split(' ', 2)[0];
}

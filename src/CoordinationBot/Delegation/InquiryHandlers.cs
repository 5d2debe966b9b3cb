using CoordinationBot.Authority;
using CoordinationBot.Dialogs;
using CoordinationBot.Protocol.Turns;

namespace CoordinationBot.Delegations;

/// <summary>Looking into a question: options, comments, and the leader's choice. One method a route.</summary>
internal sealed class InquiryHandlers(DelegationStore store, DelegationDesk desk, ChainReader chains, DialogHandlers dialogs)
{
    private const string NoOptions = "There is no delegation of yours with options to compare under that id. Type my tasks or delegations to see yours.";

    public ValueTask<TurnResult> AddAsync(Turn turn, CancellationToken cancel) =>
        desk.ActAsync(turn, (delegation, act) => OnOption(turn, delegation, act, option => InquiryRules.AddOption(delegation, act, option)), cancel);

    /// <summary>Changes nothing yet: the option's words in inputs.</summary>
    public async ValueTask<TurnResult> ReworkAskAsync(Turn turn, CancellationToken cancel) =>
        await desk.FindAsync(turn, turn.Inputs.Text("id"), cancel) is var (delegation, role)
            ? new TurnResult.Show(DelegationCards.For(await desk.ViewAsync(turn, delegation, role, cancel) with { Reworking = turn.Inputs.Text("option") }))
            : DelegationDesk.NotTheirs;

    public ValueTask<TurnResult> ReworkAsync(Turn turn, CancellationToken cancel) =>
        desk.ActAsync(
            turn,
            (delegation, act) => OnOption(turn, delegation, act, option => InquiryRules.ReworkOption(delegation, act, turn.Inputs.Text("option"), option)),
            cancel,
            view => view with { Reworking = turn.Inputs.Text("option") });

    public ValueTask<TurnResult> RemoveAsync(Turn turn, CancellationToken cancel) =>
        desk.ActAsync(turn, (delegation, act) => InquiryRules.RemoveOption(delegation, act, turn.Inputs.Text("option")), cancel);

    public ValueTask<TurnResult> ReportAsync(Turn turn, CancellationToken cancel) =>
        desk.ActAsync(turn, (delegation, act) => InquiryRules.Report(delegation, act, turn.Inputs.Text("report")), cancel);

    public ValueTask<TurnResult> ProposeAsync(Turn turn, CancellationToken cancel) =>
        desk.ActAsync(turn, InquiryRules.Propose, cancel);

    public ValueTask<TurnResult> CommentAsync(Turn turn, CancellationToken cancel) =>
        desk.ActAsync(turn, (delegation, act) => InquiryRules.Comment(delegation, act, turn.Inputs.Text("option") is { } option and not ConsultedCards.AboutAll ? option : null, turn.Inputs.Text("comment")), cancel);

    public ValueTask<TurnResult> AskForMoreAsync(Turn turn, CancellationToken cancel) =>
        desk.ActAsync(turn, (delegation, act) => ChoiceRules.AskForMore(delegation, act, turn.Inputs.Text("missing")), cancel);

    public ValueTask<TurnResult> CloseAsync(Turn turn, CancellationToken cancel) =>
        desk.ActAsync(turn, (delegation, act) => ChoiceRules.Close(delegation, act, turn.Inputs.Text("reason")), cancel);

    public ValueTask<TurnResult> GoOnWithoutAsync(Turn turn, CancellationToken cancel) =>
        desk.ActAsync(turn, (delegation, act) => ChoiceRules.GoOnWithout(delegation, act, turn.Inputs.Text("person")), cancel);

    public async ValueTask<TurnResult> OptionsCommandAsync(Turn turn, CancellationToken cancel) =>
        await FindReadableAsync(turn, turn.Argument.Split(' ', 2)[0], cancel) is var (delegation, role) && (delegation.Inquiry is not null || delegation.Terms.Type == AuthorizationType.Uncertain)
            ? new TurnResult.Open(InquiryCards.Comparison(await desk.ViewAsync(turn, delegation, role, cancel)))
            : new TurnResult.Say(NoOptions);

    /// <summary>Everything in full: its own message at first; further pages replace it.</summary>
    public async ValueTask<TurnResult> ReadAsync(Turn turn, CancellationToken cancel)
    {
        if (await FindReadableAsync(turn, turn.Inputs.Text("id"), cancel) is not var (delegation, role))
        {
            return DelegationDesk.NotTheirs;
        }
        var card = OptionCards.Full(delegation, ConsultedCards.Seen(await desk.ViewAsync(turn, delegation, role, cancel)), turn.Inputs.Number("from") ?? 0);
        return turn.Inputs.Has("from") ? new TurnResult.Show(card) : new TurnResult.Open(card);
    }

    /// <summary>Chooses nothing yet: opens the form of what the option becomes.</summary>
    public async ValueTask<TurnResult> ChooseAsync(Turn turn, CancellationToken cancel)
    {
        if (await desk.FindAsync(turn, turn.Inputs.Text("id"), cancel) is not var (delegation, role))
        {
            return DelegationDesk.NotTheirs;
        }
        var optionId = turn.Inputs.Text("option");
        return ChoiceRules.BarChoice(delegation, await chains.AncestorsAsync(delegation, cancel), DelegationDesk.ActOf(turn), optionId) is { } bar
            ? await desk.ReplyAsync(turn, bar, delegation, cancel)
            : await dialogs.OpenFilledAsync(turn, InquiryForm.Begin(DialogHandlers.NewDraft(turn, InquiryForm.Form), delegation, InquiryRules.Of(delegation).Find(optionId)!), cancel);
    }

    /// <summary>The dialog's result: the choice.</summary>
    public async ValueTask<TurnResult> SendAsync(Turn turn, Draft draft, CancellationToken cancel)
    {
        var context = await dialogs.ContextAsync(turn, cancel);
        var (id, option, version, round) = InquiryForm.Subject(draft);
        var terms = DelegationForm.TermsOf(draft, context);
        Delegation? seen = null;
        var outcome = await store.UpdateAsync(
            turn.Tenant,
            id,
            draft.Id,
            async (delegation, token) =>
            {
                seen = delegation;
                return ChoiceRules.Choose(delegation, await chains.ReadAsync(delegation, token), new Act(turn.Actor.ObjectId, version, turn.Now, round), draft.Id, option, terms);
            },
            cancel);
        return outcome switch
        {
            Outcome.Changed changed => Sent(changed.State),
            Outcome.Unchanged unchanged => Sent(unchanged.State),
            Outcome.Refused refused => new TurnResult.Refused(refused.Full),
            Outcome.Stale stale => await desk.ReplyAsync(turn, stale, seen!, cancel),
            _ => DelegationDesk.NotTheirs,
        };
    }

    public async ValueTask<TurnResult?> FindSentAsync(Turn turn, string draftId, CancellationToken cancel) =>
        await store.FindAsync(turn.Tenant, InquiryForm.DelegationIn(draftId), cancel) is { } delegation && delegation.Inquiry?.Origin == draftId && delegation.RoleOf(turn.Actor.ObjectId) == Role.Leader
            ? Sent(delegation)
            : null;

    /// <summary>For those who lead it, look into it or are consulted. Whoever is only asked to approve something has no more than that.</summary>
    private async ValueTask<(Delegation Delegation, Role Role)?> FindReadableAsync(Turn turn, string? id, CancellationToken cancel) =>
        await desk.FindAsync(turn, id, cancel) is var (delegation, role) && (role != Role.Approver || delegation.Consulted.Any(person => person.ObjectId == turn.Actor.ObjectId)) ? (delegation, role) : null;

    private static TurnResult.Show Sent(Delegation delegation) => new(InquiryCards.Sent(delegation, delegation.Inquiry!.Find(delegation.Inquiry.Chosen)!));

    /// <summary>An option as it was filled in. Who may not act at all is told that, and not what is wrong with an amount.</summary>
    private static Outcome OnOption(Turn turn, Delegation delegation, Act act, Func<Option, Outcome> rule)
    {
        Money? cost = null;
        if (turn.Inputs.Text("cost") is { } typed)
        {
            switch (TypedMoney.Parse(typed, Money.Most, allowsZero: true))
            {
                case TypedMoneyResult.Understood understood:
                    cost = new Money(understood.Amount, understood.Currency);
                    break;
                case TypedMoneyResult.NotUnderstood not:
                    return DelegationRules.BarPerson(delegation, act, Role.Assignee) ?? new Outcome.Refused(not.Sentence);
            }
        }
        return rule(new Option("", turn.Inputs.Text("title") ?? "", turn.Inputs.Text("benefits") ?? "", turn.Inputs.Text("drawbacks") ?? "", turn.Inputs.Text("risk") ?? "", cost));
    }
}

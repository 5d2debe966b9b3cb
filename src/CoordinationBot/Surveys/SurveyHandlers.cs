using CoordinationBot.Authority;
using CoordinationBot.Delegations;
using CoordinationBot.Dialogs;
using CoordinationBot.Notices;
using CoordinationBot.People;
using CoordinationBot.Protocol.Turns;
using CoordinationBot.Storage;

namespace CoordinationBot.Surveys;

/// <summary>Making a survey, opening and closing it. One method a route: read, decide, reply.</summary>
internal sealed class SurveyHandlers(SurveyStore store, SurveyDesk desk, SurveyIndex index, SurveyAudience audiences, GroupStore groups, DialogHandlers dialogs, PeopleDirectory directory)
{
    /// <summary><c>survey</c> begins one, <c>survey V-…</c> shows one, other words are the title of a new one.</summary>
    public async ValueTask<TurnResult> SurveyAsync(Turn turn, CancellationToken cancel)
    {
        if (ReadableIds.Is('V', ReadableIds.Typed(turn.Argument)))
        {
            return await BringAsync(turn, turn.Argument, cancel);
        }
        if (turn.Argument.Length is 0 or > SurveyLimits.Title)
        {
            return await dialogs.OpenAsync(turn, SurveyForm.Form.Name, cancel);
        }
        var draft = DialogHandlers.NewDraft(turn, SurveyForm.Form).With(SurveyForm.Title, turn.Argument);
        return await dialogs.OpenAsync(turn, SurveyForm.Form.Name, new Reading(draft, new Dictionary<string, string>()), await dialogs.ContextAsync(turn, cancel), cancel);
    }

    /// <summary><c>show V-…</c>; null: that is no id of a survey.</summary>
    public async ValueTask<TurnResult?> ShowAsync(Turn turn, string id, CancellationToken cancel) =>
        id.StartsWith("V-", StringComparison.OrdinalIgnoreCase) ? await BringAsync(turn, id, cancel) : null;

    public ValueTask<TurnResult> BringAsync(Turn turn, CancellationToken cancel) => BringAsync(turn, turn.Inputs.Text("id"), cancel);

    public async ValueTask<TurnResult> ViewAsync(Turn turn, CancellationToken cancel) =>
        await desk.FindAsync(turn, turn.Inputs.Text("id"), cancel) is { } view ? new TurnResult.Show(SurveyCards.For(view)) : new TurnResult.Refused(SurveyDesk.NoSuch);

    public ValueTask<TurnResult> OpenAsync(Turn turn, CancellationToken cancel) => ActAsync(turn, turn.Inputs.Text("id"), survey => SurveyRules.Freeze(survey, turn.Now), cancel);

    public ValueTask<TurnResult> CloseAsync(Turn turn, CancellationToken cancel) => ActAsync(turn, turn.Inputs.Text("id"), SurveyRules.Close, cancel);

    /// <summary><c>close V-…</c></summary>
    public async ValueTask<TurnResult> CloseCommandAsync(Turn turn, CancellationToken cancel) =>
        await ActAsync(turn, turn.Argument, SurveyRules.Close, cancel) switch
        {
            TurnResult.Show shown => new TurnResult.Open(shown.Card),
            TurnResult.Refused refused => new TurnResult.Say(refused.Sentence),
            var other => other,
        };

    /// <summary>A complete draft becomes a preview; nobody is asked yet.</summary>
    public async ValueTask<TurnResult> SendAsync(Turn turn, Draft draft, CancellationToken cancel)
    {
        var audience = await AudienceAsync(turn, draft, cancel);
        var terms = SurveyForm.TermsOf(draft, await dialogs.ContextAsync(turn, cancel), audience.Count);
        if (Problem(terms, turn.Now) is { } problem)
        {
            return new TurnResult.Refused(problem);
        }
        var owner = await directory.SpeakerAsync(turn, cancel);
        // The card that was pressed becomes the owner's living card; a typed "send" has none, so one is sent.
        var pressed = turn is { Scope: ConversationScope.Personal, Activity.ReplyToId: { } card } && turn.Inputs.Has("draft") ? new CardPlace(turn.Conversation, card) : null;
        var survey = await store.CreateAsync(
            turn.Tenant,
            draft.Id,
            pressed,
            audience,
            id => new Survey { Id = id, Tenant = turn.Tenant, Owner = new Party(owner.ObjectId, owner.Name), Terms = terms, Phase = SurveyPhase.Preview, Revision = 1, Origin = draft.Id },
            cancel);
        await index.WriteAsync(survey, owner.ObjectId, isOwner: true, cancel);
        return await ShowAsync(turn, survey.Id, SurveyDesk.NoSuch, cancel);
    }

    public async ValueTask<TurnResult?> FindSentAsync(Turn turn, string draftId, CancellationToken cancel) =>
        await store.FindByOriginAsync(turn.Tenant, draftId, cancel) is { } survey && survey.Owner.ObjectId == turn.Actor.ObjectId ? await ShowAsync(turn, survey.Id, SurveyDesk.NoSuch, cancel) : null;

    /// <summary>What is good to know before it is made.</summary>
    public async ValueTask<ReviewNotes> NotesAsync(Turn turn, Draft draft, DialogContext context, CancellationToken cancel)
    {
        var terms = SurveyForm.TermsOf(draft, context, (await AudienceAsync(turn, draft, cancel)).Count);
        return new ReviewNotes(
            [
                $"{SurveyText.People(terms.Asked)} would be asked. Nothing is shown below {SurveyText.Count(terms.Minimum, "answer")}.",
                .. (terms.IsForEveryone || terms.Group is not null) && terms.Repeats != Repeats.Never ? (string[])[$"New people join a later round when at least {terms.Minimum} can join together, so that no two rounds tell one person apart."] : [],
            ],
            Problem(terms, turn.Now));
    }

    /// <summary>A new draft offers the teams and chats that the speaker shares with the bot.</summary>
    public async ValueTask<Draft> PrepareAsync(Turn turn, Draft draft, CancellationToken cancel) => SurveyForm.WithGroups(draft, await groups.OfAsync(turn.Tenant, turn.Actor.ObjectId, cancel));

    private static string? Problem(SurveyTerms terms, DateTimeOffset now) =>
        terms is { Group: not null, Asked: 0 } ? "You are not in that team or chat any more, or I am not. Please choose somebody else." : SurveyRules.Check(terms, now);

    private async ValueTask<IReadOnlyList<Party>> AudienceAsync(Turn turn, Draft draft, CancellationToken cancel) => draft.Persons(SurveyForm.People.Id) is { Count: > 0 } named
        ? [.. named.Select(person => new Party(person.ObjectId, person.Title)).DistinctBy(person => person.ObjectId)]
        : await audiences.FindAsync(turn.Tenant, turn.Actor.ObjectId, SurveyForm.IsForEveryone(draft), SurveyForm.GroupOf(draft), cancel);

    private async ValueTask<TurnResult> ActAsync(Turn turn, string? id, Func<Survey, SurveyOutcome> rule, CancellationToken cancel)
    {
        if (id is null || await store.FindAsync(turn.Tenant, ReadableIds.Typed(id), cancel) is not { } survey || !await desk.MayRunAsync(survey, turn.Actor.ObjectId, turn.Now, cancel))
        {
            // Whoever is asked may see it, and close nothing.
            return await desk.FindAsync(turn, id, cancel) is null ? new TurnResult.Refused(SurveyDesk.NoSuch) : new TurnResult.Refused("Only whoever asks may open or close it. Nothing was changed.");
        }
        var outcome = await store.UpdateAsync(turn.Tenant, survey.Id, rule, cancel);
        return outcome is SurveyOutcome.Unchanged { Sentence: { } sentence }
            ? new TurnResult.Refused(sentence, await desk.FindAsync(turn, survey.Id, cancel) is { } view ? SurveyCards.For(view with { Refusal = sentence }) : null)
            : await ShowAsync(turn, survey.Id, SurveyDesk.NoSuch, cancel);
    }

    private async ValueTask<TurnResult> ShowAsync(Turn turn, string id, string otherwise, CancellationToken cancel) =>
        await desk.FindAsync(turn, id, cancel) is { } view ? new TurnResult.Show(SurveyCards.For(view)) : new TurnResult.Refused(otherwise);

    private async ValueTask<TurnResult> BringAsync(Turn turn, string? id, CancellationToken cancel)
    {
        if (await desk.FindAsync(turn, id, cancel) is not { } view)
        {
            return new TurnResult.Say(SurveyDesk.NoSuch);
        }
        await store.BringAsync(turn.Tenant, view.Id, turn.Actor.ObjectId, cancel);
        return TurnResult.Nothing.Instance;
    }
}

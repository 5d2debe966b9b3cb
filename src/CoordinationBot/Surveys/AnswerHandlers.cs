using CoordinationBot.Dialogs;
using CoordinationBot.People;
using CoordinationBot.Protocol.Turns;
using CoordinationBot.Storage;

namespace CoordinationBot.Surveys;

/// <summary>Answering, by card or by typing. What is not stored stands on the card that comes back, filled as it was.</summary>
internal sealed class AnswerHandlers(SurveyStore store, AnswerStore answers, SurveyDesk desk, PeopleDirectory directory)
{
    public async ValueTask<TurnResult> AnswerAsync(Turn turn, CancellationToken cancel) =>
        await FrozenAsync(turn, turn.Inputs.Text("id"), cancel) is { } survey
            ? await TakeAsync(turn, survey, AnswerRules.Read(survey.Terms, turn.Inputs.Keys, turn.Inputs.Text), isDraft: false, cancel)
            : new TurnResult.Refused(SurveyDesk.NoSuch);

    /// <summary>Of a named survey: what is filled in so far.</summary>
    public async ValueTask<TurnResult> SaveAsync(Turn turn, CancellationToken cancel) =>
        await FrozenAsync(turn, turn.Inputs.Text("id"), cancel) is { Terms.IsAnonymous: false } survey
            ? await TakeAsync(turn, survey, AnswerRules.Read(survey.Terms, turn.Inputs.Keys, turn.Inputs.Text), isDraft: true, cancel)
            : new TurnResult.Refused(SurveyDesk.NoSuch);

    /// <summary><c>fill in V-… 4; Tue; more light</c></summary>
    public async ValueTask<TurnResult> TypedAsync(Turn turn, CancellationToken cancel)
    {
        var parts = turn.Argument.Split([' ', '\n'], 2, StringSplitOptions.TrimEntries);
        if (await FrozenAsync(turn, parts[0], cancel) is not { } survey)
        {
            return new TurnResult.Say(SurveyDesk.NoSuch);
        }
        return await TakeAsync(turn, survey, AnswerRules.Typed(survey.Terms, parts.ElementAtOrDefault(1) ?? ""), isDraft: false, cancel) switch
        {
            TurnResult.Show shown => new TurnResult.Open(shown.Card),
            TurnResult.Refused refused => new TurnResult.Say(refused.Sentence),
            var other => other,
        };
    }

    private async ValueTask<TurnResult> TakeAsync(Turn turn, FrozenSurvey survey, (IReadOnlyList<string?> Answers, string? Problem) given, bool isDraft, CancellationToken cancel)
    {
        var view = await desk.AnsweringAsync(turn, survey, cancel);
        if (SurveyRules.AnswerableAt(survey.Terms, turn.Now) is { } early)
        {
            return Refused(turn.Now < survey.Terms.OpensAt ? view with { Phase = SurveyPhase.Waiting, MayRun = false } : Closed(view), early);
        }
        if (given.Problem is { } problem)
        {
            // Whoever has answered already is told that, not what is wrong with their second answer.
            return await answers.StandingAsync(survey, turn.Actor.ObjectId, cancel) switch
            {
                { IsClosed: true } => Refused(Closed(view), SurveyRules.IsClosed),
                { HasAnswered: true } when survey.Terms.IsAnonymous => new TurnResult.Show(SurveyCards.For(view with { HasAnswered = true })),
                var standing => Refused(view with { HasAnswered = standing.HasAnswered, Own = await answers.NamedAsync(survey, turn.Actor.ObjectId, cancel) }, problem),
            };
        }
        var shown = turn.Inputs.Number(LastAnswer.Name);
        var named = survey.Terms.IsAnonymous ? null : new NamedAnswer(given.Answers, isDraft, (await directory.SpeakerAsync(turn, cancel)).Name)
        {
            Edition = (shown ?? (await answers.NamedAsync(survey, turn.Actor.ObjectId, cancel))?.Edition ?? 0) + 1,
        };
        return await answers.AnswerAsync(survey, turn.Actor.ObjectId, given.Answers, named, turn.OperationId, shown, cancel) switch
        {
            Taken.Already when named is not null => await AlreadyAsync(turn, survey, view, isDraft, cancel),
            Taken.Stored or Taken.Already => new TurnResult.Show(SurveyCards.For(view with { HasAnswered = !isDraft, Own = named })),
            Taken.Overtaken when await answers.NamedAsync(survey, turn.Actor.ObjectId, cancel) is var own => Refused(view with { HasAnswered = own is { IsDraft: false }, Own = own }, LastAnswer.Overtaken),
            Taken.Closed => Refused(Closed(view), SurveyRules.IsClosed),
        };
    }

    /// <summary>The same press again, or one that would take a given answer back.</summary>
    private async ValueTask<TurnResult> AlreadyAsync(Turn turn, FrozenSurvey survey, SurveyView view, bool isDraft, CancellationToken cancel)
    {
        var own = await answers.NamedAsync(survey, turn.Actor.ObjectId, cancel);
        view = view with { HasAnswered = own is { IsDraft: false }, Own = own, Filled = _ => null };
        return isDraft && view.HasAnswered ? Refused(view, "You have answered already, and that stays. Press “Change my answer” to replace what you gave.") : new TurnResult.Show(SurveyCards.For(view));
    }

    /// <summary>Null for whoever is not asked: the same as for what does not exist.</summary>
    private async ValueTask<FrozenSurvey?> FrozenAsync(Turn turn, string? id, CancellationToken cancel) =>
        id is not null && await store.FrozenAsync(turn.Tenant, ReadableIds.Typed(id), cancel) is { } survey && survey.Places.ContainsKey(turn.Actor.ObjectId) ? survey : null;

    private static SurveyView Closed(SurveyView view) => view with { Phase = SurveyPhase.Closed, MayRun = false };

    private static TurnResult.Refused Refused(SurveyView view, string sentence) => new(sentence, SurveyCards.For(view with { Refusal = sentence }));
}

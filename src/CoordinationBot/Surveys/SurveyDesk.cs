using CoordinationBot.Dialogs;
using CoordinationBot.People;
using CoordinationBot.Protocol.Turns;
using CoordinationBot.Storage;

namespace CoordinationBot.Surveys;

/// <summary>What the handlers of surveys share: find one for who asks, and show how it stands.</summary>
internal sealed class SurveyDesk(SurveyStore store, AnswerStore answers, Deputies deputies, PeopleDirectory directory, OfficeOptions office)
{
    /// <summary>The same for what does not exist and for what is none of theirs.</summary>
    public const string NoSuch = "There is no such survey that concerns you. Type surveys to see yours.";

    /// <summary>As the speaker sees it; null when it is none of theirs.</summary>
    public async ValueTask<SurveyView?> FindAsync(Turn turn, string? id, CancellationToken cancel)
    {
        if (id is null || await store.FindWithTallyAsync(turn.Tenant, ReadableIds.Typed(id), cancel) is not { Survey: { } survey } found)
        {
            return null;
        }
        var frozen = await store.FrozenAsync(turn.Tenant, survey.Id, cancel);
        var isAsked = survey.Phase is SurveyPhase.Open or SurveyPhase.Closing or SurveyPhase.Closed && frozen?.Places.ContainsKey(turn.Actor.ObjectId) == true;
        var mayRun = await MayRunAsync(survey, turn.Actor.ObjectId, turn.Now, cancel);
        if (!isAsked && !mayRun)
        {
            return null;
        }
        var view = Of(survey, turn.Actor.ObjectId, await ZoneAsync(turn, cancel), turn.Now) with { IsAsked = isAsked, MayRun = mayRun, Tally = found.Tally };
        if (survey.Phase == SurveyPhase.Open && isAsked)
        {
            view = view with { HasAnswered = (await answers.StandingAsync(frozen!, view.Viewer, cancel)).HasAnswered, Own = await answers.NamedAsync(frozen!, view.Viewer, cancel) };
        }
        if (survey.Phase == SurveyPhase.Open && mayRun)
        {
            view = view with { Answers = (await answers.DrawersAsync(turn.Tenant, survey.Id, cancel)).Sum(DrawerRules.Answered) };
        }
        return mayRun ? view with { Before = await BeforeAsync(survey, cancel) } : view;
    }

    /// <summary>The owner, and while they are away whoever answers for them.</summary>
    public async ValueTask<bool> MayRunAsync(Survey survey, string objectId, DateTimeOffset now, CancellationToken cancel) =>
        survey.Owner.ObjectId == objectId || (await deputies.AnswererForAsync(survey.Tenant, survey.Owner.ObjectId, now, cancel))?.ObjectId == objectId;

    /// <summary>The numbers of the round before, once it is closed.</summary>
    public async ValueTask<Tally?> BeforeAsync(Survey survey, CancellationToken cancel) =>
        survey is { Phase: SurveyPhase.Closed, Terms.Previous: { } previous } && await store.FindWithTallyAsync(survey.Tenant, previous, cancel) is { Survey.Phase: SurveyPhase.Closed, Tally: { } tally } ? tally : null;

    public static SurveyView Of(Survey survey, string viewer, string zone, DateTimeOffset now) => new(survey.Id, survey.Owner, survey.Terms, survey.Phase, viewer, zone, now);

    /// <summary>Of somebody who answers: nothing is read for it.</summary>
    public async ValueTask<SurveyView> AnsweringAsync(Turn turn, FrozenSurvey survey, CancellationToken cancel) =>
        new(survey.Id, survey.Owner, survey.Terms, SurveyPhase.Open, turn.Actor.ObjectId, await ZoneAsync(turn, cancel), turn.Now)
        {
            IsAsked = true,
            MayRun = survey.Owner.ObjectId == turn.Actor.ObjectId,
            Filled = turn.Inputs.Text,
        };

    /// <summary>The zone in which times are shown to the speaker.</summary>
    public async ValueTask<string> ZoneAsync(Turn turn, CancellationToken cancel) => (await directory.SpeakerAsync(turn, cancel)).Zone ?? office.Zone;

    public string ZoneOf(Person person) => person.Zone ?? office.Zone;
}

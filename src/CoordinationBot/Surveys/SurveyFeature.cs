using CoordinationBot.Delegations;
using CoordinationBot.Dialogs;
using CoordinationBot.Files;
using CoordinationBot.Protocol.Turns;
using CoordinationBot.Storage;

namespace CoordinationBot.Surveys;

/// <summary>Surveys: what people think, in numbers and words, without anybody being able to tell who said what.</summary>
internal static class SurveyFeature
{
    public static IServiceCollection AddSurveys(this IServiceCollection services) => services
        .AddSingleton<SurveyStore>()
        .AddSingleton<FoldStore>()
        .AddSingleton<AnswerStore>()
        .AddSingleton<SurveyIndex>()
        .AddSingleton<SurveyAudience>()
        .AddSingleton<SurveyDesk>()
        .AddSingleton<SurveyHandlers>()
        .AddSingleton<AnswerHandlers>()
        .AddSingleton<ResultHandlers>()
        .AddSingleton<SurveyFile>()
        .AddSingleton<SurveyComments>()
        .AddSingleton<SurveyWork>()
        .AddSingleton(provider => new FileKind(SurveyFile.Kind, provider.GetRequiredService<SurveyFile>().OpenAsync))
        .AddSingleton(provider => new Dialog(
            SurveyForm.Form,
            _ => "Preview",
            (_, _) => "You see it as people will. Nobody is asked yet.",
            (turn, draft, cancel) => provider.GetRequiredService<SurveyHandlers>().SendAsync(turn, draft, cancel),
            (turn, draftId, cancel) => provider.GetRequiredService<SurveyHandlers>().FindSentAsync(turn, draftId, cancel))
        {
            PrepareAsync = (turn, draft, cancel) => provider.GetRequiredService<SurveyHandlers>().PrepareAsync(turn, draft, cancel),
            NotesAsync = (turn, draft, context, cancel) => provider.GetRequiredService<SurveyHandlers>().NotesAsync(turn, draft, context, cancel),
        })
        .AddSingleton<ShowById>(provider => provider.GetRequiredService<SurveyHandlers>().ShowAsync)
        .AddSingleton<WaitingLines>(provider => provider.GetRequiredService<ResultHandlers>().WaitingAsync);

    public static void MapSurveys(this RouteTable routes, IServiceProvider services)
    {
        var (surveys, answers, results) = (services.GetRequiredService<SurveyHandlers>(), services.GetRequiredService<AnswerHandlers>(), services.GetRequiredService<ResultHandlers>());
        routes
            .Command(new("survey", CommandArgument.Text, "asks people what they think", surveys.SurveyAsync) { Usage = "survey, survey with its title, or survey V-…" })
            .Command(new("surveys", CommandArgument.None, "those that wait for you, and those you ask", results.ListAsync))
            .Command(new("fill in", CommandArgument.Id, "answers a survey by typing", answers.TypedAsync) { Usage = "fill in V-… 4; Tue; more light" })
            .Command(new("close", CommandArgument.Id, "closes a survey that you ask", surveys.CloseCommandAsync) { Usage = "close V-…" })
            .Action("survey.bring", surveys.BringAsync)
            .Action("survey.view", surveys.ViewAsync)
            .Action("survey.open", surveys.OpenAsync)
            .Action("survey.close", surveys.CloseAsync)
            .Action("survey.answer", answers.AnswerAsync)
            .Action("survey.save", answers.SaveAsync)
            .Action("survey.results", results.ResultsAsync)
            .Action("survey.texts", results.TextsAsync)
            .Action("survey.export", results.ExportAsync);
        services.GetRequiredService<WorkHandlers>().Add(SurveyStore.Kind, services.GetRequiredService<SurveyWork>().RunAsync);
    }
}

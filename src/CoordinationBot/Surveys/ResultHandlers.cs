using System.Globalization;
using CoordinationBot.Delegations;
using CoordinationBot.Files;
using CoordinationBot.Protocol.Cards;
using CoordinationBot.Protocol.Turns;

namespace CoordinationBot.Surveys;

/// <summary>Lists, and what came of a survey.</summary>
internal sealed class ResultHandlers(SurveyDesk desk, SurveyIndex index, AnswerStore answers, FoldStore fold, FileLinks links)
{
    private const int ListLength = 10;
    private const int NamedTexts = 10;

    public async ValueTask<TurnResult> ListAsync(Turn turn, CancellationToken cancel)
    {
        List<SurveyView> own = [], owed = [];
        foreach (var id in await index.OwnAsync(turn.Tenant, turn.Actor.ObjectId, ListLength, cancel))
        {
            own.AddRange(await desk.FindAsync(turn, id, cancel) is { Phase: not SurveyPhase.Dropped } view ? [view] : []);
        }
        foreach (var id in await index.AskedAsync(turn.Tenant, turn.Actor.ObjectId, turn.Now, ListLength, cancel))
        {
            owed.AddRange(await desk.FindAsync(turn, id, cancel) is { Phase: SurveyPhase.Open, IsAsked: true, HasAnswered: false } view ? [view] : []);
        }
        return new TurnResult.Open(ListCards.For(owed, own));
    }

    /// <summary>What waits for an answer.</summary>
    public async ValueTask<IReadOnlyList<string>> WaitingAsync(Turn turn, CancellationToken cancel)
    {
        var owed = 0;
        foreach (var id in await index.AskedAsync(turn.Tenant, turn.Actor.ObjectId, turn.Now, ListLength, cancel))
        {
            owed += await desk.FindAsync(turn, id, cancel) is { Phase: SurveyPhase.Open, IsAsked: true, HasAnswered: false } ? 1 : 0;
        }
        return owed == 0 ? [] : [$"{SurveyText.Count(owed, "survey")} {(owed == 1 ? "waits" : "wait")} for your answer: surveys"];
    }

    public async ValueTask<TurnResult> ResultsAsync(Turn turn, CancellationToken cancel) =>
        await desk.FindAsync(turn, turn.Inputs.Text("id"), cancel) is { } view ? new TurnResult.Show(SurveyCards.For(view with { From = turn.Inputs.Number("from") ?? 0 })) : new TurnResult.Refused(SurveyDesk.NoSuch);

    public async ValueTask<TurnResult> TextsAsync(Turn turn, CancellationToken cancel)
    {
        var question = turn.Inputs.Number("question") ?? -1;
        if (await desk.FindAsync(turn, turn.Inputs.Text("id"), cancel) is not { MayRun: true } view || !HasTexts(view, question))
        {
            return new TurnResult.Refused("There is nothing to read here. Type surveys to see yours.");
        }
        if (view.Terms.IsAnonymous)
        {
            var page = Math.Clamp(turn.Inputs.Number("page") ?? 0, 0, Math.Max(0, view.Tally!.Questions[question].Pages - 1));
            var texts = await fold.TextsAsync(turn.Tenant, view.Id, question, page, cancel);
            return new TurnResult.Show(ResultCards.Texts(view, question, [.. texts.Select(text => ((string?)null, text))], page + 1 < view.Tally.Questions[question].Pages ? More(view, question, "page", Number(page + 1)) : null));
        }
        var (named, next) = await answers.NamedPageAsync(turn.Tenant, view.Id, turn.Inputs.Text("after") is { } after && IndexKeys.IsCursor(after) ? SurveyRows.Named(after) : null, NamedTexts, cancel);
        return new TurnResult.Show(ResultCards.Texts(
            view,
            question,
            [.. named.Where(answer => answer.Answers[question] is not null).Select(answer => ((string?)answer.Name, answer.Answers[question]!))],
            next is null ? null : More(view, question, "after", next[SurveyRows.NamedPrefix.Length..])));
    }

    public async ValueTask<TurnResult> ExportAsync(Turn turn, CancellationToken cancel)
    {
        if (await desk.FindAsync(turn, turn.Inputs.Text("id"), cancel) is not { MayRun: true, Phase: SurveyPhase.Closed } view || view.Tally is null || view.Tally.Answers < view.Terms.Minimum)
        {
            return new TurnResult.Refused("There is no file: results come after the close, and only when enough people have answered.");
        }
        return await links.CreateAsync(new FileRequest(turn.Tenant, turn.Actor.ObjectId, SurveyFile.Kind, view.Id), turn.Now, cancel) is { } link
            ? new TurnResult.Open(FileCards.Csv(view.Terms.Title, link, turn.Now + FileStore.Lifetime, view.Zone))
            : new TurnResult.Say(FileLinks.NoAddress);
    }

    private static bool HasTexts(SurveyView view, int question) =>
        view is { Phase: SurveyPhase.Closed, Tally: { } tally } && question >= 0 && question < view.Terms.Questions.Count && view.Terms.Questions[question].Kind == QuestionKind.Text
        && tally.Answers >= view.Terms.Minimum && tally.Questions[question].Answers >= view.Terms.Minimum;

    private static ExecuteAction More(SurveyView view, int question, string where, string value) => SurveyCards.Button(view.Id, "texts", "More", ("question", Number(question)), (where, value));

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}

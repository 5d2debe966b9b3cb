using System.Globalization;
using System.Runtime.CompilerServices;
using CoordinationBot.Files;

namespace CoordinationBot.Surveys;

/// <summary>What came of a survey as a file: the same numbers as on the card, never more, then the texts; of a named one, who answered what.</summary>
internal sealed class SurveyFile(SurveyStore store, SurveyDesk desk, AnswerStore answers, FoldStore fold)
{
    public const string Kind = "survey";

    private const int PageLength = 200;

    /// <summary>What the person may see now.</summary>
    public async ValueTask<ServedFile?> OpenAsync(FileRequest file, DateTimeOffset now, CancellationToken cancel) =>
        await store.FindWithTallyAsync(file.Tenant, file.About, cancel) is { Survey: { Phase: SurveyPhase.Closed } survey, Tally: { } tally }
        && tally.Answers >= survey.Terms.Minimum && await desk.MayRunAsync(survey, file.ObjectId, now, cancel)
            ? new ServedFile("text/csv; charset=utf-8", $"survey-{survey.Id}.csv", PartsAsync(survey, tally, cancel))
            : null;

    private async IAsyncEnumerable<ReadOnlyMemory<byte>> PartsAsync(Survey survey, Tally tally, [EnumeratorCancellation] CancellationToken cancel)
    {
        yield return CsvFile.Head(["number", "question", "answer", "count"]);
        foreach (var (question, index) in survey.Terms.Questions.Select((question, index) => (question, index)))
        {
            var counts = tally.Questions[index];
            if (counts.Answers < survey.Terms.Minimum)
            {
                yield return CsvFile.Lines([[Number(index + 1), question.Text, $"fewer than {survey.Terms.Minimum} answers: not shown", ""]]);
                continue;
            }
            yield return CsvFile.Lines([[Number(index + 1), question.Text, "all", Number(counts.Answers)], .. AnswerRules.Values(question).Select((value, number) => (string[])[Number(index + 1), question.Text, value, Number(counts.Counts[number])])]);
            for (var page = 0; page < counts.Pages; page++)
            {
                yield return CsvFile.Lines((await fold.TextsAsync(survey.Tenant, survey.Id, index, page, cancel)).Select(text => (string[])[Number(index + 1), question.Text, text, ""]));
            }
        }
        if (survey.Terms.IsAnonymous)
        {
            yield break;
        }
        yield return CsvFile.Lines([["", "", "", ""], ["name", .. survey.Terms.Questions.Select(question => question.Text)]]);
        string? after = null;
        do
        {
            var (page, next) = await answers.NamedPageAsync(survey.Tenant, survey.Id, after, PageLength, cancel);
            yield return CsvFile.Lines(page.Select(answer => (string[])[answer.Name, .. survey.Terms.Questions.Select((question, index) => tally.Questions[index].Answers >= survey.Terms.Minimum && answer.Answers[index] is { } value ? AnswerRules.Words(question, value) : "")]));
            after = next;
        }
        while (after is not null);
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}

using System.Runtime.CompilerServices;

namespace CoordinationBot.Surveys;

/// <summary>What people wrote in a survey that is closed, without names: what its owner may read anyway, and nothing of a question that too few answered.</summary>
internal sealed class SurveyComments(AnswerStore answers, FoldStore fold)
{
    private const int PageLength = 200;

    public async IAsyncEnumerable<string> OfAsync(Survey survey, Tally tally, [EnumeratorCancellation] CancellationToken cancel)
    {
        int[] shown = [.. Enumerable.Range(0, survey.Terms.Questions.Count).Where(index => survey.Terms.Questions[index].Kind == QuestionKind.Text && tally.Questions[index].Answers >= survey.Terms.Minimum)];
        if (survey.Terms.IsAnonymous)
        {
            foreach (var question in shown)
            {
                for (var page = 0; page < tally.Questions[question].Pages; page++)
                {
                    foreach (var text in await fold.TextsAsync(survey.Tenant, survey.Id, question, page, cancel))
                    {
                        yield return text;
                    }
                }
            }
            yield break;
        }
        string? after = null;
        do
        {
            var (page, next) = await answers.NamedPageAsync(survey.Tenant, survey.Id, after, PageLength, cancel);
            foreach (var text in page.SelectMany(answer => shown.Select(question => answer.Answers[question])).OfType<string>())
            {
                yield return text;
            }
            after = next;
        }
        while (after is not null && shown.Length > 0);
    }
}

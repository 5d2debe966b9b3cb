namespace CoordinationBot.Surveys;

/// <summary>Counts answers. Nothing in the numbers of one question says which answer to another they belong to.</summary>
internal static class TallyRules
{
    public static Tally Empty(SurveyTerms terms) => new() { Questions = [.. terms.Questions.Select(question => new QuestionTally(0, new int[AnswerRules.Values(question).Count], 0))] };

    public static Tally Add(Tally tally, SurveyTerms terms, IReadOnlyList<IReadOnlyList<string?>> answers) => tally with
    {
        Answers = tally.Answers + answers.Count,
        Questions = [.. tally.Questions.Select((question, index) => Add(question, terms.Questions[index], answers.Select(answer => answer[index]).OfType<string>()))],
    };

    /// <summary>Without whatever fewer than the minimum have said: it is shown to nobody, so it is not kept either.</summary>
    public static Tally Withheld(Tally tally, int minimum) => tally with
    {
        Questions = [.. tally.Questions.Select(question => tally.Answers < minimum || question.Answers < minimum ? new QuestionTally(0, [.. question.Counts.Select(_ => 0)], 0) : question)],
    };

    /// <summary>The mean of what can be counted as a number; null where nothing can.</summary>
    public static double? Mean(SurveyQuestion question, QuestionTally tally) =>
        question.Kind is QuestionKind.Scale or QuestionKind.Recommend && tally.Answers > 0
            ? tally.Counts.Select((count, index) => (double)count * (question.Kind == QuestionKind.Scale ? index + 1 : index)).Sum() / tally.Answers
            : null;

    private static QuestionTally Add(QuestionTally tally, SurveyQuestion question, IEnumerable<string> answers)
    {
        var (count, counts) = (tally.Answers, tally.Counts.ToArray());
        foreach (var answer in answers)
        {
            count++;
            foreach (var value in AnswerRules.Counted(question, answer))
            {
                counts[value]++;
            }
        }
        return tally with { Answers = count, Counts = counts };
    }
}

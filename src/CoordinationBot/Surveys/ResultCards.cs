using System.Globalization;
using CoordinationBot.Dialogs;
using CoordinationBot.Protocol.Cards;

namespace CoordinationBot.Surveys;

/// <summary>What came of a survey: numbers with bars, a few questions a page, and its texts.</summary>
internal static class ResultCards
{
    /// <summary>About what a bar takes of a card.</summary>
    private const int BarLength = 450;

    public static IEnumerable<CardElement> Of(SurveyView view)
    {
        var (terms, tally) = (view.Terms, view.Tally ?? TallyRules.Empty(view.Terms));
        if (tally.Answers < terms.Minimum)
        {
            return [CardParts.Paragraph($"Nothing is shown: {SurveyText.Count(terms.Minimum - tally.Answers, "answer")} {(terms.Minimum - tally.Answers == 1 ? "is" : "are")} missing to the {terms.Minimum} that must be there.")];
        }
        var from = Math.Clamp(view.From, 0, terms.Questions.Count - 1);
        var page = CardParts.Page([.. Enumerable.Range(from, terms.Questions.Count - from)], index => BarLength * (2 + AnswerRules.Values(terms.Questions[index]).Count));
        var next = page[^1] + 1;
        return
        [
            CardParts.Line("Answers", string.Create(CultureInfo.InvariantCulture, $"{tally.Answers} of {terms.Asked} ({Share(tally.Answers, terms.Asked)}){Before(view.Before is { } before && before.Answers >= terms.Minimum ? before.Answers.ToString(CultureInfo.InvariantCulture) : null)}")),
            .. page.SelectMany(index => Question(view, tally, index)),
            new ActionSet
            {
                Actions =
                [
                    .. next < terms.Questions.Count ? (CardButton[])[SurveyCards.Button(view.Id, "results", "More questions", ("from", Number(next)))] : [],
                    .. from > 0 ? (CardButton[])[SurveyCards.Button(view.Id, "results", "From the beginning")] : [],
                    SurveyCards.Button(view.Id, "export", "Download CSV"),
                ],
            },
        ];
    }

    /// <summary>A page of what was written, with or without names.</summary>
    /// <param name="view">Of the survey.</param>
    /// <param name="question">Which.</param>
    /// <param name="texts">With the name where there is one.</param>
    /// <param name="more">The button for the next page; null: this is the last.</param>
    public static AdaptiveCard Texts(SurveyView view, int question, IReadOnlyList<(string? Name, string Text)> texts, ExecuteAction? more) => SurveyCards.Card(view,
    [
        Asked(view.Terms.Questions[question], question),
        .. texts.Select(text => new RichTextBlock
        {
            Separator = true,
            Spacing = "small",
            Inlines = [.. text.Name is { } name ? (TextRun[])[CardText.Run($"{name}: ") with { Weight = "bolder" }] : [], CardText.Run(text.Text)],
        }),
        new ActionSet { Actions = [.. more is null ? (CardButton[])[] : [more], SurveyCards.Button(view.Id, "results", "Back", ("from", Number(question)))] },
    ]);

    private static IEnumerable<CardElement> Question(SurveyView view, Tally tally, int index)
    {
        var (question, counts) = (view.Terms.Questions[index], tally.Questions[index]);
        yield return Asked(question, index);
        if (counts.Answers < view.Terms.Minimum)
        {
            yield return CardParts.Faint($"Fewer than {view.Terms.Minimum} people answered this, so nothing is shown.");
            yield break;
        }
        if (question.Kind == QuestionKind.Text)
        {
            yield return CardParts.Faint(SurveyText.Count(counts.Answers, "text"));
            yield return new ActionSet { Actions = [SurveyCards.Button(view.Id, "texts", string.Create(CultureInfo.InvariantCulture, $"Read what was written to {index + 1}"), ("question", Number(index)))] };
            yield break;
        }
        if (TallyRules.Mean(question, counts) is { } mean)
        {
            var before = view.Before is { } round && round.Answers >= view.Terms.Minimum && round.Questions.ElementAtOrDefault(index) is { } last && last.Answers >= view.Terms.Minimum ? TallyRules.Mean(question, last) : null;
            yield return CardParts.Faint(string.Create(CultureInfo.InvariantCulture, $"Mean {mean:0.0} of {SurveyText.Count(counts.Answers, "answer")}{Before(before?.ToString("0.0", CultureInfo.InvariantCulture))}"));
        }
        foreach (var element in ChartParts.Bars("Answers", [.. AnswerRules.Values(question).Select((words, value) => new Bar(CardText.Literal(words), counts.Counts[value]))], count => $"{count:0} ({Share(count, counts.Answers)})", areLying: true))
        {
            yield return element;
        }
    }

    private static RichTextBlock Asked(SurveyQuestion question, int index) =>
        new() { Separator = true, Spacing = "medium", Inlines = [CardText.Run(string.Create(CultureInfo.InvariantCulture, $"{index + 1}. {question.Text}")) with { Weight = "bolder" }] };

    private static string Before(string? value) => value is null ? "" : $", last round {value}";

    private static string Share(double part, int whole) => string.Create(CultureInfo.InvariantCulture, $"{Math.Round(100.0 * part / whole)} %");

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}

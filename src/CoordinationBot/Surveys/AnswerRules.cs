using System.Globalization;

namespace CoordinationBot.Surveys;

/// <summary>Reads answers: each becomes the number of what was chosen (several with commas), or a text; null where a question was left out.</summary>
internal static class AnswerRules
{
    private const string InputPrefix = "q";

    /// <summary>The input of a question on the card.</summary>
    public static string Input(int index) => string.Create(CultureInfo.InvariantCulture, $"{InputPrefix}{index + 1}");

    /// <summary>What came back from a card.</summary>
    /// <param name="terms">What is asked.</param>
    /// <param name="keys">All that was sent: what belongs to no question is refused, since somebody would think it counted.</param>
    /// <param name="value">Of an input.</param>
    public static (IReadOnlyList<string?> Answers, string? Problem) Read(SurveyTerms terms, IEnumerable<string> keys, Func<string, string?> value)
    {
        if (keys.Any(key => IsInput(key) && !Enumerable.Range(0, terms.Questions.Count).Any(index => Input(index) == key)))
        {
            return ([], "Nothing was stored: that card has a question that this survey does not ask. Please open it again and answer there.");
        }
        return Check(terms, [.. terms.Questions.Select((_, index) => value(Input(index)))]);
    }

    /// <summary>Typed, in the order of the questions: with semicolons or on lines of their own; a dash leaves one out.</summary>
    public static (IReadOnlyList<string?> Answers, string? Problem) Typed(SurveyTerms terms, string typed)
    {
        var parts = typed.Split([';', '\n'], StringSplitOptions.TrimEntries);
        return parts.Length > terms.Questions.Count
            ? ([], $"Nothing was stored: those are {parts.Length} answers to {SurveyText.Count(terms.Questions.Count, "question")}. Please write one for each with semicolons between them, and a dash for one you leave out.")
            : Check(terms, [.. terms.Questions.Select((question, index) => index < parts.Length && parts[index] is not ("" or "-") ? Meant(question, parts[index]) : null)]);
    }

    /// <summary>A value as it reads.</summary>
    public static string Words(SurveyQuestion question, string answer) => question.Kind switch
    {
        QuestionKind.Scale or QuestionKind.Recommend or QuestionKind.Text => answer,
        QuestionKind.Choice or QuestionKind.Several => string.Join(", ", Numbers(answer)!.Select(number => question.Choices[number - 1])),
    };

    /// <summary>Which of the counts an answer adds to.</summary>
    public static IEnumerable<int> Counted(SurveyQuestion question, string answer) => question.Kind switch
    {
        QuestionKind.Recommend => Numbers(answer)!,
        QuestionKind.Scale or QuestionKind.Choice or QuestionKind.Several => Numbers(answer)!.Select(number => number - 1),
        QuestionKind.Text => [],
    };

    /// <summary>The values there are, as they read.</summary>
    public static IReadOnlyList<string> Values(SurveyQuestion question) => question.Kind switch
    {
        QuestionKind.Scale => [.. Enumerable.Range(1, 5).Select(Number)],
        QuestionKind.Recommend => [.. Enumerable.Range(0, 11).Select(Number)],
        QuestionKind.Choice or QuestionKind.Several => question.Choices,
        QuestionKind.Text => [],
    };

    private static (IReadOnlyList<string?> Answers, string? Problem) Check(SurveyTerms terms, IReadOnlyList<string?> given)
    {
        List<string?> answers = [];
        for (var index = 0; index < given.Count; index++)
        {
            var (answer, problem) = given[index] is { } text && !string.IsNullOrWhiteSpace(text) ? One(terms.Questions[index], index + 1, text) : (null, null);
            if (problem is not null)
            {
                return ([], $"Nothing was stored: {problem}");
            }
            answers.Add(answer);
        }
        var texts = terms.Questions.Zip(answers).Sum(pair => pair.First.Kind == QuestionKind.Text ? pair.Second?.Length ?? 0 : 0);
        return answers.All(answer => answer is null) ? ([], "Nothing was stored: no question is answered yet. Please answer at least one.")
            : texts > SurveyLimits.Texts ? ([], $"Nothing was stored: your texts have {texts} characters together; at most {SurveyLimits.Texts} fit. Please shorten them.")
            : (answers, null);
    }

    private static (string? Answer, string? Problem) One(SurveyQuestion question, int number, string text) => question.Kind switch
    {
        QuestionKind.Text => text.Length > SurveyLimits.Text
            ? (null, $"the answer to question {number} has {text.Length} characters; at most {SurveyLimits.Text} fit. Please shorten it.")
            : (text, null),
        QuestionKind.Scale => Chosen(text, 1, 5, 1, $"question {number} is answered with 1 to 5."),
        QuestionKind.Recommend => Chosen(text, 0, 10, 1, $"question {number} is answered with 0 to 10."),
        QuestionKind.Choice => Chosen(text, 1, question.Choices.Count, 1, $"question {number} is answered with one of these: {string.Join(", ", question.Choices)}."),
        QuestionKind.Several => Chosen(text, 1, question.Choices.Count, question.Choices.Count, $"question {number} is answered with any of these: {string.Join(", ", question.Choices)}."),
    };

    private static (string? Answer, string? Problem) Chosen(string text, int first, int last, int most, string problem) =>
        Numbers(text) is { Count: > 0 } numbers && numbers.Count <= most && numbers.All(number => number >= first && number <= last)
            ? (string.Join(',', numbers.Select(Number)), null)
            : (null, problem);

    /// <summary>What was typed, as a card would send it.</summary>
    private static string Meant(SurveyQuestion question, string typed) => question.Kind switch
    {
        QuestionKind.Scale or QuestionKind.Recommend or QuestionKind.Text => typed,
        QuestionKind.Choice => NumberOf(question, typed),
        QuestionKind.Several => string.Join(',', typed.Split([',', '/'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(part => NumberOf(question, part))),
    };

    private static string NumberOf(SurveyQuestion question, string typed) =>
        question.Choices.ToList().FindIndex(choice => choice.Equals(typed, StringComparison.OrdinalIgnoreCase)) is >= 0 and var index ? Number(index + 1) : typed;

    private static IReadOnlyList<int>? Numbers(string text)
    {
        SortedSet<int> numbers = [];
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            if (!int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                return null;
            }
            numbers.Add(number);
        }
        return [.. numbers];
    }

    private static bool IsInput(string key) => key.StartsWith(InputPrefix, StringComparison.Ordinal) && key.Length > 1 && key.AsSpan(1).IndexOfAnyExceptInRange('0', '9') < 0;

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}

using System.Globalization;

namespace CoordinationBot.Surveys;

/// <summary>Questions as they are typed, one a line, with how they are answered behind them: <c>How was the week? (1-5)</c>.</summary>
internal static class QuestionRules
{
    private const string Example = "How was the week? (1-5)";

    /// <summary>The questions, or what is wrong with the first line that is none.</summary>
    public static (IReadOnlyList<SurveyQuestion> Questions, string? Problem) Parse(string typed)
    {
        var lines = typed.Split(['\n', '\r'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (lines.Length == 0)
        {
            return ([], $"A survey needs at least one question, one a line, for example {Example}");
        }
        if (lines.Length > SurveyLimits.Questions)
        {
            return ([], $"Those are {lines.Length} questions; at most {SurveyLimits.Questions} fit. Please take some out: shorter surveys are answered more often.");
        }
        List<SurveyQuestion> questions = [];
        foreach (var line in lines)
        {
            var (question, problem) = Line(line, questions.Count + 1);
            if (question is null)
            {
                return ([], problem);
            }
            questions.Add(question);
        }
        return (questions, null);
    }

    /// <summary>The same question as somebody would type it.</summary>
    public static string Write(SurveyQuestion question) => $"{question.Text} ({Way(question)})";

    /// <summary>How it is answered, in the words that are typed for it.</summary>
    public static string Way(SurveyQuestion question) => question.Kind switch
    {
        QuestionKind.Scale => "1-5",
        QuestionKind.Recommend => "0-10",
        QuestionKind.Choice => string.Join(" / ", question.Choices),
        QuestionKind.Several => $"several: {string.Join(" / ", question.Choices)}",
        QuestionKind.Text => "text",
    };

    private static (SurveyQuestion? Question, string? Problem) Line(string line, int number)
    {
        var which = string.Create(CultureInfo.InvariantCulture, $"Question {number}");
        var open = line.EndsWith(')') ? Opening(line) : -1;
        if (open < 0)
        {
            return (null, $"{which} does not say how it is answered. Please end it with (1-5), (0-10), (text), (Mon / Tue / Wed) or (several: A / B / C).");
        }
        var (text, way) = (line[..open].Trim(), line[(open + 1)..^1].Trim());
        if (text.Length is 0 or > SurveyLimits.QuestionText)
        {
            return (null, text.Length == 0 ? $"{which} has no words. Please write it before the bracket." : $"{which} is too long: at most {SurveyLimits.QuestionText} characters fit.");
        }
        return way.ToLowerInvariant() switch
        {
            "1-5" or "1–5" or "1 to 5" => (new SurveyQuestion(QuestionKind.Scale, text, []), null),
            "0-10" or "0–10" or "0 to 10" => (new SurveyQuestion(QuestionKind.Recommend, text, []), null),
            "text" => (new SurveyQuestion(QuestionKind.Text, text, []), null),
            _ => Choices(text, way, which),
        };
    }

    private static (SurveyQuestion? Question, string? Problem) Choices(string text, string way, string which)
    {
        var several = way.StartsWith("several:", StringComparison.OrdinalIgnoreCase);
        var choices = (several ? way["several:".Length..] : way).Split('/', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return choices.Length < 2 ? (null, $"{which} ends with “({way})”, which is no way to answer. Please use (1-5), (0-10), (text), or at least two choices with / between them.")
            : choices.Length > SurveyLimits.Choices ? (null, $"{which} has {choices.Length} choices; at most {SurveyLimits.Choices} fit.")
            : choices.Any(choice => choice.Length > SurveyLimits.ChoiceText) ? (null, $"{which} has a choice that is too long: at most {SurveyLimits.ChoiceText} characters fit.")
            : choices.Distinct(StringComparer.OrdinalIgnoreCase).Count() < choices.Length ? (null, $"{which} has the same choice twice. Please name each once.")
            : (new SurveyQuestion(several ? QuestionKind.Several : QuestionKind.Choice, text, choices), null);
    }

    /// <summary>Where the last bracket opens, with those inside it: a choice may have its own.</summary>
    private static int Opening(string line)
    {
        var depth = 0;
        for (var index = line.Length - 1; index >= 0; index--)
        {
            depth += line[index] == ')' ? 1 : line[index] == '(' ? -1 : 0;
            if (depth == 0)
            {
                return index;
            }
        }
        return -1;
    }
}

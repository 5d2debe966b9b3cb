using System.Globalization;
using CoordinationBot.Afterwards;
using CoordinationBot.Dialogs;
using CoordinationBot.Feedbacks;
using CoordinationBot.Protocol.Cards;

namespace CoordinationBot.Insights;

/// <summary>What came up to somebody: the numbers, and what people write about.</summary>
internal static class InsightCards
{
    private const int MostSurveys = 6;
    private const int MostThemes = 8;

    /// <summary>Parts of the time that count as the newest.</summary>
    private const int Newest = 4;

    public static AdaptiveCard Numbers(InsightNumbers numbers) => Card(numbers, "What came up to you",
    [
        .. Came(numbers),
        .. Problems(numbers),
        .. Surveys(numbers),
        .. Went(numbers),
        .. IsEmpty(numbers) ? (CardElement[])[new TextBlock("Nothing has come up to you in this time. People say what they think with feedback; you ask them with survey.") { Separator = true }] : [],
        new ActionSet
        {
            Separator = true,
            Actions =
            [
                .. numbers.Themes.Count > 0 ? (CardButton[])[Button("insights.themes", "Themes")] : [],
                .. Others(numbers),
            ],
        },
    ]);

    /// <summary>Which words recur, how often, and a few of the sentences.</summary>
    public static AdaptiveCard Themes(InsightNumbers numbers) => Card(numbers, "What people write about",
    [
        .. numbers.Themes.Count == 0
            ? (CardElement[])[new TextBlock($"No word recurs: a theme is a word that at least {ThemeRules.FewestComments} wrote.")]
            : ChartParts.Bars("Comments with the word", [.. numbers.Themes.Take(MostThemes).Select(theme => new Bar(CardText.Literal(theme.Word), theme.Comments))], count => count.ToString("0", CultureInfo.InvariantCulture), areLying: true),
        .. numbers.Themes.Take(MostThemes).SelectMany(theme => Theme(theme, numbers)),
        CardParts.Faint("Only people who allowed it are quoted, and nobody is named."),
        new ActionSet { Actions = [Button("insights.numbers", "Numbers"), .. Others(numbers)] },
    ]);

    public static AdaptiveCard Moved() => new() { Body = [CardParts.Faint("This was counted again, further down.")], FallbackText = "What came up to you" };

    /// <summary>A part of the time, for people.</summary>
    public static string Name(InsightNumbers numbers, int part) => numbers.Starts[part].ToString(numbers.Span == InsightSpanKind.Year ? "MMM yy" : "d MMM", CultureInfo.InvariantCulture);

    private static AdaptiveCard Card(InsightNumbers numbers, string title, IReadOnlyList<CardElement> body) => new()
    {
        Body =
        [
            CardParts.Heading(title),
            CardParts.Faint($"The last {(numbers.Span == InsightSpanKind.Year ? "12 months" : "13 weeks")}, counted {Zones.Read(numbers.CountedAt, numbers.Zone)}. Only you see it."),
            .. body,
        ],
        FallbackText = title,
    };

    private static IEnumerable<CardElement> Came(InsightNumbers numbers)
    {
        var kinds = numbers.Came.Select(kind => (Kind: kind.Key, Count: kind.Value.Sum())).Where(kind => kind.Count > 0).OrderBy(kind => kind.Kind).ToList();
        if (kinds.Count == 0)
        {
            return [];
        }
        return
        [
            .. ChartParts.Bars(
                numbers.Span == InsightSpanKind.Year ? "Feedback by month" : "Feedback by week, from Monday",
                [.. numbers.Starts.Select((_, part) => new Bar(Name(numbers, part), numbers.Came.Values.Sum(counts => counts[part])))],
                count => count.ToString("0", CultureInfo.InvariantCulture),
                areLying: true), // Beside each other, so many dates are cut off on a phone.
            CardParts.Line("In all", string.Join(", ", kinds.Select(kind => string.Create(CultureInfo.InvariantCulture, $"{FeedbackText.Word(kind.Kind).ToLowerInvariant()} {kind.Count}")))),
            .. numbers.Answerable == 0 ? (CardElement[])[] : [CardParts.Line("Answered", string.Create(CultureInfo.InvariantCulture, $"{numbers.Answered} of {numbers.Answerable} that ask for an answer"))],
        ];
    }

    private static IEnumerable<CardElement> Problems(InsightNumbers numbers) =>
    [
        .. numbers.Overdue == 0 ? (CardElement[])[] : [CardParts.Attention(numbers.Overdue == 1 ? "1 answer is overdue. Type register overdue." : string.Create(CultureInfo.InvariantCulture, $"{numbers.Overdue} answers are overdue. Type register overdue."))],
        .. numbers.OpenProblems.Sum() == 0
            ? []
            : ChartParts.Bars("Open problems by age", [.. InsightRules.Ages.Select((age, index) => new Bar(age.Name, numbers.OpenProblems[index]))], count => count.ToString("0", CultureInfo.InvariantCulture), areLying: true),
    ];

    private static IEnumerable<CardElement> Surveys(InsightNumbers numbers)
    {
        var shown = numbers.Surveys.Where(survey => survey.Answers is not null).Take(MostSurveys).ToList();
        var few = numbers.Surveys.Count(survey => survey.Answers is null);
        return
        [
            .. shown.Count == 0 ? [] : ChartParts.Bars("Who answered your surveys", [.. shown.Select(survey => new Bar(CardText.Literal(CardParts.Shorten(survey.Title, 40)), Share(survey)))], share => $"{share:0} %", areLying: true),
            .. few == 0 ? (CardElement[])[] : [CardParts.Faint(few == 1 ? "Too few answered 1 survey." : string.Create(CultureInfo.InvariantCulture, $"Too few answered {few} surveys."))],
        ];
    }

    private static IReadOnlyList<CardElement> Went(InsightNumbers numbers)
    {
        var all = numbers.Went.Aggregate(Counts.None, (sum, counts) => sum + counts);
        return all.Total == 0
            ? []
            :
            [
                .. ChartParts.Bars(
                    "Went well for those you led",
                    [.. numbers.Went.Select((counts, part) => (counts, part)).Where(known => known.counts.Total > 0).Select(known => new Bar(Name(numbers, known.part), 100.0 * known.counts.Well / known.counts.Total))],
                    share => $"{share:0} %",
                    areLying: true),
                CardParts.Line("How it went", string.Create(CultureInfo.InvariantCulture, $"well {all.Well}, so-so {all.SoSo}, badly {all.Badly}")),
            ];
    }

    private static IEnumerable<CardElement> Theme(Theme theme, InsightNumbers numbers)
    {
        var newest = theme.Parts.TakeLast(Newest).Sum();
        return
        [
            new RichTextBlock
            {
                Separator = true,
                Inlines =
                [
                    CardText.Run(theme.Word) with { Weight = "bolder" },
                    new TextRun(string.Create(CultureInfo.InvariantCulture, $" · {newest} in the last {Newest} {(numbers.Span == InsightSpanKind.Year ? "months" : "weeks")}, {theme.Comments - newest} before")) { Size = "small", IsSubtle = true },
                ],
            },
            .. theme.Quotes.Select(quote => new RichTextBlock { Spacing = "none", Inlines = [CardText.Run($"“{quote}”")] }),
        ];
    }

    /// <summary>What else there is, on either card.</summary>
    private static IReadOnlyList<CardButton> Others(InsightNumbers numbers) =>
    [
        numbers.Span == InsightSpanKind.Year
            ? new SubmitAction("insights.ask") { Title = "13 weeks" }
            : new SubmitAction("insights.ask", new Dictionary<string, string> { ["span"] = "year" }) { Title = "12 months" },
        Button("insights.export", "Download CSV"),
    ];

    private static bool IsEmpty(InsightNumbers numbers) => numbers is { Overdue: 0, Surveys.Count: 0 } && numbers.Went.All(counts => counts.Total == 0) && numbers.OpenProblems.Sum() == 0 && numbers.Came.Values.Sum(counts => counts.Sum()) == 0;

    private static ExecuteAction Button(string verb, string title) => new(verb, new Dictionary<string, string>()) { Title = title };

    private static double Share(SurveyRate survey) => 100.0 * survey.Answers!.Value / survey.Asked;
}

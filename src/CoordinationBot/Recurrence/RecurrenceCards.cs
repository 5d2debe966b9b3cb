using CoordinationBot.Delegations;
using CoordinationBot.Dialogs;
using CoordinationBot.Protocol.Cards;

namespace CoordinationBot.Recurrences;

/// <summary>The card of a series, and the list of somebody's.</summary>
internal static class RecurrenceCards
{
    public const int HistoryLength = 5;
    public const int PageLength = 10;

    public static AdaptiveCard For(SeriesView view)
    {
        var series = view.Series;
        List<CardElement> body =
        [
            .. view.Refusal is { } refusal ? (CardElement[])[CardParts.Attention(refusal)] : [],
            .. view.News.Count > 0 ? (CardElement[])[CardParts.News(view.News)] : [],
            new RichTextBlock { Inlines = [new TextRun(CardText.Literal(series.Terms.Title)) { Size = "large", Weight = "bolder" }] },
            CardParts.Faint($"{series.Id} · recurring · {series.Terms.Type.ToString().ToLowerInvariant()}"),
            Other(view),
            CardParts.Line("Comes", RecurrenceRules.Describe(series)),
            .. RecurrenceRules.DescribeHolidays(series) is { Length: > 0 } holidays ? (CardElement[])[CardParts.Faint(holidays)] : [],
            CardParts.Line("Next", Next(series, view.Next, view.Zone)),
            .. series.LeftOut.Count > 0 ? (CardElement[])[CardParts.Line("Left out", string.Join(", ", series.LeftOut.Select(Zones.Read)))] : [],
            // What was not sent, and under which clause of a mandate, is between the leader and the bot.
            .. (view.Role == Role.Leader ? view.History : []).Select((entry, index) => CardParts.Faint($"{Zones.Read(entry.At, view.Zone)} · {entry.Who.Name}: {entry.What}{(entry.Clause is null ? "" : $" · {entry.Clause}")}") with { Separator = index == 0 ? true : null }),
            .. Controls(view),
        ];
        return new AdaptiveCard { Body = body, FallbackText = CardText.Literal(view.News.Count > 0 ? $"{view.News[0]} {series.Terms.Title}" : $"{series.Id} {series.Terms.Title}") };
    }

    /// <summary>What somebody gives and gets again and again.</summary>
    /// <param name="series">A page, with the next date and the role of who looks.</param>
    /// <param name="zone">Theirs.</param>
    /// <param name="next">Where the next page begins; null: there is nothing more.</param>
    public static AdaptiveCard List(IReadOnlyList<(Series Series, Role Role, DateOnly? Next)> series, string zone, string? next) => new()
    {
        Body =
        [
            CardParts.Heading("Recurring"),
            .. series.Count == 0 ? (CardElement[])[new TextBlock("Nothing of yours recurs. Try: delegate \"Weekly figures\" to Alex every Monday 5pm")] : [],
            .. series.Select(entry => Item(entry.Series, entry.Role, entry.Next, zone)),
            .. next is null ? (CardElement[])[] : [new ActionSet { Actions = [new ExecuteAction("series.list", new Dictionary<string, string> { ["after"] = next }) { Title = "More" }] }],
        ],
        FallbackText = "Recurring",
    };

    /// <summary>What remains of a card that came again further down.</summary>
    public static AdaptiveCard Moved(Series series) => new()
    {
        Body = [CardParts.Faint($"{series.Id} {series.Terms.Title} · continued further down")],
        FallbackText = $"{series.Id} continues further down",
    };

    private static ColumnSet Item(Series series, Role role, DateOnly? next, string zone) => new()
    {
        Separator = true,
        Columns =
        [
            new Column
            {
                Width = "stretch",
                Items =
                [
                    new RichTextBlock { Inlines = [CardText.Run(series.Terms.Title) with { Weight = "bolder" }] },
                    new RichTextBlock { Spacing = "none", Inlines = [CardText.Run($"{series.Id} · {(role == Role.Leader ? $"to {series.Assignee.Name}" : $"from {series.Leader.Name}")} · {RecurrenceRules.Describe(series)}") with { Size = "small" }] },
                    new RichTextBlock { Spacing = "none", Inlines = [new TextRun($"next: {Next(series, next, zone)}") { Size = "small", IsSubtle = true }] },
                ],
            },
            new Column
            {
                Width = "auto",
                VerticalContentAlignment = "center",
                Items = [new ActionSet { Actions = [new SubmitAction("series.bring", new Dictionary<string, string> { ["id"] = series.Id }) { Title = "Open" }] }],
            },
        ],
    };

    private static RichTextBlock Other(SeriesView view) =>
        view.Role == Role.Leader ? CardParts.Line("Assigned to", view.Series.Assignee.Name) : CardParts.Line("From", view.Series.Leader.Name);

    private static string Next(Series series, DateOnly? next, string zone) =>
        series.IsEnded ? "it has ended, nothing more comes" : next is { } date ? $"due {Zones.Read(RecurrenceRules.DueAt(series, date), zone)}" : "nothing more comes";

    private static IEnumerable<CardElement> Controls(SeriesView view)
    {
        if (view.Series.IsEnded || view.Role != Role.Leader)
        {
            return [];
        }
        return view.Ending
            ?
            [
                new TextBlock("End it? Nothing more of it comes. What is out already stays.") { Weight = "bolder", Separator = true },
                new ActionSet { Actions = [Button(view, "end", "Yes, end it") with { Style = "destructive" }, Button(view, "view", "Go on with it")] },
            ]
            : [new ActionSet { Separator = true, Actions = [.. view.Next is null ? (CardButton[])[] : [Button(view, "leave-out", "Leave out the next one")], Button(view, "end-ask", "End it…")] }];
    }

    /// <summary>With the date that is meant: a press that comes late leaves out no other.</summary>
    private static ExecuteAction Button(SeriesView view, string what, string title)
    {
        var data = new Dictionary<string, string> { ["id"] = view.Series.Id };
        if (what == "leave-out")
        {
            data["date"] = $"{view.Next:yyyy-MM-dd}";
        }
        return new ExecuteAction($"series.{what}", data) { Title = title };
    }
}

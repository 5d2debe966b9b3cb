using System.Globalization;
using CoordinationBot.Dialogs;
using CoordinationBot.Protocol.Cards;

namespace CoordinationBot.Surveys;

/// <summary>Somebody's surveys: those that wait for their answer, and those they ask.</summary>
internal static class ListCards
{
    public static AdaptiveCard For(IReadOnlyList<SurveyView> owed, IReadOnlyList<SurveyView> own) => new()
    {
        Body =
        [
            CardParts.Heading("Surveys"),
            .. owed.Count + own.Count == 0 ? (CardElement[])[new TextBlock("None waits for you, and you ask none. Try: survey")] : [],
            .. Part("For you to answer", owed, view => $"answer by {Zones.Read(view.Terms.ClosesAt, view.Zone)}"),
            .. Part("Yours", own, How),
        ],
        FallbackText = "Surveys",
    };

    private static IEnumerable<CardElement> Part(string heading, IReadOnlyList<SurveyView> views, Func<SurveyView, string> how) =>
        views.Count == 0 ? [] : [new TextBlock(heading) { IsSubtle = true, Separator = true, Spacing = "medium" }, .. views.Select(view => Item(view, how(view)))];

    private static ColumnSet Item(SurveyView view, string how) => new()
    {
        Separator = true,
        Columns =
        [
            new Column
            {
                Width = "stretch",
                Items =
                [
                    new RichTextBlock { Inlines = [CardText.Run(view.Terms.Title) with { Weight = "bolder" }] },
                    new RichTextBlock { Spacing = "none", Inlines = [CardText.Run($"{view.Id} · {how}") with { Size = "small", IsSubtle = true }] },
                ],
            },
            new Column
            {
                Width = "auto",
                VerticalContentAlignment = "center",
                Items = [new ActionSet { Actions = [new SubmitAction("survey.bring", new Dictionary<string, string> { ["id"] = view.Id }) { Title = "Open" }] }],
            },
        ],
    };

    private static string How(SurveyView view) => view.Phase switch
    {
        SurveyPhase.Preview => "not opened yet",
        SurveyPhase.Waiting => $"opens {Zones.Read(view.Terms.OpensAt, view.Zone)}",
        SurveyPhase.Open => string.Create(CultureInfo.InvariantCulture, $"{view.Answers ?? 0} of {view.Terms.Asked} answered, closes {Zones.Read(view.Terms.ClosesAt, view.Zone)}"),
        SurveyPhase.Closing => "being counted",
        SurveyPhase.Closed => "closed",
        SurveyPhase.Dropped => "taken back",
    };
}

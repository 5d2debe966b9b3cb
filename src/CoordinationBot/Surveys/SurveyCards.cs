using System.Globalization;
using CoordinationBot.Dialogs;
using CoordinationBot.Protocol.Cards;

namespace CoordinationBot.Surveys;

/// <summary>The card of a survey: what it shows depends on how it stands and who looks.</summary>
internal static class SurveyCards
{
    public static AdaptiveCard For(SurveyView view)
    {
        var card = Card(view, Body(view));
        // Far more was filled in than fits: the sentence on the card says it.
        return CardParts.Fits(card) ? card : Card(view, Body(view with { Filled = _ => null }));
    }

    /// <summary>What remains of a card that came again further down.</summary>
    public static AdaptiveCard Moved(Survey survey) => new()
    {
        Body = [CardParts.Faint($"{survey.Id} {survey.Terms.Title} · continued further down")],
        FallbackText = $"{survey.Id} continues further down",
    };

    /// <summary>What stands on every card of a survey, then this.</summary>
    public static AdaptiveCard Card(SurveyView view, IEnumerable<CardElement> body) => new()
    {
        Body =
        [
            .. view.Refusal is { } refusal ? (CardElement[])[CardParts.Attention(refusal)] : [],
            .. view.News.Count > 0 ? (CardElement[])[CardParts.News(view.News)] : [],
            new RichTextBlock { Inlines = [CardText.Run(view.Terms.Title) with { Size = "large", Weight = "bolder" }] },
            CardParts.Faint($"{view.Id} · survey{(view.Terms.IsAnonymous ? " · anonymous" : " · named")}{(view.Terms.Round > 1 ? string.Create(CultureInfo.InvariantCulture, $" · round {view.Terms.Round}") : "")} · from {view.Owner.Name}"),
            .. body,
        ],
        FallbackText = CardText.Literal(view.News.Count > 0 ? $"{view.News[0]} {view.Terms.Title}" : $"{view.Id} {view.Terms.Title}"),
    };

    public static ExecuteAction Button(string id, string what, string title, params IReadOnlyList<(string Key, string Value)> data)
    {
        var values = new Dictionary<string, string> { ["id"] = id };
        foreach (var (key, value) in data)
        {
            values[key] = value;
        }
        return new ExecuteAction($"survey.{what}", values) { Title = title };
    }

    private static IEnumerable<CardElement> Body(SurveyView view) => view.Phase switch
    {
        SurveyPhase.Preview => Preview(view),
        SurveyPhase.Waiting =>
        [
            CardParts.Line("Opens", Zones.Read(view.Terms.OpensAt, view.Zone)),
            CardParts.Line("Closes", Zones.Read(view.Terms.ClosesAt, view.Zone)),
            CardParts.Line("Asked", SurveyText.People(view.Terms.Asked)),
            .. view.MayRun ? (CardElement[])[Buttons(Button(view.Id, "close", "Do not open it"))] : [],
        ],
        SurveyPhase.Open => [.. Asked(view), .. view.MayRun ? Running(view) : []],
        SurveyPhase.Closing => [CardParts.Paragraph("It is closed. The answers are being counted.")],
        SurveyPhase.Closed => view.MayRun ? ResultCards.Of(view) : [CardParts.Paragraph("It is closed. Thank you to everybody who answered.")],
        SurveyPhase.Dropped => [CardParts.Paragraph("It was taken back before anybody was asked.")],
    };

    private static IEnumerable<CardElement> Preview(SurveyView view) =>
    [
        new TextBlock("This is what people will see. Nobody has been asked yet.") { Weight = "bolder" },
        .. view.Terms.Questions.SelectMany((question, index) => Question(view, question, index)),
        CardParts.Faint(SurveyText.Promise(view.Terms, view.Owner.Name)),
        new TextBlock("What you decide") { Weight = "bolder", Separator = true, Spacing = "medium" },
        CardParts.Line("Asked", $"{(view.Terms.IsForEveryone ? "everybody I know, " : view.Terms.Group is { } group ? $"everybody in {group.Name}, " : "")}{SurveyText.People(view.Terms.Asked)}"),
        CardParts.Line("Opens", view.Terms.OpensAt <= view.Now ? "as soon as you say so" : Zones.Read(view.Terms.OpensAt, view.Zone)),
        CardParts.Line("Closes", Zones.Read(view.Terms.ClosesAt, view.Zone)),
        CardParts.Line("Fewest answers", view.Terms.Minimum.ToString(CultureInfo.InvariantCulture)),
        CardParts.Line("Comes", SurveyText.Often(view.Terms.Repeats)),
        CardParts.Faint("From then on nothing of it can be changed."),
        Buttons(Button(view.Id, "open", "Open it") with { Style = "positive" }, Button(view.Id, "close", "Discard")),
    ];

    private static IEnumerable<CardElement> Asked(SurveyView view) =>
        !view.IsAsked ? []
        : view is { HasAnswered: true, Terms.IsAnonymous: true } ? [CardParts.Paragraph("Thank you. Your answer is in. It stands apart from your name, so nobody can find or change it any more, not even you.")]
        :
        [
            .. view.HasAnswered ? (CardElement[])[CardParts.Paragraph("Thank you. Your answer is in; you can change it until the close.")]
                : view.Own is { IsDraft: true } ? (CardElement[])[CardParts.Paragraph("Kept for you. It is not given yet.")]
                : [],
            .. view.Terms.Questions.SelectMany((question, index) => Question(view, question, index)),
            CardParts.Line("Answer by", Zones.Read(view.Terms.ClosesAt, view.Zone)),
            CardParts.Faint(SurveyText.Promise(view.Terms, view.Owner.Name)),
            Buttons(
                [
                    Button(view.Id, "answer", view.HasAnswered ? "Change my answer" : "Answer", Shown(view)) with { Style = "positive" },
                    .. view.Terms.IsAnonymous || view.HasAnswered ? (ExecuteAction[])[] : [Button(view.Id, "save", "Keep for later", Shown(view))],
                ]),
        ];

    /// <summary>Nothing of an anonymous answer: it stands, and nobody could say which it was.</summary>
    private static (string, string)[] Shown(SurveyView view) => view.Terms.IsAnonymous ? [] : [(LastAnswer.Name, (view.Own?.Edition ?? 0).ToString(CultureInfo.InvariantCulture))];

    private static IEnumerable<CardElement> Running(SurveyView view) =>
    [
        .. view.Answers is { } answers ? (CardElement[])[CardParts.Line("Answers so far", string.Create(CultureInfo.InvariantCulture, $"{answers} of {view.Terms.Asked}"))] : [],
        CardParts.Line("Closes", Zones.Read(view.Terms.ClosesAt, view.Zone)),
        CardParts.Faint($"Results come once, after the close{(view.Terms.IsAnonymous ? ", so that nobody can subtract two views from each other" : "")}."),
        Buttons(Button(view.Id, "close", "Close now")),
    ];

    private static IEnumerable<CardElement> Question(SurveyView view, SurveyQuestion question, int index)
    {
        var (id, label) = (AnswerRules.Input(index), string.Create(CultureInfo.InvariantCulture, $"{index + 1}. {CardText.Literal(question.Text)}"));
        var value = view.Filled(id) ?? view.Own?.Answers.ElementAtOrDefault(index);
        return question.Kind == QuestionKind.Text
            ? [new TextInput { Id = id, Label = label, IsMultiline = true, MaxLength = SurveyLimits.Text, Value = CardParts.Fitting(value, SurveyLimits.Text) }]
            :
            [
                new ChoiceSetInput
                {
                    Id = id,
                    Label = label,
                    Style = question.Kind == QuestionKind.Recommend ? "compact" : "expanded",
                    IsMultiSelect = question.Kind == QuestionKind.Several ? true : null,
                    Wrap = true,
                    Placeholder = question.Kind == QuestionKind.Recommend ? "0 (no) to 10 (surely)" : null,
                    Choices = [.. AnswerRules.Values(question).Select((words, number) => new Choice(Title(question, words), Value(question, number)))],
                    Value = value is { Length: <= 100 } ? value : null,
                },
            ];
    }

    private static string Title(SurveyQuestion question, string words) => question.Kind != QuestionKind.Scale ? CardText.Literal(words)
        : words == "1" ? "1 (lowest)"
        : words == "5" ? "5 (highest)"
        : words;

    private static string Value(SurveyQuestion question, int number) => (question.Kind == QuestionKind.Recommend ? number : number + 1).ToString(CultureInfo.InvariantCulture);

    private static ActionSet Buttons(params IReadOnlyList<ExecuteAction> buttons) => new() { Actions = buttons };
}

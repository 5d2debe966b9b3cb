using CoordinationBot.Dialogs;
using CoordinationBot.People;
using CoordinationBot.Protocol.Cards;

namespace CoordinationBot.Feedbacks;

/// <summary>Lists of feedback, and who answers for what.</summary>
internal static class RegisterCards
{
    public const int PageLength = 10;

    /// <param name="page">A page.</param>
    /// <param name="filter">What it shows.</param>
    /// <param name="whose">For whom the viewer stands in; null: their own.</param>
    /// <param name="absent">For whom they could.</param>
    /// <param name="zone">Of the viewer.</param>
    /// <param name="now">When.</param>
    public static AdaptiveCard For(RegisterPage page, RegisterFilter filter, Person? whose, IReadOnlyList<Person> absent, string zone, DateTimeOffset now)
    {
        var data = new Dictionary<string, string>(filter.Data) { ["whose"] = whose?.ObjectId ?? "" };
        return new AdaptiveCard
        {
            Body =
            [
                CardParts.Heading("Register"),
                .. whose is null ? (CardElement[])[] : [CardParts.Line("For", whose.Name)],
                CardParts.Faint($"What is {filter.Words}, the oldest first."),
                .. page.Entries.Count == 0 ? (CardElement[])[new TextBlock("Nothing is here.")] : [],
                .. page.Entries.Select(entry => Item(entry, zone, now)),
                .. page.Next is { } next ? (CardElement[])[new ActionSet { Actions = [new ExecuteAction("register.page", new Dictionary<string, string>(data) { ["after"] = next }) { Title = "More" }] }] : [],
                new ChoiceSetInput { Id = "filter-state", Label = "Show what is", Style = "compact", Value = filter.Data["state"], Choices = [.. RegisterFilter.States.Select(state => new Choice(state, state))], Separator = true },
                new TextInput { Id = "filter-word", Label = "With a word in it", Value = filter.Word, Placeholder = "printer" },
                new ActionSet
                {
                    Actions =
                    [
                        new ExecuteAction("register.page", new Dictionary<string, string> { ["whose"] = whose?.ObjectId ?? "" }) { Title = "Show" },
                        .. absent.Where(person => person.ObjectId != whose?.ObjectId).Take(3).Select(person => new ExecuteAction("register.page", new Dictionary<string, string> { ["whose"] = person.ObjectId }) { Title = CardText.Literal($"For {CardParts.Shorten(person.Name, 18)}") }),
                    ],
                },
            ],
            FallbackText = "Register",
        };
    }

    /// <summary>What somebody sent with their name.</summary>
    public static AdaptiveCard Mine(IReadOnlyList<Feedback> given) => new()
    {
        Body =
        [
            CardParts.Heading("My feedback"),
            .. given.Count == 0 ? (CardElement[])[new TextBlock("You have sent nothing with your name. Type feedback to say what you think.")] : [],
            .. given.Select(feedback => Item(feedback.Id, feedback.Text, $"{feedback.Id} · {FeedbackText.Word(feedback.Kind).ToLowerInvariant()} · {FeedbackText.Word(feedback.State)}, answered by {feedback.Owner.Name}", null, false)),
            CardParts.Faint("What you sent anonymously is not here: only its own card leads to it."),
        ],
        FallbackText = "My feedback",
    };

    /// <summary>Letters have come.</summary>
    public static AdaptiveCard Came(IReadOnlyList<string> sentences) => new()
    {
        Body = [CardParts.News(sentences), new ActionSet { Actions = [new SubmitAction("register.open") { Title = "Open my register" }] }],
        FallbackText = "Your register",
    };

    public static AdaptiveCard Moved() => new() { Body = [CardParts.Faint("There is newer word of your register further down.")], FallbackText = "Your register" };

    /// <summary>Who answers for what.</summary>
    public static AdaptiveCard Registers(IReadOnlyList<Register> registers, bool isAdministrator, string? news = null) => new()
    {
        Body =
        [
            .. news is null ? (CardElement[])[] : [CardParts.News([news])],
            CardParts.Heading("Who answers feedback"),
            new TextBlock("About a delegation its leader answers, about a meeting its organiser. Everything else goes to whoever is named here."),
            .. registers.Select(register => CardParts.Line(register.Name.Length == 0 ? "Everything else" : CardText.Literal(register.Name), register.Owner.Name)),
            .. registers.Any(register => register.Name.Length == 0) ? (CardElement[])[] : [CardParts.Line("Everything else", "the administrators")],
            CardParts.Faint(isAdministrator ? "Type registers add Facilities: Alex, registers general: Alex, or registers remove Facilities." : "An administrator can change this."),
        ],
        FallbackText = "Who answers feedback",
    };

    private static ColumnSet Item(FeedbackEntry entry, string zone, DateTimeOffset now)
    {
        return Item(
            entry.Id,
            entry.Text,
            string.Join(" · ", ((string[])[entry.Id, FeedbackText.Word(entry.Kind).ToLowerInvariant(), FeedbackText.Word(entry.State), Zones.Read(entry.Day), entry.IsAnonymous ? "anonymous" : "", entry.Subject]).Where(word => word.Length > 0)),
            entry is { IsAnswered: false, AnswerDue: { } due } ? $"answer due {Zones.Read(due, zone)}" : null,
            entry.IsOverdue(now));
    }

    private static ColumnSet Item(string id, string text, string facts, string? due, bool isOverdue) => new()
    {
        Separator = true,
        Columns =
        [
            new Column
            {
                Width = "stretch",
                Items =
                [
                    new RichTextBlock { Inlines = [CardText.Run(CardParts.Shorten(text, 160)) with { Weight = "bolder" }] },
                    new RichTextBlock { Spacing = "none", Inlines = [CardText.Run(facts) with { Size = "small" }] },
                    .. due is null ? (CardElement[])[] :
                    [
                        new RichTextBlock
                        {
                            Spacing = "none",
                            Inlines = [new TextRun(due) { Size = "small", IsSubtle = true }, .. isOverdue ? (TextRun[])[new TextRun(" · overdue") { Size = "small", Weight = "bolder", Color = "attention" }] : []],
                        },
                    ],
                ],
            },
            new Column
            {
                Width = "auto",
                VerticalContentAlignment = "center",
                Items = [new ActionSet { Actions = [new SubmitAction("feedback.bring", new Dictionary<string, string> { ["id"] = id }) { Title = "Open" }] }],
            },
        ],
    };
}

using System.Globalization;
using CoordinationBot.Authority;
using CoordinationBot.Dialogs;
using CoordinationBot.Protocol.Cards;
using NodaTime.Extensions;

namespace CoordinationBot.Delegations;

/// <summary>Declaring an act: which one, and then what belongs to it.</summary>
internal static class ActCards
{
    private const int MostTasks = 20;
    private const int MostExpanded = 6;
    private const int LongestChoice = 60;

    /// <summary>Acts within bounds that a person chooses among.</summary>
    public static ShowCardAction Panel(Delegation delegation) => DelegationCards.Panel(
        "Declare…",
        [
            new ChoiceSetInput
            {
                Id = "change",
                Label = "What do you do, or want to do?",
                Style = "compact",
                Value = nameof(ActKind.Spend),
                Choices = [.. Choices(delegation), .. delegation.State == DelegationState.WaitingForApproval ? (Choice[])[] : [new Choice("Ask to move the deadline", nameof(ChangeKind.MoveDeadline)), new Choice("Ask for another budget", nameof(ChangeKind.Budget))]],
            },
        ],
        DelegationCards.Button(delegation, "declare-ask", "Go on"));

    /// <summary>Opens a form of its own.</summary>
    public const string HandOn = "HandOn";

    private static readonly Choice[] All =
    [
        new("Spend money", nameof(ActKind.Spend)),
        new("Plan spending in several steps", nameof(ActKind.Plan)),
        new("Involve somebody", nameof(ActKind.Involve)),
        new("Promise something to somebody outside", nameof(ActKind.Commit)),
        new("Hand it on to somebody else", HandOn),
    ];

    private static readonly Choice[] BeforeTheChoice = [.. All.Where(choice => choice.Value != nameof(ActKind.Commit))];

    /// <summary>Nobody is shown a promise to make while nothing is chosen yet.</summary>
    public static IReadOnlyList<Choice> Choices(Delegation delegation) => delegation.Terms.Type == AuthorizationType.Uncertain ? BeforeTheChoice : All;

    /// <summary>The inputs of one act, on the card of the delegation.</summary>
    public static IEnumerable<CardElement> Declare(DelegationView view, ActKind kind) =>
    [
        new TextBlock(kind switch
        {
            ActKind.Spend => "Spend money",
            ActKind.Plan => "Plan spending in several steps",
            ActKind.Involve => "Involve somebody",
            ActKind.Commit => "Promise something to somebody outside",
        }) { Weight = "bolder", Separator = true, Spacing = "medium" },
        .. Inputs(view, kind),
        DelegationCards.Words(view, ActInputs.Because, "Why? Whoever must approve reads this."),
        new ActionSet
        {
            Actions =
            [
                DelegationCards.Button(
                    view.Delegation, "declare", kind == ActKind.Plan ? "Plan it" : "Declare", "positive", ("kind", kind.ToString()), (ActInputs.Key, view.Delegation.Revision.ToString(CultureInfo.InvariantCulture))),
                DelegationCards.Button(view.Delegation, "view", "Never mind"),
            ],
        },
    ];

    /// <summary>Which of several open tasks a typed act belongs to. The button carries the whole act: nothing is typed twice.</summary>
    public static AdaptiveCard Which(IReadOnlyDictionary<string, string> act, string said, IReadOnlyList<IndexEntry> tasks) => new()
    {
        Body =
        [
            CardParts.Heading("Which task does this belong to?"),
            CardParts.Paragraph($"“{CardParts.Shorten(said, DelegationLimits.StepText)}”"),
            new ChoiceSetInput
            {
                Id = "id",
                Label = "Task",
                Style = tasks.Count > MostExpanded ? "compact" : "expanded",
                Wrap = true,
                Choices = [.. tasks.Take(MostTasks).Select(task => new Choice(CardText.Literal($"{CardParts.Shorten(task.Title, LongestChoice)} ({task.Id}, from {task.Leader.Name})"), task.Id))],
            },
            .. tasks.Count > MostTasks ? (CardElement[])[CardParts.Faint("For another one, type it again with “on D-…” at the end.")] : [],
            new ActionSet { Actions = [new ExecuteAction("delegation.declare-here", new Dictionary<string, string>(act)) { Title = "This one", Style = "positive" }] },
        ],
        FallbackText = "Which task does this belong to?",
    };

    private static IEnumerable<CardElement> Inputs(DelegationView view, ActKind kind) => kind switch
    {
        ActKind.Spend =>
        [
            Amount(view, "How much?"),
            DelegationCards.Words(view, ActInputs.What, "On what?", null, DelegationLimits.Title),
        ],
        ActKind.Plan =>
        [
            Amount(view, "Up to how much in all?"),
            DelegationCards.Words(view, ActInputs.What, "For what?", null, DelegationLimits.Title),
            Until(view, "Until when?", null),
        ],
        ActKind.Involve => [Person(view)],
        ActKind.Commit =>
        [
            DelegationCards.Words(view, ActInputs.To, "To whom outside?", null, DelegationLimits.Title),
            DelegationCards.Words(view, ActInputs.What, "What do you promise?", null, DelegationLimits.StepText),
        ],
    };

    public static TextInput Amount(DelegationView view, string label, Money? value = null) =>
        DelegationCards.Words(view, ActInputs.Amount, label, "1,200 EUR", ActInputs.LongestAmount, value is null ? null : TypedMoney.ForInput(value.Amount, value.Currency));

    public static ColumnSet Until(DelegationView view, string label, DateTimeOffset? value)
    {
        var local = value?.ToInstant().InZone(Zones.Find(view.Zone));
        return CardParts.Moment(
            $"{ActInputs.Until}.date",
            $"{ActInputs.Until}.time",
            label,
            view.Zone,
            view.Typed.Text($"{ActInputs.Until}.date") ?? local?.Date.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture),
            view.Typed.Text($"{ActInputs.Until}.time") ?? local?.TimeOfDay.ToString("HH:mm", CultureInfo.InvariantCulture));
    }

    private static ChoiceSetInput Person(DelegationView view) => view.Options.Count > 0
        ? new() { Id = ActInputs.Person, Label = "Whom?", Style = "expanded", Wrap = true, Choices = [.. view.Options.Select(option => new Choice(CardText.Literal(PersonsReader.Title(option)), option.ObjectId))] }
        : new() { Id = ActInputs.Person, Label = "Whom?", Placeholder = "Type a name", ChoicesData = DataQuery.People };
}

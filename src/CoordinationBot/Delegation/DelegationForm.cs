using System.Globalization;
using CoordinationBot.Authority;
using CoordinationBot.Dialogs;

namespace CoordinationBot.Delegations;

/// <summary>What a delegation is made of, declared once for the card and for typing.</summary>
internal static class DelegationForm
{
    public static readonly Field Title = new("title", FieldKind.Text, "What is to be done", "What is to be done? One line is enough.")
    {
        Needed = "Please write what is to be done.",
        LongestText = DelegationLimits.Title,
        Hint = "Prepare the budget table",
    };

    public static readonly Field Assignee = new("assignee", FieldKind.People, "Assigned to", "Who is to do it?")
    {
        Needed = "Please pick who does it.",
        Hint = "Type a name",
        Check = (draft, context) => OfferRules.CheckAssignee(context.ObjectId, draft.Values["assignee"], context.BotObjectId),
    };

    public static readonly Field Type = new("type", FieldKind.Choice, "Authorization", "Which authorization do you give: deterministic, flexible or uncertain?")
    {
        Needed = "Please choose one: nobody should have to guess what they may decide.",
        Choices =
        [
            new(nameof(AuthorizationType.Deterministic), "Deterministic", "do exactly these steps, in this order"),
            new(nameof(AuthorizationType.Flexible), "Flexible", "choose the means freely, within bounds"),
            new(nameof(AuthorizationType.Uncertain), "Uncertain", "look into it and come back with options, commit to nothing"),
        ],
    };

    public static readonly Field Due = new("due", FieldKind.Date, "Due", "When is it due? For example: fri 5pm, in 3 days, 2026-12-01 14:30.")
    {
        Needed = "Please pick the day it is due.",
        Check = (draft, context) => OfferRules.CheckDue(DueOf(draft, context), context.Now),
    };

    public static readonly Field Steps = new("steps", FieldKind.List, "Step", "Which steps, in which order? Separate them with semicolons; add (a note) or (a link) to a step that needs evidence.")
    {
        Needed = "Please write at least one step.",
        ReadBackLabel = "Steps",
        LongestText = DelegationLimits.StepText,
        MostLines = DelegationLimits.Steps,
        Hint = "Evidence",
        Choices = [new(nameof(Evidence.None), "none", ""), new(nameof(Evidence.Note), "a note", ""), new(nameof(Evidence.Link), "a link", "")],
        // Also while no type is chosen: whoever wants exact steps fills in one card and not two.
        Applies = draft => !draft.Values.ContainsKey(Type.Id) || TypeOf(draft) == AuthorizationType.Deterministic,
        Check = (draft, _) => OfferRules.CheckSteps(StepsOf(draft)),
    };

    public static readonly Field Outcome = new("outcome", FieldKind.Text, "Outcome", "What must have come of it in the end?")
    {
        Needed = "Please write the outcome you want.",
        LongestText = DelegationLimits.Words,
        IsLong = true,
        Hint = "What must have come of it in the end",
        Applies = Is(AuthorizationType.Flexible),
    };

    public static readonly Field Question = new("question", FieldKind.Text, "Question", "Which question is to be looked into?")
    {
        Needed = "Please write the question.",
        LongestText = DelegationLimits.Words,
        IsLong = true,
        Hint = "Which supplier should we choose, and why?",
        Applies = Is(AuthorizationType.Uncertain),
    };

    public static readonly Field Budget = new("budget", FieldKind.Money, "Budget", "How much may be spent? An amount with its currency, or none.")
    {
        Needed = "Please give an amount, or leave it empty.",
        Optional = true,
        WhenEmpty = "none",
        Applies = Is(AuthorizationType.Flexible),
    };

    public static readonly Field Exploration = new("exploration", FieldKind.Money, "Budget for exploring", "How much may be spent on looking into it? An amount with its currency, or none.")
    {
        Needed = "Please give an amount, or leave it empty.",
        Optional = true,
        WhenEmpty = "none",
        Applies = Is(AuthorizationType.Uncertain),
    };

    public static readonly Field Involve = new("involve", FieldKind.Choice, "Who may be involved", "Who may be involved: anyone, named people, or nobody else?")
    {
        Needed = "Please choose who may be involved.",
        Choices = [new(nameof(Involvement.Anyone), "Anyone", ""), new(nameof(Involvement.Named), "Named people", ""), new(nameof(Involvement.Nobody), "Nobody else", "")],
        Applies = Is(AuthorizationType.Flexible),
    };

    public static readonly Field People = new("people", FieldKind.Persons, "Named people", "Who are they? Separate names with commas.")
    {
        Needed = "Please name who may be involved.",
        Applies = draft => Is(AuthorizationType.Flexible)(draft) && draft.Values.GetValueOrDefault("involve") == nameof(Involvement.Named),
        Check = (draft, context) => OfferRules.CheckNamed(PeopleOf(draft, "people"), context.ObjectId, draft.Values.GetValueOrDefault("assignee")),
    };

    public static readonly Field Consult = new("consult", FieldKind.Persons, "To be consulted", "Who must be consulted? Separate names with commas, or none.")
    {
        Needed = "Please name who must be consulted, or leave it empty.",
        Optional = true,
        WhenEmpty = "nobody in particular",
        Applies = Is(AuthorizationType.Uncertain),
        Check = (draft, context) => OfferRules.CheckNamed(PeopleOf(draft, "consult"), context.ObjectId, draft.Values.GetValueOrDefault("assignee")),
    };

    public static readonly Field Outside = new("outside", FieldKind.Toggle, "Promises to people outside", "May something be promised to people outside the company?")
    {
        Needed = "Please say yes or no.",
        Hint = "May be made without asking",
        Applies = Is(AuthorizationType.Flexible),
    };

    public static readonly Field Depth = new("depth", FieldKind.Number, "Levels it may be handed on", "How many levels deep may it be handed on? 0 means not at all.")
    {
        Needed = "Please give a number, or leave it empty.",
        Optional = true,
        WhenEmpty = "it is not handed on",
        Largest = DelegationLimits.Depth,
        Applies = draft => draft.Values.ContainsKey(Type.Id) && TypeOf(draft) != AuthorizationType.Deterministic,
    };

    public static readonly Field MustNot = new("must-not", FieldKind.Text, "Must not", "What must not be done? One thing a line, or none.")
    {
        Needed = "Please write it, or leave it empty.",
        LongestText = DelegationLimits.MustNot * DelegationLimits.StepText,
        IsLong = true,
        Optional = true,
        Hint = "One thing a line",
        Applies = Is(AuthorizationType.Flexible),
        Check = (draft, _) => OfferRules.CheckMustNot(LinesOf(draft)),
    };

    public static readonly Field Confidential = new("confidential", FieldKind.Toggle, "Confidential", "Is it confidential? Then nobody but those in it can see that it exists.")
    {
        Needed = "Please say yes or no.",
        Hint = "Only those in it see that it exists",
        Applies = draft => draft.Values.ContainsKey(Type.Id) && TypeOf(draft) != AuthorizationType.Deterministic,
    };

    public static readonly Field Objective = new("objective", FieldKind.Text, "Objective", "Which larger aim does it serve? Type none when it stands for itself.")
    {
        Needed = "Please write the aim, or leave it empty.",
        LongestText = DelegationLimits.Objective,
        Optional = true,
        IsExtra = true,
        Hint = "The larger aim that it serves",
    };

    public static readonly Field Matter = new("matter", FieldKind.Choice, "Matter", "Which matter is it about? Policies and mandates speak of these.")
    {
        Needed = "Please choose a matter, or none.",
        Optional = true,
        IsExtra = true,
        // Without any, nothing depends on it.
        Applies = draft => draft.Offered.ContainsKey("matter") && draft.Values.ContainsKey(Type.Id) && TypeOf(draft) != AuthorizationType.Deterministic,
    };

    public static readonly Field Silence = new("silence", FieldKind.Choice, "If an answer is missing", "What if an answer is missing?")
    {
        Needed = "Please choose one.",
        IsExtra = true,
        Preselected = nameof(OnSilence.Escalate),
        Choices =
        [
            new(nameof(OnSilence.Escalate), "Remind, then ask somebody else", ""),
            new(nameof(OnSilence.Remind), "Only remind", ""),
            new(nameof(OnSilence.Hold), "Wait", ""),
            new(nameof(OnSilence.Approve), "My silence approves after two working days", ""),
        ],
    };

    public static readonly Form Form = new(
        "delegation",
        "Delegate something",
        [Title, Assignee, Type, Due, Steps, Outcome, Question, Budget, Exploration, Involve, People, Consult, Outside, Depth, MustNot, Confidential, Matter, Objective, Silence, RepeatFields.Repeats, RepeatFields.Holiday, RepeatFields.Until]);

    /// <summary>What was understood of a typed sentence, still to be resolved and checked: the name and the date as typed.</summary>
    public static Reading Prefill(Draft draft, DelegateSentence sentence)
    {
        // What does not fit is said, like everything else that was typed and is not taken.
        var problems = new Dictionary<string, string>(StringComparer.Ordinal);
        if (sentence.Title is { } title)
        {
            if (DelegationLimits.Check(title, "what is to be done", DelegationLimits.Title) is { } tooLong)
            {
                problems[Title.Id] = tooLong;
            }
            else
            {
                draft = draft.With(Title, title);
            }
        }
        if (sentence.Steps.Count > 0)
        {
            if (OfferRules.CheckSteps([.. sentence.Steps.Select(step => new Step(step.Text, step.Evidence))]) is { } tooMuch)
            {
                problems[Steps.Id] = tooMuch;
            }
            else
            {
                draft = draft.With(Steps, Draft.LinesValue(sentence.Steps.Select(step => new ListLine(step.Text, step.Evidence.ToString()))));
            }
        }
        if (sentence.Repeats is { } repeats)
        {
            draft = draft.With(RepeatFields.Repeats, repeats.ToString());
        }
        // Beside the type, which is always asked.
        string?[] beside =
        [
            sentence.Rest.Count > 0 ? $"You also wrote “{CardParts.Shorten(string.Join(", ", sentence.Rest), DelegationLimits.Title)}”. I did not use it." : null,
            sentence.SuggestedType is { } type ? $"You wrote “{sentence.SuggestedBy}”, which suggests {type.ToString().ToLowerInvariant()}. You decide:" : null,
        ];
        return new Reading(
            beside.Any(line => line is not null) ? draft with { Suggested = draft.Suggested.SetItem(Type.Id, string.Join(' ', beside.OfType<string>())) } : draft,
            problems);
    }

    /// <summary>A new draft with the matters of which policies and mandates speak. What is handed on has its parent's, so it is not asked.</summary>
    public static Draft With(Draft draft, IReadOnlyList<string> matters) =>
        matters.Count == 0 || draft.About is not null ? draft : draft with { Offered = draft.Offered.SetItem(Matter.Id, [.. matters.Take(DelegationLimits.Matters)]) };

    public static Terms TermsOf(Draft draft, DialogContext context) =>
        new(1, draft.Values[Title.Id], TypeOf(draft), DueOf(draft, context), StepsOf(draft))
        {
            Aim = draft.Values.GetValueOrDefault(Outcome.Id) ?? draft.Values.GetValueOrDefault(Question.Id),
            Objective = draft.Values.GetValueOrDefault(Objective.Id),
            Bounds = BoundsOf(draft),
            Silence = draft.Values.GetValueOrDefault(Silence.Id) is { } chosen ? Delegations.Silence.Of(Enum.Parse<OnSilence>(chosen)) : null,
        };

    private static Bounds? BoundsOf(Draft draft) => TypeOf(draft) switch
    {
        AuthorizationType.Deterministic => null,
        AuthorizationType.Flexible => new Bounds
        {
            Budget = MoneyOf(draft, Budget.Id),
            Involvement = Enum.Parse<Involvement>(draft.Values[Involve.Id]),
            People = PeopleOf(draft, People.Id),
            OutsideCommitments = IsYes(draft, Outside.Id),
            Depth = NumberOf(draft, Depth.Id),
            MustNot = LinesOf(draft),
            IsConfidential = IsYes(draft, Confidential.Id),
            Matter = MatterOf(draft),
        },
        AuthorizationType.Uncertain => new Bounds
        {
            Budget = MoneyOf(draft, Exploration.Id),
            Involvement = Involvement.Named,
            People = PeopleOf(draft, Consult.Id),
            Depth = NumberOf(draft, Depth.Id),
            IsConfidential = IsYes(draft, Confidential.Id),
            Matter = MatterOf(draft),
        },
    };

    private static string? MatterOf(Draft draft) => NumberOf(draft, Matter.Id) is var number and > 0 ? draft.Offered[Matter.Id][number - 1] : null;

    private static Func<Draft, bool> Is(AuthorizationType type) => draft => draft.Values.GetValueOrDefault("type") == type.ToString();

    private static Money? MoneyOf(Draft draft, string field) => draft.Values.GetValueOrDefault(field) is { } canonical && TypedMoney.FromCanonical(canonical) is var (amount, currency) ? new Money(amount, currency) : null;

    private static IReadOnlyList<Party> PeopleOf(Draft draft, string field) => [.. draft.Persons(field).Select(person => new Party(person.ObjectId, person.Title))];

    private static string[] LinesOf(Draft draft) =>
        draft.Values.GetValueOrDefault("must-not")?.ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    private static int NumberOf(Draft draft, string field) => draft.Values.GetValueOrDefault(field) is { } number ? int.Parse(number, CultureInfo.InvariantCulture) : 0;

    private static bool IsYes(Draft draft, string field) => draft.Values.GetValueOrDefault(field) == "true";

    private static AuthorizationType TypeOf(Draft draft) => Enum.Parse<AuthorizationType>(draft.Values[Type.Id]);

    private static IReadOnlyList<Step> StepsOf(Draft draft) => [.. draft.Lines(Steps.Id).Select(line => new Step(line.Text, Enum.Parse<Evidence>(line.Choice)))];

    private static Due DueOf(Draft draft, DialogContext context) =>
        new(DateTimeOffset.Parse(draft.Values[Due.Id], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal), context.Zone);
}

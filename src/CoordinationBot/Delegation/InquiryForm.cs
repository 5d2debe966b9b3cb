using System.Globalization;
using CoordinationBot.Authority;
using CoordinationBot.Dialogs;

namespace CoordinationBot.Delegations;

/// <summary>What a chosen option becomes, declared once for the card and for typing: the type of the authorization, and its terms.</summary>
internal static class InquiryForm
{
    private static readonly Field Title = DelegationForm.Title;

    /// <summary>Never chosen beforehand: nobody should have to guess what they may decide.</summary>
    public static readonly Field Type = DelegationForm.Type with
    {
        Question = "Which authorization do you give for it: deterministic or flexible?",
        Choices =
        [
            new(nameof(AuthorizationType.Deterministic), "Deterministic", "do exactly these steps, in this order"),
            new(nameof(AuthorizationType.Flexible), "Flexible", "choose the means freely, within bounds"),
        ],
        Check = (_, _) => null,
    };

    private static readonly Field Due = DelegationForm.Due;

    private static readonly Field Steps = DelegationForm.Steps with { Applies = draft => Is(draft, AuthorizationType.Deterministic) };

    private static readonly Field Outcome = Flexible(new("outcome", FieldKind.Text, "Outcome", "What outcome do you want?")
    {
        Needed = "Please write the outcome you want.",
        IsLong = true,
        LongestText = DelegationLimits.Words,
    });

    private static readonly Field Budget = Flexible(new("budget", FieldKind.Money, "Budget in all", "What may be spent in all? For example 5,000 EUR, or none.")
    {
        Needed = "Please write the budget.",
        Optional = true,
        WhenEmpty = "none",
        LargestAmount = Money.Most,
    });

    private static readonly Field Involvement = Flexible(new("involvement", FieldKind.Choice, "Others", "Who else may be involved: nobody, named or anybody?")
    {
        Needed = "Please choose who else may be involved.",
        Choices =
        [
            new(nameof(Delegations.Involvement.Nobody), "Nobody", "they do it alone"),
            new(nameof(Delegations.Involvement.Named), "Named", "only the people you name"),
            new(nameof(Delegations.Involvement.Anyone), "Anybody", "whoever can help"),
        ],
    });

    private static readonly Field People = Flexible(new("people", FieldKind.Persons, "Named", "Who may be involved? Separate the names with commas.")
    {
        Needed = "Please name who may be involved.",
        Applies = draft => draft.Values.GetValueOrDefault("involvement") == nameof(Delegations.Involvement.Named),
    });

    private static readonly Field Outside = Flexible(new("outside", FieldKind.Toggle, "Promises to people outside", "May they promise something to people outside? Yes or no.")
    {
        Needed = "Please say whether they may promise something to people outside.",
        Hint = "They may make some",
    });

    private static readonly Field Depth = Flexible(new("depth", FieldKind.Number, "Handed on", "How many levels deep may it be handed on? 0 is not at all.")
    {
        Needed = "Please write how deep it may be handed on.",
        Optional = true,
        WhenEmpty = "not handed on",
        Largest = DelegationLimits.Depth,
    });

    private static readonly Field MustNot = Flexible(new("must-not", FieldKind.Text, "Must not", "What must not be done? One line each, or none.")
    {
        Needed = "Please write what must not be done.",
        Optional = true,
        IsLong = true,
        WhenEmpty = "nothing named",
        LongestText = DelegationLimits.MustNot * DelegationLimits.StepText,
        Check = (draft, context) => OfferRules.CheckBounds(Bounds.None with { MustNot = LinesOf(draft) }, context.ObjectId, ""),
    });

    public static readonly Form Form = new("inquiry", "Choose an option", [Title, Type, Due, Steps, Outcome, Budget, Involvement, People, Outside, Depth, MustNot])
    {
        ReviewHeading = "Please check before you choose",
    };

    /// <summary>A draft of the choice, with what the option says already in it; the type is not.</summary>
    public static Draft Begin(Draft draft, Delegation delegation, Option option)
    {
        draft = (draft with
        {
            // So that a draft that is gone still says what it was about.
            Id = $"{draft.Id}.{delegation.Id}",
            About = new DraftSubject(string.Create(CultureInfo.InvariantCulture, $"{delegation.Id}|{option.Id}|{delegation.Round}"), $"{delegation.Id}, {option.Name}: {option.Title}", delegation.Terms.Version),
        }).With(Title, option.Title);
        var spent = delegation.Dealings.Taken;
        if (option.Cost is { } cost && cost.Amount + spent is > 0 and <= Money.Most && (delegation.Currency ?? cost.Currency) == cost.Currency)
        {
            draft = draft.With(Budget, TypedMoney.Canonical(cost.Amount + spent, cost.Currency));
        }
        return delegation.Terms.Limits.MustNot is { Count: > 0 } lines ? draft.With(MustNot, string.Join('\n', lines)) : draft;
    }

    /// <summary>The delegation a draft is about, when there is one.</summary>
    public static string DelegationIn(string draftId) => draftId[(draftId.LastIndexOf('.') + 1)..];

    /// <summary>What the leader saw when choosing began.</summary>
    public static (string Id, string Option, int Version, int Round) Subject(Draft draft)
    {
        var parts = draft.About!.Key.Split('|');
        return (parts[0], parts[1], draft.About.Version, int.Parse(parts[2], CultureInfo.InvariantCulture));
    }

    public static string Sentence(Draft draft, DialogContext context) => $"{BoundsText.Sentence(TermsOf(draft, context))} It has to be accepted anew.";

    public static Terms TermsOf(Draft draft, DialogContext context)
    {
        var type = Enum.Parse<AuthorizationType>(draft.Values[Type.Id]);
        var terms = new Terms(0, draft.Values[Title.Id], type, new Due(DateTimeOffset.Parse(draft.Values[Due.Id], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal), context.Zone), []);
        return type == AuthorizationType.Deterministic
            ? terms with { Steps = [.. draft.Lines(Steps.Id).Select(line => new Step(line.Text, Enum.Parse<Evidence>(line.Choice)))] }
            : terms with
            {
                Aim = draft.Values[Outcome.Id],
                Bounds = new Bounds
                {
                    Budget = draft.Values.TryGetValue(Budget.Id, out var budget) && TypedMoney.FromCanonical(budget) is var (amount, currency) ? new Money(amount, currency) : null,
                    Involvement = Enum.Parse<Involvement>(draft.Values[Involvement.Id]),
                    People = [.. draft.Persons(People.Id).Select(person => new Party(person.ObjectId, person.Title))],
                    OutsideCommitments = draft.Values[Outside.Id] == "true",
                    Depth = draft.Values.TryGetValue(Depth.Id, out var depth) ? int.Parse(depth, CultureInfo.InvariantCulture) : 0,
                    MustNot = LinesOf(draft),
                },
            };
    }

    private static string[] LinesOf(Draft draft) =>
        draft.Values.TryGetValue("must-not", out var text) ? text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) : [];

    private static Field Flexible(Field field)
    {
        var applies = field.Applies;
        return field with { Applies = draft => Is(draft, AuthorizationType.Flexible) && applies(draft) };
    }

    private static bool Is(Draft draft, AuthorizationType type) => draft.Values.GetValueOrDefault("type") == type.ToString();
}

using System.Globalization;
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
        Check = (draft, _) => TypeOf(draft) == AuthorizationType.Deterministic ? null : $"{TypeOf(draft)} delegations come soon. For now, choose deterministic and list the steps.",
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
        Check = (draft, _) => OfferRules.CheckSteps(StepsOf(draft)),
    };

    public static readonly Form Form = new("delegation", "Delegate something", [Title, Assignee, Type, Due, Steps]);

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

    public static Terms TermsOf(Draft draft, DialogContext context) =>
        new(1, draft.Values[Title.Id], TypeOf(draft), DueOf(draft, context), StepsOf(draft));

    private static AuthorizationType TypeOf(Draft draft) => Enum.Parse<AuthorizationType>(draft.Values[Type.Id]);

    private static IReadOnlyList<Step> StepsOf(Draft draft) => [.. draft.Lines(Steps.Id).Select(line => new Step(line.Text, Enum.Parse<Evidence>(line.Choice)))];

    private static Due DueOf(Draft draft, DialogContext context) =>
        new(DateTimeOffset.Parse(draft.Values[Due.Id], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal), context.Zone);
}

using System.Globalization;
using CoordinationBot.Authority;
using CoordinationBot.Dialogs;

namespace CoordinationBot.Delegations;

/// <summary>What a chosen option becomes: the fields of a delegation that the choice leaves open. Who does it is known, and who may know of it stays.</summary>
internal static class InquiryForm
{
    /// <summary>Never chosen beforehand: nobody should have to guess what they may decide.</summary>
    public static readonly Field Type = DelegationForm.Type with
    {
        Question = "Which authorization do you give for it: deterministic or flexible?",
        Choices = [.. DelegationForm.Type.Choices.Where(choice => choice.Value != nameof(AuthorizationType.Uncertain))],
    };

    /// <summary>With what was spent on exploring: money is counted over the whole delegation.</summary>
    private static readonly Field Budget = DelegationForm.Budget with { Label = "Budget in all" };

    public static readonly Form Form = new(
        "inquiry",
        "Choose an option",
        [DelegationForm.Title, Type, DelegationForm.Due, DelegationForm.Steps, DelegationForm.Outcome, Budget, DelegationForm.Involve, DelegationForm.People, DelegationForm.Outside, DelegationForm.Depth, DelegationForm.MustNot])
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
        }).With(DelegationForm.Title, option.Title);
        var spent = delegation.Dealings.Taken;
        if (option.Cost is { } cost && cost.Amount + spent is > 0 and <= Money.Most && (delegation.Currency ?? cost.Currency) == cost.Currency)
        {
            draft = draft.With(Budget, TypedMoney.Canonical(cost.Amount + spent, cost.Currency));
        }
        return delegation.Terms.Limits.MustNot is { Count: > 0 } lines ? draft.With(DelegationForm.MustNot, string.Join('\n', lines)) : draft;
    }

    /// <summary>The delegation a draft is about, when there is one.</summary>
    public static string DelegationIn(string draftId) => draftId[(draftId.LastIndexOf('.') + 1)..];

    /// <summary>What the leader saw when choosing began.</summary>
    public static (string Id, string Option, int Version, int Round) Subject(Draft draft)
    {
        var parts = draft.About!.Key.Split('|');
        return (parts[0], parts[1], draft.About.Version, int.Parse(parts[2], CultureInfo.InvariantCulture));
    }

    public static string Sentence(Draft draft, DialogContext context) => $"{BoundsText.Sentence(DelegationForm.TermsOf(draft, context))} It has to be accepted anew.";
}

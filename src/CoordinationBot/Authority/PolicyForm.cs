using CoordinationBot.Dialogs;

namespace CoordinationBot.Authority;

/// <summary>What a policy is made of.</summary>
internal static class PolicyForm
{
    private const string Approval = "Approval";
    private const string Forbidden = "Forbidden";

    public static readonly Field Subject = new("subject", FieldKind.Choice, "About", "What is the policy about: spending, outside commitments or handing work on?")
    {
        Needed = "Please choose what the policy is about.",
        Choices =
        [
            new(nameof(PolicySubject.Spending), "Spending", "more than an amount in one act"),
            new(nameof(PolicySubject.OutsideCommitment), "Outside commitments", "promising something to somebody outside"),
            new(nameof(PolicySubject.SubDelegation), "Handing work on", "sub-delegating what somebody was given"),
        ],
    };

    public static readonly Field Over = new("over", FieldKind.Money, "More than", "From which amount on? For example 500 EUR; 0 EUR for all spending.")
    {
        Needed = "Please write the amount; 0 EUR means all spending.",
        AllowsZero = true,
        Hint = "500 EUR",
        Applies = draft => draft.Values.GetValueOrDefault(Subject.Id) == nameof(PolicySubject.Spending),
    };

    public static readonly Field Words = new("words", FieldKind.Text, "The words", "How does the policy read? People see these words when it stops them.")
    {
        Needed = "Please write the policy in a sentence: people see it when it stops them.",
        LongestText = 300,
        IsLong = true,
        Hint = "Purchases above 500 EUR are approved by the head of finance.",
    };

    public static readonly Field Matter = new("matter", FieldKind.Text, "Only in the matter", "Only in one matter, for example personnel? Type none for all.")
    {
        Needed = "",
        Optional = true,
        WhenEmpty = "all matters",
        LongestText = AuthorityRules.LongestMatter,
        Hint = "personnel",
    };

    public static readonly Field Rule = new("rule", FieldKind.Choice, "Then", "Then what: does somebody approve it, or is it forbidden?")
    {
        Needed = "Please choose whether somebody approves it or nobody.",
        Choices = [new(Approval, "Approval", "somebody must approve it"), new(Forbidden, "Forbidden", "nobody can approve it")],
    };

    public static readonly Field Approver = new("approver", FieldKind.People, "Approved by", "Who approves it?")
    {
        Needed = "Please pick who approves it.",
        Hint = "Type a name",
        Applies = draft => draft.Values.GetValueOrDefault(Rule.Id) == Approval,
        Check = (draft, context) => draft.Values["approver"] == context.BotObjectId ? "I approve nothing: I am only the secretary. Please choose a person." : null,
    };

    public static readonly Form Form = new("policy", "Add a policy that holds for everybody", [Subject, Over, Words, Matter, Rule, Approver]) { ReviewHeading = "Please check before it holds" };

    /// <summary>Without an id: that is given when it is added.</summary>
    public static Policy PolicyOf(Draft draft) => new(
        "",
        Enum.Parse<PolicySubject>(draft.Values[Subject.Id]),
        draft.Values[Words.Id].ReplaceLineEndings(" "),
        draft.Values.TryGetValue(Over.Id, out var over) ? Money.FromCanonical(over) : null,
        draft.Values.GetValueOrDefault(Matter.Id)?.ReplaceLineEndings(" "),
        draft.Values.TryGetValue(Approver.Id, out var approver) ? new Party(approver, draft.Shown.GetValueOrDefault(Approver.Id, approver)) : null);
}

using CoordinationBot.Dialogs;
using CoordinationBot.Protocol.Cards;

namespace CoordinationBot.Delegations;

/// <summary>The card of somebody who is consulted: the question, the options, what they said themselves, and nothing else.</summary>
internal static class ConsultedCards
{
    private const string About = "option";

    /// <summary>Both choices of a client that sends nothing for an empty one.</summary>
    public const string AboutAll = "all";

    public static IEnumerable<CardElement> All(DelegationView view)
    {
        var delegation = view.Delegation;
        yield return new RichTextBlock { Inlines = [new TextRun(CardText.Literal(delegation.Terms.Title)) { Size = "large", Weight = "bolder" }] };
        yield return CardParts.Faint($"{delegation.Id} · {delegation.Assignee.Name} looks into this for {delegation.Leader.Name}, and you are consulted.");
        foreach (var element in Asked(view))
        {
            yield return element;
        }
    }

    /// <summary>On the card of somebody who is asked to approve something, too.</summary>
    public static IEnumerable<CardElement> Besides(DelegationView view) => view.Delegation.Consulted.Any(person => person.ObjectId == view.ViewerId) ? Asked(view) : [];

    private static IEnumerable<CardElement> Asked(DelegationView view)
    {
        var (delegation, inquiry) = (view.Delegation, InquiryRules.Of(view.Delegation));
        yield return CardParts.Line("Question", inquiry.Question ?? delegation.Terms.Aim ?? "");
        yield return CardParts.Line("Now", IsAsked(view) ? InquiryText.Standing(delegation, Role.Consulted)! : inquiry.Find(inquiry.Chosen) is { } chosen ? $"{delegation.Leader.Name} chose {chosen.Name}." : "It has ended. Nothing more is asked of you.");
        foreach (var element in OptionCards.All(view, Seen(view), _ => []).Concat(Controls(view)))
        {
            yield return element;
        }
    }

    /// <summary>What they can do: say what they think, as long as nothing is chosen.</summary>
    private static IEnumerable<CardElement> Controls(DelegationView view)
    {
        var delegation = view.Delegation;
        if (!IsAsked(view))
        {
            return [];
        }
        return
        [
            new ActionSet
            {
                Actions =
                [
                    DelegationCards.Panel(
                        "Comment…",
                        [
                            new ChoiceSetInput
                            {
                                Id = About,
                                Label = "On what?",
                                Style = "compact",
                                Wrap = true,
                                Choices = [new Choice("on the question and all options", AboutAll), .. InquiryRules.Of(delegation).Options.Select(option => new Choice(CardText.Literal($"on {option.Name}: {CardParts.Shorten(option.Title, 60)}"), option.Id))],
                                Value = view.Typed.Text(About) ?? AboutAll,
                            },
                            DelegationCards.Words(view, "comment", "What do you think?", null, DelegationLimits.CommentText),
                        ],
                        DelegationCards.Button(delegation, "comment", "Send comment", "positive")),
                ],
            },
        ];
    }

    /// <summary>The comments a viewer sees: those who only advise see their own, so that each says what they think themselves.</summary>
    public static IReadOnlyList<Comment> Seen(DelegationView view) =>
        [.. InquiryRules.Of(view.Delegation).Comments.Where(comment => view.Role is Role.Leader or Role.Assignee || comment.By.ObjectId == view.ViewerId)];

    private static bool IsAsked(DelegationView view) =>
        view.Delegation is { IsOpen: true, Terms.Type: AuthorizationType.Uncertain } && view.Delegation.Consulted.Any(person => person.ObjectId == view.ViewerId);
}

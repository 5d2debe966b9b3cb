using CoordinationBot.Dialogs;
using CoordinationBot.Protocol.Cards;

namespace CoordinationBot.Delegations;

/// <summary>An uncertain delegation on the cards of its leader and its assignee. No button here commits, decides or completes but the leader's choice.</summary>
internal static class InquiryCards
{
    private const int LongestAmount = 60;

    public static IEnumerable<CardElement> Body(DelegationView view)
    {
        var (delegation, inquiry) = (view.Delegation, InquiryRules.Of(view.Delegation));
        var bounds = delegation.Terms.Limits;
        if (delegation.IsOpen)
        {
            yield return new TextBlock(BoundsText.Sentence(delegation.Terms)) { Weight = "bolder", Separator = true, Spacing = "medium" };
        }
        yield return CardParts.Line("Question", delegation.Terms.Aim ?? delegation.Terms.Title);
        foreach (var line in bounds.MustNot)
        {
            yield return BoundsCards.MustNot(CardParts.Shorten(line, view.Room));
        }
        if (bounds.People.Count > 0)
        {
            var missing = InquiryRules.Missing(delegation);
            yield return CardParts.Line("To be consulted", string.Join(", ", bounds.People.Select(person =>
                $"{person.Name} ({(inquiry.Without.Contains(person.ObjectId) ? "goes on without" : delegation.Consulted.Count > 0 && !missing.Contains(person) ? "has commented" : "not yet")})")));
        }
        if (inquiry.Report is { } report)
        {
            yield return CardParts.Line("Report", CardParts.Shorten(report, view.Room));
        }
        if (delegation.Consulted.Count > 0 || delegation.BackBrief is not null || inquiry.Added > 0)
        {
            foreach (var element in OptionCards.All(view, inquiry.Comments, option => Below(view, option)))
            {
                yield return element;
            }
        }
    }

    /// <summary>The options alone, for whoever asks to compare them.</summary>
    public static AdaptiveCard Comparison(DelegationView view)
    {
        var (delegation, inquiry) = (view.Delegation, InquiryRules.Of(view.Delegation));
        var card = Draw(view);
        return CardParts.Fits(card) ? card : Draw(view with { Room = 60 });

        AdaptiveCard Draw(DelegationView drawn) => new()
        {
            Body =
            [
                CardParts.Heading($"Options of {delegation.Id}"),
                CardParts.Paragraph(delegation.Terms.Title),
                CardParts.Line("Question", inquiry.Question ?? delegation.Terms.Aim ?? ""),
                .. inquiry.Find(inquiry.Chosen) is { } chosen ? (CardElement[])[CardParts.Line("Chosen", chosen.Name)] : [],
                .. OptionCards.All(drawn, ConsultedCards.Seen(drawn), option => view.Role == Role.Leader ? Below(drawn, option) : []),
            ],
            FallbackText = $"Options of {delegation.Id}",
        };
    }

    public static IEnumerable<CardElement> Assignee(DelegationView view)
    {
        var (delegation, options) = (view.Delegation, InquiryRules.Of(view.Delegation).Options);
        if (options.FirstOrDefault(option => option.Id == view.Reworking) is { } reworked)
        {
            return
            [
                new TextBlock($"Rework {reworked.Name}") { Weight = "bolder", Separator = true },
                .. Inputs(view, reworked),
                new ActionSet { Actions = [DelegationCards.Button(delegation, "option-rework", "Save it", "positive", ("option", reworked.Id)), DelegationCards.Button(delegation, "view", "Never mind")] },
            ];
        }
        return
        [
            new ActionSet
            {
                Actions =
                [
                    .. options.Count > 0 ? (CardButton[])[DelegationCards.Button(delegation, "propose", CardText.Literal($"Propose to {delegation.Leader.Name}"), "positive")] : [],
                    .. options.Count < DelegationLimits.Options ? (CardButton[])[DelegationCards.Panel("Add an option…", Inputs(view, null), DelegationCards.Button(delegation, "option-add", "Add it", "positive"))] : [],
                    DelegationCards.Panel("Report…", [DelegationCards.Words(view, "report", $"How does it go? {delegation.Leader.Name} will read this.")], DelegationCards.Button(delegation, "report", "Send report")),
                    AssigneeCards.Ask(view),
                ],
            },
            new ActionSet
            {
                Spacing = "small",
                Actions =
                [
                    ActCards.Panel(delegation),
                    .. delegation.Terms.Limits.Depth > 0 ? (CardButton[])[DelegationCards.Button(delegation, "hand-on", "Hand on…")] : [],
                    LeaderCards.History(delegation),
                ],
            },
        ];
    }

    public static IEnumerable<CardButton> Leader(DelegationView view)
    {
        var delegation = view.Delegation;
        if (delegation.State == DelegationState.Offered)
        {
            yield break;
        }
        if (delegation.State == DelegationState.HandedIn)
        {
            yield return DelegationCards.Panel("Ask for more…", [DelegationCards.Words(view, "missing", "What is missing?")], DelegationCards.Button(delegation, "ask-more", "Ask for it"));
        }
        else if (InquiryRules.Missing(delegation) is { Count: > 0 } missing)
        {
            yield return DelegationCards.Panel(
                "Go on without…",
                [
                    new ChoiceSetInput
                    {
                        Id = "person",
                        Label = "Without whose comment may it be proposed?",
                        Style = "compact",
                        Wrap = true,
                        Choices = [.. missing.Select(person => new Choice(CardText.Literal(person.Name), person.ObjectId))],
                    },
                ],
                DelegationCards.Button(delegation, "go-on-without", "Go on without them"));
        }
        yield return DelegationCards.Panel(
            "Close…",
            [DelegationCards.Words(view, "reason", $"Why do you close it? {delegation.Assignee.Name} will read this.")],
            DelegationCards.Button(delegation, "close", "Close it without a choice"));
    }

    /// <summary>What remains of the form when a choice was sent.</summary>
    public static AdaptiveCard Sent(Delegation delegation, Option option) => new()
    {
        Body =
        [
            CardParts.Paragraph($"{delegation.Id}: you chose {option.Name}, “{option.Title}”."),
            CardParts.Faint($"It goes on as {delegation.Terms.Type.ToString().ToLowerInvariant()}, version {delegation.Terms.Version}, as soon as {delegation.Assignee.Name} accepts it."),
        ],
        FallbackText = $"{delegation.Id}: an option is chosen",
    };

    private static IReadOnlyList<CardButton> Below(DelegationView view, Option option)
    {
        var delegation = view.Delegation;
        return view.Role switch
        {
            Role.Leader when delegation.State == DelegationState.HandedIn =>
                [DelegationCards.Button(delegation, "option-choose", $"Choose {option.Id[1..]}", "positive", ("option", option.Id))],
            Role.Assignee when view.Reworking is null && delegation.State is DelegationState.Accepted or DelegationState.InProgress or DelegationState.Returned && view.Changing is null =>
            [
                DelegationCards.Button(delegation, "option-rework-ask", $"Rework {option.Id[1..]}", null, ("option", option.Id)),
                DelegationCards.Button(delegation, "option-remove", $"Remove {option.Id[1..]}", null, ("option", option.Id)),
            ],
            Role.Leader or Role.Assignee or Role.Approver or Role.Consulted => [],
        };
    }

    private static IReadOnlyList<CardElement> Inputs(DelegationView view, Option? option) =>
    [
        DelegationCards.Words(view, "title", "The option in a line", null, DelegationLimits.Title, option?.Title) with { IsMultiline = null },
        DelegationCards.Words(view, "benefits", "Its benefits", null, DelegationLimits.OptionText, option?.Benefits),
        DelegationCards.Words(view, "drawbacks", "Its drawbacks", null, DelegationLimits.OptionText, option?.Drawbacks),
        DelegationCards.Words(view, "cost", "What it costs (if you know)", "1,200 EUR", LongestAmount, option?.Cost is { } cost ? TypedMoney.ForInput(cost.Amount, cost.Currency) : null),
        DelegationCards.Words(view, "risk", "Its risk", null, DelegationLimits.OptionText, option?.Risk),
    ];
}

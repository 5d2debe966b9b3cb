using System.Globalization;
using CoordinationBot.Protocol.Cards;

namespace CoordinationBot.Delegations;

/// <summary>What an assignee can do on the card now.</summary>
internal static class AssigneeCards
{
    private static readonly Choice[] ChangesOfOpenSteps =
    [
        new("Skip a step", nameof(ChangeKind.Skip)),
        new("Swap two steps", nameof(ChangeKind.Swap)),
        new("Reword a step", nameof(ChangeKind.Reword)),
    ];

    private static readonly Choice[] ChangesOfSteps =
    [
        new("Add a step", nameof(ChangeKind.Add)),
        new("Move the deadline", nameof(ChangeKind.MoveDeadline)),
    ];

    public static IEnumerable<CardElement> Controls(DelegationView view)
    {
        if (view.Changing is { } kind)
        {
            return Change(view, kind);
        }
        if (view.Declaring is { } act)
        {
            return ActCards.Declare(view, act);
        }
        return [.. ApprovalCards.Waiting(view), .. Now(view)];
    }

    private static IEnumerable<CardElement> Now(DelegationView view)
    {
        var delegation = view.Delegation;
        return delegation.State switch
        {
            DelegationState.Offered => Offer(view),
            DelegationState.Accepted or DelegationState.InProgress or DelegationState.Returned => delegation.Terms.Type switch
            {
                AuthorizationType.Deterministic => Work(view),
                AuthorizationType.Flexible => FreeWork(view),
                AuthorizationType.Uncertain => InquiryCards.Assignee(view),
            },
            DelegationState.WaitingForApproval =>
            [
                new ActionSet
                {
                    Actions =
                    [
                        DelegationCards.Button(delegation, "change-withdraw", "Withdraw the request", null, ("request", delegation.Request!.Id)),
                        .. delegation.Terms.Type == AuthorizationType.Deterministic ? (CardButton[])[] : [ActCards.Panel(delegation)],
                        Ask(view),
                        LeaderCards.History(delegation),
                    ],
                },
            ],
            DelegationState.HandedIn => [new ActionSet { Actions = [Ask(view), LeaderCards.History(view.Delegation)] }],
            DelegationState.Requested or DelegationState.Done or DelegationState.Declined or DelegationState.Revoked or DelegationState.Expired => [new ActionSet { Actions = [LeaderCards.History(view.Delegation)] }],
        };
    }

    private static IEnumerable<CardElement> Offer(DelegationView view)
    {
        var delegation = view.Delegation;
        yield return DelegationCards.Words(view, "brief", "In your own words: what will you do?", "I will … by …, so that …");
        yield return new ActionSet
        {
            Actions =
            [
                DelegationCards.Button(delegation, "accept", delegation.Terms.Version == 1 ? "Accept" : $"Accept version {delegation.Terms.Version}", "positive"),
                Ask(view),
                DelegationCards.Panel("Decline…", [DelegationCards.Words(view, "reason", $"Why? {delegation.Leader.Name} will read this.")], DelegationCards.Button(delegation, "decline", "Decline")),
            ],
        };
    }

    private static IEnumerable<CardElement> Work(DelegationView view)
    {
        var delegation = view.Delegation;
        List<CardButton> buttons = [];
        if (delegation.AllStepsComplete)
        {
            yield return DelegationCards.Words(view, "result", "A word on the result (if you like)");
            buttons.Add(DelegationCards.Button(delegation, "hand-in", "Hand in", "positive"));
        }
        else
        {
            var step = delegation.Terms.Steps[delegation.NextStep - 1];
            switch (step.Evidence)
            {
                case Evidence.None:
                    break;
                case Evidence.Note:
                    yield return DelegationCards.Words(view, "evidence", $"Your note on step {delegation.NextStep}");
                    break;
                case Evidence.Link:
                    yield return DelegationCards.Words(view, "evidence", $"The link for step {delegation.NextStep}", "https://", DelegationLimits.Link) with { IsMultiline = null };
                    break;
            }
            buttons.Add(DelegationCards.Button(delegation, "complete", $"Complete step {delegation.NextStep}", "positive", ("step", delegation.NextStep.ToString(CultureInfo.InvariantCulture))));
        }
        buttons.Add(Ask(view));
        buttons.Add(RequestChange(delegation));
        buttons.Add(LeaderCards.History(delegation));
        yield return new ActionSet { Actions = buttons };
    }

    /// <summary>The means are the assignee's choice; what touches a bound is declared, and what came of it is handed in.</summary>
    private static IEnumerable<CardElement> FreeWork(DelegationView view) =>
    [
        DelegationCards.Words(view, "result", "What came of it? (to hand it in)"),
        new ActionSet
        {
            Actions =
            [
                ActCards.Panel(view.Delegation),
                .. view.Delegation.Terms.Limits.Depth > 0 ? (CardButton[])[DelegationCards.Button(view.Delegation, "hand-on", "Hand on…")] : [],
                DelegationCards.Button(view.Delegation, "hand-in", "Hand in", "positive"),
                Ask(view),
                LeaderCards.History(view.Delegation),
            ],
        },
    ];

    public static ShowCardAction Ask(DelegationView view) => DelegationCards.Panel(
        "Ask a question…",
        [DelegationCards.Words(view, "question", $"Your question to {view.Delegation.Leader.Name}")],
        DelegationCards.Button(view.Delegation, "ask", "Send question"));

    private static ShowCardAction RequestChange(Delegation delegation) => DelegationCards.Panel(
        "Request a change…",
        [
            new ChoiceSetInput
            {
                Id = "change",
                Label = "What should change?",
                Style = "compact",
                Value = delegation.AllStepsComplete ? nameof(ChangeKind.Add) : nameof(ChangeKind.Skip),
                Choices =
                [
                    .. delegation.AllStepsComplete ? [] : ChangesOfOpenSteps,
                    .. ChangesOfSteps,
                    .. ActCards.Choices(delegation),
                ],
            },
        ],
        DelegationCards.Button(delegation, "change-ask", "Go on"));

    private static IEnumerable<CardElement> Change(DelegationView view, ChangeKind kind) =>
    [
        new TextBlock(kind switch
        {
            ChangeKind.Skip => "Ask to skip a step",
            ChangeKind.Swap => "Ask to swap two steps",
            ChangeKind.Add => "Ask to add a step",
            ChangeKind.Reword => "Ask to reword a step",
            ChangeKind.MoveDeadline => "Ask to move the deadline",
            ChangeKind.Budget => "Ask for another budget",
        }) { Weight = "bolder", Separator = true },
        .. ChangeInputs.For(view, kind, null),
        DelegationCards.Words(view, "because", $"Why? {view.Delegation.Leader.Name} decides on it."),
        new ActionSet
        {
            Actions =
            [
                DelegationCards.Button(view.Delegation, "change-request", "Send the request", "positive", ("kind", kind.ToString())),
                DelegationCards.Button(view.Delegation, "view", "Never mind"),
            ],
        },
    ];
}

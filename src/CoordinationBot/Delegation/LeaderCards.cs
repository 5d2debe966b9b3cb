using CoordinationBot.Protocol.Cards;

namespace CoordinationBot.Delegations;

/// <summary>What a leader can do on the card now.</summary>
internal static class LeaderCards
{
    public static IEnumerable<CardElement> Controls(DelegationView view)
    {
        var delegation = view.Delegation;
        if (!delegation.IsOpen)
        {
            return [new ActionSet { Actions = [History(delegation)] }];
        }
        if (view.Revoking)
        {
            return
            [
                DelegationCards.Words(view, "reason", $"Why do you revoke it? {delegation.Assignee.Name} will read this."),
                new ActionSet { Actions = [DelegationCards.Button(delegation, "revoke", "Revoke now", "destructive"), DelegationCards.Button(delegation, "view", "Keep it")] },
            ];
        }
        List<CardElement> controls = [.. ApprovalCards.Mine(view).Count > 0 ? ApprovalCards.Controls(view) : ApprovalCards.Waiting(view)];
        if (view.Passing is not null)
        {
            return controls;
        }
        List<CardButton> buttons = [];
        if (delegation.Questions.FirstOrDefault(question => question.Answer is null) is { } question)
        {
            controls.Add(DelegationCards.Words(view, "answer", $"Your answer to question {question.Id[1..]}"));
            buttons.Add(DelegationCards.Button(delegation, "answer", "Send answer", "positive", ("question", question.Id)));
        }
        buttons.AddRange(delegation.Terms.Type == AuthorizationType.Uncertain && delegation.State != DelegationState.WaitingForApproval ? InquiryCards.Leader(view) : delegation.State switch
        {
            DelegationState.WaitingForApproval => Approval(view, delegation.Request!),
            DelegationState.HandedIn => Result(view),
            DelegationState.Offered or DelegationState.Accepted or DelegationState.InProgress or DelegationState.Returned => [],
            DelegationState.Requested or DelegationState.Done or DelegationState.Declined or DelegationState.Revoked or DelegationState.Expired => [],
        });
        buttons.Add(History(delegation));
        if (delegation.IsGiven)
        {
            buttons.Add(DelegationCards.Button(delegation, "revoke-ask", "Revoke…"));
        }
        return [.. controls, new ActionSet { Actions = buttons }];
    }

    public static ExecuteAction History(Delegation delegation) => DelegationCards.Button(delegation, "history", "History");

    private static IEnumerable<CardButton> Approval(DelegationView view, ChangeRequest request)
    {
        var delegation = view.Delegation;
        yield return DelegationCards.Button(delegation, "change-approve", "Approve", "positive", ("request", request.Id));
        yield return DelegationCards.Panel(
            "Refuse…",
            [DelegationCards.Words(view, "refusal", "Why not?")],
            DelegationCards.Button(delegation, "change-refuse", "Refuse", null, ("request", request.Id)));
        yield return DelegationCards.Panel(
            "Approve with an edit…",
            ChangeInputs.For(view, request.Change.Kind, request.Change),
            DelegationCards.Button(delegation, "change-approve", "Approve the edit", "positive", ("request", request.Id), ("kind", request.Change.Kind.ToString())));
    }

    private static IEnumerable<CardButton> Result(DelegationView view)
    {
        var delegation = view.Delegation;
        yield return DelegationCards.Button(delegation, "result-accept", "Accept as done", "positive");
        yield return DelegationCards.Panel(
            "Return…",
            [
                DelegationCards.Words(view, "reason", "What is missing?"),
                .. delegation.Terms.Steps.Count == 0 ? (CardElement[])[] : [DelegationCards.StepChoice(delegation, "reopen", "Open again from", 1, "no step, only the result", view.Typed.Text("reopen") ?? "0")],
            ],
            DelegationCards.Button(delegation, "result-return", "Return"));
    }
}

namespace CoordinationBot.Delegations;

/// <summary>How things stand, said to the one who reads it: nobody is spoken of by name on their own card.</summary>
internal static class DelegationStanding
{
    public static string For(Delegation delegation, Role role)
    {
        var (leader, assignee) = (delegation.Leader.Name, delegation.Assignee.Name);
        var isLeader = role == Role.Leader;
        return (delegation.Terms.Type == AuthorizationType.Uncertain ? InquiryText.Standing(delegation, role) : null) ?? delegation.State switch
        {
            DelegationState.Offered => isLeader ? $"Offered to {assignee}, no answer yet." : "Offered to you. Your answer is awaited.",
            DelegationState.Requested => $"It lies beyond what you may decide. {GrantRules.Asked(delegation)} can give it and is asked; {assignee} hears of it then.",
            DelegationState.Declined when !delegation.IsGiven => $"It was not given, and {assignee} heard nothing of it.",
            DelegationState.Revoked when !delegation.IsGiven => $"You withdrew it, and {assignee} heard nothing of it.",
            DelegationState.Declined => isLeader ? $"{assignee} declined it." : "You declined it.",
            DelegationState.Accepted => isLeader ? $"{assignee} accepted it and has not begun." : $"You accepted it. {Begin(delegation.Terms.Type)}",
            DelegationState.InProgress when delegation.Terms.Type == AuthorizationType.Deterministic && delegation.AllStepsComplete =>
                isLeader ? $"{assignee} has completed every step and will hand it in." : "Every step is complete. You can hand it in.",
            DelegationState.InProgress => isLeader ? $"{assignee} is working on it." : "You are working on it.",
            DelegationState.WaitingForApproval => isLeader ? "A change waits for your answer." : $"Your request waits for {leader}'s answer.",
            DelegationState.HandedIn => isLeader ? "Handed in. It waits for your answer." : $"Handed in. It waits for {leader}.",
            DelegationState.Returned => isLeader ? $"You returned it to {assignee}." : $"{leader} returned it to you.",
            DelegationState.Done => isLeader ? "It is done. You accepted the result." : $"It is done. {leader} accepted the result.",
            DelegationState.Revoked => isLeader ? "You revoked it." : $"{leader} revoked it. Nothing more is to be done.",
            DelegationState.Expired => "It expired. Nothing more is to be done.",
        };
    }

    private static string Begin(AuthorizationType type) => type switch
    {
        AuthorizationType.Deterministic => "Step 1 comes first.",
        AuthorizationType.Flexible => "How you do it is your choice, within the bounds.",
        AuthorizationType.Uncertain => "Look into it, and come back with options.",
    };
}

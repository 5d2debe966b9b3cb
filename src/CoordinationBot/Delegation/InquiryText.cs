namespace CoordinationBot.Delegations;

/// <summary>An uncertain delegation in words, where it is said otherwise than of the others.</summary>
internal static class InquiryText
{
    /// <summary>How it stands, as part of a sentence; null where it is said as of any other.</summary>
    public static string? Standing(Delegation delegation) => delegation.State switch
    {
        DelegationState.InProgress => $"{delegation.Assignee.Name} is looking into it.",
        DelegationState.HandedIn => $"the options wait for {delegation.Leader.Name}'s choice.",
        DelegationState.Returned => $"{delegation.Leader.Name} asked {delegation.Assignee.Name} for more.",
        DelegationState.Done => $"{delegation.Leader.Name} closed it.",
        DelegationState.Offered or DelegationState.Requested or DelegationState.Declined or DelegationState.Accepted or DelegationState.WaitingForApproval or DelegationState.Revoked or DelegationState.Expired => null,
    };

    /// <summary>The same said to the one who reads it.</summary>
    public static string? Standing(Delegation delegation, Role role)
    {
        var (leader, assignee) = (delegation.Leader.Name, delegation.Assignee.Name);
        return role switch
        {
            Role.Leader => delegation.State switch
            {
                DelegationState.InProgress => $"{assignee} is looking into it.",
                DelegationState.HandedIn => "Options wait for you.",
                DelegationState.Returned => $"You asked {assignee} for more.",
                DelegationState.Done => "You closed it.",
                DelegationState.Offered or DelegationState.Requested or DelegationState.Declined or DelegationState.Accepted or DelegationState.WaitingForApproval or DelegationState.Revoked or DelegationState.Expired => null,
            },
            Role.Assignee => delegation.State switch
            {
                DelegationState.Accepted => "You accepted it. Add the options you find.",
                DelegationState.InProgress => "You are looking into it.",
                DelegationState.HandedIn => $"Your options wait for {leader}.",
                DelegationState.Returned => $"{leader} asks you for more.",
                DelegationState.Done => $"{leader} closed it. Nothing more is to be done.",
                DelegationState.Offered or DelegationState.Requested or DelegationState.Declined or DelegationState.WaitingForApproval or DelegationState.Revoked or DelegationState.Expired => null,
            },
            Role.Approver or Role.Consulted => DelegationRules.Standing(delegation) is var words ? char.ToUpperInvariant(words[0]) + words[1..] : null,
        };
    }

    /// <summary>In the list of somebody's tasks.</summary>
    public static string Task(IndexEntry entry) => entry.State switch
    {
        DelegationState.Offered => "waits for your answer",
        DelegationState.Accepted or DelegationState.InProgress => SoFar(entry),
        DelegationState.Returned => "more is asked for",
        DelegationState.WaitingForApproval => $"a change waits for {entry.Leader.Name}",
        DelegationState.HandedIn => $"options wait for {entry.Leader.Name}",
        DelegationState.Done or DelegationState.Declined or DelegationState.Revoked or DelegationState.Expired => "ended",
        DelegationState.Requested => ListCards.Word(entry.State), // Nobody has it as a task.
    };

    /// <summary>In the list of what somebody gave.</summary>
    public static string Given(IndexEntry entry) => entry.State switch
    {
        DelegationState.Offered => "offered, no answer yet",
        DelegationState.Accepted => "accepted, not begun",
        DelegationState.InProgress => SoFar(entry),
        DelegationState.Returned => "you asked for more",
        DelegationState.WaitingForApproval => "a change waits for you",
        DelegationState.HandedIn => "options wait for you",
        DelegationState.Done or DelegationState.Declined or DelegationState.Revoked or DelegationState.Expired => "ended",
        DelegationState.Requested => ListCards.Word(entry.State),
    };

    /// <summary>An option with everything said about it, for the history.</summary>
    public static string Whole(Option option) =>
        $"{option.Name} “{option.Title}”. Benefits: {option.Benefits} Drawbacks: {option.Drawbacks} Risk: {option.Risk}{(option.Cost is { } cost ? $" Cost: {cost}" : "")}";

    private static string SoFar(IndexEntry entry) => entry.Options switch
    {
        0 => "no option yet",
        1 => "1 option so far",
        _ => $"{entry.Options} options so far",
    };
}

using CoordinationBot.People;

namespace CoordinationBot.Delegations;

/// <summary>As what a change of a delegation is told.</summary>
internal static class DelegationNotices
{
    /// <summary>Until when somebody must hear of a change to do anything about it; null: it is no use to them in a hurry.</summary>
    public static DateTimeOffset? TooLate(Delegation after, Role role) => KindOf(after, role) switch
    {
        NoticeKind.Offer or NoticeKind.Approval or NoticeKind.Question or NoticeKind.Revocation => after.Terms.Due.At,
        NoticeKind.Answer or NoticeKind.Progress or NoticeKind.Result or NoticeKind.Reminder or NoticeKind.Meeting or NoticeKind.CheckIn => null,
    };

    public static NoticeKind KindOf(Delegation after, Role role) => role switch
    {
        Role.Leader when after.Dealings.Held.Any(held => held.WaitsFor(after.Leader.ObjectId)) => NoticeKind.Approval,
        Role.Leader => after.State switch
        {
            DelegationState.WaitingForApproval => NoticeKind.Approval,
            DelegationState.HandedIn => NoticeKind.Result,
            DelegationState.Offered or DelegationState.Accepted or DelegationState.InProgress or DelegationState.Returned =>
                after.Questions.Any(question => question.Answer is null) ? NoticeKind.Question : NoticeKind.Answer,
            DelegationState.Requested or DelegationState.Declined or DelegationState.Done or DelegationState.Revoked or DelegationState.Expired => NoticeKind.Answer,
        },
        Role.Assignee => after.State switch
        {
            DelegationState.Offered => NoticeKind.Offer,
            DelegationState.Returned or DelegationState.Done => NoticeKind.Result,
            DelegationState.Revoked or DelegationState.Expired => NoticeKind.Revocation,
            DelegationState.Requested or DelegationState.Declined or DelegationState.Accepted or DelegationState.InProgress or DelegationState.WaitingForApproval or DelegationState.HandedIn => NoticeKind.Answer,
        },
        Role.Approver => NoticeKind.Approval,
        Role.Consulted => NoticeKind.Question,
    };
}

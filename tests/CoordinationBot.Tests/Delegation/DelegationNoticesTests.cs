using CoordinationBot.Delegations;
using CoordinationBot.People;
using static CoordinationBot.Tests.Delegations.Samples;

namespace CoordinationBot.Tests.Delegations;

public sealed class DelegationNoticesTests
{
    /// <summary>What waits for somebody must be of a kind that they cannot turn off.</summary>
    [Fact]
    public void Every_change_is_told_as_what_it_is()
    {
        Assert.Equal(NoticeKind.Offer, DelegationNotices.KindOf(Offered(), Role.Assignee));
        Assert.Equal(NoticeKind.Answer, DelegationNotices.KindOf(Accepted(), Role.Leader));
        Assert.Equal(NoticeKind.Answer, DelegationNotices.KindOf(In(DelegationState.Declined), Role.Leader));
        Assert.Equal(NoticeKind.Question, DelegationNotices.KindOf(Done(QuestionRules.Ask(Accepted(), By(Bob), "Which template?")), Role.Leader));
        Assert.Equal(NoticeKind.Question, DelegationNotices.KindOf(Done(QuestionRules.Ask(Offered(), By(Bob), "Which template?")), Role.Leader));
        Assert.Equal(NoticeKind.Answer, DelegationNotices.KindOf(Accepted(), Role.Assignee));
        Assert.Equal(NoticeKind.Approval, DelegationNotices.KindOf(In(DelegationState.WaitingForApproval), Role.Leader));
        Assert.Equal(NoticeKind.Result, DelegationNotices.KindOf(In(DelegationState.HandedIn), Role.Leader));
        Assert.Equal(NoticeKind.Result, DelegationNotices.KindOf(In(DelegationState.Returned), Role.Assignee));
        Assert.Equal(NoticeKind.Revocation, DelegationNotices.KindOf(In(DelegationState.Revoked), Role.Assignee));
    }
}

namespace CoordinationBot.Delegations;

/// <summary>
/// All rows of a change are one commit, which has room for a hundred of them, and ending a delegation changes more rows than anything else. So that
/// it can always be ended, nothing more hangs on to it than can be ended with it.
/// </summary>
internal static class DelegationRoom
{
    public const int Most = 100;

    public const string Full = "No more fits into one delegation: so many people, requests and parts hang together in this one. Please wait until something of it is answered or has ended.";

    /// <summary>The state, its history entry, its terms and the operation.</summary>
    private const int Itself = 4;

    /// <summary>Reminders of the result, of a change, and to both that it is overdue.</summary>
    private const int Reminders = 4;

    /// <summary>What the parent hears.</summary>
    private const int Settling = 1;

    /// <summary>Whether a change would let it grow beyond what one commit can end. Without requests and parts it never does.</summary>
    public static bool IsExceeded(Delegation before, Delegation after) => after.Ledger is not null && Needed(after) is var needed && needed > Most && needed > Needed(before);

    /// <summary>The rows of the largest change there can be: a card of everybody, reminders of all that waits, the end of all that was handed on.</summary>
    private static int Needed(Delegation delegation) =>
        Itself
        + delegation.Everybody().Count()
        + delegation.Dealings.Held.Sum(held => held.Needs.Select(need => need.Approver.ObjectId).Distinct().Count())
        + delegation.Questions.Count(question => question.Answer is null)
        + InquiryRules.Missing(delegation).Count
        + Reminders
        + delegation.Dealings.Children.Count(child => !child.IsSettled)
        + Settling;
}

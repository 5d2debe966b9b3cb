using CoordinationBot.Authority;

namespace CoordinationBot.Delegations;

/// <summary>
/// A delegation beyond its leader's own mandate is not offered: it becomes a request to whoever can give it. As long as it waits, the assignee
/// knows nothing of it.
/// </summary>
internal static class GrantRules
{
    private const string RequestId = "R1";

    /// <summary>A new delegation that waits to be given. The terms were checked.</summary>
    /// <param name="offered">What will be offered then.</param>
    /// <param name="beyond">The clause of the leader's mandate that leaves no room for it.</param>
    /// <param name="able">Who is asked.</param>
    public static Outcome.Changed Request(Delegation offered, Clause beyond, Party able)
    {
        var held = new HeldAct(RequestId, new DeclaredAct.Give(offered.Assignee), null, offered.CreatedAt, [new Need(beyond, able)]);
        var requested = DelegationRules.Asking(
            offered with { State = DelegationState.Requested, Grant = new Grant(beyond, offered.Terms.Limits, null), Ledger = Ledger.Empty with { Held = [held] } }, [able]);
        return new Outcome.Changed(
            requested,
            new HistoryEntry(1, offered.CreatedAt, offered.Leader, 1, $"Needs approval by {able.Name}: {BoundsText.Act(held.Act)}", beyond.ToString()),
            DelegationRules.TellTo(requested, able, $"{offered.Leader.Name} asks to {BoundsText.Act(held.Act)}. Please decide."));
    }

    /// <summary>It is given, by whoever can give it at this moment, and offered.</summary>
    public static Outcome Approve(Delegation delegation, Chain chain, Act act, HeldAct held, string answerer)
    {
        var asked = held.Needs[0];
        if (!chain.Able.Any(party => party.ObjectId == asked.Approver.ObjectId))
        {
            return ApprovalRules.NotPermitted(
                delegation, act, held.Act, $"It lies beyond what {asked.Approver.Name} may decide as well. {(chain.Able is [var able, ..] ? $"Please pass it on to {able.Name}" : "Please refuse it")}.", asked.Clause);
        }
        if (OfferRules.CheckDue(delegation.Terms.Due, act.Now) is not null)
        {
            return new Outcome.Refused("It would have been due already. Please refuse it, so that it can be sent anew.");
        }
        var given = ApprovalRules.Remove(delegation, held, $"Approved by {answerer}") with { State = DelegationState.Offered, Grant = delegation.Grant! with { By = asked.Approver } };
        return DelegationRules.Change(
            delegation,
            act,
            given,
            $"Approved by {answerer}: {BoundsText.Act(held.Act)}. It is offered now",
            asked.Clause,
            new Tell(Role.Leader, $"{answerer} approved, and it is offered to {delegation.Assignee.Name} now."),
            new Tell(Role.Assignee, $"{delegation.Leader.Name} asks you to take this on."));
    }

    /// <summary>Whose answer it waits for.</summary>
    public static string Asked(Delegation delegation) =>
        string.Join(", ", delegation.Dealings.Held.SelectMany(held => DeclareRules.Approvers(held.Needs)).Select(party => party.Name));
}

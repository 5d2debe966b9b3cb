using System.Diagnostics;
using CoordinationBot.Authority;

namespace CoordinationBot.Delegations;

/// <summary>Answers to acts that need one: approve, refuse, approve with narrower terms, pass to somebody with authority.</summary>
internal static class ApprovalRules
{
    /// <param name="delegation">As it stands.</param>
    /// <param name="chain">What is above it now: what changed since it was asked counts.</param>
    /// <param name="act">Who answers; also for those who are away and whose deputy they are.</param>
    /// <param name="requestId">Which request.</param>
    /// <param name="narrower">The act with narrower terms, or null as it was asked for.</param>
    public static Outcome Approve(Delegation delegation, Chain chain, Act act, string? requestId, DeclaredAct? narrower)
    {
        act = Answering(delegation, act);
        if (Find(delegation, act, requestId, out var held) is { } bar)
        {
            return bar;
        }
        if (!DeclareRules.IsAtWork(delegation))
        {
            return new Outcome.Stale($"Nothing was changed: {DelegationRules.Standing(delegation)}");
        }
        if (narrower is not null && !IsNarrower(narrower, held!.Act))
        {
            return new Outcome.Refused("That is not narrower than what was asked for. Approve it as it is, or refuse with a reason.");
        }
        var asked = narrower ?? held!.Act;
        if (DeclareRules.Check(delegation, asked, act.Now) is { } refusal)
        {
            return new Outcome.Refused(refusal.Sentence, refusal.Clause);
        }
        if (RulingRules.Forbidding(delegation, chain, asked) is { } forbidden)
        {
            return new Outcome.Refused(forbidden.Sentence, forbidden.Clause);
        }
        var who = DelegationRules.Who(delegation, act);
        Need Answered(Need need) => need.ApprovedBy is null && act.AnswersFor(need.Approver.ObjectId) ? need with { ApprovedBy = who } : need;
        Need[] answered = [.. held!.Needs.Select(Answered)];
        // A policy or a limit that came after the question is asked too.
        answered = [.. answered, .. RulingRules.Needs(delegation, chain, asked, act.Now).Where(need => !answered.Any(old => RulingRules.Covers(old, need, delegation, chain))).Select(Answered)];
        held = held with { Act = asked, Needs = answered };
        return answered.All(need => need.ApprovedBy is not null)
            ? Grant(delegation, act, held)
            : DelegationRules.Change(
                delegation,
                act,
                DelegationRules.Asking(Replace(delegation, held), DeclareRules.Approvers(answered)),
                $"Approved: {BoundsText.Act(asked)}. It still needs {string.Join(", ", DeclareRules.Approvers(answered).Select(party => party.Name))}",
                held.Needs.First(need => need.ApprovedBy == who).Clause,
                [.. DeclareRules.Approvers(answered).Select(party => DelegationRules.TellTo(delegation, party, $"{delegation.Assignee.Name} asks to {BoundsText.Act(asked)}. Please decide."))]);
    }

    public static Outcome Refuse(Delegation delegation, Act act, string? requestId, string? reason)
    {
        act = Answering(delegation, act);
        return Find(delegation, act, requestId, out var held)
            ?? (DelegationLimits.Check(reason, "why not", DelegationLimits.Words) is { } refusal
            ? new Outcome.Refused(refusal)
            : DelegationRules.Change(
                delegation,
                act,
                Remove(delegation, held!),
                $"Refused: {BoundsText.Act(held!.Act)}. Because: {reason}",
                held.Needs.First(need => act.AnswersFor(need.Approver.ObjectId)).Clause,
                new Tell(Role.Assignee, $"{DelegationRules.Who(delegation, act).Name} did not approve: {BoundsText.Act(held.Act)}. Because: {reason}")));
    }

    public static Outcome Withdraw(Delegation delegation, Act act, string? requestId) =>
        DelegationRules.BarPerson(delegation, act, Role.Assignee)
        ?? (delegation.Dealings.Held.FirstOrDefault(held => held.Id == requestId && !held.Raising) is not { } held
            ? new Outcome.Stale($"That request no longer waits: {DelegationRules.Standing(delegation)}")
            : DelegationRules.Change(delegation, act, Remove(delegation, held), $"Withdrew the request: {BoundsText.Act(held.Act)}", null));

    /// <summary>Gives the question to somebody with authority, who answers instead.</summary>
    /// <param name="delegation">As it stands.</param>
    /// <param name="act">Who passes it on.</param>
    /// <param name="requestId">Which request.</param>
    /// <param name="to">Somebody who leads above, or who decides beyond the mandate.</param>
    /// <param name="able">All who have the authority.</param>
    public static Outcome PassOn(Delegation delegation, Act act, string? requestId, Party to, IReadOnlyList<Party> able)
    {
        act = Answering(delegation, act);
        if (Find(delegation, act, requestId, out var held) is { } bar)
        {
            return bar;
        }
        bool IsMine(Need need) => need.ApprovedBy is null && !need.IsPolicy && act.AnswersFor(need.Approver.ObjectId);
        if (held!.Needs.FirstOrDefault(IsMine) is not { Clause: var clause })
        {
            var policy = held.Needs.First(need => need.ApprovedBy is null && act.AnswersFor(need.Approver.ObjectId));
            return new Outcome.Refused($"It was not passed on: a policy says that {policy.Approver.Name} decides this.", policy.Clause);
        }
        if (act.AnswersFor(to.ObjectId))
        {
            return new Outcome.Refused($"It waits for {to.Name} already.");
        }
        if (to.ObjectId == delegation.Assignee.ObjectId || !able.Any(party => party.ObjectId == to.ObjectId))
        {
            return new Outcome.Refused($"{to.Name} has no authority to decide this.{(able.Count > 0 ? $" Those who have: {string.Join(", ", able.Select(party => party.Name))}." : "")}");
        }
        return DelegationRules.Change(
            delegation,
            act,
            DelegationRules.Asking(Replace(delegation, held with { Needs = [.. held.Needs.Select(need => IsMine(need) ? need with { Approver = to, InsteadOf = need.InsteadOf ?? need.Approver } : need)] }), [to]),
            $"Passed to {to.Name}: {BoundsText.Act(held.Act)}",
            clause,
            DelegationRules.TellTo(delegation, to, $"{DelegationRules.Who(delegation, act).Name} passed this to you: {delegation.Assignee.Name} asks to {BoundsText.Act(held.Act)}. Please decide."));
    }

    /// <summary>Everybody approved. Money on top of a child's budget comes from its parent, who is asked first.</summary>
    private static Outcome.Changed Grant(Delegation delegation, Act act, HeldAct held)
    {
        if (OnTop(delegation, held.Act) is { } amount && delegation.Parent is { } parent)
        {
            var raising = DelegationRules.Change(
                delegation,
                act,
                Replace(delegation, held with { Raising = true }),
                $"Approved: {BoundsText.Act(held.Act)}. {parent} is asked for the money",
                held.Needs[^1].Clause);
            return raising.With(new Effect.Raise(DelegationRules.EffectId(raising.State, 0), parent, delegation.Id, held.Id, amount));
        }
        return Allow(delegation, act, held);
    }

    /// <summary>The act is permitted: into the books.</summary>
    public static Outcome.Changed Allow(Delegation delegation, Act act, HeldAct held)
    {
        var clause = held.Needs[^1].Clause;
        var by = held.Needs[^1].ApprovedBy!;
        var freed = Remove(delegation, held);
        if (held.Act is not (DeclaredAct.Spend or DeclaredAct.Plan))
        {
            return DeclareRules.Record(freed, act, held.Act, clause, null, by).Telling(Told(delegation, by, held.Act));
        }
        // What was raised stays on top, even if money came back meanwhile: it is set aside above for this.
        var isOnTop = held.Raising || OnTop(delegation, held.Act) is not null;
        var books = freed.Dealings;
        books = held.Act switch
        {
            DeclaredAct.Spend spend when !isOnTop => AllowanceRules.Spend(books, spend.Amount.Amount, null),
            DeclaredAct.Spend spend => books with { Allowances = [.. books.Allowances, new Allowance(held.Id, spend.Amount, spend.Amount.Amount, spend.On, act.Now, true, held.Needs)] },
            DeclaredAct.Plan plan => books with { Allowances = [.. books.Allowances, new Allowance(held.Id, plan.UpTo, 0, plan.For, plan.Until, isOnTop, held.Needs)] },
            _ => throw new UnreachableException(),
        };
        return DelegationRules.Change(delegation, act, freed with { Ledger = books }, $"Approved by {by.Name}: {BoundsText.Act(held.Act)}", clause, Told(delegation, by, held.Act));
    }

    /// <summary>What an act would spend on top of the budget, or null.</summary>
    private static Money? OnTop(Delegation delegation, DeclaredAct act) => act switch
    {
        DeclaredAct.Spend spend => RulingRules.HasLeft(delegation, spend.Amount) ? null : spend.Amount,
        DeclaredAct.Plan plan => RulingRules.HasLeft(delegation, plan.UpTo) ? null : plan.UpTo,
        DeclaredAct.Involve or DeclaredAct.Commit or DeclaredAct.HandOn => null,
        _ => throw new UnreachableException(),
    };

    private static Tell Told(Delegation delegation, Party by, DeclaredAct act) => new(Role.Assignee, $"{by.Name} approved: {BoundsText.Act(act)}.");

    private static bool IsNarrower(DeclaredAct narrower, DeclaredAct asked) => (narrower, asked) switch
    {
        (DeclaredAct.Spend less, DeclaredAct.Spend more) => less.On == more.On && Less(less.Amount, more.Amount),
        (DeclaredAct.Plan less, DeclaredAct.Plan more) => less.For == more.For && Less(less.UpTo, more.UpTo) && less.Until <= more.Until,
        _ => narrower == asked,
    };

    private static bool Less(Money less, Money more) => less.Currency == more.Currency && less.Amount > 0 && less.Amount <= more.Amount;

    /// <summary>An assignee is nobody's deputy here: they would approve what they ask for themselves.</summary>
    private static Act Answering(Delegation delegation, Act act) => act.ActorId == delegation.Assignee.ObjectId ? act with { Absent = [] } : act;

    private static Outcome? Find(Delegation delegation, Act act, string? requestId, out HeldAct? held)
    {
        held = delegation.Dealings.Held.FirstOrDefault(held => held.Id == requestId);
        if (held?.Needs.Any(need => act.AnswersFor(need.Approver.ObjectId)) != true)
        {
            return delegation.RoleOf(act.ActorId) is null && held is null ? new Outcome.Stale("That request no longer waits for an answer.")
                : held is null ? new Outcome.Stale($"That request no longer waits: {DelegationRules.Standing(delegation)}")
                : delegation.RoleOf(act.ActorId) is null ? new Outcome.NotInvolved()
                : new Outcome.Refused("That was not done.", new Clause(held.Needs[0].Clause.Origin, $"{string.Join(", ", DeclareRules.Approvers(held.Needs).Select(party => party.Name))} decides this."));
        }
        return held.Raising || held.Needs.All(need => !act.AnswersFor(need.Approver.ObjectId) || need.ApprovedBy is not null) ? new Outcome.Unchanged(delegation) : null;
    }

    private static Delegation Replace(Delegation delegation, HeldAct held) =>
        delegation with { Ledger = delegation.Dealings with { Held = [.. delegation.Dealings.Held.Select(old => old.Id == held.Id ? held : old)] } };

    private static Delegation Remove(Delegation delegation, HeldAct held) =>
        delegation with { Ledger = delegation.Dealings with { Held = [.. delegation.Dealings.Held.Where(old => old.Id != held.Id)] } };
}

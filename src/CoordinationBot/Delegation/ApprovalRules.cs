using System.Diagnostics;
using CoordinationBot.Authority;

namespace CoordinationBot.Delegations;

/// <summary>Answers to acts that need one: approve, refuse, approve with narrower terms, pass to somebody with authority.</summary>
internal static class ApprovalRules
{
    public const string NobodyAbove = "There is nobody above you to pass this to. Please approve or refuse it.";

    /// <param name="delegation">As it stands.</param>
    /// <param name="chain">What is above it now: what changed since it was asked counts.</param>
    /// <param name="act">Who answers; also for those who are away and whose deputy they are.</param>
    /// <param name="requestId">Which request.</param>
    /// <param name="narrower">The act with narrower terms, or null as it was asked for.</param>
    public static Outcome Approve(Delegation delegation, Chain chain, Act act, string? requestId, DeclaredAct? narrower)
    {
        if (Find(delegation, act, requestId, out var held) is { } bar)
        {
            return bar;
        }
        if (held!.Act is DeclaredAct.Give)
        {
            return GrantRules.Approve(delegation, chain, act, held, Answerer(delegation, act, held));
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
        var isNarrower = asked != held!.Act;
        if (DeclareRules.Check(delegation, asked, act.Now) is { } refusal)
        {
            return new Outcome.Refused(refusal.Sentence, refusal.Clause);
        }
        if (RulingRules.Forbidding(delegation, chain, asked) is { } forbidden)
        {
            return NotPermitted(delegation, act, asked, forbidden.Sentence, forbidden.Clause);
        }
        var who = DelegationRules.Who(delegation, act);
        Need Answered(Need need) => need.ApprovedBy is null && Answers(delegation, act, need) ? need with { ApprovedBy = who, BySilence = act.BySilence } : need;
        Need[] answered = [.. held!.Needs.Select(Answered)];
        // A policy or a limit that came after the question is asked too.
        var line = RulingRules.Line(delegation, chain, asked);
        answered = [.. answered, .. RulingRules.Needs(delegation, chain, asked, act.Now).Where(need => !answered.Any(old => RulingRules.Covers(old, need, line))).Select(need => Answered(need with { AskedAt = act.Now }))];
        if (answered.FirstOrDefault(need => need.IsUnanswerable) is { } unanswerable)
        {
            return NotPermitted(delegation, act, asked, RulingRules.Unanswerable(unanswerable), unanswerable.Clause);
        }
        held = held with { Act = asked, Needs = answered, IsNarrower = held.IsNarrower || isNarrower };
        return answered.All(need => need.ApprovedBy is not null)
            ? Grant(delegation, act, held)
            : DelegationRules.Change(
                delegation,
                act,
                DelegationRules.Asking(Replace(delegation, held), DeclareRules.Approvers(answered)),
                $"Approved by {Answerer(delegation, act, held)}: {BoundsText.Act(delegation, asked)}. It still needs {string.Join(", ", DeclareRules.Approvers(answered).Select(party => party.Name))}",
                Need.ClauseOf(held.Needs.Where(need => need.ApprovedBy == who)),
                [.. DeclareRules.Approvers(answered).Select(party => DelegationRules.TellTo(delegation, party, $"{delegation.Asker.Name} asks to {BoundsText.Act(delegation, asked)}. Please decide."))]);
    }

    public static Outcome Refuse(Delegation delegation, Act act, string? requestId, string? reason)
    {
        if (Find(delegation, act, requestId, out var held) is { } bar)
        {
            return bar;
        }
        if (DelegationLimits.Check(reason, "why not", DelegationLimits.Words) is { } refusal)
        {
            return new Outcome.Refused(refusal);
        }
        var (who, what) = (Answerer(delegation, act, held!), BoundsText.Act(delegation, held!.Act));
        var refused = Remove(delegation, held, $"Refused by {who}. Because: {reason}");
        return DelegationRules.Change(
            delegation,
            act,
            held.Act is DeclaredAct.Give ? refused with { State = DelegationState.Declined, Reason = reason } : refused,
            $"Refused by {who}: {what}. Because: {reason}",
            Need.ClauseOf(held.Needs.Where(need => Answers(delegation, act, need))),
            DelegationRules.TellTo(delegation, delegation.Asker, $"{who} did not approve: {what}. Because: {reason}"));
    }

    public static Outcome Withdraw(Delegation delegation, Act act, string? requestId)
    {
        if (DelegationRules.BarPerson(delegation, act, delegation.IsGiven ? Role.Assignee : Role.Leader) is { } bar)
        {
            return bar;
        }
        if (delegation.Dealings.Held.FirstOrDefault(held => held.Id == requestId && !held.Raising) is not { } held)
        {
            return new Outcome.Stale($"That request no longer waits: {DelegationRules.Standing(delegation)}");
        }
        var withdrawn = Remove(delegation, held, $"Withdrawn by {delegation.Asker.Name}");
        return DelegationRules.Change(
            delegation,
            act,
            held.Act is DeclaredAct.Give ? withdrawn with { State = DelegationState.Revoked } : withdrawn,
            $"Withdrew the request: {BoundsText.Act(delegation, held.Act)}",
            null);
    }

    /// <summary>Gives the question to somebody with authority, who answers instead.</summary>
    /// <param name="delegation">As it stands.</param>
    /// <param name="chain">What is above it: whoever leads there, and who decides beyond the mandate, has the authority.</param>
    /// <param name="act">Who passes it on.</param>
    /// <param name="requestId">Which request.</param>
    /// <param name="toId">The object id of one of them.</param>
    public static Outcome PassOn(Delegation delegation, Chain chain, Act act, string? requestId, string? toId)
    {
        if (Find(delegation, act, requestId, out var held) is { } bar)
        {
            return bar;
        }
        var able = Able(delegation, chain, act, held!);
        if (able.FirstOrDefault(party => party.ObjectId == toId) is not { } to)
        {
            return new Outcome.Refused(able.Count > 0 ? $"Please choose somebody with the authority to decide this: {string.Join(", ", able.Select(party => party.Name))}." : NobodyAbove);
        }
        // Only what lies in the authority of whoever it is passed to; the rest stays.
        List<Need> passed = [.. Open(delegation, act, held!).Where(need => Above(delegation, chain, act, held!, need).Any(party => party.ObjectId == to.ObjectId))];
        var after = held! with { Needs = [.. held.Needs.Select(need => passed.Contains(need) ? need with { Approver = to, InsteadOf = need.InsteadOf ?? need.Approver, AskedAt = act.Now } : need)], Passed = [.. held.Passed ?? [], .. passed.Select(need => need.Approver), DelegationRules.Who(delegation, act)] };
        return DelegationRules.Change(
            delegation,
            act,
            DelegationRules.Asking(Replace(delegation, after), [to]),
            $"Passed to {to.Name}: {BoundsText.Act(delegation, held.Act)}",
            Need.ClauseOf(passed),
            DelegationRules.TellTo(delegation, to, $"{Answerer(delegation, act, held)} passed this to you: {delegation.Asker.Name} asks to {BoundsText.Act(delegation, held.Act)}. Please decide."));
    }

    /// <summary>All to whom whoever acts may pass what waits for them.</summary>
    public static IReadOnlyList<Party> Able(Delegation delegation, Chain chain, Act act, HeldAct held) =>
        [.. Open(delegation, act, held).SelectMany(need => Above(delegation, chain, act, held, need)).DistinctBy(party => party.ObjectId)];

    private static IEnumerable<Need> Open(Delegation delegation, Act act, HeldAct held) => held.Needs.Where(need => need.ApprovedBy is null && Answers(delegation, act, need));

    /// <summary>Those above whoever is asked: leaders higher in the chain, and who decides beyond the mandate. What a policy asks of somebody, only they answer.</summary>
    private static IEnumerable<Party> Above(Delegation delegation, Chain chain, Act act, HeldAct held, Need asked) =>
        asked.IsPolicy ? [] : Above(delegation, chain, held.Act, asked.Approver).Where(party => party.ObjectId != act.ActorId);

    /// <summary>Those above somebody who may decide it too, the next one up first.</summary>
    public static IEnumerable<Party> Above(Delegation delegation, Chain chain, DeclaredAct? act, Party asked)
    {
        if (delegation.State == DelegationState.Requested)
        {
            return chain.Able.Where(party => party.ObjectId != asked.ObjectId);
        }
        var line = RulingRules.Line(delegation, chain, act);
        var at = RulingRules.LevelOf(line, asked);
        return at < 0 ? [] : line.Skip(at + 1).Where(party => party.ObjectId != asked.ObjectId && party.ObjectId != delegation.Assignee.ObjectId);
    }

    /// <summary>Asks the deputy of somebody who is away, too.</summary>
    public static Outcome StandIn(Delegation delegation, string requestId, Party away, Party deputy, DateTimeOffset now)
    {
        if (!delegation.MayStandIn(deputy.ObjectId) || delegation.Dealings.Held.FirstOrDefault(held => held.Id == requestId) is not { } held
            || !held.WaitsFor(away.ObjectId) || held.Needs.Any(need => need.Approver.ObjectId == deputy.ObjectId) || held.StandIns?.Any(known => known.Deputy.ObjectId == deputy.ObjectId) == true)
        {
            return new Outcome.Unchanged(delegation);
        }
        var asking = DelegationRules.Asking(Replace(delegation, held with { StandIns = [.. held.StandIns ?? [], new StandIn(deputy, away)] }), [deputy]);
        return DelegationRules.Change(
            delegation,
            Act.Of(away, delegation.Terms.Version, now),
            asking,
            $"{away.Name} is away, so {deputy.Name} is asked too: {BoundsText.Act(delegation, held.Act)}",
            null,
            DelegationRules.TellTo(asking, deputy, $"{away.Name} is away and you answer for them: {delegation.Asker.Name} asks to {BoundsText.Act(delegation, held.Act)}. Please decide.")).Unseen();
    }

    /// <summary>What was asked for cannot be permitted now, whoever approves it. Silence was no ruling, so it leaves no word of it.</summary>
    public static Outcome NotPermitted(Delegation delegation, Act act, DeclaredAct asked, string sentence, Clause clause) => act.BySilence
        ? new Outcome.Refused(sentence, clause)
        : DelegationRules.Forbid(delegation, act, $"approving what {delegation.Asker.Name} asks, to {BoundsText.Act(delegation, asked)}", sentence, clause);

    /// <summary>Everybody approved. Money on top of a child's budget comes from its parent, who is asked first.</summary>
    private static Outcome.Changed Grant(Delegation delegation, Act act, HeldAct held)
    {
        if (OnTop(delegation, held.Act) is { } amount && delegation.Parent is { } parent)
        {
            var raising = DelegationRules.Change(
                delegation,
                act,
                Replace(delegation, held with { Raising = true }),
                $"Approved by {By(held)}: {BoundsText.Act(delegation, held.Act)}. {parent} is asked for the money",
                Need.ClauseOf(held.Needs));
            return raising.With(new Effect.Raise(DelegationRules.EffectId(raising.State, 0), parent, delegation.Id, held.Id, amount));
        }
        return Allow(delegation, act, held);
    }

    /// <summary>The act is permitted: into the books.</summary>
    public static Outcome.Changed Allow(Delegation delegation, Act act, HeldAct held)
    {
        var clause = Need.ClauseOf(held.Needs);
        var by = By(held);
        var freed = Remove(delegation, held, $"Approved by {by}");
        if (held.Act is not (DeclaredAct.Spend or DeclaredAct.Plan))
        {
            return DeclareRules.Record(freed, act, held.Act, clause, null).Telling(Told(delegation, held));
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
        return DelegationRules.Change(delegation, act, freed with { Ledger = books }, $"Approved by {by}: {BoundsText.Act(delegation, held.Act)}", clause, Told(delegation, held));
    }

    /// <summary>What an act would spend on top of the budget, or null.</summary>
    private static Money? OnTop(Delegation delegation, DeclaredAct act) => act switch
    {
        DeclaredAct.Spend spend => RulingRules.HasLeft(delegation, spend.Amount) ? null : spend.Amount,
        DeclaredAct.Plan plan => RulingRules.HasLeft(delegation, plan.UpTo) ? null : plan.UpTo,
        DeclaredAct.Involve or DeclaredAct.Commit or DeclaredAct.HandOn or DeclaredAct.Give => null,
        _ => throw new UnreachableException(),
    };

    private static Tell Told(Delegation delegation, HeldAct held) =>
        new(Role.Assignee, $"{(held.Needs.Any(need => need.BySilence) ? $"Approved by {By(held)}" : $"{By(held)} approved")}{(held.IsNarrower ? ", with narrower terms than you asked for" : "")}: {BoundsText.Act(delegation, held.Act)}.");

    private static bool IsNarrower(DeclaredAct narrower, DeclaredAct asked) => (narrower, asked) switch
    {
        (DeclaredAct.Spend less, DeclaredAct.Spend more) => less.On == more.On && Less(less.Amount, more.Amount),
        (DeclaredAct.Plan less, DeclaredAct.Plan more) => less.For == more.For && Less(less.UpTo, more.UpTo) && less.Until <= more.Until,
        _ => narrower == asked,
    };

    private static bool Less(Money less, Money more) => less.Currency == more.Currency && less.Amount > 0 && less.Amount <= more.Amount;

    /// <summary>Why this person cannot answer this request now, or null.</summary>
    public static Outcome? Bar(Delegation delegation, Act act, string? requestId) => Find(delegation, act, requestId, out _);

    private static Outcome? Find(Delegation delegation, Act act, string? requestId, out HeldAct? held)
    {
        held = delegation.Dealings.Held.FirstOrDefault(held => held.Id == requestId);
        if (held?.Needs.Any(need => Answers(delegation, act, need)) != true)
        {
            return delegation.Dealings.Answered.FirstOrDefault(answer => answer.Id == requestId) is { } answer && answer.Seen.Contains(act.ActorId) ? new Outcome.Stale($"That request no longer waits. {answer.How}.")
                : delegation.RoleOf(act.ActorId) is null && held is null ? new Outcome.Stale("That request no longer waits for an answer.")
                : held is null ? new Outcome.Stale($"That request no longer waits: {DelegationRules.Standing(delegation)}")
                : delegation.RoleOf(act.ActorId) is null ? new Outcome.NotInvolved()
                : new Outcome.Refused("That was not done.", new Clause(held.Needs[0].Clause.Origin, $"{string.Join(", ", DeclareRules.Approvers(held.Needs).Select(party => party.Name))} decides this."));
        }
        return held.Raising || held.Needs.All(need => !Answers(delegation, act, need) || need.ApprovedBy is not null) ? new Outcome.Unchanged(delegation) : null;
    }

    public static Delegation Replace(Delegation delegation, HeldAct held) =>
        delegation with { Ledger = delegation.Dealings with { Held = [.. delegation.Dealings.Held.Select(old => old.Id == held.Id ? held : old)] } };

    public static Delegation Remove(Delegation delegation, HeldAct held, string how) => delegation with
    {
        Ledger = delegation.Dealings.Ending([new Answer(held.Id, BoundsText.Act(delegation, held.Act), how, [.. held.Seen])]) with { Held = [.. delegation.Dealings.Held.Where(old => old.Id != held.Id)] },
    };

    /// <summary>Nobody answers their own request. Silence answers no policy.</summary>
    private static bool Answers(Delegation delegation, Act act, Need need) =>
        act.BySilence ? act.ActorId == need.Approver.ObjectId && !need.IsPolicy
            : act.ActorId != delegation.Asker.ObjectId
                && (act.ActorId == need.Approver.ObjectId || (delegation.MayStandIn(act.ActorId) && act.AnswersFor(need.Approver.ObjectId, need.IsPolicy)));

    /// <summary>Who answers, and for whom.</summary>
    private static string Answerer(Delegation delegation, Act act, HeldAct held) =>
        act.BySilence ? DelegationRules.Silence(DelegationRules.Who(delegation, act))
            : DelegationRules.Who(delegation, act) is var who && held.Needs.Any(need => need.Approver.ObjectId == who.ObjectId) ? who.Name
            : $"{who.Name} for {held.Needs.First(need => Answers(delegation, act, need)).Approver.Name}";

    private static string By(HeldAct held) =>
        string.Join(" and ", held.Needs.OrderBy(need => need.BySilence).Select(need => need.BySilence ? DelegationRules.Silence(need.ApprovedBy!) : need.ApprovedBy!.ObjectId == need.Approver.ObjectId ? need.ApprovedBy.Name : $"{need.ApprovedBy.Name} for {need.Approver.Name}").Distinct());
}

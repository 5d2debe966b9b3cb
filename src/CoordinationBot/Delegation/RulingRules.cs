using System.Diagnostics;
using CoordinationBot.Authority;
using CoordinationBot.Dialogs;

namespace CoordinationBot.Delegations;

/// <summary>
/// What an act needs: effective authority is policies ∧ mandate ∧ every ancestor's authority ∧ this delegation's own terms. The strictest
/// answer counts, and it names its clause.
/// </summary>
internal static class RulingRules
{
    public static Ruling Rule(Delegation delegation, Chain chain, DeclaredAct act, DateTimeOffset now)
    {
        if (Forbidding(delegation, chain, act) is { } forbidden)
        {
            return forbidden;
        }
        var needs = Needs(delegation, chain, act, now);
        return needs.Count == 0 ? new Ruling.Permitted(DelegationRules.TermsClause(delegation), null)
            : act is DeclaredAct.Spend spend && Covering(delegation, chain, spend, now) is { } allowance ? new Ruling.Permitted(Clause.Of([AllowanceRules.Clause(delegation, allowance), .. needs.Where(need => need.IsPolicy).Select(need => need.Clause)]), allowance)
            : needs.FirstOrDefault(need => need.IsUnanswerable) is { } need ? new Ruling.Forbidden(need.Clause, Unanswerable(need))
            : new Ruling.NeedsApproval(needs);
    }

    /// <summary>Whose answers an act that nothing forbids needs; none when it is permitted.</summary>
    /// <param name="delegation">As it stands.</param>
    /// <param name="chain">What is above it.</param>
    /// <param name="act">What is to be done.</param>
    /// <param name="now">When.</param>
    /// <param name="under">The approval whose money it would use.</param>
    public static IReadOnlyList<Need> Needs(Delegation delegation, Chain chain, DeclaredAct act, DateTimeOffset now, Allowance? under = null) =>
    [
        .. Deciding(delegation, chain, act, now, under) is { } need ? (Need[])[need] : [],
        .. chain.Policies.Where(policy => policy.Approver is not null && Meets(policy, delegation, act)).Select(policy => new Need(policy.Clause, Answering(policy, delegation, chain), IsPolicy: true)),
    ];

    /// <summary>What is said when nobody may answer.</summary>
    public static string Unanswerable(Need need) => need.IsPolicy
        ? "A policy asks for the approval of whoever wants to do it, and nobody approves what they do themselves. An administrator can name somebody else."
        : "It lies beyond what the leader may decide, and nobody above may allow it. An administrator can change a mandate.";

    /// <summary>Everybody who may decide an act, from the leader upwards: at the root, those above whose own mandate leaves room for it.</summary>
    /// <param name="delegation">In which it is asked.</param>
    /// <param name="chain">What is above it.</param>
    /// <param name="act">What is asked; null: it is about the terms as they are.</param>
    /// <param name="under">The approval whose money it would use.</param>
    public static IReadOnlyList<Party> Line(Delegation delegation, Chain chain, DeclaredAct? act, Allowance? under = null)
    {
        var root = Root(delegation, chain);
        var able = act is null
            ? MandateRules.Able(chain.Above, root.Leader.ObjectId, delegation.Asker, mandate => MandateRules.Beyond(mandate, root.Terms, root.Assignee))
            : AbleBeyond(delegation, chain, act, under);
        return [delegation.Leader, .. chain.Ancestors.Select(ancestor => ancestor.Leader), .. able];
    }

    /// <summary>Whether an answer covers one that is needed: of the same policy's approver, or of whoever decides at that level or above.</summary>
    public static bool Covers(Need given, Need needed, IReadOnlyList<Party> line)
    {
        if (needed.IsUnanswerable)
        {
            return false;
        }
        if (needed.IsPolicy)
        {
            return given.IsPolicy && given.Clause.Origin == needed.Clause.Origin && given.Approver.ObjectId == needed.Approver.ObjectId;
        }
        // Somebody may decide at two levels. Theirs is the higher one, for what is needed too: then nobody between them will do.
        int Level(Party? person) => person is null ? -1 : LevelOf(line, person);
        return int.Max(Level(given.Approver), Level(given.InsteadOf)) >= Level(needed.Approver);
    }

    /// <summary>Whether the budget itself has this much left.</summary>
    public static bool HasLeft(Delegation delegation, Money amount) =>
        delegation.Left is { } left && left.Currency == amount.Currency && amount.Amount <= left.Amount;

    /// <summary>Nothing below an ended delegation is permitted; null when all of them are open.</summary>
    public static Ruling.Forbidden? Ended(IReadOnlyList<Delegation> ancestors) =>
        ancestors.FirstOrDefault(ancestor => !ancestor.IsOpen) is { } ended
            ? new(new(ended.Id, DelegationRules.Standing(ended)), $"Nothing is permitted below {ended.Id} any more.")
            : null;

    public static Ruling.Forbidden? Forbidding(Delegation delegation, Chain chain, DeclaredAct act)
    {
        if (Ended(chain.Ancestors) is { } ended)
        {
            return ended;
        }
        if (act is DeclaredAct.Commit && chain.Ancestors.Prepend(delegation).FirstOrDefault(one => one.Terms.Type == AuthorizationType.Uncertain) is { } uncertain)
        {
            return new(DelegationRules.TermsClause(uncertain), $"Nothing may be promised before {uncertain.Leader.Name} has chosen an option.");
        }
        if (act is DeclaredAct.HandOn handOn && HandOnRules.Barrier(delegation, chain, handOn) is { } barrier)
        {
            return new(barrier, "It cannot be handed on like that.");
        }
        return chain.Policies.FirstOrDefault(policy => policy.Approver is null && Meets(policy, delegation, act)) is { } policy
            ? new(policy.Clause, "A policy forbids it, and no delegation can allow it.")
            : null;
    }

    /// <summary>Who must decide, because of which clause: whoever leads the highest delegation that leaves no room for the act, and nobody below.</summary>
    private static Need? Deciding(Delegation delegation, Chain chain, DeclaredAct act, DateTimeOffset now, Allowance? under)
    {
        var need = OwnBound(delegation, act, now) is { } own ? new Need(own, delegation.Leader) : null;
        var levels = 1;
        foreach (var ancestor in chain.Ancestors)
        {
            levels++;
            if (Bound(ancestor, act, levels, now) is { } clause)
            {
                need = new Need(clause, ancestor.Leader);
            }
        }
        return Beyond(chain.Mandate, delegation, chain, act, under) is { } mandate
            ? new Need(mandate, AbleBeyond(delegation, chain, act, under) is [var able, ..] ? able : Need.Nobody)
            : need;
    }

    private static Delegation Root(Delegation delegation, Chain chain) => chain.Ancestors is [.., var root] ? root : delegation;

    /// <summary>The place of somebody in the line, -1 outside it.</summary>
    public static int LevelOf(IReadOnlyList<Party> line, Party person)
    {
        var level = line.Count - 1;
        while (level >= 0 && line[level].ObjectId != person.ObjectId)
        {
            level--;
        }
        return level;
    }

    private static Clause? Beyond(Mandate mandate, Delegation delegation, Chain chain, DeclaredAct act, Allowance? under)
    {
        var onTop = chain.Ancestors.Count > 0 || AmountOf(act) is not { } amount || HasLeft(delegation, amount) ? null
            : under is { IsOnTop: true } ? amount with { Amount = 0 } // It is among what was approved.
            : amount;
        return MandateRules.Beyond(mandate, Root(delegation, chain), MattersOf(delegation, act), act is DeclaredAct.Commit, onTop);
    }

    private static IReadOnlyList<Party> AbleBeyond(Delegation delegation, Chain chain, DeclaredAct act, Allowance? under) =>
        MandateRules.Able(chain.Above, Root(delegation, chain).Leader.ObjectId, delegation.Assignee, mandate => Beyond(mandate, delegation, chain, act, under));

    /// <summary>Whom a policy asks. Nobody approves what they do themselves: then an administrator is asked.</summary>
    private static Party Answering(Policy policy, Delegation delegation, Chain chain) =>
        policy.Approver!.ObjectId != delegation.Assignee.ObjectId ? policy.Approver
        : chain.Above.FirstOrDefault(superior => superior.IsAdministrator && superior.Who.ObjectId != delegation.Assignee.ObjectId)?.Who ?? Need.Nobody;

    /// <summary>An approval that has the money, and in which everybody took part whose answer the act needs now; the one that ends first.</summary>
    private static Allowance? Covering(Delegation delegation, Chain chain, DeclaredAct.Spend spend, DateTimeOffset now) =>
        AllowanceRules.Usable(delegation, spend, now).FirstOrDefault(allowance =>
        {
            var line = Line(delegation, chain, spend, allowance);
            return Needs(delegation, chain, spend, now, allowance).All(needed => allowance.Approvals.Any(given => Covers(given, needed, line)));
        });

    private static Clause? OwnBound(Delegation delegation, DeclaredAct act, DateTimeOffset now)
    {
        var bounds = delegation.Terms.Limits;
        if (delegation.Terms.Type == AuthorizationType.Deterministic)
        {
            return DelegationRules.TermsClause(delegation);
        }
        return Bound(delegation, act, 1, now)
            ?? (AmountOf(act) is { } amount && !HasLeft(delegation, amount) ? Say(delegation, delegation.Left is { } left ? $"up to {bounds.Budget}, of which {left} is left" : "no budget") : null);
    }

    /// <summary>
    /// The clause of a delegation's terms that leaves no room for an act in it or below it. Money is not among them: what a child has was set
    /// aside for it above.
    /// </summary>
    /// <param name="delegation">Whose terms.</param>
    /// <param name="act">What is to be done.</param>
    /// <param name="levels">How far below this delegation something handed on by the act would stand.</param>
    /// <param name="now">When.</param>
    private static Clause? Bound(Delegation delegation, DeclaredAct act, int levels, DateTimeOffset now)
    {
        var (terms, bounds) = (delegation.Terms, delegation.Terms.Limits);
        if (now > terms.Due.At)
        {
            return Say(delegation, $"by {Zones.Read(terms.Due.At, terms.Due.Zone)}");
        }
        return act switch
        {
            DeclaredAct.Spend or DeclaredAct.Plan => null,
            DeclaredAct.Involve involve => bounds.MayInvolve(involve.Person.ObjectId) ? null : Say(delegation, BoundsText.People(bounds)),
            DeclaredAct.Commit => bounds.OutsideCommitments ? null : Say(delegation, "nothing is promised to anybody outside"),
            DeclaredAct.HandOn when bounds.Depth < levels => Say(delegation, BoundsText.Depth(bounds.Depth)),
            DeclaredAct.HandOn handOn => bounds.MayInvolve(handOn.Assignee.ObjectId) ? null : Say(delegation, BoundsText.People(bounds)),
            _ => throw new UnreachableException(),
        };
    }

    /// <summary>Amounts of another currency than the policy's cannot be compared with it, so they are never below it.</summary>
    private static bool Meets(Policy policy, Delegation delegation, DeclaredAct act) =>
        (policy.Matter is null || MattersOf(delegation, act).Contains(policy.Matter, StringComparer.OrdinalIgnoreCase))
        && policy.Subject switch
        {
            PolicySubject.Spending => AmountOf(act) is { } amount && (policy.Over is not { } over || over.Currency != amount.Currency || amount.Amount > over.Amount),
            PolicySubject.OutsideCommitment => act is DeclaredAct.Commit,
            PolicySubject.SubDelegation => act is DeclaredAct.HandOn,
        };

    /// <summary>What an act is about: the matter of the delegation, and of what is handed on.</summary>
    private static IEnumerable<string?> MattersOf(Delegation delegation, DeclaredAct act) =>
        act is DeclaredAct.HandOn handOn ? [delegation.Terms.Limits.Matter, handOn.Terms.Limits.Matter] : [delegation.Terms.Limits.Matter];

    public static Money? AmountOf(DeclaredAct act) => act switch
    {
        DeclaredAct.Spend spend => spend.Amount,
        DeclaredAct.Plan plan => plan.UpTo,
        DeclaredAct.Involve or DeclaredAct.Commit or DeclaredAct.HandOn or DeclaredAct.Give => null,
        _ => throw new UnreachableException(),
    };

    private static Clause Say(Delegation delegation, string text) => new(DelegationRules.Origin(delegation), text);
}

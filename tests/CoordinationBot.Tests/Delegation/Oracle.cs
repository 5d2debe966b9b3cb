using CoordinationBot.Authority;
using CoordinationBot.Delegations;

namespace CoordinationBot.Tests.Delegations;

/// <summary>What product.md says of authority, written a second time from its sentences and without the rules.</summary>
internal static class Oracle
{
    /// <param name="Never">Why nobody can allow it, or null.</param>
    /// <param name="Level">The highest level that leaves no room for it: 0 is the delegation itself, then its ancestors, the last is the mandate; -1: all leave room.</param>
    /// <param name="Policies">Whose answers policies ask for.</param>
    /// <param name="Able">Who above the mandate may decide it: the mandate of each leaves room, and nobody decides on their own act.</param>
    internal sealed record Verdict(string? Never, int Level, IReadOnlyList<string> Policies, IReadOnlyList<string> Able)
    {
        public bool IsFree => Never is null && Level < 0 && Policies.Count == 0;
    }

    /// <param name="own">The delegation in which it is done.</param>
    /// <param name="chain">What stands above it.</param>
    /// <param name="act">What is done.</param>
    /// <param name="now">When.</param>
    /// <param name="under">The plan it is done under, where it is.</param>
    public static Verdict Judge(Delegation own, Chain chain, DeclaredAct act, DateTimeOffset now, Allowance? under)
    {
        List<string> policies = [];
        string? never = null;
        foreach (var policy in chain.Policies)
        {
            if (Applies(policy, own, act))
            {
                var administrator = chain.Above.FirstOrDefault(superior => superior.IsAdministrator && superior.Who != own.Assignee)?.Who;
                if (policy.Approver is { } named && (named == own.Assignee ? administrator : named) is { } approver)
                {
                    policies.Add(approver.ObjectId);
                }
                else
                {
                    never = policy.Id;
                }
            }
        }
        var level = OwnTermsLeaveRoom(own, act, under) && now <= own.Terms.Due.At ? -1 : 0;
        for (var index = 0; index < chain.Ancestors.Count; index++)
        {
            var ancestor = chain.Ancestors[index];
            if (!ancestor.IsOpen)
            {
                never = $"{ancestor.Id} has ended";
            }
            if (ancestor.Terms.Type == AuthorizationType.Uncertain && act is DeclaredAct.Commit)
            {
                never = $"{ancestor.Id} is uncertain";
            }
            if (now > ancestor.Terms.Due.At || !LeavesRoom(ancestor.Terms.Limits, act, index + 2))
            {
                level = index + 1;
            }
        }
        if (own.Terms.Type == AuthorizationType.Uncertain && act is DeclaredAct.Commit)
        {
            never = "uncertain";
        }
        if (act is DeclaredAct.HandOn handOn)
        {
            never = Wider(own, chain, handOn) ?? never;
        }
        var root = chain.Ancestors is [.., var last] ? last : own;
        if (!chain.Mandate.IsUnlimited && !Mandated(chain.Mandate, own, root, act, under))
        {
            level = chain.Ancestors.Count + 1;
        }
        string[] able =
        [
            .. chain.Above.Where(superior => superior.Who != root.Leader && superior.Who != own.Assignee && (superior.IsAdministrator || superior.Mandate.IsUnlimited || Mandated(superior.Mandate, own, root, act, under)))
                .Select(superior => superior.Who.ObjectId),
        ];
        return new Verdict(never, level, policies, able);
    }

    /// <summary>Whether all whose answers are needed are among these people.</summary>
    public static bool Agreed(Verdict verdict, Delegation own, Chain chain, IReadOnlySet<string> people)
    {
        string[] deciders = [own.Leader.ObjectId, .. chain.Ancestors.Select(ancestor => ancestor.Leader.ObjectId)];
        var above = deciders.Skip(verdict.Level).Concat(verdict.Able);
        return verdict.Never is null && (verdict.Level < 0 || above.Any(people.Contains)) && verdict.Policies.All(people.Contains);
    }

    /// <summary>The clauses of the policies that an act meets.</summary>
    public static IEnumerable<string> Met(Delegation own, Chain chain, DeclaredAct act) =>
        chain.Policies.Where(policy => Applies(policy, own, act)).Select(policy => policy.Clause.ToString());

    /// <summary>Why a child would be able to do what its parent cannot, or null.</summary>
    public static string? Wider(Delegation parent, Chain chain, DeclaredAct.HandOn handOn)
    {
        var (has, gets) = (parent.Terms.Limits, handOn.Terms.Limits);
        return parent.Terms.Type == AuthorizationType.Uncertain && handOn.Terms.Type != AuthorizationType.Uncertain ? "type"
            : handOn.Terms.Due.At > parent.Terms.Due.At ? "due"
            : gets.Budget is { } budget && !(budget.Amount > 0 && Fits(parent, budget)) ? "budget"
            : gets.OutsideCommitments && !has.OutsideCommitments ? "outside"
            : Office.Everybody.Any(person => May(gets, person) && !May(has, person)) ? "people"
            : gets.Depth >= Math.Max(1, has.Depth) ? "depth"
            : has.MustNot.Any(line => !gets.MustNot.Contains(line)) ? "must not"
            : has.Matter is not null && has.Matter != gets.Matter ? "matter"
            : has.IsConfidential && !(gets.IsConfidential && has.People.Contains(handOn.Assignee)) ? "confidential"
            : chain.Ancestors.Prepend(parent).Any(one => one.Leader == handOn.Assignee || one.Assignee == handOn.Assignee) ? "circle"
            : null;
    }

    private static bool OwnTermsLeaveRoom(Delegation own, DeclaredAct act, Allowance? under) =>
        own.Terms.Type != AuthorizationType.Deterministic
        && act switch
        {
            DeclaredAct.Spend spend => under is { IsOnTop: true } || Fits(own, spend.Amount),
            DeclaredAct.Plan plan => Fits(own, plan.UpTo),
            _ => LeavesRoom(own.Terms.Limits, act, 1),
        };

    /// <summary>Money is not asked here: what a child may spend was set aside above.</summary>
    private static bool LeavesRoom(Bounds bounds, DeclaredAct act, int levels) => act switch
    {
        DeclaredAct.Involve involve => May(bounds, involve.Person),
        DeclaredAct.Commit => bounds.OutsideCommitments,
        DeclaredAct.HandOn handOn => bounds.Depth >= levels && May(bounds, handOn.Assignee),
        _ => true,
    };

    private static bool May(Bounds bounds, Party person) =>
        bounds.Involvement == Involvement.Anyone || (bounds.Involvement == Involvement.Named && bounds.People.Contains(person));

    private static bool Fits(Delegation own, Money amount)
    {
        if (own.Terms.Limits.Budget is not { } budget || budget.Currency != amount.Currency)
        {
            return false;
        }
        var taken = own.Dealings.Spent;
        foreach (var child in own.Dealings.Children)
        {
            taken += child.Reserved;
        }
        return taken + amount.Amount <= budget.Amount;
    }

    private static bool Mandated(Mandate mandate, Delegation own, Delegation root, DeclaredAct act, Allowance? under)
    {
        var money = root.Terms.Limits.Budget;
        var asked = own != root ? null : act switch { DeclaredAct.Spend spend => spend.Amount, DeclaredAct.Plan plan => plan.UpTo, _ => null };
        if (asked is not null && !Fits(root, asked))
        {
            var approved = root.Dealings.Allowances.Where(allowance => allowance.IsOnTop).Sum(allowance => allowance.UpTo.Amount);
            money = asked with { Amount = (money?.Amount ?? 0) + approved + (under is { IsOnTop: true } ? 0 : asked.Amount) };
        }
        return (money is null || (mandate.Money is { } most && most.Currency == money.Currency && money.Amount <= most.Amount))
            && (act is not DeclaredAct.Commit || mandate.OutsideCommitments)
            && !mandate.Excluded.Contains(root.Terms.Limits.Matter)
            && !mandate.Excluded.Contains(own.Terms.Limits.Matter)
            && !(act is DeclaredAct.HandOn handOn && mandate.Excluded.Contains(handOn.Terms.Limits.Matter));
    }

    private static bool Applies(Policy policy, Delegation own, DeclaredAct act)
    {
        if (policy.Matter is { } matter && matter != own.Terms.Limits.Matter && !(act is DeclaredAct.HandOn handOn && matter == handOn.Terms.Limits.Matter))
        {
            return false;
        }
        var amount = act switch { DeclaredAct.Spend spend => spend.Amount, DeclaredAct.Plan plan => plan.UpTo, _ => null };
        return policy.Subject switch
        {
            PolicySubject.Spending => amount is not null && !(policy.Over is { } over && over.Currency == amount.Currency && amount.Amount <= over.Amount),
            PolicySubject.OutsideCommitment => act is DeclaredAct.Commit,
            PolicySubject.SubDelegation => act is DeclaredAct.HandOn,
        };
    }
}

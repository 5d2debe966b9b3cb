using System.Diagnostics;
using System.Globalization;
using CoordinationBot.Authority;

namespace CoordinationBot.Delegations;

/// <summary>Acts of an assignee, ruled on at once: permitted and recorded, held for approval, or forbidden.</summary>
internal static class DeclareRules
{
    private const int MostNewest = 20;

    private static readonly DelegationState[] AtWork = [DelegationState.Accepted, DelegationState.InProgress, DelegationState.Returned, DelegationState.WaitingForApproval];

    /// <param name="delegation">As it stands.</param>
    /// <param name="chain">What is above it.</param>
    /// <param name="act">Who, when, on which card.</param>
    /// <param name="key">Of the card or message; the same act with the same key again is the same act.</param>
    /// <param name="declared">What.</param>
    /// <param name="reason">Why, for whoever may have to approve.</param>
    public static Outcome Declare(Delegation delegation, Chain chain, Act act, string key, DeclaredAct declared, string? reason)
    {
        var declaration = new Declaration(key, BoundsText.Act(declared));
        if (delegation.RoleOf(act.ActorId) == Role.Assignee && delegation.Dealings.Newest.Contains(declaration))
        {
            return new Outcome.Unchanged(delegation);
        }
        if (DelegationRules.Bar(delegation, act, Role.Assignee, AtWork) is { } bar)
        {
            return bar;
        }
        if (Check(delegation, declared) is { } refusal)
        {
            return new Outcome.Refused(refusal.Sentence, refusal.Clause);
        }
        var noted = delegation with { Ledger = delegation.Dealings with { Newest = [.. delegation.Dealings.Newest.TakeLast(MostNewest - 1), declaration] } };
        return RulingRules.Rule(delegation, chain, declared, act.Now) switch
        {
            Ruling.Permitted permitted => Record(noted, act, declared, permitted.Clause, permitted.Under, null),
            Ruling.Forbidden forbidden => DelegationRules.Forbid(delegation, act, BoundsText.Act(declared), forbidden.Sentence, forbidden.Clause),
            Ruling.NeedsApproval held => Hold(noted, act, declared, reason, held.Needs),
            _ => throw new UnreachableException(),
        };
    }

    /// <summary>Done: into the books, with what it causes elsewhere.</summary>
    public static Outcome.Changed Record(Delegation delegation, Act act, DeclaredAct declared, Clause clause, Allowance? under, Party? approvedBy)
    {
        var books = delegation.Dealings;
        books = declared switch
        {
            DeclaredAct.Spend spend => AllowanceRules.Spend(books, spend.Amount.Amount, under),
            DeclaredAct.Plan plan => books with
            {
                Allowances = [.. books.Allowances, new Allowance(string.Create(CultureInfo.InvariantCulture, $"R{delegation.Revision + 1}"), plan.UpTo, 0, plan.For, plan.Until, IsOnTop: false, [])],
            },
            DeclaredAct.Involve involve => books with { Involved = [.. books.Involved.Where(person => person.ObjectId != involve.Person.ObjectId), involve.Person] },
            DeclaredAct.Commit commit => books with { Commitments = [.. books.Commitments, new Commitment(commit.To, commit.What)] },
            DeclaredAct.HandOn handOn => books with { Children = [.. books.Children, new Child(handOn.ChildId, handOn.Assignee, handOn.Terms.Limits.Budget?.Amount ?? 0, false, [])] },
            _ => throw new UnreachableException(),
        };
        var after = delegation with { State = Begun(delegation.State), Ledger = books };
        var changed = DelegationRules.Change(delegation, act, after, $"{BoundsText.Done(declared)}{Left(after, declared)}", clause);
        return declared is DeclaredAct.HandOn toChild
            ? changed.With(new Effect.Create(DelegationRules.EffectId(changed.State, 0), toChild.ChildId, delegation.Assignee, toChild, [delegation.Id, .. delegation.Ancestors ?? []], approvedBy, act.Now))
            : changed;
    }

    private static Outcome.Changed Hold(Delegation delegation, Act act, DeclaredAct declared, string? reason, IReadOnlyList<Need> needs)
    {
        var held = new HeldAct(string.Create(CultureInfo.InvariantCulture, $"R{delegation.Revision + 1}"), declared, reason, act.Now, needs);
        return DelegationRules.Change(
            delegation,
            act,
            DelegationRules.Asking(delegation with { Ledger = delegation.Dealings with { Held = [.. delegation.Dealings.Held, held] } }, Approvers(needs)),
            $"Needs approval by {string.Join(", ", needs.Select(need => need.Approver.Name).Distinct())}: {BoundsText.Act(declared)}",
            needs[0].Clause,
            [.. Approvers(needs).Select(approver => DelegationRules.TellTo(delegation, approver, $"{delegation.Assignee.Name} asks to {BoundsText.Act(declared)}. Please decide."))]);
    }

    public static IEnumerable<Party> Approvers(IReadOnlyList<Need> needs) => needs.Where(need => need.ApprovedBy is null).Select(need => need.Approver).DistinctBy(approver => approver.ObjectId);

    private static (string Sentence, Clause? Clause)? Check(Delegation delegation, DeclaredAct declared)
    {
        var books = delegation.Dealings;
        return declared switch
        {
            DeclaredAct.Spend spend => CheckMoney(delegation, spend.Amount) ?? Sentence(DelegationLimits.Check(spend.On, "what it is spent on", DelegationLimits.Title)),
            DeclaredAct.Plan plan => CheckMoney(delegation, plan.UpTo) ?? Sentence(DelegationLimits.Check(plan.For, "what it is for", DelegationLimits.Title)),
            DeclaredAct.Involve involve => delegation.RoleOf(involve.Person.ObjectId) is not null ? ($"{involve.Person.Name} is part of it already.", null)
                : books.Involved.Any(person => person.ObjectId == involve.Person.ObjectId) ? ($"{involve.Person.Name} is involved already.", null)
                : books.Involved.Count >= DelegationLimits.Involved ? ($"{DelegationLimits.Involved} people are involved already; no more fit.", null)
                : null,
            DeclaredAct.Commit commit => books.Commitments.Count >= DelegationLimits.Commitments ? ($"{DelegationLimits.Commitments} promises were made already; no more fit.", null)
                : Sentence(DelegationLimits.Check(commit.To, "to whom", DelegationLimits.Title) ?? DelegationLimits.Check(commit.What, "what is promised", DelegationLimits.StepText)),
            DeclaredAct.HandOn => books.Children.Count >= DelegationLimits.Children ? ($"It was handed on {DelegationLimits.Children} times already; no more fit.", null) : null,
            _ => throw new UnreachableException(),
        } ?? (books.Held.Count >= DelegationLimits.Held ? ($"{DelegationLimits.Held} requests wait already. Please wait for an answer, or withdraw one.", null) : null);
    }

    private static (string Sentence, Clause? Clause)? CheckMoney(Delegation delegation, Money amount) =>
        amount.Amount <= 0 ? ("Please give an amount above zero.", null)
        : amount.Amount > Money.Most ? ("That is more than any budget here can be. Please check the amount.", null)
        : Currency(delegation) is { } currency && currency != amount.Currency ? ($"This delegation counts in {currency}. An amount in {amount.Currency} cannot be added to it.", DelegationRules.TermsClause(delegation))
        : null;

    /// <summary>The one currency of a delegation: of its budget, or of what was approved first.</summary>
    private static string? Currency(Delegation delegation) =>
        (delegation.Terms.Limits.Budget ?? (delegation.Dealings.Allowances is [var first, ..] ? first.UpTo : null))?.Currency;

    private static (string Sentence, Clause? Clause)? Sentence(string? sentence) => sentence is null ? null : (sentence, null);

    private static DelegationState Begun(DelegationState state) => state == DelegationState.Accepted ? DelegationState.InProgress : state;

    private static string Left(Delegation after, DeclaredAct declared) => declared is DeclaredAct.Spend or DeclaredAct.HandOn && after.Left is { } left ? $". {left} left" : "";
}

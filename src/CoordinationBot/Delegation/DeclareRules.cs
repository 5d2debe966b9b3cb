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
        if (delegation.RoleOf(act.ActorId) == Role.Assignee && (delegation.Dealings.Newest.Contains(declaration) || (declared is DeclaredAct.HandOn handOn && IsSent(delegation, handOn.ChildId))))
        {
            return new Outcome.Unchanged(delegation);
        }
        if (DelegationRules.Bar(delegation, act, Role.Assignee, AtWork) is { } bar)
        {
            return bar;
        }
        if ((Check(delegation, declared, act.Now) ?? CheckHeld(delegation)) is { } refusal)
        {
            return new Outcome.Refused(refusal.Sentence, refusal.Clause);
        }
        if (reason is not null && DelegationLimits.Check(reason, "the reason", DelegationLimits.Words) is { } tooLong)
        {
            return new Outcome.Refused(tooLong);
        }
        var noted = delegation with { Ledger = delegation.Dealings with { Newest = [.. delegation.Dealings.Newest.TakeLast(MostNewest - 1), declaration] } };
        return RulingRules.Rule(delegation, chain, declared, act.Now) switch
        {
            Ruling.Permitted permitted => ReadBack(Record(noted, act, declared, permitted.Clause, permitted.Under)),
            Ruling.Forbidden forbidden => DelegationRules.Forbid(delegation, act, BoundsText.Act(delegation, declared), forbidden.Sentence, forbidden.Clause),
            Ruling.NeedsApproval held => ReadBack(Hold(noted, act, declared, reason, held.Needs)),
            _ => throw new UnreachableException(),
        };
    }

    /// <summary>Done: into the books, with what it causes elsewhere.</summary>
    public static Outcome.Changed Record(Delegation delegation, Act act, DeclaredAct declared, Clause clause, Allowance? under)
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
        var changed = DelegationRules.Change(delegation, act, after, $"{BoundsText.Done(declared, delegation.Terms.Due.Zone)}{Left(after, declared)}", clause);
        return declared is DeclaredAct.HandOn toChild
            ? changed.With(new Effect.Create(DelegationRules.EffectId(changed.State, 0), toChild.ChildId, delegation.Assignee, toChild, [delegation.Id, .. delegation.Ancestors ?? []], act.Now))
            : changed;
    }

    private static Outcome.Changed ReadBack(Outcome.Changed changed) => changed with { Said = $"{changed.Entry.What}. ({changed.Entry.Clause})" };

    private static Outcome.Changed Hold(Delegation delegation, Act act, DeclaredAct declared, string? reason, IReadOnlyList<Need> needs)
    {
        var held = new HeldAct(string.Create(CultureInfo.InvariantCulture, $"R{delegation.Revision + 1}"), declared, reason, act.Now, needs);
        return DelegationRules.Change(
            delegation,
            act,
            DelegationRules.Asking(delegation with { Ledger = delegation.Dealings with { Held = [.. delegation.Dealings.Held, held] } }, Approvers(needs)),
            $"Needs approval by {string.Join(", ", Approvers(needs).Select(approver => approver.Name))}: {BoundsText.Act(delegation, declared)}{(reason is null ? "" : $". Because: {reason.TrimEnd('.', ' ')}")}",
            Need.ClauseOf(needs),
            [.. Approvers(needs).Select(approver => DelegationRules.TellTo(delegation, approver, $"{delegation.Assignee.Name} asks to {BoundsText.Act(delegation, declared)}. Please decide."))]);
    }

    public static IEnumerable<Party> Approvers(IReadOnlyList<Need> needs) => needs.Where(need => need.ApprovedBy is null).Select(need => need.Approver).DistinctBy(approver => approver.ObjectId);

    /// <summary>Whether acts are done in it now: it is accepted, and not handed in.</summary>
    public static bool IsAtWork(Delegation delegation) => AtWork.Contains(delegation.State);

    /// <summary>Why an act does not fit into the books, whoever permits it; null when it does.</summary>
    public static (string Sentence, Clause? Clause)? Check(Delegation delegation, DeclaredAct declared, DateTimeOffset now)
    {
        var books = delegation.Dealings;
        return declared switch
        {
            DeclaredAct.Spend spend => CheckMoney(delegation, spend.Amount) ?? Sentence(DelegationLimits.Check(spend.On, "what it is spent on", DelegationLimits.Title)),
            DeclaredAct.Plan plan => CheckMoney(delegation, plan.UpTo) ?? Sentence(plan.Until <= now ? "Please choose a day that is ahead." : null) ?? Sentence(DelegationLimits.Check(plan.For, "what it is for", DelegationLimits.Title)),
            DeclaredAct.Involve involve => delegation.RoleOf(involve.Person.ObjectId) is not (null or Role.Approver) ? ($"{involve.Person.Name} is part of it already.", null)
                : books.Involved.Any(person => person.ObjectId == involve.Person.ObjectId) ? ($"{involve.Person.Name} is involved already.", null)
                : books.Involved.Count >= DelegationLimits.Involved ? ($"{DelegationLimits.Involved} people are involved already; no more fit.", null)
                : null,
            DeclaredAct.Commit commit => books.Commitments.Count >= DelegationLimits.Commitments ? ($"{DelegationLimits.Commitments} promises were made already; no more fit.", null)
                : Sentence(DelegationLimits.Check(commit.To, "to whom", DelegationLimits.Title) ?? DelegationLimits.Check(commit.What, "what is promised", DelegationLimits.StepText)),
            DeclaredAct.HandOn handOn => books.Children.Count >= DelegationLimits.Children ? ($"It was handed on {DelegationLimits.Children} times already; no more fit.", null)
                : Sentence(OfferRules.CheckTerms(handOn.Terms, delegation.Assignee.ObjectId, handOn.Assignee.ObjectId, "", now)),
            _ => throw new UnreachableException(),
        };
    }

    private static (string Sentence, Clause? Clause)? CheckHeld(Delegation delegation) =>
        delegation.Dealings.Held.Count >= DelegationLimits.Held ? ($"{DelegationLimits.Held} requests wait already. Please wait for an answer, or withdraw one.", null) : null;

    /// <summary>A draft is sent once, from whatever card: it has its child, or waits to have it.</summary>
    private static bool IsSent(Delegation delegation, string childId) =>
        delegation.Dealings.Children.Any(child => child.Id == childId) || delegation.Dealings.Held.Any(held => held.Act is DeclaredAct.HandOn handOn && handOn.ChildId == childId);

    private static (string Sentence, Clause? Clause)? CheckMoney(Delegation delegation, Money amount) =>
        amount.Amount <= 0 ? ("Please give an amount above zero.", null)
        : amount.Amount > Money.Most ? ("That is more than any budget here can be. Please check the amount.", null)
        : Currency(delegation) is { } currency && currency != amount.Currency ? ($"This delegation counts in {currency}. An amount in {amount.Currency} cannot be added to it.", DelegationRules.TermsClause(delegation))
        : null;

    /// <summary>The one currency of a delegation: of its budget, of what was approved first, or of what was asked for first.</summary>
    public static string? Currency(Delegation delegation) =>
        (delegation.Terms.Limits.Budget
            ?? (delegation.Dealings.Allowances is [var first, ..] ? first.UpTo : null)
            ?? delegation.Dealings.Held.Select(held => RulingRules.AmountOf(held.Act)).FirstOrDefault(amount => amount is not null))?.Currency;

    private static (string Sentence, Clause? Clause)? Sentence(string? sentence) => sentence is null ? null : (sentence, null);

    private static DelegationState Begun(DelegationState state) => state == DelegationState.Accepted ? DelegationState.InProgress : state;

    private static string Left(Delegation after, DeclaredAct declared) => declared is DeclaredAct.Spend or DeclaredAct.HandOn && after.Left is { } left ? $". {left} left" : "";
}

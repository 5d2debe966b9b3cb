using CoordinationBot.Authority;

namespace CoordinationBot.Delegations;

/// <summary>What the leader of an uncertain delegation decides: choose, ask for more, close, or go on without a comment.</summary>
internal static class ChoiceRules
{
    /// <summary>Turns the delegation into a deterministic or flexible one with the terms of the chosen option, to be accepted anew.</summary>
    /// <param name="delegation">As it stands.</param>
    /// <param name="chain">What is above it: the new terms are within that, too.</param>
    /// <param name="act">Who, when, on which card.</param>
    /// <param name="origin">The draft in which the terms were written; the same again is the same choice.</param>
    /// <param name="optionId">Which option.</param>
    /// <param name="terms">The new terms; their version is given here.</param>
    public static Outcome Choose(Delegation delegation, Chain chain, Act act, string origin, string? optionId, Terms terms)
    {
        if (delegation.RoleOf(act.ActorId) == Role.Leader && delegation.Inquiry?.Origin == origin)
        {
            return new Outcome.Unchanged(delegation);
        }
        if (BarChoice(delegation, chain.Ancestors, act, optionId) is { } bar)
        {
            return bar;
        }
        var own = delegation.Terms;
        var chosen = terms with { Version = own.Version + 1, Bounds = Keeping(own.Limits, terms), Objective = own.Objective, Silence = own.Silence };
        if (Check(delegation, chain, chosen, act.Now) is var (sentence, clause))
        {
            return new Outcome.Refused(sentence, clause);
        }
        var (inquiry, option) = (delegation.Inquiry!, delegation.Inquiry!.Find(optionId)!);
        var type = chosen.Type.ToString().ToLowerInvariant();
        return DelegationRules.Change(
            delegation,
            act,
            delegation with
            {
                State = DelegationState.Offered,
                Terms = chosen,
                Round = delegation.Round + 1,
                BackBrief = null,
                Reason = null,
                Inquiry = inquiry with { Chosen = option.Id, Origin = origin, Question = delegation.Terms.Aim, Consulted = delegation.Consulted.ToList() },
            },
            $"Chose {option.Name} “{option.Title}”, as {type}: {BoundsText.Sentence(chosen)} This is version {chosen.Version}",
            DelegationRules.RoleClause(delegation, Role.Leader),
            new Tell(Role.Assignee, $"{delegation.Leader.Name} chose {option.Name}, as {type}. Please accept version {chosen.Version}."),
            new Tell(Role.Consulted, $"{delegation.Leader.Name} chose {option.Name}. Thank you for your advice."));
    }

    /// <summary>Null when this person may choose this option on this card now; otherwise the answer.</summary>
    public static Outcome? BarChoice(Delegation delegation, IReadOnlyList<Delegation> ancestors, Act act, string? optionId) =>
        InquiryRules.Bar(delegation, act, Role.Leader, DelegationState.HandedIn)
        ?? (InquiryRules.Of(delegation).Find(optionId) is null ? InquiryRules.Gone(delegation, optionId)
            : ancestors.FirstOrDefault(ancestor => ancestor.Terms.Type == AuthorizationType.Uncertain) is { } above
                ? new Outcome.Refused(
                    $"This is part of {above.Id}, where {above.Leader.Name} chooses. Propose what you have learned there, and close this one or ask it for more.",
                    new Clause(DelegationRules.Origin(above), "what is uncertain is handed on as uncertain only"))
            : null);

    /// <summary>Not yet: says what is missing, and the assignee goes on.</summary>
    public static Outcome AskForMore(Delegation delegation, Act act, string? missing)
    {
        if (delegation.State == DelegationState.Returned && delegation.RoleOf(act.ActorId) == Role.Leader && delegation.Reason == missing && delegation.Terms.Type == AuthorizationType.Uncertain)
        {
            return new Outcome.Unchanged(delegation);
        }
        return InquiryRules.Bar(delegation, act, Role.Leader, DelegationState.HandedIn)
            ?? (DelegationLimits.Check(missing, "what is missing", DelegationLimits.Words) is { } refusal
                ? new Outcome.Refused(refusal)
                : DelegationRules.Change(
                    delegation,
                    act,
                    delegation with { State = DelegationState.Returned, Round = delegation.Round + 1, Reason = missing },
                    $"Asked for more: {missing}",
                    DelegationRules.RoleClause(delegation, Role.Leader),
                    new Tell(Role.Assignee, $"{delegation.Leader.Name} asks for more before choosing.")));
    }

    /// <summary>Ends it without a choice: the question is answered, or no longer asked.</summary>
    public static Outcome Close(Delegation delegation, Act act, string? reason)
    {
        if (delegation.State == DelegationState.Done && delegation.RoleOf(act.ActorId) == Role.Leader && delegation.Reason == reason && delegation.Terms.Type == AuthorizationType.Uncertain)
        {
            return new Outcome.Unchanged(delegation);
        }
        return InquiryRules.Bar(delegation, act, Role.Leader, InquiryRules.Running)
            ?? (DelegationLimits.Check(reason, $"why, so that {delegation.Assignee.Name} knows", DelegationLimits.Words) is { } refusal
                ? new Outcome.Refused(refusal)
                : DelegationRules.Change(
                    delegation,
                    act,
                    delegation with { State = DelegationState.Done, Reason = reason, Request = null },
                    $"Closed without a choice: {reason}",
                    DelegationRules.RoleClause(delegation, Role.Leader),
                    new Tell(Role.Assignee, $"{delegation.Leader.Name} closed this. Nothing more is to be done. Thank you.")));
    }

    /// <summary>The leader lets the options be proposed without the comment of somebody who must be consulted.</summary>
    public static Outcome GoOnWithout(Delegation delegation, Act act, string? objectId)
    {
        if (InquiryRules.Bar(delegation, act, Role.Leader, InquiryRules.Running) is { } bar)
        {
            return bar;
        }
        var inquiry = InquiryRules.Of(delegation);
        if (inquiry.Without.Contains(objectId))
        {
            return new Outcome.Unchanged(delegation);
        }
        if (delegation.Consulted.FirstOrDefault(person => person.ObjectId == objectId) is not { } person)
        {
            return new Outcome.Refused("Please choose somebody who is to be consulted.");
        }
        return !InquiryRules.Missing(delegation).Contains(person)
            ? new Outcome.Stale($"Nothing was changed: {person.Name} has commented meanwhile.")
            : DelegationRules.Change(
                delegation,
                act,
                delegation with { Inquiry = inquiry with { Without = [.. inquiry.Without, person.ObjectId] } },
                $"Goes on without {person.Name}'s comment",
                DelegationRules.RoleClause(delegation, Role.Leader),
                new Tell(Role.Assignee, $"{delegation.Leader.Name} says that it goes on without {person.Name}'s comment."));
    }

    private static (string Sentence, Clause? Clause)? Check(Delegation delegation, Chain chain, Terms terms, DateTimeOffset now)
    {
        if (terms.Type == AuthorizationType.Uncertain)
        {
            return ("Choosing turns this into a deterministic or a flexible delegation. Please choose one of these.", null);
        }
        // Nobody but the two of them is asked here: a bot was never an assignee.
        if (OfferRules.CheckTerms(terms, delegation.Leader.ObjectId, delegation.Assignee.ObjectId, "", now) is { } refusal)
        {
            return (refusal, null);
        }
        if (RulingRules.Ended(chain.Ancestors) is { } ended)
        {
            return (ended.Sentence, ended.Clause);
        }
        var budget = terms.Limits.Budget;
        if (CheckBudget(delegation, budget) is { } money)
        {
            return (money, DelegationRules.TermsClause(delegation));
        }
        var beyond = chain.Ancestors is [var parent, ..]
            ? HandOnRules.Wider(parent, terms, budget is null || (delegation.Terms.Limits.Budget is { } aside && aside.Currency == budget.Currency && budget.Amount <= aside.Amount))
            : MandateRules.Beyond(chain.Mandate, terms, delegation.Assignee) ?? Growing(delegation, chain, budget);
        return beyond is null ? null : ("That is more than you may give.", beyond);
    }

    /// <summary>What was approved on top comes on top of the new budget as well. To give no more than was given is nothing new.</summary>
    private static Clause? Growing(Delegation delegation, Chain chain, Money? budget) =>
        budget is null || budget.Amount <= (delegation.Terms.Limits.Budget?.Amount ?? 0) ? null : MandateRules.Beyond(chain.Mandate, delegation, budget);

    /// <summary>One currency a delegation, and what was spent on exploring is part of what may be spent in all.</summary>
    private static string? CheckBudget(Delegation delegation, Money? budget) =>
        budget is null ? null
        : delegation.Currency is { } currency && currency != budget.Currency ? $"This delegation counts in {currency}. Its budget cannot be in {budget.Currency}."
        : budget.Amount < delegation.Dealings.Taken ? $"{budget with { Amount = delegation.Dealings.Taken }} is spent or set aside already. A budget below that is not possible."
        : null;

    /// <summary>A choice changes what may be done, not what it is about nor who may know of it. Deterministic leaves no bounds but what must not be done.</summary>
    private static Bounds? Keeping(Bounds own, Terms terms) => terms.Type switch
    {
        AuthorizationType.Deterministic => own is { Matter: null, IsConfidential: false, MustNot.Count: 0 } ? null : Bounds.None with { Matter = own.Matter, IsConfidential = own.IsConfidential, MustNot = own.MustNot },
        AuthorizationType.Flexible or AuthorizationType.Uncertain => terms.Limits with { Matter = own.Matter, IsConfidential = own.IsConfidential },
    };
}

using System.Globalization;
using CoordinationBot.Authority;
using CoordinationBot.Dialogs;

namespace CoordinationBot.Delegations;

/// <summary>Asking for other terms, and the leader's approval, which makes a new version.</summary>
internal static class ChangeRules
{
    public static Outcome Request(Delegation delegation, Chain chain, Act act, TermsChange change, string? reason)
    {
        if (delegation.Request is { } pending && delegation.RoleOf(act.ActorId) == Role.Assignee && act.Version == delegation.Terms.Version && pending.Change == change && pending.Reason == reason)
        {
            return new Outcome.Unchanged(delegation);
        }
        if (DelegationRules.Bar(delegation, act, Role.Assignee, DelegationState.Accepted, DelegationState.InProgress, DelegationState.Returned) is { } bar)
        {
            return bar;
        }
        var refusal = Check(delegation, change, act.Now) ?? DelegationLimits.Check(reason, "why the change is needed", DelegationLimits.Words);
        if (refusal is not null)
        {
            return new Outcome.Refused(refusal);
        }
        if (Beyond(delegation, chain, change) is { } beyond)
        {
            // Nobody is asked what they could only refuse.
            return DelegationRules.Forbid(
                delegation,
                act,
                Describe(delegation.Terms, change),
                change.Kind == ChangeKind.Budget ? $"{delegation.Leader.Name} cannot give that as a budget. Say what you want to spend instead, and whoever can decide it is asked." : "That is later than what it is part of. Please choose an earlier date, or ask for that one to be moved first.",
                beyond);
        }
        var request = new ChangeRequest(string.Create(CultureInfo.InvariantCulture, $"R{delegation.Revision + 1}"), change, reason!, act.Now);
        return DelegationRules.Change(
            delegation,
            act,
            delegation with { State = DelegationState.WaitingForApproval, Round = delegation.Round + 1, Request = request },
            $"Needs approval: {Describe(delegation.Terms, change)}. Because: {reason}",
            DelegationRules.TermsClause(delegation),
            new Tell(Role.Leader, $"{delegation.Assignee.Name} asks for a change. Please decide."));
    }

    public static Outcome Withdraw(Delegation delegation, Act act, string? requestId) =>
        BarAnswer(delegation, act, Role.Assignee, requestId)
        ?? DelegationRules.Change(
            delegation,
            act,
            Answered(delegation, $"Withdrawn by {delegation.Assignee.Name}") with { State = OfferRules.Working(delegation), Round = delegation.Round + 1, Request = null },
            $"Withdrew the request: {Describe(delegation.Terms, delegation.Request!.Change)}",
            null);

    /// <summary>Approves as asked or, with <paramref name="edited"/>, with the leader's own wording of the same kind of change.</summary>
    public static Outcome Approve(Delegation delegation, Chain chain, Act act, string? requestId, TermsChange? edited)
    {
        if (BarAnswer(delegation, act, Role.Leader, requestId) is { } bar)
        {
            return bar;
        }
        var change = edited ?? delegation.Request!.Change;
        if (change.Kind != delegation.Request!.Change.Kind)
        {
            return new Outcome.Refused("An edit keeps the kind of change that was asked for. To decide otherwise, refuse with a reason.");
        }
        if (Check(delegation, change, act.Now) is { } refusal)
        {
            return new Outcome.Refused(refusal);
        }
        var terms = Apply(delegation.Terms, change) with { Version = delegation.Terms.Version + 1 };
        if (Beyond(delegation, chain, change) is { } beyond)
        {
            var sentence = change.Kind == ChangeKind.Budget ? "That is more than you may give as a budget. Approve less, or refuse: what is spent beyond it is asked of whoever can decide it." : "That is later than what it is part of. Choose an earlier date, or move that one first.";
            return act.BySilence ? new Outcome.Refused(sentence, beyond) : DelegationRules.Forbid(delegation, act, $"approving what {delegation.Assignee.Name} asks, to {Describe(delegation.Terms, change)}", sentence, beyond);
        }
        var below = Below(delegation, change);
        return DelegationRules.Change(
            delegation,
            act,
            Answered(delegation, $"Approved by {Answerer(delegation, act)}") with { State = DelegationState.Offered, Round = delegation.Round + 1, Terms = terms, Request = null, BackBrief = null, Reason = null },
            $"Approved{(edited is null || edited == delegation.Request.Change ? "" : " with an edit")}{For(delegation, act)}: {Describe(delegation.Terms, change)}. This is version {terms.Version}{(below.Length == 0 ? "" : $".{below.TrimEnd('.')}")}",
            DelegationRules.RoleClause(delegation, Role.Leader),
            new Tell(Role.Assignee, $"{(act.BySilence ? $"Approved by {Answerer(delegation, act)}" : $"{Answerer(delegation, act)} approved")}{(edited is null || edited == delegation.Request.Change ? "" : " with an edit")}: {Describe(delegation.Terms, change)}. Please accept version {terms.Version}.{below}"));
    }

    public static Outcome Refuse(Delegation delegation, Act act, string? requestId, string? reason) =>
        BarAnswer(delegation, act, Role.Leader, requestId)
        ?? (DelegationLimits.Check(reason, "why not", DelegationLimits.Words) is { } refusal
            ? new Outcome.Refused(refusal)
            : DelegationRules.Change(
                delegation,
                act,
                Answered(delegation, $"Refused by {Answerer(delegation, act)}. Because: {reason}") with { State = OfferRules.Working(delegation), Round = delegation.Round + 1, Request = null, Reason = reason },
                $"Refused the change{For(delegation, act)}: {Describe(delegation.Terms, delegation.Request!.Change)}. Because: {reason}",
                DelegationRules.RoleClause(delegation, Role.Leader),
                new Tell(Role.Assignee, $"{Answerer(delegation, act)} did not approve the change. {(delegation.Terms.Type == AuthorizationType.Deterministic ? "The steps" : "The terms")} stay as they are.")));

    /// <summary>The terms with a change that was checked.</summary>
    public static Terms Apply(Terms terms, TermsChange change)
    {
        var steps = terms.Steps.ToList();
        switch (change.Kind)
        {
            case ChangeKind.Skip:
                steps.RemoveAt(change.Step - 1);
                break;
            case ChangeKind.Swap:
                (steps[change.Step - 1], steps[change.OtherStep - 1]) = (steps[change.OtherStep - 1], steps[change.Step - 1]);
                break;
            case ChangeKind.Add:
                steps.Insert(change.Step, new Step(change.Text!, Evidence.None));
                break;
            case ChangeKind.Reword:
                steps[change.Step - 1] = steps[change.Step - 1] with { Text = change.Text! };
                break;
            case ChangeKind.MoveDeadline:
                return terms with { Due = change.Due! };
            case ChangeKind.Budget:
                return terms with { Bounds = terms.Limits with { Budget = change.Budget } };
        }
        return terms with { Steps = steps };
    }

    /// <summary>The change in words.</summary>
    public static string Describe(Terms terms, TermsChange change) => change.Kind switch
    {
        ChangeKind.Skip => $"skip step {change.Step} “{terms.Steps[change.Step - 1].Text}”",
        ChangeKind.Swap => $"swap step {change.Step} “{terms.Steps[change.Step - 1].Text}” and step {change.OtherStep} “{terms.Steps[change.OtherStep - 1].Text}”",
        ChangeKind.Add => change.Step == 0 ? $"add a first step “{change.Text}”" : $"add a step after step {change.Step}: “{change.Text}”",
        ChangeKind.Reword => $"reword step {change.Step} “{terms.Steps[change.Step - 1].Text}” to “{change.Text}”",
        ChangeKind.MoveDeadline => $"move the deadline to {Zones.Read(change.Due!.At, change.Due.Zone)}",
        ChangeKind.Budget => $"change the budget to {change.Budget}",
    };

    private static string? Check(Delegation delegation, TermsChange change, DateTimeOffset now)
    {
        var terms = delegation.Terms;
        bool Open(int step) => step > delegation.Completions.Count && step <= terms.Steps.Count;
        const string PickOpen = "Please choose a step that is still open; completed steps stay as they are.";
        if (terms.Type != AuthorizationType.Deterministic && change.Kind is ChangeKind.Skip or ChangeKind.Swap or ChangeKind.Add or ChangeKind.Reword)
        {
            return "Only a deterministic delegation has steps.";
        }
        return change.Kind switch
        {
            ChangeKind.Skip => !Open(change.Step) ? PickOpen : terms.Steps.Count == 1 ? "It is the only step. Without it nothing is left to do; ask a question instead." : null,
            ChangeKind.Swap => !Open(change.Step) || !Open(change.OtherStep) ? PickOpen : change.Step == change.OtherStep ? "Please choose two different steps." : null,
            ChangeKind.Add => change.Step < delegation.Completions.Count || change.Step > terms.Steps.Count ? "Please choose a place after the completed steps."
                : terms.Steps.Count >= DelegationLimits.Steps ? $"There are {DelegationLimits.Steps} steps already; no more fit."
                : DelegationLimits.Check(change.Text, "the new step", DelegationLimits.StepText),
            ChangeKind.Reword => !Open(change.Step) ? PickOpen : DelegationLimits.Check(change.Text, "the new wording", DelegationLimits.StepText),
            ChangeKind.MoveDeadline => change.Due is null ? "Please choose the new deadline." : change.Due.At == terms.Due.At ? "That is the deadline already." : OfferRules.CheckDue(change.Due, now),
            ChangeKind.Budget => CheckBudget(delegation, change.Budget),
        };
    }

    /// <summary>What an earlier deadline means for what was handed on: its own date stays on its card, and past this one nothing is permitted there either.</summary>
    private static string Below(Delegation delegation, TermsChange change) =>
        change is { Kind: ChangeKind.MoveDeadline, Due: { } due } && due.At < delegation.Terms.Due.At && delegation.Dealings.Children.Where(child => !child.IsSettled).ToList() is { Count: > 0 } open
            ? $" What was handed on counts until then too, whatever its own date: {string.Join(", ", open.Select(child => $"{child.Id} to {child.Assignee.Name}"))}."
            : "";

    /// <summary>The clause above that leaves no room for a change, whoever approves it: a child is due no later than what is above it, and a root has no more than its leader may give.</summary>
    private static Clause? Beyond(Delegation delegation, Chain chain, TermsChange change) => change switch
    {
        { Kind: ChangeKind.MoveDeadline, Due: { } due } => chain.Ancestors.FirstOrDefault(ancestor => due.At > ancestor.Terms.Due.At) is { } above
            ? new Clause(DelegationRules.Origin(above), $"by {Zones.Read(above.Terms.Due.At, above.Terms.Due.Zone)}")
            : null,
        { Kind: ChangeKind.Budget, Budget: { } budget } => MandateRules.Beyond(chain.Mandate, delegation, budget),
        _ => null,
    };

    private static string? CheckBudget(Delegation delegation, Money? budget) =>
        delegation.Terms.Type == AuthorizationType.Deterministic ? "A deterministic delegation has no budget. Spending is asked for act by act."
        : budget is null || budget.Amount <= 0 ? "Please give an amount above zero."
        : budget.Amount > Money.Most ? "That is more than any budget here can be. Please check the amount."
        : delegation.Parent is { } parent ? $"Its budget is part of {parent}. Ask for a plan instead: up to how much, for what, until when."
        : DeclareRules.Currency(delegation) is { } currency && currency != budget.Currency ? $"This delegation counts in {currency}. Its budget cannot be in {budget.Currency}."
        : budget.Amount < delegation.Dealings.Taken ? $"{new Money(delegation.Dealings.Taken, budget.Currency)} is spent or set aside already. A budget below that is not possible."
        : budget == delegation.Terms.Limits.Budget ? "That is the budget already."
        : null;

    private static Outcome? BarAnswer(Delegation delegation, Act act, Role role, string? requestId) =>
        (role == Role.Leader && IsDeputy(delegation, act) ? null : DelegationRules.BarPerson(delegation, act, role))
        ?? (delegation.Request?.Id == requestId && delegation.State == DelegationState.WaitingForApproval ? null
            : new Outcome.Stale($"That request no longer waits: {DelegationRules.Standing(delegation)}"));

    /// <summary>Asks the deputy of a leader who is away, too.</summary>
    public static Outcome StandIn(Delegation delegation, string requestId, Party deputy, DateTimeOffset now) =>
        delegation.Request is not { } request || request.Id != requestId || delegation.State != DelegationState.WaitingForApproval
        || !delegation.MayStandIn(deputy.ObjectId) || request.StandIns?.Any(known => known.Deputy.ObjectId == deputy.ObjectId) == true
            ? new Outcome.Unchanged(delegation)
            : DelegationRules.Change(
                delegation,
                Act.Of(delegation.Leader, delegation.Terms.Version, now),
                DelegationRules.Asking(delegation with { Request = request with { StandIns = [.. request.StandIns ?? [], new StandIn(deputy, delegation.Leader)] } }, [deputy]),
                $"{delegation.Leader.Name} is away, so {deputy.Name} is asked too: {Describe(delegation.Terms, request.Change)}",
                null,
                new Tell(Role.Approver, $"{delegation.Leader.Name} is away and you answer for them: {delegation.Assignee.Name} asks to {Describe(delegation.Terms, request.Change)}. Please decide.", deputy)).Unseen();

    private static bool IsDeputy(Delegation delegation, Act act) => delegation.MayStandIn(act.ActorId) && act.AnswersFor(delegation.Leader.ObjectId);

    private static string For(Delegation delegation, Act act) =>
        act.BySilence ? $" by {DelegationRules.Silence(delegation.Leader)}" : act.ActorId == delegation.Leader.ObjectId ? "" : $" for {delegation.Leader.Name}";

    private static string Answerer(Delegation delegation, Act act) => act.BySilence ? DelegationRules.Silence(delegation.Leader) : $"{DelegationRules.Who(delegation, act).Name}{For(delegation, act)}";

    /// <summary>For the cards of deputies. The leader and the assignee see it in the terms and in the reason.</summary>
    private static Delegation Answered(Delegation delegation, string how) => delegation.Request is { StandIns: { Count: > 0 } standIns } request
        ? delegation with { Ledger = delegation.Dealings.Ending([new Answer(request.Id, Describe(delegation.Terms, request.Change), how, [.. standIns.Select(standIn => standIn.Deputy.ObjectId)])]) }
        : delegation;
}

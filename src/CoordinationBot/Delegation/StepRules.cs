using CoordinationBot.Authority;

namespace CoordinationBot.Delegations;

/// <summary>Doing the steps, handing in, and the leader's answer.</summary>
internal static class StepRules
{
    private static readonly DelegationState[] AtWork = [DelegationState.Accepted, DelegationState.InProgress, DelegationState.Returned];

    /// <summary>Completes a step: the next one and no other.</summary>
    public static Outcome Complete(Delegation delegation, Act act, int step, string? evidence)
    {
        if (delegation.RoleOf(act.ActorId) == Role.Assignee && act.Version == delegation.Terms.Version && step >= 1 && step < delegation.NextStep)
        {
            return delegation.Completions[step - 1].Evidence == evidence
                ? new Outcome.Unchanged(delegation)
                : new Outcome.Stale($"Step {step} is already complete.");
        }
        if (DelegationRules.Bar(delegation, act, Role.Assignee, AtWork) is { } bar)
        {
            return bar;
        }
        if (delegation.Terms.Type == AuthorizationType.Uncertain)
        {
            return DelegationRules.Forbid(delegation, act, "completing a step", $"There is nothing to complete before {delegation.Leader.Name} has chosen an option.");
        }
        if (step < 1 || step > delegation.Terms.Steps.Count)
        {
            return new Outcome.Refused("There is no such step.", DelegationRules.TermsClause(delegation));
        }
        if (step > delegation.NextStep)
        {
            return DelegationRules.Forbid(delegation, act, $"completing step {step} before step {delegation.NextStep}", $"Step {step} was not completed: step {delegation.NextStep} comes first.");
        }
        if (DelegationLimits.CheckEvidence(delegation.Terms.Steps[step - 1].Evidence, evidence) is { } refusal)
        {
            return new Outcome.Refused(refusal);
        }
        return DelegationRules.Change(
            delegation,
            act,
            delegation with { State = DelegationState.InProgress, Completions = [.. delegation.Completions, new Completion(act.Now, evidence)] },
            evidence is null ? $"Completed step {step}" : $"Completed step {step}: {evidence}",
            DelegationRules.TermsClause(delegation));
    }

    public static Outcome HandIn(Delegation delegation, Act act, string? result)
    {
        if (delegation.State == DelegationState.HandedIn && delegation.Terms.Type != AuthorizationType.Uncertain && delegation.RoleOf(act.ActorId) == Role.Assignee && act.Version == delegation.Terms.Version && delegation.Result == result)
        {
            return new Outcome.Unchanged(delegation);
        }
        if (DelegationRules.Bar(delegation, act, Role.Assignee, AtWork) is { } bar)
        {
            return bar;
        }
        if (delegation.Terms.Type == AuthorizationType.Uncertain)
        {
            return DelegationRules.Forbid(delegation, act, "completing it", $"There is nothing to hand in before {delegation.Leader.Name} has chosen an option.");
        }
        if (delegation.Dealings.Children.FirstOrDefault(child => !child.IsSettled) is { } child)
        {
            return new Outcome.Refused($"It was not handed in: {child.Id}, which you handed on to {child.Assignee.Name}, has not ended.", new Clause(DelegationRules.Origin(delegation), "what was handed on ends first"));
        }
        if (delegation.Terms.Type == AuthorizationType.Flexible && DelegationLimits.Check(result, "what came of it", DelegationLimits.Words) is { } missing)
        {
            return new Outcome.Refused(missing);
        }
        if (!delegation.AllStepsComplete)
        {
            return DelegationRules.Forbid(delegation, act, $"handing in before step {delegation.NextStep}", $"It was not handed in: step {delegation.NextStep} is still open.");
        }
        if (result is not null && DelegationLimits.Check(result, "the note on the result", DelegationLimits.Words) is { } refusal)
        {
            return new Outcome.Refused(refusal);
        }
        return DelegationRules.Change(
            delegation,
            act,
            delegation with { State = DelegationState.HandedIn, Result = result, Round = delegation.Round + 1 },
            result is null ? "Handed in" : $"Handed in: {result}",
            DelegationRules.TermsClause(delegation),
            new Tell(Role.Leader, $"{delegation.Assignee.Name} handed in the result. Please accept or return it."));
    }

    public static Outcome AcceptResult(Delegation delegation, Act act)
    {
        if (delegation.State == DelegationState.Done && delegation.RoleOf(act.ActorId) == Role.Leader)
        {
            return new Outcome.Unchanged(delegation);
        }
        return BarResult(delegation, act)
            ?? DelegationRules.Change(
                delegation,
                act,
                delegation with { State = DelegationState.Done, Reason = null },
                "Accepted as done",
                DelegationRules.RoleClause(delegation, Role.Leader),
                new Tell(Role.Assignee, $"{delegation.Leader.Name} accepted the result. Thank you."));
    }

    /// <summary>Gives it back, with steps open again from <paramref name="reopenFrom"/> on when that is given.</summary>
    public static Outcome Return(Delegation delegation, Act act, string? reason, int? reopenFrom)
    {
        if (delegation.State == DelegationState.Returned && delegation.RoleOf(act.ActorId) == Role.Leader && delegation.Reason == reason)
        {
            return new Outcome.Unchanged(delegation);
        }
        if (BarResult(delegation, act) is { } bar)
        {
            return bar;
        }
        if (DelegationLimits.Check(reason, "what is missing", DelegationLimits.Words) is { } refusal)
        {
            return new Outcome.Refused(refusal);
        }
        if (reopenFrom is { } from && (from < 1 || from > delegation.Terms.Steps.Count))
        {
            return new Outcome.Refused("There is no such step.", DelegationRules.TermsClause(delegation));
        }
        return DelegationRules.Change(
            delegation,
            act,
            delegation with
            {
                State = DelegationState.Returned,
                Round = delegation.Round + 1,
                Reason = reason,
                Result = null,
                Completions = reopenFrom is { } first ? [.. delegation.Completions.Take(first - 1)] : delegation.Completions,
            },
            reopenFrom is { } open ? $"Returned, open again from step {open}: {reason}" : $"Returned: {reason}",
            DelegationRules.RoleClause(delegation, Role.Leader),
            new Tell(Role.Assignee, $"{delegation.Leader.Name} returned this to you."));
    }

    /// <summary>Options that wait for the leader are no result: nothing is complete before one is chosen.</summary>
    private static Outcome? BarResult(Delegation delegation, Act act) =>
        DelegationRules.Bar(delegation, act, Role.Leader, DelegationState.HandedIn)
        ?? (delegation.Terms.Type == AuthorizationType.Uncertain
            ? DelegationRules.Forbid(delegation, act, "answering a result before an option is chosen", "There is no result yet. Please choose an option, ask for more, or close it.")
            : null);
}

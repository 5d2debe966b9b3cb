namespace CoordinationBot.Delegations;

/// <summary>What comes of silence after two working days. The choice was the leader's, so their name stands in the history.</summary>
internal static class EscalationRules
{
    /// <summary>Nobody answered the offer: whoever made it decides what to do.</summary>
    /// <param name="delegation">As it stands.</param>
    /// <param name="missing">The answer.</param>
    /// <param name="away">What there is to know of an assignee who is away, or null.</param>
    /// <param name="now">When.</param>
    public static Outcome Offer(Delegation delegation, Missing missing, string? away, DateTimeOffset now)
    {
        if (!SilenceRules.Missing(delegation).Contains(missing))
        {
            return new Outcome.Unchanged(delegation);
        }
        return DelegationRules.Change(
            delegation,
            Act.Of(delegation.Leader, delegation.Terms.Version, now),
            delegation,
            $"{missing.From.Name} has not answered the offer for two working days, so {delegation.Leader.Name} is told",
            SilenceRules.Clause(delegation, missing),
            new Tell(Role.Leader, $"{missing.From.Name} has not answered for two working days.{(away is null ? "" : $" {away}")} You can wait, or revoke it and ask somebody else.")).Unseen();
    }

    /// <summary>Nobody answered a request: somebody else is asked too.</summary>
    public static Outcome Ask(Delegation delegation, Missing missing, StandIn standIn, DateTimeOffset now)
    {
        if (!SilenceRules.Missing(delegation).Contains(missing) || StandIns.Of(delegation, missing.Subject).Contains(standIn))
        {
            return new Outcome.Unchanged(delegation);
        }
        var (asks, after) = missing.Kind == MissingKind.Change
            ? (ChangeRules.Describe(delegation.Terms, delegation.Request!.Change), delegation with { Request = delegation.Request with { StandIns = [.. delegation.Request.StandIns ?? [], standIn] } })
            : Held(delegation, missing, standIn);
        after = DelegationRules.Asking(after, [standIn.Deputy]);
        return DelegationRules.Change(
            delegation,
            Act.Of(delegation.Leader, delegation.Terms.Version, now),
            after,
            $"{missing.From.Name} has not answered for two working days, so {standIn.Deputy.Name} is asked too: {asks}",
            SilenceRules.Clause(delegation, missing),
            DelegationRules.TellTo(after, standIn.Deputy, $"{missing.From.Name} has not answered for two working days, so you are asked too: {delegation.Asker.Name} asks to {asks}. Please decide.")).Unseen();
    }

    /// <summary>The leader chose that their own silence approves. It is ruled on again: what came since then counts.</summary>
    public static Outcome Approve(Delegation delegation, Chain chain, Missing missing, DateTimeOffset now)
    {
        if (missing.Policy != OnSilence.Approve || !SilenceRules.Missing(delegation).Contains(missing))
        {
            return new Outcome.Unchanged(delegation);
        }
        var act = Act.Of(delegation.Leader, delegation.Terms.Version, now) with { BySilence = true };
        var (asks, outcome) = missing.Kind == MissingKind.Change
            ? (ChangeRules.Describe(delegation.Terms, delegation.Request!.Change), ChangeRules.Approve(delegation, chain, act, missing.Subject, null))
            : (BoundsText.Act(delegation, delegation.Dealings.Held.First(held => held.Id == missing.Subject).Act), ApprovalRules.Approve(delegation, chain, act, missing.Subject, null));
        return outcome is Outcome.Changed changed
            ? changed.Telling(new Tell(Role.Leader, $"Approved by silence, as you chose: {asks}.")).Unseen()
            : outcome;
    }

    private static (string Asks, Delegation After) Held(Delegation delegation, Missing missing, StandIn standIn)
    {
        var held = delegation.Dealings.Held.First(held => held.Id == missing.Subject);
        return (BoundsText.Act(delegation, held.Act), ApprovalRules.Replace(delegation, held with { StandIns = [.. held.StandIns ?? [], standIn] }));
    }
}

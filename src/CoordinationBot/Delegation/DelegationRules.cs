using CoordinationBot.Authority;
namespace CoordinationBot.Delegations;

/// <summary>Who does something, holding a card of which version, and when.</summary>
/// <param name="ActorId">Who.</param>
/// <param name="Version">The version of the terms on the card.</param>
/// <param name="Now">When.</param>
/// <param name="Round">The round on the card, where it has one.</param>
internal sealed record Act(string ActorId, int Version, DateTimeOffset Now, int? Round = null);

/// <summary>What all rules share: who may act, on which version, in which state; and how a change is recorded.</summary>
internal static class DelegationRules
{
    /// <summary>The clause that rules every act under a deterministic delegation.</summary>
    public static Clause StepsClause(Delegation delegation) =>
        new(Origin(delegation), ExactSteps(delegation.Terms.Steps.Count));

    public static string ExactSteps(int count) => count == 1 ? "Do exactly this 1 step." : $"Do exactly these {count} steps, in this order.";

    public static Clause RoleClause(Delegation delegation, Role role) =>
        new(Origin(delegation), role switch
        {
            Role.Leader => $"{delegation.Leader.Name} leads it and decides this.",
            Role.Assignee => $"It is assigned to {delegation.Assignee.Name}, who does this.",
        });

    /// <summary>Null when this person may act on this card now; otherwise the answer.</summary>
    public static Outcome? Bar(Delegation delegation, Act act, Role role, params ReadOnlySpan<DelegationState> states) =>
        BarPerson(delegation, act, role)
        ?? (act.Version != delegation.Terms.Version
            ? new Outcome.Stale($"The terms changed since this card was sent. This is version {delegation.Terms.Version}.")
            : !states.Contains(delegation.State) ? new Outcome.Stale($"Nothing was changed: {Standing(delegation)}")
            : act.Round is { } round && round != delegation.Round ? new Outcome.Stale("Nothing was changed: things have moved on since this card was sent. Please look at it again.")
            : null);

    /// <summary>Null when this person may act at all.</summary>
    public static Outcome? BarPerson(Delegation delegation, Act act, Role role) => delegation.RoleOf(act.ActorId) switch
    {
        null => new Outcome.NotInvolved(),
        { } actual when actual != role => new Outcome.Refused("That was not done.", RoleClause(delegation, role)),
        _ => null,
    };

    /// <summary>How things stand, in a sentence.</summary>
    public static string Standing(Delegation delegation) => delegation.State switch
    {
        DelegationState.Offered => $"it is offered to {delegation.Assignee.Name} and waits for an answer.",
        DelegationState.Declined => $"{delegation.Assignee.Name} declined it.",
        DelegationState.Accepted => $"{delegation.Assignee.Name} accepted it and has not begun.",
        DelegationState.InProgress => $"{delegation.Assignee.Name} is working on it.",
        DelegationState.WaitingForApproval => $"a change waits for {delegation.Leader.Name}'s answer.",
        DelegationState.HandedIn => $"the result is handed in and waits for {delegation.Leader.Name}.",
        DelegationState.Returned => $"{delegation.Leader.Name} returned it to {delegation.Assignee.Name}.",
        DelegationState.Done => "it is done.",
        DelegationState.Revoked => $"{delegation.Leader.Name} revoked it.",
    };

    /// <summary>The next revision with its one history entry.</summary>
    public static Outcome.Changed Change(Delegation before, Act act, Delegation after, string what, Clause? clause, params IReadOnlyList<Tell> tells)
    {
        var state = after with { Revision = before.Revision + 1 };
        return new Outcome.Changed(state, Entry(before, act, what, clause), tells);
    }

    /// <summary>An act that a clause forbids: refused, and the ruling is recorded.</summary>
    public static Outcome.Refused Forbid(Delegation delegation, Act act, string what, string sentence)
    {
        var clause = StepsClause(delegation);
        return new Outcome.Refused(sentence, clause, delegation with { Revision = delegation.Revision + 1 }, Entry(delegation, act, $"Not permitted: {what}", clause));
    }

    private static HistoryEntry Entry(Delegation before, Act act, string what, Clause? clause)
    {
        var who = before.Party(before.RoleOf(act.ActorId) ?? throw new ArgumentException("Only a party of the delegation can act.", nameof(act)));
        return new HistoryEntry(before.Revision + 1, act.Now, who, before.Terms.Version, what, clause?.ToString());
    }

    private static string Origin(Delegation delegation) => $"{delegation.Id}, version {delegation.Terms.Version}";
}

using System.Globalization;
using CoordinationBot.Authority;
namespace CoordinationBot.Delegations;

/// <summary>Who does something, holding a card of which version, and when.</summary>
/// <param name="ActorId">Who.</param>
/// <param name="Version">The version of the terms on the card.</param>
/// <param name="Now">When.</param>
/// <param name="Round">The round on the card, where it has one.</param>
internal sealed record Act(string ActorId, int Version, DateTimeOffset Now, int? Round = null)
{
    /// <summary>Who it is, where it is nobody of the delegation.</summary>
    public Party? Who { get; init; }

    /// <summary>Those who are away and whose deputy the actor is.</summary>
    public IReadOnlyList<string> Absent { get; init; } = [];

    /// <summary>Those who did not answer, and above whom the actor is asked too.</summary>
    public IReadOnlyList<string> Silent { get; init; } = [];

    /// <summary>Nobody acts: the actor's silence is their answer, as they chose.</summary>
    public bool BySilence { get; init; }

    /// <summary>What a policy asks of somebody goes no further than to their deputy.</summary>
    public bool AnswersFor(string objectId, bool isPolicy = false) => objectId == ActorId || Absent.Contains(objectId) || (!isPolicy && Silent.Contains(objectId));

    public static Act Of(Party who, int version, DateTimeOffset now) => new(who.ObjectId, version, now) { Who = who };
}

/// <summary>What all rules share: who may act, on which version, in which state; and how a change is recorded.</summary>
internal static class DelegationRules
{
    /// <summary>The terms in a sentence, as it stands on the card: the clause of whatever they permit.</summary>
    public static Clause TermsClause(Delegation delegation) => new(Origin(delegation), BoundsText.Sentence(delegation.Terms));

    public static string ExactSteps(int count) => count == 1 ? "Do exactly this 1 step." : $"Do exactly these {count} steps, in this order.";

    public static Clause RoleClause(Delegation delegation, Role role) =>
        new(Origin(delegation), role switch
        {
            Role.Leader => $"{delegation.Leader.Name} leads it and decides this.",
            Role.Assignee => $"It is assigned to {delegation.Assignee.Name}, who does this.",
            Role.Approver => "Whoever is asked decides this.",
            Role.Consulted => "Whoever is consulted says this.",
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
    public static string Standing(Delegation delegation) => (delegation.Terms.Type == AuthorizationType.Uncertain ? InquiryText.Standing(delegation) : null) ?? delegation.State switch
    {
        DelegationState.Offered => $"it is offered to {delegation.Assignee.Name} and waits for an answer.",
        DelegationState.Requested => $"it waits for {GrantRules.Asked(delegation)}, who can give it.",
        DelegationState.Declined when !delegation.IsGiven => "it was not given.",
        DelegationState.Declined => $"{delegation.Assignee.Name} declined it.",
        DelegationState.Accepted => $"{delegation.Assignee.Name} accepted it and has not begun.",
        DelegationState.InProgress => $"{delegation.Assignee.Name} is working on it.",
        DelegationState.WaitingForApproval => $"a change waits for {delegation.Leader.Name}'s answer.",
        DelegationState.HandedIn => $"the result is handed in and waits for {delegation.Leader.Name}.",
        DelegationState.Returned => $"{delegation.Leader.Name} returned it to {delegation.Assignee.Name}.",
        DelegationState.Done => "it is done.",
        DelegationState.Revoked => $"{delegation.Leader.Name} revoked it.",
        DelegationState.Expired => "it expired.",
    };

    /// <summary>The next revision with its one history entry. What ends takes everything below with it, and settles with its parent.</summary>
    public static Outcome.Changed Change(Delegation before, Act act, Delegation after, string what, Clause? clause, params IReadOnlyList<Tell> tells)
    {
        var isStill = before.State == after.State && before.Terms.Version == after.Terms.Version;
        var state = after with { Revision = before.Revision + 1, Since = isStill ? before.Since : act.Now };
        List<Effect>? effects = null;
        if (before.IsOpen && !state.IsOpen && state.Ledger is { } books)
        {
            effects = [.. books.Children.Where(child => !child.IsSettled).Select((child, index) => new Effect.Revoke(EffectId(state, index), child.Id, Who(before, act), $"{state.Id} has ended"))];
            state = state with { Ledger = books.Ending(books.Held.Select(held => new Answer(held.Id, BoundsText.Act(state, held.Act), "Not answered: it has ended", [.. held.Seen]))) with { Held = [] } };
        }
        if (!state.IsOpen && state.Parent is { } parent && state.Dealings is { IsSettled: false, HasOpenChildren: false })
        {
            state = state with { Ledger = state.Dealings with { IsSettled = true } };
            (effects ??= []).Add(new Effect.Settle(EffectId(state, effects.Count), parent, state.Id, state.Dealings.SpentInAll));
        }
        return new Outcome.Changed(state, Entry(before, act, what, clause), tells) { Effects = effects ?? (IReadOnlyList<Effect>)[] };
    }

    public static string EffectId(Delegation state, int number) => string.Create(CultureInfo.InvariantCulture, $"{state.Id}|{state.Revision:D6}|{number:D2}");

    /// <summary>An act that a clause forbids: refused, and the ruling is recorded.</summary>
    public static Outcome.Refused Forbid(Delegation delegation, Act act, string what, string sentence, Clause? clause = null)
    {
        clause ??= TermsClause(delegation);
        return new Outcome.Refused(sentence, clause, delegation with { Revision = delegation.Revision + 1 }, Entry(delegation, act, $"Not permitted: {what}", clause));
    }

    public static Party Who(Delegation delegation, Act act) =>
        act.Who ?? delegation.Everybody().FirstOrDefault(pair => pair.Person.ObjectId == act.ActorId).Person ?? throw new ArgumentException("Only a party of the delegation can act.", nameof(act));

    /// <summary>Whose choice it was that their silence is an answer.</summary>
    public static string Silence(Party who) => $"silence, as {who.Name} chose";

    /// <summary>Tells somebody who may not be a party.</summary>
    public static Tell TellTo(Delegation delegation, Party person, string sentence) => new(delegation.RoleOf(person.ObjectId) ?? Role.Approver, sentence, person);

    /// <summary>Remembers whom it is up to, so that they see the request and how it ends.</summary>
    public static Delegation Asking(Delegation delegation, IEnumerable<Party> approvers) => delegation with
    {
        Ledger = delegation.Dealings with { Asked = [.. delegation.Dealings.Asked.Concat(approvers).DistinctBy(person => person.ObjectId)] },
    };

    private static HistoryEntry Entry(Delegation before, Act act, string what, Clause? clause) =>
        new(before.Revision + 1, act.Now, Who(before, act), before.Terms.Version, what, clause?.ToString());

    public static string Origin(Delegation delegation) => $"{delegation.Id}, version {delegation.Terms.Version}";
}

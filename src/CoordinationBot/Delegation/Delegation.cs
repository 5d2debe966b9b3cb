using System.Collections.Immutable;
using CoordinationBot.Authority;

namespace CoordinationBot.Delegations;

/// <summary>How much the leader fixes. A delegation without one does not exist.</summary>
internal enum AuthorizationType
{
    /// <summary>Exactly these steps, in this order.</summary>
    Deterministic,

    /// <summary>The assignee's choice of means, within bounds.</summary>
    Flexible,

    /// <summary>Look into it, come back with options, commit to nothing.</summary>
    Uncertain,
}

/// <summary>What must be shown when a step is complete.</summary>
internal enum Evidence
{
    None,
    Note,
    Link,
}

internal enum DelegationState
{
    Offered,
    Declined,
    Accepted,
    InProgress,
    WaitingForApproval,
    HandedIn,
    Returned,
    Done,
    Revoked,

    /// <summary>Nobody answered the offer before it was due, or the time box ended without an option.</summary>
    Expired,

    /// <summary>It lies beyond what its leader may decide: whoever can give it is asked, and the assignee hears nothing yet.</summary>
    Requested,
}

internal enum Role
{
    Leader,
    Assignee,

    /// <summary>Asked to approve something, at least once.</summary>
    Approver,

    /// <summary>To be consulted about an uncertain delegation.</summary>
    Consulted,
}

/// <summary>An instant with the zone in which it was meant.</summary>
internal sealed record Due(DateTimeOffset At, string Zone);

internal sealed record Step(string Text, Evidence Evidence);

internal sealed record Completion(DateTimeOffset At, string? Evidence);

/// <summary>What was agreed. A change makes a new version, which the assignee accepts anew.</summary>
internal sealed record Terms(int Version, string Title, AuthorizationType Type, Due Due, IReadOnlyList<Step> Steps)
{
    /// <summary>The outcome of a flexible delegation, the question of an uncertain one.</summary>
    public string? Aim { get; init; }

    /// <summary>The larger aim that it serves.</summary>
    public string? Objective { get; init; }

    /// <summary>Null: none of what bounds allow.</summary>
    public Bounds? Bounds { get; init; }

    public Bounds Limits => Bounds ?? Bounds.None;

    /// <summary>Null: the default.</summary>
    public Silence? Silence { get; init; }

    /// <summary>What is confidential is not brought to anybody else because of silence.</summary>
    public Silence OnSilence => (Silence ?? Silence.Default) is { Approvals: Delegations.OnSilence.Escalate } silence && Limits.IsConfidential
        ? silence with { Approvals = Delegations.OnSilence.Remind }
        : Silence ?? Silence.Default;
}

internal sealed record Question(string Id, string Text, string? Answer)
{
    /// <summary>When; null: before anybody was reminded of it.</summary>
    public DateTimeOffset? AskedAt { get; init; }
}

internal enum ChangeKind
{
    Skip,
    Swap,
    Add,
    Reword,
    MoveDeadline,

    /// <summary>Another budget.</summary>
    Budget,
}

/// <summary>A change of the terms that the assignee may ask for.</summary>
/// <param name="Kind">Which change.</param>
/// <param name="Step">The step it is about (1 is the first); for <see cref="ChangeKind.Add"/> the new step comes after it, 0 for the very beginning.</param>
/// <param name="OtherStep">The step to swap with.</param>
/// <param name="Text">The new wording.</param>
/// <param name="Due">The new deadline.</param>
/// <param name="Budget">The new budget.</param>
internal sealed record TermsChange(ChangeKind Kind, int Step = 0, int OtherStep = 0, string? Text = null, Due? Due = null, Money? Budget = null);

/// <param name="Id">For example <c>R5</c>.</param>
/// <param name="Change">What should change.</param>
/// <param name="Reason">Why, in the assignee's words.</param>
/// <param name="AskedAt">When.</param>
/// <param name="StandIns">Others who were asked too.</param>
internal sealed record ChangeRequest(string Id, TermsChange Change, string Reason, DateTimeOffset AskedAt = default, IReadOnlyList<StandIn>? StandIns = null);

/// <summary>A task with an authorization, from a leader to an assignee: the state row of its partition.</summary>
internal sealed record Delegation
{
    public required string Id { get; init; }
    public required string Tenant { get; init; }
    public required Party Leader { get; init; }
    public required Party Assignee { get; init; }
    public required Terms Terms { get; init; }
    public required DelegationState State { get; init; }

    /// <summary>Counts every change of this record; the number of the newest history entry.</summary>
    public required int Revision { get; init; }

    /// <summary>Of the newest history entry, to find out whether anything was changed behind our back.</summary>
    public string? Seal { get; init; }

    /// <summary>The draft it came from: a draft is sent once, whatever is repeated.</summary>
    public required string Origin { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Since when this version is in this state; null: as it was created.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Completed steps: always the first ones, since there is no other order. The next step is the one after the last of these.</summary>
    public IReadOnlyList<Completion> Completions { get; init; } = [];

    /// <summary>How the assignee restated the task when accepting the present version.</summary>
    public string? BackBrief { get; init; }

    public IReadOnlyList<Question> Questions { get; init; } = [];

    public ChangeRequest? Request { get; init; }

    /// <summary>Why it was declined, returned or revoked, or why a change was refused: the newest of these.</summary>
    public string? Reason { get; init; }

    /// <summary>What the assignee wrote when handing in.</summary>
    public string? Result { get; init; }

    /// <summary>
    /// How often the next move passed from one side to the other. Buttons carry it: a press that comes late, or is delivered again after the other
    /// side moved, is not taken for a new one.
    /// </summary>
    public int Round { get; init; }

    /// <summary>Which one of a series it is; null: it comes once.</summary>
    public Occurrence? Occurrence { get; init; }

    /// <summary>The delegations above it, the parent first. Nothing below an ended one is permitted.</summary>
    public IReadOnlyList<string>? Ancestors { get; init; }

    /// <summary>Null: nothing was done under the bounds.</summary>
    public Ledger? Ledger { get; init; }

    /// <summary>What an uncertain delegation has brought so far.</summary>
    public Inquiry? Inquiry { get; init; }

    /// <summary>Null: its leader gave it in their own right.</summary>
    public Grant? Grant { get; init; }

    /// <summary>Whether the assignee has heard of it.</summary>
    public bool IsGiven => Grant is not { By: null };

    /// <summary>Who asks when something waits for approval.</summary>
    public Party Asker => IsGiven ? Assignee : Leader;

    /// <summary>Nobody answers their own request for somebody else, nor what they would get. Of what is confidential no deputy hears who is not in it.</summary>
    public bool MayStandIn(string objectId) =>
        objectId != Assignee.ObjectId && objectId != Asker.ObjectId
        && (!Terms.Limits.IsConfidential || RoleOf(objectId) is not null || Terms.Limits.People.Any(person => person.ObjectId == objectId));

    public Ledger Dealings => Ledger ?? Ledger.Empty;

    public string? Parent => Ancestors is [var parent, ..] ? parent : null;

    /// <summary>What is left of the budget itself; null when there is none.</summary>
    public Money? Left => Terms.Limits.Budget is { } budget ? budget with { Amount = budget.Amount - Dealings.Taken } : null;

    /// <summary>Why somebody could not be told, by object id, as long as that is so. A note on the way of a notice, not a change: it has no history.</summary>
    public ImmutableSortedDictionary<string, string>? Unreached { get; init; }

    public bool IsOpen => State is not (DelegationState.Done or DelegationState.Declined or DelegationState.Revoked or DelegationState.Expired);

    public IEnumerable<Party> Parties => IsGiven ? [Leader, Assignee] : [Leader];

    public Delegation WithUnreached(string objectId, string? reason) => this with
    {
        Unreached = reason is null ? Unreached?.Remove(objectId) : (Unreached ?? ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal)).SetItem(objectId, reason),
    };

    public bool AllStepsComplete => Completions.Count == Terms.Steps.Count;

    /// <summary>The number of the step that may be completed now; one more than there are when all are complete.</summary>
    public int NextStep => Completions.Count + 1;

    /// <summary>
    /// Those who are consulted, from the first acceptance on: who was asked once stays in it, also after the choice. What was never accepted is
    /// nothing to consult anybody about.
    /// </summary>
    public IReadOnlyList<Party> Consulted =>
        Inquiry is { Chosen: not null } chosen ? chosen.Consulted
        : Terms.Type == AuthorizationType.Uncertain && (BackBrief is not null || Terms.Version > 1) ? Terms.Limits.People
        : [];

    /// <summary>The one currency it counts in: of its budget, or of what was approved first.</summary>
    public string? Currency => (Terms.Limits.Budget ?? (Dealings.Allowances is [var first, ..] ? first.UpTo : null))?.Currency;

    public Role? RoleOf(string objectId) =>
        objectId == Leader.ObjectId ? Role.Leader
        : objectId == Assignee.ObjectId && IsGiven ? Role.Assignee
        : Ledger?.Asked.Any(person => person.ObjectId == objectId) == true ? Role.Approver
        : Consulted.Any(person => person.ObjectId == objectId) ? Role.Consulted
        : null;

    /// <summary>Everybody who has a card of it, and as what.</summary>
    public IEnumerable<(Role Role, Party Person)> Everybody() =>
        Ledger is null && Consulted.Count == 0 // Nearly always.
            ? [(Role.Leader, Leader), (Role.Assignee, Assignee)]
            : Parties.Select(person => (RoleOf(person.ObjectId)!.Value, person)).Concat(Dealings.Asked.Concat(Consulted).Select(person => (RoleOf(person.ObjectId), person)).Where(pair => pair.Item1 is Role.Approver or Role.Consulted).Select(pair => (pair.Item1!.Value, pair.person)))
            .DistinctBy(pair => pair.Item2.ObjectId);
}

/// <summary>What lay beyond the leader's own mandate when it was sent.</summary>
/// <param name="Clause">Of the mandate.</param>
/// <param name="Limits">What was asked for, and nothing more.</param>
/// <param name="By">Who gave it; null as long as nobody has.</param>
internal sealed record Grant(Clause Clause, Bounds Limits, Party? By);

/// <summary>One entry of the history. Never changed or deleted.</summary>
/// <param name="Number">The revision it made.</param>
/// <param name="At">When.</param>
/// <param name="Who">Who acted.</param>
/// <param name="Version">Under which version of the terms.</param>
/// <param name="What">What was done or ruled, in words.</param>
/// <param name="Clause">The clause that ruled, where one did.</param>
internal sealed record HistoryEntry(int Number, DateTimeOffset At, Party Who, int Version, string What, string? Clause);

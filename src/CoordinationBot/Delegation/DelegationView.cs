using CoordinationBot.Authority;
using CoordinationBot.People;
using CoordinationBot.Protocol.Turns;

namespace CoordinationBot.Delegations;

/// <summary>Who looks at a delegation, and what the card says on top.</summary>
/// <param name="Delegation">What is shown.</param>
/// <param name="Role">As whom.</param>
/// <param name="Zone">The viewer's zone: times are printed in it.</param>
/// <param name="Now">To tell whether it is overdue.</param>
internal sealed record DelegationView(Delegation Delegation, Role Role, string Zone, DateTimeOffset Now)
{
    /// <summary>Who sees it, where the role does not say it.</summary>
    public string? Viewer { get; init; }

    /// <summary>Who sees it.</summary>
    public string? ViewerId => Viewer ?? Role switch
    {
        Role.Leader => Delegation.Leader.ObjectId,
        Role.Assignee => Delegation.Assignee.ObjectId,
        Role.Approver or Role.Consulted => Viewer,
    };

    /// <summary>What is new.</summary>
    public IReadOnlyList<string> News { get; init; } = [];

    /// <summary>Why the last press did nothing.</summary>
    public string? Refusal { get; init; }

    /// <summary>What was typed when it was refused: it stays in the inputs.</summary>
    public Inputs Typed { get; init; } = Inputs.None;

    /// <summary>The change the assignee is filling in, if any.</summary>
    public ChangeKind? Changing { get; init; }

    /// <summary>The act the assignee is declaring, if any.</summary>
    public ActKind? Declaring { get; init; }

    /// <summary>Who may be meant by a name that was typed.</summary>
    public IReadOnlyList<NameEntry> Options { get; init; } = [];

    /// <summary>The request that is looked at, where several wait.</summary>
    public string? Request { get; init; }

    /// <summary>To whom the request may be passed, when that is being chosen.</summary>
    public IReadOnlyList<Party>? Passing { get; init; }
    /// <summary>The option the assignee is reworking, if any.</summary>
    public string? Reworking { get; init; }

    /// <summary>The leader is asked to confirm that it ends.</summary>
    public bool Revoking { get; init; }

    /// <summary>How much is shown of each text that is not at hand now.</summary>
    public int Room { get; init; } = int.MaxValue;

    public bool IsOverdue => Delegation.IsOpen && Delegation.State != DelegationState.HandedIn && Now > Delegation.Terms.Due.At;
}

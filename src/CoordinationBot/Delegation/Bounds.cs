using CoordinationBot.Authority;

namespace CoordinationBot.Delegations;

/// <summary>Who may be involved.</summary>
internal enum Involvement
{
    Nobody,
    Named,
    Anyone,
}

/// <summary>The limits of an authorization. Inside them the assignee is free; a child's are never wider than its parent's.</summary>
internal sealed record Bounds
{
    /// <summary>Nothing but the work itself: no money, nobody else, no promises, not handed on.</summary>
    public static readonly Bounds None = new();

    /// <summary>What may be spent in all, over the whole tree below. Of an uncertain delegation: for exploring.</summary>
    public Money? Budget { get; init; }

    public Involvement Involvement { get; init; }

    /// <summary>Who may be involved when they are named; of an uncertain delegation: who must be consulted.</summary>
    public IReadOnlyList<Party> People { get; init; } = [];

    /// <summary>Whether something may be promised to somebody outside.</summary>
    public bool OutsideCommitments { get; init; }

    /// <summary>How deep it may be handed on: 0 not at all, 1 to somebody who does not hand it on.</summary>
    public int Depth { get; init; }

    /// <summary>What must not be done, in the leader's words. Nobody can check these but people, so they stand on every card.</summary>
    public IReadOnlyList<string> MustNot { get; init; } = [];

    /// <summary>The matter it belongs to, where policies and mandates speak of it.</summary>
    public string? Matter { get; init; }

    /// <summary>Others than those in it do not see that it exists.</summary>
    public bool IsConfidential { get; init; }

    public bool MayInvolve(string objectId) => Involvement switch
    {
        Involvement.Nobody => false,
        Involvement.Named => People.Any(person => person.ObjectId == objectId),
        Involvement.Anyone => true,
    };
}

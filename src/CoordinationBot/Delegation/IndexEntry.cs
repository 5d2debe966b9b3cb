using CoordinationBot.Authority;

namespace CoordinationBot.Delegations;

/// <summary>A delegation in a person's lists: what a line of a card shows, so that a page is one read.</summary>
internal sealed record IndexEntry(string Id, int Revision, string Title, Party Leader, Party Assignee, DelegationState State, Due Due, int Completed, int Steps)
{
    public AuthorizationType Type { get; init; }

    /// <summary>What may be spent, with what was approved on top of it.</summary>
    public Money? Budget { get; init; }

    /// <summary>What is spent of it, below too as far as it is settled.</summary>
    public decimal Used { get; init; }

    /// <summary>What is set aside for delegations below that have not ended.</summary>
    public decimal SetAside { get; init; }

    /// <summary>Requests that wait for an answer.</summary>
    public int Waiting { get; init; }

    /// <summary>Of these, those that wait for the leader.</summary>
    public int WaitingForLeader { get; init; }

    /// <summary>Of an uncertain delegation.</summary>
    public int Options { get; init; }

    /// <summary>Why it is the leader's turn.</summary>
    public Awaited Awaits { get; init; }

    public string? Matter { get; init; }

    public string? Objective { get; init; }

    /// <summary>Nobody but those in it may see that it exists.</summary>
    public bool IsConfidential { get; init; }

    /// <summary>The delegations above it, the parent first.</summary>
    public IReadOnlyList<string>? Ancestors { get; init; }

    /// <summary>How many were handed on from it.</summary>
    public int Children { get; init; }

    public Money? Left => Budget is null ? null : Budget with { Amount = Budget.Amount - Used - SetAside };

    public bool IsOpen => State is not (DelegationState.Done or DelegationState.Declined or DelegationState.Revoked or DelegationState.Expired);

    /// <summary>Whether it can be late: what is handed in waits for the leader, however long.</summary>
    public bool CanBeLate => IsOpen && State != DelegationState.HandedIn;

    public bool IsLate(DateTimeOffset now) => CanBeLate && Due.At < now;
}

/// <summary>What a delegation waits for from its leader.</summary>
internal enum Awaited
{
    Nothing,

    /// <summary>An answer to a question.</summary>
    Answer,

    /// <summary>An approval of a change or an act.</summary>
    Approval,

    /// <summary>The result to be accepted or returned.</summary>
    Acceptance,
}

/// <summary>Money of one currency in a person's list.</summary>
/// <param name="Given">Budgets of what is open.</param>
/// <param name="Used">Spent of these.</param>
/// <param name="SetAside">Set aside below these.</param>
/// <param name="UsedBefore">Spent in what has ended.</param>
internal sealed record MoneySum(decimal Given, decimal Used, decimal SetAside, decimal UsedBefore)
{
    public static readonly MoneySum Zero = new(0, 0, 0, 0);

    public static MoneySum operator +(MoneySum one, MoneySum other) =>
        new(one.Given + other.Given, one.Used + other.Used, one.SetAside + other.SetAside, one.UsedBefore + other.UsedBefore);

    public static MoneySum operator -(MoneySum one) => new(-one.Given, -one.Used, -one.SetAside, -one.UsedBefore);
}

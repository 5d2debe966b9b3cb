using CoordinationBot.Authority;

namespace CoordinationBot.Delegations;

/// <summary>Money that was approved: for one act, or for a plan.</summary>
/// <param name="Id">Of the request.</param>
/// <param name="UpTo">How much.</param>
/// <param name="Used">How much of it is spent.</param>
/// <param name="For">On what.</param>
/// <param name="Until">Until when it may be spent.</param>
/// <param name="IsOnTop">It comes on top of the budget; otherwise what is spent under it is taken out of the budget.</param>
/// <param name="Policies">Policies whose approvers agreed.</param>
internal sealed record Allowance(string Id, Money UpTo, decimal Used, string For, DateTimeOffset Until, bool IsOnTop, IReadOnlyList<string> Policies)
{
    public decimal Left => UpTo.Amount - Used;
}

/// <summary>A promise made to somebody outside.</summary>
internal sealed record Commitment(string To, string What);

/// <summary>A delegation below this one, with the money set aside for it.</summary>
/// <param name="Id">The child.</param>
/// <param name="Assignee">To whom it was handed on.</param>
/// <param name="Reserved">Set aside, raises included; when it is settled, what was spent.</param>
/// <param name="IsSettled">It has ended and so has everything below it: what it did not spend came back.</param>
/// <param name="Raises">Requests for which more was set aside.</param>
internal sealed record Child(string Id, Party Assignee, decimal Reserved, bool IsSettled, IReadOnlyList<string> Raises);

/// <summary>An act as it was declared.</summary>
/// <param name="Key">Of the card or message it came with.</param>
/// <param name="Act">What was declared, in words.</param>
internal sealed record Declaration(string Key, string Act);

/// <summary>What was done under the bounds so far.</summary>
internal sealed record Ledger
{
    public static readonly Ledger Empty = new();

    /// <summary>Spent out of the budget itself, by this assignee.</summary>
    public decimal Spent { get; init; }

    public IReadOnlyList<Allowance> Allowances { get; init; } = [];

    public IReadOnlyList<Child> Children { get; init; } = [];

    public IReadOnlyList<Party> Involved { get; init; } = [];

    public IReadOnlyList<Commitment> Commitments { get; init; } = [];

    public IReadOnlyList<HeldAct> Held { get; init; } = [];

    /// <summary>Everybody who was ever asked to approve: they see how it ended.</summary>
    public IReadOnlyList<Party> Asked { get; init; } = [];

    /// <summary>The newest acts with the card they were declared on: the same press again is not a second act.</summary>
    public IReadOnlyList<Declaration> Newest { get; init; } = [];

    /// <summary>The parent knows how it ended.</summary>
    public bool IsSettled { get; init; }

    /// <summary>What is no longer free: spent or set aside for children.</summary>
    public decimal Taken => Spent + Children.Sum(child => child.Reserved);

    /// <summary>Spent in all, below this one too as far as it is settled.</summary>
    public decimal SpentInAll => Spent + Allowances.Where(allowance => allowance.IsOnTop).Sum(allowance => allowance.Used) + Children.Where(child => child.IsSettled).Sum(child => child.Reserved);

    public bool HasOpenChildren => Children.Any(child => !child.IsSettled);
}

using CoordinationBot.Authority;

namespace CoordinationBot.Delegations;

/// <summary>A way to go that the assignee proposes.</summary>
internal sealed record Option(string Id, string Title, string Benefits, string Drawbacks, string Risk, Money? Cost);

/// <summary>What somebody who is consulted says, about one option or about all.</summary>
internal sealed record Comment(Party By, string? OptionId, string Text, DateTimeOffset At);

/// <summary>What an uncertain delegation has brought so far.</summary>
internal sealed record Inquiry
{
    public static readonly Inquiry Empty = new();

    public IReadOnlyList<Option> Options { get; init; } = [];

    public IReadOnlyList<Comment> Comments { get; init; } = [];

    /// <summary>The options are proposed and wait for the leader.</summary>
    public bool IsProposed { get; init; }

    /// <summary>The option that became the terms.</summary>
    public string? Chosen { get; init; }
}

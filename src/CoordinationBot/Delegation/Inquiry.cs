using CoordinationBot.Authority;

namespace CoordinationBot.Delegations;

/// <summary>A way to go that the assignee proposes.</summary>
/// <param name="Id">For example <c>O2</c>. Never given twice, so that a comment stays with what it was about.</param>
/// <param name="Title">In a line.</param>
/// <param name="Benefits">What speaks for it.</param>
/// <param name="Drawbacks">What speaks against it.</param>
/// <param name="Risk">What may go wrong.</param>
/// <param name="Cost">Null: not said.</param>
internal sealed record Option(string Id, string Title, string Benefits, string Drawbacks, string Risk, Money? Cost)
{
    /// <summary>As people call it: option 2.</summary>
    public string Name => $"option {Id[1..]}";
}

/// <summary>What somebody who is consulted says, about one option or about all.</summary>
internal sealed record Comment(Party By, string? OptionId, string Text, DateTimeOffset At);

/// <summary>What an uncertain delegation has brought so far.</summary>
internal sealed record Inquiry
{
    public static readonly Inquiry Empty = new();

    public IReadOnlyList<Option> Options { get; init; } = [];

    /// <summary>How many options there ever were: the number of the newest.</summary>
    public int Added { get; init; }

    public IReadOnlyList<Comment> Comments { get; init; } = [];

    /// <summary>Object ids of those without whose comment the leader lets it go on.</summary>
    public IReadOnlyList<string> Without { get; init; } = [];

    /// <summary>The newest word on how it goes.</summary>
    public string? Report { get; init; }

    /// <summary>The options were proposed, at least once: then the end of the time box ends nothing any more. While they wait for the leader it is handed in.</summary>
    public bool WasProposed { get; init; }

    /// <summary>The option that became the terms.</summary>
    public string? Chosen { get; init; }

    /// <summary>The draft in which it was chosen: a draft is sent once, whatever is repeated.</summary>
    public string? Origin { get; init; }

    /// <summary>The question that was answered by the choice; until then it stands in the terms.</summary>
    public string? Question { get; init; }

    /// <summary>Who was consulted about it; until the choice that stands in the terms.</summary>
    public IReadOnlyList<Party> Consulted { get; init; } = [];

    public Option? Find(string? optionId) => Options.FirstOrDefault(option => option.Id == optionId);
}

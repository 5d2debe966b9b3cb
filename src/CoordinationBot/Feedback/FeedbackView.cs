using CoordinationBot.Protocol.Turns;

namespace CoordinationBot.Feedbacks;

/// <summary>Feedback as somebody sees it.</summary>
/// <param name="Own">What they look at: of an author, what they wrote.</param>
/// <param name="Standing">The one it went into, which says how it stands; mostly the same.</param>
/// <param name="Zone">Of whoever looks.</param>
/// <param name="Now">When.</param>
internal sealed record FeedbackView(Feedback Own, Feedback Standing, string Zone, DateTimeOffset Now)
{
    public IReadOnlyList<string> News { get; init; } = [];

    /// <summary>Why something was not done.</summary>
    public string? Refusal { get; init; }

    /// <summary>What was typed then.</summary>
    public Inputs Typed { get; init; } = Inputs.None;
}

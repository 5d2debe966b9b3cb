using CoordinationBot.Protocol.Cards;

namespace CoordinationBot.Protocol.Turns;

/// <summary>
/// What a handler answers. The runner turns it into the body of an invoke, a message, or an update of the pressed card, depending on how the
/// turn came in.
/// </summary>
public abstract record TurnResult
{
    private TurnResult()
    {
    }

    /// <summary>No answer.</summary>
    public sealed record Nothing : TurnResult
    {
        /// <summary>The one instance.</summary>
        public static Nothing Instance { get; } = new();
    }

    /// <summary>A sentence, shown as typed.</summary>
    /// <param name="Text">Plain text, no markup.</param>
    public sealed record Say(string Text) : TurnResult;

    /// <summary>A card: on a card action it takes the place of the card pressed, otherwise it is a new message.</summary>
    /// <param name="Card">The card.</param>
    public sealed record Show(AdaptiveCard Card) : TurnResult;

    /// <summary>A card that is always a new message, so that the one pressed stays.</summary>
    /// <param name="Card">The card.</param>
    public sealed record Open(AdaptiveCard Card) : TurnResult;

    /// <summary>Not done. With a card (the same one, filled as it was, with the reason on it) that takes the place of the one pressed; without one, just the sentence.</summary>
    /// <param name="Sentence">What was refused, why, and what to do next.</param>
    /// <param name="Card">The pressed card with the sentence on it.</param>
    public sealed record Refused(string Sentence, AdaptiveCard? Card = null) : TurnResult;
}

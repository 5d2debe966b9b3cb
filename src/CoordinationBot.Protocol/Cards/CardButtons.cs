namespace CoordinationBot.Protocol.Cards;

/// <summary>A button.</summary>
public abstract record CardButton
{
    /// <summary>The words on it.</summary>
    public required string Title { get; init; }

    /// <summary><c>default</c>, <c>positive</c>, <c>destructive</c>; some clients draw them alike.</summary>
    public string? Style { get; init; }
}

/// <summary>
/// Sends <see cref="Verb"/> and <see cref="Data"/> as an invoke; the answer replaces the card. Old clients press the fallback, an
/// Action.Submit with the same data, whose answer is a message or an update of the card.
/// </summary>
/// <param name="Verb">The route.</param>
/// <param name="Data">Ids and versions, never authority or secrets: everybody who has the card can read it and send anything.</param>
public sealed record ExecuteAction(string Verb, IReadOnlyDictionary<string, string> Data) : CardButton;

/// <summary>Sends the data as a message; the answer is a new message. The verb travels in the data.</summary>
public sealed record SubmitAction : CardButton
{
    /// <summary>Makes the button.</summary>
    public SubmitAction(string verb, IReadOnlyDictionary<string, string>? data = null) =>
        Data = new Dictionary<string, string>(data ?? new Dictionary<string, string>(), StringComparer.Ordinal) { [VerbKey] = verb };

    /// <summary>The data, the verb among it.</summary>
    public IReadOnlyDictionary<string, string> Data { get; }

    /// <summary>Key of the verb in the data.</summary>
    public const string VerbKey = "verb";
}

/// <summary>Opens a card below, with inputs of its own.</summary>
/// <param name="Card">The card.</param>
public sealed record ShowCardAction(AdaptiveCard Card) : CardButton;

/// <summary>Opens a link.</summary>
/// <param name="Url">https only.</param>
public sealed record OpenUrlAction(string Url) : CardButton;

using System.Text.Json.Serialization;

namespace CoordinationBot.Protocol.Cards;

/// <summary>An Adaptive Card, version 1.5: the newest that Teams draws (cards-reference). Typed records only, so no text can break the JSON.</summary>
[JsonConverter(typeof(CardWriter))]
public sealed record AdaptiveCard
{
    /// <summary>Always <c>AdaptiveCard</c>.</summary>
    public string Type { get; } = "AdaptiveCard";

    /// <summary>The schema clients expect.</summary>
    public string Schema { get; } = "http://adaptivecards.io/schemas/adaptive-card.json";

    /// <summary>Always <c>1.5</c>.</summary>
    public string Version { get; } = "1.5";

    /// <summary>What is shown.</summary>
    public required IReadOnlyList<CardElement> Body { get; init; }

    /// <summary>Buttons under the card; at most six are shown, the rest goes to a menu.</summary>
    public IReadOnlyList<CardButton>? Actions { get; init; }

    /// <summary>Shown where the card cannot be drawn, and used as the notification line.</summary>
    public string? FallbackText { get; init; }

    /// <summary>How a client brings the card up to date by itself; null: it does not.</summary>
    public CardRefresh? Refresh { get; init; }

    /// <summary>Teams' own settings.</summary>
    public TeamsCardOptions? Teams { get; init; }
}

/// <summary>
/// What a client asks when it shows the card again, at most once a minute. It must change nothing and must always be answered with a card: a client whose
/// refresh failed once does not ask again.
/// </summary>
/// <param name="Action">What is asked; its verb ends in <c>.view</c>.</param>
/// <param name="UserIds">Channel ids (<c>29:…</c>) of those whose clients ask, at most 60. Always set: clients differ in what they do without.</param>
public sealed record CardRefresh(ExecuteAction Action, IReadOnlyList<string> UserIds);

/// <summary>Teams' settings of a card.</summary>
public sealed record TeamsCardOptions
{
    /// <summary><c>full</c>: as wide as the chat allows.</summary>
    public string? Width { get; init; }
}

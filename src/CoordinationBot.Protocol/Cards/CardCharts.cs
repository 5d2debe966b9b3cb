namespace CoordinationBot.Protocol.Cards;

/// <summary>A picture that the card itself carries. Pictures do not count in the size of a message.</summary>
/// <param name="Url">A <c>data:</c> address with a PNG, at most 1,024 by 1,024 pixels.</param>
/// <param name="AltText">What it shows, for whoever does not see it.</param>
public sealed record CardImage(string Url, string AltText) : CardElement;

/// <summary>A chart of bars. Teams draws it; a client that does not know charts shows <see cref="Fallback"/>.</summary>
public sealed record BarChart : CardElement
{
    /// <summary>What the bars are about, in our own words.</summary>
    public required string Title { get; init; }

    /// <summary>The bars, in their order.</summary>
    public required IReadOnlyList<Bar> Bars { get; init; }

    /// <summary>Bars that lie (<c>Chart.HorizontalBar</c>), for labels longer than a word; else they stand (<c>Chart.VerticalBar</c>).</summary>
    public bool AreLying { get; init; }

    /// <summary>The same as a picture.</summary>
    public required CardImage Fallback { get; init; }
}

/// <summary>A bar of a <see cref="BarChart"/>.</summary>
/// <param name="Label">What it stands for, shown as it is.</param>
/// <param name="Value">How long it is.</param>
public readonly record struct Bar(string Label, double Value);

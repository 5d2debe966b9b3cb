namespace CoordinationBot.Protocol.Cards;

/// <summary>Something shown on a card. Only elements that every Teams client and the offline client draw.</summary>
public abstract record CardElement
{
    /// <summary>Name of the element; for inputs, the key under which the value comes back.</summary>
    public string? Id { get; init; }

    /// <summary><c>none</c>, <c>small</c>, <c>default</c>, <c>medium</c>, <c>large</c>, <c>extraLarge</c>, <c>padding</c>.</summary>
    public string? Spacing { get; init; }

    /// <summary>A line above the element.</summary>
    public bool? Separator { get; init; }
}

/// <summary>A paragraph of our own words. Markdown is interpreted here: text that people typed goes into a <see cref="RichTextBlock"/>.</summary>
/// <param name="Text">The words.</param>
public sealed record TextBlock(string Text) : CardElement
{
    /// <summary>Always on: Teams does not wrap by default.</summary>
    public bool Wrap { get; } = true;

    /// <summary><c>small</c>, <c>default</c>, <c>medium</c>, <c>large</c>.</summary>
    public string? Size { get; init; }

    /// <summary><c>lighter</c>, <c>default</c>, <c>bolder</c>.</summary>
    public string? Weight { get; init; }

    /// <summary><c>default</c>, <c>accent</c>, <c>good</c>, <c>warning</c>, <c>attention</c>. Never the only carrier of a meaning.</summary>
    public string? Color { get; init; }

    /// <summary>Fainter.</summary>
    public bool? IsSubtle { get; init; }

    /// <summary><c>heading</c>: read as a heading by screen readers.</summary>
    public string? Style { get; init; }
}

/// <summary>A paragraph shown exactly as typed: no Markdown, no markup.</summary>
public sealed record RichTextBlock : CardElement
{
    /// <summary>The runs of the paragraph.</summary>
    public required IReadOnlyList<TextRun> Inlines { get; init; }
}

/// <summary>A run of text in a <see cref="RichTextBlock"/>. Build it with <see cref="CardText"/> when a person typed the text.</summary>
/// <param name="Text">The words, shown as they are.</param>
public sealed record TextRun(string Text)
{
    /// <inheritdoc cref="TextBlock.Size"/>
    public string? Size { get; init; }

    /// <inheritdoc cref="TextBlock.Weight"/>
    public string? Weight { get; init; }

    /// <inheritdoc cref="TextBlock.Color"/>
    public string? Color { get; init; }

    /// <inheritdoc cref="TextBlock.IsSubtle"/>
    public bool? IsSubtle { get; init; }

    /// <summary>Slanted.</summary>
    public bool? Italic { get; init; }

    /// <summary>Struck through.</summary>
    public bool? Strikethrough { get; init; }
}

/// <summary>Titles with values, our own words only: values are Markdown.</summary>
public sealed record FactSet : CardElement
{
    /// <summary>The rows.</summary>
    public required IReadOnlyList<Fact> Facts { get; init; }
}

/// <summary>A row of a <see cref="FactSet"/>.</summary>
/// <param name="Title">Left.</param>
/// <param name="Value">Right; Markdown.</param>
public sealed record Fact(string Title, string Value);

/// <summary>A box around elements.</summary>
public sealed record Container : CardElement
{
    /// <summary>What is in it.</summary>
    public required IReadOnlyList<CardElement> Items { get; init; }

    /// <summary><c>default</c>, <c>emphasis</c>, <c>good</c>, <c>attention</c>, <c>warning</c>, <c>accent</c>.</summary>
    public string? Style { get; init; }
}

/// <summary>Columns side by side; few, since a phone has no horizontal scroll.</summary>
public sealed record ColumnSet : CardElement
{
    /// <summary>The columns.</summary>
    public required IReadOnlyList<Column> Columns { get; init; }
}

/// <summary>A column of a <see cref="ColumnSet"/>.</summary>
public sealed record Column
{
    /// <summary>Always <c>Column</c>.</summary>
    public string Type { get; } = "Column";

    /// <summary><c>auto</c>, <c>stretch</c>, or a weight.</summary>
    public string? Width { get; init; }

    /// <summary>What is in it.</summary>
    public required IReadOnlyList<CardElement> Items { get; init; }

    /// <summary><c>top</c>, <c>center</c>, <c>bottom</c>.</summary>
    public string? VerticalContentAlignment { get; init; }
}

/// <summary>Buttons inside the body. Older clients ignore an action's fallback at the root, but not here.</summary>
public sealed record ActionSet : CardElement
{
    /// <summary>The buttons.</summary>
    public required IReadOnlyList<CardButton> Actions { get; init; }
}

/// <summary>An element that never changes, for a card that is sent over and over: it is written as JSON once.</summary>
/// <param name="Element">What is shown.</param>
public sealed record FixedElement(CardElement Element) : CardElement
{
    /// <summary>The element as it goes over the wire.</summary>
    internal byte[] Json { get; } = CardWriter.Write(Element);
}

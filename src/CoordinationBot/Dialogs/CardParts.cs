using CoordinationBot.Protocol.Cards;

namespace CoordinationBot.Dialogs;

/// <summary>Pieces that every card uses, so that they look alike.</summary>
internal static class CardParts
{
    /// <summary>Our own words as a heading.</summary>
    public static TextBlock Heading(string words) => new(words) { Size = "medium", Weight = "bolder", Style = "heading" };

    /// <summary>A label and a value, the value as typed.</summary>
    public static RichTextBlock Line(string label, string value) => new()
    {
        Spacing = "small",
        Inlines = [new TextRun($"{label}: ") { Weight = "bolder" }, .. value.Length == 0 ? (TextRun[])[] : [CardText.Run(value)]],
    };

    public static RichTextBlock Paragraph(string words) => new() { Inlines = [CardText.Run(words)] };

    public static RichTextBlock Faint(string words) => new() { Spacing = "small", Inlines = [CardText.Run(words) with { IsSubtle = true, Size = "small" }] };

    /// <summary>What was not done and why, on top of the card.</summary>
    public static Container Attention(string sentence) => new()
    {
        Style = "attention",
        Items = [new RichTextBlock { Inlines = [CardText.Run(sentence) with { Weight = "bolder" }] }],
    };

    /// <summary>What is new, on top of the card.</summary>
    public static Container News(IReadOnlyList<string> sentences) => new()
    {
        Style = "emphasis",
        Items = [.. sentences.Select(sentence => new RichTextBlock { Spacing = "small", Inlines = [CardText.Run(sentence) with { Weight = "bolder" }] })],
    };

    /// <summary>What is wrong with the line below.</summary>
    public static RichTextBlock Problem(string sentence) => new() { Inlines = [CardText.Run(sentence) with { Color = "attention", Weight = "bolder" }] };
}

using CoordinationBot.Protocol.Cards;

namespace CoordinationBot.Dialogs;

/// <summary>Pieces that every card uses, so that they look alike.</summary>
internal static class CardParts
{
    /// <summary>Teams takes about 48,000 characters with everything around the card; what is far below also draws well on a phone.</summary>
    private const int Longest = 40_000;

    private const int LongestPage = 10_000;

    public static bool Fits(AdaptiveCard card) => CardLength.AtMost(card) <= Longest || CardSize.Of(card) <= Longest;

    /// <summary>As many of the first items as stand on one card, by the length of their texts; at least one.</summary>
    public static IReadOnlyList<T> Page<T>(IReadOnlyList<T> items, Func<T, int> length)
    {
        var room = LongestPage;
        return [.. items.TakeWhile((item, index) => (room -= length(item)) >= 0 || index == 0)];
    }

    /// <summary>The beginning of a text that is longer than <paramref name="room"/>, with a sign that it goes on.</summary>
    public static string Shorten(string text, int room) => text.Length <= room ? text : $"{Fitting(text, room)!.TrimEnd()}…";

    /// <summary>As much of a text as an input takes, no letter in two.</summary>
    public static string? Fitting(string? text, int longest) =>
        text is null || text.Length <= longest ? text : text[..(char.IsHighSurrogate(text[longest - 1]) ? longest - 1 : longest)];

    /// <summary>A day and a time, side by side.</summary>
    public static ColumnSet Moment(string dateId, string timeId, string label, string zone, string? date, string? time) => new()
    {
        Columns =
        [
            new Column { Width = "stretch", VerticalContentAlignment = "bottom", Items = [new DateInput { Id = dateId, Label = label, Value = date }] },
            new Column { Width = "stretch", VerticalContentAlignment = "bottom", Items = [new TimeInput { Id = timeId, Label = $"Time ({zone})", Value = time }] },
        ],
    };

    /// <summary>Our own words as a heading.</summary>
    public static TextBlock Heading(string words) => new(words) { Size = "medium", Weight = "bolder", Style = "heading" };

    /// <summary>A label and a value, the value as typed.</summary>
    public static RichTextBlock Line(string label, string value) => new()
    {
        Spacing = "small",
        Inlines = [new TextRun($"{label}: ") { Weight = "bolder" }, .. value.Length == 0 ? (TextRun[])[] : [CardText.Run(value)]],
    };

    public static RichTextBlock Paragraph(string words) => new() { Inlines = [CardText.Run(words)] };

    public static RichTextBlock Faint(string words) => new() { Spacing = "small", Inlines = [new TextRun(CardText.Literal(words)) { IsSubtle = true, Size = "small" }] };

    /// <summary>What was not done and why, on top of the card.</summary>
    public static Container Attention(string sentence) => new()
    {
        Style = "attention",
        Items = [new RichTextBlock { Inlines = [new TextRun(CardText.Literal(sentence)) { Weight = "bolder" }] }],
    };

    /// <summary>What is new, on top of the card.</summary>
    public static Container News(IReadOnlyList<string> sentences) => new()
    {
        Style = "emphasis",
        Items = [.. sentences.Select(sentence => new RichTextBlock { Spacing = "small", Inlines = [new TextRun(CardText.Literal(sentence)) { Weight = "bolder" }] })],
    };

    /// <summary>What is wrong with the line below.</summary>
    public static RichTextBlock Problem(string sentence) => new() { Inlines = [new TextRun(CardText.Literal(sentence)) { Color = "attention", Weight = "bolder" }] };
}

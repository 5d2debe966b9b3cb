using CoordinationBot.Dialogs;
using CoordinationBot.Protocol.Activities;
using CoordinationBot.Protocol.Cards;

namespace CoordinationBot.Meetings;

/// <summary>Entries of minutes as lines of a card.</summary>
internal static class MinutesText
{
    public const int LongestHeading = 100;
    private const int LongestChoice = 40;

    public static RichTextBlock Entry(MinutesEntry entry, string zone)
    {
        var label = MinutesDocument.Label(entry.Kind);
        return new RichTextBlock
        {
            Spacing = "small",
            Inlines =
            [
                .. label is null ? (TextRun[])[] : [new TextRun($"{label}: ") { Weight = "bolder" }],
                CardText.Run(entry.Text),
                .. Beside(entry, zone) is { Length: > 0 } beside ? (TextRun[])[new TextRun(CardText.Literal($" · {beside}")) { IsSubtle = true }] : [],
            ],
        };
    }

    /// <summary>An entry among others to choose from.</summary>
    public static Choice Choice(MinutesEntry entry) =>
        new(CardText.Literal($"{MinutesDocument.Label(entry.Kind) ?? "Note"}: {CardParts.Shorten(entry.Text.ReplaceLineEndings(" "), LongestChoice)}"), entry.Id);

    /// <summary>A section among others to choose from.</summary>
    public static Choice Choice(MinutesSection section) => new(CardText.Literal(CardParts.Shorten(section.Title, LongestChoice)), section.Id);

    /// <summary>How much of a card a text takes.</summary>
    public static int Room(string text) => ProtocolJson.Wire.Options.Encoder!.Encode(CardText.Literal(text)).Length;

    private static string Beside(MinutesEntry entry, string zone) => string.Join(" · ", new[]
    {
        entry.Who?.Name,
        entry.Due is { } due ? $"until {Zones.Read(due.At, zone)}" : null,
        entry.Kind switch
        {
            EntryKind.Note or EntryKind.Decision => null,
            EntryKind.Question => entry.IsSettled ? "answered" : null,
            EntryKind.Action => entry.Given ?? (entry.IsSettled ? "done" : "not given yet"),
        },
    }.OfType<string>());
}

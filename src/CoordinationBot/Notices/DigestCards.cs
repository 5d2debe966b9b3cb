using CoordinationBot.Dialogs;
using CoordinationBot.Protocol.Cards;

namespace CoordinationBot.Notices;

/// <summary>One message instead of many.</summary>
internal static class DigestCards
{
    private const int Most = 20;

    /// <param name="entries">What waited.</param>
    /// <param name="more">What is said beside it, a line each.</param>
    public static AdaptiveCard For(IReadOnlyList<DigestEntry> entries, IReadOnlyList<string>? more = null)
    {
        var things = entries.GroupBy(entry => entry.Partition, StringComparer.Ordinal).Select(thing => thing.OrderBy(entry => entry.Key, StringComparer.Ordinal).ToList()).ToList();
        var shown = CardParts.Page([.. things.Take(Most)], thing => thing.Sum(entry => entry.Sentence.Length) + thing[0].Title.Length);
        var heading = things.Count == 1 ? "This waited for you" : $"These {things.Count} waited for you";
        List<CardElement> body = [CardParts.Heading(heading), .. shown.Select(Thing)];
        if (shown.Count < things.Count)
        {
            body.Add(CardParts.Faint($"And {things.Count - shown.Count} more. Type help to see everything that waits for you."));
        }
        body.AddRange((more ?? []).Select((line, index) => new RichTextBlock { Separator = index == 0, Spacing = index == 0 ? null : "none", Inlines = [CardText.Run(line)] }));
        return new AdaptiveCard { Body = body, FallbackText = heading };
    }

    private static ColumnSet Thing(IReadOnlyList<DigestEntry> entries) => new()
    {
        Separator = true,
        Columns =
        [
            new Column
            {
                Width = "stretch",
                Items =
                [
                    new RichTextBlock { Inlines = [CardText.Run(entries[0].Title) with { Weight = "bolder" }] },
                    .. entries.Select(entry => new RichTextBlock { Spacing = "none", Inlines = [CardText.Run(entry.Sentence)] }),
                ],
            },
            new Column
            {
                Width = "auto",
                VerticalContentAlignment = "center",
                Items = [new ActionSet { Actions = [new SubmitAction(entries[0].Open[SubmitAction.VerbKey], entries[0].Open) { Title = "Open" }] }],
            },
        ],
    };
}

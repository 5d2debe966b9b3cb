using System.Globalization;
using CoordinationBot.Dialogs;
using CoordinationBot.Protocol.Cards;
using CoordinationBot.Storage;

namespace CoordinationBot.Operations;

/// <summary>Work that was given up: what kind, when and why. Not of whom: a partition may name a person, so it is neither shown nor in the button.</summary>
internal static class PoisonCards
{
    public const int Shown = 15;

    public static AdaptiveCard List(IReadOnlyList<PoisonedWork> works, string zone, string? news = null)
    {
        List<CardElement> body =
        [
            .. news is null ? (CardElement[])[] : [CardParts.News([news])],
            CardParts.Heading("What was given up"),
        ];
        if (works.Count == 0)
        {
            body.Add(new TextBlock("Nothing was given up."));
        }
        body.AddRange(works.OrderByDescending(work => work.At).ThenBy(work => work.Id, StringComparer.Ordinal).Take(Shown).Select(work => Item(work, zone)));
        if (works.Count > Shown)
        {
            body.Add(CardParts.Faint($"The newest {Shown} of {Count(works.Count)}. The log names them all."));
        }
        return new AdaptiveCard { Body = body, FallbackText = "What was given up" };
    }

    /// <summary>One read counts so many and no more.</summary>
    public static string Count(int count) => count >= TableLimits.MaxTake ? $"{TableLimits.MaxTake} or more" : count.ToString(CultureInfo.InvariantCulture);

    private static ColumnSet Item(PoisonedWork work, string zone) => new()
    {
        Separator = true,
        Columns =
        [
            new Column
            {
                Width = "stretch",
                Items =
                [
                    new RichTextBlock { Inlines = [CardText.Run(work.Kind) with { Weight = "bolder" }, CardText.Run($": {work.Reason}")] },
                    new RichTextBlock { Spacing = "none", Inlines = [CardText.Run($"{Zones.Read(work.At, zone)}, at attempt {work.Attempts.ToString(CultureInfo.InvariantCulture)}, {work.Id} in the log") with { Size = "small", IsSubtle = true }] },
                ],
            },
            new Column { Width = "auto", VerticalContentAlignment = "center", Items = [new ActionSet { Actions = [new ExecuteAction("operations.run-again", new Dictionary<string, string> { ["work"] = work.Id }) { Title = "Run again" }] }] },
        ],
    };
}

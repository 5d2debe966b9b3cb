using System.Globalization;
using CoordinationBot.Dialogs;
using CoordinationBot.Protocol.Cards;

namespace CoordinationBot.Delegations;

/// <summary>How a delegation hangs together with others: a line each, further to the right the deeper it is.</summary>
internal static class TreeCards
{
    private const string Step = "\u2003";

    /// <summary>How much of each title is shown, where all of them do not fit.</summary>
    private static readonly int[] Rooms = [DelegationLimits.Title, 60, 20];

    public static AdaptiveCard For(Tree tree, string zone, DateTimeOffset now)
    {
        var card = Draw(tree, zone, now, Rooms[0]);
        foreach (var room in Rooms.Skip(1))
        {
            if (CardParts.Fits(card))
            {
                break;
            }
            card = Draw(tree, zone, now, room);
        }
        return card;
    }

    private static AdaptiveCard Draw(Tree tree, string zone, DateTimeOffset now, int room) => new()
    {
        Body =
        [
            CardParts.Heading($"Tree of {tree.Id}"),
            .. tree.Lines.SelectMany(line => Line(line, line.Entry.Id == tree.Id, zone, now, room)),
            .. tree.Lines.Count == 1 ? (CardElement[])[CardParts.Faint("It stands alone: it is part of nothing, and nothing was handed on from it.")] : [],
        ],
        FallbackText = $"Tree of {tree.Id}",
    };

    private static IEnumerable<CardElement> Line(TreeLine line, bool isAsked, string zone, DateTimeOffset now, int room)
    {
        var (entry, indent) = (line.Entry, string.Concat(Enumerable.Repeat(Step, line.Level)));
        yield return new RichTextBlock
        {
            Spacing = "small",
            Inlines =
            [
                new TextRun($"{indent}{(line.Level > 0 ? "↳ " : "")}{entry.Id} "),
                CardText.Run(CardParts.Shorten(entry.Title, room)) with { Weight = isAsked ? "bolder" : null },
            ],
        };
        yield return new RichTextBlock
        {
            Spacing = "none",
            Inlines =
            [
                new TextRun(indent) { Size = "small" },
                CardText.Run($"{entry.Leader.Name} to {entry.Assignee.Name} · {ListCards.Word(entry.State)} · due {Zones.Read(entry.Due.At, zone)}{(entry.Budget is { } budget ? $" · {ListCards.Used(budget, entry.Used, entry.SetAside)}" : "")}") with { Size = "small", IsSubtle = true },
                .. entry.IsLate(now) ? (TextRun[])[new TextRun(" · overdue") { Size = "small", Weight = "bolder", Color = "attention" }] : [],
            ],
        };
        if (line.Hidden > 0)
        {
            yield return CardParts.Faint(string.Create(CultureInfo.InvariantCulture, $"{indent}{Step}and {line.Hidden} more below {entry.Id}"));
        }
    }
}

using CoordinationBot.Dialogs;
using CoordinationBot.Protocol.Cards;

namespace CoordinationBot.Meetings;

/// <summary>The living card of minutes: whoever writes them fills it, everybody else reads it and may correct what is circulated.</summary>
internal static class MinutesCards
{
    public static AdaptiveCard For(MinutesView view)
    {
        var minutes = view.Minutes;
        return new AdaptiveCard
        {
            Body =
            [
                .. view.Refusal is { } refusal ? (CardElement[])[CardParts.Attention(refusal)] : [],
                .. view.News.Count > 0 ? (CardElement[])[CardParts.News(view.News)] : [],
                new RichTextBlock { Inlines = [CardText.Run($"Minutes: {minutes.Subject}") with { Size = "large", Weight = "bolder" }] },
                CardParts.Faint($"{minutes.Id} · {MinutesDocument.Standing(view.Readable ?? minutes)} · written by {minutes.Taker.Name}"),
                CardParts.Faint(Zones.Read(minutes.Time.Start, view.Zone)),
                .. view.Readable is { } readable ? Content(view, readable) : [CardParts.Paragraph($"{minutes.Taker.Name} is writing them. You get them when they are circulated.")],
            ],
            FallbackText = CardText.Literal($"Minutes: {minutes.Subject}"),
        };
    }

    /// <summary>What remains of a card that came again further down.</summary>
    public static AdaptiveCard Moved(Minutes minutes) => new()
    {
        Body = [CardParts.Faint($"{minutes.Id} Minutes: {minutes.Subject} · continued further down")],
        FallbackText = $"{minutes.Id} continues further down",
    };

    /// <summary>Offers to begin them.</summary>
    public static AdaptiveCard NotBegun(Meeting meeting, OpenPoints open) => new()
    {
        Body =
        [
            new RichTextBlock { Inlines = [CardText.Run($"Minutes: {meeting.Subject}") with { Size = "large", Weight = "bolder" }] },
            CardParts.Faint(meeting.Id),
            CardParts.Paragraph($"Nobody has begun them yet. They begin with the agenda{(open is { IsForAll: true, From: { } from } ? $" and what stayed open in {from}" : "")}."),
            .. open is { IsForAll: false, From: { } before } ? (CardElement[])[CardParts.Faint($"What stayed open in {before} is not taken over: not everybody who comes was asked to that meeting.")] : [],
            new ActionSet { Actions = [new ExecuteAction("minutes.start", new Dictionary<string, string> { ["id"] = meeting.Id }) { Title = "Begin the minutes" }] },
            CardParts.Faint($"To name somebody else who writes them, type minutes {meeting.Id}: taker, and their name."),
        ],
        FallbackText = CardText.Literal($"Minutes: {meeting.Subject}"),
    };

    /// <summary>Links to the files.</summary>
    public static AdaptiveCard Files(Minutes minutes, int version, Uri word, Uri markdown, DateTimeOffset until, string zone) => new()
    {
        Body =
        [
            CardParts.Heading("The minutes as a file"),
            CardParts.Line("In it", $"{minutes.Id} {minutes.Subject}{(version > 0 ? $", version {version}" : "")}"),
            CardParts.Faint($"The links work until {Zones.Read(until, zone)}, for whoever has them. Please keep them to yourself."),
            new ActionSet { Actions = [new OpenUrlAction(word.AbsoluteUri) { Title = "Download Word" }, new OpenUrlAction(markdown.AbsoluteUri) { Title = "Download Markdown" }] },
        ],
        FallbackText = "The minutes as a file",
    };

    private static IEnumerable<CardElement> Content(MinutesView view, Minutes readable)
    {
        var all = readable.Read.SelectMany(part => part.Entries.Select(entry => (part.Section, Entry: entry))).ToList();
        var from = Math.Clamp(view.From, 0, Math.Max(0, all.Count - 1));
        var page = CardParts.Page([.. all.Skip(from)], line => MinutesText.Room(line.Entry.Text) + 100);
        if (all.Count == 0)
        {
            yield return CardParts.Paragraph("Nothing is written down yet.");
        }
        string? section = null;
        foreach (var (heading, entry) in page)
        {
            if (heading.Id != section)
            {
                yield return CardParts.Paragraph(CardParts.Shorten(heading.Title, MinutesText.LongestHeading)) with { Separator = true };
                section = heading.Id;
            }
            yield return MinutesText.Entry(entry, view.Zone);
        }
        if (from > 0 || from + page.Count < all.Count)
        {
            yield return new ActionSet
            {
                Actions =
                [
                    .. from > 0 ? (CardButton[])[Button(view.Minutes, "view", "From the beginning")] : [],
                    .. from + page.Count < all.Count ? (CardButton[])[Button(view.Minutes, "view", "More", ("from", MinutesDesk.Number(from + page.Count)))] : [],
                ],
            };
        }
        foreach (var element in view.MayWrite ? MinutesPanels.Writer(view, [.. page.Select(line => line.Entry)]) : MinutesPanels.Reader(view, [.. page.Select(line => line.Entry)]))
        {
            yield return element;
        }
    }

    public static ExecuteAction Button(Minutes minutes, string what, string title, params IReadOnlyList<(string Key, string Value)> data)
    {
        var values = new Dictionary<string, string> { ["id"] = minutes.Id };
        foreach (var (key, value) in data)
        {
            values[key] = value;
        }
        return new ExecuteAction($"minutes.{what}", values) { Title = title };
    }
}

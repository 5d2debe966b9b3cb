using System.Globalization;
using CoordinationBot.Dialogs;
using CoordinationBot.Protocol.Cards;
using NodaTime.Extensions;

namespace CoordinationBot.Meetings;

/// <summary>The living card of a meeting: what it shows depends on how the meeting stands and who looks.</summary>
internal static class MeetingCards
{
    public static AdaptiveCard For(MeetingView view) =>
        !view.Meeting.Includes(view.Viewer) ? NotInIt(view)
        : view.Meeting.State switch
        {
            MeetingState.Finding => Card(view, [CardParts.Paragraph("It has no time yet."), new ActionSet { Actions = [Button(view.Meeting, "cancel", "Drop it")] }]),
            MeetingState.Polling => Card(view, [CardParts.Paragraph("People are asked which times suit them.")]),
            MeetingState.Scheduled => InvitationCards.For(view),
            MeetingState.Cancelled => Card(view, InvitationCards.Cancelled(view)),
        };

    /// <summary>What remains of a card that came again further down.</summary>
    public static AdaptiveCard Moved(Meeting meeting) => new()
    {
        Body = [CardParts.Faint($"{meeting.Id} {meeting.Subject} · continued further down")],
        FallbackText = $"{meeting.Id} continues further down",
    };

    // ---- pieces that the cards of meetings share

    /// <summary>What stands on every card of a meeting, then this.</summary>
    public static AdaptiveCard Card(MeetingView view, IEnumerable<CardElement> body) => new()
    {
        Body =
        [
            .. view.Refusal is { } refusal ? (CardElement[])[CardParts.Attention(refusal)] : [],
            .. view.News.Count > 0 ? (CardElement[])[CardParts.News(view.News)] : [],
            new RichTextBlock { Inlines = [CardText.Run(view.Meeting.Subject) with { Size = "large", Weight = "bolder" }] },
            CardParts.Faint($"{view.Meeting.Id} · meeting{(view.Meeting.IsConfidential ? " · confidential" : "")}"),
            .. body,
        ],
        FallbackText = CardText.Literal(view.News.Count > 0 ? $"{view.News[0]} {view.Meeting.Subject}" : $"{view.Meeting.Id} {view.Meeting.Subject}"),
    };

    /// <summary>"Thu 3 Dec 2026, 14:00 to 14:45 (Europe/Berlin)".</summary>
    public static string Span(DateTimeOffset start, int minutes, string zone)
    {
        var (from, until) = (start.ToInstant().InZone(Zones.Find(zone)), start.AddMinutes(minutes).ToInstant().InZone(Zones.Find(zone)));
        var read = TypedDate.ReadBack(from);
        var end = until.Date == from.Date ? until.ToString("HH:mm", CultureInfo.InvariantCulture) : until.ToString("ddd d MMM, HH:mm", CultureInfo.InvariantCulture);
        return read.Insert(read.LastIndexOf(" (", StringComparison.Ordinal), $" to {end}");
    }

    public static string Length(int minutes) => minutes % 60 == 0 ? Count(minutes / 60, "hour") : minutes < 60 ? Count(minutes, "minute") : $"{Count(minutes / 60, "hour")} {Count(minutes % 60, "minute")}";

    public static string Count(int count, string what) => string.Create(CultureInfo.InvariantCulture, $"{count} {what}{(count == 1 ? "" : "s")}");

    public static ExecuteAction Button(Meeting meeting, string what, string title, params IReadOnlyList<(string Key, string Value)> data)
    {
        var values = new Dictionary<string, string> { ["id"] = meeting.Id };
        foreach (var (key, value) in data)
        {
            values[key] = value;
        }
        return new ExecuteAction($"meeting.{what}", values) { Title = title };
    }

    private static AdaptiveCard NotInIt(MeetingView view) => Card(view, [CardParts.Paragraph("You are not part of this meeting any more. There is nothing for you to do.")]);
}

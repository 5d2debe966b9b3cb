using CoordinationBot.Dialogs;
using CoordinationBot.Protocol.Cards;

namespace CoordinationBot.Meetings;

/// <summary>The living card of a meeting: what it shows depends on how the meeting stands and who looks.</summary>
internal static class MeetingCards
{
    public static AdaptiveCard For(MeetingView view) =>
        !view.Meeting.Includes(view.Viewer) ? NotInIt(view)
        : view is { IsCancelling: true, IsOrganiser: true, Meeting.State: not MeetingState.Cancelled } ? Card(view, InvitationCards.CancelForm(view))
        : view.MovingTo is { } start ? Moving(view, start)
        : view.Asking is not null ? PollCards.Ask(view)
        : view is { AnswersPage: not null, Meeting.Poll: not null, IsOrganiser: true } ? PollCards.Answers(view)
        : view.Offer is not null ? Card(view, SlotCards.Of(view))
        : view.Meeting.State switch
        {
            MeetingState.Finding when view.Meeting.Poll is not null => Card(view, PollCards.Closed(view)),
            MeetingState.Finding => Card(view, [CardParts.Paragraph("It has no time yet.")]),
            MeetingState.Polling => PollCards.Open(view),
            MeetingState.Scheduled when PollRules.IsOpen(view.Meeting, view.Now) => PollCards.Open(view),
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
            CardParts.Faint($"{view.Meeting.Id} · {(view.Meeting.Occurrence is { } one ? $"one date of {one.Series}" : view.Meeting.Series is null ? "meeting" : "series of meetings")}{(view.Meeting.IsConfidential ? " · confidential" : "")}"),
            .. body,
        ],
        FallbackText = CardText.Literal(view.News.Count > 0 ? $"{view.News[0]} {view.Meeting.Subject}" : $"{view.Meeting.Id} {view.Meeting.Subject}"),
    };

    public static ExecuteAction Button(Meeting meeting, string what, string title, params IReadOnlyList<(string Key, string Value)> data)
    {
        var values = new Dictionary<string, string> { ["id"] = meeting.Id };
        foreach (var (key, value) in data)
        {
            values[key] = value;
        }
        return new ExecuteAction($"meeting.{what}", values) { Title = title };
    }

    private static AdaptiveCard Moving(MeetingView view, DateTimeOffset start) => Card(view,
    [
        .. view.Meeting.Time is { } time ? (CardElement[])[CardParts.Line("Now at", MeetingText.Span(time.Start, time.Minutes, view.Zone))] : [],
        CardParts.Line("Then at", MeetingText.Span(start, view.Meeting.Minutes, view.Zone)),
        new TextBlock("Everybody is invited for this time and answers anew.") { Weight = "bolder", Separator = true },
        new ActionSet { Actions = [.. SeriesCards.Take(view, start), Button(view.Meeting, "view", "Leave it as it is")] },
    ]);

    private static AdaptiveCard NotInIt(MeetingView view) => Card(view, [CardParts.Paragraph("You are not part of this meeting any more. There is nothing for you to do.")]);
}

using CoordinationBot.Dialogs;
using CoordinationBot.Protocol.Cards;

namespace CoordinationBot.Meetings;

/// <summary>Somebody's meetings, each of which opens its card.</summary>
internal static class MeetingListCards
{
    public const int PageLength = 10;

    /// <param name="meetings">A page.</param>
    /// <param name="viewer">Whose they are.</param>
    /// <param name="zone">Theirs.</param>
    /// <param name="next">Where the next page begins; null: there is nothing more.</param>
    public static AdaptiveCard For(IReadOnlyList<Meeting> meetings, string viewer, string zone, string? next) => new()
    {
        Body =
        [
            CardParts.Heading("My meetings"),
            .. meetings.Count == 0 ? (CardElement[])[new TextBlock("You have no meetings ahead. Try: meet Alex 45 min next week about the budget")] : [],
            .. meetings.Select(meeting => Item(meeting, viewer, zone)),
            .. next is null ? (CardElement[])[] : [new ActionSet { Actions = [new ExecuteAction("meeting.list", new Dictionary<string, string> { ["after"] = next }) { Title = "More" }] }],
        ],
        FallbackText = "My meetings",
    };

    private static ColumnSet Item(Meeting meeting, string viewer, string zone) => new()
    {
        Separator = true,
        Columns =
        [
            new Column
            {
                Width = "stretch",
                Items =
                [
                    new RichTextBlock { Inlines = [CardText.Run(meeting.Subject) with { Weight = "bolder" }] },
                    new RichTextBlock { Spacing = "none", Inlines = [new TextRun(When(meeting, zone)) { Size = "small" }] },
                    new RichTextBlock { Spacing = "none", Inlines = [CardText.Run($"{meeting.Id} · {(meeting.Occurrence is { } one ? $"one date of {one.Series} · " : "")}{Role(meeting, viewer)}") with { Size = "small", IsSubtle = true }] },
                ],
            },
            new Column
            {
                Width = "auto",
                VerticalContentAlignment = "center",
                Items = [new ActionSet { Actions = [new SubmitAction("meeting.bring", new Dictionary<string, string> { ["id"] = meeting.Id }) { Title = "Open" }] }],
            },
        ],
    };

    private static string When(Meeting meeting, string zone) => meeting.Time is { } time ? MeetingText.Span(time.Start, time.Minutes, zone)
        : meeting.State == MeetingState.Polling ? "no time yet, people are asked which suit them"
        : "no time yet";

    private static string Role(Meeting meeting, string viewer)
    {
        if (meeting.Find(viewer) is not { } me)
        {
            var owed = meeting.Invitees.Count(invitee => invitee.Reply == Reply.Owed);
            return meeting.Time is null || owed == 0 ? "you arrange it" : $"you arrange it, {(owed == 1 ? "1 answer is" : $"{owed} answers are")} missing";
        }
        return $"from {meeting.Organiser.Name}" + (meeting.Time is null ? "" : me.Reply switch
        {
            Reply.Owed => ", please answer",
            Reply.Accepted => ", you come",
            Reply.Tentative => ", you come perhaps",
            Reply.Declined => ", you do not come",
        });
    }
}

using CoordinationBot.Dialogs;
using CoordinationBot.Protocol.Cards;
using NodaTime.Extensions;

namespace CoordinationBot.Meetings;

/// <summary>What cards say of a series, and where they ask whether one date is meant or all from it on.</summary>
internal static class SeriesCards
{
    private const int MostDates = 5;
    private const int MostLeftOut = 12;

    /// <summary>The rule in words, the next dates, and what differs.</summary>
    public static IReadOnlyList<CardElement> When(MeetingView view)
    {
        var (meeting, series) = (view.Meeting, view.Meeting.Series!);
        var ahead = SeriesDates.Ahead(series, view.Now, MostDates);
        var left = series.Exceptions.Where(known => known.Start is null && SeriesDates.At(series, known.Date) > view.Now && !(known.Date > series.Until)).ToList();
        return
        [
            CardParts.Line("Comes", $"{SeriesDates.Describe(series)}, {MeetingText.Length(meeting.Minutes)} each"),
            CardParts.Line("Next", ahead.Count == 0 ? "nothing more comes." : string.Join("; ", ahead.Select(next => Next(view, series, next)))),
            .. left.Count > 0 ? (CardElement[])[CardParts.Line("Left out", string.Join(", ", left.Take(MostLeftOut).Select(known => Zones.Read(known.Date))))] : [],
        ];
    }

    public static IEnumerable<CardElement> Controls(MeetingView view)
    {
        if (SeriesDates.NextOf(view.Meeting.Series!, view.Now) is null)
        {
            return [CardParts.Faint("It has ended.")];
        }
        var next = new ActionSet { Actions = [new SubmitAction("meeting.next", new Dictionary<string, string> { ["id"] = view.Meeting.Id }) { Title = "Open the next one" }] };
        return view.IsOrganiser ? [next, Organising(view.Meeting)] : [next, .. InvitationCards.Invited(view)];
    }

    /// <summary>Takes a time; of one date of a series either for it alone or for all from it on.</summary>
    public static IReadOnlyList<ExecuteAction> Take(MeetingView view, DateTimeOffset start) => view.Meeting.Occurrence is null
        ? [SlotCards.Take(view, start.ToInstant(), "Take this time") with { Style = "positive" }]
        :
        [
            SlotCards.Take(view, start.ToInstant(), "Only this one", ("which", "one")) with { Style = "positive" },
            MeetingCards.Button(view.Meeting, "take-after", "This and all after it", (SlotCards.Start, SlotInputs.Write(start))),
        ];

    public static IReadOnlyList<ExecuteAction> Cancel(Meeting meeting) =>
        meeting.Occurrence is not null
            ? [Now(meeting, "cancel", "Only this one"), Now(meeting, "cancel-after", "This and all after it")]
            : [Now(meeting, "cancel", meeting is { Series: not null, State: MeetingState.Scheduled } ? "End it now" : "Cancel it now")];

    private static ExecuteAction Now(Meeting meeting, string what, string title) => MeetingCards.Button(meeting, what, title) with { Style = "destructive" };

    private static ActionSet Organising(Meeting meeting) => new()
    {
        Separator = true,
        Actions = [MeetingCards.Button(meeting, "move", "Find another time"), MeetingCards.Button(meeting, "change", "Change…"), MeetingCards.Button(meeting, "cancel-ask", "End it…")],
    };

    private static string Next(MeetingView view, MeetingSeries series, (DateOnly Date, DateTimeOffset Start) next) =>
        SeriesDates.ExceptionOf(series, next.Date) is { } moved ? $"{MeetingText.Span(next.Start, moved.Minutes, view.Zone)}, moved from {Zones.Read(next.Date)}" : SeriesText.Day(next.Start, view.Zone);
}

using System.Globalization;
using CoordinationBot.Dialogs;
using CoordinationBot.Protocol.Cards;

namespace CoordinationBot.Meetings;

/// <summary>A meeting that has a time, as its organiser and as those who are invited see it; and what is left of it when it was cancelled.</summary>
internal static class InvitationCards
{
    private const int MostNames = 12;

    public static AdaptiveCard For(MeetingView view) => MeetingCards.Card(view, [.. Facts(view), .. view.Meeting.Series is null ? AgendaCards.OnMeeting(view) : [], .. People(view), .. Controls(view)]);

    public static IEnumerable<CardElement> Cancelled(MeetingView view) =>
    [
        CardParts.Line("Cancelled", view.Meeting.Reason ?? "it will not take place."),
        .. view.Meeting is { Series: null, Time: { } time } ? (CardElement[])[CardParts.Line("It would have been", MeetingText.Span(time.Start, time.Minutes, view.Zone))] : [],
        .. view.IsOrganiser ? Unreached(view) : [CardParts.Line("From", view.Meeting.Organiser.Name)],
    ];

    private static IEnumerable<CardElement> Facts(MeetingView view)
    {
        var (meeting, time) = (view.Meeting, view.Meeting.Time!);
        if (!view.IsOrganiser)
        {
            yield return CardParts.Line("From", meeting.Organiser.Name);
        }
        foreach (var line in meeting.Series is null ? [CardParts.Line("When", MeetingText.Span(time.Start, time.Minutes, view.Zone))] : SeriesCards.When(view))
        {
            yield return line;
        }
        if (meeting.Place is { } place)
        {
            yield return CardParts.Line("Where", place);
        }
        if (meeting.Purpose is { } purpose)
        {
            yield return CardParts.Line("What for", purpose);
        }
        if (meeting.Objective is { } objective)
        {
            yield return CardParts.Line("Objective", objective);
        }
    }

    /// <summary>Who comes. The organiser sees who still owes an answer, and what people wrote.</summary>
    private static IEnumerable<CardElement> People(MeetingView view)
    {
        foreach (var group in view.Meeting.Invitees.GroupBy(invitee => invitee.Reply).OrderBy(group => Order(group.Key)))
        {
            yield return CardParts.Line(Heading(group.Key), Names([.. group]));
        }
        if (!view.IsOrganiser)
        {
            yield break;
        }
        foreach (var invitee in view.Meeting.Invitees.Where(invitee => invitee.Comment is not null).OrderByDescending(invitee => invitee.RepliedAt).Take(MostNames))
        {
            yield return CardParts.Faint($"{invitee.Name}: {invitee.Comment}");
        }
        foreach (var problem in Unreached(view))
        {
            yield return problem;
        }
    }

    /// <summary>Whom and what its organiser must still tell themselves.</summary>
    private static IEnumerable<CardElement> Unreached(MeetingView view) => (view.Meeting.Unreached?.Values.Take(MostNames) ?? []).Select(CardParts.Problem);

    private static IEnumerable<CardElement> Controls(MeetingView view)
    {
        var (meeting, time) = (view.Meeting, view.Meeting.Time!);
        if (meeting.Series is not null)
        {
            return SeriesCards.Controls(view);
        }
        if (time.Start <= view.Now)
        {
            return [CardParts.Faint(time.End <= view.Now ? "It is over." : "It has begun.")];
        }
        return view.IsOrganiser ? [Organising(meeting)] : Invited(view);
    }

    /// <summary>The reason is also the confirmation.</summary>
    public static IEnumerable<CardElement> CancelForm(MeetingView view) =>
    [
        .. view.Meeting is { Series: { }, State: MeetingState.Scheduled } ? SeriesCards.When(view) : view.Meeting.Time is { } time ? (CardElement[])[CardParts.Line("When", MeetingText.Span(time.Start, time.Minutes, view.Zone))] : [],
        new TextInput { Id = "reason", Label = "Why do you cancel it? Everybody who knows of it will read this (optional).", IsMultiline = true, MaxLength = MeetingLimits.Comment, Value = CardParts.Fitting(view.Typed, MeetingLimits.Comment) },
        new ActionSet { Actions = [.. SeriesCards.Cancel(view.Meeting), MeetingCards.Button(view.Meeting, "view", "Keep it")] },
    ];

    /// <summary>What its organiser can do with a meeting that others know of.</summary>
    public static ActionSet Organising(Meeting meeting) => new()
    {
        Separator = true,
        Actions =
        [
            .. meeting.State is MeetingState.Scheduled or MeetingState.Polling ? (ExecuteAction[])[MeetingCards.Button(meeting, "move", "Find another time")] : [],
            MeetingCards.Button(meeting, "change", "Change…"),
            MeetingCards.Button(meeting, "cancel-ask", "Cancel it…"),
        ],
    };

    /// <summary>The sequence goes with the answer: one to a time that has changed since is not taken for one to the new.</summary>
    public static IEnumerable<CardElement> Invited(MeetingView view)
    {
        var (meeting, me) = (view.Meeting, view.Me!);
        (string, string)[] answered = [("sequence", SequenceOf(meeting)), (LastAnswer.Name, LastAnswer.Of(me.RepliedAt))];
        yield return CardParts.Line(me.IsRequired ? "You are needed" : "You may come", Mine(me));
        yield return new TextInput { Id = "comment", Label = "A word with your answer (optional)", MaxLength = MeetingLimits.Comment, Value = CardParts.Fitting(view.Typed ?? me.Comment, MeetingLimits.Comment) };
        yield return new ActionSet
        {
            Actions =
            [
                MeetingCards.Button(meeting, "accept", "Accept", answered) with { Style = me.Reply == Reply.Owed ? "positive" : null },
                MeetingCards.Button(meeting, "tentative", "Perhaps", answered),
                MeetingCards.Button(meeting, "decline", "Decline", answered),
            ],
        };
    }

    /// <summary>Names the time as it is, on a button: a press that comes after it has changed is not about the new one.</summary>
    public static string SequenceOf(Meeting meeting) => meeting.TimedIn.ToString(CultureInfo.InvariantCulture);

    private static string Mine(Invitee me) => me.Reply switch
    {
        Reply.Owed => "please answer.",
        Reply.Accepted => "you accepted. You can change that until it begins.",
        Reply.Tentative => "you come perhaps. You can change that until it begins.",
        Reply.Declined => "you declined. You can change that until it begins.",
    };

    private static string Heading(Reply reply) => reply switch
    {
        Reply.Owed => "No answer yet",
        Reply.Accepted => "Coming",
        Reply.Tentative => "Perhaps",
        Reply.Declined => "Not coming",
    };

    private static int Order(Reply reply) => reply switch
    {
        Reply.Accepted => 0,
        Reply.Tentative => 1,
        Reply.Declined => 2,
        Reply.Owed => 3,
    };

    /// <summary>Those who are required first; as many as a card bears.</summary>
    public static string Names(IReadOnlyList<Invitee> invitees)
    {
        var shown = invitees.OrderByDescending(invitee => invitee.IsRequired).Take(invitees.Count <= MostNames + 1 ? invitees.Count : MostNames).Select(invitee => $"{invitee.Name}{(invitee.IsRequired ? "" : " (optional)")}").ToList();
        return string.Join(", ", shown) + (shown.Count < invitees.Count ? $" and {invitees.Count - shown.Count} others" : "");
    }
}

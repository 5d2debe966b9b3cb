using CoordinationBot.Delegations;
using CoordinationBot.Dialogs;
using CoordinationBot.Protocol.Cards;

namespace CoordinationBot.Meetings;

/// <summary>The brief before a meeting, for one reader.</summary>
internal static class BriefCards
{
    private const int MostItems = 15;
    private const int MostOpen = 10;
    private const int MostDelegations = 10;

    public static AdaptiveCard For(Brief brief)
    {
        var meeting = brief.Meeting;
        var time = meeting.Time!;
        return new AdaptiveCard
        {
            Body =
            [
                .. brief.News.Count > 0 ? (CardElement[])[CardParts.News(brief.News)] : [],
                new RichTextBlock { Inlines = [CardText.Run(meeting.Subject) with { Size = "large", Weight = "bolder" }] },
                CardParts.Faint($"{meeting.Id} · brief"),
                CardParts.Line("When", MeetingText.Span(time.Start, time.Minutes, brief.Zone)),
                .. meeting.Place is { } place ? (CardElement[])[CardParts.Line("Where", place)] : [],
                .. meeting.Purpose is { } purpose ? (CardElement[])[CardParts.Line("What for", purpose)] : [],
                .. Agenda(meeting),
                .. Promised(brief.Open),
                .. Between(brief),
                new ActionSet { Separator = true, Actions = [AgendaCards.Open(meeting), new SubmitAction("meeting.bring", new Dictionary<string, string> { ["id"] = meeting.Id }) { Title = "Meeting" }] },
            ],
            FallbackText = CardText.Literal($"Brief: {meeting.Subject}"),
        };
    }

    /// <summary>What is left of it when the meeting does not take place, or is no longer the reader's.</summary>
    public static AdaptiveCard Gone(Meeting meeting) => new()
    {
        Body = [CardParts.Faint($"{meeting.Id} · this brief holds no longer")],
        FallbackText = $"{meeting.Id}",
    };

    /// <summary>What remains of a card that came again further down.</summary>
    public static AdaptiveCard Moved(Meeting meeting) => new()
    {
        Body = [CardParts.Faint($"{meeting.Id} {meeting.Subject} · the brief is further down")],
        FallbackText = $"{meeting.Id} is further down",
    };

    private static IEnumerable<CardElement> Agenda(Meeting meeting) => meeting.Agenda.Items.Count == 0
        ? [CardParts.Faint("Nothing is on the agenda yet.")]
        :
        [
            CardParts.Line("Agenda", AgendaRules.Excess(meeting) is var excess and > 0 ? $"{MeetingText.Length(excess)} more than the meeting has" : ""),
            .. AgendaCards.Items(meeting, MostItems),
            .. Rest(meeting.Agenda.Items.Count - MostItems),
        ];

    private static IEnumerable<CardElement> Promised(OpenPoints open) => open.Entries.Count == 0 ? [] :
    [
        CardParts.Line("Open from last time", open.From!),
        .. open.Entries.Take(MostOpen).Select(entry => CardParts.Faint(open.Say(entry))),
        .. Rest(open.Entries.Count - MostOpen),
    ];

    private static IEnumerable<CardElement> Between(Brief brief) => brief.Delegations.Count == 0 ? [] :
    [
        CardParts.Line("Open between you and those who come", ""),
        .. brief.Delegations.Take(MostDelegations).Select(entry => CardParts.Faint($"{entry.Id} {entry.Title} · {entry.Leader.Name} to {entry.Assignee.Name} · {ListCards.Word(entry.State)}, due {Zones.Read(entry.Due.At, brief.Zone)}{(entry.IsLate(brief.Now) ? " · late" : "")}")),
        .. Rest(brief.Delegations.Count - MostDelegations),
    ];

    private static IEnumerable<CardElement> Rest(int count) => count > 0 ? [CardParts.Faint($"and {count} more")] : [];
}

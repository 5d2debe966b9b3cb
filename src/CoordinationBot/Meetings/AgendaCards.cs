using System.Globalization;
using CoordinationBot.Dialogs;
using CoordinationBot.Protocol.Cards;

namespace CoordinationBot.Meetings;

/// <summary>The agenda, collected on one card for all.</summary>
internal static class AgendaCards
{
    /// <summary>More people than this are named by typing.</summary>
    private const int MostChoices = 25;

    private const int MostInSummary = 8;
    private const int MostOpen = 8;
    private const int LongestShown = 100;
    private const int LongestChoice = 50;

    public static AdaptiveCard For(AgendaView view) => new()
    {
        Body =
        [
            .. view.Refusal is { } refusal ? (CardElement[])[CardParts.Attention(refusal)] : [],
            new RichTextBlock { Inlines = [CardText.Run($"Agenda: {view.Meeting.Subject}") with { Size = "large", Weight = "bolder" }] },
            CardParts.Faint(view.Meeting.Time is { } time ? $"{view.Meeting.Id} · {Zones.Read(time.Start, view.Zone)} · {view.Meeting.Minutes} minutes" : $"{view.Meeting.Id} · no time yet · {view.Meeting.Minutes} minutes"),
            .. OpenLines(view),
            .. view.Meeting.Agenda.Items.Count == 0 ? [CardParts.Paragraph("Nothing is on it yet.")] : Items(view.Meeting, view.Meeting.Agenda.Items.Count),
            .. Sums(view.Meeting),
            CardParts.Faint(Collected(view)),
            .. Controls(view),
        ],
        FallbackText = CardText.Literal($"Agenda: {view.Meeting.Subject}"),
    };

    /// <summary>For the meeting's own card: what is on the agenda, whether it fits, and the way to it; once it has begun, to the minutes.</summary>
    public static IEnumerable<CardElement> OnMeeting(MeetingView view)
    {
        var meeting = view.Meeting;
        CardButton way = AgendaRules.HasBegun(meeting, view.Now) ? new SubmitAction("minutes.open", Data(meeting)) { Title = "Minutes" } : Open(meeting);
        return
        [
            .. meeting.Agenda.Items.Count > 0 ? (CardElement[])[CardParts.Line("Agenda", ""), .. Items(meeting, MostInSummary)] : [],
            .. meeting.Agenda.Items.Count > MostInSummary ? (CardElement[])[CardParts.Faint($"and {meeting.Agenda.Items.Count - MostInSummary} more")] : [],
            .. AgendaRules.Excess(meeting) > 0 ? (CardElement[])[CardParts.Problem(TooMuch(meeting))] : [],
            new ActionSet { Actions = [way] },
        ];
    }

    /// <summary>Brings the agenda as a card of its own.</summary>
    public static SubmitAction Open(Meeting meeting) => new("agenda.open", Data(meeting)) { Title = "Agenda" };

    public static IEnumerable<CardElement> Items(Meeting meeting, int most) => meeting.Agenda.Items.Take(most).Select((item, index) => new RichTextBlock
    {
        Spacing = "small",
        Inlines =
        [
            new TextRun(string.Create(CultureInfo.InvariantCulture, $"{index + 1}. ")) { Weight = "bolder" },
            CardText.Run(CardParts.Shorten(item.Title, LongestShown)),
            new TextRun(CardText.Literal($" · {MeetingText.Length(item.Minutes)} · {item.Owner.Name}")) { IsSubtle = true },
        ],
    });

    private static IEnumerable<CardElement> OpenLines(AgendaView view)
    {
        var open = view.Open;
        if (open.Entries.Count == 0)
        {
            return [];
        }
        return
        [
            CardParts.Line("Open from last time", open.From!),
            .. open.Entries.Take(MostOpen).Select(entry => CardParts.Faint(open.Say(entry))),
            .. open.Entries.Count > MostOpen ? (CardElement[])[CardParts.Faint($"and {open.Entries.Count - MostOpen} more")] : [],
            .. view.IsOrganiser && open.IsForAll && AgendaRules.IsOpenTo(view.Meeting, view.Viewer, view.Now)
                ? (CardElement[])[new ActionSet { Actions = [new ExecuteAction("agenda.carry-over", Data(view.Meeting)) { Title = "Put that first" }] }]
                : [],
        ];
    }

    private static IEnumerable<CardElement> Sums(Meeting meeting) =>
        meeting.Agenda.Items.Count == 0 ? []
        : AgendaRules.Excess(meeting) > 0 ? [CardParts.Problem(TooMuch(meeting))]
        : [CardParts.Faint($"{MeetingText.Length(meeting.Agenda.Minutes)} of {MeetingText.Length(meeting.Minutes)}")];

    private static string TooMuch(Meeting meeting) =>
        $"Too much: the items take {MeetingText.Length(meeting.Agenda.Minutes)}, {MeetingText.Length(AgendaRules.Excess(meeting))} more than the meeting has.";

    private static string Collected(AgendaView view) =>
        AgendaRules.HasBegun(view.Meeting, view.Now) ? "The meeting has begun. What comes up now goes into its minutes."
        : view.Meeting.Agenda.CutOff is { } cutOff ? cutOff <= view.Now ? $"Closed since {Zones.Read(cutOff, view.Zone)}; {view.Meeting.Organiser.Name} can still change it." : $"Everybody who takes part can add something until {Zones.Read(cutOff, view.Zone)}."
        : "Everybody who takes part can add something until it begins.";

    private static IEnumerable<CardElement> Controls(AgendaView view)
    {
        if (!AgendaRules.IsOpenTo(view.Meeting, view.Viewer, view.Now))
        {
            return [];
        }
        CardButton[] panels =
        [
            new ShowCardAction(Panel(Adding(view))) { Title = "Add an item…" },
            .. view.Meeting.Agenda.Items.Count > 0 ? (CardButton[])[new ShowCardAction(Panel(Changing(view))) { Title = "Change…" }] : [],
            .. view.IsOrganiser ? (CardButton[])[new ShowCardAction(Panel(Closing(view))) { Title = "Until when…" }] : [],
        ];
        return [new ActionSet { Separator = true, Actions = panels }];
    }

    private static AdaptiveCard Panel(IReadOnlyList<CardElement> body) => new() { Body = body, FallbackText = "Agenda" };

    private static IReadOnlyList<CardElement> Adding(AgendaView view) =>
    [
        new TextInput { Id = "title", Label = "What is to be talked about", MaxLength = AgendaRules.LongestTitle, Value = CardParts.Fitting(view.Typed.Text("title"), AgendaRules.LongestTitle) },
        new NumberInput { Id = "minutes", Label = "Minutes", Placeholder = "15", Value = view.Typed.Text("minutes") is { } minutes && int.TryParse(minutes, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _) ? minutes : null },
        People(view),
        new ActionSet { Actions = [new ExecuteAction("agenda.add", Data(view.Meeting)) { Title = "Add it" }] },
    ];

    private static CardInput People(AgendaView view)
    {
        var meeting = view.Meeting;
        return meeting.Invitees.Count + 1 > MostChoices
            ? new TextInput { Id = "owner", Label = "Who leads it (empty: you)", MaxLength = LongestShown, Value = CardParts.Fitting(view.Typed.Text("owner"), LongestShown) }
            : new ChoiceSetInput
            {
                Id = "owner",
                Label = "Who leads it",
                Style = "compact",
                Value = view.Typed.Text("owner") ?? view.Viewer,
                Choices = [new Choice(CardText.Literal(meeting.Organiser.Name), meeting.Organiser.ObjectId), .. meeting.Invitees.Select(invitee => new Choice(CardText.Literal(invitee.Name), invitee.Key))],
            };
    }

    private static IReadOnlyList<CardElement> Changing(AgendaView view) =>
    [
        new ChoiceSetInput { Id = "item", Label = "Which item", Style = "compact", Choices = [.. view.Meeting.Agenda.Items.Select((item, index) => new Choice(CardText.Literal($"{index + 1}. {CardParts.Shorten(item.Title, LongestChoice)}"), item.Id))] },
        .. view.IsOrganiser ? (CardElement[])[new NumberInput { Id = "place", Label = "To which place", Placeholder = "1" }] : [],
        new ActionSet
        {
            Actions =
            [
                .. view.IsOrganiser ? (CardButton[])[new ExecuteAction("agenda.place", Data(view.Meeting)) { Title = "Move it there" }] : [],
                new ExecuteAction("agenda.remove", Data(view.Meeting)) { Title = "Take it off" },
            ],
        },
    ];

    private static IReadOnlyList<CardElement> Closing(AgendaView view) =>
    [
        CardParts.Moment("until.date", "until.time", "Others can add something until (empty: until it begins)", view.Zone, null, null),
        new ActionSet { Actions = [new ExecuteAction("agenda.close", Data(view.Meeting)) { Title = "Set it" }] },
    ];

    private static Dictionary<string, string> Data(Meeting meeting) => new() { ["id"] = meeting.Id };
}

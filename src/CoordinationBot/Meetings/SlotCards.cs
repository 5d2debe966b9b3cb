using System.Globalization;
using CoordinationBot.Calendars;
using CoordinationBot.Dialogs;
using CoordinationBot.Protocol.Cards;
using NodaTime;

namespace CoordinationBot.Meetings;

/// <summary>Times to choose from, for the organiser; or why there are none, and what would make one.</summary>
internal static class SlotCards
{
    private const int MostNames = 8;
    private const int MostBlockers = 5;

    /// <summary>Key of the time that a button takes.</summary>
    public const string Start = "start";

    /// <summary>Key of the sequence of the time that a button changes; without it there is none yet.</summary>
    public const string Sequence = "sequence";

    public static IReadOnlyList<CardElement> Of(MeetingView view)
    {
        var (meeting, offer) = (view.Meeting, view.Offer!);
        return
        [
            .. offer.IsMove ? (CardElement[])[CardParts.Line("Now at", MeetingText.Span(meeting.Time!.Start, meeting.Time.Minutes, view.Zone))] : [],
            CardParts.Line("Takes", $"{MeetingText.Length(meeting.Minutes)}, until {Zones.Read(offer.Until, view.Zone)} at the latest"),
            .. meeting.Repeats is { } repeats && !offer.IsMove ? (CardElement[])[CardParts.Line("Repeats", SeriesText.Wanted(repeats))] : [],
            CardParts.Line("With", InvitationCards.Names(meeting.Invitees)),
            .. meeting is { State: MeetingState.Finding, Poll: not null } ? (CardElement[])[.. PollCards.Closed(view), CardParts.Heading("Other times")] : [],
            .. Doubted(view),
            .. offer.Found.Best.Count > 0 ? Slots(view) : NoSlots(view),
            .. Controls(view),
        ];
    }

    private static IEnumerable<CardElement> Slots(MeetingView view)
    {
        var slots = view.Offer!.Found.Best;
        var zones = ZonesOf(slots[0], view.Zone);
        var why = slots.Select(SlotText.Why).ToList();
        // What holds for all of them is said once.
        var shared = slots.Count == 1 ? [] : why.Aggregate<IReadOnlyList<string>, IEnumerable<string>>(why[0], (common, lines) => common.Intersect(lines)).ToList();
        foreach (var line in shared)
        {
            yield return Small(line);
        }
        foreach (var (slot, index) in slots.Select((slot, index) => (slot, index)))
        {
            yield return Row(
                [
                    new RichTextBlock { Inlines = [new TextRun($"{index + 1}. {MeetingText.Span(slot.Time.Start.ToDateTimeOffset(), view.Meeting.Minutes, view.Zone)}") { Weight = "bolder" }] },
                    .. zones.Count > 0 ? (CardElement[])[Small(LocalTimes(slot, zones, view.Zone))] : [],
                    .. why[index].Except(shared).Select(Small),
                ],
                Take(view, slot.Time.Start, "Take it"));
        }
        if (zones.Count > 0)
        {
            yield return Small(string.Join(". ", slots[0].Seats.GroupBy(seat => seat.Attendee.Zone.Id).Select(group => $"{group.Key}: {Names([.. group.Select(seat => seat.Attendee.Name)])}"))) with { Separator = true };
        }
    }

    private static IEnumerable<CardElement> NoSlots(MeetingView view)
    {
        var found = view.Offer!.Found;
        yield return CardParts.Attention(view.Offer.Until <= view.Now ? "The last day that you gave has passed." : SlotText.NothingFound(found));
        foreach (var blocker in found.Blockers.Take(MostBlockers))
        {
            yield return Small(SlotText.Describe(blocker));
        }
        if (found.Changes.Count > 0)
        {
            yield return new TextBlock("Any of these would make one:") { Weight = "bolder", Separator = true };
        }
        foreach (var change in found.Changes)
        {
            yield return Row(
                [
                    new RichTextBlock { Inlines = [CardText.Run($"{SlotText.Describe(change)}.")] },
                    Small($"Then: {MeetingText.Span(change.Found.Time.Start.ToDateTimeOffset(), (int)change.Found.Time.Duration.TotalMinutes, view.Zone)}"),
                ],
                Change(view, change));
        }
    }

    /// <summary>A meeting that has a time keeps its length and its people here: they are changed on its own form.</summary>
    private static ExecuteAction? Change(MeetingView view, SlotChange change) => change.Kind switch
    {
        SlotChangeKind.Widen => MeetingCards.Button(view.Meeting, "further", "Look there", ("until", SlotInputs.Write(change.Until!.Value.ToDateTimeOffset()))),
        SlotChangeKind.Shorten => view.Offer!.IsMove ? null : MeetingCards.Button(view.Meeting, "shorten", "Shorten", ("minutes", ((int)change.Length!.Value.TotalMinutes).ToString(CultureInfo.InvariantCulture))),
        SlotChangeKind.MakeOptional => view.Offer!.IsMove ? null : MeetingCards.Button(view.Meeting, "optional", "Make optional", ("who", change.Without!.Key)),
    };

    private static IEnumerable<CardElement> Doubted(MeetingView view)
    {
        if (view.Offer!.Doubted is not { } start)
        {
            return [];
        }
        return [new ActionSet { Actions = [Take(view, Instant.FromDateTimeOffset(start), "Take it anyway", ("anyway", "true"))] }];
    }

    private static IEnumerable<CardElement> Controls(MeetingView view)
    {
        var (meeting, offer) = (view.Meeting, view.Offer!);
        var further = MeetingCards.Button(meeting, "further", "Look further", ("until", SlotInputs.Write((offer.Until > view.Now ? offer.Until : view.Now).AddDays(MeetingLimits.FurtherDays))));
        var ask = offer.Found.Best.Count > 1
            ? (ExecuteAction[])[MeetingCards.Button(meeting, "poll-ask", "Ask everybody", (PollInputs.Offered, PollInputs.Write(offer.Found.Best.Select(slot => slot.Time.Start.ToDateTimeOffset()))))]
            : [];
        yield return new ActionSet
        {
            Separator = true,
            Actions = offer.IsMove
                ? [.. ask, further, MeetingCards.Button(meeting, "view", "Keep it as it is")]
                : [.. ask, further, MeetingCards.Button(meeting, "change", "Change…"), meeting.Poll is null ? MeetingCards.Button(meeting, "cancel", "Drop it") : MeetingCards.Button(meeting, "cancel-ask", "Cancel it…")],
        };
    }

    public static ExecuteAction Take(MeetingView view, Instant start, string title, params IReadOnlyList<(string, string)> more) => MeetingCards.Button(
        view.Meeting,
        "take",
        title,
        [(Start, SlotInputs.Write(start.ToDateTimeOffset())), .. view.Meeting.State == MeetingState.Scheduled ? ((string, string)[])[(Sequence, InvitationCards.SequenceOf(view.Meeting))] : [], .. more]);

    /// <summary>The other zones that people are in.</summary>
    private static IReadOnlyList<DateTimeZone> ZonesOf(Slot slot, string own) =>
        [.. slot.Seats.Select(seat => seat.Attendee.Zone).Where(zone => zone.Id != own).DistinctBy(zone => zone.Id)];

    private static string LocalTimes(Slot slot, IReadOnlyList<DateTimeZone> zones, string own)
    {
        var date = slot.Time.Start.InZone(Zones.Find(own)).Date;
        return string.Join(" · ", zones.Select(zone => slot.Time.Start.InZone(zone) is var local && local.Date == date
            ? $"{local.ToString("HH:mm", CultureInfo.InvariantCulture)} {zone.Id}"
            : $"{local.ToString("ddd HH:mm", CultureInfo.InvariantCulture)} {zone.Id}"));
    }

    private static string Names(IReadOnlyList<string> names) =>
        names.Count <= MostNames + 1 ? string.Join(", ", names) : $"{string.Join(", ", names.Take(MostNames))} and {names.Count - MostNames} others";

    private static ColumnSet Row(IReadOnlyList<CardElement> items, ExecuteAction? button) => new()
    {
        Separator = true,
        Columns =
        [
            new Column { Width = "stretch", Items = items },
            .. button is null ? (Column[])[] : [new Column { Width = "auto", VerticalContentAlignment = "center", Items = [new ActionSet { Actions = [button] }] }],
        ],
    };

    private static RichTextBlock Small(string words) => new() { Spacing = "none", Inlines = [CardText.Run(words) with { Size = "small" }] };
}

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

    public static AdaptiveCard For(MeetingView view)
    {
        var (meeting, offer) = (view.Meeting, view.Offer!);
        return MeetingCards.Card(view,
        [
            .. offer.IsMove ? (CardElement[])[CardParts.Line("Now at", MeetingText.Span(meeting.Time!.Start, meeting.Time.Minutes, view.Zone))] : [],
            CardParts.Line("Takes", $"{MeetingText.Length(meeting.Minutes)}, until {Zones.Read(offer.Until, view.Zone)} at the latest"),
            CardParts.Line("With", InvitationCards.Names(meeting.Invitees)),
            .. meeting is { State: MeetingState.Finding, Poll: not null } ? (CardElement[])[.. PollCards.Closed(view), CardParts.Heading("Other times")] : [],
            .. Doubted(view),
            .. offer.Found.Best.Count > 0 ? Slots(view) : NoSlots(view),
            .. Controls(view),
        ]);
    }

    private static IEnumerable<CardElement> Slots(MeetingView view)
    {
        var slots = view.Offer!.Found.Best;
        var zones = ZonesOf(slots[0], view.Zone);
        foreach (var (slot, index) in slots.Select((slot, index) => (slot, index)))
        {
            yield return Row(
                [
                    new RichTextBlock { Inlines = [new TextRun($"{index + 1}. {MeetingText.Span(slot.Time.Start.ToDateTimeOffset(), view.Meeting.Minutes, view.Zone)}") { Weight = "bolder" }] },
                    .. zones.Count > 0 ? (CardElement[])[Small(LocalTimes(slot, zones, view.Zone))] : [],
                    .. Standings(slot).Select(Small),
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
        yield return CardParts.Attention(view.Offer.Until <= view.Now ? "The last day that you gave has passed." : "There is no time at which everybody who is required can come.");
        foreach (var blocker in found.Blockers.Take(MostBlockers))
        {
            yield return Small($"{blocker.Attendee.Name} cannot at {blocker.Blocked} of {MeetingText.Count(blocker.Of, "time")}{(blocker.Alone > 0 ? $", at {blocker.Alone} of them nobody else is in the way" : "")}.");
        }
        if (found.Changes.Count > 0)
        {
            yield return new TextBlock("Any of these would make one:") { Weight = "bolder", Separator = true };
        }
        foreach (var change in found.Changes)
        {
            var (words, button) = Change(view, change);
            yield return Row([new RichTextBlock { Inlines = [CardText.Run(words)] }, Small($"Then: {MeetingText.Span(change.Found.Time.Start.ToDateTimeOffset(), (int)change.Found.Time.Duration.TotalMinutes, view.Zone)}")], button);
        }
    }

    /// <summary>A meeting that has a time keeps its length and its people here: they are changed on its own form.</summary>
    private static (string Words, ExecuteAction? Button) Change(MeetingView view, SlotChange change)
    {
        var isMove = view.Offer!.IsMove;
        switch (change.Kind)
        {
            case SlotChangeKind.Shorten:
                var minutes = (int)change.Length!.Value.TotalMinutes;
                return ($"Make it {MeetingText.Length(minutes)} long", isMove ? null : MeetingCards.Button(view.Meeting, "shorten", "Shorten", ("minutes", minutes.ToString(CultureInfo.InvariantCulture))));
            case SlotChangeKind.MakeOptional:
                return ($"{change.Without!.Name} may come and need not", isMove ? null : MeetingCards.Button(view.Meeting, "optional", "Make optional", ("key", change.Without.Key)));
            case SlotChangeKind.Widen:
                var until = change.Until!.Value.ToDateTimeOffset();
                return ($"Look until {Zones.Read(until, view.Zone)}", MeetingCards.Button(view.Meeting, "further", "Look there", ("until", SlotInputs.Write(until))));
        }
        throw new InvalidOperationException("A change of what is looked for has no words.");
    }

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
            ? (ExecuteAction[])[MeetingCards.Button(meeting, "poll-ask", "Ask everybody", ("offered", string.Join(',', offer.Found.Best.Select(slot => SlotInputs.Write(slot.Time.Start.ToDateTimeOffset())))))]
            : [];
        yield return new ActionSet
        {
            Separator = true,
            Actions = offer.IsMove
                ? [.. ask, further, MeetingCards.Button(meeting, "view", "Keep it as it is")]
                : [.. ask, further, MeetingCards.Button(meeting, "change", "Change…"), MeetingCards.Button(meeting, "cancel", "Drop it")],
        };
    }

    public static ExecuteAction Take(MeetingView view, Instant start, string title, params IReadOnlyList<(string, string)> more) => MeetingCards.Button(
        view.Meeting,
        "take",
        title,
        [(Start, SlotInputs.Write(start.ToDateTimeOffset())), .. view.Meeting.State == MeetingState.Scheduled ? ((string, string)[])[(Sequence, InvitationCards.SequenceOf(view.Meeting))] : [], .. more]);

    /// <summary>Who cannot, of whom nothing is known, and what it costs: that is also why it ranks where it does.</summary>
    private static IEnumerable<string> Standings(Slot slot)
    {
        var cannot = Of(slot, seat => !seat.CanCome);
        var unknown = Of(slot, seat => seat.Standing == Standing.Unknown);
        var perhaps = Of(slot, seat => seat.Standing == Standing.Tentative);
        var focus = Of(slot, seat => seat.CanCome && seat.FocusBlocks > 0);
        var late = Of(slot, seat => seat.CanCome && !seat.IsInHours);
        if (cannot.Count == 0 && unknown.Count == 0 && perhaps.Count == 0)
        {
            yield return focus.Count == 0 && late.Count == 0 ? "Everybody is free, in their working hours." : "Everybody is free.";
        }
        foreach (var (names, words) in new[] { (cannot, "Cannot come"), (perhaps, "Busy perhaps"), (unknown, "Not known"), (late, "Outside working hours of"), (focus, "Breaks time protected by") })
        {
            if (names.Count > 0)
            {
                yield return $"{words}: {Names(names)}";
            }
        }
    }

    private static IReadOnlyList<string> Of(Slot slot, Func<Seat, bool> which) =>
        [.. slot.Seats.Where(which).Select(seat => seat.Attendee.IsRequired ? seat.Attendee.Name : $"{seat.Attendee.Name} (optional)")];

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

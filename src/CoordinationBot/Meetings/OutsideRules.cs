using CoordinationBot.Calendars;
using CoordinationBot.Notices;

namespace CoordinationBot.Meetings;

/// <summary>What becomes of the event of a meeting in a calendar outside.</summary>
internal static class OutsideRules
{
    /// <summary>Longer than any question to the calendar takes; then somebody else may ask.</summary>
    public static readonly TimeSpan InHand = TimeSpan.FromSeconds(45);

    /// <summary>What is to stand there; null: nothing.</summary>
    /// <param name="meeting">As it is.</param>
    /// <param name="mailbox">Whose calendar it is: they are no guest of their own.</param>
    public static CalendarEntry? Wanted(Meeting meeting, string mailbox) => meeting is not { State: MeetingState.Scheduled, Time: { } time } ? null : new CalendarEntry
    {
        Subject = meeting.Subject,
        Text = $"{(meeting.Purpose is { } purpose ? $"{purpose}\n\n" : "")}{meeting.Organiser.Name} arranges this meeting with the office secretary in Teams: {meeting.Id}.",
        Place = meeting.Place ?? "",
        Start = time.Start,
        Minutes = time.Minutes,
        Zone = time.Zone,
        IsConfidential = meeting.IsConfidential,
        Guests =
        [
            .. mailbox != meeting.Organiser.ObjectId && meeting.OrganiserMail is { } own && !own.Equals(mailbox, StringComparison.OrdinalIgnoreCase) ? (CalendarGuest[])[new CalendarGuest(own, meeting.Organiser.Name, true)] : [],
            .. meeting.Invitees
                .Where(invitee => invitee.Address is not null && !invitee.Address.Equals(mailbox, StringComparison.OrdinalIgnoreCase))
                .DistinctBy(invitee => invitee.Address, StringComparer.OrdinalIgnoreCase)
                .Select(invitee => new CalendarGuest(invitee.Address!, invitee.Name, invitee.IsRequired)),
        ],
    };

    public static OutsideStep Next(OutsideEvent known, CalendarEntry? wanted) =>
        known.IsLeftToMail || (known.Refusal is not null && known.Writing == wanted) ? OutsideStep.Nothing
        : known.Id is null ? known.Writing is not null ? OutsideStep.Find : wanted is null ? OutsideStep.Nothing : OutsideStep.Make
        : wanted is null ? OutsideStep.Cancel
        : known.Written == wanted ? OutsideStep.Nothing
        : OutsideStep.Change;

    /// <summary>Taken in hand, so that whoever dies after it is known to have perhaps done it. After a change that was perhaps made, and is not this one, nobody knows what stands there.</summary>
    public static OutsideEvent Claim(OutsideEvent known, OutsideStep step, CalendarEntry? wanted, DateTimeOffset now) => known with
    {
        Written = known.Refusal is not null || known.Writing is null || known.Writing == wanted ? known.Written : null,
        Writing = step == OutsideStep.Find ? known.Writing : wanted,
        Until = now + InHand,
    };

    /// <summary>After the calendar answered.</summary>
    /// <param name="claimed">As it was taken in hand.</param>
    /// <param name="step">What was asked of it.</param>
    /// <param name="act">What it answered.</param>
    /// <param name="now">When.</param>
    public static OutsideEvent After(OutsideEvent claimed, OutsideStep step, CalendarAct act, DateTimeOffset now) => act switch
    {
        // What was perhaps made must be found, or people would be invited twice.
        CalendarAct.Refused when step == OutsideStep.Find => After(claimed, step, new CalendarAct.Later(), now),
        CalendarAct.Later { After: { } after } => claimed with { Until = now + after },
        CalendarAct.Later => claimed with { Until = now + CardSender.Windows[Math.Min(claimed.Attempts, CardSender.Windows.Length - 1)], Attempts = claimed.Attempts + 1 },
        CalendarAct.Refused refused => claimed with { Until = null, Attempts = 0, Refusal = refused.Why },
        CalendarAct.Done done => step switch
        {
            OutsideStep.Make or OutsideStep.Find => Rested(claimed) with { Id = done.Id, Written = done.IsAsAsked ? claimed.Writing : null },
            OutsideStep.Change => Rested(claimed) with { Written = claimed.Writing },
            OutsideStep.Cancel => Rested(claimed) with { Id = null, Written = null },
            OutsideStep.Nothing => claimed,
        },
        // Its organiser deleted it there. If it is wanted all the same, it is another one.
        CalendarAct.Gone => step == OutsideStep.Find ? Rested(claimed) : Rested(claimed) with { Id = null, Written = null, Number = claimed.Number + 1 },
        _ => throw new InvalidOperationException("A calendar gave an answer that does not exist."),
    };

    /// <summary>What its organiser must know; null: all is well.</summary>
    /// <param name="known">The event.</param>
    /// <param name="wanted">What is to stand there; null: nothing, since the meeting was cancelled.</param>
    public static string? Note(OutsideEvent known, CalendarEntry? wanted) => known switch
    {
        { IsLeftToMail: true, Refusal: { } why } => $"This meeting is not in the Outlook calendar: {Read(why)}. I invite people by mail instead.",
        { Refusal: { } why } when known.Written is null || known.Written != wanted => $"The event in the Outlook calendar is not as it is here: {Read(why)}. Please {(wanted is null ? "cancel" : "change")} it there yourself, so that everybody who was invited from there hears of it.",
        _ when known.Attempts > CardSender.Windows.Length => $"The event in the Outlook calendar is not as it is here: Microsoft 365 has not answered for hours. I go on trying; please tell people outside yourself what {(wanted is null ? "became of it" : "is new")}.",
        _ => null,
    };

    private static string Read(CalendarRefusal why) => why switch
    {
        CalendarRefusal.NotAllowed => "Microsoft 365 does not let me write there, which whoever runs me can change",
        CalendarRefusal.NoMailbox => "Microsoft 365 knows no mailbox there",
        CalendarRefusal.NotTaken => "Microsoft 365 does not take it",
        CalendarRefusal.NotSetUp => "I am no longer set up to write there",
    };

    private static OutsideEvent Rested(OutsideEvent claimed) => claimed with { Writing = null, Until = null, Attempts = 0, Refusal = null };
}

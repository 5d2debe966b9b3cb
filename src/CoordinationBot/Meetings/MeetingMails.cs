using CoordinationBot.Calendars;
using CoordinationBot.Dialogs;
using CoordinationBot.Mail;
using NodaTime;
using NodaTime.Extensions;

namespace CoordinationBot.Meetings;

/// <summary>What a meeting says by mail, by its present state: whoever gets it late gets no old word.</summary>
internal static class MeetingMails
{
    /// <summary>Null: there is nothing to say, since it never had a time.</summary>
    public static OutgoingMail? Compose(Meeting meeting, MailWaiting waiting, DateTimeOffset now)
    {
        if (meeting.Time is not { } time)
        {
            return null;
        }
        var invitee = meeting.Invitees.FirstOrDefault(known => known.Address == waiting.Address);
        var isOff = meeting.State != MeetingState.Scheduled || invitee is null;
        var name = invitee?.Name ?? waiting.Address;
        var invitation = new Invitation
        {
            Method = isOff ? InvitationMethod.Cancel : InvitationMethod.Request,
            Uid = meeting.Uid,
            Sequence = meeting.Sequence,
            Stamp = now.ToInstant(),
            Start = time.Start.ToInstant().InZone(Zones.Find(time.Zone)),
            Length = Duration.FromMinutes(time.Minutes),
            Summary = meeting.Subject,
            Description = meeting.Purpose,
            Location = meeting.Place,
            OrganiserName = meeting.Organiser.Name,
            OrganiserAddress = waiting.From,
            Attendees = isOff ? [new InvitationAttendee(waiting.Address, name, invitee?.IsRequired ?? true, Participation.Declined)] : [.. meeting.Invitees.Where(known => known.Address is not null).Select(Attendee)],
            IsConfidential = meeting.IsConfidential,
        };
        return new OutgoingMail(waiting.MessageId, name, waiting.Address, $"{(isOff ? "Cancelled" : meeting.Sequence == 0 ? "Invitation" : "Updated invitation")}: {meeting.Subject}", Text(meeting, time, isOff, invitee?.Reply ?? Reply.Owed))
        {
            Calendar = new CalendarPart(InvitationWriter.NameOf(invitation.Method), InvitationWriter.Write(invitation)),
            ReplyTo = meeting.OrganiserMail,
        };
    }

    private static InvitationAttendee Attendee(Invitee invitee) => new(invitee.Address!, invitee.Name, invitee.IsRequired, invitee.Reply switch
    {
        Reply.Owed => Participation.NeedsAction,
        Reply.Accepted => Participation.Accepted,
        Reply.Tentative => Participation.Tentative,
        Reply.Declined => Participation.Declined,
    });

    private static string Text(Meeting meeting, MeetingTime time, bool isOff, Reply reply) => string.Join(
        '\n',
        (string[])
        [
            isOff ? $"{meeting.Organiser.Name} does not ask you to come to this meeting any more." : $"{meeting.Organiser.Name} invites you to a meeting.",
            "",
            meeting.Subject,
            $"When: {MeetingText.Span(time.Start, time.Minutes, time.Zone)}",
            .. meeting.Place is { } place ? (string[])[$"Where: {place}"] : [],
            .. meeting.Purpose is { } purpose ? (string[])[$"What for: {purpose}"] : [],
            .. isOff && meeting.Reason is { } reason ? (string[])["", $"Reason: {reason}"] : [],
            .. isOff ? [] : (string[])["", Asked(reply)],
        ]);

    private static string Asked(Reply reply) => reply switch
    {
        Reply.Owed => "Please answer with your calendar: accept, tentative or decline.",
        Reply.Accepted => "You are counted as coming. If that changes, answer with your calendar.",
        Reply.Tentative => "You are counted as coming perhaps. If that changes, answer with your calendar.",
        Reply.Declined => "You are not expected. If that changes, answer with your calendar.",
    };
}

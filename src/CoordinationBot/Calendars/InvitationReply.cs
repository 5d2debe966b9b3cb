using NodaTime;

namespace CoordinationBot.Calendars;

/// <summary>What an attendee's calendar answers to an invitation: an iCalendar object with METHOD:REPLY.</summary>
/// <param name="Uid">Of the invitation.</param>
/// <param name="Sequence">Which version of it they answer.</param>
/// <param name="Occurrence">Which occurrence of a series, by its original start; null: the event, or the whole series.</param>
/// <param name="Address">The attendee's, as it stands in the reply. Whoever sent it need not be them: the mail says that.</param>
/// <param name="Participation">What they answer.</param>
/// <param name="Comment">What they wrote with it.</param>
internal sealed record InvitationReply(string Uid, int Sequence, Instant? Occurrence, string Address, Participation Participation, string? Comment);

using CoordinationBot.Calendars;
using CoordinationBot.Mail;

namespace CoordinationBot.Meetings;

/// <summary>Answers that come from people's calendars by mail. They count like those on a card, and a late one for an older time counts for nothing.</summary>
internal sealed class MeetingReplies(MeetingStore store, Occurrences occurrences, TimeProvider clock)
{
    public async ValueTask ReceiveAsync(InvitationReply reply, CancellationToken cancel)
    {
        if (Meeting.FromUid(reply.Uid) is not var (tenant, id) || MailAddresses.Parse(reply.Address).Address is not { } address)
        {
            return;
        }
        if (reply.Occurrence is { } at)
        {
            // Of one date only. What names none of the series answers nothing.
            if (await store.FindAsync(tenant, id, cancel) is not { Series: { } series } whole
                || SeriesDates.DayOf(series, at.ToDateTimeOffset()) is var date && SeriesDates.At(series, date) != at.ToDateTimeOffset()
                || await occurrences.MakeAsync(whole, date, clock.GetUtcNow(), cancel) is not { } one)
            {
                return;
            }
            id = one.Id;
        }
        await store.UpdateAsync(
            tenant,
            id,
            null,
            meeting => meeting.Invitees.FirstOrDefault(invitee => invitee.Address == address) is { } invitee
                ? ReplyRules.Answer(meeting, invitee.Key, ReplyOf(reply.Participation), Shortened(reply.Comment), reply.Sequence, clock.GetUtcNow())
                : new MeetingOutcome.Unchanged(meeting),
            cancel);
    }

    /// <summary>Nobody is there to be told that it is too long.</summary>
    private static string? Shortened(string? comment) => comment is null ? null : Dialogs.CardParts.Fitting(comment.Trim(), MeetingLimits.Comment) is { Length: > 0 } fitting ? fitting : null;

    private static Reply ReplyOf(Participation participation) => participation switch
    {
        Participation.NeedsAction => Reply.Owed,
        Participation.Accepted => Reply.Accepted,
        Participation.Tentative => Reply.Tentative,
        Participation.Declined => Reply.Declined,
    };
}

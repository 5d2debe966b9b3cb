using CoordinationBot.Calendars;
using CoordinationBot.Mail;

namespace CoordinationBot.Meetings;

/// <summary>Answers that come from people's calendars by mail. They count like those on a card, and a late one for an older time counts for nothing.</summary>
internal sealed class MeetingReplies(MeetingStore store, TimeProvider clock)
{
    public async ValueTask ReceiveAsync(InvitationReply reply, CancellationToken cancel)
    {
        if (Meeting.FromUid(reply.Uid) is not var (tenant, id) || MailAddresses.Parse(reply.Address).Address is not { } address)
        {
            return;
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

using CoordinationBot.Authority;
using CoordinationBot.Dialogs;
using CoordinationBot.People;

namespace CoordinationBot.Meetings;

/// <summary>What somebody answers to an invitation: it changes their own answer and nothing else.</summary>
internal static class ReplyRules
{
    /// <param name="meeting">As it is.</param>
    /// <param name="key">Whose answer it is.</param>
    /// <param name="reply">What they say.</param>
    /// <param name="comment">What they write with it.</param>
    /// <param name="sequence">Of the invitation that is answered.</param>
    /// <param name="now">When.</param>
    /// <param name="shown">The answer that their card showed, see <see cref="LastAnswer"/>.</param>
    public static MeetingOutcome Answer(Meeting meeting, string key, Reply reply, string? comment, int sequence, DateTimeOffset now, string? shown = null)
    {
        if (meeting.Find(key) is not { } invitee)
        {
            return new MeetingOutcome.Unchanged(meeting, "You arrange this meeting, so you need not answer.");
        }
        if (MeetingRules.NotAhead(meeting, now) is { } bar)
        {
            return bar;
        }
        if (sequence < meeting.TimedIn)
        {
            return new MeetingOutcome.Unchanged(meeting, "The time has changed since. Please look at the new one and answer again.");
        }
        if (comment?.Length > MeetingLimits.Comment)
        {
            return new MeetingOutcome.Unchanged(meeting, $"Please write {MeetingLimits.Comment} characters at most.");
        }
        if (reply == Reply.Owed || (invitee.Reply == reply && invitee.Comment == comment))
        {
            return new MeetingOutcome.Unchanged(meeting);
        }
        if (LastAnswer.IsOvertaken(shown, invitee.RepliedAt))
        {
            return new MeetingOutcome.Unchanged(meeting, LastAnswer.Overtaken);
        }
        var answered = invitee with { Reply = reply, RepliedAt = now, Comment = comment };
        var after = meeting with { Invitees = [.. meeting.Invitees.Select(known => known.Key == key ? answered : known)] };
        // The organiser looks at the card for the rest.
        MeetingTell[] tells = invitee.IsRequired && reply == Reply.Declined && invitee.Reply != Reply.Declined
            ? [new MeetingTell(meeting.Organiser.ObjectId, $"{invitee.Name}, who is required, cannot come{(comment is null ? "." : $": {comment}")}", NoticeKind.Meeting)]
            : [];
        return MeetingRules.Changed(after, new Party(key, invitee.Name), now, comment is null ? Words(reply) : $"{Words(reply)}: {comment}", tells) with { Renews = Renewal.Organiser };
    }

    public static string Words(Reply reply) => reply switch
    {
        Reply.Owed => "Has not answered",
        Reply.Accepted => "Accepted",
        Reply.Tentative => "Comes perhaps",
        Reply.Declined => "Declined",
    };
}

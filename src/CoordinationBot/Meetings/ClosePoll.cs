using CoordinationBot.People;

namespace CoordinationBot.Meetings;

/// <summary>How a poll ends: by the organiser, or by its deadline.</summary>
internal static class ClosePoll
{
    /// <summary>The organiser goes on with the answers that are there.</summary>
    public static MeetingOutcome Early(Meeting meeting, string actor, int? number, DateTimeOffset now) =>
        MeetingRules.OrganiserOnly(meeting, actor) ?? PollRules.Bar(meeting, actor, number, now) as MeetingOutcome ?? Close(meeting, meeting.Poll!, true, now);

    /// <summary>The deadline has passed.</summary>
    public static MeetingOutcome WhenDue(Meeting meeting, DateTimeOffset now) =>
        meeting is { State: not MeetingState.Cancelled, Poll: { ClosedAt: null } poll } && poll.Deadline <= now ? Close(meeting, poll, false, now) : new MeetingOutcome.Unchanged(meeting);

    /// <summary>What came of a poll that is closed, as it was then.</summary>
    public static PollVerdict VerdictOf(PollTally tally, Poll poll) => PollConsensus.Of(tally, poll.ClosedAt < poll.Deadline, poll.ClosedAt!.Value);

    /// <summary>Takes one of the times after the poll ended without a decision: the organiser decides, also against what people answered.</summary>
    public static MeetingOutcome Decide(Meeting meeting, string actor, int? number, DateTimeOffset? start, DateTimeOffset now) =>
        MeetingRules.OrganiserOnly(meeting, actor) is { } bar ? bar
        : meeting.State == MeetingState.Finding && meeting.Poll is { ClosedAt: not null } poll && poll.Number == number && poll.Times.Any(time => time.Start == start)
            ? WithAnswers(MeetingRules.Schedule(meeting, actor, start!.Value, now), poll, null)
            : meeting.State == MeetingState.Scheduled && meeting.Time!.Start == start ? new MeetingOutcome.Unchanged(meeting)
            : new MeetingOutcome.Unchanged(meeting, $"Nothing was changed: {MeetingRules.Standing(meeting)}");

    /// <summary>The time was found in another way, or is no longer needed.</summary>
    public static Poll? Ended(Poll? poll, DateTimeOffset now) => poll is { ClosedAt: null } ? poll with { ClosedAt = now, RemindAt = null } : poll;

    private static MeetingOutcome.Changed Close(Meeting meeting, Poll poll, bool isByOrganiser, DateTimeOffset now)
    {
        var closed = meeting with { Poll = Ended(poll, now), State = meeting.State == MeetingState.Scheduled ? MeetingState.Scheduled : MeetingState.Finding };
        return PollConsensus.Of(PollTally.Of(meeting, poll), isByOrganiser, now) switch
        {
            PollVerdict.Decided decided => Take(closed, decided.Time, isByOrganiser, now),
            PollVerdict.Undecided undecided => Closed(closed, "The poll closed without a decision", isByOrganiser ? null : $"The poll closed, and {Names(undecided.Missing)} did not answer. You decide.", now),
            PollVerdict.Impossible => Closed(closed, "The poll closed without a decision", isByOrganiser ? null : "The poll closed, and none of its times works. You decide.", now),
            _ => throw new InvalidOperationException("A poll came to an end that has no sentence."),
        };
    }

    /// <summary>By the same rules as a time that the organiser takes by hand. A meeting that has this time already, or has begun meanwhile, stays as it is.</summary>
    private static MeetingOutcome.Changed Take(Meeting closed, MeetingTime time, bool isByOrganiser, DateTimeOffset now)
    {
        var organiser = closed.Organiser.ObjectId;
        var sentence = $"The poll decided for {MeetingRules.Read(time)}.";
        return WithAnswers(closed.State == MeetingState.Scheduled ? MeetingRules.Move(closed, organiser, time.Start, now) : MeetingRules.Schedule(closed, organiser, time.Start, now), closed.Poll!, closed.Time) is MeetingOutcome.Changed taken
            ? taken with
            {
                Entry = taken.Entry with { What = $"{sentence} {taken.Entry.What}" },
                Tells = isByOrganiser ? taken.Tells : [.. taken.Tells, Tell(closed, $"{sentence} Everybody is invited.")],
            }
            : Closed(Answered(closed, closed.Poll!), $"The poll closed. {sentence}", isByOrganiser ? null : $"{sentence} Nothing was changed: {MeetingRules.Standing(closed)}", now);
    }

    /// <summary>What comes of it for those who answered about this time: they need not answer again, and may. Who said no, or nothing, is asked.</summary>
    private static MeetingOutcome WithAnswers(MeetingOutcome outcome, Poll poll, MeetingTime? before)
    {
        if (outcome is not MeetingOutcome.Changed changed)
        {
            return outcome;
        }
        var state = Answered(changed.State, poll);
        var sentence = before is null ? $"{state.Organiser.Name} invites you to this meeting." : $"{state.Organiser.Name} moved this meeting. Before, it was at {MeetingRules.Read(before)}.";
        return changed with { State = state, Tells = [.. changed.Tells.Select(tell => state.Find(tell.ObjectId) is { Reply: not Reply.Owed and var reply } ? tell with { Sentence = $"{sentence} {Counted(reply)}" } : tell)] };
    }

    private static Meeting Answered(Meeting meeting, Poll poll)
    {
        var index = poll.Times.ToList().FindIndex(time => (time.Start, time.Minutes) == (meeting.Time?.Start, meeting.Time?.Minutes));
        return index < 0 ? meeting : meeting with
        {
            Invitees = [.. meeting.Invitees.Select(invitee => invitee.Reply == Reply.Owed && poll.Ballots.FirstOrDefault(ballot => ballot.Key == invitee.Key) is { } ballot && ReplyOf(ballot.Votes[index]) is not Reply.Owed and var reply
                ? invitee with { Reply = reply, RepliedAt = ballot.At }
                : invitee)],
        };
    }

    private static Reply ReplyOf(Vote vote) => vote switch
    {
        Vote.Yes => Reply.Accepted,
        Vote.IfNeedBe => Reply.Tentative,
        Vote.No => Reply.Owed,
    };

    private static string Counted(Reply reply) => reply == Reply.Accepted ? "You said yes to this time, so you are counted as coming." : "You said that you can if need be, so you are counted as coming perhaps.";

    /// <param name="closed">As it is now.</param>
    /// <param name="what">For the history.</param>
    /// <param name="sentence">For the organiser; null: they pressed, and see it on the card they pressed.</param>
    /// <param name="now">When.</param>
    private static MeetingOutcome.Changed Closed(Meeting closed, string what, string? sentence, DateTimeOffset now) =>
        MeetingRules.Changed(closed, closed.Organiser, now, what, sentence is null ? [] : [Tell(closed, sentence)]);

    /// <summary>Nobody can turn down that something waits for their decision.</summary>
    private static MeetingTell Tell(Meeting closed, string sentence) => new(closed.Organiser.ObjectId, sentence, NoticeKind.Reminder);

    private static string Names(IReadOnlyList<PollVoter> missing) => missing.Count switch
    {
        1 => missing[0].Name,
        2 => $"{missing[0].Name} and {missing[1].Name}",
        _ => $"{missing[0].Name} and {missing.Count - 1} others",
    };
}

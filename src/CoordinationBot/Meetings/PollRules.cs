using CoordinationBot.Authority;
using CoordinationBot.Dialogs;
using CoordinationBot.People;

namespace CoordinationBot.Meetings;

/// <summary>What may be done with a poll: ask, answer, remind.</summary>
internal static class PollRules
{
    public const int FewestTimes = 2;
    public const int MostTimes = 5;

    /// <summary>Between two reminders to the same people.</summary>
    public static readonly TimeSpan ReminderPause = TimeSpan.FromHours(4);

    /// <summary>Answers are taken: until it is closed, or its deadline has passed, whether or not anybody has looked since.</summary>
    public static bool IsOpen(Meeting meeting, DateTimeOffset now) =>
        meeting is { State: not MeetingState.Cancelled, Poll: { ClosedAt: null } poll } && now < poll.Deadline;

    /// <summary>Asks which of a few times suits. One that is open is replaced: its answers were about other times. A meeting that has a time keeps it until another is decided.</summary>
    /// <param name="meeting">As it is.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="times">The best first.</param>
    /// <param name="deadline">When it closes by itself.</param>
    /// <param name="office">Its working days, for the reminder.</param>
    /// <param name="now">When.</param>
    public static MeetingOutcome Open(Meeting meeting, string actor, IReadOnlyList<MeetingTime> times, DateTimeOffset deadline, WorkTimes office, DateTimeOffset now)
    {
        if (MeetingRules.OrganiserOnly(meeting, actor) is { } bar)
        {
            return bar;
        }
        if (IsOpen(meeting, now) && meeting.Poll is { } open && open.Deadline == deadline && open.Times.SequenceEqual(times))
        {
            return new MeetingOutcome.Unchanged(meeting);
        }
        if (WhyNot(meeting, times, deadline, now) is { } reason)
        {
            return new MeetingOutcome.Unchanged(meeting, $"Nobody was asked. {reason}");
        }
        var number = (meeting.Poll?.Number ?? 0) + 1;
        var poll = new Poll(number, times, deadline, []) { OpenedAt = now, RemindAt = PollTimes.RemindAt(now, deadline, office, meeting.Window.Zone) };
        var after = meeting with { State = meeting.State == MeetingState.Scheduled ? MeetingState.Scheduled : MeetingState.Polling, Poll = poll };
        var sentence = IsOpen(meeting, now) ? $"{meeting.Organiser.Name} asks about other times now. Which of these suit you?" : $"{meeting.Organiser.Name} asks which times suit you.";
        return MeetingRules.Changed(
            after,
            meeting.Organiser,
            now,
            $"Asked which of {times.Count} times suit, until {Zones.Read(deadline, meeting.Window.Zone)}",
            [.. meeting.Invitees.Where(invitee => !invitee.IsOutside).Select(invitee => new MeetingTell(invitee.Key, sentence, NoticeKind.Question))]) with
        { Looks = LooksOf(poll) };
    }

    /// <summary>When it reminds and closes by itself.</summary>
    public static IReadOnlyList<DateTimeOffset> LooksOf(Poll? poll) =>
        poll is not { ClosedAt: null } ? [] : poll.RemindAt is { } remind ? [remind, poll.Deadline] : [poll.Deadline];

    /// <summary>Answers, or answers anew.</summary>
    /// <param name="meeting">As it is.</param>
    /// <param name="actor">Who answers, for themselves.</param>
    /// <param name="number">The poll that their card shows.</param>
    /// <param name="votes">One for each time; null where nothing was chosen.</param>
    /// <param name="now">When.</param>
    /// <param name="shown">The answer that their card showed, see <see cref="LastAnswer"/>.</param>
    public static MeetingOutcome Cast(Meeting meeting, string actor, int? number, IReadOnlyList<Vote?> votes, DateTimeOffset now, string? shown = null)
    {
        if (Bar(meeting, actor, number, now) is { } bar)
        {
            return bar;
        }
        var poll = meeting.Poll!;
        if (votes.Count != poll.Times.Count || votes.Contains(null))
        {
            return new MeetingOutcome.Unchanged(meeting, "Your answer was not taken yet: please choose yes, if need be or no for every time.");
        }
        var ballot = new Ballot(actor, [.. votes.Select(vote => vote!.Value)], now);
        var before = poll.Ballots.FirstOrDefault(known => known.Key == actor);
        if (before is not null && before.Votes.SequenceEqual(ballot.Votes))
        {
            return new MeetingOutcome.Unchanged(meeting);
        }
        if (LastAnswer.IsOvertaken(shown, before?.At))
        {
            return new MeetingOutcome.Unchanged(meeting, LastAnswer.Overtaken);
        }
        var after = meeting with { Poll = poll with { Ballots = [.. poll.Ballots.Where(known => known.Key != actor), ballot], Cast = poll.Cast + 1 } };
        // Answers are taken back by nobody, so this comes once.
        var isLast = PollTally.Of(meeting, poll).Owed.Count == 1 && PollTally.Of(after, after.Poll).Owed.Count == 0;
        var who = actor == meeting.Organiser.ObjectId ? meeting.Organiser : new Party(actor, meeting.Find(actor)!.Name);
        return MeetingRules.Changed(
            after,
            who,
            now,
            before is null ? "Said which times suit" : "Said anew which times suit",
            isLast ? [new MeetingTell(meeting.Organiser.ObjectId, "Everybody has answered. You can close the poll now.", NoticeKind.Answer)] : []) with
        // Many answer within seconds: what others see of it comes together, see PollWork.
        { Renews = Renewal.Nobody };
    }

    /// <summary>Reminds those who owe an answer, and nobody else.</summary>
    public static MeetingOutcome Remind(Meeting meeting, string actor, int? number, DateTimeOffset now)
    {
        if ((MeetingRules.OrganiserOnly(meeting, actor) ?? Bar(meeting, actor, number, now)) is { } bar)
        {
            return bar;
        }
        var (poll, zone) = (meeting.Poll!, meeting.Window.Zone);
        return PollTally.Of(meeting, poll).Owed.Count == 0 ? new MeetingOutcome.Unchanged(meeting, "Nobody was reminded: everybody has answered.")
            : (poll.RemindedAt ?? poll.OpenedAt) is var last && last + ReminderPause > now ? new MeetingOutcome.Unchanged(meeting, $"Nobody was reminded: they were {(poll.RemindedAt is null ? "asked" : "reminded")} at {Zones.Read(last, zone)}. Please give them until {Zones.Read(last + ReminderPause, zone)}.")
            : Reminded(meeting, poll, now);
    }

    /// <summary>The reminder that comes by itself, once a poll; not when the organiser has just sent one.</summary>
    public static MeetingOutcome RemindWhenDue(Meeting meeting, DateTimeOffset now) =>
        meeting.Poll is not { RemindAt: { } due } poll || due > now || !IsOpen(meeting, now) || poll.RemindedAt + ReminderPause > due || PollTally.Of(meeting, poll).Owed.Count == 0
            ? new MeetingOutcome.Unchanged(meeting)
            : Reminded(meeting, poll, now);

    /// <summary>Why a card of a poll can do nothing more; null when it can. Guests from outside have no card.</summary>
    public static MeetingOutcome.Unchanged? Bar(Meeting meeting, string actor, int? number, DateTimeOffset now) =>
        !meeting.IsInside(actor) ? new MeetingOutcome.Unchanged(meeting)
        : meeting.Poll is not { } poll || !IsOpen(meeting, now) ? new MeetingOutcome.Unchanged(meeting, $"Nothing was changed: the poll is closed. {Standing(meeting)}")
        : poll.Number != number ? new MeetingOutcome.Unchanged(meeting, $"Nothing was changed: {meeting.Organiser.Name} asks about other times now. Please answer about these.")
        : null;

    /// <summary>How it stands, for whoever holds an old card.</summary>
    public static string Standing(Meeting meeting) => meeting.State switch
    {
        MeetingState.Scheduled => $"The meeting takes place {Zones.Read(meeting.Time!.Start, meeting.Time.Zone)}.",
        MeetingState.Cancelled => "The meeting will not take place.",
        MeetingState.Finding or MeetingState.Polling => $"{meeting.Organiser.Name} chooses a time.",
    };

    private static MeetingOutcome.Changed Reminded(Meeting meeting, Poll poll, DateTimeOffset now) => MeetingRules.Changed(
        meeting with { Poll = poll with { RemindedAt = now, RemindAt = poll.RemindAt <= now ? null : poll.RemindAt } },
        meeting.Organiser,
        now,
        "Reminded those who owe an answer",
        [.. PollTally.Of(meeting, poll).Owed.Select(voter => new MeetingTell(voter.Key, $"A reminder: {meeting.Organiser.Name} waits for your answer.", NoticeKind.Reminder))]) with
    { Renews = Renewal.Organiser };

    private static string? WhyNot(Meeting meeting, IReadOnlyList<MeetingTime> times, DateTimeOffset deadline, DateTimeOffset now) =>
        meeting.State == MeetingState.Cancelled ? "The meeting was cancelled."
        : meeting.IsOver(now) ? "The meeting is over."
        : meeting.Invitees.All(invitee => invitee.IsOutside) ? "Nobody inside is invited, and guests from outside have no card to answer on. Please choose a time yourself."
        : times.Count is < FewestTimes or > MostTimes ? $"Please choose {FewestTimes} to {MostTimes} times to ask about."
        : times.DistinctBy(time => time.Start).Count() < times.Count ? "The same time is there twice. Please choose different ones."
        : times.Any(time => time.Start <= now) ? "One of the times has passed. Please choose times that are ahead."
        : deadline <= now ? "The deadline has passed. Please choose one that is ahead."
        : deadline >= times.Min(time => time.Start) ? $"The deadline must be before the first of the times, {Zones.Read(times.Min(time => time.Start), meeting.Window.Zone)}."
        : null;
}

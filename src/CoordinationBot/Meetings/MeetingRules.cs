using CoordinationBot.Authority;
using CoordinationBot.Delegations;
using CoordinationBot.Dialogs;
using CoordinationBot.People;

namespace CoordinationBot.Meetings;

/// <summary>What may be done with a meeting by its organiser, and what it does by itself. Everything that people are told follows from here.</summary>
internal static class MeetingRules
{
    /// <summary>A change by somebody: the revision grows, and the history says what they did.</summary>
    /// <param name="after">The new state, with the old revision.</param>
    /// <param name="who">Whose act it is.</param>
    /// <param name="now">When.</param>
    /// <param name="what">What they did, in a sentence without its subject.</param>
    /// <param name="tells">Who hears what.</param>
    public static MeetingOutcome.Changed Changed(Meeting after, Party who, DateTimeOffset now, string what, params IReadOnlyList<MeetingTell> tells)
    {
        var state = after with { Revision = after.Revision + 1 };
        return new MeetingOutcome.Changed(state, new HistoryEntry(state.Revision, now, who, state.Sequence, what, null), tells);
    }

    /// <summary>A meeting without a time yet: only its organiser knows of it.</summary>
    public static MeetingOutcome.Changed Begin(Meeting meeting) =>
        new(meeting with { Revision = 1 }, new HistoryEntry(1, meeting.CreatedAt, meeting.Organiser, 0, "Looks for a time", null)) { Renews = Renewal.Organiser };

    /// <summary>Gives it its time, and invites everybody.</summary>
    /// <param name="meeting">Without a time yet.</param>
    /// <param name="actor">Who takes this time.</param>
    /// <param name="start">When it begins.</param>
    /// <param name="now">When it was taken.</param>
    public static MeetingOutcome Schedule(Meeting meeting, string actor, DateTimeOffset start, DateTimeOffset now)
    {
        if (OrganiserOnly(meeting, actor) is { } bar)
        {
            return bar;
        }
        if (meeting.State is MeetingState.Scheduled or MeetingState.Cancelled)
        {
            return new MeetingOutcome.Unchanged(meeting, meeting.Time?.Start == start && meeting.State == MeetingState.Scheduled ? null : $"Nothing was changed: {Standing(meeting)}");
        }
        if (start <= now)
        {
            return new MeetingOutcome.Unchanged(meeting, "That time has passed. Please take another one.");
        }
        var time = new MeetingTime(start, meeting.Minutes, meeting.Window.Zone);
        var (series, problem) = meeting.Repeats is { } wanted ? MeetingSeriesRules.Of(wanted, time) : (null, null);
        if (problem is not null)
        {
            return new MeetingOutcome.Unchanged(meeting, $"It was not taken: {problem}");
        }
        var after = meeting with
        {
            State = MeetingState.Scheduled,
            Poll = ClosePoll.Ended(meeting.Poll, now),
            Time = time,
            Series = series,
            RemindedOf = RemindedBy(start, now),
            Invitees = Owed(meeting.Invitees),
        };
        return Invited(after, now);
    }

    /// <summary>Everybody hears of it, and is asked to come.</summary>
    public static MeetingOutcome.Changed Invited(Meeting after, DateTimeOffset now)
    {
        var (when, comes) = after.Series is { } series ? ($"{SeriesDates.Describe(series)}, first {Read(after.Time!)}", $" It comes {SeriesDates.Describe(series)}.") : (Read(after.Time!), "");
        return Mailed(Changed(after, after.Organiser, now, $"Invited everybody for {when}", Tell(after, after.Invitees, $"{after.Organiser.Name} invites you to this meeting.{comes}", now)), after.Invitees) with { Looks = LooksOf(after) };
    }

    /// <summary>Another time: everybody is asked anew.</summary>
    public static MeetingOutcome Move(Meeting meeting, string actor, DateTimeOffset start, DateTimeOffset now)
    {
        if ((OrganiserOnly(meeting, actor) ?? NotAhead(meeting, now)) is { } bar)
        {
            return bar;
        }
        if (meeting.Series is not null)
        {
            return new MeetingOutcome.Unchanged(meeting, $"Nothing was changed: it comes again and again. Please say which date moves. For example: move {meeting.Id} {SeriesDates.NextOf(meeting.Series, now)?.Date:yyyy-MM-dd} to fri 14:00");
        }
        if (start <= now || start == meeting.Time!.Start)
        {
            return new MeetingOutcome.Unchanged(meeting, start <= now ? "That time has passed. Please take another one." : null);
        }
        var after = Timed(meeting, meeting.Time with { Start = start }) with { Poll = ClosePoll.Ended(meeting.Poll, now), RemindedOf = RemindedBy(start, now) };
        var sentence = $"{meeting.Organiser.Name} moved this meeting, please answer again. Before, it was at {Read(meeting.Time)}.";
        return Mailed(Changed(after, meeting.Organiser, now, $"Moved it from {Read(meeting.Time)} to {Read(after.Time!)}", Tell(after, after.Invitees, sentence, now, meeting.Time)), after.Invitees) with { Looks = LooksOf(after) };
    }

    /// <summary>It will not take place.</summary>
    public static MeetingOutcome Cancel(Meeting meeting, string actor, string? reason, DateTimeOffset now)
    {
        if (OrganiserOnly(meeting, actor) is { } bar)
        {
            return bar;
        }
        if (meeting.State == MeetingState.Cancelled || meeting.IsOver(now))
        {
            return new MeetingOutcome.Unchanged(meeting, meeting.State == MeetingState.Cancelled ? null : $"Nothing was changed: {Standing(meeting)}");
        }
        if (meeting is { State: MeetingState.Scheduled, Series: not null })
        {
            return MeetingSeriesRules.End(meeting, actor, null, reason, now);
        }
        if (reason?.Length > MeetingLimits.Comment)
        {
            return new MeetingOutcome.Unchanged(meeting, $"Please give the reason in {MeetingLimits.Comment} characters at most.");
        }
        // Whoever was asked which times suit knows of it.
        var isKnown = meeting.State is not MeetingState.Finding || meeting.Poll is not null;
        var after = meeting with
        {
            State = MeetingState.Cancelled,
            Poll = ClosePoll.Ended(meeting.Poll, now),
            Reason = reason,
            Sequence = meeting.State == MeetingState.Scheduled ? meeting.Sequence + 1 : meeting.Sequence,
        };
        var tells = isKnown ? Tell(after, after.Invitees, $"{meeting.Organiser.Name} cancelled this meeting.", now, meeting.Time) : [];
        return Mailed(Changed(after, meeting.Organiser, now, reason is null ? "Cancelled it" : $"Cancelled it: {reason}", tells), meeting.State == MeetingState.Scheduled ? after.Invitees : []) with
        {
            Renews = isKnown ? Renewal.Everybody : Renewal.Organiser,
        };
    }

    /// <summary>Shortly before it begins whoever comes hears of it, once for each time it has.</summary>
    public static MeetingOutcome Remind(Meeting meeting, DateTimeOffset now)
    {
        if (meeting.State != MeetingState.Scheduled || meeting.Series is not null || meeting.Time is not { } time || meeting.RemindedOf == time.Start || now < time.Start - MeetingLimits.ReminderBefore || now >= time.Start)
        {
            return new MeetingOutcome.Unchanged(meeting);
        }
        var coming = meeting.Invitees.Where(invitee => !invitee.IsOutside && invitee.Reply != Reply.Declined).Select(invitee => invitee.Key).Prepend(meeting.Organiser.ObjectId);
        return Changed(
            meeting with { RemindedOf = time.Start },
            meeting.Organiser,
            now,
            "Had everybody reminded who comes",
            [.. coming.Select(objectId => new MeetingTell(objectId, "This meeting is about to begin.", NoticeKind.Meeting) { IsUrgent = true })]) with
        {
            Renews = Renewal.Nobody,
        };
    }

    // ---- what the other rules share

    public static MeetingOutcome.Unchanged? OrganiserOnly(Meeting meeting, string actor) =>
        actor == meeting.Organiser.ObjectId ? null : new MeetingOutcome.Unchanged(meeting, $"Nothing was changed: only {meeting.Organiser.Name}, who arranges this meeting, can do that.");

    /// <summary>Why a meeting with a time cannot be changed any more; null: it can.</summary>
    public static MeetingOutcome.Unchanged? NotAhead(Meeting meeting, DateTimeOffset now) =>
        meeting is { State: MeetingState.Scheduled, Series: { } series } ? SeriesDates.NextOf(series, now) is null ? new MeetingOutcome.Unchanged(meeting, "Nothing was changed: it has ended, nothing more of it comes.") : null
        : meeting is { State: MeetingState.Scheduled, Time: { } time }
            ? time.Start > now ? null : new MeetingOutcome.Unchanged(meeting, $"Nothing was changed: {(time.End > now ? "it has begun." : "it is over.")}")
            : new MeetingOutcome.Unchanged(meeting, $"Nothing was changed: {Standing(meeting)}");

    /// <summary>How it stands, in words that follow a colon.</summary>
    public static string Standing(Meeting meeting) => meeting.State switch
    {
        MeetingState.Finding => "it has no time yet.",
        MeetingState.Polling => "people are asked which times suit them.",
        MeetingState.Scheduled when meeting.Series is { } series => $"it comes {SeriesDates.Describe(series)}.",
        MeetingState.Scheduled => $"it is at {Read(meeting.Time!)}.",
        MeetingState.Cancelled => "it was cancelled.",
    };

    public static string Read(MeetingTime time) => Zones.Read(time.Start, time.Zone);

    /// <summary>With another time. Answers hold for what was asked: a meeting that only ends earlier needs no new ones.</summary>
    public static Meeting Timed(Meeting meeting, MeetingTime time)
    {
        var isWithin = meeting.Time is { } before && before.Start == time.Start && time.Minutes <= before.Minutes;
        var sequence = meeting.Sequence + 1;
        return meeting with
        {
            Time = time,
            Minutes = time.Minutes,
            Sequence = sequence,
            TimedIn = isWithin ? meeting.TimedIn : sequence,
            Invitees = isWithin ? meeting.Invitees : Owed(meeting.Invitees),
        };
    }

    /// <summary>Whoever hears of it that late needs no reminder.</summary>
    private static DateTimeOffset? RemindedBy(DateTimeOffset start, DateTimeOffset now) => start - now <= MeetingLimits.ReminderBefore ? start : null;

    public static IReadOnlyList<DateTimeOffset> LooksOf(Meeting meeting) => meeting is { Series: null, Time: { } time } ? [time.Start - MeetingLimits.ReminderBefore] : [];

    /// <summary>The same with mail to all of these who have an address: what could not be sent to them before is forgotten.</summary>
    public static MeetingOutcome.Changed Mailed(MeetingOutcome.Changed changed, IEnumerable<Invitee> invitees)
    {
        IReadOnlyList<string> addresses = [.. invitees.Select(invitee => invitee.Address).OfType<string>().Distinct(StringComparer.Ordinal)];
        return changed with { Mails = addresses, State = changed.State with { Unreached = changed.State.Unreached?.RemoveRange(addresses) } };
    }

    /// <summary>Those of them who are inside. What begins too soon may not wait for a better moment.</summary>
    public static IReadOnlyList<MeetingTell> Tell(Meeting meeting, IEnumerable<Invitee> invitees, string sentence, DateTimeOffset now, MeetingTime? before = null)
    {
        var isUrgent = IsNear(meeting.Time, now) || IsNear(before, now);
        return [.. invitees.Where(invitee => !invitee.IsOutside).Select(invitee => new MeetingTell(invitee.Key, sentence, NoticeKind.Meeting) { IsUrgent = isUrgent })];
    }

    private static bool IsNear(MeetingTime? time, DateTimeOffset now) => time is not null && time.Start - now is var ahead && ahead > TimeSpan.Zero && ahead < Near;

    public static IReadOnlyList<Invitee> Owed(IReadOnlyList<Invitee> invitees) =>
        [.. invitees.Select(invitee => invitee with { Reply = Reply.Owed, RepliedAt = null, Comment = null })];

    private static readonly TimeSpan Near = TimeSpan.FromHours(2);
}

using CoordinationBot.Dialogs;

namespace CoordinationBot.Meetings;

/// <summary>What one date of a series takes from the series: whether it is there at all, and what it is made of. What was changed of it alone stays.</summary>
internal static class OccurrenceRules
{
    /// <summary>The meeting of a date. Nobody hears of it: the series was what people were invited to.</summary>
    public static MeetingOutcome.Changed Begin(Meeting series, string id, DateOnly date, DateTimeOffset now)
    {
        var start = SeriesDates.At(series.Series!, date);
        var meeting = series with
        {
            Id = id,
            Origin = MeetingOccurrence.OriginOf(series.Id, date),
            Time = new MeetingTime(start, series.Minutes, series.Series!.Zone),
            Repeats = null,
            Series = null,
            Occurrence = new MeetingOccurrence(series.Id, series.Series.Root ?? series.Id, date, series.Series.Time, start, FollowedDetails.Of(series)),
            Poll = null,
            // What was collected before it had a time is for the first one.
            Agenda = date == series.Series.Start ? series.Agenda : Agenda.Empty,
            Reason = null,
            Unreached = null,
            Revision = 0,
            CreatedAt = now,
        };
        return MeetingRules.Changed(meeting, series.Organiser, now, $"One of {series.Id}, {Zones.Read(date)}") with { Renews = Renewal.Nobody, Looks = MeetingRules.LooksOf(meeting) };
    }

    /// <summary>Takes over what has changed of the series since, or is taken back when it is none of it any more. What has begun stays as it is.</summary>
    public static MeetingOutcome Settle(Meeting meeting, Meeting series, DateTimeOffset now)
    {
        var one = meeting.Occurrence!;
        if (meeting.State == MeetingState.Cancelled || meeting.Time!.Start <= now)
        {
            return new MeetingOutcome.Unchanged(meeting);
        }
        if (!Belongs(meeting, series))
        {
            var gone = meeting with { State = MeetingState.Cancelled, Poll = ClosePoll.Ended(meeting.Poll, now), Reason = series.Reason ?? "the series ends before it." };
            return MeetingRules.Changed(gone, series.Organiser, now, "Taken back with its series");
        }
        var followed = FollowedDetails.Of(series);
        var after = Followed(meeting, one.Followed, series) with { Occurrence = one with { Followed = followed } };
        return followed.Equals(one.Followed) && after.Invitees.SequenceEqual(meeting.Invitees)
            ? new MeetingOutcome.Unchanged(meeting)
            : MeetingRules.Changed(after, series.Organiser, now, "Follows its series");
    }

    /// <summary>Why one date cannot move to a day; null: it can.</summary>
    public static string? Bar(Meeting series, DateOnly date, DateTimeOffset start)
    {
        var day = SeriesDates.DayOf(series.Series!, start);
        return SeriesDates.Find(series.Series!, day) is { } other && other != date && SeriesDates.StartOf(series.Series!, other) is { } at && SeriesDates.DayOf(series.Series!, at) == day
            ? $"Nothing was changed: another one of this series is on {Zones.Read(day)} already. Please take another day, or cancel that one first."
            : null;
    }

    private static bool Belongs(Meeting meeting, Meeting series) =>
        series is { State: MeetingState.Scheduled, Series: { } rule }
        && SeriesDates.Has(rule, meeting.Occurrence!.Date)
        && !(SeriesDates.ExceptionOf(rule, meeting.Occurrence.Date) is { Start: null } off && off.Sequence > meeting.Sequence);

    private static Meeting Followed(Meeting meeting, FollowedDetails before, Meeting series)
    {
        var minutes = Taken(meeting.Minutes, before.Minutes, series.Minutes);
        var isTimed = series.TimedIn > before.TimedIn;
        var sequence = Math.Max(meeting.Sequence, series.Sequence);
        var people = meeting.Invitees
            .Where(invitee => series.Find(invitee.Key) is not null || !before.People.Contains(invitee.Key))
            .Concat(series.Invitees.Where(invitee => !before.People.Contains(invitee.Key) && meeting.Find(invitee.Key) is null))
            .ToList();
        return meeting with
        {
            Subject = Taken(meeting.Subject, before.Subject, series.Subject),
            Purpose = Taken(meeting.Purpose, before.Purpose, series.Purpose),
            Place = Taken(meeting.Place, before.Place, series.Place),
            Objective = Taken(meeting.Objective, before.Objective, series.Objective),
            IsConfidential = Taken(meeting.IsConfidential, before.IsConfidential, series.IsConfidential),
            Minutes = minutes,
            Time = meeting.Time! with { Minutes = minutes },
            Sequence = sequence,
            TimedIn = isTimed ? sequence : meeting.TimedIn,
            Invitees = [.. (isTimed ? MeetingRules.Owed(people) : people).Select(invitee => Answered(meeting, invitee, series.Find(invitee.Key)))],
        };
    }

    /// <summary>An answer to the series is one to each of its dates, unless somebody answered for this one since; one that was moved is asked about by itself.</summary>
    private static Invitee Answered(Meeting meeting, Invitee invitee, Invitee? whole)
    {
        if (whole is null)
        {
            return invitee;
        }
        var known = invitee with { IsRequired = whole.IsRequired };
        return whole.RepliedAt is { } at && !(known.RepliedAt >= at) && meeting.Time!.Start == meeting.Occurrence!.Start
            ? known with { Reply = whole.Reply, RepliedAt = at, Comment = whole.Comment }
            : known;
    }

    private static T Taken<T>(T own, T before, T now) => EqualityComparer<T>.Default.Equals(before, now) ? own : now;
}

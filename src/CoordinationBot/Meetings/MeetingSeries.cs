using CoordinationBot.Delegations;

namespace CoordinationBot.Meetings;

/// <summary>That a meeting is to come again, as its organiser asks for it. It becomes a series when it gets its first time.</summary>
/// <param name="Repeats">How often; never <see cref="Repeats.Never"/>.</param>
/// <param name="Until">The last day on which it may begin, in the zone of its window; null: it goes on.</param>
/// <param name="Times">How often in all; null: no number was given.</param>
/// <param name="Week">Working days of the office when it was asked for, with commas between them.</param>
internal sealed record WantedRepeat(Repeats Repeats, DateOnly? Until, int? Times, string Week);

/// <summary>
/// When a meeting comes again: its rule and what differs from it. Each date is a meeting of its own, made from here some time ahead, so that it has its
/// own agenda, answers and minutes; what it is made of, and whether it is one of the series at all, this alone says.
/// </summary>
internal sealed record MeetingSeries
{
    public required Repeats Repeats { get; init; }

    /// <summary>RFC 5545 without an end, for example <c>FREQ=WEEKLY;INTERVAL=2</c>; in days of <see cref="Zone"/>.</summary>
    public required string Rule { get; init; }

    /// <summary>The first date.</summary>
    public required DateOnly Start { get; init; }

    /// <summary>The time of day, whatever the clocks do.</summary>
    public required TimeOnly Time { get; init; }

    /// <summary>Where it is meant, IANA.</summary>
    public required string Zone { get; init; }

    /// <summary>Working days of the office, with commas between them.</summary>
    public required string Week { get; init; }

    /// <summary>No date is after it; null: it goes on.</summary>
    public DateOnly? Until { get; init; }

    /// <summary>What became of single dates, each once, in their order.</summary>
    public IReadOnlyList<SeriesException> Exceptions { get; init; } = [];

    /// <summary>All dates until this one have their meeting, or are about to get it; null: none has yet.</summary>
    public DateOnly? Made { get; init; }

    /// <summary>Later dates that have theirs already, since somebody wanted to do something with them.</summary>
    public IReadOnlyList<DateOnly> Early { get; init; } = [];

    /// <summary>How it goes on at another time; null: it does not.</summary>
    public SeriesGoesOn? GoesOn { get; init; }

    /// <summary>The first of the series that this one goes on from; null: it is the first.</summary>
    public string? Root { get; init; }
}

/// <summary>A date that is not as the rule says.</summary>
/// <param name="Date">The date of the rule.</param>
/// <param name="Start">When it begins instead; null: it does not take place.</param>
/// <param name="Minutes">How long it takes.</param>
/// <param name="Sequence">SEQUENCE of its own invitation.</param>
internal sealed record SeriesException(DateOnly Date, DateTimeOffset? Start, int Minutes, int Sequence);

/// <summary>From a date on it comes at another time: as a series of its own, so that what has been stays as it was.</summary>
/// <param name="From">The first date that does not come any more.</param>
/// <param name="Start">When the first of the new series begins.</param>
/// <param name="Until">The last day of the new series; null: it goes on.</param>
/// <param name="At">When the organiser said so.</param>
internal sealed record SeriesGoesOn(DateOnly From, DateTimeOffset Start, DateOnly? Until, DateTimeOffset At);

/// <summary>Which date of a series a meeting is.</summary>
/// <param name="Series">Id of the meeting that is the series.</param>
/// <param name="Root">Id of the first series that it goes on from; the same when there is none.</param>
/// <param name="Date">In the zone of the series; it never changes.</param>
/// <param name="Time">Local time of day by the rule: with the date RECURRENCE-ID.</param>
/// <param name="Start">When it begins by the rule.</param>
/// <param name="Followed">What the series was made of when this one last followed it: what differs since is taken over, and what was changed here alone stays.</param>
internal sealed record MeetingOccurrence(string Series, string Root, DateOnly Date, TimeOnly Time, DateTimeOffset Start, FollowedDetails Followed)
{
    /// <summary>What the meeting of a date comes from.</summary>
    public static string OriginOf(string series, DateOnly date) => $"{series}|{date:yyyy-MM-dd}";
}

/// <param name="Subject">What about.</param>
/// <param name="Purpose">What for.</param>
/// <param name="Place">Where.</param>
/// <param name="Objective">The larger aim.</param>
/// <param name="IsConfidential">Others cannot see it.</param>
/// <param name="Minutes">How long.</param>
/// <param name="Sequence">Of the invitation of the series.</param>
/// <param name="TimedIn">With which the time was first sent.</param>
/// <param name="People">Keys of those who are asked to come.</param>
internal sealed record FollowedDetails(string Subject, string? Purpose, string? Place, string? Objective, bool IsConfidential, int Minutes, int Sequence, int TimedIn, IReadOnlyList<string> People)
{
    public static FollowedDetails Of(Meeting series) =>
        new(series.Subject, series.Purpose, series.Place, series.Objective, series.IsConfidential, series.Minutes, series.Sequence, series.TimedIn, [.. series.Invitees.Select(invitee => invitee.Key)]);

    public bool Equals(FollowedDetails? other) => other is not null && (Subject, Purpose, Place, Objective, IsConfidential, Minutes, Sequence, TimedIn) == (other.Subject, other.Purpose, other.Place, other.Objective, other.IsConfidential, other.Minutes, other.Sequence, other.TimedIn) && People.SequenceEqual(other.People);

    public override int GetHashCode() => HashCode.Combine(Subject, Sequence, Minutes, People.Count);
}

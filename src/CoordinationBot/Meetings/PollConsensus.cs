namespace CoordinationBot.Meetings;

/// <summary>What comes of a poll.</summary>
internal abstract record PollVerdict
{
    private PollVerdict()
    {
    }

    /// <summary>This time is taken.</summary>
    internal sealed record Decided(MeetingTime Time) : PollVerdict;

    /// <summary>Some times would do, and who did not answer may have been against them: the organiser decides.</summary>
    /// <param name="Possible">What suits everybody required who answered, the best first.</param>
    /// <param name="Missing">Who did not answer.</param>
    internal sealed record Undecided(IReadOnlyList<MeetingTime> Possible, IReadOnlyList<PollVoter> Missing) : PollVerdict;

    /// <summary>No time is left: somebody required cannot come to it, or it has passed.</summary>
    internal sealed record Impossible : PollVerdict
    {
        public static Impossible Instance { get; } = new();
    }
}

/// <summary>
/// The rule by which a poll decides. Required people decide: a time that one of them cannot make is out, then the one that most of them say yes to. Optional ones
/// break ties: most yes, then fewest no. Then the earliest. Nobody's silence is taken for a yes: at the deadline it is the organiser who goes on without somebody required.
/// </summary>
internal static class PollConsensus
{
    /// <param name="tally">How it stands.</param>
    /// <param name="isByOrganiser">The organiser ended it before its deadline, and so goes on without those who did not answer.</param>
    /// <param name="at">When it ends.</param>
    public static PollVerdict Of(PollTally tally, bool isByOrganiser, DateTimeOffset at)
    {
        var ranked = Ranked(tally, at);
        var missing = tally.Owed.Where(voter => voter.IsRequired || tally.Answered == 0).ToList();
        return ranked.Count == 0 ? PollVerdict.Impossible.Instance
            : missing.Count > 0 && (!isByOrganiser || tally.Answered == 0) ? new PollVerdict.Undecided([.. ranked.Select(time => time.Time)], missing)
            : new PollVerdict.Decided(ranked[0].Time);
    }

    /// <summary>The times that are left, the best first.</summary>
    public static IReadOnlyList<TimeTally> Ranked(PollTally tally, DateTimeOffset at) =>
    [
        .. tally.Times
            .Where(time => !time.IsOut && time.Time.Start > at)
            .OrderByDescending(time => time.Required.Yes)
            .ThenByDescending(time => time.Optional.Yes)
            .ThenBy(time => time.Optional.No)
            .ThenBy(time => time.Time.Start),
    ];
}

namespace CoordinationBot.Meetings;

/// <summary>How many people stand how to a time.</summary>
internal readonly record struct VoteCount(int Yes, int IfNeedBe, int No, int Owed)
{
    public static VoteCount operator +(VoteCount one, VoteCount other) => new(one.Yes + other.Yes, one.IfNeedBe + other.IfNeedBe, one.No + other.No, one.Owed + other.Owed);
}

/// <summary>Somebody who is asked.</summary>
/// <param name="Key">Object id.</param>
/// <param name="Name">As shown.</param>
/// <param name="IsRequired">Their no rules a time out.</param>
/// <param name="Votes">What they answered, one for each time; null: nothing yet.</param>
internal sealed record PollVoter(string Key, string Name, bool IsRequired, IReadOnlyList<Vote>? Votes);

/// <summary>How a time stands.</summary>
internal sealed record TimeTally(MeetingTime Time, VoteCount Required, VoteCount Optional)
{
    public VoteCount All => Required + Optional;

    /// <summary>Somebody required cannot.</summary>
    public bool IsOut => Required.No > 0;
}

/// <summary>How a poll stands.</summary>
/// <param name="Voters">Who is asked, and the organiser when they answered. Nobody outside: they have no card.</param>
/// <param name="Times">In the order of the poll.</param>
internal sealed record PollTally(IReadOnlyList<PollVoter> Voters, IReadOnlyList<TimeTally> Times)
{
    /// <summary>Who owes an answer, the required ones first. The organiser owes none: they proposed the times.</summary>
    public IReadOnlyList<PollVoter> Owed => [.. Voters.Where(voter => voter.Votes is null).OrderBy(voter => voter.IsRequired ? 0 : 1)];

    public int Answered => Voters.Count(voter => voter.Votes is not null);

    public static PollTally Of(Meeting meeting, Poll poll)
    {
        var ballots = poll.Ballots.ToDictionary(ballot => ballot.Key, ballot => ballot.Votes, StringComparer.Ordinal);
        List<PollVoter> voters = [];
        if (ballots.TryGetValue(meeting.Organiser.ObjectId, out var own))
        {
            voters.Add(new PollVoter(meeting.Organiser.ObjectId, meeting.Organiser.Name, true, own));
        }
        voters.AddRange(meeting.Invitees.Where(invitee => !invitee.IsOutside).Select(invitee => new PollVoter(invitee.Key, invitee.Name, invitee.IsRequired, ballots.GetValueOrDefault(invitee.Key))));
        return new PollTally(voters, [.. poll.Times.Select((time, index) => new TimeTally(time, Count(voters, index, true), Count(voters, index, false)))]);
    }

    private static VoteCount Count(List<PollVoter> voters, int index, bool isRequired)
    {
        var count = default(VoteCount);
        foreach (var voter in voters)
        {
            if (voter.IsRequired == isRequired)
            {
                count += One(voter.Votes?[index]);
            }
        }
        return count;
    }

    private static VoteCount One(Vote? vote) => vote switch
    {
        Vote.Yes => new VoteCount(1, 0, 0, 0),
        Vote.IfNeedBe => new VoteCount(0, 1, 0, 0),
        Vote.No => new VoteCount(0, 0, 1, 0),
        null => new VoteCount(0, 0, 0, 1),
    };
}

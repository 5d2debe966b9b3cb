using CoordinationBot.Meetings;
using CsCheck;
using static CoordinationBot.Tests.Meetings.Polls;

namespace CoordinationBot.Tests.Meetings;

/// <summary>Whatever people press, in whatever order and however often, a poll is what a patient clerk with a sheet of paper would have made of it.</summary>
public sealed class PollProperties
{
    /// <summary>Ann arranges; the first are required, the next optional; then one who left, a guest, and a stranger.</summary>
    private static readonly string[] People = [Ann, "bob", "cy", "dee", "eve", "fay", "gus", "left", "kim@contoso.example", "mallory"];

    private enum What
    {
        Vote,
        VoteAgain,
        Half,
        OlderCard,
        CloseEarly,
        CloseByAnother,
        Look,
        Remind,
        OpenAgain,
        Pass,
    }

    private sealed record Step(What What, int Who, int[] Votes, int Minutes);

    private static readonly Gen<Step> Steps = Gen.Select(
        Gen.Frequency((12, Gen.Const(What.Vote)), (3, Gen.Const(What.VoteAgain)), (1, Gen.Const(What.Half)), (1, Gen.Const(What.OlderCard)), (1, Gen.Const(What.CloseEarly)), (1, Gen.Const(What.CloseByAnother)), (2, Gen.Const(What.Look)), (2, Gen.Const(What.Remind)), (1, Gen.Const(What.OpenAgain)), (3, Gen.Const(What.Pass))),
        Gen.Int[0, People.Length - 1],
        Gen.Frequency((4, Gen.Int[1, 2]), (1, Gen.Int[0, 2])).Array[5],
        Gen.Int[0, 900],
        (what, who, votes, minutes) => new Step(what, who, votes, minutes));

    [Fact]
    public void A_poll_is_what_a_clerk_would_have_made_of_it() => Gen.Select(Gen.Int[0, 3], Gen.Int[0, 3], Gen.Int[2, 5], Steps.Array[1, 60]).Where(sample => sample.Item1 + sample.Item2 > 0).Sample(
        (required, optional, count, steps) =>
        {
            List<Invitee> invited = [.. People.Skip(1).Take(required).Select(Required), .. People.Skip(4).Take(optional).Select(Optional), Guest(People[^2])];
            var (meeting, clerk, now) = (Meeting(invited), new Clerk(invited), Now);
            Open(Mornings(count), Deadline);
            foreach (var step in steps)
            {
                var who = People[step.Who];
                switch (step.What)
                {
                    case What.Vote or What.VoteAgain:
                        var votes = step.Votes.Take(clerk.Times.Count).Select(vote => (Vote)vote).ToList();
                        var accepted = clerk.Write(who, votes, now);
                        for (var delivery = 0; delivery < (step.What == What.Vote ? 1 : 3); delivery++)
                        {
                            var outcome = PollRules.Cast(meeting, who, meeting.Poll!.Number, [.. votes.Select(vote => (Vote?)vote)], now);
                            Assert.Equal(accepted && delivery == 0, outcome is MeetingOutcome.Changed);
                            Follow(outcome);
                        }
                        break;
                    case What.Half:
                        Follow(Nothing(PollRules.Cast(meeting, who, meeting.Poll!.Number, [Vote.Yes, .. Enumerable.Repeat(default(Vote?), count - 1)], now)));
                        break;
                    case What.OlderCard:
                        Follow(Nothing(PollRules.Cast(meeting, who, meeting.Poll!.Number - 1, [.. step.Votes.Take(clerk.Times.Count).Select(vote => (Vote?)vote)], now)));
                        break;
                    case What.CloseEarly:
                        clerk.Close(now, early: true);
                        Follow(ClosePoll.Early(meeting, Ann, meeting.Poll!.Number, now));
                        break;
                    case What.CloseByAnother:
                        Follow(Nothing(ClosePoll.Early(meeting, who == Ann ? "bob" : who, meeting.Poll!.Number, now)));
                        break;
                    case What.Look:
                        clerk.Close(now, early: false);
                        Follow(ClosePoll.WhenDue(meeting, now));
                        break;
                    case What.Remind:
                        var reminded = PollRules.Remind(meeting, Ann, meeting.Poll!.Number, now);
                        if (reminded is MeetingOutcome.Changed { Tells: var tells })
                        {
                            Assert.Equal(clerk.Owing(), tells.Select(tell => tell.ObjectId).Order());
                        }
                        Follow(reminded);
                        break;
                    case What.OpenAgain when clerk.Decided is null:
                        Open([.. Enumerable.Range(0, count).Select(day => Morning((int)(now - Now).TotalDays + day + step.Who))], now.AddHours(40));
                        break;
                    case What.OpenAgain:
                        break;
                    case What.Pass:
                        now = now.AddMinutes(step.Minutes);
                        break;
                }
                Agree();
            }

            void Open(IReadOnlyList<MeetingTime> times, DateTimeOffset deadline)
            {
                if (PollRules.Open(meeting, Ann, times, deadline, Office, now) is MeetingOutcome.Changed opened)
                {
                    (meeting, _) = (opened.State, clerk.Begin(times, deadline));
                }
            }

            void Follow(MeetingOutcome outcome)
            {
                Assert.Equal(meeting.Revision + (outcome is MeetingOutcome.Changed ? 1 : 0), outcome.State.Revision);
                meeting = outcome.State;
            }

            void Agree()
            {
                var tally = PollTally.Of(meeting, meeting.Poll!);
                for (var index = 0; index < clerk.Times.Count; index++)
                {
                    Assert.Equal(clerk.Count(index, isRequired: true), tally.Times[index].Required);
                    Assert.Equal(clerk.Count(index, isRequired: false), tally.Times[index].Optional);
                }
                Assert.Equal((clerk.IsClosed, clerk.Decided), (meeting.Poll!.ClosedAt is not null, meeting.Time?.Start));
                Assert.Equal(clerk.Owing(), tally.Owed.Select(voter => voter.Key).Order());
                if (meeting.State == MeetingState.Scheduled)
                {
                    Assert.All(meeting.Invitees, invitee => Assert.Equal(clerk.ReplyOf(invitee.Key), invitee.Reply));
                }
            }

            static MeetingOutcome Nothing(MeetingOutcome outcome) => Assert.IsType<MeetingOutcome.Unchanged>(outcome);
        },
        iter: 3_000);

    /// <summary>Writes down each answer, and decides by reading the words of the rule one after the other.</summary>
    private sealed class Clerk(IReadOnlyList<Invitee> invited)
    {
        private readonly List<(string Who, IReadOnlyList<Vote> Votes)> _sheet = [];
        private DateTimeOffset _deadline;

        public IReadOnlyList<MeetingTime> Times { get; private set; } = [];
        public bool IsClosed { get; private set; }
        public DateTimeOffset? Decided { get; private set; }

        public bool Begin(IReadOnlyList<MeetingTime> times, DateTimeOffset deadline)
        {
            _sheet.Clear();
            (Times, _deadline, IsClosed) = (times, deadline, false);
            return true;
        }

        /// <summary>Whether the sheet says something else than before.</summary>
        public bool Write(string who, IReadOnlyList<Vote> votes, DateTimeOffset now)
        {
            if (IsClosed || now >= _deadline || (who != Ann && !invited.Any(invitee => invitee.Key == who && !invitee.IsOutside)) || (Newest(who) is { } before && before.SequenceEqual(votes)))
            {
                return false;
            }
            _sheet.Add((who, votes));
            return true;
        }

        public void Close(DateTimeOffset now, bool early)
        {
            if (IsClosed || (early ? now >= _deadline : now < _deadline))
            {
                return;
            }
            IsClosed = true;
            var required = Answers(true);
            var left = Enumerable.Range(0, Times.Count).Where(index => Times[index].Start > now && required.All(votes => votes[index] != Vote.No)).ToList();
            var isSilent = _sheet.Count == 0 || (!early && invited.Any(invitee => invitee is { IsRequired: true, IsOutside: false } && Newest(invitee.Key) is null));
            if (left.Count == 0 || isSilent)
            {
                return;
            }
            Decided = Times[left.Single(one => left.All(other => other == one || IsBetter(one, other)))].Start;
        }

        public VoteCount Count(int index, bool isRequired) => new(
            Answers(isRequired).Count(votes => votes[index] == Vote.Yes),
            Answers(isRequired).Count(votes => votes[index] == Vote.IfNeedBe),
            Answers(isRequired).Count(votes => votes[index] == Vote.No),
            invited.Count(invitee => !invitee.IsOutside && invitee.IsRequired == isRequired && Newest(invitee.Key) is null));

        /// <summary>What somebody said to the time that was taken.</summary>
        public Reply ReplyOf(string who) => Newest(who)?[Times.Select(time => (DateTimeOffset?)time.Start).ToList().IndexOf(Decided)] switch
        {
            Vote.Yes => Reply.Accepted,
            Vote.IfNeedBe => Reply.Tentative,
            _ => Reply.Owed,
        };

        public IEnumerable<string> Owing() => invited.Where(invitee => !invitee.IsOutside && Newest(invitee.Key) is null).Select(invitee => invitee.Key).Order();

        private bool IsBetter(int one, int other)
        {
            foreach (var (first, second) in new[]
            {
                (Answers(true).Count(votes => votes[one] == Vote.Yes), Answers(true).Count(votes => votes[other] == Vote.Yes)),
                (Answers(false).Count(votes => votes[one] == Vote.Yes), Answers(false).Count(votes => votes[other] == Vote.Yes)),
                (Answers(false).Count(votes => votes[other] == Vote.No), Answers(false).Count(votes => votes[one] == Vote.No)),
            })
            {
                if (first != second)
                {
                    return first > second;
                }
            }
            return Times[one].Start < Times[other].Start;
        }

        private IReadOnlyList<Vote>? Newest(string who) => _sheet.LastOrDefault(line => line.Who == who).Votes;

        private List<IReadOnlyList<Vote>> Answers(bool isRequired) =>
            [.. invited.Where(invitee => !invitee.IsOutside && invitee.IsRequired == isRequired).Select(invitee => invitee.Key).Concat(isRequired ? [Ann] : []).Select(Newest).OfType<IReadOnlyList<Vote>>()];
    }
}

using CoordinationBot.Dialogs;
using CoordinationBot.Meetings;
using CsCheck;
using static CoordinationBot.Tests.Meetings.MeetingSamples;

namespace CoordinationBot.Tests.Meetings;

/// <summary>The channel delivers a press again, later and under a new id.</summary>
public sealed class LastAnswerProperties
{
    /// <summary>Bob presses, and his card comes; or a press of before, if there was one, is delivered again.</summary>
    private static readonly Gen<(int Answer, int? Again)[]> Deliveries =
        Gen.Select(Gen.Int[0, 2], Gen.Int[0, 9].Nullable(), (answer, again) => (answer, again)).Array[1, 15];

    [Fact]
    public void Whatever_comes_again_and_when_the_last_answer_that_was_pressed_stands() => Deliveries.Sample(deliveries =>
    {
        Reply[] replies = [Reply.Accepted, Reply.Tentative, Reply.Declined];
        Follow(
            Scheduled(),
            deliveries,
            meeting => LastAnswer.Of(meeting.Find("bob")!.RepliedAt),
            (meeting, answer, shown, now) => ReplyRules.Answer(meeting, "bob", replies[answer], null, meeting.TimedIn, now, shown),
            meeting => Array.IndexOf(replies, meeting.ReplyOf("bob")));
    });

    [Fact]
    public void So_does_the_last_vote() => Deliveries.Sample(deliveries =>
    {
        string[] votes = ["yyy", "yin", "nnn"];
        Follow(
            Polls.Opened(Polls.Required("bob"), Polls.Required("eve")),
            deliveries,
            meeting => LastAnswer.Of(meeting.Poll!.Ballots.FirstOrDefault(ballot => ballot.Key == "bob")?.At),
            (meeting, answer, shown, now) => PollRules.Cast(meeting, "bob", meeting.Poll!.Number, Polls.Votes(votes[answer]), now, shown),
            meeting => Array.FindIndex(votes, vote => meeting.Poll!.Ballots.Any(ballot => ballot.Key == "bob" && ballot.Votes.SequenceEqual(Polls.Votes(vote).Select(each => each!.Value)))));
    });

    private static void Follow(
        Meeting meeting, (int Answer, int? Again)[] deliveries, Func<Meeting, string> shownBy, Func<Meeting, int, string, DateTimeOffset, MeetingOutcome> press, Func<Meeting, int> answerIn)
    {
        List<(int Answer, string Shown)> pressed = [];
        var now = Now;
        foreach (var (answer, again) in deliveries)
        {
            now = now.AddSeconds(10);
            if (again is { } which && pressed.Count > 0)
            {
                var old = pressed[which % pressed.Count];
                meeting = press(meeting, old.Answer, old.Shown, now).State;
            }
            else
            {
                pressed.Add((answer, shownBy(meeting)));
                meeting = press(meeting, answer, pressed[^1].Shown, now).State;
            }
            Assert.Equal(pressed.Count == 0 ? -1 : pressed[^1].Answer, answerIn(meeting));
        }
    }
}

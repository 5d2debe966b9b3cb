using CoordinationBot.Meetings;
using CsCheck;
using static CoordinationBot.Tests.Meetings.MeetingSamples;

namespace CoordinationBot.Tests.Meetings;

/// <summary>Whatever people do in whatever order.</summary>
public sealed class MeetingProperties
{
    private static readonly string[] Pool = ["ann", "bob", "eve", "lee", "kim@fabrikam.example"];

    private static readonly Invitee Lee = new() { Key = "lee", Name = "Lee Lin", Mail = "lee@contoso.example", IsRequired = true };

    private static readonly Gen<Func<Meeting, DateTimeOffset, MeetingOutcome>> Act = Gen.OneOf<Func<Meeting, DateTimeOffset, MeetingOutcome>>(
        Gen.Select(Gen.OneOf(Pool), Gen.Enum<Reply>(), Gen.Int[-1, 4], (who, reply, sequence) => (Func<Meeting, DateTimeOffset, MeetingOutcome>)((meeting, now) => ReplyRules.Answer(meeting, who, reply, null, sequence, now))),
        Gen.Select(Gen.OneOf(Pool), Gen.Int[-2, 40], (who, hours) => (Func<Meeting, DateTimeOffset, MeetingOutcome>)((meeting, now) => MeetingRules.Schedule(meeting, who, Now.AddHours(hours), now))),
        Gen.Select(Gen.OneOf(Pool), Gen.Int[-2, 40], (who, hours) => (Func<Meeting, DateTimeOffset, MeetingOutcome>)((meeting, now) => MeetingRules.Move(meeting, who, Now.AddHours(hours), now))),
        Gen.OneOf("ann", "ann", "ann", "bob").Select(who => (Func<Meeting, DateTimeOffset, MeetingOutcome>)((meeting, now) => now < Now.AddHours(20) ? new MeetingOutcome.Unchanged(meeting) : MeetingRules.Cancel(meeting, who, null, now))),
        Gen.Const((Func<Meeting, DateTimeOffset, MeetingOutcome>)((meeting, now) => MeetingRules.Remind(meeting, now))),
        Gen.Select(Gen.Int[1, 15], Gen.Int[0, 3], Gen.OneOf(15, 30, 45, 60), Gen.OneOf("ann", "ann", "eve"), (people, place, minutes, who) => (Func<Meeting, DateTimeOffset, MeetingOutcome>)((meeting, now) => MeetingChangeRules.Change(
            meeting,
            who,
            MeetingDetails.Of(meeting) with
            {
                Invitees = [.. ((Invitee[])[Bob, Eve, Kim, Lee]).Where((_, index) => (people & (1 << index)) != 0)],
                Place = place == 0 ? null : $"Room {place}",
                Minutes = minutes,
            },
            now))));

    [Fact]
    public void Whatever_happens_nobody_is_asked_without_a_reason_and_everybody_hears_once() => Act.List[1, 30].Sample(
        acts =>
        {
            var (meeting, now) = (Finding(), Now);
            var sent = new HashSet<(string Address, int Sequence)>();
            foreach (var act in acts)
            {
                now = now.AddMinutes(50);
                var outcome = act(meeting, now);
                if (outcome is MeetingOutcome.Changed changed)
                {
                    Check(meeting, changed, sent, now);
                }
                else
                {
                    Assert.Same(meeting, outcome.State);
                }
                meeting = outcome.State;
            }
        },
        iter: 3_000);

    private static void Check(Meeting before, MeetingOutcome.Changed changed, HashSet<(string Address, int Sequence)> sent, DateTimeOffset now)
    {
        var after = changed.State;
        Assert.Equal((before.Revision + 1, before.Revision + 1), (after.Revision, changed.Entry.Number));
        Assert.NotEqual(MeetingState.Cancelled, before.State);
        Assert.InRange(after.Sequence, before.Sequence, before.Sequence + 1);
        Assert.InRange(after.TimedIn, 0, after.Sequence);
        Assert.True(after.State is not MeetingState.Scheduled || after.Time is not null);
        // Until there is a time nobody else knows of it.
        if (after.Time is null)
        {
            Assert.Equal((Renewal.Organiser, 0, 0), (changed.Renews, changed.Tells.Count, changed.Mails.Count));
        }
        // Only the organiser's acts are sent to people.
        if (changed.Entry.Who.ObjectId != "ann")
        {
            Assert.Equal((before.Sequence, before.Time, before.State), (after.Sequence, after.Time, after.State));
            Assert.Empty(changed.Mails);
            Assert.All(changed.Tells, tell => Assert.Equal("ann", tell.ObjectId));
            Assert.Equal(before.Invitees.Where(known => known.Key != changed.Entry.Who.ObjectId), after.Invitees.Where(known => known.Key != changed.Entry.Who.ObjectId));
        }
        // Answers are owed again when the time is another one, and only then.
        foreach (var invitee in after.Invitees.Where(invitee => before.Find(invitee.Key) is not null && changed.Entry.Who.ObjectId == "ann"))
        {
            var isAsked = before.State != MeetingState.Scheduled && after.State == MeetingState.Scheduled;
            Assert.Equal(isAsked || after.TimedIn > before.TimedIn ? Reply.Owed : before.Find(invitee.Key)!.Reply, invitee.Reply);
        }
        // Nobody gets two invitations with one sequence, and nobody two in one act.
        Assert.Equal(changed.Mails.Distinct(), changed.Mails);
        Assert.All(changed.Mails, address => Assert.True(sent.Add((address, after.Sequence)), $"{address} got {after.Sequence} twice"));
        Assert.Equal(changed.Tells.Select(tell => tell.ObjectId).Distinct(), changed.Tells.Select(tell => tell.ObjectId));
        if (before.State == MeetingState.Scheduled)
        {
            // Whoever was taken out, and everybody when it is cancelled, hears it.
            foreach (var gone in before.Invitees.Where(known => after.Find(known.Key) is null || after.State == MeetingState.Cancelled))
            {
                Assert.Equal(gone.Address is not null, changed.Mails.Contains(gone.Address));
                Assert.Equal(!gone.IsOutside, changed.Tells.Any(tell => tell.ObjectId == gone.Key));
            }
            if (after.Sequence > before.Sequence)
            {
                Assert.True(before.Time!.Start > now || after.State == MeetingState.Cancelled, "changed after it had begun");
            }
            else
            {
                Assert.Empty(changed.Mails);
            }
        }
    }
}

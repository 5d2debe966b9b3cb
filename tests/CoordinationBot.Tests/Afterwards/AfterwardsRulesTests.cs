using CoordinationBot.Afterwards;
using CoordinationBot.Delegations;
using CoordinationBot.Meetings;
using CoordinationBot.Tests.Delegations;
using CoordinationBot.Tests.Meetings;

namespace CoordinationBot.Tests.Afterwards;

public sealed class AfterwardsRulesTests
{
    private static readonly DateOnly Monday = new(2026, 11, 23);

    [Fact]
    public void Both_sides_of_a_delegation_are_asked_when_it_is_done_and_only_then() =>
        Assert.All(Samples.States, state => Assert.Equal(
            state == DelegationState.Done ? [(Samples.Ann, PoolStore.Leaders), (Samples.Bob, Samples.Ann)] : [],
            AskRules.After(Samples.In(state)).Select(candidate => (candidate.ObjectId, candidate.Question.Pool))));

    [Fact]
    public void After_a_meeting_the_organiser_and_those_inside_who_had_accepted_are_asked_and_nobody_when_nobody_had()
    {
        var meeting = MeetingSamples.Scheduled();
        var end = meeting.Time!.End;
        Assert.Empty(AskRules.After(meeting, end));
        var accepted = meeting with { Invitees = [.. meeting.Invitees.Select(invitee => invitee.Key == "eve" ? invitee : invitee with { Reply = Reply.Accepted })] };
        Assert.Empty(AskRules.After(accepted, end.AddSeconds(-1)));
        Assert.Empty(AskRules.After(accepted with { State = MeetingState.Cancelled }, end));
        Assert.Equal([("ann", PoolStore.Leaders), ("bob", "ann")], AskRules.After(accepted, end).Select(candidate => (candidate.ObjectId, candidate.Question.Pool)));
    }

    [Fact]
    public void The_next_question_comes_a_week_after_the_last_was_told_and_later_when_nobody_knows_whether_it_was()
    {
        var last = new Asking(new CoordinationBot.Afterwards.Question("D-1", "", "ann", null), Samples.Now);
        Assert.True(AskRules.MayAsk(null, "D-1", Samples.Now));
        Assert.False(AskRules.MayAsk(last with { AskedAt = Samples.Now }, "D-1", Samples.Now.AddDays(30)));
        Assert.False(AskRules.MayAsk(last with { AskedAt = Samples.Now }, "D-2", Samples.Now.AddDays(7).AddSeconds(-1)));
        Assert.True(AskRules.MayAsk(last with { AskedAt = Samples.Now }, "D-2", Samples.Now.AddDays(7)));
        Assert.False(AskRules.MayAsk(last, "D-2", Samples.Now.AddDays(21).AddSeconds(-1)));
        Assert.True(AskRules.MayAsk(last, "D-2", Samples.Now.AddDays(21)));
    }

    [Theory]
    [InlineData(4, 7, false)]
    [InlineData(5, 6, false)]
    [InlineData(5, 7, true)]
    [InlineData(9, 70, true)]
    public void A_week_is_closed_when_it_is_over_and_enough_have_answered(int people, int days, bool isClosed)
    {
        var (open, closed) = TrendRules.Close(Answered(people), Monday.AddDays(days));
        Assert.Equal(isClosed ? new Period(Monday, Monday, new Counts(people, 0, 0)) : null, closed);
        Assert.Equal(isClosed ? 0 : people, open.Counts.Total);
    }

    [Fact]
    public void Fewer_go_on_waiting_with_the_next_weeks_and_are_forgotten_after_half_a_year()
    {
        var waiting = TrendRules.Close(Answered(4), Monday.AddDays(14)).Open;
        var fifth = PoolRules.Answer(PoolRules.Seat(waiting, "late", "D-2", Monday.AddDays(28))!, "late", "D-2", Verdict.Badly, Monday.AddDays(15)).Pool;
        Assert.Equal(new Period(Monday, Monday.AddDays(14), new Counts(4, 0, 1)), TrendRules.Close(fifth, Monday.AddDays(21)).Closed);
        Assert.Equal(4, TrendRules.Close(waiting, Monday.AddDays((26 * 7) - 1)).Open.Counts.Total);
        var (forgotten, closed) = TrendRules.Close(waiting, Monday.AddDays(26 * 7));
        Assert.Equal((0, 0, null), (forgotten.Counts.Total, forgotten.Seats.Count, closed));
    }

    [Fact]
    public void Whoever_answered_has_no_second_seat_until_the_numbers_are_closed()
    {
        var pool = Answered(5);
        Assert.Null(PoolRules.Seat(pool, "person 0", "D-2", Monday.AddDays(21)));
        Assert.NotNull(PoolRules.Seat(TrendRules.Close(pool, Monday.AddDays(7)).Open, "person 0", "D-2", Monday.AddDays(21)));
        Assert.Null(PoolRules.Seat(TrendRules.Close(pool, Monday.AddDays(7)).Open, "person 0", "D-0", Monday.AddDays(13)));
    }

    [Fact]
    public void A_tap_that_comes_again_after_the_close_is_still_known()
    {
        var closed = TrendRules.Close(Answered(5), Monday.AddDays(8)).Open;
        Assert.Equal(Tap.Already, PoolRules.Answer(closed, "person 0", "D-1", Verdict.Badly, Monday.AddDays(8)).Tap);
        Assert.Equal(Tap.NotOpen, PoolRules.Answer(closed, "person 0", "D-2", Verdict.Badly, Monday.AddDays(8)).Tap);
        Assert.Equal(Tap.NotOpen, PoolRules.Answer(closed, "stranger", "D-1", Verdict.Badly, Monday.AddDays(8)).Tap);
    }

    [Fact]
    public void What_nobody_wrote_down_yet_is_seen_as_it_will_be_written() =>
        Assert.Equal([new Period(Monday, Monday, new Counts(5, 0, 0))], TrendRules.Of([], Answered(5), Monday.AddDays(7)));

    private static Pool Answered(int people) => Enumerable.Range(0, people).Aggregate(Pool.Empty, (pool, number) =>
        PoolRules.Answer(PoolRules.Seat(pool, $"person {number}", "D-1", Monday.AddDays(14))!, $"person {number}", "D-1", Verdict.Well, Monday.AddDays(number % 7)).Pool);
}

using CoordinationBot.Meetings;
using CoordinationBot.People;
using static CoordinationBot.Tests.Meetings.Polls;

namespace CoordinationBot.Tests.Meetings;

public sealed class PollRulesTests
{
    private static readonly DateTimeOffset Later = Now.AddHours(5);

    // ---- open

    [Fact]
    public void Opening_asks_everybody_inside_and_nobody_else()
    {
        var opened = Assert.IsType<MeetingOutcome.Changed>(PollRules.Open(Meeting(Required("bob"), Optional("eve"), Guest("kim@contoso.example")), Ann, Mornings(), Deadline, Office, Now));
        Assert.Equal(MeetingState.Polling, opened.State.State);
        Assert.Equal(1, opened.State.Poll!.Number);
        Assert.Equal(["bob", "eve"], opened.Tells.Select(tell => tell.ObjectId));
        Assert.All(opened.Tells, tell => Assert.Equal(("Ann asks which times suit you.", NoticeKind.Question), (tell.Sentence, tell.Kind)));
        Assert.Equal([opened.State.Poll.RemindAt!.Value, Deadline], opened.Looks);
        Assert.Equal(2, opened.State.Revision);
    }

    [Fact]
    public void The_same_poll_again_is_no_second_one()
    {
        var meeting = Opened(Required("bob")).With("bob:yyn");
        Assert.Equal(meeting, Assert.IsType<MeetingOutcome.Unchanged>(PollRules.Open(meeting, Ann, Mornings(), Deadline, Office, Later)).State);
    }

    [Fact]
    public void A_second_poll_asks_anew_and_its_answers_begin_at_nothing()
    {
        var second = Assert.IsType<MeetingOutcome.Changed>(PollRules.Open(Opened(Required("bob")).With("bob:yyn"), Ann, Mornings(2), Deadline, Office, Later));
        Assert.Equal((2, 0, 0), (second.State.Poll!.Number, second.State.Poll.Ballots.Count, second.State.Poll.Cast));
        Assert.Equal("Ann asks about other times now. Which of these suit you?", Assert.Single(second.Tells).Sentence);
    }

    [Fact]
    public void A_meeting_that_has_a_time_keeps_it_while_another_is_asked_about()
    {
        var scheduled = Meeting(Required("bob")) with { State = MeetingState.Scheduled, Time = Morning(4) };
        var opened = PollRules.Open(scheduled, Ann, Mornings(), Deadline, Office, Now).State;
        Assert.Equal((MeetingState.Scheduled, Morning(4)), (opened.State, opened.Time));
        Assert.True(PollRules.IsOpen(opened, Now));
        var moved = Assert.IsType<MeetingOutcome.Changed>(ClosePoll.Early(opened.With("bob:nyn"), Ann, 1, Later));
        Assert.Equal((MeetingState.Scheduled, Morning(1), scheduled.Sequence + 1), (moved.State.State, moved.State.Time, moved.State.Sequence));
        var stays = Assert.IsType<MeetingOutcome.Changed>(ClosePoll.Early(opened.With("bob:nnn"), Ann, 1, Later));
        Assert.Equal((MeetingState.Scheduled, Morning(4), scheduled.Sequence), (stays.State.State, stays.State.Time, stays.State.Sequence));
        Assert.NotNull(stays.State.Poll!.ClosedAt);
    }

    [Fact]
    public void A_poll_that_decides_for_the_time_it_has_already_closes_and_invites_nobody_again()
    {
        var opened = PollRules.Open(Meeting(Required("bob")) with { State = MeetingState.Scheduled, Time = Morning(1) }, Ann, Mornings(), Deadline, Office, Now).State;
        var closed = Assert.IsType<MeetingOutcome.Changed>(ClosePoll.Early(opened.With("bob:nyn"), Ann, 1, Later));
        Assert.Equal((Morning(1), opened.Sequence, Later), (closed.State.Time, closed.State.Sequence, closed.State.Poll!.ClosedAt));
        Assert.Empty(closed.Mails);
    }

    public static TheoryData<string, string> Unopened => new()
    {
        { "one", "Please choose 2 to 5 times to ask about." },
        { "six", "Please choose 2 to 5 times to ask about." },
        { "twice", "The same time is there twice." },
        { "past", "One of the times has passed." },
        { "late", "The deadline has passed." },
        { "after", "The deadline must be before the first of the times, Mon 30 Nov 2026, 10:00 (Europe/Berlin)." },
        { "cancelled", "The meeting was cancelled." },
        { "over", "The meeting is over." },
        { "outside", "Nobody inside is invited" },
    };

    [Theory, MemberData(nameof(Unopened))]
    public void What_cannot_be_asked_says_why(string what, string sentence)
    {
        var meeting = what switch
        {
            "cancelled" => Meeting(Required("bob")) with { State = MeetingState.Cancelled },
            "over" => Meeting(Required("bob")) with { State = MeetingState.Scheduled, Time = Morning(-30) },
            "outside" => Meeting(Guest("kim@contoso.example")),
            _ => Meeting(Required("bob")),
        };
        IReadOnlyList<MeetingTime> times = what switch
        {
            "one" => Mornings(1),
            "six" => Mornings(6),
            "twice" => [Morning(0), Morning(0)],
            "past" => [Morning(-8), Morning(0)],
            _ => Mornings(),
        };
        var deadline = what switch { "late" => Now, "after" => Morning(0).Start, _ => Deadline };
        var outcome = Assert.IsType<MeetingOutcome.Unchanged>(PollRules.Open(meeting, Ann, times, deadline, Office, Now));
        Assert.Equal(meeting, outcome.State);
        Assert.StartsWith("Nobody was asked. ", outcome.Sentence, StringComparison.Ordinal);
        Assert.Contains(sentence, outcome.Sentence, StringComparison.Ordinal);
    }

    // ---- vote

    [Fact]
    public void An_answer_counts_and_disturbs_nobody()
    {
        var cast = Assert.IsType<MeetingOutcome.Changed>(Opened(Required("bob"), Required("eve")).Cast("bob", "yin"));
        Assert.Equal([Vote.Yes, Vote.IfNeedBe, Vote.No], Assert.Single(cast.State.Poll!.Ballots).Votes);
        Assert.Equal((Renewal.Nobody, 0, "bob"), (cast.Renews, cast.Tells.Count, cast.Entry.Who.ObjectId));
    }

    [Fact]
    public void The_last_who_answers_lets_the_organiser_know_once()
    {
        var before = Opened(Required("bob"), Optional("eve"), Guest("kim@contoso.example")).With("bob:yin");
        var last = Assert.IsType<MeetingOutcome.Changed>(before.Cast("eve", "nnn"));
        Assert.Equal((Ann, "Everybody has answered. You can close the poll now."), (Assert.Single(last.Tells).ObjectId, last.Tells[0].Sentence));
        Assert.Empty(Assert.IsType<MeetingOutcome.Changed>(last.State.Cast("eve", "yyy")).Tells);
        Assert.Empty(Assert.IsType<MeetingOutcome.Changed>(last.State.Cast(Ann, "yyy")).Tells);
    }

    [Fact]
    public void The_same_answer_again_changes_nothing_and_another_one_takes_its_place()
    {
        var meeting = Opened(Required("bob"), Required("eve")).With("bob:yin", "eve:yyy");
        Assert.Equal(meeting, Assert.IsType<MeetingOutcome.Unchanged>(meeting.Cast("bob", "yin")).State);
        Assert.Null(Assert.IsType<MeetingOutcome.Unchanged>(meeting.Cast("bob", "yin")).Sentence);
        var changed = meeting.Cast("bob", "nnn").State;
        Assert.Equal(["bob", "eve"], changed.Poll!.Ballots.Select(ballot => ballot.Key).Order());
        Assert.Equal([1, 1, 1], PollTally.Of(changed, changed.Poll).Times.Select(time => time.Required.No));
    }

    [Theory]
    [InlineData("y-n"), InlineData("yy"), InlineData("yyyy"), InlineData("")]
    public void Half_an_answer_is_none(string letters) =>
        Assert.Contains("for every time", Assert.IsType<MeetingOutcome.Unchanged>(Opened(Required("bob")).Cast("bob", letters)).Sentence, StringComparison.Ordinal);

    [Theory]
    [InlineData("mallory"), InlineData("kim@contoso.example")]
    public void Whoever_has_no_card_cannot_answer(string who)
    {
        var meeting = Opened(Required("bob"), Guest("kim@contoso.example"));
        Assert.Equal(meeting, Assert.IsType<MeetingOutcome.Unchanged>(meeting.Cast(who, "yyy")).State);
    }

    [Fact]
    public void A_late_answer_hears_how_it_stands()
    {
        var meeting = Opened(Required("bob"), Required("eve")).With("bob:yyn");
        // The deadline counts, whether or not a wake-up has come.
        Assert.Equal("Nothing was changed: the poll is closed. Ann chooses a time.", Assert.IsType<MeetingOutcome.Unchanged>(meeting.Cast("eve", "yyy", Deadline)).Sentence);
        Assert.IsType<MeetingOutcome.Changed>(meeting.Cast("eve", "yyy", Deadline.AddTicks(-1)));
        var scheduled = ClosePoll.Early(meeting, Ann, 1, Later).State;
        Assert.Equal("Nothing was changed: the poll is closed. The meeting takes place Mon 30 Nov 2026, 10:00 (Europe/Berlin).", Assert.IsType<MeetingOutcome.Unchanged>(scheduled.Cast("eve", "yyy", Later)).Sentence);
        Assert.Contains("will not take place", Assert.IsType<MeetingOutcome.Unchanged>((meeting with { State = MeetingState.Cancelled }).Cast("eve", "yyy")).Sentence, StringComparison.Ordinal);
        Assert.Contains("the poll is closed", Assert.IsType<MeetingOutcome.Unchanged>(Meeting(Required("bob")).Cast("bob", "yyy")).Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void A_card_of_an_older_poll_votes_in_no_other()
    {
        var meeting = PollRules.Open(Opened(Required("bob")), Ann, [Morning(5), Morning(6), Morning(7)], Deadline, Office, Later).State;
        foreach (var number in (int?[])[1, 3, null])
        {
            Assert.Contains("asks about other times now", Assert.IsType<MeetingOutcome.Unchanged>(PollRules.Cast(meeting, "bob", number, Votes("yyy"), Later)).Sentence, StringComparison.Ordinal);
            Assert.Contains("asks about other times now", Assert.IsType<MeetingOutcome.Unchanged>(ClosePoll.Early(meeting, Ann, number, Later)).Sentence, StringComparison.Ordinal);
        }
    }

    // ---- remind

    [Fact]
    public void Only_those_who_owe_an_answer_are_reminded()
    {
        var meeting = Opened(Required("bob"), Optional("eve"), Required("cy"), Guest("kim@contoso.example")).With("bob:yyy");
        var reminded = Assert.IsType<MeetingOutcome.Changed>(PollRules.Remind(meeting, Ann, 1, Later));
        Assert.Equal(["cy", "eve"], reminded.Tells.Select(tell => tell.ObjectId).Order());
        Assert.All(reminded.Tells, tell => Assert.Equal(("A reminder: Ann waits for your answer.", NoticeKind.Reminder), (tell.Sentence, tell.Kind)));
        Assert.Contains("Please give them until", Assert.IsType<MeetingOutcome.Unchanged>(PollRules.Remind(reminded.State, Ann, 1, Later.AddHours(3))).Sentence, StringComparison.Ordinal);
        Assert.IsType<MeetingOutcome.Changed>(PollRules.Remind(reminded.State, Ann, 1, Later.AddHours(4)));
        Assert.Contains("Please give them until", Assert.IsType<MeetingOutcome.Unchanged>(PollRules.Remind(meeting, Ann, 1, Now.AddHours(3))).Sentence, StringComparison.Ordinal);
        Assert.Contains("everybody has answered", Assert.IsType<MeetingOutcome.Unchanged>(PollRules.Remind(meeting.With("eve:yyy", "cy:nnn"), Ann, 1, Later)).Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void The_reminder_that_comes_by_itself_comes_once()
    {
        var meeting = Opened(Required("bob"), Required("eve")).With("bob:yyy");
        var due = meeting.Poll!.RemindAt!.Value;
        Assert.IsType<MeetingOutcome.Unchanged>(PollRules.RemindWhenDue(meeting, due.AddTicks(-1)));
        var reminded = Assert.IsType<MeetingOutcome.Changed>(PollRules.RemindWhenDue(meeting, due));
        Assert.Equal("eve", Assert.Single(reminded.Tells).ObjectId);
        Assert.IsType<MeetingOutcome.Unchanged>(PollRules.RemindWhenDue(reminded.State, due.AddHours(1)));
        Assert.IsType<MeetingOutcome.Unchanged>(PollRules.RemindWhenDue(meeting, Deadline));
        Assert.IsType<MeetingOutcome.Unchanged>(PollRules.RemindWhenDue(meeting.With("eve:yyy"), due));
        // The organiser was faster.
        Assert.IsType<MeetingOutcome.Unchanged>(PollRules.RemindWhenDue(PollRules.Remind(meeting, Ann, 1, due.AddHours(-1)).State, due));
    }

    [Theory]
    [InlineData("2026-11-27T09:00", "2026-11-26T09:00")]
    [InlineData("2026-11-30T09:00", "2026-11-27T09:00")]
    [InlineData("2026-11-24T09:00", "2026-11-23T21:00")]
    [InlineData("2026-11-23T11:00", "2026-11-23T10:00")]
    public void A_reminder_comes_a_working_day_before_or_at_the_half(string deadline, string reminder) =>
        Assert.Equal(At(reminder), PollTimes.RemindAt(Now, At(deadline), Office, Zone));

    [Fact]
    public void Only_the_organiser_opens_reminds_and_closes()
    {
        var meeting = Opened(Required("bob"));
        foreach (var outcome in (MeetingOutcome[])[PollRules.Open(meeting, "bob", Mornings(2), Deadline, Office, Now), PollRules.Remind(meeting, "bob", 1, Later), ClosePoll.Early(meeting, "bob", 1, Later)])
        {
            Assert.Contains("only Ann", Assert.IsType<MeetingOutcome.Unchanged>(outcome).Sentence, StringComparison.Ordinal);
        }
        foreach (var outcome in (MeetingOutcome[])[PollRules.Open(meeting, "mallory", Mornings(2), Deadline, Office, Now), PollRules.Remind(meeting, "mallory", 1, Later), ClosePoll.Early(meeting, "mallory", 1, Later)])
        {
            Assert.IsType<MeetingOutcome.Unchanged>(outcome);
        }
    }

    // ---- close

    [Theory]
    [InlineData("whatever one required person cannot is out", "bob:nyy eve:yyn", 1)]
    [InlineData("most yes of the required", "bob:iyy eve:yiy cy:yyy", 2)]
    [InlineData("if need be is less than yes", "bob:iyi eve:iii", 1)]
    [InlineData("most yes of the optional breaks a tie", "bob:yyi eve:yyy odd:iyy", 1)]
    [InlineData("then fewest no of the optional", "bob:yyy eve:yyy odd:nyi pat:yii", 1)]
    [InlineData("then the earliest", "bob:iii eve:iii", 0)]
    [InlineData("optional people rule nothing out", "bob:yii eve:yii odd:nyy pat:nyy", 0)]
    [InlineData("the organiser counts as required once they answered", "ann:nyy bob:yii eve:yii", 1)]
    public void The_consensus_is_that_of_the_rule(string why, string answers, int taken)
    {
        var meeting = Opened(Required("bob"), Required("eve"), Required("cy"), Optional("odd"), Optional("pat"), Guest("kim@contoso.example")).With(answers.Split(' '));
        Assert.Equal((why, Morning(taken)), (why, ClosePoll.Early(meeting, Ann, 1, Later).State.Time));
        // The order of the poll is no reason.
        var turned = meeting with { Poll = meeting.Poll! with { Times = [.. meeting.Poll.Times.Reverse()], Ballots = [.. meeting.Poll.Ballots.Select(ballot => ballot with { Votes = [.. ballot.Votes.Reverse()] })] } };
        Assert.Equal((why, Morning(taken)), (why, ClosePoll.Early(turned, Ann, 1, Later).State.Time));
    }

    [Fact]
    public void Nothing_works_says_so_and_the_organiser_decides()
    {
        var meeting = Opened(Required("bob"), Required("eve")).With("bob:nyy", "eve:ynn");
        var closed = Assert.IsType<MeetingOutcome.Changed>(ClosePoll.WhenDue(meeting, Deadline));
        Assert.Equal((MeetingState.Finding, null, Deadline), (closed.State.State, closed.State.Time, closed.State.Poll!.ClosedAt));
        Assert.Equal((Ann, NoticeKind.Reminder), (Assert.Single(closed.Tells).ObjectId, closed.Tells[0].Kind));
        Assert.Contains("none of its times works", closed.Tells[0].Sentence, StringComparison.Ordinal);
        Assert.IsType<PollVerdict.Impossible>(ClosePoll.VerdictOf(PollTally.Of(closed.State, closed.State.Poll), closed.State.Poll));
    }

    [Fact]
    public void At_the_deadline_nobodys_silence_is_a_yes()
    {
        var meeting = Opened(Required("bob"), Required("eve"), Optional("odd")).With("bob:iyy");
        var closed = Assert.IsType<MeetingOutcome.Changed>(ClosePoll.WhenDue(meeting, Deadline));
        Assert.Null(closed.State.Time);
        Assert.Equal("The poll closed, and Eve did not answer. You decide.", Assert.Single(closed.Tells).Sentence);
        var verdict = Assert.IsType<PollVerdict.Undecided>(ClosePoll.VerdictOf(PollTally.Of(closed.State, closed.State.Poll!), closed.State.Poll!));
        Assert.Equal([Morning(1), Morning(2), Morning(0)], verdict.Possible);
        // The organiser may go on without them before, or when only optional ones are silent.
        Assert.Equal(Morning(1), ClosePoll.Early(meeting, Ann, 1, Later).State.Time);
        Assert.Equal(Morning(1), ClosePoll.WhenDue(meeting.With("eve:iyi"), Deadline).State.Time);
    }

    [Fact]
    public void Where_nobody_answered_nothing_is_decided()
    {
        foreach (var meeting in (Meeting[])[Opened(Required("bob")), Opened(Optional("bob"))])
        {
            Assert.Null(Assert.IsType<MeetingOutcome.Changed>(ClosePoll.Early(meeting, Ann, 1, Later)).State.Time);
            Assert.Null(Assert.IsType<MeetingOutcome.Changed>(ClosePoll.WhenDue(meeting, Deadline)).State.Time);
        }
    }

    [Fact]
    public void A_time_that_has_passed_is_not_taken()
    {
        var meeting = Opened(Required("bob")).With("bob:yii");
        Assert.Equal(Morning(1), ClosePoll.WhenDue(meeting, Morning(0).Start).State.Time);
        Assert.Null(ClosePoll.WhenDue(meeting, Morning(2).Start).State.Time);
    }

    [Fact]
    public void A_decision_invites_everybody_and_the_organiser_hears_of_it_at_the_deadline()
    {
        var meeting = Opened(Required("bob"), Optional("eve"), Guest("kim@contoso.example")).With("bob:nyn");
        var closed = Assert.IsType<MeetingOutcome.Changed>(ClosePoll.WhenDue(meeting, Deadline));
        Assert.Equal(["ann", "bob", "eve"], closed.Tells.Select(tell => tell.ObjectId).Order());
        Assert.Contains("The poll decided for Tue 1 Dec 2026, 10:00 (Europe/Berlin)", closed.Tells.Single(tell => tell.ObjectId == Ann).Sentence, StringComparison.Ordinal);
        // Of these, only the guest has an address.
        Assert.Single(closed.Mails);
        var early = Assert.IsType<MeetingOutcome.Changed>(ClosePoll.Early(meeting, Ann, 1, Later));
        Assert.Equal(["bob", "eve"], early.Tells.Select(tell => tell.ObjectId).Order());
    }

    [Fact]
    public void Who_said_yes_to_the_time_that_is_taken_need_not_answer_again()
    {
        var meeting = Opened(Required("bob"), Required("cy"), Optional("eve"), Optional("fay"), Guest("kim@contoso.example")).With("bob:nyn", "cy:yiy", "eve:yny");
        var closed = Assert.IsType<MeetingOutcome.Changed>(ClosePoll.Early(meeting, Ann, 1, Later));
        Assert.Equal((Morning(1), "Accepted, Tentative, Owed, Owed, Owed"), (closed.State.Time, string.Join(", ", closed.State.Invitees.Select(invitee => invitee.Reply))));
        Assert.Equal(Now.AddHours(1), closed.State.Find("bob")!.RepliedAt);
        Assert.Equal(
            [
                "Ann invites you to this meeting. You said yes to this time, so you are counted as coming.",
                "Ann invites you to this meeting. You said that you can if need be, so you are counted as coming perhaps.",
                "Ann invites you to this meeting.",
                "Ann invites you to this meeting.",
            ],
            closed.Tells.Select(tell => tell.Sentence));
        // They may change it, as anybody may.
        Assert.Equal(Reply.Declined, ReplyRules.Answer(closed.State, "bob", Reply.Declined, null, closed.State.Sequence, Later).State.Find("bob")!.Reply);
        // A later time is none that they said yes to.
        Assert.All(MeetingRules.Move(closed.State, Ann, Morning(3).Start, Later).State.Invitees, invitee => Assert.Equal(Reply.Owed, invitee.Reply));
    }

    [Fact]
    public void Answers_count_too_where_it_is_moved_by_a_poll_has_the_time_already_or_its_organiser_decides()
    {
        var scheduled = PollRules.Open(Meeting(Required("bob"), Optional("eve")) with { State = MeetingState.Scheduled, Time = Morning(4) }, Ann, Mornings(), Deadline, Office, Now).State.With("bob:nyn");
        var moved = Assert.IsType<MeetingOutcome.Changed>(ClosePoll.Early(scheduled, Ann, 1, Later));
        Assert.Equal("Ann moved this meeting. Before, it was at Fri 4 Dec 2026, 10:00 (Europe/Berlin). You said yes to this time, so you are counted as coming.", moved.Tells.Single(tell => tell.ObjectId == "bob").Sentence);
        Assert.Contains("please answer again", moved.Tells.Single(tell => tell.ObjectId == "eve").Sentence, StringComparison.Ordinal);
        var has = ClosePoll.Early(scheduled with { Time = Morning(1), Invitees = [Required("bob"), Optional("eve") with { Reply = Reply.Declined }] }, Ann, 1, Later).State;
        Assert.Equal((Reply.Accepted, Reply.Declined), (has.Find("bob")!.Reply, has.Find("eve")!.Reply));
        var undecided = ClosePoll.WhenDue(Opened(Required("bob"), Required("cy")).With("bob:nyn"), Deadline).State;
        var decided = ClosePoll.Decide(undecided, Ann, 1, Morning(1).Start, Deadline).State;
        Assert.Equal((MeetingState.Scheduled, Reply.Accepted, Reply.Owed), (decided.State, decided.Find("bob")!.Reply, decided.Find("cy")!.Reply));
        Assert.Equal(Reply.Owed, ClosePoll.Decide(undecided, Ann, 1, Morning(0).Start, Deadline).State.Find("bob")!.Reply);
        // It has become shorter since: that is another time.
        Assert.Equal(Reply.Owed, ClosePoll.Decide(MeetingChangeRules.Shorten(undecided, Ann, 30, Deadline).State, Ann, 1, Morning(1).Start, Deadline).State.Find("bob")!.Reply);
    }

    [Fact]
    public void A_closed_poll_closes_once()
    {
        var closed = ClosePoll.WhenDue(Opened(Required("bob")).With("bob:nnn"), Deadline).State;
        Assert.Equal(closed, Assert.IsType<MeetingOutcome.Unchanged>(ClosePoll.WhenDue(closed, Deadline.AddHours(1))).State);
        Assert.IsType<MeetingOutcome.Unchanged>(ClosePoll.Early(closed, Ann, 1, Later));
        Assert.IsType<MeetingOutcome.Unchanged>(ClosePoll.WhenDue(Opened(Required("bob")), Deadline.AddTicks(-1)));
        Assert.IsType<MeetingOutcome.Unchanged>(ClosePoll.WhenDue(Opened(Required("bob")) with { State = MeetingState.Cancelled }, Deadline));
    }

    [Fact]
    public void Whoever_is_no_longer_invited_counts_no_longer()
    {
        var meeting = Opened(Required("bob"), Required("eve")).With("bob:nnn", "eve:yyy");
        Assert.Equal(Morning(0), ClosePoll.Early(meeting with { Invitees = [Required("eve")] }, Ann, 1, Later).State.Time);
    }
}

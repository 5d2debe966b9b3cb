using CoordinationBot.Meetings;
using static CoordinationBot.Tests.Meetings.MeetingSamples;

namespace CoordinationBot.Tests.Meetings;

public sealed class MeetingRulesTests
{
    [Fact]
    public void Scheduling_invites_everybody_once_and_reminds_before_it_begins()
    {
        var changed = MeetingRules.Schedule(Finding(), "ann", Start, Now).Changed();
        Assert.Equal((MeetingState.Scheduled, 0, 0, 2), (changed.State.State, changed.State.Sequence, changed.State.TimedIn, changed.State.Revision));
        Assert.Equal(["bob", "eve"], changed.Told());
        Assert.Equal(["bob@contoso.example", "kim@fabrikam.example"], changed.Mails);
        Assert.Equal([Start.AddMinutes(-15)], changed.Looks);
        Assert.All(changed.State.Invitees, invitee => Assert.Equal(Reply.Owed, invitee.Reply));
        Assert.Equal((2, "Ann Abel"), (changed.Entry.Number, changed.Entry.Who.Name));
        Assert.Null(MeetingRules.Schedule(changed.State, "ann", Start, Now).Refused());
        Assert.Contains("it is at Wed 25 Nov 2026, 14:00 (Europe/Berlin).", MeetingRules.Schedule(changed.State, "ann", Start.AddDays(1), Now).Refused(), StringComparison.Ordinal);
    }

    [Fact]
    public void Only_the_organiser_acts_on_it()
    {
        var scheduled = Scheduled();
        MeetingOutcome[] tried =
        [
            MeetingRules.Schedule(Finding(), "bob", Start, Now),
            MeetingRules.Move(scheduled, "bob", Start.AddHours(1), Now),
            MeetingRules.Cancel(scheduled, "bob", null, Now),
            MeetingChangeRules.Change(scheduled, "bob", MeetingDetails.Of(scheduled) with { Place = "Room 1" }, Now),
            MeetingChangeRules.Widen(Finding(), "bob", Now.AddDays(20), Now),
            MeetingChangeRules.Shorten(Finding(), "bob", 15, Now),
            MeetingChangeRules.MakeOptional(Finding(), "eve", "bob", Now),
        ];
        Assert.All(tried, outcome => Assert.Equal("Nothing was changed: only Ann Abel, who arranges this meeting, can do that.", outcome.Refused()));
    }

    [Fact]
    public void A_time_that_has_passed_is_not_taken()
    {
        Assert.Equal("That time has passed. Please take another one.", MeetingRules.Schedule(Finding(), "ann", Now, Now).Refused());
        Assert.Equal("That time has passed. Please take another one.", MeetingRules.Move(Scheduled(), "ann", Now.AddMinutes(-5), Now).Refused());
    }

    [Fact]
    public void Moving_asks_everybody_anew_and_moving_to_where_it_is_does_nothing()
    {
        var answered = ReplyRules.Answer(Scheduled(), "bob", Reply.Accepted, "fine", 0, Now).State;
        Assert.Null(MeetingRules.Move(answered, "ann", Start, Now).Refused());
        var moved = MeetingRules.Move(answered, "ann", Start.AddDays(1), Now).Changed();
        Assert.Equal((1, 1, Reply.Owed, null), (moved.State.Sequence, moved.State.TimedIn, moved.State.ReplyOf("bob"), moved.State.Find("bob")!.Comment));
        Assert.Equal(["bob", "eve"], moved.Told());
        Assert.All(moved.Tells, tell => Assert.Contains("Before, it was at Wed 25 Nov 2026, 14:00 (Europe/Berlin).", tell.Sentence, StringComparison.Ordinal));
        Assert.Equal("Nothing was changed: it has begun.", MeetingRules.Move(answered, "ann", Start.AddDays(1), Start).Refused());
        Assert.Equal("Nothing was changed: it is over.", MeetingRules.Move(answered, "ann", Start.AddDays(1), Start.AddHours(2)).Refused());
    }

    [Fact]
    public void What_begins_soon_is_told_at_once()
    {
        Assert.All(MeetingRules.Schedule(Finding(), "ann", Now.AddMinutes(90), Now).Changed().Tells, tell => Assert.True(tell.IsUrgent));
        Assert.All(MeetingRules.Schedule(Finding(), "ann", Start, Now).Changed().Tells, tell => Assert.False(tell.IsUrgent));
        Assert.All(MeetingRules.Cancel(Scheduled(), "ann", null, Start.AddMinutes(-20)).Changed().Tells, tell => Assert.True(tell.IsUrgent));
        Assert.All(MeetingRules.Move(Scheduled(), "ann", Start.AddDays(3), Start.AddMinutes(-20)).Changed().Tells, tell => Assert.True(tell.IsUrgent));
    }

    [Fact]
    public void Cancelling_tells_whoever_knew_of_it()
    {
        var dropped = MeetingRules.Cancel(Finding(), "ann", null, Now).Changed();
        Assert.Empty(dropped.Tells);
        Assert.Empty(dropped.Mails);
        Assert.Equal(0, dropped.State.Sequence);
        var cancelled = MeetingRules.Cancel(Scheduled(), "ann", "No budget", Now).Changed();
        Assert.Equal((1, "No budget", MeetingState.Cancelled), (cancelled.State.Sequence, cancelled.State.Reason, cancelled.State.State));
        Assert.Equal(["bob", "eve"], cancelled.Told());
        Assert.Equal(["bob@contoso.example", "kim@fabrikam.example"], cancelled.Mails);
        Assert.Null(MeetingRules.Cancel(cancelled.State, "ann", null, Now).Refused());
        Assert.Equal("Nothing was changed: it was cancelled.", MeetingRules.Move(cancelled.State, "ann", Start.AddDays(1), Now).Refused());
        Assert.Equal("Nothing was changed: it was cancelled.", ReplyRules.Answer(cancelled.State, "bob", Reply.Accepted, null, 1, Now).Refused());
        Assert.Contains("characters at most", MeetingRules.Cancel(Scheduled(), "ann", new string('x', 301), Now).Refused(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_answer_changes_one_answer_and_tells_the_organiser_only_what_matters()
    {
        var meeting = Scheduled();
        var accepted = ReplyRules.Answer(meeting, "bob", Reply.Accepted, null, 0, Now).Changed();
        Assert.Empty(accepted.Tells);
        Assert.Empty(accepted.Mails);
        Assert.Equal((Renewal.Organiser, 0), (accepted.Renews, accepted.State.Sequence));
        Assert.Equal(["ann"], ReplyRules.Answer(meeting, "bob", Reply.Declined, "on leave", 0, Now).Told());
        Assert.Empty(ReplyRules.Answer(meeting, "eve", Reply.Declined, null, 0, Now).Changed().Tells);
        Assert.Null(ReplyRules.Answer(accepted.State, "bob", Reply.Accepted, null, 0, Now).Refused());
        // Declined twice, with another word: told once.
        Assert.Empty(ReplyRules.Answer(ReplyRules.Answer(meeting, "bob", Reply.Declined, null, 0, Now).State, "bob", Reply.Declined, "sorry", 0, Now).Changed().Tells);
        Assert.Equal("Nothing was changed: it has begun.", ReplyRules.Answer(meeting, "bob", Reply.Declined, null, 0, Start).Refused());
        Assert.Equal("Nothing was changed: it has no time yet.", ReplyRules.Answer(Finding(), "bob", Reply.Accepted, null, 0, Now).Refused());
        Assert.Equal("You arrange this meeting, so you need not answer.", ReplyRules.Answer(meeting, "ann", Reply.Accepted, null, 0, Now).Refused());
        Assert.Contains("characters at most", ReplyRules.Answer(meeting, "bob", Reply.Accepted, new string('x', 301), 0, Now).Refused(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_answer_to_an_older_time_is_none_to_the_new_one_but_a_change_of_place_asks_nobody_anew()
    {
        var moved = MeetingRules.Move(Scheduled(), "ann", Start.AddDays(1), Now).State;
        Assert.Contains("The time has changed since.", ReplyRules.Answer(moved, "bob", Reply.Accepted, null, 0, Now).Refused(), StringComparison.Ordinal);
        var placed = MeetingChangeRules.Change(moved, "ann", MeetingDetails.Of(moved) with { Place = "Room 5" }, Now).State;
        Assert.Equal((2, 1), (placed.Sequence, placed.TimedIn));
        Assert.Equal(Reply.Accepted, ReplyRules.Answer(placed, "bob", Reply.Accepted, null, 1, Now).Changed().State.ReplyOf("bob"));
    }

    [Fact]
    public void Adding_and_taking_out_touches_nobody_else()
    {
        var meeting = ReplyRules.Answer(Scheduled(), "bob", Reply.Accepted, null, 0, Now).State;
        var lee = new Invitee { Key = "lee", Name = "Lee Lin", Mail = "lee@contoso.example", IsRequired = true };
        var added = MeetingChangeRules.Change(meeting, "ann", MeetingDetails.Of(meeting) with { Invitees = [.. meeting.Invitees, lee] }, Now).Changed();
        Assert.Equal(["lee"], added.Told());
        Assert.Equal(["lee@contoso.example"], added.Mails);
        Assert.Equal((1, Reply.Accepted), (added.State.Sequence, added.State.ReplyOf("bob")));
        var removed = MeetingChangeRules.Change(added.State, "ann", MeetingDetails.Of(added.State) with { Invitees = [.. added.State.Invitees.Where(known => known.Key is not ("bob" or "kim@fabrikam.example"))] }, Now).Changed();
        Assert.Equal(["bob"], removed.Told());
        Assert.Equal(["bob@contoso.example", "kim@fabrikam.example"], removed.Mails);
        Assert.Equal((2, false), (removed.State.Sequence, removed.State.Includes("bob")));
    }

    [Theory]
    [InlineData(30, 0, nameof(Reply.Accepted)), InlineData(60, 1, nameof(Reply.Owed))]
    public void A_longer_meeting_needs_new_answers_a_shorter_one_does_not(int minutes, int timedIn, string reply)
    {
        var meeting = ReplyRules.Answer(Scheduled(), "bob", Reply.Accepted, null, 0, Now).State;
        var changed = MeetingChangeRules.Change(meeting, "ann", MeetingDetails.Of(meeting) with { Minutes = minutes }, Now).Changed();
        Assert.Equal((1, timedIn, reply, minutes), (changed.State.Sequence, changed.State.TimedIn, changed.State.ReplyOf("bob").ToString(), changed.State.Time!.Minutes));
        Assert.Equal(["bob", "eve"], changed.Told());
    }

    [Fact]
    public void The_same_again_is_no_change()
    {
        foreach (var meeting in (Meeting[])[Finding(), Scheduled()])
        {
            Assert.Null(MeetingChangeRules.Change(meeting, "ann", MeetingDetails.Of(meeting), Now).Refused());
        }
    }

    [Fact]
    public void While_a_time_is_looked_for_nobody_hears_of_changes()
    {
        Assert.Equal(Renewal.Organiser, MeetingRules.Begin(Finding()).Renews);
        var changed = MeetingChangeRules.Change(Finding(), "ann", MeetingDetails.Of(Finding()) with { Minutes = 30, Invitees = [Bob] }, Now).Changed();
        Assert.Empty(changed.Tells);
        Assert.Empty(changed.Mails);
        Assert.Equal((0, 30), (changed.State.Sequence, changed.State.Minutes));
        Assert.Contains("62 days ahead at most", MeetingChangeRules.Widen(Finding(), "ann", Now.AddDays(63), Now).Refused(), StringComparison.Ordinal);
        Assert.Equal(Now.AddDays(14), MeetingChangeRules.Widen(Finding(), "ann", Now.AddDays(14), Now).State.Window.Until);
        Assert.Null(MeetingChangeRules.Shorten(Finding(), "ann", 60, Now).Refused());
        Assert.False(MeetingChangeRules.MakeOptional(Finding(), "ann", "bob", Now).Changed().State.Find("bob")!.IsRequired);
        Assert.Null(MeetingChangeRules.MakeOptional(Finding(), "ann", "nobody", Now).Refused());
    }

    [Fact]
    public void Whoever_comes_is_reminded_once_for_each_time()
    {
        var meeting = ReplyRules.Answer(Scheduled(), "eve", Reply.Declined, null, 0, Now).State;
        Assert.Null(MeetingRules.Remind(meeting, Start.AddMinutes(-16)).Refused());
        var reminded = MeetingRules.Remind(meeting, Start.AddMinutes(-15)).Changed();
        Assert.Equal(["ann", "bob"], reminded.Told());
        Assert.Null(MeetingRules.Remind(reminded.State, Start.AddMinutes(-10)).Refused());
        Assert.Null(MeetingRules.Remind(meeting, Start).Refused());
        // Whoever hears of it in the last minutes needs no reminder.
        Assert.Null(MeetingRules.Remind(MeetingRules.Schedule(Finding(), "ann", Start, Start.AddMinutes(-10)).State, Start.AddMinutes(-9)).Refused());
        var moved = MeetingRules.Move(reminded.State, "ann", Start.AddDays(1), Start.AddMinutes(-10)).State;
        Assert.Equal(["ann", "bob", "eve"], MeetingRules.Remind(moved, Start.AddDays(1).AddMinutes(-5)).Told());
    }

    [Fact]
    public void Only_whoever_must_come_and_is_busy_blocks_a_time_and_what_ends_as_it_begins_does_not()
    {
        var time = new NodaTime.Interval(NodaTime.Instant.FromDateTimeOffset(Start), NodaTime.Instant.FromDateTimeOffset(Start.AddMinutes(45)));
        CoordinationBot.Calendars.Attendee With(string key, bool isRequired, int fromMinutes, int untilMinutes, CoordinationBot.Calendars.BusyKind kind) => new(
            key,
            key,
            isRequired,
            NodaTime.DateTimeZone.Utc,
            new CoordinationBot.Dialogs.OfficeOptions().Times,
            new CoordinationBot.Calendars.Availability(true, [new(time.Start + NodaTime.Duration.FromMinutes(fromMinutes), time.Start + NodaTime.Duration.FromMinutes(untilMinutes), kind)]));
        var blocking = OverlapRules.Blocking(
            [
                With("before", true, -30, 0, CoordinationBot.Calendars.BusyKind.Busy),
                With("after", true, 45, 60, CoordinationBot.Calendars.BusyKind.Busy),
                With("inside", true, 10, 20, CoordinationBot.Calendars.BusyKind.Busy),
                With("around", true, -10, 90, CoordinationBot.Calendars.BusyKind.Away),
                With("perhaps", true, 0, 45, CoordinationBot.Calendars.BusyKind.Tentative),
                With("focus", true, 0, 45, CoordinationBot.Calendars.BusyKind.Focus),
                With("optional", false, 0, 45, CoordinationBot.Calendars.BusyKind.Busy),
            ],
            time);
        Assert.Equal(["inside", "around"], blocking.Select(attendee => attendee.Key));
    }
}

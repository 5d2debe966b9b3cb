using System.Text.Json.Nodes;
using CoordinationBot.Meetings;
using CoordinationBot.Tests.Meetings;
using static CoordinationBot.Tests.Scenarios.Polling;

namespace CoordinationBot.Tests.Scenarios;

/// <summary>Which of three mornings suits. It is Monday; answers are taken until Friday, 10:00 in Berlin.</summary>
public sealed class PollScenarios
{
    private const string NoSuch = "There is no such meeting that you are part of.";

    [Fact]
    public async Task Everybody_inside_is_asked_and_nobody_outside()
    {
        await using var office = new TestOffice();
        await office.AsksAsync("bob", "eve?", "kim@contoso.example");
        foreach (var who in (string[])["bob", "eve"])
        {
            var card = await office.SeesAsync(who, Asked);
            Assert.Contains("Mon 30 Nov 2026, 10:00 (Europe/Berlin)", card.Words);
            Assert.Contains("Answer by: Fri 27 Nov 2026, 10:00 (Europe/Berlin)", card.Words);
            Assert.Contains("Everybody sees the numbers; Ann Abel sees who answered what.", card.Words);
            Assert.Contains("Guests from outside are not asked here.", card.Words);
            Assert.False(card.Card!.HasButton("Close now"));
        }
        var own = await office.SeesAsync("ann", "Not answered yet (2): Bob Berg, Eve Ek (optional)");
        Assert.Contains("I remind those who owe an answer Thu 26 Nov 2026, 10:00 (Europe/Berlin).", own.Words);
        Assert.True(own.Card!.HasButton("Close now") && own.Card!.HasButton("Remind"));
    }

    [Fact]
    public async Task An_answer_counts_can_be_changed_and_is_shown_to_everybody()
    {
        await using var office = new TestOffice();
        var id = await office.AsksAsync("bob", "eve");
        var answered = await office.AnswersAsync("bob", "yin");
        Assert.Contains("You have answered.", answered.Words);
        Assert.Contains("1 yes · 0 if need be · 0 no · 1 not yet", answered.Words);
        await office.WaitsAsync(PollShowing.OrganiserPause);
        await office.SeesAsync("ann", "Yes: Bob Berg");
        await office.AnswersAsync("bob", "nnn", "Change my answer");
        Assert.Equal([1, 1, 1], (await office.TallyAsync(id)).Times.Select(time => time.Required.No));
        await office.WaitsAsync(PollShowing.PauseFor(2));
        await office.SeesAsync("ann", "No: Bob Berg");
        var eves = await office.SeesAsync("eve", "0 yes · 0 if need be · 1 no · 1 not yet");
        Assert.DoesNotContain("Bob", eves.Words);
        // Nobody was told anything: their cards were renewed in place.
        Assert.Equal(1, office.Times("eve", Asked));
        Assert.Equal(0, office.Times("eve", "1 no"));
    }

    [Fact]
    public async Task The_same_press_again_changes_nothing()
    {
        await using var office = new TestOffice();
        var id = await office.AsksAsync("bob", "eve");
        var card = (await office.SeesAsync("bob", Asked)).Copy();
        for (var press = 0; press < 3; press++)
        {
            Assert.Contains("You have answered.", (await office.ClicksAsync("bob", card, "Answer", press < 2 ? "the-same" : null, ("vote-1", "Yes"), ("vote-2", "No"), ("vote-3", "No"))).Words);
        }
        await office.ClicksAsync("bob", card, "Answer", "the-same", ("vote-1", "No"), ("vote-2", "No"), ("vote-3", "No"));
        var meeting = await office.MeetingAsync(id);
        Assert.Equal((1, 3), (meeting.Poll!.Cast, meeting.Revision));
    }

    [Fact]
    public async Task Half_an_answer_is_asked_for_again_and_keeps_what_was_chosen()
    {
        await using var office = new TestOffice();
        await office.AsksAsync("bob", "eve");
        var again = await office.AnswersAsync("bob", "y-n");
        Assert.Contains("please choose yes, if need be or no for every time", again.Words);
        Assert.Equal(["Yes", "", "No"], CardReading.Buttons(again.Card!).First(button => button.Title == "Answer").Inputs.OrderBy(input => input.Key).Select(input => input.Value));
    }

    [Fact]
    public async Task When_all_have_answered_the_organiser_closes_it_and_everybody_is_invited()
    {
        await using var office = new TestOffice();
        var id = await office.AsksAsync("bob", "eve?");
        await office.AnswersAsync("bob", "niy");
        await office.AnswersAsync("eve", "ynn");
        await office.SeesAsync("ann", "Everybody has answered. You can close the poll now.");
        await office.WaitsAsync(PollShowing.OrganiserPause);
        await office.SeesAsync("ann", "As it stands: Wed 2 Dec 2026, 10:00 (Europe/Berlin). Closing takes it and invites everybody.");
        var closed = await office.ClicksAsync("ann", "Close now");
        Assert.Contains("When: Wed 2 Dec 2026, 10:00 to 10:45 (Europe/Berlin)", closed.Words);
        await office.SeesAsync("bob", "Ann Abel invites you to this meeting.");
        await office.SeesAsync("eve", "Ann Abel invites you to this meeting.");
        Assert.Equal((MeetingState.Scheduled, Polls.Morning(2).Start), ((await office.MeetingAsync(id)).State, (await office.MeetingAsync(id)).Time!.Start));
        Assert.Equal(1, office.Times("bob", "invites you"));
    }

    [Fact]
    public async Task At_the_deadline_it_closes_by_itself()
    {
        await using var office = new TestOffice();
        var id = await office.AsksAsync("bob", "eve?");
        await office.AnswersAsync("bob", "yyy");
        await office.ComesAsync(11, 27, 9);
        await office.SeesAsync("ann", "The poll decided for Mon 30 Nov 2026, 10:00 (Europe/Berlin). Everybody is invited.");
        await office.SeesAsync("bob", "Ann Abel invites you to this meeting.");
        await office.SeesAsync("eve", "Ann Abel invites you to this meeting.");
        Assert.Equal(Polls.Morning(0).Start, (await office.MeetingAsync(id)).Time!.Start);
        Assert.Equal(1, office.Times("ann", "The poll decided"));
    }

    [Fact]
    public async Task Somebody_required_who_is_silent_at_the_deadline_is_for_the_organiser_to_decide()
    {
        await using var office = new TestOffice();
        var id = await office.AsksAsync("bob", "eve");
        await office.AnswersAsync("bob", "nyy");
        await office.ComesAsync(11, 27, 9);
        var card = await office.SeesAsync("ann", "The poll closed, and Eve Ek did not answer. You decide.");
        Assert.Contains("I take nobody's silence for a yes. Please decide.", card.Words);
        Assert.Contains("Cannot: Bob Berg", card.Words);
        Assert.Null((await office.MeetingAsync(id)).Time);
        await office.SeesAsync("eve", "The poll is closed");
        Assert.Equal(0, office.Times("eve", "The poll is closed"));
        var take = CardReading.Buttons(card.Card!).Where(button => button.Title == "Take this").Skip(1).First();
        await office.PressAsync("ann", card, take.Action.DeepClone().AsObject(), take.Inputs, null);
        await office.SeesAsync("eve", "Ann Abel invites you to this meeting.");
        Assert.Equal(Polls.Morning(2).Start, (await office.MeetingAsync(id)).Time!.Start);
    }

    [Fact]
    public async Task When_nothing_works_it_says_who_cannot_and_the_organiser_decides()
    {
        await using var office = new TestOffice();
        var id = await office.AsksAsync("bob", "eve");
        await office.AnswersAsync("bob", "nny");
        await office.AnswersAsync("eve", "yyn");
        var closed = await office.ClicksAsync("ann", "Close now");
        Assert.Contains("None of the times suits everybody required.", closed.Words);
        Assert.Contains("Cannot: Eve Ek", closed.Words);
        Assert.Null((await office.MeetingAsync(id)).Time);
        Assert.DoesNotContain("Eve", (await office.SeesAsync("bob", "The poll is closed")).Words);
        await office.ClicksAsync("ann", "Take it all the same");
        await office.SeesAsync("bob", "Ann Abel invites you to this meeting.");
        Assert.Equal(Polls.Morning(0).Start, (await office.MeetingAsync(id)).Time!.Start);
    }

    [Fact]
    public async Task Only_those_who_owe_an_answer_are_reminded_and_once()
    {
        await using var office = new TestOffice();
        office.Add("cy", "Cy Cole");
        await office.AsksAsync("bob", "eve?", "cy");
        await office.AnswersAsync("bob", "yyy");
        Assert.Contains("Please give them until", (await office.ClicksAsync("ann", "Remind")).Words);
        await office.ComesAsync(11, 24, 9);
        await office.ClicksAsync("ann", "Remind");
        await office.SeesAsync("cy", "A reminder: Ann Abel waits for your answer.");
        await office.AnswersAsync("cy", "yyy");
        await office.ComesAsync(11, 26, 9);
        await office.UntilAsync(() => Reminders("eve") == 2 ? "twice" : null, () => "a second reminder", "eve");
        Assert.Equal((0, 2, 1, 0), (Reminders("bob"), Reminders("eve"), Reminders("cy"), Reminders("ann")));
        await office.ComesAsync(11, 26, 20);
        Assert.Equal(2, Reminders("eve"));

        int Reminders(string who) => office.Times(who, "A reminder");
    }

    [Fact]
    public async Task A_reminder_that_waits_for_the_morning_does_not_come_after_an_answer()
    {
        await using var office = new TestOffice(quietHours: "18:00-09:00");
        await office.AsksAsync("bob", "eve");
        await office.InvokesAsync("ann", "meeting.poll", Question((await office.SeesAsync("bob", Asked)).Words is var words ? IdIn(words) : "", date: "2026-11-28", time: "21:00"));
        await office.ComesAsync(11, 27, 20);
        await office.AnswersAsync("bob", "yyy");
        await office.ComesAsync(11, 30, 8);
        Assert.Equal(0, office.Times("bob", "A reminder"));
    }

    [Fact]
    public async Task A_late_answer_and_one_to_older_times_hear_how_it_stands()
    {
        await using var office = new TestOffice();
        var id = await office.AsksAsync("bob", "eve");
        var card = (await office.SeesAsync("bob", Asked)).Copy();
        Assert.Contains("2 to 5 times", (await office.InvokesAsync("ann", "meeting.poll", Question(id, times: [Polls.Morning(3)]))).Words);
        await office.InvokesAsync("ann", "meeting.poll", Question(id, times: [Polls.Morning(2), Polls.Morning(3)]));
        await office.SeesAsync("bob", "Ann Abel asks about other times now. Which of these suit you?");
        var stale = await office.ClicksAsync("bob", card, "Answer", null, ("vote-1", "Yes"), ("vote-2", "No"), ("vote-3", "No"));
        Assert.Contains("Ann Abel asks about other times now. Please answer about these.", stale.Words);
        // What was said to other times stands on none of these.
        Assert.All(CardReading.Buttons(stale.Card!).First(button => button.Title == "Answer").Inputs, input => Assert.Equal("", input.Value));
        await office.InvokesAsync("ann", "meeting.poll-close", new JsonObject { ["id"] = id, ["poll"] = "2" });
        var late = await office.ClicksAsync("bob", card, "Answer", null, ("vote-1", "Yes"), ("vote-2", "No"), ("vote-3", "No"));
        Assert.Contains("Nothing was changed: the poll is closed. Ann Abel chooses a time.", late.Words);
        Assert.Equal(0, (await office.MeetingAsync(id)).Poll!.Cast);
    }

    [Fact]
    public async Task Whoever_is_not_invited_learns_nothing()
    {
        await using var office = new TestOffice();
        var id = await office.AsksAsync("bob");
        await office.InstallAsync("eve");
        foreach (var verb in (string[])["meeting.vote", "meeting.poll", "meeting.poll-ask", "meeting.poll-close", "meeting.poll-remind", "meeting.poll-take", "meeting.poll-answers"])
        {
            Assert.Contains(NoSuch, (await office.InvokesAsync("eve", verb, Answer(id, "yyy"))).Words);
            Assert.Contains(NoSuch, (await office.InvokesAsync("eve", verb, Answer("M-000000", "yyy"))).Words);
        }
        foreach (var verb in (string[])["meeting.poll", "meeting.poll-close", "meeting.poll-remind", "meeting.poll-take"])
        {
            Assert.Contains("only Ann Abel", (await office.InvokesAsync("bob", verb, Question(id))).Words);
        }
        Assert.DoesNotContain("not yet", (await office.InvokesAsync("bob", "meeting.poll-answers", Answer(id, ""))).Words.Split("Answer by")[0]);
        Assert.Equal((2, 0), ((await office.MeetingAsync(id)).Revision, (await office.MeetingAsync(id)).Poll!.Cast));
    }

    [Fact]
    public async Task The_organiser_reads_back_what_is_asked_before_anybody_is()
    {
        await using var office = new TestOffice();
        await office.InstallAsync("ann", "bob");
        var id = await office.MeetsAsync("bob");
        await office.SaysAsync("ann", $"meeting {id}");
        var card = office.Shown("ann")[^1];
        var asking = await office.InvokesAsync("ann", "meeting.poll-ask", new JsonObject { ["id"] = id, [PollInputs.Offered] = PollInputs.Write(Polls.Mornings().Select(time => time.Start)) });
        Assert.Contains("Which times do you ask about? (2 to 5)", asking.Words);
        var (_, ask, inputs) = CardReading.Buttons(asking.Card!).First(button => button.Title == "Ask them");
        Assert.Equal(("2026-11-25", "17:00"), (inputs[PollInputs.Date], inputs[PollInputs.Time]));
        var one = await office.PressAsync("ann", card, ask.DeepClone().AsObject(), inputs, null, (PollInputs.Chosen, SlotInputs.Write(Polls.Morning(1).Start)));
        Assert.Contains("Nobody was asked. Please choose 2 to 5 times to ask about.", one.Words);
        Assert.Contains("Wed 2 Dec 2026, 10:00", one.Words);
        var never = await office.PressAsync("ann", card, ask.DeepClone().AsObject(), inputs, null, (PollInputs.Date, "2026-11-20"));
        Assert.Contains("Nobody was asked.", never.Words);
        Assert.Equal(0, office.Times("bob", Asked));
        await office.PressAsync("ann", card, ask.DeepClone().AsObject(), inputs, null);
        await office.SeesAsync("bob", Asked);
        Assert.Equal(Polls.Mornings(), (await office.MeetingAsync(id)).Poll!.Times);
    }

    [Fact]
    public async Task Cancelling_ends_the_poll_and_everybody_hears_of_it()
    {
        await using var office = new TestOffice();
        var id = await office.AsksAsync("bob");
        var card = (await office.SeesAsync("bob", Asked)).Copy();
        await office.ClicksAsync("ann", "Cancel it…");
        await office.ClicksAsync("ann", "Cancel it now");
        await office.SeesAsync("bob", "Ann Abel cancelled this meeting.");
        Assert.Contains("The meeting will not take place.", (await office.ClicksAsync("bob", card, "Answer", null, ("vote-1", "Yes"), ("vote-2", "No"), ("vote-3", "No"))).Words);
        await office.ComesAsync(11, 27, 9);
        Assert.Equal(0, office.Times("ann", "The poll"));
        Assert.NotNull((await office.MeetingAsync(id)).Poll!.ClosedAt);
    }

    [Fact]
    public async Task A_vote_is_one_read_one_wake_up_and_one_commit()
    {
        await using var office = new TestOffice();
        await office.AsksAsync("bob", "eve");
        await office.QuietAsync();
        office.Store.Taken();
        await office.AnswersAsync("bob", "yin");
        Assert.Equal("get enqueue commit", string.Join(' ', office.Store.Taken()));
        await office.QuietAsync();
        office.Store.Taken();
        await office.AnswersAsync("bob", "y-n", "Change my answer");
        Assert.Equal("get", string.Join(' ', office.Store.Taken()));
    }

    private static string IdIn(string words) => words.Split('\n').SelectMany(line => line.Split(' ')).First(word => word.StartsWith("M-", StringComparison.Ordinal));
}

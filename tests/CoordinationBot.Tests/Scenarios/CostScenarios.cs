using CoordinationBot.Meetings;

namespace CoordinationBot.Tests.Scenarios;

/// <summary>Calls to the store are what a turn costs most. What is done after it, by the wake-up, is not counted here.</summary>
public sealed class CostScenarios
{
    [Fact]
    public async Task A_card_action_is_one_read_one_wake_up_and_one_commit()
    {
        await using var office = new TestOffice();
        await office.OffersAsync("collect figures; fill template");
        foreach (var (who, button, inputs) in new (string, string, (string, string)[])[]
        {
            ("bob", "Send question", [("question", "Which year?")]),
            ("ann", "Send answer", [("answer", "Next year.")]),
            ("bob", "Accept", [("brief", "I collect and fill it.")]),
            ("bob", "Complete step 1", []),
            ("bob", "Complete step 2", []),
            ("bob", "Hand in", []),
            ("ann", "Return", [("reason", "It is empty.")]),
            ("bob", "Hand in", [("result", "Full.")]),
            ("ann", "Accept as done", []),
        })
        {
            await office.QuietAsync();
            office.Store.Taken();
            await office.ClicksAsync(who, button, inputs);
            Assert.Equal((button, "get enqueue commit"), (button, string.Join(' ', office.Store.Taken())));
        }
    }

    [Fact]
    public async Task An_answer_about_a_time_or_a_meeting_is_one_read_one_wake_up_and_one_commit()
    {
        await using var office = new TestOffice();
        await office.AsksAsync("bob", "eve");
        foreach (var (who, button, inputs) in new (string, string, (string, string)[])[]
        {
            ("bob", "Answer", [(PollInputs.Vote(0), "Yes"), (PollInputs.Vote(1), "No"), (PollInputs.Vote(2), "IfNeedBe")]),
            ("bob", "Change my answer", [(PollInputs.Vote(1), "Yes")]),
            ("ann", "Answer", [(PollInputs.Vote(0), "Yes"), (PollInputs.Vote(1), "No"), (PollInputs.Vote(2), "No")]),
            ("ann", "Close now", []),
            ("eve", "Decline", [("comment", "on leave")]),
        })
        {
            await office.QuietAsync();
            office.Store.Taken();
            await office.ClicksAsync(who, button, inputs);
            // A meeting that has a time wakes up once more before it begins.
            Assert.Equal((button, button.StartsWith("Close", StringComparison.Ordinal) ? "get enqueue enqueue commit" : "get enqueue commit"), (button, string.Join(' ', office.Store.Taken())));
        }
    }

    [Fact]
    public async Task What_is_asked_of_whoever_can_decide_is_one_read_one_wake_up_and_one_commit()
    {
        var (office, _) = await Granting.BeganAsync(Granting.Free);
        await using var __ = office;
        await office.SpendsAsync("6,000 EUR", "a tent", "It may rain.");
        await CostsAsync(office, "get enqueue commit", "ann", "Approve");
        await office.SpendsAsync("7,000 EUR", "a stage", "It may be loud.");
        await CostsAsync(office, "get enqueue commit", "bob", "Withdraw");
    }

    [Fact]
    public async Task The_agenda_and_the_minutes_are_one_commit_and_read_their_meeting_too()
    {
        await using var office = new TestOffice();
        var id = await office.ConvenesAsync();
        await office.SaysAsync("ann", $"agenda {id}");
        await CostsAsync(office, "get get enqueue commit query query", "ann", "Add it", ("title", "Prices"), ("minutes", "10"));
        await office.PassesUntilAsync(Convening.Start);
        await office.SaysAsync("ann", $"minutes {id}");
        await CostsAsync(office, "get query query get enqueue commit", "ann", "Begin the minutes");
        await CostsAsync(office, "get get enqueue commit", "ann", "Write it down", ("kind", "Decision"), ("text", "We take the second offer"));
        await CostsAsync(office, "get get enqueue commit", "ann", "Circulate");
    }

    [Fact]
    public async Task Feedback_is_one_commit_and_reads_who_answers_it()
    {
        await using var office = await Voicing.OfficeAsync();
        await office.SaysAsync("bob", "problem the lift is slow");
        await CostsAsync(office, "get get query get get enqueue commit", "bob", "Send with my name", ("about", ""));
        await office.SaysAsync("bob", $"problem {Voicing.Printer}");
        await CostsAsync(office, "query get get get query commit get", "bob", "Send anonymously", ("about", ""));
        await office.RestsAsync();
        await office.SaysAsync("eve", "register");
        await CostsAsync(office, "get enqueue commit", "eve", "Open");
        await CostsAsync(office, "get enqueue commit", "eve", "Take it");
    }

    [Theory]
    [InlineData("anonymous")]
    [InlineData("named")]
    public async Task An_answer_to_a_survey_is_one_read_and_one_commit(string answers)
    {
        await using var office = new TestOffice();
        await office.AsksPeopleAsync(answers);
        await CostsAsync(office, "get commit", "bob", "Answer", ("q1", "4"), ("q2", "Less mail"), ("q3", "1"));
    }

    [Fact]
    public async Task An_absence_is_a_commit_of_the_person_and_one_of_what_was_read_back()
    {
        await using var office = new TestOffice();
        await office.InstallAsync("ann", "bob");
        await office.SaysAsync("ann", "away until 5 Dec, deputy Bob");
        await CostsAsync(office, "get get commit commit", "ann", "Confirm");
        await CostsAsync(office, "get enqueue get commit", "ann", "I am back");
    }

    [Fact]
    public async Task A_refusal_that_is_recorded_wakes_nobody()
    {
        await using var office = new TestOffice();
        var id = await office.AcceptedAsync();
        office.Store.Taken();
        await office.InvokesAsync("bob", "delegation.complete", System.Text.Json.Nodes.JsonNode.Parse($$"""{"id":"{{id}}","version":"1","step":"2"}"""));
        Assert.Equal(["get", "commit"], office.Store.Taken());
    }

    [Theory]
    [InlineData("help", "")]
    [InlineData("waiting", "query query query query query")]
    [InlineData("my tasks", "query")]
    [InlineData("delegations", "query")]
    [InlineData("what is the weather like", "get")]
    [InlineData("cancel", "get")]
    [InlineData("delegate", "get get commit")]
    [InlineData("approvals", "query query")]
    [InlineData("overview", "get query")]
    [InlineData("today", "query query query")]
    [InlineData("my meetings", "query")]
    [InlineData("register", "query query")]
    [InlineData("my feedback", "query")]
    [InlineData("surveys", "query query")]
    [InlineData("insights", "get enqueue commit")]
    [InlineData("series", "get")]
    [InlineData("notices", "get")]
    [InlineData("away", "get")]
    [InlineData("my mandate", "query")]
    public async Task A_command_takes_no_more_than_it_shows(string typed, string calls)
    {
        await using var office = new TestOffice();
        await office.OffersAsync();
        office.Store.Taken();
        await office.SaysAsync("ann", typed);
        Assert.Equal(calls, string.Join(' ', office.Store.Taken()));
    }

    [Fact]
    public async Task A_ruling_reads_each_of_the_chain_once_and_what_is_decided_on_is_one_commit()
    {
        var (office, first) = await Granting.BeganAsync(Granting.Free with { Depth = 5 });
        await using var _ = office;
        var second = await office.GivesAsync(Granting.Free, "Feed everybody", "bob", "eve", under: first);
        var third = await office.GivesAsync(Granting.Free, "Bake a cake", "eve", "kim", under: second);
        await office.SaysAsync("kim", "my mandate"); // What mandates and policies say is known for a moment.
        office.Store.Taken();
        Assert.Contains("Spent 5 EUR", (await office.InvokesAsync("kim", "delegation.declare", System.Text.Json.Nodes.JsonNode.Parse($$"""{"id":"{{third}}","version":"1","kind":"Spend","amount":"5 EUR","what":"flour"}"""))).Words);
        Assert.Equal("get get get enqueue commit", string.Join(' ', office.Store.Taken()));
    }

    [Fact]
    public async Task History_is_one_read_and_one_page()
    {
        await using var office = new TestOffice();
        var id = await office.OffersAsync();
        office.Store.Taken();
        await office.SaysAsync("ann", $"history {id}");
        Assert.Equal(["get", "query"], office.Store.Taken());
    }

    private static async Task CostsAsync(TestOffice office, string calls, string who, string button, params (string Input, string Value)[] inputs)
    {
        await office.QuietAsync();
        office.Store.Taken();
        await office.ClicksAsync(who, button, inputs);
        Assert.Equal((button, calls), (button, string.Join(' ', office.Store.Taken())));
    }
}

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
    public async Task A_refusal_that_is_recorded_wakes_nobody()
    {
        await using var office = new TestOffice();
        var id = await office.AcceptedAsync();
        office.Store.Taken();
        await office.InvokesAsync("bob", "delegation.complete", System.Text.Json.Nodes.JsonNode.Parse($$"""{"id":"{{id}}","version":"1","step":"2"}"""));
        Assert.Equal(["get", "commit"], office.Store.Taken());
    }

    [Theory]
    [InlineData("help", "query query query")]
    [InlineData("my tasks", "query")]
    [InlineData("delegations", "query")]
    [InlineData("what is the weather like", "get")]
    [InlineData("cancel", "get")]
    [InlineData("delegate", "get get commit")]
    public async Task A_command_takes_no_more_than_it_shows(string typed, string calls)
    {
        await using var office = new TestOffice();
        await office.OffersAsync();
        office.Store.Taken();
        await office.SaysAsync("ann", typed);
        Assert.Equal(calls, string.Join(' ', office.Store.Taken()));
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
}

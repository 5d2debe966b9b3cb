using CoordinationBot.Delegations;

namespace CoordinationBot.Tests.Scenarios;

public sealed class CommandScenarios
{
    private const string NoSuch = "There is no such delegation that you are part of. Type my tasks or delegations to see yours.";

    [Fact]
    public async Task My_tasks_and_delegations_show_the_same_work_from_both_sides()
    {
        await using var office = new TestOffice();
        var id = await office.OffersAsync();
        var (tasks, given) = (await office.SaysAsync("bob", "my tasks"), await office.SaysAsync("ann", "delegations"));
        Assert.Contains($"{id} · from Ann Abel · waits for your answer", tasks.Words);
        Assert.Contains($"{id} · to Bob Berg · offered, no answer yet", given.Words);
        Assert.Contains("due Fri 27 Nov 2026, 17:00 (Europe/Berlin)", tasks.Words);
        Assert.Contains("Nothing is assigned to you right now.", (await office.SaysAsync("ann", "tasks")).Words);
        Assert.Contains("You have no open delegations.", (await office.SaysAsync("bob", "given")).Words);

        await office.ClicksAsync("bob", "Accept", ("brief", "I collect, fill and send it."));
        await office.ClicksAsync("bob", "Complete step 1");
        await office.QuietAsync();
        Assert.Contains("next: step 2 of 3", (await office.SaysAsync("bob", "My Tasks.")).Words);
        Assert.Contains("1 of 3 steps complete", (await office.SaysAsync("ann", "delegations")).Words);
    }

    [Fact]
    public async Task Open_in_a_list_brings_the_card_again()
    {
        await using var office = new TestOffice();
        await office.AcceptedAsync();
        await office.SaysAsync("bob", "my tasks");
        var messages = office.Shown("bob").Count;
        await office.ClicksAsync("bob", "Open");
        await office.QuietAsync();
        Assert.Equal(messages + 1, office.Shown("bob").Count);
        Assert.True(office.Shown("bob")[^1].Card!.HasButton("Complete step 1"));
        Assert.Single(office.Shown("bob"), message => message.Card is { } card && card.HasButton("Complete step 1"));
    }

    [Theory]
    [InlineData("ann", "Assigned to: Bob Berg")]
    [InlineData("bob", "From: Ann Abel")]
    public async Task Show_brings_the_card_to_either_party(string who, string words)
    {
        await using var office = new TestOffice();
        var id = await office.OffersAsync();
        Assert.Contains(words, (await office.SaysAsync(who, $"show {id}")).Words);
        Assert.Contains(words, (await office.SaysAsync(who, $"Show {id.ToLowerInvariant()}.")).Words);
    }

    [Theory]
    [InlineData("show")]
    [InlineData("history")]
    [InlineData("revoke")]
    public async Task A_stranger_cannot_tell_a_delegation_of_others_from_none(string command)
    {
        await using var office = new TestOffice();
        var id = await office.OffersAsync();
        await office.InstallAsync("eve");
        Assert.Equal(NoSuch, (await office.SaysAsync("eve", $"{command} {id}")).Words);
        Assert.Equal(NoSuch, (await office.SaysAsync("eve", $"{command} D-000000")).Words);
        Assert.Equal(NoSuch, (await office.SaysAsync("eve", $"{command} D-ILOUx")).Words);
    }

    [Theory]
    [InlineData("ann")]
    [InlineData("bob")]
    public async Task History_says_who_did_what_when_under_which_clause(string who)
    {
        await using var office = new TestOffice();
        var id = await office.AcceptedAsync();
        var history = await office.SaysAsync(who, $"history {id}");
        Assert.Contains($"History of {id}", history.Words);
        Assert.Contains("1. Ann Abel: Offered to Bob Berg", history.Words);
        Assert.Contains("2. Bob Berg: Accepted version 1: I collect, fill and send it.", history.Words);
        Assert.Contains($"Mon 23 Nov 2026, 10:00 (Europe/Berlin) · version 1 · {id}, version 1: Do exactly these 3 steps, in this order.", history.Words);
    }

    [Fact]
    public async Task A_long_history_is_read_page_by_page()
    {
        await using var office = new TestOffice();
        var id = await office.AcceptedAsync();
        for (var ask = 0; ask < 20; ask++)
        {
            await office.InvokesAsync("bob", "delegation.complete", System.Text.Json.Nodes.JsonNode.Parse($$"""{"id":"{{id}}","version":"1","step":"{{2 + (ask % 2)}}"}"""));
        }
        await office.ClicksAsync("ann", "History");
        var first = await office.SeesAsync("ann", $"History of {id}");
        Assert.Contains("22. Bob Berg: Not permitted: completing step 3 before step 1", first.Words);
        Assert.Contains("3. Bob Berg: Not permitted: completing step 2 before step 1", first.Words);
        Assert.DoesNotContain("\n2. Bob Berg", first.Words);
        var earlier = await office.ClicksAsync("ann", "Earlier entries");
        Assert.Contains("2. Bob Berg: Accepted version 1", earlier.Words);
        Assert.Contains("1. Ann Abel: Offered to Bob Berg", earlier.Words);
        Assert.False(earlier.Card!.HasButton("Earlier entries"));
    }

    [Fact]
    public async Task Only_the_leader_can_revoke_and_must_say_why()
    {
        await using var office = new TestOffice();
        var id = await office.AcceptedAsync();
        Assert.Equal($"It was not revoked. ({id}, version 1: Ann Abel leads it and decides this.)", (await office.SaysAsync("bob", $"revoke {id}")).Words);
        await office.SaysAsync("ann", $"revoke {id}");
        Assert.True((await office.ClicksAsync("ann", "Keep it")).Card!.HasButton("Revoke…"));
        Assert.Equal(DelegationState.Accepted, (await office.StoredAsync(id)).State);

        await office.SaysAsync("ann", $"revoke {id}");
        Assert.Contains("Please write why, so that Bob Berg knows.", (await office.ClicksAsync("ann", "Revoke now")).Words);
        var old = (await office.SeesAsync("bob", "Complete step 1")).Copy();
        await office.ClicksAsync("ann", "Revoke now", ("reason", "The budget is cancelled."));
        var told = await office.SeesAsync("bob", "Ann Abel revoked this. Please stop; nothing more is permitted under it.");
        Assert.Contains("Reason: The budget is cancelled.", told.Words);
        await office.QuietAsync();

        Assert.Contains("Nothing was changed: Ann Abel revoked it.", (await office.ClicksAsync("bob", old, "Complete step 1")).Words);
        Assert.Equal("Nothing was changed: Ann Abel revoked it.", (await office.SaysAsync("ann", $"revoke {id}")).Words);
        Assert.Equal(["Offered to Bob Berg", "Accepted version 1: I collect, fill and send it.", "Revoked: The budget is cancelled."], (await office.HistoryAsync(id)).Select(entry => entry.What));
    }

    [Theory]
    [InlineData("my taks", "my tasks")]
    [InlineData("delgate the budget", "delegate")]
    [InlineData("please histroy D-7K3F9Q", "history D-…")]
    [InlineData("show", "show D-…")]
    [InlineData("hepl", "help")]
    public async Task What_was_not_understood_brings_what_was_probably_meant(string typed, string meant)
    {
        await using var office = new TestOffice();
        await office.InstallAsync("ann");
        var answer = await office.SaysAsync("ann", typed);
        Assert.Contains("I did not understand that, and I do not guess. Did you mean one of these?", answer.Words);
        Assert.Contains(meant, answer.Words);
    }

    [Fact]
    public async Task A_suggestion_acts_only_when_it_is_pressed()
    {
        await using var office = new TestOffice();
        await office.InstallAsync("ann");
        await office.SaysAsync("ann", "my taks");
        Assert.DoesNotContain(office.Shown("ann"), message => message.Words.Contains("Nothing is assigned to you", StringComparison.Ordinal));
        await office.ClicksAsync("ann", "My tasks");
        await office.SeesAsync("ann", "Nothing is assigned to you right now.");
    }

    [Theory]
    [InlineData("what is the weather like")]
    [InlineData("🎉")]
    [InlineData("   ")]
    [InlineData("{{DATE(2026-01-01)}} [link](https://example.com)")]
    public async Task Anything_else_is_answered_with_what_the_bot_knows(string typed)
    {
        await using var office = new TestOffice();
        await office.InstallAsync("ann");
        Assert.Contains("I did not understand that, and I do not guess.", (await office.SaysAsync("ann", typed)).Words);
    }

    [Fact]
    public async Task A_long_list_is_read_page_by_page()
    {
        await using var office = new TestOffice();
        for (var number = 1; number <= 12; number++)
        {
            await office.OffersAsync("do it", $"Task number {number}");
        }
        await office.QuietAsync();
        Assert.Contains("1 to 10 of 12", (await office.SaysAsync("bob", "my tasks")).Words);
        var second = await office.ClicksAsync("bob", "More");
        Assert.Contains("11 to 12 of 12", second.Words);
        Assert.False(second.Card!.HasButton("More"));
        Assert.Contains("1 to 10 of 12", (await office.ClicksAsync("bob", "Earlier")).Words);
    }
}

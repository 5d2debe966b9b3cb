using CoordinationBot.Delegations;
using Microsoft.Extensions.DependencyInjection;

namespace CoordinationBot.Tests.Scenarios;

/// <summary>What waits for somebody: listed, counted, and answered by their deputy while they are away.</summary>
public sealed class DeputyScenarios
{
    [Fact]
    public async Task A_deputy_is_asked_too_answers_and_both_see_who_did()
    {
        var (office, id) = await Granting.BeganAsync(Granting.Free);
        await using var _ = office;
        await AwayAsync(office, "ann", "away until fri, deputy Kim");
        await office.SpendsAsync("6,000 EUR", "a tent", "It may rain.");
        var card = await office.SeesAsync("kim", "Ann Abel is away and you answer for them: Bob Berg asks to spend 6,000 EUR on a tent. Please decide.");
        Assert.Contains("Needs: Ann Abel's approval", card.Words);
        await office.ClicksAsync("kim", "Approve");
        await office.SeesAsync("bob", "Kim Kern for Ann Abel approved: spend 6,000 EUR on a tent.");
        Assert.Contains("Answer: Approved by Kim Kern for Ann Abel", (await office.SeesAsync("kim", "Nothing waits for your answer here.")).Words);
        await office.QuietAsync();
        var entries = (await office.HistoryAsync(id)).TakeLast(2).Select(entry => (entry.Who.Name, entry.What)).ToList();
        Assert.Equal([("Ann Abel", "Ann Abel is away, so Kim Kern is asked too: spend 6,000 EUR on a tent"), ("Kim Kern", "Approved by Kim Kern for Ann Abel: spend 6,000 EUR on a tent")], entries);
        Assert.Contains("Approved by Kim Kern for Ann Abel", (await office.SaysAsync("ann", $"history {id}")).Words);
        Assert.Contains("On top, by approval: 6,000 EUR spent", (await office.SaysAsync("ann", $"show {id}")).Words);
    }

    [Fact]
    public async Task Whoever_becomes_the_deputy_later_finds_it_in_the_list_and_answers()
    {
        var (office, id) = await Granting.BeganAsync(Granting.Free);
        await using var _ = office;
        await office.SpendsAsync("6,000 EUR", "a tent", "It may rain.");
        await office.QuietAsync();
        Assert.Contains("Nothing waits for your approval.", (await office.SaysAsync("kim", "approvals")).Words);
        await AwayAsync(office, "ann", "away until fri, deputy Eve");
        await AwayAsync(office, "eve", "away until fri, deputy Kim");
        var list = await office.SaysAsync("kim", "approvals");
        Assert.Contains("Bob Berg asks to spend 6,000 EUR on a tent", list.Words);
        Assert.Contains("for Ann Abel, who is away", list.Words);
        await office.ClicksAsync("kim", "Open");
        await office.SeesAsync("kim", "Ann Abel is away and you answer for them");
        await office.ClicksAsync("kim", "Refuse", ("refusal", "Not now."));
        await office.SeesAsync("bob", "Kim Kern for Ann Abel did not approve");
        Assert.Contains("Nothing waits for your approval.", (await office.SaysAsync("kim", "approvals")).Words);
        Assert.Equal(0m, (await office.StoredAsync(id)).Dealings.SpentInAll);
    }

    [Fact]
    public async Task A_deputy_answers_only_while_the_other_is_away()
    {
        var (office, id) = await Granting.BeganAsync(Granting.Free);
        await using var _ = office;
        await AwayAsync(office, "ann", "away until fri, deputy Kim");
        await office.SpendsAsync("6,000 EUR", "a tent", "It may rain.");
        await office.SeesAsync("kim", "Please decide.");
        await office.SaysAsync("ann", "i am back");
        Assert.Contains("Ann Abel decides this.", (await office.ClicksAsync("kim", "Approve")).Words);
        Assert.Equal(0m, (await office.StoredAsync(id)).Dealings.SpentInAll);
        await office.ClicksAsync("ann", "Approve");
        Assert.Contains("Answer: Approved by Ann Abel", (await office.SeesAsync("kim", "Nothing waits for your answer here.")).Words);
    }

    [Fact]
    public async Task Whoever_comes_back_hears_of_what_still_waits_for_them()
    {
        var began = await Granting.BeganAsync(Granting.Free);
        await using var office = began.Office;
        await AwayAsync(office, "ann", "away until fri, deputy Kim");
        await office.SpendsAsync("6,000 EUR", "a tent", "It may rain.");
        await office.SeesAsync("kim", "Please decide.");
        await office.QuietAsync();
        Assert.DoesNotContain(office.Shown("ann"), message => message.Words.Contains("a tent. Please decide.", StringComparison.Ordinal));
        await office.PassAsync(TimeSpan.FromDays(7));
        await office.SeesAsync("ann", "Bob Berg asks to spend 6,000 EUR on a tent. Please decide.");
    }

    [Fact]
    public async Task Nobody_answers_their_own_request_as_a_deputy()
    {
        var (office, id) = await Granting.BeganAsync(Granting.Free);
        await using var _ = office;
        await AwayAsync(office, "ann", "away until fri, deputy Bob");
        await office.SpendsAsync("6,000 EUR", "a tent", "It may rain.");
        await office.QuietAsync();
        foreach (var verb in (string[])["approve", "refuse", "pass", "less"])
        {
            Assert.Contains("Ann Abel decides this.", (await office.InvokesAsync("bob", $"delegation.approval-{verb}", System.Text.Json.Nodes.JsonNode.Parse($$"""{"id":"{{id}}","version":"1","request":"R3","refusal":"x","amount":"5 EUR"}"""))).Words);
        }
        Assert.Contains("Nothing waits for your approval.", (await office.SaysAsync("bob", "approvals")).Words);
        await office.RequestsAsync("Budget", "It is dear.", ("budget", "7,000 EUR"));
        await office.QuietAsync();
        var change = (await office.StoredAsync(id)).Request!.Id;
        Assert.Contains("Ann Abel leads it and decides this.", (await office.InvokesAsync("bob", "delegation.change-approve", System.Text.Json.Nodes.JsonNode.Parse($$"""{"id":"{{id}}","version":"1","request":"{{change}}"}"""))).Words);
        Assert.Equal((1, 1), ((await office.StoredAsync(id)).Dealings.Held.Count, (await office.StoredAsync(id)).Terms.Version));
    }

    [Fact]
    public async Task A_change_of_the_terms_is_decided_by_the_deputy_too()
    {
        await using var office = new TestOffice();
        var id = await office.AcceptedAsync("collect figures; fill template");
        await office.InstallAsync("eve");
        await AwayAsync(office, "ann", "away until fri, deputy Eve");
        await office.RequestsAsync("Skip", "Not needed.", ("step", "2"));
        var card = await office.SeesAsync("eve", "Ann Abel is away and you answer for them: Bob Berg asks to skip step 2 “fill template”. Please decide.");
        Assert.DoesNotContain("collect figures", card.Words);
        Assert.Contains("for Ann Abel, who is away", (await office.SaysAsync("eve", "approvals")).Words);
        await office.ClicksAsync("eve", "Approve");
        await office.SeesAsync("bob", "Eve Ek for Ann Abel approved: skip step 2 “fill template”. Please accept version 2.");
        Assert.Contains("Answer: Approved by Eve Ek for Ann Abel", (await office.SeesAsync("eve", "Nothing waits for your answer here.")).Words);
        Assert.Equal("Approved for Ann Abel: skip step 2 “fill template”. This is version 2", (await office.HistoryAsync(id))[^1].What);
    }

    [Fact]
    public async Task What_waits_is_counted_and_listed_oldest_first_a_page_at_a_time()
    {
        var (office, id) = await Granting.BeganAsync(Granting.Free);
        await using var _ = office;
        for (var number = 1; number <= 10; number++)
        {
            await office.InvokesAsync("bob", "delegation.declare", System.Text.Json.Nodes.JsonNode.Parse($$"""{"id":"{{id}}","version":"1","kind":"Spend","amount":"{{6000 + number}} EUR","what":"thing {{number:D2}}"}"""));
            await office.PassAsync(TimeSpan.FromMinutes(1));
        }
        var steps = await office.GivesAsync(null, "Count the chairs", type: AuthorizationType.Deterministic);
        await office.InvokesAsync("bob", "delegation.change-request", System.Text.Json.Nodes.JsonNode.Parse($$"""{"id":"{{steps}}","version":"1","kind":"Reword","step":"1","text":"count all chairs","because":"All."}"""));
        await office.QuietAsync();
        office.Store.Taken();
        var waiting = await office.SaysAsync("ann", "waiting");
        Assert.Contains("11 approvals wait for you. Type approvals.", waiting.Words);
        Assert.Equal(["query", "query", "query", "query", "query"], office.Store.Taken());
        var list = await office.SaysAsync("ann", "approvals");
        Assert.Equal(Enumerable.Range(1, 8).Select(number => $"thing {number:D2}"), System.Text.RegularExpressions.Regex.Matches(list.Words, "thing [0-9]+").Select(match => match.Value));
        var next = await office.ClicksAsync("ann", "More");
        Assert.Equal(["thing 09", "thing 10"], System.Text.RegularExpressions.Regex.Matches(next.Words, "thing [0-9]+").Select(match => match.Value));
        Assert.Contains("Bob Berg asks to reword step 1", next.Words);
        Assert.Contains("thing 01", (await office.ClicksAsync("ann", "From the start")).Words);
        Assert.Contains("10 requests wait for you", (await office.SaysAsync("ann", "delegations")).Words);
    }

    [Fact]
    public async Task A_row_that_a_late_wake_up_brings_back_is_not_shown_and_goes()
    {
        var (office, id) = await Granting.BeganAsync(Granting.Free);
        await using var _ = office;
        await office.SpendsAsync("6,000 EUR", "a tent", "It may rain.");
        await office.QuietAsync();
        var old = await office.StoredAsync(id);
        await office.ClicksAsync("ann", "Approve");
        await office.QuietAsync();
        var index = office.Services.GetRequiredService<ApprovalIndex>();
        var ann = office.Teams.People["ann"].ObjectId;
        // The late host looks once more after it wrote.
        await index.WriteAsync(old, cancel => office.Services.GetRequiredService<DelegationStore>().FindAsync(TestOffice.Tenant, id, cancel), TestContext.Current.CancellationToken);
        Assert.Empty(await index.ListAsync(TestOffice.Tenant, ann, TestContext.Current.CancellationToken));
        // And if it ended before it could:
        await index.WriteAsync(old, _ => new((CoordinationBot.Delegations.Delegation?)null), TestContext.Current.CancellationToken);
        Assert.Single(await index.ListAsync(TestOffice.Tenant, ann, TestContext.Current.CancellationToken));
        Assert.Contains("Nothing waits for your approval.", (await office.SaysAsync("ann", "approvals")).Words);
        Assert.Empty(await index.ListAsync(TestOffice.Tenant, ann, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_late_wake_up_does_not_take_a_newer_request_off_the_list()
    {
        var (office, id) = await Granting.BeganAsync(Granting.Free);
        await using var _ = office;
        await office.SpendsAsync("1 EUR", "tape");
        await office.SpendsAsync("6,000 EUR", "a tent", "It may rain.");
        await office.QuietAsync();
        var index = office.Services.GetRequiredService<ApprovalIndex>();
        var late = await office.StoredAsync(id);
        late = late with { Revision = 3, Ledger = late.Dealings with { Held = [] } };
        await index.WriteAsync(late, _ => new((CoordinationBot.Delegations.Delegation?)null), TestContext.Current.CancellationToken);
        Assert.Single(await index.ListAsync(TestOffice.Tenant, office.Teams.People["ann"].ObjectId, TestContext.Current.CancellationToken));
    }

    private static async Task AwayAsync(TestOffice office, string who, string typed)
    {
        await office.SaysAsync(who, typed);
        await office.ClicksAsync(who, "Confirm");
    }
}

using CoordinationBot.Authority;
using CoordinationBot.Delegations;
using CoordinationBot.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace CoordinationBot.Tests.Scenarios;

public sealed class AuthorityScenarios
{
    [Fact]
    public async Task A_flexible_delegation_is_asked_for_on_two_cards_and_read_back_in_one_sentence()
    {
        await using var office = new TestOffice();
        await office.InstallAsync("ann", "bob", "eve");
        await office.SaysAsync("ann", "delegate \"Spring party\" to Bob by fri 5pm");
        var form = await office.ClicksAsync("ann", "Continue", ("type", "Flexible"));
        Assert.Contains("Budget", form.Words);
        Assert.DoesNotContain("Step 1", form.Words);
        var review = await office.ClicksAsync("ann", "Continue", ("outcome", "Everybody had a good time"), ("budget", "5,000 EUR"), ("involve", "Anyone"), ("outside", "false"), ("depth", "1"), ("must-not", "No fireworks\nNo strong drinks"), ("confidential", "false"));
        Assert.Contains("Your choice, within these bounds: up to 5,000 EUR, by Fri 27 Nov 2026, 17:00 (Europe/Berlin), anybody may be involved, nothing is promised to anybody outside, it may be handed on once.", review.Words);
        Assert.Contains("No fireworks", review.Words);
        var sent = await office.ClicksAsync("ann", "Send to Bob Berg");

        var stored = await office.StoredAsync(Handing.IdIn(sent.Words));
        Assert.Equal((AuthorizationType.Flexible, "Everybody had a good time", new Money(5000, "EUR"), 1), (stored.Terms.Type, stored.Terms.Aim, stored.Terms.Limits.Budget, stored.Terms.Limits.Depth));
        Assert.Equal(["No fireworks", "No strong drinks"], stored.Terms.Limits.MustNot);
        await office.SeesAsync("bob", "Ann Abel asks you to take this on.");
    }

    [Fact]
    public async Task A_flexible_delegation_says_its_bounds_is_handed_in_with_a_word_and_accepted()
    {
        await using var office = new TestOffice();
        var id = await GivesAsync(office, budget: "5,000 EUR", depth: 0);
        var card = office.Shown("bob")[^1];
        Assert.Contains("Outcome: Everybody had a good time", card.Words);
        Assert.Contains("Your choice, within these bounds: up to 5,000 EUR", card.Words);
        Assert.Contains("Please write what came of it.", (await office.ClicksAsync("bob", "Hand in")).Words);
        await office.ClicksAsync("bob", "Hand in", ("result", "200 people came."));
        await office.SeesAsync("ann", "Bob Berg handed in the result.");
        await office.QuietAsync();
        await office.ClicksAsync("ann", "Accept as done");
        Assert.Equal(DelegationState.Done, (await office.StoredAsync(id)).State);
    }

    [Fact]
    public async Task A_part_is_handed_on_with_money_set_aside_and_what_it_did_not_spend_comes_back()
    {
        await using var office = new TestOffice();
        var id = await GivesAsync(office, budget: "5,000 EUR", depth: 1);
        var childId = await HandsOnAsync(office, "eve", "Order the food", "1,500 EUR");

        Assert.Equal(new Money(3500, "EUR"), (await office.StoredAsync(id)).Left);
        var child = await office.StoredAsync(childId);
        Assert.Equal((id, "Bob Berg", new Money(1500, "EUR")), (child.Parent, child.Leader.Name, child.Left));
        await office.SeesAsync("eve", "Bob Berg asks you to take this on.");

        await office.QuietAsync();
        await office.ClicksAsync("eve", "Decline", ("reason", "No time"));
        await office.QuietAsync();
        Assert.Equal(new Money(5000, "EUR"), (await office.StoredAsync(id)).Left);
        Assert.Contains((await office.HistoryAsync(id)), entry => entry.What == $"{childId} has ended: 0 EUR of 1,500 EUR was spent");
    }

    [Theory]
    [InlineData("6,000 EUR", "2026-11-27", "Nobody", "5,000 EUR is left of the budget")]
    [InlineData("100 USD", "2026-11-27", "Nobody", "its budget counts in EUR")]
    [InlineData("100 EUR", "2026-12-24", "Nobody", "by Fri 27 Nov 2026, 17:00 (Europe/Berlin)")]
    public async Task What_cannot_be_passed_on_is_refused_with_its_clause(string budget, string due, string involve, string clause)
    {
        await using var office = new TestOffice();
        var id = await GivesAsync(office, budget: "5,000 EUR", depth: 1);
        var refused = await TriesToHandOnAsync(office, "eve", "Order the food", budget, due, involve);

        Assert.Contains($"It cannot be handed on like that. ({id}, version 1: {clause})", refused.Words);
        Assert.Equal(new Money(5000, "EUR"), (await office.StoredAsync(id)).Left);
        Assert.Empty((await office.StoredAsync(id)).Dealings.Children);
    }

    [Fact]
    public async Task A_chain_does_not_come_back_to_whom_it_began_with()
    {
        await using var office = new TestOffice();
        var id = await GivesAsync(office, budget: "5,000 EUR", depth: 1);
        var refused = await TriesToHandOnAsync(office, "ann", "Order the food", "100 EUR", "2026-11-27", "Nobody");
        Assert.Contains($"It cannot be handed on like that. ({id}, version 1: Ann Abel is in this chain already)", refused.Words);
    }

    [Fact]
    public async Task Revoking_stops_everything_below_at_once_and_each_is_told()
    {
        await using var office = new TestOffice();
        var id = await GivesAsync(office, budget: "5,000 EUR", depth: 1);
        var childId = await HandsOnAsync(office, "eve", "Order the food", "1,500 EUR");
        await office.QuietAsync();
        await office.SaysAsync("ann", $"revoke {id}");
        await office.ClicksAsync("ann", "Revoke now", ("reason", "No party this year"));

        Assert.Equal(DelegationState.Revoked, (await office.StoredAsync(childId)).State);
        await office.SeesAsync("eve", $"{id} has ended, and this with it.");
        await office.QuietAsync();
        Assert.Equal((0m, true), ((await office.StoredAsync(id)).Dealings.Taken, (await office.StoredAsync(childId)).Dealings.IsSettled));
    }

    /// <summary>Whoever revoked it died before the word could come down.</summary>
    [Fact]
    public async Task Nothing_goes_on_below_what_was_revoked_also_before_the_word_has_come_down()
    {
        var (office, id) = await Granting.BeganAsync(Granting.Free with { Depth = 2 });
        await using var _ = office;
        var below = await office.GivesAsync(null, "Order the food", "bob", "eve", AuthorizationType.Deterministic, under: id);
        var tables = office.Services.GetRequiredService<ITables>();
        var row = (await tables.GetAsync(DelegationStore.Partition(TestOffice.Tenant, id), DelegationStore.StateKey, CancellationToken.None))!;
        var revoked = (await office.StoredAsync(id)) with { State = DelegationState.Revoked };
        Assert.True((await tables.CommitAsync(row.Partition, [new Change.Replace(row.Key, JsonRows.Bytes(revoked, DelegationJson.Default.Delegation), row.Version)], CancellationToken.None)).Committed);

        Assert.Contains($"Nothing is permitted below {id} any more.", (await office.ClicksAsync("eve", "Complete step 1")).Words);
        var stored = await office.StoredAsync(below);
        Assert.Empty(stored.Completions);
        Assert.Equal("Not permitted: going on with it", (await office.HistoryAsync(below))[^1].What);
        Assert.Equal(stored.Revision, (await office.HistoryAsync(below)).Count);
    }

    /// <summary>Ann gives Bob a flexible delegation, and Bob accepts it.</summary>
    [Fact]
    public async Task Handing_on_without_room_for_it_waits_for_approval_and_is_offered_once_that_is_given()
    {
        await using var office = new TestOffice();
        var id = await GivesAsync(office, budget: "5,000 EUR", depth: 0);
        await office.ClicksAsync("bob", "Go on", ("change", "HandOn"));
        Assert.Contains("It is not to be handed on", office.Shown("bob")[^1].Words);
        var sent = await FillsInAsync(office, "eve", "Order the food", "1,500 EUR", "2026-11-27", "Nobody");
        Assert.Contains($"Ann Abel must approve that first. ({id}, version 1: it is not handed on)", sent.Words);
        Assert.Empty((await office.StoredAsync(id)).Dealings.Children);
        var asked = await office.SeesAsync("ann", "Bob Berg asks to hand on “Order the food” to Eve Ek.");
        Assert.Contains("Authority: Your choice, within these bounds: up to 1,500 EUR", asked.Words);
        await office.QuietAsync();
        await office.ClicksAsync("ann", "Approve");
        await office.SeesAsync("eve", "Bob Berg asks you to take this on.");
        await office.QuietAsync();
        Assert.Equal(1500m, Assert.Single((await office.StoredAsync(id)).Dealings.Children).Reserved);
    }

    [Fact]
    public async Task A_deterministic_delegation_is_handed_on_by_approval_only()
    {
        await using var office = new TestOffice();
        var id = await office.AcceptedAsync();
        await office.InstallAsync("eve");
        await office.ClicksAsync("bob", "Go on", ("change", "HandOn"));
        await office.ClicksAsync("bob", "Continue", ("title", "Collect the figures"), ("assignee", office.Teams.People["eve"].ObjectId), ("type", "Deterministic"), ("due.date", "2026-11-26"), ("due.time", "17:00"), ("steps.1", "ask sales"), ("steps.2", "ask production"));
        var sent = await office.ClicksAsync("bob", "Send to Eve Ek");
        Assert.Contains("Ann Abel must approve that first.", sent.Words);
        await office.SeesAsync("ann", "Bob Berg asks to hand on “Collect the figures” to Eve Ek.");
        await office.QuietAsync();
        await office.ClicksAsync("ann", "Refuse", ("refusal", "Please do it yourself."));
        await office.SeesAsync("bob", "Ann Abel did not approve: hand on “Collect the figures” to Eve Ek. Because: Please do it yourself.");
        await office.QuietAsync();
        Assert.Empty((await office.StoredAsync(id)).Dealings.Children);
    }

    private static async Task<string> GivesAsync(TestOffice office, string budget, int depth)
    {
        await office.InstallAsync("ann", "bob", "eve");
        await office.SaysAsync("ann", "delegate \"Spring party\" to Bob by fri 5pm");
        await office.ClicksAsync("ann", "Continue", ("type", "Flexible"));
        await office.ClicksAsync("ann", "Continue", ("outcome", "Everybody had a good time"), ("budget", budget), ("involve", "Anyone"), ("outside", "false"), ("depth", $"{depth}"), ("must-not", ""), ("confidential", "false"));
        var sent = await office.ClicksAsync("ann", "Send to Bob Berg");
        await office.SeesAsync("bob", "Ann Abel asks you to take this on.");
        await office.QuietAsync();
        await office.ClicksAsync("bob", "Accept", ("brief", "I organise the party within the budget."));
        await office.QuietAsync();
        return Handing.IdIn(sent.Words);
    }

    private static async Task<string> HandsOnAsync(TestOffice office, string to, string title, string budget)
    {
        var sent = await TriesToHandOnAsync(office, to, title, budget, "2026-11-27", "Nobody");
        Assert.Contains("is offered to", sent.Words);
        return Handing.IdIn(sent.Words);
    }

    private static async Task<Pressed> TriesToHandOnAsync(TestOffice office, string to, string title, string budget, string due, string involve)
    {
        await office.ClicksAsync("bob", "Hand on…");
        return await FillsInAsync(office, to, title, budget, due, involve);
    }

    private static async Task<Pressed> FillsInAsync(TestOffice office, string to, string title, string budget, string due, string involve)
    {
        Assert.Contains("As part of D-", office.Shown("bob")[^1].Words);
        Assert.Contains("Up to 5,000 EUR, which is left", (await office.ClicksAsync("bob", "Continue", ("title", title), ("assignee", office.Teams.People[to].ObjectId), ("type", "Flexible"), ("due.date", due), ("due.time", "17:00"))).Words);
        var review = await office.ClicksAsync("bob", "Continue", ("outcome", "It is there"), ("budget", budget), ("involve", involve), ("outside", "false"), ("depth", "0"), ("must-not", ""), ("confidential", "false"));
        return review.Card!.HasButton($"Send to {office.Teams.People[to].Name}") ? await office.ClicksAsync("bob", $"Send to {office.Teams.People[to].Name}") : review;
    }
}

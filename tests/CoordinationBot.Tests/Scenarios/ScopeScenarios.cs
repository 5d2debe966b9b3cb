using CoordinationBot.Authority;
using CoordinationBot.Delegations;
using Microsoft.Extensions.DependencyInjection;

namespace CoordinationBot.Tests.Scenarios;

/// <summary>Who may decide what: nobody beyond their own mandate, nobody on what they do themselves; and nobody hears of what is confidential because others are silent.</summary>
public sealed class ScopeScenarios
{
    private static readonly Bounds Small = Granting.Narrow with { Budget = new Money(500, "EUR") };

    private static async Task SetAsync(TestOffice office, AuthorityChange change)
    {
        await office.Services.GetRequiredService<AuthorityStore>().UpdateAsync(
            TestOffice.Tenant, $"set {change}", office.PartyOf("ann"), office.Clock.GetUtcNow(), _ => new AuthorityOutcome.Changed(change, "set"), CancellationToken.None);
        await office.PassAsync(TimeSpan.FromSeconds(10)); // What was read is kept for a moment.
    }

    private static AuthorityChange.SetMandate MandateOf(TestOffice office, string who, decimal most, string next) => new(
        office.PartyOf(who), new Mandate { Origin = $"Mandate of {office.PartyOf(who).Name}", Money = new Money(most, "EUR"), NextUp = office.PartyOf(next), OutsideCommitments = true });

    private static AuthorityChange.AddPolicy FinanceIs(TestOffice office, string who) =>
        new(new Policy("P-1", PolicySubject.Spending, "More than 100 EUR needs finance.", new Money(100, "EUR"), null, office.PartyOf(who)));

    [Fact]
    public async Task What_lies_beyond_the_next_one_up_goes_to_whoever_above_may_decide_it()
    {
        var (office, id) = await Granting.BeganAsync(Small, began => MandateOf(began, "ann", 500, "kim"));
        await using var _ = office;
        await SetAsync(office, MandateOf(office, "kim", 1500, "eve"));
        await SetAsync(office, MandateOf(office, "eve", 99_000, "eve"));
        Assert.Contains("Needs approval by Eve Ek: spend 50,000 EUR on a yacht", (await office.SpendsAsync("50,000 EUR", "a yacht")).Words);
        Assert.Equal(0, office.Times("kim", "yacht"));
        Assert.Contains("Needs approval by Kim Kern: spend 900 EUR on a boat", (await office.SpendsAsync("900 EUR", "a boat")).Words);
        // What Kim may decide shrinks while it waits: Kim's answer alone does not do.
        await SetAsync(office, MandateOf(office, "kim", 600, "eve"));
        await office.SeesAsync("kim", "asks to spend 900 EUR on a boat");
        await office.ClicksAsync("kim", "Approve");
        Assert.Equal(0m, (await office.StoredAsync(id)).Dealings.SpentInAll);
        Assert.Contains(office.PartyOf("eve"), (await office.StoredAsync(id)).Dealings.Held[^1].Needs.Where(need => need.ApprovedBy is null).Select(need => need.Approver));
    }

    [Fact]
    public async Task Whoever_stands_above_the_leader_does_not_decide_on_what_they_do_themselves()
    {
        var (office, id) = await Granting.BeganAsync(Small, began => MandateOf(began, "ann", 500, "bob"));
        await using var _ = office;
        await SetAsync(office, MandateOf(office, "bob", 60_000, "kim"));
        await SetAsync(office, MandateOf(office, "kim", 70_000, "kim"));
        Assert.Contains("Needs approval by Kim Kern", (await office.SpendsAsync("50,000 EUR", "a yacht")).Words);
        var request = (await office.StoredAsync(id)).Dealings.Held[0].Id;
        await office.InvokesAsync("bob", "delegation.approval-approve", System.Text.Json.Nodes.JsonNode.Parse($$"""{"id":"{{id}}","version":"1","request":"{{request}}"}"""));
        Assert.Equal(0m, (await office.StoredAsync(id)).Dealings.SpentInAll);
    }

    [Fact]
    public async Task Where_nobody_above_may_decide_it_it_is_refused_with_what_to_do()
    {
        var (office, id) = await Granting.BeganAsync(Small, began => MandateOf(began, "ann", 500, "kim"));
        await using var _ = office;
        await SetAsync(office, MandateOf(office, "kim", 1000, "ann"));
        var refused = await office.SpendsAsync("50,000 EUR", "a yacht");
        Assert.Contains("It lies beyond what the leader may decide, and nobody above may allow it. An administrator can change a mandate. (Mandate of Ann Abel: up to 500 EUR)", refused.Words);
        Assert.Empty((await office.StoredAsync(id)).Dealings.Held);
    }

    [Fact]
    public async Task Whom_a_policy_asks_does_not_approve_their_own_spending()
    {
        var (office, id) = await Granting.BeganAsync(Granting.Free, began => FinanceIs(began, "bob"));
        await using var _ = office;
        Assert.Contains("nobody approves what they do themselves", (await office.SpendsAsync("2,000 EUR")).Words);
        await SetAsync(office, new AuthorityChange.AddAdministrator(office.PartyOf("kim")));
        Assert.Contains("Needs approval by Kim Kern", (await office.SaysAsync("bob", "spent 2,000 EUR on printing")).Words);
        await office.SeesAsync("kim", "asks to spend 2,000 EUR");
        await office.ClicksAsync("kim", "Approve");
        await office.SeesAsync("bob", "Kim Kern approved");
        Assert.Equal(2000m, (await office.StoredAsync(id)).Dealings.SpentInAll);
    }

    [Fact]
    public async Task Nobody_hears_of_what_is_confidential_because_somebody_is_silent_or_away()
    {
        var (office, id) = await Granting.BeganAsync(Granting.Narrow with { IsConfidential = true }, began => MandateOf(began, "ann", 90_000, "kim"));
        await using var _ = office;
        await office.SpendsAsync("6,000 EUR", "a lawyer");
        await office.PassesAsync(5);
        Assert.Equal((0, 1), (office.Times("kim", "lawyer"), office.Times("ann", "A reminder")));
        Assert.Contains("Without an answer: a reminder after one working day", (await office.SaysAsync("ann", $"show {id}")).Words, StringComparison.OrdinalIgnoreCase);
        await office.SaysAsync("ann", "away until 20 Dec, deputy Kim");
        await office.ClicksAsync("ann", "Confirm");
        await office.SpendsAsync("7,000 EUR", "another lawyer");
        await office.SeesInTimeAsync("bob", "Ann Abel is away, and nobody answers this for them: it is confidential. It waits until they are back.");
        await office.QuietAsync();
        Assert.Equal(0, office.Times("kim", "lawyer"));
    }

    [Fact]
    public async Task Whose_deputy_is_the_asker_waits_and_the_asker_hears_why()
    {
        var (office, _) = await Granting.BeganAsync(Granting.Free);
        await using var _ = office;
        await office.SaysAsync("ann", "away until 20 Dec, deputy Bob");
        await office.ClicksAsync("ann", "Confirm");
        await office.SpendsAsync("6,000 EUR", "a tent");
        await office.SeesInTimeAsync("bob", "Ann Abel is away, and nobody answers this for them: their deputy is you, and this is your own request. It waits until they are back.");
    }

    [Fact]
    public async Task Whoever_approved_or_is_consulted_may_take_a_part_on()
    {
        var (office, id) = await Granting.BeganAsync(Granting.Free with { Depth = 1 }, began => FinanceIs(began, "kim"));
        await using var _ = office;
        await office.SpendsAsync("2,000 EUR");
        await office.SeesAsync("kim", "asks to spend 2,000 EUR");
        await office.ClicksAsync("kim", "Approve");
        await office.QuietAsync();
        var asked = await office.StoredAsync(id);
        var terms = Granting.Flexible(Granting.Narrow with { Budget = new Money(10, "EUR") });
        Assert.Null(HandOnRules.Barrier(asked, new Chain([], Mandate.BuiltIn, [], []), new DeclaredAct.HandOn("D-NEXT00", "draft", office.PartyOf("kim"), terms)));
        Assert.Equal("Bob Berg is in this chain already", HandOnRules.Barrier(asked, new Chain([], Mandate.BuiltIn, [], []), new DeclaredAct.HandOn("D-NEXT00", "draft", office.PartyOf("bob"), terms))?.Text);
        Assert.Contains("Involved", (await office.SaysAsync("bob", "involve Kim")).Words, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task What_is_asked_of_a_leader_who_can_only_refuse_is_answered_at_once()
    {
        var (office, id) = await Granting.BeganAsync(Small, began => MandateOf(began, "ann", 500, "kim"));
        await using var _ = office;
        var refused = await office.RequestsAsync("Budget", "More guests", ("budget", "2,000 EUR"));
        Assert.Contains("Ann Abel cannot give that as a budget. Say what you want to spend instead, and whoever can decide it is asked. (Mandate of Ann Abel: up to 500 EUR)", refused.Words);
        Assert.Null((await office.StoredAsync(id)).Request);
    }

    [Theory]
    [InlineData("involve me", "Bob Berg is part of it already.")]
    [InlineData("I spent 20 EUR on paper", "Spent 20 EUR on paper")]
    public async Task People_speak_of_themselves(string typed, string answer)
    {
        var (office, _) = await Granting.BeganAsync(Granting.Free);
        await using var _ = office;
        Assert.Contains(answer, (await office.SaysAsync("bob", typed)).Words);
    }
}

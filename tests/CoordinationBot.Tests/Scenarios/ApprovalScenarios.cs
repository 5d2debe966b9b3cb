using System.Text.Json.Nodes;
using CoordinationBot.Authority;
using CoordinationBot.Delegations;
using CoordinationBot.People;
using CoordinationBot.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace CoordinationBot.Tests.Scenarios;

public sealed class ApprovalScenarios
{
    private const string Asked = "Bob Berg asks to spend 6,000 EUR on a tent.";

    [Fact]
    public async Task Beyond_a_bound_an_act_is_held_with_its_clause_and_the_leader_approves()
    {
        var (office, id) = await HeldAsync();
        await using var _ = office;
        var waiting = await office.SeesAsync("bob", "Asked to: spend 6,000 EUR on a tent");
        Assert.Contains($"Waits for: Ann Abel ({id}, version 1: up to 5,000 EUR, of which 5,000 EUR is left)", waiting.Words);
        var card = await office.SeesAsync("ann", "Bob Berg asks to spend 6,000 EUR on a tent. Please decide.");
        Assert.Contains(Asked, card.Words);
        Assert.Contains("Because: It may rain.", card.Words);
        Assert.Contains($"Needs: your approval ({id}, version 1: up to 5,000 EUR, of which 5,000 EUR is left)", card.Words);
        Assert.Contains("Left: 5,000 EUR of 5,000 EUR", card.Words);
        Assert.Equal(0m, (await office.StoredAsync(id)).Dealings.SpentInAll);

        Assert.DoesNotContain(Asked, (await office.ClicksAsync("ann", "Approve")).Words);
        await office.SeesAsync("bob", "Ann Abel approved: spend 6,000 EUR on a tent.");
        var stored = await office.StoredAsync(id);
        Assert.Equal((6000m, 5000m), (stored.Dealings.SpentInAll, stored.Left!.Amount));
        var entry = (await office.HistoryAsync(id))[^1];
        Assert.Equal(("Approved by Ann Abel: spend 6,000 EUR on a tent", $"{id}, version 1: up to 5,000 EUR, of which 5,000 EUR is left", "Ann Abel"), (entry.What, entry.Clause, entry.Who.Name));
    }

    [Fact]
    public async Task Less_is_approved_and_only_that_is_spent()
    {
        var (office, id) = await HeldAsync();
        await using var _ = office;
        Assert.Contains("That is not narrower than what was asked for.", (await office.ClicksAsync("ann", "Approve this much", ("amount", "6,000.01 EUR"))).Words);
        Assert.Contains("That is not narrower than what was asked for.", (await office.ClicksAsync("ann", "Approve this much", ("amount", "20 USD"))).Words);
        Assert.Contains("I could not read that as an amount", (await office.ClicksAsync("ann", "Approve this much", ("amount", "half"))).Words);
        await office.ClicksAsync("ann", "Approve this much", ("amount", "5,500 EUR"));
        await office.SeesAsync("bob", "Ann Abel approved, with narrower terms than you asked for: spend 5,500 EUR on a tent.");
        Assert.Equal(5500m, (await office.StoredAsync(id)).Dealings.SpentInAll);
    }

    [Fact]
    public async Task It_is_refused_with_a_reason()
    {
        var (office, id) = await HeldAsync();
        await using var _ = office;
        Assert.Contains("Please write why not.", (await office.ClicksAsync("ann", "Refuse")).Words);
        await office.ClicksAsync("ann", "Refuse", ("refusal", "It will be dry."));
        await office.SeesAsync("bob", "Ann Abel did not approve: spend 6,000 EUR on a tent. Because: It will be dry.");
        Assert.Equal((0m, 0), ((await office.StoredAsync(id)).Dealings.SpentInAll, (await office.StoredAsync(id)).Dealings.Held.Count));
    }

    [Fact]
    public async Task A_request_is_withdrawn_and_a_late_answer_changes_nothing()
    {
        var (office, id) = await HeldAsync();
        await using var _ = office;
        var old = (await office.SeesAsync("ann", Asked)).Copy();
        Assert.DoesNotContain("Asked to", (await office.ClicksAsync("bob", "Withdraw")).Words);
        await office.QuietAsync();
        Assert.Contains("That request no longer waits. Withdrawn by Bob Berg.", (await office.ClicksAsync("ann", old, "Approve")).Words);
        Assert.Equal(0m, (await office.StoredAsync(id)).Dealings.SpentInAll);
        Assert.Contains("Nothing waits for your approval.", (await office.SaysAsync("ann", "approvals")).Words);
    }

    [Fact]
    public async Task A_plan_is_approved_and_then_spent_under_it()
    {
        var (office, id) = await Granting.BeganAsync(null);
        await using var _ = office;
        await office.DeclaresAsync("Plan", ("amount", "3,000 EUR"), ("what", "the event"), ("until.date", "2026-12-12"), ("because", "So I need not ask each time."));
        Assert.Contains("Bob Berg asks to spend up to 3,000 EUR for the event, until Sat 12 Dec 2026, 17:00 (Europe/Berlin).", (await office.SeesAsync("ann", "Please decide.")).Words);
        await office.ClicksAsync("ann", "Approve this much", ("amount", "2,000 EUR"));
        await office.SeesAsync("bob", "Ann Abel approved, with narrower terms than you asked for: spend up to 2,000 EUR for the event");
        await office.QuietAsync();
        var spent = await office.SpendsAsync("1,500.50 EUR", "food");
        Assert.Contains("Spent 1,500.50 EUR on food", spent.Words);
        Assert.Contains("Plan: up to 2,000 EUR for the event, until Sat 12 Dec 2026, 17:00 (Europe/Berlin); 499.50 EUR left", spent.Words);
        Assert.Contains($"({id}, approval R3: up to 2,000 EUR for the event", spent.Words);
        Assert.Contains("Needs approval by Ann Abel", (await office.SpendsAsync("500 EUR", "music")).Words);
        await office.QuietAsync();
        await office.PassAsync(TimeSpan.FromDays(20));
        Assert.Contains("Needs approval by Ann Abel", (await office.SpendsAsync("1 EUR", "a postcard")).Words);
        Assert.Equal(1500.5m, (await office.StoredAsync(id)).Dealings.SpentInAll);
    }

    [Fact]
    public async Task After_revoking_nothing_is_approved()
    {
        var (office, id) = await HeldAsync();
        await using var _ = office;
        var old = (await office.SeesAsync("ann", Asked)).Copy();
        await office.SaysAsync("ann", $"revoke {id}");
        await office.ClicksAsync("ann", "Revoke now", ("reason", "No event."));
        Assert.Contains("That request no longer waits. Not answered: it has ended.", (await office.ClicksAsync("ann", old, "Approve")).Words);
        Assert.Contains("Nothing waits for your approval.", (await office.SaysAsync("ann", "approvals")).Words);
        Assert.Equal((DelegationState.Revoked, 0m), ((await office.StoredAsync(id)).State, (await office.StoredAsync(id)).Dealings.SpentInAll));
    }

    [Fact]
    public async Task A_request_waits_through_a_restart()
    {
        var (office, id) = await HeldAsync();
        await using var _ = office;
        await office.RestartAsync();
        Assert.Contains("1 approval waits for you. Type approvals.", (await office.SaysAsync("ann", "waiting")).Words);
        await office.ClicksAsync("ann", "Approve");
        await office.SeesAsync("bob", "Ann Abel approved: spend 6,000 EUR on a tent.");
        Assert.Equal(6000m, (await office.StoredAsync(id)).Dealings.SpentInAll);
    }

    [Fact]
    public async Task Nobody_answers_what_is_not_theirs_and_tampered_requests_do_nothing()
    {
        var (office, id) = await HeldAsync();
        await using var _ = office;
        var before = await office.StoredAsync(id);
        foreach (var verb in (string[])["approve", "less", "refuse", "pass-ask", "pass", "withdraw"])
        {
            var stranger = await office.InvokesAsync("eve", $"delegation.approval-{verb}", Data(id, "R3"));
            Assert.Equal((null, "This card belongs to somebody else. Nothing was changed."), (stranger.Card, stranger.Sentence));
            var assignee = await office.InvokesAsync("bob", $"delegation.approval-{verb}", Data(id, "R99"));
            Assert.Contains("That request no longer waits: Bob Berg", assignee.Words);
            if (verb != "withdraw")
            {
                Assert.Contains("Ann Abel decides this.", (await office.InvokesAsync("bob", $"delegation.approval-{verb}", Data(id, "R3"))).Words);
            }
        }
        Assert.Contains("It is assigned to Bob Berg, who does this.", (await office.InvokesAsync("ann", "delegation.approval-withdraw", Data(id, "R3"))).Words);
        Assert.Contains("It is assigned to Bob Berg, who does this.", (await office.InvokesAsync("ann", "delegation.declare", JsonNode.Parse($$"""{"id":"{{id}}","version":"1","kind":"Spend","amount":"5 EUR","what":"x"}"""))).Words);
        Assert.Equal(before.Revision, (await office.StoredAsync(id)).Revision);
    }

    [Fact]
    public async Task A_policy_asks_somebody_else_too_who_sees_only_what_the_request_needs()
    {
        var (office, id) = await Granting.BeganAsync(Granting.Free, Policy);
        await using var _ = office;
        await office.ClicksAsync("bob", "Send question", ("question", "Is it secret?"));
        await office.SpendsAsync("2,000 EUR", "a tent", "It may rain.");
        var card = await office.SeesAsync("kim", "Bob Berg asks to spend 2,000 EUR on a tent. Please decide.");
        Assert.Contains("From: Ann Abel to Bob Berg", card.Words);
        Assert.Contains("Needs: your approval (Policy P-1: more than 1,000 EUR needs finance)", card.Words);
        foreach (var hidden in (string[])["Is it secret?", "I invite and feed everybody.", Granting.Aim])
        {
            Assert.DoesNotContain(hidden, card.Words);
        }
        Assert.False(card.Card!.HasButton("History"));
        foreach (var verb in (string[])["history", "steps", "books"])
        {
            Assert.Equal("This card belongs to somebody else. Nothing was changed.", (await office.InvokesAsync("kim", $"delegation.{verb}", Data(id, "R4"))).Words);
        }
        Assert.StartsWith("There is no such delegation", (await office.SaysAsync("kim", $"history {id}")).Words);
        await office.ClicksAsync("kim", card, "Approve");
        var ended = await office.SeesAsync("kim", "Nothing waits for your answer here.");
        Assert.Contains("Answer: Approved by Kim Kern", ended.Words);
        Assert.Equal(2000m, (await office.StoredAsync(id)).Dealings.Spent);
    }

    [Fact]
    public async Task What_meets_a_bound_and_a_policy_cites_both_when_it_is_held_approved_and_spent()
    {
        var (office, id) = await Granting.BeganAsync(Granting.Free, Policy);
        await using var _ = office;
        const string Finance = "Policy P-1: more than 1,000 EUR needs finance";
        var bound = $"{id}, version 1: up to 5,000 EUR, of which 5,000 EUR is left";
        Assert.Contains($"({bound}; {Finance})", (await office.SpendsAsync("6,000 EUR", "a tent", "It may rain.")).Words);
        Assert.Equal($"{bound}; {Finance}", (await office.HistoryAsync(id))[^1].Clause);
        Assert.Contains($"Waits for: Ann Abel, Kim Kern ({bound}; {Finance})", (await office.SeesAsync("bob", "Asked to: spend 6,000 EUR on a tent")).Words);
        await office.SeesAsync("ann", Asked);
        await office.ClicksAsync("ann", "Approve");
        Assert.Equal(bound, (await office.HistoryAsync(id))[^1].Clause);
        await office.SeesAsync("kim", Asked);
        await office.ClicksAsync("kim", "Approve");
        Assert.Equal($"{bound}; {Finance}", (await office.HistoryAsync(id))[^1].Clause);

        await office.QuietAsync();
        await office.DeclaresAsync("Plan", ("amount", "3,000 EUR"), ("what", "the event"), ("until.date", "2026-12-12"), ("because", "So I need not ask each time."));
        await office.SeesAsync("kim", "asks to spend up to 3,000 EUR");
        await office.ClicksAsync("kim", "Approve");
        await office.SeesAsync("bob", "Kim Kern approved: spend up to 3,000 EUR");
        await office.QuietAsync();
        Assert.Contains("Spent 2,000 EUR on food", (await office.SpendsAsync("2,000 EUR", "food")).Words);
        Assert.EndsWith($"; {Finance}", (await office.HistoryAsync(id))[^1].Clause, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_policy_forbids_meanwhile_is_not_approved_and_the_history_says_why()
    {
        var (office, id) = await HeldAsync();
        await using var _ = office;
        await SetAsync(office, new AuthorityChange.AddPolicy(new Policy("P-1", PolicySubject.Spending, "no large amounts", new Money(5000, "EUR"))));
        Assert.Contains("A policy forbids it, and no delegation can allow it. (Policy P-1: no large amounts)", (await office.ClicksAsync("ann", "Approve")).Words);
        var entry = (await office.HistoryAsync(id))[^1];
        Assert.Equal(
            ("Ann Abel", "Not permitted: approving what Bob Berg asks, to spend 6,000 EUR on a tent", "Policy P-1: no large amounts"),
            (entry.Who.Name, entry.What, entry.Clause));
        Assert.Single((await office.StoredAsync(id)).Dealings.Held);
    }

    [Fact]
    public async Task Of_more_than_fit_in_one_read_the_oldest_comes_first_all_the_same()
    {
        var (office, id) = await HeldAsync();
        await using var _ = office;
        var tables = office.Services.GetRequiredService<ITables>();
        var partition = PeopleStore.Partition(TestOffice.Tenant, office.Teams.People["ann"].ObjectId);
        foreach (var page in Enumerable.Range(0, 1200).Chunk(100))
        {
            await tables.CommitAsync(
                partition,
                [.. page.Select(number => new ApprovalEntry($"D-0{number:D5}", "R2", office.Clock.GetUtcNow().AddDays(1)))
                    .Select(entry => new Change.Upsert($"{ApprovalIndex.Prefix}{entry.Id}|{entry.Request}", JsonRows.Bytes(entry, DelegationJson.Default.ApprovalEntry)))],
                TestContext.Current.CancellationToken);
        }
        Assert.Contains($"{id}", (await office.SaysAsync("ann", "approvals")).Words);
    }

    [Fact]
    public async Task Whoever_only_approves_does_not_see_the_options()
    {
        var (office, id) = await Granting.BeganAsync(Granting.Narrow with { IsConfidential = true }, Policy, AuthorizationType.Uncertain);
        await using var _ = office;
        await office.AddsAsync("Rent a hall");
        await office.SpendsAsync("2,000 EUR", "a visit");
        await office.SeesAsync("kim", "Bob Berg asks to spend 2,000 EUR on a visit. Please decide.");
        Assert.StartsWith("There is no delegation of yours with options to compare", (await office.SaysAsync("kim", $"options {id}")).Words);
        Assert.Equal("This card belongs to somebody else. Nothing was changed.", (await office.InvokesAsync("kim", "delegation.options", Data(id, "R4"))).Words);
        Assert.Contains("Rent a hall", (await office.SaysAsync("ann", $"options {id}")).Words);
    }

    [Fact]
    public async Task Two_who_must_approve_and_do_so_at_the_same_moment_approve_it_once()
    {
        var (office, id) = await Granting.BeganAsync(Granting.Free, Policy);
        await using var _ = office;
        await office.SpendsAsync("6,000 EUR", "a tent", "It may rain.");
        var (leader, finance) = ((await office.SeesAsync("ann", Asked)).Copy(), (await office.SeesAsync("kim", Asked)).Copy());
        await office.QuietAsync();
        await Task.WhenAll(Enumerable.Range(1, 3).SelectMany(number => new[]
        {
            office.ClicksAsync("ann", leader, "Approve", $"ann-{number}"),
            office.ClicksAsync("kim", finance, "Approve", $"kim-{number}"),
        }));
        Assert.Equal(6000m, (await office.StoredAsync(id)).Dealings.SpentInAll);
        Assert.Single(await office.HistoryAsync(id), entry => entry.What == "Approved by Ann Abel and Kim Kern: spend 6,000 EUR on a tent");
        Assert.Contains("That request no longer waits. Approved by Ann Abel and Kim Kern.", (await office.ClicksAsync("kim", finance, "Refuse", null, ("refusal", "No."))).Words);
        Assert.Equal(6000m, (await office.StoredAsync(id)).Dealings.SpentInAll);
    }

    [Fact]
    public async Task It_is_passed_to_somebody_with_authority_who_decides_instead()
    {
        var (office, id) = await HeldAsync(known => new AuthorityChange.AddAdministrator(known.PartyOf("kim")));
        await using var _ = office;
        var asking = await office.ClicksAsync("ann", "Pass on…");
        Assert.Contains("Who decides it instead?", asking.Words);
        Assert.Contains("Please choose somebody with the authority to decide this: Kim Kern.", (await office.ClicksAsync("ann", "Pass it on", ("able", office.Teams.People["eve"].ObjectId))).Words);
        await office.ClicksAsync("ann", "Pass on…");
        Assert.DoesNotContain("Needs: your approval", (await office.ClicksAsync("ann", "Pass it on", ("able", office.Teams.People["kim"].ObjectId))).Words);
        await office.SeesAsync("kim", "Ann Abel passed this to you: Bob Berg asks to spend 6,000 EUR on a tent. Please decide.");
        await office.QuietAsync();
        Assert.Contains("Nothing waits for your approval.", (await office.SaysAsync("ann", "approvals")).Words);
        await office.ClicksAsync("kim", "Approve");
        await office.SeesAsync("bob", "Kim Kern approved: spend 6,000 EUR on a tent.");
        Assert.Equal(6000m, (await office.StoredAsync(id)).Dealings.SpentInAll);
    }

    [Fact]
    public async Task Where_nobody_is_above_it_is_not_passed_on()
    {
        var (office, _) = await HeldAsync();
        await using var __ = office;
        Assert.Contains("There is nobody above you to pass this to.", (await office.ClicksAsync("ann", "Pass on…")).Words);
    }

    private static async Task<(TestOffice Office, string Id)> HeldAsync(Func<TestOffice, AuthorityChange>? authority = null)
    {
        var (office, id) = await Granting.BeganAsync(Granting.Free, authority);
        await office.SpendsAsync("6,000 EUR", "a tent", "It may rain.");
        await office.QuietAsync();
        return (office, id);
    }

    private static AuthorityChange Policy(TestOffice office) =>
        new AuthorityChange.AddPolicy(new Policy("P-1", PolicySubject.Spending, "more than 1,000 EUR needs finance", new Money(1000, "EUR"), Approver: office.PartyOf("kim")));

    private static async Task SetAsync(TestOffice office, AuthorityChange change)
    {
        await office.Services.GetRequiredService<AuthorityStore>().UpdateAsync(
            TestOffice.Tenant, $"set {change}", office.PartyOf("ann"), office.Clock.GetUtcNow(), _ => new AuthorityOutcome.Changed(change, "set"), CancellationToken.None);
        await office.PassAsync(TimeSpan.FromSeconds(10)); // What was read is kept for a moment.
    }

    private static JsonNode Data(string id, string request) => JsonNode.Parse($$"""{"id":"{{id}}","version":"1","request":"{{request}}","refusal":"No.","amount":"5 EUR","able":"x"}""")!;
}

using CoordinationBot.Authority;
using Microsoft.Extensions.DependencyInjection;

namespace CoordinationBot.Tests.Scenarios;

/// <summary>Ann is the administrator of the settings; Bob and Eve are not.</summary>
public sealed class PolicyScenarios
{
    private static async Task<TestOffice> OpenedAsync()
    {
        var office = new TestOffice(administrators: "ann");
        await office.InstallAsync("ann", "bob", "eve");
        return office;
    }

    private static async Task<IReadOnlyList<Policy>> StoredAsync(TestOffice office)
    {
        await office.PassAsync(TimeSpan.FromSeconds(5));
        return (await office.Services.GetRequiredService<AuthorityStore>().ReadAsync(TestOffice.Tenant, CancellationToken.None)).Policies;
    }

    private static async Task<Pressed> AddsAsync(TestOffice office, string words, params (string, string)[] inputs)
    {
        await office.SaysAsync("ann", "policy");
        await office.ClicksAsync("ann", "Continue", [("subject", "OutsideCommitment"), ("words", words), ("rule", "Forbidden"), .. inputs]);
        return await office.ClicksAsync("ann", "Add this policy");
    }

    [Fact]
    public async Task A_policy_by_card_asks_for_what_its_subject_needs_and_is_seen_by_everybody()
    {
        await using var office = await OpenedAsync();
        await office.SaysAsync("ann", "policy");
        Assert.DoesNotContain("More than", office.Shown("ann")[^1].Words);
        var more = await office.ClicksAsync("ann", "Continue", ("subject", "Spending"), ("words", "Purchases above 500 EUR are approved by Eve."), ("rule", "Approval"));
        Assert.Contains("More than", more.Words);
        Assert.Contains("Approved by", more.Words);
        var review = await office.ClicksAsync("ann", "Continue", ("over", "500 EUR"), ("approver", office.Teams.People["eve"].ObjectId));
        Assert.Contains("Spending more than 500 EUR in one act needs the approval of Eve Ek. No delegation can widen it.", review.Words);
        Assert.Contains("Only in the matter: all matters", review.Words);
        Assert.Contains("Added policy P-1", (await office.ClicksAsync("ann", "Add this policy")).Words);

        await office.RestartAsync();
        var policy = Assert.Single(await StoredAsync(office));
        Assert.Equal(new Policy("P-1", PolicySubject.Spending, "Purchases above 500 EUR are approved by Eve.", new Money(500, "EUR"), null, new Party(office.Teams.People["eve"].ObjectId, "Eve Ek")), policy);
        Assert.Equal("Policy P-1: Purchases above 500 EUR are approved by Eve.", policy.Clause.ToString());
        var seen = await office.SaysAsync("bob", "policies");
        Assert.Contains("P-1: Purchases above 500 EUR are approved by Eve.", seen.Words);
        Assert.False(seen.Card!.HasButton("Withdraw P-1"));
        Assert.False(seen.Card!.HasButton("Add a policy"));
    }

    [Fact]
    public async Task A_policy_can_be_typed_and_its_own_author_may_be_the_approver()
    {
        await using var office = await OpenedAsync();
        await office.SaysAsync("ann", "policy");
        foreach (var answer in (string[])["handing", "Personnel is handed on by nobody else.", "personnel", "1"])
        {
            await office.SaysAsync("ann", answer);
        }
        Assert.Contains("Handing work on in the matter “personnel” needs the approval of Ann Abel.", (await office.SaysAsync("ann", "Ann")).Words);
        await office.SaysAsync("ann", "send");
        var policy = Assert.Single(await StoredAsync(office));
        Assert.Equal((PolicySubject.SubDelegation, "personnel", "Ann Abel"), (policy.Subject, policy.Matter, policy.Approver?.Name));
        Assert.Equal(["personnel"], await office.Services.GetRequiredService<AuthorityStore>().MattersAsync(TestOffice.Tenant, CancellationToken.None));
    }

    [Fact]
    public async Task What_was_filled_in_for_another_subject_does_not_come_along()
    {
        await using var office = await OpenedAsync();
        await office.SaysAsync("ann", "policy");
        await office.ClicksAsync("ann", "Continue", ("subject", "Spending"), ("words", "No promises."), ("rule", "Approval"));
        await office.ClicksAsync("ann", "Continue", ("over", "500 EUR"), ("approver", office.Teams.People["eve"].ObjectId));
        await office.ClicksAsync("ann", "Change something");
        await office.ClicksAsync("ann", "Continue", ("subject", "OutsideCommitment"), ("rule", "Forbidden"));
        await office.ClicksAsync("ann", "Add this policy");
        Assert.Equal(new Policy("P-1", PolicySubject.OutsideCommitment, "No promises."), Assert.Single(await StoredAsync(office)));
    }

    [Fact]
    public async Task A_withdrawn_policy_stays_as_history_and_its_number_is_never_given_again()
    {
        await using var office = await OpenedAsync();
        await AddsAsync(office, "First.");
        await AddsAsync(office, "Second.");
        await office.SaysAsync("ann", "policies");
        Assert.Contains("Withdraw P-2?", (await office.ClicksAsync("ann", "Withdraw P-2")).Words);
        Assert.Equal(2, (await StoredAsync(office)).Count);
        await office.ClicksAsync("ann", "Keep it");
        await office.ClicksAsync("ann", "Withdraw P-2");
        var asking = office.Shown("ann")[^1].Copy();
        Assert.Contains("Withdrew policy P-2 “Second.”.", (await office.ClicksAsync("ann", "Withdraw now")).Words);
        Assert.Equal("First.", Assert.Single(await StoredAsync(office)).Text);
        Assert.Contains("is not in force any more", (await office.ClicksAsync("ann", asking, "Withdraw now")).Words);

        await AddsAsync(office, "Third.");
        Assert.Equal(["P-1", "P-3"], (await StoredAsync(office)).Select(policy => policy.Id));
        await office.SaysAsync("bob", "policies");
        await office.ClicksAsync("bob", "Withdrawn policies");
        var withdrawn = await office.SeesAsync("bob", "Second.");
        Assert.Contains("Withdrawn by Ann Abel on Mon 23 Nov 2026", withdrawn.Words);
        Assert.DoesNotContain("First.", withdrawn.Words);
    }

    [Fact]
    public async Task More_than_nine_policies_stay_in_order_and_have_pages()
    {
        await using var office = await OpenedAsync();
        var store = office.Services.GetRequiredService<AuthorityStore>();
        var ann = new Party(office.Teams.People["ann"].ObjectId, "Ann Abel");
        for (var number = 1; number <= 12; number++)
        {
            await store.UpdateAsync(TestOffice.Tenant, $"add-{number}", ann, office.Clock.GetUtcNow(), known => AuthorityRules.AddPolicy(known, ann, new Policy("", PolicySubject.OutsideCommitment, "No promises.")), CancellationToken.None);
        }
        Assert.Equal([.. Enumerable.Range(1, 12).Select(number => $"P-{number}")], (await StoredAsync(office)).Select(policy => policy.Id));
        Assert.Contains("1 to 10 of 12.", (await office.SaysAsync("bob", "policies")).Words);
        var rest = await office.ClicksAsync("bob", "More");
        Assert.Contains("11 to 12 of 12.", rest.Words);
        Assert.Contains("P-12: No promises.", rest.Words);
    }

    [Fact]
    public async Task Five_at_the_same_moment_get_five_numbers()
    {
        await using var office = await OpenedAsync();
        var store = office.Services.GetRequiredService<AuthorityStore>();
        var ann = new Party(office.Teams.People["ann"].ObjectId, "Ann Abel");
        await Task.WhenAll(Enumerable.Range(1, 5).Select(number => store.UpdateAsync(TestOffice.Tenant, $"add-{number}", ann, office.Clock.GetUtcNow(), known => AuthorityRules.AddPolicy(known, ann, new Policy("", PolicySubject.OutsideCommitment, "No promises.")), CancellationToken.None).AsTask()));
        Assert.Equal(["P-1", "P-2", "P-3", "P-4", "P-5"], (await StoredAsync(office)).Select(policy => policy.Id));
    }

    [Theory]
    [InlineData("over", "5", "Please add the currency")]
    [InlineData("over", "-5 EUR", "An amount cannot be less than zero.")]
    [InlineData("matter", "12345678901234567890123456789012345678901", "That is too long for “Only in the matter”")]
    [InlineData("words", "", "Please write the policy in a sentence")]
    [InlineData("approver", "Secretary", "I approve nothing: I am only the secretary.")]
    [InlineData("approver", "Carl", "I have not met anybody called “Carl” yet.")]
    public async Task A_bad_value_gets_a_sentence_and_nothing_is_lost(string field, string bad, string sentence)
    {
        await using var office = await OpenedAsync();
        await office.SaysAsync("ann", "policy");
        await office.ClicksAsync("ann", "Continue", ("subject", "Spending"), ("rule", "Approval"), ("words", "Ask Eve."));
        (string, string)[] good = [("over", "0 EUR"), ("matter", ""), ("words", "Ask Eve."), ("approver", office.Teams.People["eve"].ObjectId)];
        Assert.Contains(sentence, (await office.ClicksAsync("ann", "Continue", [.. good.Where(input => input.Item1 != field), (field, bad)])).Words);
        Assert.Contains("Spending more than 0 EUR in one act needs the approval of Eve Ek.", (await office.ClicksAsync("ann", "Continue", good)).Words);
    }
}

using CoordinationBot.Delegations;

namespace CoordinationBot.Tests.Scenarios;

/// <summary>Ann may decide up to 500 EUR; Kim, her next one up, up to 5,000; Eve is the administrator. Ann wants Bob to arrange a party.</summary>
public sealed class GrantScenarios
{
    private const string Title = "Spring party";
    private const string Asks = "Ann Abel asks to give this to Bob Berg.";

    private static async Task<TestOffice> BeganAsync(string kims = "5,000 EUR")
    {
        var office = new TestOffice(administrators: "eve");
        office.Add("kim", "Kim Kern");
        office.Add("dan", "Dan Dorn");
        await office.InstallAsync("ann", "bob", "eve", "kim", "dan");
        await SetsAsync(office, "Ann", "500 EUR", "Kim");
        await SetsAsync(office, "Kim", kims, "Dan");
        await SetsAsync(office, "Dan", "none", "");
        return office;
    }

    private static async Task SetsAsync(TestOffice office, string whose, string money, string next)
    {
        await office.SaysAsync("eve", $"mandate {whose}");
        await office.ClicksAsync("eve", "Continue", ("money", money == "none" ? "" : money), ("outside", "false"), ("reach", "Anybody"), ("excluded", ""), ("next", next));
        await office.ClicksAsync("eve", "Set this mandate");
        await office.PassAsync(TimeSpan.FromSeconds(10));
    }

    private static async Task<Pressed> ReviewsAsync(TestOffice office, string budget = "2,000 EUR", string outside = "false")
    {
        await office.SaysAsync("ann", $"delegate \"{Title}\" to Bob by fri 5pm");
        await office.ClicksAsync("ann", "Continue", ("type", "Flexible"));
        return await office.ClicksAsync("ann", "Continue", ("outcome", "Everybody had a good time"), ("budget", budget), ("involve", "Anyone"), ("outside", outside), ("depth", "0"), ("must-not", ""), ("confidential", "false"));
    }

    private static async Task<string> AsksAsync(TestOffice office)
    {
        await ReviewsAsync(office);
        var sent = await office.ClicksAsync("ann", "Ask Kim Kern");
        await office.QuietAsync();
        return System.Text.RegularExpressions.Regex.Match(sent.Words, "D-[0-9A-Z]+").Value;
    }

    private static void HeardNothing(TestOffice office, string who) => Assert.DoesNotContain(office.Shown(who), message => message.Words.Contains(Title, StringComparison.Ordinal));

    [Fact]
    public async Task Beyond_the_mandate_whoever_can_give_it_is_asked_and_the_assignee_hears_of_it_only_then()
    {
        await using var office = await BeganAsync();
        var review = await ReviewsAsync(office);
        Assert.Contains("It lies beyond what you may decide. (Mandate of Ann Abel: up to 500 EUR) Kim Kern can give it and is asked; Bob Berg hears of it only then.", review.Words);
        Assert.False(review.Card!.HasButton("Send to Bob Berg"));
        var card = await office.ClicksAsync("ann", "Ask Kim Kern");
        Assert.Contains("Now: It lies beyond what you may decide. Kim Kern can give it and is asked; Bob Berg hears of it then.", card.Words);
        Assert.Contains("Waits for: Kim Kern (Mandate of Ann Abel: up to 500 EUR)", card.Words);
        await office.QuietAsync();
        var id = System.Text.RegularExpressions.Regex.Match(card.Words, "D-[0-9A-Z]+").Value;
        HeardNothing(office, "bob");
        Assert.Contains("Nothing is assigned to you right now.", (await office.SaysAsync("bob", "my tasks")).Words);
        Assert.DoesNotContain(Title, (await office.SaysAsync("bob", $"history {id}")).Words);
        Assert.Contains("waiting to be approved", (await office.SaysAsync("ann", "delegations")).Words);

        var asked = await office.SeesAsync("kim", Asks);
        Assert.Contains("Outcome: Everybody had a good time", asked.Words);
        Assert.Contains("up to 2,000 EUR", asked.Words);
        Assert.Contains("Needs: your approval (Mandate of Ann Abel: up to 500 EUR)", asked.Words);
        Assert.Contains(Title, (await office.SaysAsync("kim", "approvals")).Words);
        await office.ClicksAsync("kim", asked, "Approve");
        await office.SeesAsync("ann", "Kim Kern approved, and it is offered to Bob Berg now.");
        await office.SeesAsync("bob", "Ann Abel asks you to take this on.");
        await office.ClicksAsync("bob", "Accept", ("brief", "I arrange it."));
        await office.QuietAsync();

        // What was given is Ann's to pass on: nobody is asked again within it.
        Assert.Contains("Spent 1,900 EUR on food", (await office.SpendsAsync("1,900 EUR", "food")).Words);
        Assert.Contains("Needs approval by Kim Kern: spend 200 EUR on music", (await office.SpendsAsync("200 EUR", "music")).Words);
        var history = await office.HistoryAsync(id);
        Assert.Equal(("Needs approval by Kim Kern: give this to Bob Berg", "Ann Abel", "Mandate of Ann Abel: up to 500 EUR"), (history[0].What, history[0].Who.Name, history[0].Clause));
        Assert.Equal(("Approved by Kim Kern: give this to Bob Berg. It is offered now", "Kim Kern"), (history[1].What, history[1].Who.Name));
    }

    [Fact]
    public async Task Sent_by_typing_it_is_asked_for_as_well_and_twice_is_once()
    {
        await using var office = await BeganAsync();
        await ReviewsAsync(office);
        Assert.Contains("lies beyond what you may decide, so Kim Kern is asked. I will tell you the answer.", (await office.SaysAsync("ann", "send")).Words);
        await office.QuietAsync();
        var asked = (await office.SeesAsync("kim", Asks)).Copy();
        await office.ClicksAsync("kim", asked, "Approve");
        await office.QuietAsync();
        var offers = office.Shown("bob").Count;
        await office.ClicksAsync("kim", asked, "Approve");
        await office.QuietAsync();
        Assert.Equal(offers, office.Shown("bob").Count);
        Assert.Contains("That request no longer waits. Approved by Kim Kern.", (await office.ClicksAsync("kim", asked, "Refuse", null, ("refusal", "No."))).Words);
    }

    [Fact]
    public async Task It_is_refused_with_a_reason_and_the_assignee_never_hears_of_it()
    {
        await using var office = await BeganAsync();
        var id = await AsksAsync(office);
        Assert.Contains("Please write why not.", (await office.ClicksAsync("kim", "Refuse")).Words);
        await office.ClicksAsync("kim", "Refuse", ("refusal", "Not this year."));
        var told = await office.SeesAsync("ann", "Kim Kern did not approve: give this to Bob Berg. Because: Not this year.");
        Assert.Contains("Now: It was not given, and Bob Berg heard nothing of it.", told.Words);
        await office.QuietAsync();
        HeardNothing(office, "bob");
        Assert.Equal(DelegationState.Declined, (await office.StoredAsync(id)).State);
    }

    [Fact]
    public async Task It_is_withdrawn_and_a_late_approval_offers_nothing()
    {
        await using var office = await BeganAsync();
        await AsksAsync(office);
        var old = (await office.SeesAsync("kim", Asks)).Copy();
        Assert.Contains("You withdrew it, and Bob Berg heard nothing of it.", (await office.ClicksAsync("ann", "Withdraw")).Words);
        await office.QuietAsync();
        Assert.Contains("That request no longer waits. Withdrawn by Ann Abel.", (await office.ClicksAsync("kim", old, "Approve")).Words);
        await office.QuietAsync();
        HeardNothing(office, "bob");
        Assert.Contains("Nothing waits for your approval.", (await office.SaysAsync("kim", "approvals")).Words);
    }

    [Fact]
    public async Task Neither_the_one_who_asks_nor_the_one_who_would_get_it_answers()
    {
        await using var office = await BeganAsync();
        var id = await AsksAsync(office);
        foreach (var who in (string[])["ann", "bob", "eve", "dan"])
        {
            await office.InvokesAsync(who, "delegation.approval-approve", System.Text.Json.Nodes.JsonNode.Parse($$"""{"id":"{{id}}","version":"1","request":"R1"}"""));
        }
        // Nor as the deputy of whoever is asked.
        await office.SaysAsync("kim", "away until fri, deputy Ann");
        await office.ClicksAsync("kim", "Confirm");
        await office.QuietAsync();
        await office.InvokesAsync("ann", "delegation.approval-approve", System.Text.Json.Nodes.JsonNode.Parse($$"""{"id":"{{id}}","version":"1","request":"R1"}"""));
        await office.QuietAsync();
        Assert.Equal(DelegationState.Requested, (await office.StoredAsync(id)).State);
        HeardNothing(office, "bob");
    }

    [Fact]
    public async Task Whoever_cannot_give_it_any_more_passes_it_on()
    {
        await using var office = await BeganAsync();
        var id = await AsksAsync(office);
        await SetsAsync(office, "Kim", "1,000 EUR", "Dan");
        Assert.Contains("It lies beyond what Kim Kern may decide as well. Please pass it on to Eve Ek.", (await office.ClicksAsync("kim", "Approve")).Words);
        await office.ClicksAsync("kim", "Pass on…");
        await office.ClicksAsync("kim", "Pass it on", ("able", office.Teams.People["eve"].ObjectId));
        await office.ClicksAsync("eve", (await office.SeesAsync("eve", "Kim Kern passed this to you: Ann Abel asks to give this to Bob Berg.")).Copy(), "Approve");
        await office.SeesAsync("bob", "Ann Abel asks you to take this on.");
        Assert.Equal("Eve Ek", (await office.StoredAsync(id)).Grant!.By!.Name);
    }

    [Fact]
    public async Task What_was_given_by_somebody_who_lost_the_mandate_is_not_kept_silently()
    {
        await using var office = await BeganAsync();
        await AsksAsync(office);
        await office.ClicksAsync("kim", (await office.SeesAsync("kim", Asks)).Copy(), "Approve");
        await office.ClicksAsync("bob", (await office.SeesAsync("bob", "Ann Abel asks you to take this on.")).Copy(), "Accept", null, ("brief", "I arrange it."));
        await office.QuietAsync();
        Assert.Contains("Spent 100 EUR on food", (await office.SpendsAsync("100 EUR", "food")).Words);
        await SetsAsync(office, "Kim", "1,000 EUR", "Dan");
        // Neither Kim nor Dan may decide as much now.
        Assert.Contains("Needs approval by Eve Ek: spend 100 EUR on music", (await office.SpendsAsync("100 EUR", "music")).Words);
    }

    [Fact]
    public async Task Nobody_answers_so_the_next_one_up_is_asked_and_at_last_it_expires()
    {
        await using var office = await BeganAsync();
        var id = await AsksAsync(office);
        await office.PassesAsync(1);
        await office.SeesAsync("kim", "A reminder: Ann Abel asks to give this to Bob Berg. Please decide.");
        await office.PassesAsync(1);
        await office.SeesAsync("eve", "Kim Kern has not answered for two working days, so you are asked too: Ann Abel asks to give this to Bob Berg. Please decide.");
        await office.PassesAsync(4);
        await office.SeesAsync("ann", "It expired: Kim Kern did not answer before it was due.");
        await office.QuietAsync();
        Assert.Equal(DelegationState.Expired, (await office.StoredAsync(id)).State);
        HeardNothing(office, "bob");
    }

    [Fact]
    public async Task Where_nobody_above_can_give_it_nothing_is_sent_and_the_clause_says_why()
    {
        await using var office = new TestOffice(administrators: "ann");
        await office.InstallAsync("ann", "bob");
        await office.SaysAsync("ann", "mandate Ann");
        await office.ClicksAsync("ann", "Continue", ("money", "500 EUR"), ("outside", "false"), ("reach", "Anybody"), ("excluded", ""), ("next", ""));
        await office.ClicksAsync("ann", "Set this mandate");
        await office.PassAsync(TimeSpan.FromSeconds(10));
        var review = await ReviewsAsync(office, "500.01 EUR");
        Assert.Contains("It lies beyond what you may decide. (Mandate of Ann Abel: up to 500 EUR) Nobody above you can give it either; an administrator can change your mandate.", review.Words);
        Assert.False(review.Card!.HasButton("Send to Bob Berg"));
        // Whoever sends it all the same, by typing, is refused by the rule.
        Assert.Contains("It was not sent. It lies beyond what you may decide.", (await office.SaysAsync("ann", "send")).Words);
        await office.QuietAsync();
        HeardNothing(office, "bob");
    }

    [Fact]
    public async Task A_request_goes_on_after_restarts()
    {
        await using var office = await BeganAsync();
        var id = await AsksAsync(office);
        await office.RestartAsync();
        await office.ClicksAsync("kim", (await office.SeesAsync("kim", Asks)).Copy(), "Approve");
        await office.RestartAsync();
        // A wake-up that the ended host had in its hands is hidden for three minutes.
        await office.PassAsync(TimeSpan.FromMinutes(5));
        await office.SeesAsync("bob", "Ann Abel asks you to take this on.");
        await office.SeesAsync("ann", "it is offered to Bob Berg now.");
        Assert.Equal(2, (await office.StoredAsync(id)).Revision);
    }
}

using CoordinationBot.Authority;
using CoordinationBot.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace CoordinationBot.Tests.Scenarios;

/// <summary>Ann is the administrator of the settings; Bob and Eve are not.</summary>
public sealed class MandateScenarios
{
    private static async Task<TestOffice> OpenedAsync()
    {
        var office = new TestOffice(administrators: "ann");
        await office.InstallAsync("ann", "bob", "eve");
        return office;
    }

    private static string Id(TestOffice office, string who) => office.Teams.People[who].ObjectId;

    private static Task<Authorities> StoredAsync(TestOffice office) =>
        office.Services.GetRequiredService<AuthorityStore>().ReadNowAsync(TestOffice.Tenant, CancellationToken.None).AsTask();

    private static (string, string)[] Bobs(TestOffice office) =>
        [("money", "5,000 EUR"), ("outside", "true"), ("reach", "Named"), ("excluded", "personnel, Contracts"), ("next", Id(office, "eve"))];

    /// <summary>Bob's mandate, set by card.</summary>
    private static async Task<Pressed> SetsBobsAsync(TestOffice office)
    {
        await office.SaysAsync("ann", "mandate Bob");
        await office.ClicksAsync("ann", "Continue", Bobs(office));
        await office.ClicksAsync("ann", "Continue", ("people", $"{Id(office, "ann")},{Id(office, "eve")}"));
        return await office.ClicksAsync("ann", "Set this mandate");
    }

    [Fact]
    public async Task Everybody_sees_their_own_mandate_also_when_none_was_set()
    {
        await using var office = await OpenedAsync();
        var mine = await office.SaysAsync("bob", "my mandate");
        foreach (var line in (string[])["Mandate of Bob Berg", "No limits: no mandate has been set yet."])
        {
            Assert.Contains(line, mine.Words.Split('\n'));
        }
        Assert.Contains("Nothing has been set yet", mine.Words);
        Assert.False(mine.Card!.HasButton("Change"));
    }

    [Fact]
    public async Task An_administrator_sets_a_mandate_by_card_and_it_is_read_back_stored_and_shown()
    {
        await using var office = await OpenedAsync();
        await office.SaysAsync("ann", "mandate Bob");
        var people = await office.ClicksAsync("ann", "Continue", Bobs(office));
        Assert.DoesNotContain("Please pick", people.Words);
        var review = await office.ClicksAsync("ann", "Continue", ("people", $"{Id(office, "ann")},{Id(office, "eve")}"));
        foreach (var line in (string[])["Mandate of Bob Berg", "Money: 5,000 EUR", "Outside commitments: yes", "May delegate to: Named people only", "Named people: Ann Abel, Eve Ek", "Matters excluded: personnel, Contracts", "Decides beyond it: Eve Ek"])
        {
            Assert.Contains(line, review.Words.Split('\n'));
        }
        Assert.Contains("Stored. It holds from now on.", (await office.ClicksAsync("ann", "Set this mandate")).Words);

        await office.RestartAsync();
        var mandate = (await StoredAsync(office)).MandateOf(Id(office, "bob"));
        Assert.Equal(new Money(5000, "EUR"), mandate.Money);
        Assert.True(mandate.OutsideCommitments);
        Assert.Equal([Id(office, "ann"), Id(office, "eve")], mandate.Reach!.Select(party => party.ObjectId));
        Assert.Equal(["personnel", "Contracts"], mandate.Excluded);
        Assert.Equal("Eve Ek", mandate.NextUp?.Name);
        Assert.Equal("Mandate of Bob Berg", mandate.Origin);
        Assert.Contains("up to 5,000 EUR in one delegation", (await office.SaysAsync("bob", "my mandate")).Words);
        Assert.Contains("Set by Ann Abel on Mon 23 Nov 2026", office.Shown("bob")[^1].Words);
        Assert.Contains("No limits: no mandate has been set yet.", (await office.SaysAsync("eve", "my mandate")).Words);
    }

    [Fact]
    public async Task The_mandate_for_everybody_holds_for_whoever_has_none_of_their_own()
    {
        await using var office = await OpenedAsync();
        await SetsBobsAsync(office);
        await office.SaysAsync("ann", "mandate everybody");
        await office.ClicksAsync("ann", "Continue", ("money", "200 EUR"), ("next", Id(office, "eve")));
        await office.ClicksAsync("ann", "Set this mandate");
        Assert.Contains("up to 5,000 EUR", (await office.SaysAsync("bob", "my mandate")).Words);
        Assert.Contains("up to 200 EUR", (await office.SaysAsync("ann", "my mandate")).Words);
        Assert.Contains("Decides beyond it: Eve Ek", office.Shown("ann")[^1].Words);
        // Eve is not next up for herself.
        Assert.Contains("Decides beyond it: an administrator", (await office.SaysAsync("eve", "my mandate")).Words);
        Assert.Contains("Mandate for everybody", (await StoredAsync(office)).MandateOf("somebody").Origin);

        await office.SaysAsync("ann", "mandates");
        var list = office.Shown("ann")[^1].Words;
        Assert.True(list.IndexOf("Everybody", StringComparison.Ordinal) < list.IndexOf("Bob Berg", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_mandate_is_taken_back_only_after_asking_and_then_the_one_for_everybody_holds()
    {
        await using var office = await OpenedAsync();
        await SetsBobsAsync(office);
        await office.ClicksAsync("ann", "Take it back");
        Assert.Contains("up to 5,000 EUR", (await office.SaysAsync("bob", "my mandate")).Words);
        await office.ClicksAsync("ann", "Keep it");
        await office.ClicksAsync("ann", "Take it back");
        var card = office.Shown("ann").Last(message => message.Card?.HasButton("Take it back now") == true).Copy();
        await office.ClicksAsync("ann", "Take it back now");
        Assert.Contains("No limits: no mandate has been set yet.", (await office.SaysAsync("bob", "my mandate")).Words);
        Assert.Contains("Somebody took this mandate back meanwhile", (await office.ClicksAsync("ann", card, "Take it back now")).Words);
    }

    [Fact]
    public async Task The_second_of_two_administrators_sees_the_present_state_and_overwrites_nothing()
    {
        await using var office = await OpenedAsync();
        await office.SaysAsync("ann", "administrators add Eve");
        await office.SaysAsync("eve", "mandate Bob");
        await office.ClicksAsync("eve", "Continue", ("money", "1 EUR"));
        await SetsBobsAsync(office);
        var late = await office.ClicksAsync("eve", "Set this mandate");
        Assert.Contains("Ann Abel changed this mandate meanwhile, so nothing of yours was stored.", late.Words);
        Assert.Contains("up to 5,000 EUR", late.Words);
        Assert.Equal(new Money(5000, "EUR"), (await StoredAsync(office)).MandateOf(Id(office, "bob")).Money);
        await office.SaysAsync("eve", "mandate Bob");
        await office.ClicksAsync("eve", "Continue", ("money", "1 EUR"));
        Assert.Contains("up to 1 EUR", (await office.ClicksAsync("eve", "Set this mandate")).Words);
    }

    [Fact]
    public async Task Both_at_the_same_moment_one_of_them_is_stored_and_the_other_is_told()
    {
        await using var office = await OpenedAsync();
        await office.SaysAsync("ann", "administrators add Eve");
        foreach (var (who, amount) in ((string, string)[])[("ann", "1 EUR"), ("eve", "2 EUR")])
        {
            await office.SaysAsync(who, "mandate Bob");
            await office.ClicksAsync(who, "Continue", ("money", amount));
        }
        var answers = await Task.WhenAll(office.ClicksAsync("ann", "Set this mandate"), office.ClicksAsync("eve", "Set this mandate"));
        Assert.Single(answers, answer => answer.Words.Contains("Stored. It holds from now on.", StringComparison.Ordinal));
        Assert.Single(answers, answer => answer.Words.Contains("changed this mandate meanwhile", StringComparison.Ordinal));
        var stored = await StoredAsync(office);
        Assert.Equal(2, stored.Revision);
        Assert.All(answers, answer => Assert.Contains($"up to {stored.MandateOf(Id(office, "bob")).Money}", answer.Words));
    }

    [Fact]
    public async Task Pressed_again_or_delivered_again_it_is_stored_once()
    {
        await using var office = await OpenedAsync();
        await office.SaysAsync("ann", "mandate Bob");
        await office.ClicksAsync("ann", "Continue", ("money", "5,000 EUR"));
        var review = office.Shown("ann")[^1].Copy();
        await office.ClicksAsync("ann", review, "Set this mandate", "press-1");
        Assert.Contains("This was stored already.", (await office.ClicksAsync("ann", review, "Set this mandate", "press-1")).Words);
        await office.RestartAsync();
        var again = await office.ClicksAsync("ann", review, "Set this mandate", "press-2");
        Assert.Contains("This was stored already.", again.Words);
        Assert.Contains("up to 5,000 EUR", again.Words);
        Assert.Equal(1, (await StoredAsync(office)).Revision);
    }

    [Fact]
    public async Task A_draft_that_could_not_be_removed_after_it_was_stored_does_nothing_a_second_time()
    {
        await using var office = await OpenedAsync();
        await office.SaysAsync("ann", "policy");
        await office.ClicksAsync("ann", "Continue", ("subject", "OutsideCommitment"), ("words", "No promises."), ("rule", "Forbidden"));
        var review = office.Shown("ann")[^1].Copy();
        var (partition, stored) = (AuthorityStore.Partition(TestOffice.Tenant), false);
        office.Store.Fails = (call, at) => call == "commit" && (stored |= at == partition) && at != partition;
        await office.ClicksAsync("ann", "Add this policy");
        office.Store.Fails = (_, _) => false;
        Assert.True(stored);
        Assert.Contains("This was stored already: Added policy P-1", (await office.ClicksAsync("ann", review, "Add this policy")).Words);
        Assert.Equal(1, (await StoredAsync(office)).LastPolicy);
    }

    [Theory]
    [InlineData("mandates")]
    [InlineData("mandate")]
    [InlineData("mandate Bob")]
    [InlineData("mandate everybody")]
    [InlineData("policy")]
    [InlineData("administrators add Bob")]
    [InlineData("administrators remove Ann")]
    public async Task Whoever_is_no_administrator_is_told_who_is(string command)
    {
        await using var office = await OpenedAsync();
        Assert.StartsWith("Only the administrator may do that. Please ask Ann Abel.", (await office.SaysAsync("bob", command)).Words, StringComparison.Ordinal);
        Assert.Equal(0, (await StoredAsync(office)).Revision);
    }

    [Theory]
    [InlineData("authority.mandates", """{"from":"0"}""")]
    [InlineData("authority.mandate-open", """{"person":"00000000-0000-0000-0000-000000000002"}""")]
    [InlineData("authority.mandate-everybody", "{}")]
    [InlineData("authority.mandate-show", """{"person":"everybody"}""")]
    [InlineData("authority.mandate-reset-ask", """{"person":"00000000-0000-0000-0000-000000000002"}""")]
    [InlineData("authority.mandate-reset", """{"person":"00000000-0000-0000-0000-000000000002","version":"1"}""")]
    [InlineData("authority.administrator-add", """{"person":"00000000-0000-0000-0000-000000000002"}""")]
    [InlineData("authority.administrator-remove", """{"remove":"00000000-0000-0000-0000-000000000001"}""")]
    [InlineData("authority.policy-withdraw-ask", """{"id":"P-1"}""")]
    [InlineData("authority.policy-withdraw", """{"id":"P-1"}""")]
    [InlineData("authority.history", "{}")]
    public async Task A_button_gives_nobody_the_rights_of_an_administrator(string verb, string data)
    {
        await using var office = await OpenedAsync();
        await SetsBobsAsync(office);
        Assert.Contains("Only the administrator may do that.", (await office.InvokesAsync("bob", verb, System.Text.Json.Nodes.JsonNode.Parse(data))).Words);
        Assert.Equal(1, (await StoredAsync(office)).Revision);
    }

    [Fact]
    public async Task A_review_that_was_opened_as_administrator_sets_nothing_after_that_ended()
    {
        await using var office = await OpenedAsync();
        await office.SaysAsync("ann", "administrators add Eve");
        await office.SaysAsync("eve", "mandate Bob");
        await office.ClicksAsync("eve", "Continue", ("money", "1 EUR"));
        await office.SaysAsync("ann", "administrators remove Eve");
        Assert.Contains("Only the administrator may do that. Please ask Ann Abel.", (await office.ClicksAsync("eve", "Set this mandate")).Words);
        Assert.Equal(2, (await StoredAsync(office)).Revision);
    }

    [Theory]
    [InlineData("money", "5,000 XYZ", "I do not know the currency “XYZ”.")]
    [InlineData("money", "-5 EUR", "An amount cannot be less than zero.")]
    [InlineData("money", "9,999,999,999,999 EUR", "the largest amount is 999,999,999,999.99 EUR")]
    [InlineData("money", "0 EUR", "The amount must be more than zero.")]
    [InlineData("excluded", "personnel, 12345678901234567890123456789012345678901", "is too long for the name of a matter: 41 characters, at most 40 fit.")]
    [InlineData("excluded", "a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p,q,r,s,t,u", "21 matters are too many; at most 20 fit.")]
    [InlineData("next", "Carl", "I have not met anybody called “Carl” yet.")]
    [InlineData("next", "Bob Berg", "Nobody decides what lies beyond their own mandate.")]
    [InlineData("next", "Secretary", "I decide nothing: I am only the secretary.")]
    public async Task A_bad_value_gets_a_sentence_and_nothing_is_lost(string field, string bad, string sentence)
    {
        await using var office = await OpenedAsync();
        await office.SaysAsync("ann", "mandate Bob");
        (string, string)[] good = [("money", "5,000 EUR"), ("reach", "Anybody"), ("excluded", "personnel"), ("next", "")];
        var answer = await office.ClicksAsync("ann", "Continue", [.. good.Where(input => input.Item1 != field), (field, bad)]);
        Assert.Contains(sentence, answer.Words);
        Assert.Contains(field == "money" ? "personnel" : "5,000 EUR", answer.Words);
        var review = await office.ClicksAsync("ann", "Continue", good);
        Assert.Contains("Money: 5,000 EUR", review.Words);
        Assert.Contains("Matters excluded: personnel", review.Words);
    }

    [Fact]
    public async Task The_form_shows_what_holds_and_an_empty_amount_takes_the_money_away()
    {
        await using var office = await OpenedAsync();
        await SetsBobsAsync(office);
        var form = await office.SaysAsync("ann", $"mandate {office.Teams.People["bob"].ObjectId}");
        var values = CardReading.Buttons(form.Card!).First().Inputs;
        Assert.Equal(("5,000 EUR", "true", "Named", "personnel, Contracts"), (values["money"], values["outside"], values["reach"], values["excluded"]));
        await office.ClicksAsync("ann", "Continue", ("money", ""), ("reach", "Anybody"), ("next.nobody", "true"));
        await office.ClicksAsync("ann", "Set this mandate");
        var mandate = (await StoredAsync(office)).MandateOf(Id(office, "bob"));
        Assert.Equal((null, null, null), (mandate.Money, mandate.Reach, mandate.NextUp));
    }

    [Fact]
    public async Task Whose_mandate_is_asked_when_nobody_is_named_and_when_two_may_be_meant()
    {
        await using var office = await OpenedAsync();
        office.Add("bob2", "Bob Bach");
        await office.InstallAsync("bob2");
        await office.SaysAsync("ann", "mandate");
        Assert.Contains("Please pick a person", (await office.ClicksAsync("ann", "Open")).Words);
        await office.ClicksAsync("ann", "Open", ("person", Id(office, "eve")));
        Assert.Contains("Mandate of Eve Ek", office.Shown("ann")[^1].Words);
        Assert.Contains("“Bob” may be Bob Bach", (await office.SaysAsync("ann", "mandate Bob")).Words);
        await office.ClicksAsync("ann", "Continue", ("person", Id(office, "bob2")));
        await office.SeesAsync("ann", "Mandate of Bob Bach");
        Assert.Contains("I have not met anybody called “Carl” yet.", (await office.SaysAsync("ann", "mandate Carl")).Words);
        await office.SaysAsync("ann", "mandate");
        await office.ClicksAsync("ann", "The one for everybody");
        await office.SeesAsync("ann", "Mandate for everybody");
    }

    [Fact]
    public async Task A_long_list_has_pages()
    {
        await using var office = await OpenedAsync();
        var store = office.Services.GetRequiredService<AuthorityStore>();
        var ann = new Party(Id(office, "ann"), "Ann Abel");
        for (var number = 1; number <= 23; number++)
        {
            var whose = new Party($"o{number}", $"Person {number:D2}");
            await store.UpdateAsync(TestOffice.Tenant, $"set-{number}", ann, office.Clock.GetUtcNow(), known => AuthorityRules.SetMandate(known, ann, whose, Mandate.BuiltIn, 0), CancellationToken.None);
        }
        Assert.Contains("1 to 10 of 24.", (await office.SaysAsync("ann", "mandates")).Words);
        await office.ClicksAsync("ann", "More");
        var last = await office.ClicksAsync("ann", "More");
        Assert.Contains("21 to 24 of 24.", last.Words);
        Assert.Contains("Person 23", last.Words);
        Assert.Contains("11 to 20 of 24.", (await office.ClicksAsync("ann", "Earlier")).Words);
    }

    [Fact]
    public async Task All_of_a_tenant_is_one_read_and_within_seconds_none()
    {
        await using var office = await OpenedAsync();
        await SetsBobsAsync(office);
        var store = office.Services.GetRequiredService<AuthorityStore>();
        await office.PassAsync(TimeSpan.FromSeconds(10));
        Assert.Equal(new Money(5000, "EUR"), (await store.ReadAsync(TestOffice.Tenant, CancellationToken.None)).MandateOf(Id(office, "bob")).Money);
        var tables = office.Services.GetRequiredService<ITables>();
        await tables.CommitAsync(AuthorityStore.Partition(TestOffice.Tenant), [new Change.Delete($"now|mandate|{Id(office, "bob")}", null)], CancellationToken.None);
        Assert.NotNull((await store.ReadAsync(TestOffice.Tenant, CancellationToken.None)).MandateOf(Id(office, "bob")).Money);
        await office.PassAsync(TimeSpan.FromSeconds(4));
        Assert.Null((await store.ReadAsync(TestOffice.Tenant, CancellationToken.None)).MandateOf(Id(office, "bob")).Money);
        Assert.Equal([], await store.MattersAsync(TestOffice.Tenant, CancellationToken.None));
    }
}

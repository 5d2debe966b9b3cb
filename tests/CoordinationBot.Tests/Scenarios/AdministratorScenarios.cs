using CoordinationBot.Authority;
using CoordinationBot.People;
using Microsoft.Extensions.DependencyInjection;

namespace CoordinationBot.Tests.Scenarios;

public sealed class AdministratorScenarios
{
    private static async Task<TestOffice> OpenedAsync(params string[] administrators)
    {
        var office = new TestOffice(administrators: administrators);
        await office.InstallAsync("ann", "bob", "eve");
        return office;
    }

    [Fact]
    public async Task Without_any_administrator_the_answer_says_where_one_is_named()
    {
        await using var office = await OpenedAsync();
        Assert.Contains("there is none yet. Whoever runs this bot can name one in its settings (Office:Administrators).", (await office.SaysAsync("ann", "mandate Bob")).Words);
    }

    [Fact]
    public async Task An_administrator_makes_another_who_can_do_the_same_also_after_a_restart()
    {
        await using var office = await OpenedAsync("ann");
        Assert.Contains("Made Eve Ek an administrator.", (await office.SaysAsync("ann", "administrators add Eve")).Words);
        await office.RestartAsync();
        await office.PassAsync(TimeSpan.FromSeconds(1));
        Assert.Contains("Made Bob Berg an administrator.", (await office.SaysAsync("eve", "administrators add bob")).Words);
        Assert.Contains("Bob Berg is an administrator already.", (await office.SaysAsync("ann", "administrators add Bob")).Words);
        var list = await office.SaysAsync("bob", "administrators");
        Assert.Contains("added by Eve Ek on Mon 23 Nov 2026", list.Words);
        Assert.Contains("named in the settings, and only removed there", list.Words);
        Assert.Equal(["Ann Abel", "Eve Ek", "Bob Berg"], (await office.Services.GetRequiredService<AuthorityStore>().ReadAsync(TestOffice.Tenant, CancellationToken.None)).Administrators.Select(party => party.Name));
    }

    [Fact]
    public async Task By_card_the_same_and_the_button_beside_a_name_means_that_one()
    {
        await using var office = await OpenedAsync("ann");
        await office.SaysAsync("ann", "administrators");
        Assert.Contains("Please pick a person.", (await office.ClicksAsync("ann", "Add")).Words);
        await office.ClicksAsync("ann", "Add", ("person", office.Teams.People["eve"].ObjectId));
        Assert.Contains("Removed Eve Ek from the administrators.", (await office.ClicksAsync("ann", "Remove", ("person", office.Teams.People["bob"].ObjectId))).Words);
        await office.ClicksAsync("ann", "Add", ("person", office.Teams.People["bob"].ObjectId));
        Assert.DoesNotContain("Eve Ek", office.Shown("ann")[^1].Words.Replace("Removed Eve Ek", "", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Whoever_is_named_in_the_settings_is_not_removed_by_command()
    {
        await using var office = await OpenedAsync("ann");
        await office.SaysAsync("ann", "administrators add Eve");
        var refused = await office.SaysAsync("eve", "administrators remove Ann");
        Assert.Contains("Ann Abel is named in the settings of this bot (Office:Administrators) and cannot be removed here.", refused.Words);
        Assert.Contains("Made", (await office.SaysAsync("ann", "administrators add Bob")).Words);
    }

    [Fact]
    public async Task The_last_administrator_stays()
    {
        await using var office = await OpenedAsync();
        var store = office.Services.GetRequiredService<AuthorityStore>();
        var eve = new Party(office.Teams.People["eve"].ObjectId, "Eve Ek");
        // As if the settings had named somebody who is named no longer.
        await store.UpdateAsync(TestOffice.Tenant, "first", eve, office.Clock.GetUtcNow(), _ => new AuthorityOutcome.Changed(new AuthorityChange.AddAdministrator(eve), "Began"), CancellationToken.None);
        Assert.Contains("Eve Ek is the last administrator. Please add another one first.", (await office.SaysAsync("eve", "administrators remove Eve")).Words);
        await office.SaysAsync("eve", "administrators add Bob");
        Assert.Contains("Removed Eve Ek from the administrators.", (await office.SaysAsync("eve", "administrators remove Eve")).Words);
        Assert.StartsWith("Only the administrator may do that. Please ask Bob Berg.", (await office.SaysAsync("eve", "mandates")).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_who_remove_each_other_at_the_same_moment_leave_one()
    {
        await using var office = await OpenedAsync();
        var store = office.Services.GetRequiredService<AuthorityStore>();
        var (bob, eve) = (new Party(office.Teams.People["bob"].ObjectId, "Bob Berg"), new Party(office.Teams.People["eve"].ObjectId, "Eve Ek"));
        foreach (var party in (Party[])[bob, eve])
        {
            await store.UpdateAsync(TestOffice.Tenant, party.Name, party, office.Clock.GetUtcNow(), _ => new AuthorityOutcome.Changed(new AuthorityChange.AddAdministrator(party), "Began"), CancellationToken.None);
        }
        await Task.WhenAll(office.SaysAsync("bob", "administrators remove Eve"), office.SaysAsync("eve", "administrators remove Bob"));
        Assert.Single((await store.ReadNowAsync(TestOffice.Tenant, CancellationToken.None)).Administrators);
    }

    [Fact]
    public async Task A_mail_address_in_the_settings_is_who_the_roster_says_it_is()
    {
        await using var office = await OpenedAsync("EVE@contoso.example", "kim@contoso.example");
        Assert.StartsWith("Only an administrator may do that. Please ask", (await office.SaysAsync("bob", "mandates")).Words, StringComparison.Ordinal);
        Assert.Contains("Everybody", (await office.SaysAsync("eve", "mandates")).Words);
        Assert.Contains("Please ask Eve Ek or kim@contoso.example.", (await office.SaysAsync("bob", "mandates")).Words);
    }

    [Fact]
    public async Task A_mail_address_in_the_settings_is_nobody_in_another_organisation()
    {
        await using var office = await OpenedAsync("eve@contoso.example");
        const string other = "99999999-9999-9999-9999-999999999999";
        await office.SaysAsync("eve", "mandates");
        var eve = (await office.Services.GetRequiredService<PeopleStore>().FindAsync(TestOffice.Tenant, office.Teams.People["eve"].ObjectId, CancellationToken.None))!;
        await office.Services.GetRequiredService<PeopleStore>().UpdateAsync(other, eve.ObjectId, _ => eve with { Tenant = other }, CancellationToken.None);

        var settings = office.Services.GetRequiredService<AdministratorSettings>();
        Assert.Equal("Eve Ek", Assert.Single((await settings.ReadAsync(TestOffice.Tenant, CancellationToken.None)).Named).Name);
        var (named, unmet) = await settings.ReadAsync(other, CancellationToken.None);
        Assert.Empty(named);
        Assert.Empty(unmet);
    }

    [Fact]
    public async Task A_name_of_two_is_asked_and_a_redelivered_message_counts_once()
    {
        await using var office = await OpenedAsync("ann");
        office.Add("bob2", "Bob Bach");
        await office.InstallAsync("bob2");
        Assert.Contains("“Bob” may be Bob Bach", (await office.SaysAsync("ann", "administrators add Bob")).Words);
        Assert.Contains("Made Bob Bach an administrator.", (await office.ClicksAsync("ann", "Continue", ("person", office.Teams.People["bob2"].ObjectId))).Words);
        await office.SaysAsync("ann", "administrators add Eve", "message-1");
        await office.RestartAsync();
        Assert.Contains("Eve Ek is an administrator already.", (await office.SaysAsync("ann", "administrators add Eve", "message-1")).Words);
        Assert.Equal(2, (await office.Services.GetRequiredService<AuthorityStore>().ReadNowAsync(TestOffice.Tenant, CancellationToken.None)).Revision);
    }

    [Theory]
    [InlineData("administrators remove", "Type administrators to see them")]
    [InlineData("administrators make Bob", "Type administrators to see them")]
    [InlineData("administrators remove Bob", "Bob Berg is no administrator.")]
    [InlineData("administrators add Carl", "I have not met anybody called “Carl” yet.")]
    [InlineData("administrators add Secretary", "I am only the secretary. I administer nothing.")]
    public async Task What_cannot_be_done_is_said(string typed, string sentence)
    {
        await using var office = await OpenedAsync("ann");
        Assert.Contains(sentence, (await office.SaysAsync("ann", typed)).Words);
    }

    [Fact]
    public async Task The_help_has_one_line_for_it_and_administer_lists_the_commands_to_administrators_only()
    {
        await using var office = await OpenedAsync("ann");
        var help = await office.SaysAsync("ann", "help");
        Assert.Contains("administer – for administrators", help.Words);
        Assert.DoesNotContain("administrators add", help.Words);
        Assert.Contains("mandate, mandate Alex, or mandate everybody – sets what somebody may decide", (await office.SaysAsync("ann", "administer")).Words);
        var others = await office.SaysAsync("bob", "administer");
        Assert.Contains("Please ask Ann Abel.", others.Words);
        Assert.DoesNotContain("mandate everybody", others.Words);
    }

    [Fact]
    public async Task Every_change_is_kept_with_who_and_when()
    {
        await using var office = await OpenedAsync("ann");
        for (var turn = 0; turn < 13; turn++)
        {
            await office.SaysAsync("ann", "administrators add Eve");
            await office.SaysAsync("ann", "administrators remove Eve");
        }
        await office.SaysAsync("ann", "administer");
        await office.ClicksAsync("ann", "What was changed");
        var newest = await office.SeesAsync("ann", "26. Ann Abel: Removed Eve Ek from the administrators");
        Assert.Contains("7. Ann Abel: Made Eve Ek an administrator", newest.Words);
        Assert.Contains("Mon 23 Nov 2026, 10:00 (Europe/Berlin)", newest.Words);
        var oldest = await office.ClicksAsync("ann", "Earlier entries");
        Assert.Contains("1. Ann Abel: Made Eve Ek an administrator", oldest.Words);
        Assert.DoesNotContain("7. Ann", oldest.Words);
    }

    [Theory]
    [InlineData(5, "A1, A2, A3, A4 or A5.")]
    [InlineData(6, "A1, A2, A3, A4, A5 or one other.")]
    [InlineData(7, "A1, A2, A3, A4, A5 or one of 2 others.")]
    public void Who_may_is_named_in_good_english(int count, string words) =>
        Assert.EndsWith($"Please ask {words}", AuthorityRules.OnlyAdministrators(new Authorities { Named = [.. Enumerable.Range(1, count).Select(number => new Party($"a{number}", $"A{number}"))] }), StringComparison.Ordinal);
}

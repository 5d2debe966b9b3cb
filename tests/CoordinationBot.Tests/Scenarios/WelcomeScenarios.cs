using System.Net;

namespace CoordinationBot.Tests.Scenarios;

public sealed class WelcomeScenarios
{
    private const string Welcome = "I am your office secretary";

    [Fact]
    public async Task Both_events_of_an_installation_and_a_client_that_loads_anew_bring_one_welcome_card()
    {
        await using var office = new TestOffice();
        await Task.WhenAll(office.InstalledAsync("ann"), office.MembersAddedAsync("ann"));
        await office.MembersAddedAsync("ann");

        var welcome = Assert.Single(office.Shown("ann"));
        Assert.Contains(Welcome, welcome.Words);
        Assert.Equal(["Delegate something", "See my tasks", "What can I do?"], CardReading.Buttons(welcome.Card!).Select(button => button.Title));
    }

    [Fact]
    public async Task Who_removes_the_bot_and_installs_it_again_is_welcomed_again()
    {
        await using var office = new TestOffice();
        await office.InstallAsync("ann");
        await office.InstalledAsync("ann", "remove");
        await office.InstalledAsync("ann");

        Assert.Equal(2, office.Shown("ann").Count(message => message.Words.Contains(Welcome, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_welcome_that_was_lost_with_its_host_comes_when_its_event_does_again_and_not_for_another_event()
    {
        await using var office = new TestOffice();
        office.Teams.Fault = request => request.Method == HttpMethod.Post ? new HttpResponseMessage(HttpStatusCode.InternalServerError) : null;
        await office.InstalledAsync("ann", activityId: "installed-1");
        await office.RestartAsync();
        office.Teams.Fault = _ => null;

        // The welcome is still owed to the event that was lost; this one only tells of the same installation.
        await office.MembersAddedAsync("ann");
        Assert.Empty(office.Shown("ann"));
        await office.InstalledAsync("ann", activityId: "installed-1");
        Assert.Contains(Welcome, Assert.Single(office.Shown("ann")).Words);
        await office.InstalledAsync("ann", activityId: "installed-1");
        await office.MembersAddedAsync("ann");
        Assert.Single(office.Shown("ann"));
    }

    [Theory]
    [InlineData("Delegate something", "What is to be done")]
    [InlineData("See my tasks", "Nothing is assigned to you right now.")]
    [InlineData("What can I do?", "What you can do now")]
    public async Task Every_button_of_the_welcome_card_does_something(string button, string words)
    {
        await using var office = new TestOffice();
        await office.InstallAsync("ann");
        await office.ClicksAsync("ann", button);
        await office.SeesAsync("ann", words);
    }

    [Fact]
    public async Task Help_lists_the_commands_and_leads_to_what_waits_for_this_person()
    {
        await using var office = new TestOffice();
        await office.HandedInAsync();

        var help = await office.SaysAsync("ann", "help");
        foreach (var command in (string[])["waiting", "delegate", "my tasks", "delegations", "approvals", "show D-…", "history D-…", "revoke D-…", "cancel", "back"])
        {
            Assert.Contains(command, help.Words);
        }
        await office.ClicksAsync("ann", help, "What waits for me");
        var waiting = await office.SeesAsync("ann", "1 result waits for your answer. Type delegations.");
        Assert.DoesNotContain("waits for you.", waiting.Words);
        Assert.Contains("Nothing waits for you right now.", (await office.SaysAsync("bob", "waiting")).Words);

        await office.ClicksAsync("ann", "Return", ("reason", "The totals are missing."));
        await office.SeesAsync("bob", "Ann Abel returned this to you.");
        await office.QuietAsync();
        Assert.Contains("1 task waits for you. Type my tasks.", (await office.SaysAsync("bob", "Waiting!")).Words);
        Assert.DoesNotContain("result waits", (await office.SaysAsync("ann", "waiting")).Words);
    }

    [Fact]
    public async Task Help_in_a_group_says_nothing_about_who_asked()
    {
        await using var office = new TestOffice();
        await office.HandedInAsync();
        await office.SaysInGroupAsync("ann", "help");

        var help = Assert.Single(office.Group());
        Assert.Contains("What you can do now", help.Words);
        Assert.DoesNotContain("1 result waits", help.Words);
    }
}

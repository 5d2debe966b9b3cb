using System.Text.Json.Nodes;

namespace CoordinationBot.Tests.Scenarios;

public sealed class GroupScenarios
{
    private const string NoPrivateChat = "I cannot write to you in private yet. Open a chat with me first, then ask again.";

    [Theory]
    [InlineData("groupChat")]
    [InlineData("channel")]
    public async Task A_delegation_typed_among_others_is_answered_in_ones_own_chat(string type)
    {
        await using var office = new TestOffice();
        await office.InstallAsync("ann", "bob");
        await office.SaysInGroupAsync("ann", Handing.Sentence(title: "Prepare the secret merger"), type);

        Assert.Equal(["Ann, I have answered in your own chat."], office.Group().Select(message => message.Words));
        var form = await office.SeesAsync("ann", "Prepare the secret merger");
        await office.ClicksAsync("ann", form, "Continue", null, ("type", "Deterministic"));
        var id = Handing.IdIn((await office.ClicksAsync("ann", "Send to Bob Berg")).Words);
        await office.SeesAsync("bob", "Ann Abel asks you to take this on.");

        await office.SaysInGroupAsync("ann", "delegations", type);
        await office.SeesAsync("ann", $"{id} · to Bob Berg");
        await office.SaysInGroupAsync("bob", "my tasks", type);
        await office.SeesAsync("bob", $"{id} · from Ann Abel");
        foreach (var command in (string[])["help", $"history {id}", $"revoke {id}", $"show {id}", "my taks", "cancel", "back"])
        {
            await office.SaysInGroupAsync("ann", command, type);
        }
        await office.QuietAsync();
        foreach (var secret in (string[])["merger", "Bob Berg", id, "collect figures"])
        {
            Assert.DoesNotContain(office.Group(), message => message.Words.Contains(secret, StringComparison.OrdinalIgnoreCase));
        }
    }

    [Theory]
    [InlineData("my tasks", "Nothing is assigned to you right now.")]
    [InlineData("delegate", "What is to be done")]
    public async Task Somebody_the_bot_never_met_can_begin_in_a_group(string command, string words)
    {
        await using var office = new TestOffice();
        await office.SaysInGroupAsync("eve", command);
        Assert.Equal(["Eve, I have answered in your own chat."], office.Group().Select(message => message.Words));
        Assert.Contains(words, Assert.Single(office.Shown("eve")).Words);
    }

    [Theory]
    [InlineData("my tasks")]
    [InlineData("delegate \"Prepare the secret merger\" to Bob")]
    public async Task Who_has_not_installed_the_bot_is_told_what_to_do(string command)
    {
        await using var office = new TestOffice();
        office.Teams.People["eve"].IsInstalled = false;
        await office.SaysInGroupAsync("eve", command);
        Assert.Equal([NoPrivateChat], office.Group().Select(message => message.Words));
        Assert.Empty(office.Shown("eve"));

        office.Teams.People["eve"].IsInstalled = true;
        await office.InstallAsync("eve");
        Assert.DoesNotContain("merger", (await office.SaysAsync("eve", "delegate")).Words);
    }

    [Fact]
    public async Task Who_removed_the_bot_is_told_what_to_do_and_the_others_learn_nothing()
    {
        await using var office = new TestOffice();
        await office.InstallAsync("eve");
        await office.InstalledAsync("eve", "remove");
        office.Teams.People["eve"].IsInstalled = false;
        await office.SaysInGroupAsync("eve", "delegate \"Prepare the secret merger\"");
        Assert.Equal([NoPrivateChat], office.Group().Select(message => message.Words));
    }

    [Fact]
    public async Task Small_talk_in_a_group_gets_one_hint()
    {
        await using var office = new TestOffice();
        await office.InstallAsync("ann");
        await office.SaysAsync("ann", "delegate");
        await office.SaysInGroupAsync("ann", "what do you think of the secret merger?");
        Assert.StartsWith("Here I understand short commands", Assert.Single(office.Group()).Words, StringComparison.Ordinal);
        // What is said among others answers no question that was asked in private.
        Assert.DoesNotContain("merger", (await office.SaysAsync("ann", "delegate")).Words);
    }

    [Fact]
    public async Task A_button_pressed_among_others_is_answered_in_ones_own_chat()
    {
        await using var office = new TestOffice();
        await office.InstallAsync("ann", "bob");
        await office.SaysInGroupAsync("ann", "help");
        var help = Assert.Single(office.Group());
        var (_, action, _) = CardReading.Buttons(help.Card!).First(button => button.Title == "Delegations");
        await office.PostAsync(office.Activity("ann", "message", activity =>
        {
            activity["value"] = action["data"]!.DeepClone();
            activity["replyToId"] = help.Id;
            activity["conversation"] = JsonNode.Parse($$"""{"id":"19:group@thread.v2","conversationType":"groupChat","isGroup":true,"tenantId":"{{TestOffice.Tenant}}"}""");
        }));
        await office.SeesAsync("ann", "You have no open delegations.");
        Assert.Equal("Ann, I have answered in your own chat.", office.Group()[^1].Words);
    }
}

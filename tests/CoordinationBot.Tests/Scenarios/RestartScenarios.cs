using System.Net;

namespace CoordinationBot.Tests.Scenarios;

public sealed class RestartScenarios
{
    [Fact]
    public async Task Every_open_card_goes_on_working_whenever_the_host_is_restarted()
    {
        await using var office = new TestOffice();
        await office.InstallAsync("ann", "bob");
        await office.RestartAsync();
        await office.SaysAsync("ann", Handing.Sentence("collect figures; fill template"));
        var id = "";
        foreach (var (who, button, inputs) in new (string, string, (string, string)[])[]
        {
            ("ann", "Continue", [("type", "Deterministic")]),
            ("ann", "Send to Bob Berg", []),
            ("bob", "Send question", [("question", "Which year?")]),
            ("ann", "Send answer", [("answer", "Next year.")]),
            ("bob", "Accept", [("brief", "I collect and fill it.")]),
            ("bob", "Complete step 1", []),
            ("bob", "Go on", [("change", "Reword")]),
            ("bob", "Send the request", [("step", "2"), ("text", "fill both templates"), ("because", "There are two.")]),
            ("ann", "Approve", []),
            ("bob", "Accept version 2", [("brief", "I fill both.")]),
            ("bob", "Complete step 2", []),
            ("bob", "Hand in", []),
            ("ann", "Return", [("reason", "One is empty."), ("reopen", "2")]),
            ("bob", "Complete step 2", []),
            ("bob", "Hand in", [("result", "Both are full.")]),
            ("ann", "Accept as done", []),
        })
        {
            await office.RestartAsync();
            var pressed = await office.ClicksAsync(who, button, inputs);
            Assert.NotNull(pressed.Card);
            id = button == "Send to Bob Berg" ? Handing.IdIn(pressed.Words) : id;
        }
        await office.RestartAsync();
        await office.QuietAsync();
        await office.SeesAsync("bob", "Ann Abel accepted the result. Thank you.");
        Assert.Equal(14, (await office.HistoryAsync(id)).Count);
        Assert.Contains("Nothing is assigned to you right now.", (await office.SaysAsync("bob", "my tasks")).Words);
    }

    [Fact]
    public async Task What_could_not_be_sent_before_a_restart_is_sent_once_after_it()
    {
        await using var office = new TestOffice();
        await office.InstallAsync("ann", "bob");
        await office.SaysAsync("ann", Handing.Sentence());
        await office.ClicksAsync("ann", "Continue", ("type", "Deterministic"));
        office.Teams.Fault = request => Uri.UnescapeDataString(request.RequestUri!.AbsolutePath).Contains("a:bob", StringComparison.Ordinal) ? new HttpResponseMessage(HttpStatusCode.InternalServerError) : null;
        await office.ClicksAsync("ann", "Send to Bob Berg");
        await office.RestartAsync();
        Assert.DoesNotContain(office.Shown("bob"), message => message.Words.Contains("asks you", StringComparison.Ordinal));

        office.Teams.Fault = _ => null;
        await office.QuietAsync();
        Assert.Single(office.Shown("bob"), message => message.Words.Contains("Ann Abel asks you to take this on.", StringComparison.Ordinal));
        Assert.Contains("waits for your answer", (await office.SaysAsync("bob", "my tasks")).Words);
    }

    [Fact]
    public async Task Who_could_not_be_told_is_told_when_they_open_a_chat()
    {
        await using var office = new TestOffice();
        await office.InstallAsync("ann", "bob");
        office.Teams.People["bob"].IsInstalled = false;
        await office.SaysAsync("ann", Handing.Sentence());
        await office.ClicksAsync("ann", "Continue", ("type", "Deterministic"));
        await office.ClicksAsync("ann", "Send to Bob Berg");
        await office.SeesAsync("ann", "Bob Berg has not been told: I am not installed for them. Please ask them to open a chat with me.");
        await office.RestartAsync();

        office.Teams.People["bob"].IsInstalled = true;
        await office.SaysAsync("bob", "help");
        await office.SeesInTimeAsync("bob", "Ann Abel asks you to take this on.");
        await office.QuietAsync();
        Assert.DoesNotContain(office.Shown("ann"), message => message.Words.Contains("has not been told", StringComparison.Ordinal));
    }
}

using System.Text.Json;
using System.Text.Json.Nodes;
using CoordinationBot.Authority;
using CoordinationBot.Delegations;

namespace CoordinationBot.Tests.Scenarios;

/// <summary>Whatever is pressed twice, late, by somebody else, or made up.</summary>
public sealed class InquiryBadInputScenarios
{
    private static readonly string[] Verbs =
        ["option-add", "option-rework-ask", "option-rework", "option-remove", "options", "report", "propose", "comment", "option-choose", "ask-more", "close", "go-on-without"];

    [Fact]
    public async Task A_stranger_learns_and_changes_nothing()
    {
        await using var office = new TestOffice();
        var id = await office.ProposedAsync();
        var before = await JsonAsync(office, id);
        foreach (var verb in Verbs)
        {
            Assert.Equal("This card belongs to somebody else. Nothing was changed.", (await office.InvokesAsync("eve", $"delegation.{verb}", Data(id))).Words);
        }
        Assert.StartsWith("There is no delegation of yours with options", (await office.SaysAsync("eve", $"options {id}")).Words, StringComparison.Ordinal);
        Assert.Equal(before, await JsonAsync(office, id));
    }

    [Fact]
    public async Task Everybody_does_only_what_is_theirs()
    {
        await using var office = new TestOffice();
        var id = await office.ProposedAsync();
        var before = await JsonAsync(office, id);
        foreach (var (who, verbs, sentence) in new (string, string[], string)[]
        {
            ("ann", ["option-add", "option-rework", "option-remove", "report", "propose"], "It is assigned to Bob Berg, who does this."),
            ("carol", ["option-add", "option-rework", "option-remove", "report", "propose", "accept", "hand-in"], "It is assigned to Bob Berg, who does this."),
            ("bob", ["option-choose", "ask-more", "close", "go-on-without", "result-accept"], "Ann Abel leads it and decides this."),
            ("carol", ["option-choose", "ask-more", "close", "go-on-without", "revoke"], "Ann Abel leads it and decides this."),
            ("ann", ["comment"], "Whoever is consulted says this."),
            ("bob", ["comment"], "Whoever is consulted says this."),
        })
        {
            foreach (var verb in verbs)
            {
                Assert.Contains(sentence, (await office.InvokesAsync(who, $"delegation.{verb}", Data(id))).Words);
            }
        }
        Assert.Contains("There is no result yet.", (await office.InvokesAsync("ann", "delegation.result-accept", Data(id))).Words);
        Assert.Equal(before, await JsonAsync(office, id));
    }

    [Fact]
    public async Task Buttons_that_were_tampered_with_get_a_sentence_and_do_nothing()
    {
        await using var office = new TestOffice();
        var id = await office.ProposedAsync();
        var before = await JsonAsync(office, id);
        foreach (var value in (string[])["null", "5", "-1", "true", "[]", "{}", "\"\"", "\"O9\"", "\"O0\"", "\"O-1\"", "\"|\"", "\"" + new string('x', 5000) + "\"", "99999999999999999999"])
        {
            foreach (var verb in Verbs)
            {
                var who = verb is "option-choose" or "ask-more" or "close" or "go-on-without" ? "ann" : verb == "comment" ? "carol" : "bob";
                var answer = await office.InvokesAsync(who, $"delegation.{verb}", JsonNode.Parse($$"""{"id":"{{id}}","version":"1","option":{{value}},"from":{{value}},"person":{{value}},"comment":[],"cost":{{value}}}"""));
                Assert.True(answer.Words.Length > 0 && !answer.Words.Contains("went wrong", StringComparison.Ordinal), $"{verb} {value}: {answer.Words}");
            }
        }
        Assert.Equal(before, await JsonAsync(office, id));
        Assert.DoesNotContain(office.Shown("ann"), message => message.Words.Contains("Choose an option", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_pressed_twice_at_once_and_again_counts_once()
    {
        await using var office = new TestOffice();
        var id = await office.LooksAsync();
        await TwiceAsync(office, "bob", "Add it", ("title", "Rent a hall"), ("benefits", "Room."), ("drawbacks", "Far."), ("cost", "3000 EUR"), ("risk", "Taken."));
        await TwiceAsync(office, "carol", "Send comment", ("option", "O1"), ("comment", "Loud."));
        await TwiceAsync(office, "bob", "Send report", ("report", "Half way."));
        await TwiceAsync(office, "bob", "Propose to Ann Abel");
        await TwiceAsync(office, "ann", "Ask for it", ("missing", "The lake?"));
        await office.QuietAsync();
        await TwiceAsync(office, "bob", "Add it", ("title", "The lake"), ("benefits", "Room."), ("drawbacks", "Far."), ("cost", ""), ("risk", "Rain."));
        await TwiceAsync(office, "bob", "Remove 1");
        await TwiceAsync(office, "bob", "Propose to Ann Abel");
        await office.ClicksAsync("ann", "Choose 2");
        await office.ClicksAsync("ann", "Continue", ("type", "Deterministic"), ("due.date", "2026-12-11"));
        await office.ClicksAsync("ann", "Continue", ("steps.1", "call"));
        Assert.Contains("you chose option 2", (await TwiceAsync(office, "ann", "Choose it")).Words);
        Assert.Equal(
            ["Offered", "Accepted", "Added", "Commented", "Reported:", "Proposed", "Asked", "Added", "Removed", "Proposed", "Chose"],
            (await office.HistoryAsync(id)).Select(entry => entry.What.Split(' ')[0]));
    }

    [Fact]
    public async Task A_card_that_comes_late_is_answered_with_how_it_stands()
    {
        await using var office = new TestOffice();
        var id = await office.ProposedAsync();
        var compared = (await office.SeesAsync("ann", "Bob Berg proposes 2 options.")).Copy();
        await office.ChoosesAsync();
        await office.ClicksAsync("ann", "Ask for it", ("missing", "The lake?"));
        Assert.Contains("Nothing was changed: Ann Abel asked Bob Berg for more.", (await office.ClicksAsync("ann", compared, "Choose 1", "late-1")).Words);
        // The form was filled in meanwhile.
        Assert.Contains("Nothing was changed: Ann Abel asked Bob Berg for more.", (await office.ClicksAsync("ann", "Choose it")).Words);
        Assert.Equal(1, (await office.StoredAsync(id)).Terms.Version);

        await office.QuietAsync();
        var bobs = office.Shown("bob")[^1].Copy();
        var carols = office.Shown("carol")[^1].Copy();
        await office.SaysAsync("ann", $"revoke {id}");
        await office.ClicksAsync("ann", "Revoke now", ("reason", "Cancelled."));
        Assert.Contains("Nothing was changed: Ann Abel revoked it.", (await office.ClicksAsync("bob", bobs, "Propose to Ann Abel", "late-2")).Words);
        Assert.Contains("Nothing was sent: Ann Abel revoked it.", (await office.ClicksAsync("carol", carols, "Send comment", "late-3", ("comment", "Wait!"))).Words);
        Assert.Equal(DelegationState.Revoked, (await office.StoredAsync(id)).State);
    }

    [Theory]
    [InlineData("title", "", "Please write the option in a line.")]
    [InlineData("benefits", "", "Please write its benefits.")]
    [InlineData("drawbacks", "TOO LONG", "That is too long for its drawbacks: 5,000 characters, at most 500 fit.")]
    [InlineData("cost", "a lot", "")]
    [InlineData("cost", "-5 EUR", "An amount cannot be less than zero.")]
    [InlineData("cost", "5 USD", "This delegation counts in EUR. A cost in USD cannot be compared with it.")]
    public async Task An_option_that_cannot_be_is_said_so_and_stays_filled_in(string field, string typed, string sentence)
    {
        await using var office = new TestOffice();
        var id = await office.LooksAsync();
        var inputs = new Dictionary<string, string> { ["title"] = "Rent a hall", ["benefits"] = "Room.", ["drawbacks"] = "Far.", ["cost"] = "5 EUR", ["risk"] = "Taken." };
        inputs[field] = typed == "TOO LONG" ? new string('x', 5000) : typed;
        var refused = await office.ClicksAsync("bob", "Add it", [.. inputs.Select(input => (input.Key, input.Value))]);
        Assert.Contains(sentence, refused.Words);
        Assert.Equal(field == "benefits" ? "Far." : "Room.", CardReading.Buttons(refused.Card!).First(button => button.Title == "Add it").Inputs[field == "benefits" ? "drawbacks" : "benefits"]);
        Assert.Null((await office.StoredAsync(id)).Inquiry);
    }

    [Fact]
    public async Task A_budget_in_another_currency_than_the_exploration_is_refused_and_the_draft_stays()
    {
        await using var office = new TestOffice();
        var id = await office.ProposedAsync();
        await office.ClicksAsync("ann", "Choose 2");
        await office.ClicksAsync("ann", "Continue", ("type", "Flexible"), ("due.date", "2026-12-11"));
        await office.ClicksAsync("ann", "Continue", ("outcome", "A party"), ("budget", "5,000 USD"), ("involve", "Nobody"), ("outside", "false"), ("depth", "0"), ("must-not", ""));
        Assert.Contains("This delegation counts in EUR. Its budget cannot be in USD.", (await office.ClicksAsync("ann", "Choose it")).Words);
        await office.ClicksAsync("ann", "Change something");
        await office.ClicksAsync("ann", "Continue", ("budget", "5,000 EUR"));
        await office.ClicksAsync("ann", "Choose it");
        Assert.Equal(new Money(5000, "EUR"), (await office.StoredAsync(id)).Terms.Limits.Budget);
    }

    [Fact]
    public async Task A_choice_survives_a_restart_and_is_sent_once()
    {
        await using var office = new TestOffice();
        var id = await office.ProposedAsync();
        await office.ChoosesAsync();
        await office.RestartAsync();
        await office.QuietAsync();
        // It is stored; the draft stays, as if the host had ended in between.
        office.Store.Fails = (call, partition) => call == "commit" && partition.Contains("|P|", StringComparison.Ordinal);
        await office.ClicksAsync("ann", "Choose it");
        office.Store.Fails = (_, _) => false;
        await office.SaysAsync("ann", "send");
        Assert.Equal((2, 1), ((await office.StoredAsync(id)).Terms.Version, (await office.HistoryAsync(id)).Count(entry => entry.What.StartsWith("Chose ", StringComparison.Ordinal))));
    }

    private static async Task<Pressed> TwiceAsync(TestOffice office, string who, string button, params (string, string)[] inputs)
    {
        await office.UntilAsync(() => office.Shown(who).LastOrDefault(known => known.Card is { } card && card.HasButton(button)), () => $"a button '{button}'", who);
        await office.QuietAsync();
        var card = office.Shown(who).Last(known => known.Card is { } shown && shown.HasButton(button)).Copy();
        await Task.WhenAll(office.ClicksAsync(who, card, button, $"{button}-{inputs.Length}-{card.Id}", inputs), office.ClicksAsync(who, card, button, $"{button}-same-time-{card.Id}", inputs));
        await office.QuietAsync();
        return await office.ClicksAsync(who, card, button, $"{button}-again-{card.Id}", inputs);
    }

    private static JsonObject Data(string id) => new()
    {
        ["id"] = id,
        ["version"] = "1",
        ["option"] = "O1",
        ["title"] = "Mine",
        ["benefits"] = "All.",
        ["drawbacks"] = "None.",
        ["risk"] = "None.",
        ["report"] = "Done.",
        ["comment"] = "Mine.",
        ["missing"] = "All.",
        ["reason"] = "Because.",
        ["person"] = "carol",
        ["brief"] = "I do it all.",
    };

    private static async Task<string> JsonAsync(TestOffice office, string id) => JsonSerializer.Serialize(await office.StoredAsync(id) with { Revision = 0, Seal = null }, DelegationJson.Default.Delegation);
}

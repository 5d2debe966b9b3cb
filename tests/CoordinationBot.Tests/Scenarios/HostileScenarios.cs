using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using CoordinationBot.Delegations;

namespace CoordinationBot.Tests.Scenarios;

/// <summary>Everybody who has a card can read what its buttons send, and send anything.</summary>
public sealed class HostileScenarios
{
    private const string NotTheirs = "This card belongs to somebody else. Nothing was changed.";

    private static readonly string[] Verbs =
    [
        "view", "history", "accept", "decline", "ask", "answer", "complete", "hand-in", "result-accept", "result-return", "change-ask", "change-request",
        "change-withdraw", "change-approve", "change-refuse", "revoke-ask", "revoke",
        "option-add", "option-rework-ask", "option-rework", "option-remove", "options", "report", "propose", "comment", "option-choose", "ask-more", "close", "go-on-without",
    ];

    [Fact]
    public async Task A_stranger_who_got_hold_of_a_card_learns_and_changes_nothing()
    {
        await using var office = new TestOffice();
        var id = await office.AcceptedAsync();
        await office.InstallAsync("eve");
        var before = await JsonAsync(office, id);
        foreach (var verb in Verbs)
        {
            foreach (var which in (string[])[id, "D-000000"])
            {
                var answer = await office.InvokesAsync("eve", $"delegation.{verb}", Everything(which));
                Assert.Equal((verb, HttpStatusCode.OK, null, NotTheirs), (verb, answer.Status, answer.Card, answer.Sentence));
            }
        }
        Assert.Equal("There is no such delegation that you are part of. Type my tasks or delegations to see yours.", (await office.InvokesAsync("eve", "delegation.bring", Everything(id))).Words);
        Assert.Equal(before, await JsonAsync(office, id));
        await office.QuietAsync();
        Assert.DoesNotContain(office.Shown("eve"), message => message.Words.Contains(Handing.Title, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Each_party_can_do_only_what_is_theirs()
    {
        await using var office = new TestOffice();
        var id = await office.AcceptedAsync();
        var before = await JsonAsync(office, id);
        foreach (var verb in (string[])["answer", "result-accept", "result-return", "change-approve", "change-refuse", "revoke"])
        {
            Assert.Contains("Ann Abel leads it and decides this.", (await office.InvokesAsync("bob", $"delegation.{verb}", Everything(id))).Words);
        }
        foreach (var verb in (string[])["accept", "decline", "ask", "complete", "hand-in", "change-request", "change-withdraw"])
        {
            Assert.Contains("It is assigned to Bob Berg, who does this.", (await office.InvokesAsync("ann", $"delegation.{verb}", Everything(id))).Words);
        }
        Assert.Equal(before, await JsonAsync(office, id));
    }

    [Fact]
    public async Task A_button_whose_data_was_tampered_with_gets_a_sentence_and_does_nothing()
    {
        await using var office = new TestOffice();
        var id = await office.AcceptedAsync();
        var before = await JsonAsync(office, id);
        List<JsonNode?> made = [null, 5, "text", new JsonArray(), new JsonObject()];
        foreach (var value in (string[])["null", "5", "-1", "true", "[]", "{}", "\"\"", "\"D-ILOU00\"", "\"..\"", "\"|\"", "\"" + new string('x', 5000) + "\"", "99999999999999999999", "1.5"])
        {
            made.Add(JsonNode.Parse($$"""{"id":{{value}},"version":"1"}"""));
            made.Add(JsonNode.Parse($$"""{"id":"{{id}}","version":{{value}}}"""));
            made.Add(JsonNode.Parse($$"""{"id":"{{id}}","version":"1","step":{{value}},"before":{{value}},"change":{{value}},"kind":{{value}},"request":{{value}},"brief":{{value}},"reopen":{{value}},"draft":{{value}}}"""));
        }
        foreach (var verb in Verbs.Select(verb => $"delegation.{verb}").Concat(["delegation.form", "delegation.form-lines", "delegation.form-edit", "delegation.form-discard", "delegation.send", "delegation.bring"]))
        {
            foreach (var data in made)
            {
                var answer = await office.InvokesAsync("bob", verb, data?.DeepClone());
                Assert.True(answer.Status == HttpStatusCode.OK, $"{verb} {data}: {answer.Status}");
                Assert.False(answer.Words.Contains("went wrong", StringComparison.Ordinal), $"{verb} {data}: {answer.Words}");
                Assert.True(answer.Words.Length > 0 || verb == "delegation.bring", $"{verb} {data} was not answered");
            }
        }
        Assert.Equal(before, await JsonAsync(office, id));
    }

    [Theory]
    [InlineData("delegation.nonsense")]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("help.command")]
    public async Task A_button_nobody_knows_is_an_old_one(string verb)
    {
        await using var office = new TestOffice();
        await office.InstallAsync("ann");
        Assert.Equal("That button belongs to an older version of this card. Type help to go on.", (await office.InvokesAsync("ann", verb, new JsonObject { ["command"] = "revoke" })).Sentence);
    }

    [Fact]
    public async Task The_draft_of_somebody_else_cannot_be_filled_sent_or_discarded()
    {
        await using var office = new TestOffice();
        await office.InstallAsync("ann", "bob", "eve");
        await office.SaysAsync("ann", Handing.Sentence());
        await office.ClicksAsync("ann", "Continue", ("type", "Deterministic"));
        var draft = CardReading.Buttons(office.Shown("ann")[^1].Card!).First().Action["data"]!["draft"]!.GetValue<string>();
        foreach (var verb in (string[])["form", "form-lines", "form-edit", "send"])
        {
            Assert.StartsWith("That draft is no longer there", (await office.InvokesAsync("eve", $"delegation.{verb}", new JsonObject { ["draft"] = draft, ["title"] = "Mine" })).Words, StringComparison.Ordinal);
        }
        await office.InvokesAsync("eve", "delegation.form-discard", new JsonObject { ["draft"] = draft });
        Assert.Contains("Offered to Bob Berg, no answer yet.", (await office.ClicksAsync("ann", "Send to Bob Berg")).Words);
        Assert.StartsWith("That draft is no longer there", (await office.InvokesAsync("eve", "delegation.send", new JsonObject { ["draft"] = draft })).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_step_of_another_delegation_is_completed_only_by_its_own_card()
    {
        await using var office = new TestOffice();
        var first = await office.AcceptedAsync("collect figures; fill template");
        var second = await office.OffersAsync("call; confirm", "Book the room");
        var answer = await office.InvokesAsync("bob", "delegation.complete", new JsonObject { ["id"] = second, ["version"] = 1, ["step"] = 1 });
        Assert.Contains("Nothing was changed: it is offered to Bob Berg and waits for an answer.", answer.Words);
        Assert.Empty((await office.StoredAsync(first)).Completions);
        Assert.Empty((await office.StoredAsync(second)).Completions);
    }

    [Fact]
    public async Task Text_of_people_is_shown_as_they_typed_it_and_never_as_markup()
    {
        const string Typed = "“q\"uo'te” **bold** _x_ [link](https://evil.example) <b>t</b> {{DATE(2026-01-01T00:00:00Z,SHORT)}} \\ & <at>Eve</at> שלום\u202Eabc\u200F 🎉👩‍💻 #";
        // A forced direction is not drawn: it would make one name look like another.
        var drawn = Typed.Replace("\u202E", "", StringComparison.Ordinal);
        await using var office = new TestOffice();
        office.Add("zoe", "Zoe *Zed* [z](https://evil.example)");
        await office.InstallAsync("ann", "zoe");
        await office.SaysAsync("ann", "delegate");
        await office.ClicksAsync("ann", "Continue", ("title", Typed), ("assignee", office.Teams.People["zoe"].ObjectId), ("type", "Deterministic"), ("due.date", "2026-11-27"), ("steps.1", Typed), ("steps.1.choice", "Note"), ("steps.2", "send it"));
        var id = Handing.IdIn((await office.ClicksAsync("ann", "Send to Zoe *Zed* [z](https://evil.example)")).Words);
        await office.SeesAsync("zoe", "asks you to take this on");
        foreach (var (who, button, inputs) in new (string, string, (string, string)[])[]
        {
            ("zoe", "Send question", [("question", Typed)]), ("ann", "Send answer", [("answer", Typed)]), ("zoe", "Accept", [("brief", Typed)]), ("zoe", "Complete step 1", [("evidence", Typed)]),
            ("zoe", "Go on", [("change", "Reword")]), ("zoe", "Send the request", [("step", "2"), ("text", Typed), ("because", Typed)]), ("ann", "Refuse", [("refusal", Typed)]),
            ("zoe", "Complete step 2", []), ("zoe", "Hand in", [("result", Typed)]), ("ann", "Return", [("reason", Typed)]),
        })
        {
            await office.ClicksAsync(who, button, inputs);
            await office.QuietAsync();
        }
        foreach (var who in (string[])["ann", "zoe"])
        {
            await office.SaysAsync(who, $"history {id}");
            await office.SaysAsync(who, who == "ann" ? "delegations" : "my tasks");
        }
        var stored = await office.StoredAsync(id);
        Assert.All([stored.Terms.Title, stored.Terms.Steps[0].Text, stored.BackBrief!, stored.Questions[0].Text, stored.Completions[0].Evidence!, stored.Reason!], text => Assert.Equal(Typed, text));
        foreach (var card in office.Shown("ann").Concat(office.Shown("zoe")).Select(message => message.Card!))
        {
            Assert.DoesNotContain(Markdown(card), text => text.Contains("evil.example", StringComparison.Ordinal) || text.Contains("DATE(", StringComparison.Ordinal));
            Assert.DoesNotContain(Runs(card), text => text.Contains("{{", StringComparison.Ordinal));
        }
        Assert.Contains(Runs(office.Shown("zoe")[^1].Card!), text => Seen(text) == drawn);
        Assert.Contains(office.Shown("zoe").SelectMany(message => Runs(message.Card!)), text => Seen(text).EndsWith($" – {drawn}", StringComparison.Ordinal));
    }

    private static JsonObject Everything(string id) => new()
    {
        ["id"] = id,
        ["version"] = "1",
        ["step"] = "1",
        ["brief"] = "I do it all.",
        ["reason"] = "Because.",
        ["question"] = "Q1",
        ["answer"] = "Yes.",
        ["change"] = "Skip",
        ["kind"] = "Skip",
        ["because"] = "Because.",
        ["request"] = "R3",
        ["refusal"] = "No.",
        ["evidence"] = "https://contoso.example",
    };

    private static async Task<string> JsonAsync(TestOffice office, string id) => JsonSerializer.Serialize(await office.StoredAsync(id) with { Revision = 0, Seal = null }, DelegationJson.Default.Delegation);

    /// <summary>Every text that a client reads as Markdown.</summary>
    private static IEnumerable<string> Markdown(JsonNode node) => Elements(node)
        .Where(element => element["type"]?.GetValue<string>() is "TextBlock" or "FactSet" or "Fact" || element.ContainsKey("facts"))
        .Select(element => element.ToJsonString(new JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));

    private static IEnumerable<string> Runs(JsonNode node) => Elements(node).Where(element => element["type"]?.GetValue<string>() == "TextRun").Select(element => element["text"]!.GetValue<string>());

    private static IEnumerable<JsonObject> Elements(JsonNode? node) => node switch
    {
        JsonObject element => [element, .. element.SelectMany(property => Elements(property.Value))],
        JsonArray list => list.SelectMany(Elements),
        _ => [],
    };

    /// <summary>What an eye sees: without the marks that hold a text together.</summary>
    private static string Seen(string text) => string.Concat(text.Where(character => character is not ('\u2068' or '\u2069' or '\u2060')));
}

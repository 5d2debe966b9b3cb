using System.Net;
using System.Text.Json.Nodes;
using CoordinationBot.Tests.Attack.Fuzz;
using CoordinationBot.Tests.Scenarios;

namespace CoordinationBot.Tests.Attack;

/// <summary>Somebody of the office who knows every card that others have, and what is not theirs to say.</summary>
public sealed class ForgeryAttacks
{
    [Fact]
    public async Task Nobody_changes_what_is_not_theirs_by_any_button_of_anybody()
    {
        await using var attacked = await AttackedOffice.StartAsync(administrators: "eve");
        var office = attacked.Office;
        await Stories.TellAsync(office);
        office.Add("mallory", "Mallory Moss");
        await office.InstallAsync("mallory");
        await office.RestsAsync();
        var buttons = office.Teams.People.Keys.Where(who => who != "mallory").SelectMany(office.Shown).Where(message => message.Card is not null)
            .SelectMany(message => CardReading.Buttons(message.Card!)).Where(button => button.Action["verb"] is not null).ToList();
        var features = buttons.Select(button => button.Action["verb"]!.GetValue<string>().Split('.')[0]).ToHashSet(StringComparer.Ordinal);
        Assert.Superset(new HashSet<string> { "delegation", "meeting", "survey", "feedback" }, features);
        var before = StoredRows.States(office.StorePath);
        foreach (var (_, action, inputs) in buttons)
        {
            var verb = action["verb"]!.GetValue<string>();
            foreach (var change in (Action<JsonObject>[])[_ => { }, data => data["version"] = "999", data => data.Remove("version"), data => data["tenant"] = TestOffice.Tenant, data => data["person"] = office.Teams.People["ann"].ObjectId])
            {
                var data = action["data"]?.DeepClone().AsObject() ?? [];
                foreach (var (id, value) in inputs)
                {
                    data[id] = value.Length > 0 ? value : "1";
                }
                change(data);
                var answer = await office.InvokesAsync("mallory", verb, data);
                Assert.Equal((verb, HttpStatusCode.OK), (verb, answer.Status));
                foreach (var title in (string[])[LookingInto.Title, Granting.Title, Recurring.Title, Voicing.Printer])
                {
                    Assert.False(answer.Words.Contains(title, StringComparison.Ordinal), $"{verb} told Mallory: {answer.Words}");
                }
            }
        }
        await office.RestsAsync();
        Assert.Equal(before, StoredRows.States(office.StorePath));
        await attacked.ServesAsync();
    }

    [Fact]
    public async Task Another_organisation_reaches_nothing_with_the_ids_of_this_one()
    {
        const string Theirs = "33333333-3333-3333-3333-333333333333";
        await using var attacked = await AttackedOffice.StartAsync(web => web.UseSetting("Bot:AllowedTenants:0", TestOffice.Tenant).UseSetting("Bot:AllowedTenants:1", Theirs));
        var office = attacked.Office;
        var id = await office.AcceptedAsync();
        var before = StoredRows.States(office.StorePath);
        foreach (var verb in (string[])["view", "complete", "history", "revoke", "result-accept", "bring"])
        {
            // The same person's ids, even: a tenant is part of who somebody is.
            var activity = office.Activity(verb == "complete" ? "bob" : "ann", "invoke", activity =>
            {
                activity["name"] = "adaptiveCard/action";
                activity["value"] = new JsonObject { ["action"] = new JsonObject { ["type"] = "Action.Execute", ["verb"] = $"delegation.{verb}", ["data"] = new JsonObject { ["id"] = id, ["version"] = "1", ["step"] = "1" } } };
                activity["conversation"]!["tenantId"] = Theirs;
                activity["channelData"]!["tenant"]!["id"] = Theirs;
            });
            using var answer = await office.PostAsync(activity);
            Assert.DoesNotContain(Handing.Title, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }
        await office.RestsAsync();
        Assert.Equal(before, StoredRows.States(office.StorePath));
        await attacked.ServesAsync();
    }

    [Theory]
    [InlineData("aadObjectId", "a|b"), InlineData("aadObjectId", "../x"), InlineData("aadObjectId", "a\nb"), InlineData("aadObjectId", "LONG"), InlineData("aadObjectId", ""), InlineData("id", ""), InlineData("id", "29:\n"), InlineData("id", "LONG"), InlineData("id", "29:é")]
    public async Task Somebody_without_proper_ids_is_nobody(string field, string value)
    {
        await using var attacked = await AttackedOffice.StartAsync();
        await attacked.Office.InstallAsync("ann");
        var activity = attacked.Message();
        activity["from"]![field] = value == "LONG" ? new string('a', 5000) : value;
        Assert.Equal(HttpStatusCode.OK, await attacked.PostAsync(activity, attacked.Token()));
        await attacked.Office.RestsAsync();
        Assert.Single(attacked.Office.Shown("ann"));
        await attacked.ServesAsync();
    }

    [Theory]
    [InlineData("delegation.form"), InlineData("mandate.send"), InlineData("policy.form-discard"), InlineData("survey.form-edit")]
    public async Task A_draft_that_cannot_be_is_one_that_is_gone(string verb)
    {
        await using var attacked = await AttackedOffice.StartAsync(administrators: "ann");
        await attacked.Office.InstallAsync("ann");
        foreach (var draft in (string[])["a?b", "a/b", "a\nb", new string('a', 600), "é"])
        {
            Assert.StartsWith("That draft is no longer there", (await attacked.Office.InvokesAsync("ann", verb, new JsonObject { ["draft"] = draft })).Words, StringComparison.Ordinal);
        }
        await attacked.ServesAsync();
    }

    [Fact]
    public async Task Nothing_from_outside_makes_a_line_of_the_log()
    {
        const string Forged = "x\r\n2026-11-23 09:00:00 fail: forged\u001b[2J\u2028";
        await using var attacked = await AttackedOffice.StartAsync();
        await attacked.Office.InstallAsync("ann");
        foreach (var (change, status) in new (Action<JsonObject>, HttpStatusCode)[]
        {
            (activity => activity["serviceUrl"] = "https://evil.example/" + Forged, HttpStatusCode.Forbidden), (activity => activity["conversation"]!["tenantId"] = Forged, HttpStatusCode.Forbidden),
            (activity => activity["type"] = Forged, HttpStatusCode.OK), (activity => activity["text"] = Forged, HttpStatusCode.OK), (activity => activity["locale"] = Forged, HttpStatusCode.OK),
            (activity => activity["conversation"]!["id"] = Forged, HttpStatusCode.OK), (activity => activity["from"]!["name"] = Forged, HttpStatusCode.OK), (activity => activity["from"]!["aadObjectId"] = Forged, HttpStatusCode.OK),
            (activity => (activity["type"], activity["name"]) = ("invoke", Forged), HttpStatusCode.NotImplemented),
            (activity =>
            {
                (activity["type"], activity["name"]) = ("invoke", "adaptiveCard/action");
                activity["from"]!.AsObject().Remove("aadObjectId");
                activity["value"] = new JsonObject { ["action"] = new JsonObject { ["verb"] = Forged } };
            }, HttpStatusCode.OK),
        })
        {
            var activity = attacked.Message();
            activity["id"] = Forged;
            change(activity);
            Assert.Equal(status, await attacked.PostAsync(activity, attacked.Token()));
        }
        Assert.Empty(attacked.Log.Forged);
        await attacked.ServesAsync();
    }
}

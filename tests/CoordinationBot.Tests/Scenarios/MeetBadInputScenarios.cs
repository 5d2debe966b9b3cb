using static CoordinationBot.Tests.Scenarios.Arranging;

namespace CoordinationBot.Tests.Scenarios;

/// <summary>What people type and press that cannot be. Each gets a clear sentence and loses nothing.</summary>
public sealed class MeetBadInputScenarios
{
    [Theory]
    [InlineData("for 0 minutes", "That is too small. Please type a whole number from 5 to 1,440."), InlineData("for 25 hours", "That is too large. Please type a whole number from 5 to 1,440.")]
    public async Task A_length_that_is_none(string length, string sentence)
    {
        await using var office = Office();
        await office.InstallAsync("ann", "bob");
        var asked = await office.SaysAsync("ann", $"meet Bob {length} tomorrow about the budget");
        Assert.Contains(sentence, asked.Words, StringComparison.Ordinal);
        Assert.Contains("Subject: the budget", asked.Words, StringComparison.Ordinal);
        Assert.Contains("Find times", (await office.SaysAsync("ann", "30")).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_end_before_the_start_and_days_that_have_passed()
    {
        await using var office = Office();
        await office.InstallAsync("ann", "bob");
        await office.SaysAsync("ann", "meet");
        (string Input, string Value)[] rest = [("subject", "x"), ("people", "29:bob"), ("minutes", "30")];
        Assert.Contains("The last day lies before the first one.", (await office.ClicksAsync("ann", "Continue", [.. rest, ("from.date", "2026-12-04"), ("until.date", "2026-12-01")])).Words, StringComparison.Ordinal);
        Assert.Contains("is in the past", (await office.ClicksAsync("ann", "Continue", [.. rest, ("from.date", ""), ("until.date", "2026-11-20")])).Words, StringComparison.Ordinal);
        Assert.Contains("62 days ahead at most", (await office.ClicksAsync("ann", "Continue", [.. rest, ("from.date", ""), ("until.date", "2027-06-01")])).Words, StringComparison.Ordinal);
        Assert.Contains("there is less time than it takes", (await office.ClicksAsync("ann", "Continue", [.. rest, ("minutes", "600"), ("from.date", "2026-11-25"), ("until.date", "2026-11-25")])).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_last_day_that_passes_while_nobody_chooses()
    {
        await using var office = Office();
        await office.FindsAsync();
        await office.RestsAsync();
        var slots = (await office.SeesAsync("ann", "1. Tue 24 Nov 2026, 09:00")).Copy();
        await office.PassAsync(TimeSpan.FromDays(3));
        await office.RestsAsync();
        var found = await office.ClicksAsync("ann", slots, "Take it");
        Assert.Contains("That time has passed. Please take another one.", found.Words, StringComparison.Ordinal);
        Assert.Contains("The last day that you gave has passed.", found.Words, StringComparison.Ordinal);
        Assert.Contains("1. ", (await office.ClicksAsync("ann", "Look further")).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_who_must_come()
    {
        await using var office = Office();
        await office.InstallAsync("ann", "bob", "eve");
        var only = await office.SaysAsync("ann", "meet 45 min tomorrow about the budget, optional Bob");
        Assert.Contains("Who must be there", only.Words, StringComparison.Ordinal);
        var review = await office.SaysAsync("ann", "none");
        Assert.Contains("Nobody must be there: all are optional.", review.Words, StringComparison.Ordinal);
        Assert.DoesNotContain("Find times", review.Words, StringComparison.Ordinal);
        Assert.Contains("Nobody must be there", (await office.SaysAsync("ann", "send")).Words, StringComparison.Ordinal);
        await office.SaysAsync("ann", "cancel");
        // Alone with oneself.
        Assert.Contains("Nobody is invited yet.", (await office.SaysAsync("ann", "meet Ann 45 min tomorrow about the budget")).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_people_outside_will_do()
    {
        await using var office = Office();
        Assert.Contains("1. Tue", (await office.FindsAsync($"meet outside: {Kim} 45 min tomorrow about the budget")).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Oneself_the_bot_and_somebody_twice()
    {
        await using var office = Office();
        await office.InstallAsync("ann", "bob", "eve");
        var review = await office.SaysAsync("ann", "meet Bob, Ann and Bob 45 min tomorrow about the budget, optional Bob and Eve");
        Assert.Contains("Bob Berg stands in both lists and counts as required.", review.Words, StringComparison.Ordinal);
        Assert.Contains("You need not name yourself: you are part of it.", review.Words, StringComparison.Ordinal);
        var meeting = await office.MeetingAsync(MeetingIn((await office.ClicksAsync("ann", "Find times")).Words));
        Assert.Equal([("Bob Berg", true), ("Eve Ek", false)], meeting.Invitees.Select(invitee => (invitee.Name, invitee.IsRequired)));
        Assert.Contains("I am only the secretary; please leave me out.", (await office.SaysAsync("ann", "meet Secretary and Bob 45 min tomorrow about x")).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Somebody_inside_who_is_named_outside_too_is_invited_once()
    {
        await using var office = Office();
        var found = await office.FindsAsync("meet Bob 45 min tomorrow about the budget, outside: bob@contoso.example, ann@contoso.example, kim@fabrikam.example, KIM@fabrikam.example");
        Assert.Equal(["Bob Berg", Kim], (await office.MeetingAsync(MeetingIn(found.Words))).Invitees.Select(invitee => invitee.Name));
    }

    [Fact]
    public async Task Far_too_many_people()
    {
        await using var office = Office();
        await office.InstallAsync("ann", "bob");
        await office.SaysAsync("ann", "meet");
        var many = string.Join(',', Enumerable.Range(1, 500).Select(number => $"00000000-0000-0000-0001-{number:D12}"));
        var refused = await office.ClicksAsync("ann", "Continue", ("subject", "x"), ("people", many), ("minutes", "30"), ("until.date", "2026-11-27"));
        Assert.Contains("At most 100 people fit here.", refused.Words, StringComparison.Ordinal);
        Assert.Contains("At most 50 people outside fit here.", (await office.ClicksAsync("ann", "Continue", ("people", "29:bob"), ("outside", string.Join(", ", Enumerable.Range(1, 51).Select(number => $"a{number}@fabrikam.example"))))).Words, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("kim"), InlineData("kim@"), InlineData("kim@fabrikam.example\r\nBcc: eve@evil.example"), InlineData("kim@localhost"), InlineData("<script>@x.y")]
    public async Task An_address_that_is_none(string address)
    {
        await using var office = Office();
        await office.InstallAsync("ann", "bob");
        await office.SaysAsync("ann", "meet");
        var refused = await office.ClicksAsync("ann", "Continue", ("subject", "x"), ("people", "29:bob"), ("minutes", "30"), ("until.date", "2026-11-27"), ("outside", address));
        Assert.DoesNotContain("Find times", refused.Words, StringComparison.Ordinal);
        Assert.Contains("Outside", refused.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Buttons_that_were_made_up()
    {
        await using var office = Office();
        var found = await office.FindsAsync();
        var id = MeetingIn(found.Words);
        Assert.Contains("names no time", (await office.InvokesAsync("ann", "meeting.take", new System.Text.Json.Nodes.JsonObject { ["id"] = id, ["start"] = "tomorrow" })).Words, StringComparison.Ordinal);
        await office.InvokesAsync("ann", "meeting.shorten", new System.Text.Json.Nodes.JsonObject { ["id"] = id, ["minutes"] = -5 });
        await office.InvokesAsync("ann", "meeting.optional", new System.Text.Json.Nodes.JsonObject { ["id"] = id, ["who"] = "nobody" });
        await office.InvokesAsync("ann", "meeting.further", new System.Text.Json.Nodes.JsonObject { ["id"] = id, ["until"] = "9999-12-31T00:00:00Z" });
        await office.InvokesAsync("ann", "meeting.list", new System.Text.Json.Nodes.JsonObject { ["after"] = "../person" });
        Assert.Equal((45, 1), ((await office.MeetingAsync(id)).Minutes, (await office.MeetingAsync(id)).Revision));
        Assert.Contains("At what time?", (await office.SaysAsync("ann", $"move {id} to fri")).Words, StringComparison.Ordinal);
        Assert.Contains("is in the past", (await office.SaysAsync("ann", $"move {id} to 2020-01-01 10:00")).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_zone_that_does_not_exist_changes_nothing()
    {
        await using var office = Office();
        await office.InstallAsync("ann", "bob");
        await office.PostAsync(office.Activity("ann", "message", activity =>
        {
            activity["text"] = "meet Bob 45 min tomorrow about the budget";
            activity["entities"] = System.Text.Json.Nodes.JsonNode.Parse("""[{"type":"clientInfo","timezone":"Middle/Earth","locale":"en-US"}]""");
        }));
        await office.SeesAsync("ann", "Not before: Tue 24 Nov 2026, 09:00 (Europe/Berlin)");
    }
}

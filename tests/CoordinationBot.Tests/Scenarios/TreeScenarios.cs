namespace CoordinationBot.Tests.Scenarios;

/// <summary>Ann gives Bob a party; Bob hands the food on to Eve and the music to Max; Eve hands the cake on to Kim. Zoe has nothing to do with it.</summary>
public sealed class TreeScenarios
{
    [Fact]
    public async Task Whoever_is_in_a_chain_sees_what_is_above_and_below_them_and_nothing_beside()
    {
        await using var office = new TestOffice();
        var (party, food, music, cake) = await PartyAsync(office, confidential: true);

        async Task<string> TreeAsync(string who, string id) => (await office.SaysAsync(who, $"tree {id}")).Words;
        foreach (var who in (string[])["ann", "bob"])
        {
            Assert.Equal([party, food, cake, music], Ids(await TreeAsync(who, party)));
        }
        Assert.Equal([party, food, cake], Ids(await TreeAsync("ann", cake)));
        // Eve sees Bob's delegation above hers, but not what Max has; nor does Kim.
        Assert.Equal([party, food, cake], Ids(await TreeAsync("eve", food)));
        Assert.Equal([party, food, cake], Ids(await TreeAsync("eve", party)));
        Assert.Equal([party, food, cake], Ids(await TreeAsync("kim", cake)));
        Assert.Equal([party, food, cake], Ids(await TreeAsync("kim", party)));
        Assert.Equal([party, music], Ids(await TreeAsync("max", music)));
        Assert.Equal([party, music], Ids(await TreeAsync("max", party)));

        var nothing = await TreeAsync("zoe", "D-ZZZZZZ");
        Assert.Contains("There is no such delegation", nothing);
        foreach (var id in (string[])[party, food, music, cake])
        {
            Assert.Equal(nothing, await TreeAsync("zoe", id));
        }
        Assert.Equal(nothing, await TreeAsync("max", food));
        Assert.Equal(nothing, await TreeAsync("max", cake));
        Assert.Equal(nothing, await TreeAsync("kim", music));
    }

    [Fact]
    public async Task A_tree_shows_money_and_opens_from_the_card_and_from_the_overview()
    {
        await using var office = new TestOffice();
        var (party, food, _, _) = await PartyAsync(office, confidential: false);
        var card = await office.SeesAsync("bob", $"Handed on: {food}");
        await office.ClicksAsync("bob", card, "Tree");
        var tree = await office.SeesAsync("bob", $"Tree of {party}");
        Assert.Contains("Ann Abel to Bob Berg · in progress · due Fri 27 Nov 2026, 17:00 (Europe/Berlin) · 0 EUR of 5,000 EUR used, 2,000 EUR set aside below", tree.Words.Replace("accepted", "in progress", StringComparison.Ordinal));
        Assert.Contains($"↳ {food} Food", tree.Words);

        await office.ClicksAsync("ann", await office.SaysAsync("ann", "overview"), "Tree");
        await office.SeesAsync("ann", $"Tree of {party}");
        Assert.Contains("There is no such delegation", (await office.SaysAsync("ann", "tree D-ZZZZZZ")).Words);
    }

    private static async Task<(string Party, string Food, string Music, string Cake)> PartyAsync(TestOffice office, bool confidential)
    {
        office.Add("max", "Max Moll");
        office.Add("kim", "Kim Koch");
        office.Add("zoe", "Zoe Zorn");
        await office.InstallAsync("ann", "bob", "eve", "max", "kim", "zoe");
        var people = string.Join(',', ((string[])["eve", "max", "kim"]).Select(who => office.Teams.People[who].ObjectId));
        (string, string)[] Bounds(string budget, string depth, string involve = "Named") => [("outcome", "All are happy"), ("budget", budget), ("involve", involve), ("outside", "false"), ("depth", depth), ("must-not", ""), ("confidential", confidential ? "true" : "false")];

        await office.SaysAsync("ann", "delegate \"Party\" to Bob by fri 5pm");
        await office.ClicksAsync("ann", "Continue", ("type", "Flexible"));
        await office.ClicksAsync("ann", "Continue", Bounds("5,000 EUR", "2"));
        await office.ClicksAsync("ann", "Continue", ("people", people));
        var party = Handing.IdIn((await office.ClicksAsync("ann", "Send to Bob Berg")).Words);
        await AcceptsAsync("bob");

        async Task AcceptsAsync(string who)
        {
            await office.QuietAsync();
            await office.ClicksAsync(who, "Accept", ("brief", "I organise it within the budget."));
            await office.QuietAsync();
        }

        async Task<string> HandsOnAsync(string from, string to, string title, string budget, string depth, string? named)
        {
            await office.ClicksAsync(from, "Hand on…");
            await office.ClicksAsync(from, "Continue", ("title", title), ("assignee", office.Teams.People[to].ObjectId), ("type", "Flexible"), ("due.date", "2026-11-27"), ("due.time", "16:00"));
            await office.ClicksAsync(from, "Continue", Bounds(budget, depth, named is null ? "Nobody" : "Named"));
            if (named is not null)
            {
                await office.ClicksAsync(from, "Continue", ("people", named));
            }
            var sent = await office.ClicksAsync(from, $"Send to {office.Teams.People[to].Name}");
            Assert.Contains("is offered to", sent.Words);
            await office.QuietAsync();
            return Handing.IdIn(sent.Words);
        }

        var kim = office.Teams.People["kim"].ObjectId;
        var food = await HandsOnAsync("bob", "eve", "Food", "1,500 EUR", "1", kim);
        var music = await HandsOnAsync("bob", "max", "Music", "500 EUR", "0", kim);
        await AcceptsAsync("eve");
        var cake = await HandsOnAsync("eve", "kim", "Cake", "100 EUR", "0", null);
        await AcceptsAsync("kim");
        return (party, food, music, cake);
    }

    private static IEnumerable<string> Ids(string words) =>
        words.Split('\n').Skip(1).Select(line => line.TrimStart('\u2003', '↳', ' ')).Where(line => line.StartsWith("D-", StringComparison.Ordinal)).Select(Handing.IdIn);
}

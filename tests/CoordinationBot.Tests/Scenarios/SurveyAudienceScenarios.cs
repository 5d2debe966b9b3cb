using CoordinationBot.People;
using CoordinationBot.Protocol.Connector;
using CoordinationBot.Storage;
using CoordinationBot.Surveys;
using Microsoft.Extensions.DependencyInjection;
using static CoordinationBot.Tests.Scenarios.Surveying;

namespace CoordinationBot.Tests.Scenarios;

/// <summary>The people of a team are asked. Ann, who asks, is one of them.</summary>
public sealed class SurveyAudienceScenarios
{
    private static readonly string[] Team = ["ann", "bob", "eve", "cy", "dee"];

    [Fact]
    public async Task Everybody_in_a_team_is_asked_and_nobody_else()
    {
        await using var office = new TestOffice();
        await office.GatherAsync();
        await office.InTeamAsync(Team);
        var preview = await PreviewAsync(office);
        Assert.Contains("Asked: everybody in Design *team*, 5 people", preview.Words);
        await office.ClicksAsync("ann", "Open it");
        foreach (var person in Team.Skip(1))
        {
            await office.SeesAsync(person, "Ann Abel asks for your opinion.");
        }
        await office.QuietAsync();
        Assert.Equal(0, office.Times("fay", "asks for your opinion"));
    }

    [Fact]
    public async Task Whoever_came_later_is_asked_and_whoever_went_is_not()
    {
        await using var office = new TestOffice();
        await office.GatherAsync();
        await office.InTeamAsync(Team);
        await office.InTeamAsync(["ann", "bob", "eve", "cy", "fay"], "membersRemoved", isBot: false);
        Assert.Contains("everybody in Design *team*, 5 people", (await PreviewAsync(office)).Words);
        await office.ClicksAsync("ann", "Open it");
        await office.SeesAsync("fay", "Ann Abel asks for your opinion.");
        await office.QuietAsync();
        Assert.Equal(0, office.Times("dee", "asks for your opinion"));
    }

    [Fact]
    public async Task Whoever_is_in_no_team_with_the_bot_is_offered_none_and_cannot_make_one_up()
    {
        await using var office = new TestOffice();
        await office.GatherAsync();
        await office.InTeamAsync(["bob", "eve", "cy", "dee", "fay"]);
        Assert.DoesNotContain("A team or chat", (await office.SaysAsync("ann", "survey")).Words);
        var refused = await office.ClicksAsync("ann", "Continue", [.. Filled, ("who", "group"), ("team", "1")]);
        Assert.Contains("Please choose one of these: named people", refused.Words);
    }

    [Fact]
    public async Task Whoever_left_the_team_meanwhile_is_told_and_nothing_is_lost()
    {
        await using var office = new TestOffice();
        await office.GatherAsync();
        await office.InTeamAsync(Team);
        await office.SaysAsync("ann", "survey");
        await office.ClicksAsync("ann", "Continue", [.. Filled, ("who", "group")]);
        await office.InTeamAsync(["bob", "eve", "cy", "dee", "fay"], "membersRemoved", isBot: false);
        var review = await office.ClicksAsync("ann", "Continue", ("team", "1"));
        Assert.Contains("You are not in that team or chat any more, or I am not.", review.Words);
        Assert.False(review.Card!.HasButton("Preview"));
        await office.ClicksAsync("ann", "Change something");
        Assert.Contains("Nobody is asked yet.", (await office.ClicksAsync("ann", "Continue", ("who", "everyone"))).Words);
    }

    [Fact]
    public async Task Somebody_who_comes_costs_no_write_for_those_who_were_there()
    {
        await using var office = new TestOffice();
        await office.GatherAsync();
        await office.InTeamAsync(Team);
        var before = await RowsOfAsync(office, "bob");
        await office.InTeamAsync([.. Team, "fay"], isBot: false);
        Assert.Equal(before, await RowsOfAsync(office, "bob"));
        Assert.Equal(2, (await RowsOfAsync(office, "fay")).Count);
    }

    [Fact]
    public async Task A_bot_that_was_removed_from_a_team_forgets_who_is_in_it()
    {
        await using var office = new TestOffice();
        await office.GatherAsync();
        await office.InTeamAsync(Team);
        await office.InTeamAsync(Team, "membersRemoved");
        Assert.DoesNotContain("A team or chat", (await office.SaysAsync("ann", "survey")).Words);
        Assert.Empty(await office.Services.GetRequiredService<GroupStore>().OfAsync(TestOffice.Tenant, office.Party("bob").ObjectId, CancellationToken.None));
    }

    [Fact]
    public async Task A_later_round_asks_those_who_joined_the_team_once_enough_of_them_did()
    {
        await using var office = new TestOffice();
        await office.GatherAsync();
        foreach (var number in Enumerable.Range(1, 5))
        {
            office.Add($"new{number}", $"New Number{number}");
        }
        await office.InTeamAsync(Team);
        var id = IdIn((await PreviewAsync(office, ("repeats", "Weekly"))).Words);
        await office.ClicksAsync("ann", "Open it");
        await office.SeesAsync("bob", "Ann Abel asks for your opinion.");
        await office.InTeamAsync([.. Team, "new1", "new2", "new3", "new4", "new5"], isBot: false);
        await office.ClosesAsync(id);
        await office.RestsAsync();
        var store = office.Services.GetRequiredService<SurveyStore>();
        var next = (await store.FindAsync(TestOffice.Tenant, id, CancellationToken.None))!.Next!;
        Assert.Equal(10, (await store.FindAsync(TestOffice.Tenant, next, CancellationToken.None))!.Terms.Asked);
    }

    /// <summary>By their versions: that a group is theirs, and that they are in its roster.</summary>
    private static async Task<IReadOnlyList<string>> RowsOfAsync(TestOffice office, string who)
    {
        var (tables, person) = (office.Services.GetRequiredService<ITables>(), office.Party(who).ObjectId);
        var group = GroupStore.Partition(new ConversationReference("", Surveying.Team, TestOffice.Tenant, ""));
        return
        [
            .. (await tables.QueryAsync(PeopleStore.Partition(TestOffice.Tenant, person), "group|", 10, null, CancellationToken.None)).Select(row => row.Version),
            .. (await tables.QueryAsync(group, $"member|{person}", 10, null, CancellationToken.None)).Select(row => row.Version),
        ];
    }

    private static (string Input, string Value)[] Filled => [("title", "How we work"), ("questions", Questions), ("names", "anonymous"), ("closes.date", "2026-11-27"), ("closes.time", "17:00")];

    private static async Task<Pressed> PreviewAsync(TestOffice office, params (string Input, string Value)[] more)
    {
        await office.SaysAsync("ann", "survey");
        await office.ClicksAsync("ann", "Continue", [.. Filled, ("who", "group"), .. more]);
        var review = await office.ClicksAsync("ann", "Continue", ("team", "1"));
        Assert.Contains("Team or chat: Design *team*", review.Words);
        return await office.ClicksAsync("ann", "Preview");
    }
}

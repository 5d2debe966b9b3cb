using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CoordinationBot.Surveys;
using Microsoft.Extensions.DependencyInjection;

namespace CoordinationBot.Tests.Scenarios;

/// <summary>Ann asks; Bob, Eve, Cy, Dee and Fay answer, until Friday at five.</summary>
internal static partial class Surveying
{
    public const string Questions = "How was the week? (1-5)\nWhat should change? (text)\nWhich day? (Mon / Tue / Wed)";

    public static readonly string[] Everybody = ["bob", "eve", "cy", "dee", "fay"];

    public static async Task GatherAsync(this TestOffice office)
    {
        office.Add("cy", "Cy Cole");
        office.Add("dee", "Dee Dorn");
        office.Add("fay", "Fay Falk");
        await office.InstallAsync(["ann", .. Everybody]);
    }

    /// <summary>The bot comes to a team, or hears that somebody came or went.</summary>
    public static async Task InTeamAsync(this TestOffice office, string[] members, string what = "membersAdded", bool isBot = true)
    {
        office.Teams.Rosters[Team] = [.. members];
        await office.PostAsync(office.Activity("ann", "conversationUpdate", activity =>
        {
            activity[what] = JsonNode.Parse(isBot ? $$"""[{"id":"28:{{TestOffice.AppId}}"}]""" : """[{"id":"29:somebody"}]""");
            activity["conversation"] = JsonNode.Parse($$"""{"id":"{{Team}}","conversationType":"channel","isGroup":true,"tenantId":"{{TestOffice.Tenant}}"}""");
            activity["channelData"] = JsonNode.Parse($$"""{"team":{"id":"{{Team}}","name":"Design *team*" },"tenant":{ "id":"{{TestOffice.Tenant}}" } }""");
        }));
        await office.RestsAsync();
    }

    public const string Team = "19:design@thread.tacv2";

    /// <summary>Up to the preview.</summary>
    public static async Task<string> PreviewsAsync(this TestOffice office, string answers = "anonymous", string questions = Questions, string? who = null, params (string Input, string Value)[] more)
    {
        await office.SaysAsync("ann", "survey");
        var review = await office.ClicksAsync("ann", "Continue", [("title", "How we work"), ("questions", questions), ("who", who is null ? "named" : who), ("names", answers), ("closes.date", "2026-11-27"), ("closes.time", "17:00"), .. more]);
        if (review.Card is { } card && card.HasInput("people"))
        {
            review = await office.ClicksAsync("ann", "Continue", ("people", string.Join(',', Everybody.Select(person => office.Teams.People[person].ObjectId))));
        }
        Assert.Contains("Nobody is asked yet.", review.Words);
        return IdIn((await office.ClicksAsync("ann", "Preview")).Words);
    }

    public static async Task<string> AsksPeopleAsync(this TestOffice office, string answers = "anonymous", string questions = Questions, string? who = null, params (string Input, string Value)[] more)
    {
        await office.GatherAsync();
        var id = await office.PreviewsAsync(answers, questions, who, more);
        await office.ClicksAsync("ann", "Open it");
        foreach (var person in Everybody)
        {
            await office.SeesAsync(person, "Ann Abel asks for your opinion.");
        }
        await office.QuietAsync();
        return id;
    }

    public static Task<Pressed> FillsInAsync(this TestOffice office, string who, string scale, string text, string day, string button = "Answer") =>
        office.ClicksAsync(who, button, ("q1", scale), ("q2", text), ("q3", day));

    /// <summary>All five; Bob says 1, Eve 2, and so on.</summary>
    public static async Task EverybodyAnswersAsync(this TestOffice office, int people = 5)
    {
        foreach (var (person, index) in Everybody.Take(people).Select((person, index) => (person, index)))
        {
            Assert.Contains("Your answer is in", (await office.FillsInAsync(person, $"{index + 1}", $"words {index + 1}", "2")).Words);
        }
    }

    public static JsonObject Filled(string id, params (string Input, string Value)[] inputs)
    {
        var data = new JsonObject { ["id"] = id };
        foreach (var (input, value) in inputs)
        {
            data[input] = value;
        }
        return data;
    }

    public static async Task<(Survey Survey, Tally? Tally)> SurveyAsync(this TestOffice office, string id) =>
        await office.Services.GetRequiredService<SurveyStore>().FindWithTallyAsync(TestOffice.Tenant, id, CancellationToken.None) is { Survey: { } survey, Tally: var tally } ? (survey, tally) : throw new ArgumentException(id);

    public static async Task<string> ClosesAsync(this TestOffice office, string id)
    {
        await office.SaysAsync("ann", $"close {id}");
        return (await office.SeesAsync("ann", "The survey is closed. This is what came of it.")).Words;
    }

    public static string IdIn(string words) => Ids().Match(words) is { Success: true } match ? match.Value : throw new ArgumentException($"There is no survey in: {words}");

    private static bool HasInput(this JsonObject card, string id) => card.ToJsonString().Contains($"\"id\":\"{id}\"", StringComparison.Ordinal);

    [GeneratedRegex("V-[0-9A-HJKMNP-TV-Z]{6}")]
    private static partial Regex Ids();
}

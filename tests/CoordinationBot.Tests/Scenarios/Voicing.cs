using System.Text.Json.Nodes;
using CoordinationBot.Feedbacks;
using Microsoft.Extensions.DependencyInjection;

namespace CoordinationBot.Tests.Scenarios;

/// <summary>People who say what they think; Eve administers, so that she answers what nobody else does. It is Monday, 09:00 in the office.</summary>
internal static class Voicing
{
    public const string Printer = "the printer on floor 3 is always empty";

    public static async Task<TestOffice> OfficeAsync(Action<IServiceCollection>? services = null)
    {
        var office = new TestOffice(services, administrators: "eve");
        await office.InstallAsync("ann", "bob", "eve");
        return office;
    }

    /// <summary>Bob sends a problem with his name; with its id.</summary>
    public static async Task<string> TellsAsync(this TestOffice office, string text = Printer, string about = "", string who = "bob", string owner = "eve")
    {
        await office.SaysAsync(who, $"problem {text}");
        await office.ClicksAsync(who, "Send with my name", ("about", about));
        await office.RestsAsync();
        return (await office.RegisterAsync(owner)).Single(entry => entry.Text == text).Id;
    }

    /// <summary>Bob sends it without his name; with the card that he keeps.</summary>
    public static async Task<ShownMessage> LeavesAsync(this TestOffice office, string text = Printer, string who = "bob", string about = "")
    {
        var card = await office.SaysAsync(who, $"problem {text}");
        await office.ClicksAsync(who, card, "Send anonymously", null, ("about", about));
        return office.Shown(who).First(message => message.Id == card.Id);
    }

    /// <summary>The letters of today are handed over.</summary>
    public static async Task MorningAsync(this TestOffice office)
    {
        var due = office.Services.GetRequiredService<HandOverTimes>().NextAfter(office.Clock.GetUtcNow());
        await office.PassesUntilAsync(due);
    }

    public static async Task<string> NewestAsync(this TestOffice office, string who = "eve") => (await office.RegisterAsync(who))[^1].Id;

    public static async Task<IReadOnlyList<FeedbackEntry>> RegisterAsync(this TestOffice office, string who, RegisterFilter? filter = null) =>
        (await office.Services.GetRequiredService<FeedbackIndex>().PageAsync(TestOffice.Tenant, office.Party(who).ObjectId, filter ?? new RegisterFilter(), null, 1000, CancellationToken.None)).Entries;

    public static async Task<Feedback> FeedbackAsync(this TestOffice office, string id) =>
        (await office.Services.GetRequiredService<FeedbackStore>().FindAsync(TestOffice.Tenant, id, CancellationToken.None))!;

    /// <summary>The letters that nobody has read yet.</summary>
    public static async Task<IReadOnlyList<Letter>> LettersAsync(this TestOffice office) =>
        [.. (await office.Services.GetRequiredService<LetterboxStore>().ReadAsync(TestOffice.Tenant, CancellationToken.None)).Boxes.SelectMany(box => box.Letters)];

    public static void AddSingletonChance(this IServiceCollection services, Chance chance) => services.AddSingleton(chance);

    /// <summary>What a client does by itself when it shows a card again.</summary>
    public static async Task<Pressed> RefreshesAsync(this TestOffice office, string who, ShownMessage message)
    {
        var action = message.Card!["refresh"]!["action"]!.DeepClone().AsObject();
        var response = await office.PostAsync(office.Activity(who, "invoke", activity =>
        {
            activity["replyToId"] = message.Id;
            activity["name"] = "adaptiveCard/action";
            activity["value"] = new JsonObject { ["action"] = action, ["trigger"] = "automatic" };
        }));
        var body = JsonNode.Parse(await response.Content.ReadAsStringAsync())!.AsObject();
        Assert.Equal("application/vnd.microsoft.card.adaptive", body["type"]!.GetValue<string>());
        return new Pressed(response.StatusCode, body["value"]!.AsObject(), null);
    }
}

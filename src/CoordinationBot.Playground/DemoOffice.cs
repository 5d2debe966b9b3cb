using System.Text.Json.Nodes;
using CoordinationBot.Playground.Hubs;
using CoordinationBot.Playground.People;

namespace CoordinationBot.Playground;

/// <summary>
/// Does what the people would do on their first day, and nothing that they could not: each opens the bot once, and the leader types
/// one delegation. The ids are the same every time, so that a second --demo on the same data is taken as a repeat of the first.
/// </summary>
internal static class DemoOffice
{
    public const string Delegation = """delegate "Prepare the budget table" to Alex by fri 5pm, exactly: collect figures; fill template; send to finance""";

    public static async Task SeedAsync(Hub hub, IEnumerable<Person> people, CancellationToken cancel)
    {
        foreach (var person in people)
        {
            await hub.DeliverAsync(person, new JsonObject { ["type"] = "installationUpdate", ["action"] = "add", ["id"] = $"demo-install-{person.Key}" }, cancel);
            await hub.DeliverAsync(
                person,
                new JsonObject
                {
                    ["type"] = "conversationUpdate",
                    ["id"] = $"demo-arrive-{person.Key}",
                    ["membersAdded"] = new JsonArray(
                        new JsonObject { ["id"] = Cast.BotId, ["name"] = Cast.BotName },
                        new JsonObject { ["id"] = person.TeamsId, ["name"] = person.Name, ["aadObjectId"] = person.EntraId }),
                },
                cancel);
        }

        await hub.DeliverAsync(
            Cast.Maria,
            new JsonObject { ["type"] = "message", ["id"] = "demo-delegation", ["text"] = Delegation, ["textFormat"] = "plain" },
            cancel);
    }
}

using System.Text.Json.Nodes;

namespace CoordinationBot.Playground.People;

/// <summary>The people, chats and ids that every window of one office shares.</summary>
public static class Cast
{
    public const string TenantId = "00000000-0000-4000-8000-000000000900";
    public const string BotAppId = "00000000-0000-4000-8000-000000000b07";
    public const string BotId = $"28:{BotAppId}";
    public const string BotName = "CoordinationBot";
    public const string GroupChatId = "19:office@thread.v2";
    public const string GroupChatName = "Office";
    public const string TeamId = "19:contoso@thread.tacv2";
    public const string TeamName = "Contoso";
    public const string TeamGroupId = "00000000-0000-4000-8000-000000000777";
    public const string ChannelId = "19:announcements@thread.tacv2";
    public const string ChannelName = "Announcements";

    public static Person Maria { get; } = new("maria", "Maria", "Santos", "00000000-0000-4000-8000-000000000101", IsLeader: true);

    public static Person Alex { get; } = new("alex", "Alex", "Weber", "00000000-0000-4000-8000-000000000102");

    public static Person Adele { get; } = new("adele", "Adele", "Novak", "00000000-0000-4000-8000-000000000103");

    public static Person Lee { get; } = new("lee", "Lee", "Chen", "00000000-0000-4000-8000-000000000104");

    public static Person Sam { get; } = new("sam", "Sam", "Okafor", "00000000-0000-4000-8000-000000000105");

    public static Person Priya { get; } = new("priya", "Priya", "Raman", "00000000-0000-4000-8000-000000000106");

    /// <summary>The leader, then the employees. The Playground wants exactly six people: oneself and five others.</summary>
    public static IReadOnlyList<Person> Everyone { get; } = [Maria, Alex, Adele, Lee, Sam, Priya];

    public static Person? Find(string? teamsOrEntraId) => Everyone.FirstOrDefault(p =>
        string.Equals(p.TeamsId, teamsOrEntraId, StringComparison.Ordinal)
        || string.Equals(p.EntraId, teamsOrEntraId, StringComparison.OrdinalIgnoreCase));

    /// <summary>The Playground's configuration (<c>.m365agentsplayground.yml</c>; it accepts JSON) for one person's window.</summary>
    public static JsonObject ConfigurationFor(Person me) => new()
    {
        ["version"] = "0.1.1",
        ["tenantId"] = TenantId,
        ["bot"] = new JsonObject { ["id"] = BotId, ["name"] = BotName },
        ["currentUser"] = Describe(me),
        ["users"] = new JsonArray([.. Everyone.Where(p => p != me).Select(Describe)]),
        ["personalChat"] = new JsonObject { ["id"] = me.PersonalChatId },
        ["groupChat"] = new JsonObject { ["id"] = GroupChatId, ["name"] = GroupChatName },
        ["team"] = new JsonObject
        {
            ["id"] = TeamId,
            ["name"] = TeamName,
            ["aadGroupId"] = TeamGroupId,
            ["channels"] = new JsonArray(new JsonObject { ["id"] = ChannelId, ["name"] = ChannelName }),
        },
    };

    private static JsonObject Describe(Person person) => new()
    {
        ["id"] = person.TeamsId,
        ["name"] = person.Name,
        ["givenName"] = person.GivenName,
        ["surname"] = person.Surname,
        ["email"] = person.Mail,
        ["userPrincipleName"] = person.Mail, // spelt so in the Playground's schema
        ["aadObjectId"] = person.EntraId,
    };
}

using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using CoordinationBot.Playground.People;

namespace CoordinationBot.Playground.Hubs;

/// <summary>Where the bot's connector calls go: whose window, and under which ids there.</summary>
internal sealed class OutboundRoutes(ConversationMap map, ConcurrentDictionary<Person, Uri> windows, ConcurrentDictionary<Person, byte> removed, ConcurrentDictionary<string, Person> speakers, Forwarder forwarder)
{
    private const string Tombstone = """{"type":"message","text":"*This message has been deleted.*"}""";

    private static readonly HubAnswer NotInRoster = HubAnswer.Error(403, "BotNotInConversationRoster", "The bot is not part of the conversation roster.");
    private static readonly HubAnswer NoConversation = HubAnswer.Error(404, "ConversationNotFound", "Conversation not found.");

    /// <param name="Method">HTTP method.</param>
    /// <param name="Path">Unescaped segments after the service address.</param>
    /// <param name="Query">With its question mark, or empty.</param>
    /// <param name="Body">As sent; null for none.</param>
    internal sealed record Call(string Method, string[] Path, string Query, string? Body)
    {
        public JsonObject? Json { get; } = Body is null ? null : HubAnswer.Parse(Body) as JsonObject;
    }

    /// <summary>In the order in which windows were opened.</summary>
    private IEnumerable<Person> People => Cast.Everyone.Where(windows.ContainsKey);

    public async Task<(HubAnswer Answer, Person? Person)> RouteAsync(Call call, CancellationToken cancel)
    {
        return (call.Method, call.Path) switch
        {
            ("POST", ["v3", "conversations"]) when call.Json?["isGroup"]?.GetValueKind() == System.Text.Json.JsonValueKind.True => await CreateThreadAsync(call, cancel),
            ("POST", ["v3", "conversations"]) => CreatePersonal(call),
            ("GET", ["v3", "conversations", var conversation, "members", var member]) =>
                await OneAsync(call with { Path = [.. call.Path[..4], Cast.Find(member)?.TeamsId ?? member] }, conversation, cancel),
            (not "GET", ["v3", "conversations", var conversation, "activities", ..]) when ConversationMap.IsShared(conversation) =>
                await EverywhereAsync(call, conversation, cancel),
            (_, ["v3", "conversations", var conversation, ..]) => await OneAsync(call, conversation, cancel),
            _ => People.FirstOrDefault() is { } anyone ? (await SendAsync(anyone, call, cancel), anyone) : (NoConversation, null),
        };
    }

    // The Playground makes a new chat for any id, even nonsense. Teams gives the one chat with the person, or refuses.
    private (HubAnswer Answer, Person? Person) CreatePersonal(Call call)
    {
        var person = Cast.Find((call.Json?["members"] as JsonArray)?.FirstOrDefault()?["id"]?.ToString());
        return person is not null && CanReach(person)
            ? (HubAnswer.Of(201, new JsonObject { ["id"] = person.PersonalChatId }), person)
            : (NotInRoster, person);
    }

    private async Task<(HubAnswer Answer, Person? Person)> CreateThreadAsync(Call call, CancellationToken cancel)
    {
        (HubAnswer Answer, Person? Person) first = (NoConversation, null);
        string? thread = null, message = null;
        foreach (var person in People)
        {
            var answer = await SendAsync(person, call, cancel);
            if (first.Person is null)
            {
                first = (answer, person);
                thread = answer.Id;
                message = answer.Json?["activityId"]?.ToString();
            }

            if (thread is null || answer.Id is not { } localThread) continue;
            map.RememberThread(thread, person, localThread);
            if (message is not null && answer.Json?["activityId"]?.ToString() is { } localMessage) map.RememberActivity(thread, message, person, localMessage);
        }

        return first;
    }

    private async Task<(HubAnswer Answer, Person? Person)> OneAsync(Call call, string conversation, CancellationToken cancel)
    {
        var owner = ConversationMap.OwnerOf(conversation);
        if (owner is not null && !CanReach(owner)) return (NotInRoster, owner);
        var person = owner ?? (ConversationMap.IsShared(conversation) ? Audience(conversation, null).FirstOrDefault() : null);
        if (person is null) return (NoConversation, null);
        var local = call with { Path = [.. call.Path[..2], map.LocalThread(conversation, person) ?? conversation, .. call.Path[3..]] };
        return (await SendAsync(person, Delete(local), cancel), person);
    }

    private async Task<(HubAnswer Answer, Person? Person)> EverywhereAsync(Call call, string conversation, CancellationToken cancel)
    {
        var about = call.Path.ElementAtOrDefault(4);
        var replyTo = about ?? call.Json?["replyToId"]?.ToString();
        (HubAnswer Answer, Person? Person) first = (NoConversation, null);
        string? id = null;
        foreach (var person in Audience(conversation, replyTo is null ? null : speakers.GetValueOrDefault(replyTo)))
        {
            var local = map.LocalThread(conversation, person) ?? conversation;
            string[] path = ["v3", "conversations", local, "activities"];
            // An answer to a message which only the window of its writer knows stands in the others by itself.
            if (call.Method == "POST" && about is not null && first.Person is null) path = [.. path, about];
            else if (call.Method != "POST" && about is not null)
            {
                // A window that was opened later has no copy to change.
                if (map.LocalActivity(conversation, about, person) is not { } localId) continue;
                path = [.. path, localId];
            }

            var answer = await SendAsync(person, Delete(call with { Path = path }), cancel);
            if (first.Person is null)
            {
                first = (answer, person);
                id = answer.Id;
            }

            if (call.Method == "POST" && id is not null && answer.Id is { } copy) map.RememberActivity(conversation, id, person, copy);
        }

        return first.Person is null && about is not null
            ? (HubAnswer.Error(404, "ActivityNotFoundInConversation", "Activity not found."), null)
            : first;
    }

    // A thread begun by a person is only in that person's window; one begun by the bot is in all.
    private IEnumerable<Person> Audience(string conversation, Person? speaker)
    {
        var everyone = People.OrderByDescending(p => p == speaker);
        if (!ConversationMap.IsThread(conversation)) return everyone;
        var knowing = everyone.Where(p => map.LocalThread(conversation, p) is not null).ToArray();
        if (knowing.Length > 0) return knowing;
        return speakers.GetValueOrDefault(conversation) is { } starter ? [starter] : everyone.Take(1);
    }

    private bool CanReach(Person person) => windows.ContainsKey(person) && !removed.ContainsKey(person);

    // The Playground cannot delete (501): what Teams shows in place of a deleted message is put there.
    private static Call Delete(Call call) => call is { Method: "DELETE", Path: [_, _, _, "activities", _] }
        ? call with { Method = "PUT", Body = Tombstone }
        : call;

    private Task<HubAnswer> SendAsync(Person person, Call call, CancellationToken cancel)
    {
        var path = string.Join('/', call.Path.Select(Uri.EscapeDataString));
        return forwarder.SendAsync(call.Method, new Uri($"{windows[person]}/{path}{call.Query}"), call.Body, bearer: null, cancel);
    }
}

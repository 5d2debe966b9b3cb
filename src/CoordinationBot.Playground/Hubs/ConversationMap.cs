using System.Collections.Concurrent;
using CoordinationBot.Playground.People;

namespace CoordinationBot.Playground.Hubs;

/// <summary>
/// Every Playground gives its own ids to what it shows. The bot knows one id a message and one a channel thread (the id in the
/// window of the person it answered); this remembers the copies in the other windows.
/// </summary>
internal sealed class ConversationMap
{
    private readonly ConcurrentDictionary<Key, ConcurrentDictionary<Person, string>> _copies = new();
    private readonly ConcurrentDictionary<(Key Local, Person Person), string> _originals = new();

    private enum Kind
    {
        Activity,
        Thread,
    }

    /// <summary>True for the group chat, the channels and their threads: what everybody sees.</summary>
    public static bool IsShared(string conversation) => Base(conversation) is Cast.GroupChatId or Cast.ChannelId or Cast.TeamId;

    public static bool IsThread(string conversation) => conversation.Contains(';', StringComparison.Ordinal);

    public static Person? OwnerOf(string conversation) => Cast.Everyone.FirstOrDefault(p => p.PersonalChatId == conversation);

    public void RememberActivity(string conversation, string id, Person person, string localId)
    {
        Remember(new(Kind.Activity, Base(conversation), id), person, localId);
        // A message in a channel, outside a thread, begins one.
        if (!IsThread(conversation) && Base(conversation) != Cast.GroupChatId)
            Remember(new(Kind.Thread, "", $"{conversation};messageid={id}"), person, $"{conversation};messageid={localId}");
    }

    public void RememberThread(string thread, Person person, string localThread) => Remember(new(Kind.Thread, "", thread), person, localThread);

    /// <summary>The id of a message in one person's window, or null when it is not there.</summary>
    public string? LocalActivity(string conversation, string id, Person person) => Local(new(Kind.Activity, Base(conversation), id), person);

    /// <summary>The id of a thread in one person's window, or null when it is not there.</summary>
    public string? LocalThread(string thread, Person person) => Local(new(Kind.Thread, "", thread), person);

    /// <summary>The id that the bot knows for a message in a person's window.</summary>
    public string OriginalActivity(string conversation, string localId, Person person) =>
        _originals.GetValueOrDefault((new(Kind.Activity, Base(conversation), localId), person), localId);

    /// <summary>The id that the bot knows for a conversation in a person's window.</summary>
    public string OriginalConversation(string localId, Person person) =>
        _originals.GetValueOrDefault((new(Kind.Thread, "", localId), person), localId);

    private static string Base(string conversation) => conversation.Split(';')[0];

    private void Remember(Key original, Person person, string localId)
    {
        _copies.GetOrAdd(original, _ => new())[person] = localId;
        _originals[(original with { Id = localId }, person)] = original.Id;
    }

    private string? Local(Key original, Person person) => _copies.GetValueOrDefault(original)?.GetValueOrDefault(person);

    private readonly record struct Key(Kind Kind, string Conversation, string Id);
}

using System.Text.Json.Serialization;
using CoordinationBot.Protocol.Connector;
using CoordinationBot.Storage;

namespace CoordinationBot.People;

/// <summary>A group chat or team that the bot was brought into.</summary>
/// <param name="Conversation">Of a team, its general channel.</param>
/// <param name="JoinedAt">When somebody last came.</param>
/// <param name="Name">What people call it; null: nobody has said.</param>
internal sealed record Group(ConversationReference Conversation, DateTimeOffset JoinedAt, string? Name = null);

/// <summary>A group for one of its members.</summary>
internal sealed record GroupEntry(string Partition, string Name);

/// <summary>A member as the roster has them.</summary>
/// <param name="Person">Who.</param>
/// <param name="Group">What the group was called when they were written.</param>
internal sealed record GroupMember(NameEntry Person, string Group);

/// <summary>
/// Groups, each a partition of its own with its roster, which is learned by whoever wakes up for it, since it may be long. In the partition of each
/// member stands which groups they are in: written before the roster and removed before it, so that whoever stopped halfway goes on where the two differ.
/// </summary>
internal sealed class GroupStore(ITables tables)
{
    /// <summary>The kind of wake-up that learns a roster.</summary>
    public const string Kind = "roster";

    /// <summary>Of somebody who is in more, the first are offered.</summary>
    private const int MostOfOne = 50;

    private const int NamesInName = 3;
    private const string Key = "group";
    private const string MemberPrefix = "member|";
    private const string GroupPrefix = "group|";

    public static string Partition(ConversationReference conversation) => Partition(conversation.TenantId, Uri.EscapeDataString(conversation.ConversationId));

    public async ValueTask<Group?> FindAsync(string partition, CancellationToken cancel) => (await tables.GetAsync(partition, Key, cancel))?.Read(GroupJson.Default.Group);

    public async ValueTask KeepAsync(Group group, CancellationToken cancel) =>
        await tables.CommitAsync(Partition(group.Conversation), [new Change.Upsert(Key, JsonRows.Bytes(group, GroupJson.Default.Group))], cancel);

    /// <summary>The bot is not there any more; the roster goes with the next wake-up.</summary>
    public async ValueTask LeaveAsync(ConversationReference conversation, CancellationToken cancel) =>
        await tables.CommitAsync(Partition(conversation), [new Change.Delete(Key, null)], cancel);

    /// <summary>The groups that somebody shares with the bot.</summary>
    public async ValueTask<IReadOnlyList<GroupEntry>> OfAsync(string tenant, string objectId, CancellationToken cancel) =>
        [.. (await tables.QueryAsync(PeopleStore.Partition(tenant, objectId), GroupPrefix, MostOfOne, null, cancel)).Select(row => row.Read(GroupJson.Default.GroupEntry))];

    /// <summary>The roster as it was learned last, or more than so many of it, which says that they are too many.</summary>
    public async ValueTask<IReadOnlyList<NameEntry>> MembersAsync(string partition, int most, CancellationToken cancel) =>
        [.. (await RosterAsync(partition, most, cancel)).Select(member => member.Person)];

    /// <summary>Makes a roster what it is now, and writes nothing for whoever is in it as they were.</summary>
    public async ValueTask LearnAsync(string partition, string? name, IReadOnlyList<NameEntry> members, CancellationToken cancel)
    {
        var known = (await RosterAsync(partition, int.MaxValue, cancel)).ToDictionary(member => member.Person.ObjectId, StringComparer.Ordinal);
        var (tenant, key) = Identify(partition);
        var group = new GroupEntry(partition, name ?? Called(members));
        foreach (var gone in known.Keys.Except(members.Select(member => member.ObjectId), StringComparer.Ordinal))
        {
            await tables.CommitAsync(PeopleStore.Partition(tenant, gone), [new Change.Delete($"{GroupPrefix}{key}", null)], cancel);
            await tables.CommitAsync(partition, [new Change.Delete($"{MemberPrefix}{gone}", null)], cancel);
        }
        foreach (var member in members.Select(person => new GroupMember(person, group.Name)).Where(member => known.GetValueOrDefault(member.Person.ObjectId) != member))
        {
            await tables.CommitAsync(PeopleStore.Partition(tenant, member.Person.ObjectId), [new Change.Upsert($"{GroupPrefix}{key}", JsonRows.Bytes(group, GroupJson.Default.GroupEntry))], cancel);
            await tables.CommitAsync(partition, [new Change.Upsert($"{MemberPrefix}{member.Person.ObjectId}", JsonRows.Bytes(member, GroupJson.Default.GroupMember))], cancel);
        }
    }

    private async ValueTask<IReadOnlyList<GroupMember>> RosterAsync(string partition, int most, CancellationToken cancel)
    {
        List<GroupMember> members = [];
        string? after = null;
        do
        {
            var rows = await tables.QueryAsync(partition, MemberPrefix, TableLimits.MaxTake, after, cancel);
            members.AddRange(rows.Select(row => row.Read(GroupJson.Default.GroupMember)));
            after = rows.Count < TableLimits.MaxTake ? null : rows[^1].Key;
        }
        while (after is not null && members.Count <= most);
        return members;
    }

    /// <summary>What people would call a chat without a name.</summary>
    private static string Called(IReadOnlyList<NameEntry> members)
    {
        var names = members.Select(member => member.Name).Order(StringComparer.CurrentCulture).ToList();
        return names.Count <= NamesInName ? string.Join(", ", names) : $"{string.Join(", ", names.Take(NamesInName))} and {names.Count - NamesInName} more";
    }

    private static string Partition(string tenant, string key) => $"{tenant}|G|{key}";

    private static (string Tenant, string Key) Identify(string partition)
    {
        var parts = partition.Split('|');
        return (parts[0], parts[2]);
    }
}

[JsonSourceGenerationOptions]
[JsonSerializable(typeof(Group))]
[JsonSerializable(typeof(GroupEntry))]
[JsonSerializable(typeof(GroupMember))]
internal sealed partial class GroupJson : JsonSerializerContext;

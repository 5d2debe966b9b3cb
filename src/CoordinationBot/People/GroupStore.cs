using System.Text.Json.Serialization;
using CoordinationBot.Protocol.Connector;
using CoordinationBot.Storage;

namespace CoordinationBot.People;

/// <summary>A group chat or channel that the bot was brought into.</summary>
internal sealed record Group(ConversationReference Conversation, DateTimeOffset JoinedAt);

/// <summary>Groups, each a partition of its own: its roster is learned by whoever wakes up for it, since it may be long.</summary>
internal sealed class GroupStore(ITables tables)
{
    /// <summary>The kind of wake-up that learns a roster.</summary>
    public const string Kind = "roster";

    private const string Key = "group";

    public static string Partition(ConversationReference conversation) => $"{conversation.TenantId}|G|{Uri.EscapeDataString(conversation.ConversationId)}";

    public async ValueTask<Group?> FindAsync(string partition, CancellationToken cancel) => (await tables.GetAsync(partition, Key, cancel))?.Read(GroupJson.Default.Group);

    public async ValueTask KeepAsync(Group group, CancellationToken cancel) =>
        await tables.CommitAsync(Partition(group.Conversation), [new Change.Upsert(Key, JsonRows.Bytes(group, GroupJson.Default.Group))], cancel);
}

[JsonSourceGenerationOptions]
[JsonSerializable(typeof(Group))]
internal sealed partial class GroupJson : JsonSerializerContext;

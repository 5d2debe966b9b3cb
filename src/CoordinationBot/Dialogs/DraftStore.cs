using CoordinationBot.People;
using CoordinationBot.Storage;

namespace CoordinationBot.Dialogs;

/// <summary>The one open draft of a person. Starting another takes its place; after a day it counts as gone.</summary>
internal sealed class DraftStore(ITables tables)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(1);

    private const string Key = "draft";
    private const int Attempts = 8;

    public async ValueTask<Draft?> FindAsync(string tenant, string objectId, DateTimeOffset now, CancellationToken cancel) =>
        Read(await tables.GetAsync(PeopleStore.Partition(tenant, objectId), Key, cancel), now);

    /// <summary>Stores what <paramref name="change"/> makes of the draft there is (null: none); null removes it. Returns what is stored.</summary>
    public async ValueTask<Draft?> UpdateAsync(string tenant, string objectId, DateTimeOffset now, Func<Draft?, Draft?> change, CancellationToken cancel)
    {
        var partition = PeopleStore.Partition(tenant, objectId);
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            var row = await tables.GetAsync(partition, Key, cancel);
            var before = Read(row, now);
            var after = change(before);
            if (after == before)
            {
                return after;
            }
            Change? write = (row, after) switch
            {
                (null, null) => null,
                (null, { } draft) => new Change.Insert(Key, Bytes(draft)),
                ({ } old, null) => new Change.Delete(Key, old.Version),
                ({ } old, { } draft) => new Change.Replace(Key, Bytes(draft), old.Version),
            };
            if (write is null || (await tables.CommitAsync(partition, [write], cancel)).Committed)
            {
                return after;
            }
        }
        throw new InvalidOperationException("A draft changed under every attempt to write it.");
    }

    private static Draft? Read(Row? row, DateTimeOffset now) =>
        row?.Read(DialogJson.Default.Draft) is { } draft && draft.ExpiresAt > now ? draft : null;

    private static ReadOnlyMemory<byte> Bytes(Draft draft) => JsonRows.Bytes(draft, DialogJson.Default.Draft);
}

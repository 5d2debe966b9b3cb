using System.Security.Cryptography;
using System.Text;
using CoordinationBot.Protocol.Turns;
using CoordinationBot.Storage;

namespace CoordinationBot.People;

/// <summary>
/// Persons and the two ways to find them: by a word of their name, by their Teams id. The indexes are written before the person, so that a
/// person who is stored can be found; an index row without its person is harmless and leads nowhere.
/// </summary>
internal sealed class PeopleStore(ITables tables)
{
    public const string PersonKey = "person";

    private const int MostWithOneName = 50;

    // One person's activities come from several conversations at once.
    private const int Attempts = 50;
    private const int LongestWait = 100;

    /// <summary>The partition of everything that belongs to one person.</summary>
    public static string Partition(string tenant, string objectId) => $"{tenant}|P|{objectId}";

    /// <summary>Tenant and object id of a person's partition.</summary>
    public static (string Tenant, string ObjectId) Identify(string partition)
    {
        var parts = partition.Split('|');
        return (parts[0], parts[2]);
    }

    /// <summary>Null also for what can be nobody's id: it may come from a card.</summary>
    public async ValueTask<Person?> FindAsync(string tenant, string objectId, CancellationToken cancel) =>
        Actor.IsObjectId(objectId)
            ? (await tables.GetAsync(Partition(tenant, objectId), PersonKey, cancel))?.Read(PeopleJson.Default.Person)
            : null;

    /// <summary>Null also for what can be nobody's id: it may have been typed.</summary>
    public async ValueTask<Person?> FindByTeamsIdAsync(string tenant, string teamsId, CancellationToken cancel) =>
        IsShort(teamsId) && await tables.GetAsync(TeamsIds(tenant), TeamsIdKey(teamsId), cancel) is { } row
            ? await FindAsync(tenant, row.Read(PeopleJson.Default.NameEntry).ObjectId, cancel)
            : null;

    /// <summary>Everybody with a word of their name that begins with this one; null when they are too many to tell apart, since a part of them must not be taken for all.</summary>
    public async ValueTask<IReadOnlyList<NameEntry>?> FindByWordAsync(string tenant, string word, CancellationToken cancel)
    {
        // Nobody's word is longer.
        if (!IsShort(word))
        {
            return [];
        }
        var rows = await tables.QueryAsync(Names(tenant), Uri.EscapeDataString(word), MostWithOneName + 1, null, cancel);
        return rows.Count > MostWithOneName ? null : [.. rows.Select(row => row.Read(PeopleJson.Default.NameEntry)).DistinctBy(entry => entry.ObjectId)];
    }

    /// <summary>Everybody who was ever met, or more than so many of them, which says that they are too many.</summary>
    public async ValueTask<IReadOnlyList<NameEntry>> EveryoneAsync(string tenant, int most, CancellationToken cancel)
    {
        var people = new Dictionary<string, NameEntry>(StringComparer.Ordinal);
        string? after = null;
        do
        {
            var rows = await tables.QueryAsync(Names(tenant), "", TableLimits.MaxTake, after, cancel);
            foreach (var entry in rows.Select(row => row.Read(PeopleJson.Default.NameEntry)))
            {
                people[entry.ObjectId] = entry;
            }
            after = rows.Count < TableLimits.MaxTake ? null : rows[^1].Key;
        }
        while (after is not null && people.Count <= most);
        return [.. people.Values];
    }

    /// <summary>Changes a person, or makes a new one; what was there is decided on again when somebody else was faster.</summary>
    public async ValueTask<Person> UpdateAsync(string tenant, string objectId, Func<Person?, Person> change, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            var row = await tables.GetAsync(Partition(tenant, objectId), PersonKey, cancel);
            var before = row?.Read(PeopleJson.Default.Person);
            var after = change(before);
            if (after == before)
            {
                return after;
            }
            await IndexAsync(before, after, cancel);
            var data = JsonRows.Bytes(after, PeopleJson.Default.Person);
            Change write = row is null ? new Change.Insert(PersonKey, data) : new Change.Replace(PersonKey, data, row.Version);
            if ((await tables.CommitAsync(Partition(tenant, objectId), [write], cancel)).Committed)
            {
                return after;
            }
            if (attempt == Attempts)
            {
                throw new InvalidOperationException("A person's row changed under every attempt to write it.");
            }
            // Several at once: wait a different moment each, or they meet again.
            await Task.Delay(RandomNumberGenerator.GetInt32(Math.Min(attempt * 5, LongestWait)), cancel);
        }
    }

    /// <summary>Stores somebody who stands for a person that was forgotten, unless they are there: known by their id alone, so that nobody finds them by a name.</summary>
    public async ValueTask KeepStandInAsync(Person standIn, CancellationToken cancel) =>
        await tables.CommitAsync(Partition(standIn.Tenant, standIn.ObjectId), [new Change.Insert(PersonKey, JsonRows.Bytes(standIn, PeopleJson.Default.Person))], cancel);

    /// <summary>The person that a row holds; null: it holds none, or none that can be read.</summary>
    public static Person? StoredIn(Row row) => row.Key == PersonKey && row.Partition.Split('|') is [_, "P", _] ? row.ReadIfItCan(PeopleJson.Default.Person) : null;

    /// <summary>Somebody is forgotten. That it was them, only who knows their id can find out.</summary>
    public async ValueTask NoteForgottenAsync(string tenant, string objectId, CancellationToken cancel) =>
        await tables.CommitAsync(Forgotten(tenant), [new Change.Upsert(ForgottenKey(tenant, objectId), "{}"u8.ToArray())], cancel);

    /// <summary>Somebody was forgotten, and has not spoken since.</summary>
    public async ValueTask<bool> IsForgottenAsync(string tenant, string objectId, CancellationToken cancel) =>
        await tables.GetAsync(Forgotten(tenant), ForgottenKey(tenant, objectId), cancel) is not null && await FindAsync(tenant, objectId, cancel) is null;

    /// <summary>Who has named this person as a deputy at some time.</summary>
    public async ValueTask<IReadOnlyList<string>> NamedByAsync(string tenant, string deputyId, CancellationToken cancel) =>
        [.. (await tables.QueryAsync(Partition(tenant, deputyId), NamedByPrefix, MostNamedBy, null, cancel)).Select(row => row.Key[NamedByPrefix.Length..])];

    private async ValueTask IndexAsync(Person? before, Person after, CancellationToken cancel)
    {
        var entry = JsonRows.Bytes(new NameEntry(after.ObjectId, after.Name, after.Email), PeopleJson.Default.NameEntry);
        if (before?.Name != after.Name || before.Email != after.Email)
        {
            var words = Words(after);
            List<Change> changes = [.. words.Select(word => new Change.Upsert(NameKey(word, after), entry))];
            if (before is not null)
            {
                changes.AddRange(Words(before).Except(words, StringComparer.Ordinal).Select(word => new Change.Delete(NameKey(word, before), null)));
            }
            if (changes.Count > 0)
            {
                await tables.CommitAsync(Names(after.Tenant), changes, cancel);
            }
        }
        foreach (var deputy in Deputies.Of(after).Except(before is null ? [] : Deputies.Of(before), StringComparer.Ordinal))
        {
            await tables.CommitAsync(Partition(after.Tenant, deputy), [new Change.Upsert($"{NamedByPrefix}{after.ObjectId}", "{}"u8.ToArray())], cancel);
        }
        if (before?.TeamsId != after.TeamsId)
        {
            await tables.CommitAsync(TeamsIds(after.Tenant), [new Change.Upsert(TeamsIdKey(after.TeamsId), entry)], cancel);
        }
    }

    /// <summary>A mail address need not begin with a word of the name, so it is indexed like one.</summary>
    private static IReadOnlyList<string> Words(Person person) =>
        [.. NameMatch.Tokens(person.Name).Concat(person.Email is { Length: > 0 } mail && IsShort(mail) ? [Folded(mail)] : []).Distinct(StringComparer.Ordinal)];

    /// <summary>A mail address as it is indexed and looked up.</summary>
    public static string Folded(string mail) => mail.Trim().ToLowerInvariant();

    /// <summary>Short enough to be looked up by.</summary>
    private static bool IsShort(string text) => text.Length <= LongestKey && Uri.EscapeDataString(text).Length <= LongestKey;

    // Of a key, beside the object id.
    private const int LongestKey = 400;


    private const string NamedByPrefix = "deputy-of|";

    private const int MostNamedBy = 100;

    private static string Names(string tenant) => $"{tenant}|names";

    private static string TeamsIds(string tenant) => $"{tenant}|teams-ids";

    private static string Forgotten(string tenant) => $"{tenant}|forgotten";

    private static string ForgottenKey(string tenant, string objectId) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{tenant}|{objectId}")));

    // A name may hold characters that a key may not.
    private static string NameKey(string word, Person person) => $"{Uri.EscapeDataString(word)}|{person.ObjectId}";

    private static string TeamsIdKey(string teamsId) => Uri.EscapeDataString(teamsId);
}

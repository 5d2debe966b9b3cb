using System.Security.Cryptography;
using CoordinationBot.People;
using CoordinationBot.Storage;

namespace CoordinationBot.Privacy;

/// <summary>The only file that knows keys and rows of erasures: one partition each, gone when it is done.</summary>
internal sealed class ErasureStore(ITables tables, IRowScan scan, PeopleStore people, PeopleCache cache, WorkScheduler work)
{
    /// <summary>The kind of wake-up that goes on with one.</summary>
    public const string Kind = "forget";

    private const string StateKey = "state";
    private const int PageLength = 100;
    private const int Attempts = 5;

    /// <summary>Of the partitions of all that go on.</summary>
    public static string Prefix(string tenant) => $"{tenant}|{Letter}|";

    private static string Partition(string tenant, string objectId) => $"{Prefix(tenant)}{objectId}";

    private const string Letter = "K";

    /// <summary>Begins. What has begun already goes on as it is.</summary>
    public async ValueTask BeginAsync(Person person, CancellationToken cancel)
    {
        var wakeUp = new WakeUp(Kind, Partition(person.Tenant, person.ObjectId));
        var erasure = new Erasure(person.Tenant, person.ObjectId, new Guid(RandomNumberGenerator.GetBytes(16)).ToString(), person.Name, person.Email)
        {
            Addresses = [person.TeamsId, .. person.PersonalConversation is { } chat ? (string[])[chat] : []],
        };
        await work.PrepareAsync(wakeUp, cancel);
        await tables.CommitAsync(wakeUp.Partition, [new Change.Insert(StateKey, Bytes(erasure))], cancel);
        work.Nudge(wakeUp);
    }

    /// <summary>A piece of it. Whoever dies in it is followed by the next wake-up, which looks at the same rows again and changes what is not changed yet.</summary>
    public async ValueTask RunAsync(WakeUp wakeUp, CancellationToken cancel)
    {
        if (await tables.GetAsync(wakeUp.Partition, StateKey, cancel) is not { } row)
        {
            return;
        }
        await work.PrepareAsync(wakeUp, cancel);
        var erasure = row.Read(ErasureJson.Default.Erasure);
        await people.NoteForgottenAsync(erasure.Tenant, erasure.ObjectId, cancel);
        await StandInAsync(erasure, cancel);
        var rows = await scan.ScanAsync($"{erasure.Tenant}|", PageLength, erasure.After, cancel);
        foreach (var found in rows.Where(found => !found.Partition.StartsWith(Prefix(erasure.Tenant), StringComparison.Ordinal)))
        {
            var isChanged = await ForgetAsync(erasure, found, cancel);
            erasure = erasure with { Found = erasure.Found || (isChanged && !ErasureRules.IsOwn(erasure, found.Partition)) };
        }
        if (rows.Count == PageLength)
        {
            erasure = erasure with { After = new RowPlace(rows[^1].Partition, rows[^1].Key) };
        }
        else
        {
            // What was given up names the person's partitions, and belongs to no tenant.
            foreach (var given in await tables.QueryAsync(PoisonRows.Partition, "", TableLimits.MaxTake, null, cancel))
            {
                await ForgetAsync(erasure, given, cancel);
            }
            if (erasure is { IsLast: true, Found: false })
            {
                cache.Forget(erasure.Tenant, erasure.ObjectId);
                await tables.CommitAsync(wakeUp.Partition, [new Change.Delete(StateKey, null)], cancel);
                return;
            }
            erasure = erasure with { After = null, IsLast = !erasure.Found, Found = false };
        }
        // Another host may have come further: then it goes on from there.
        await tables.CommitAsync(wakeUp.Partition, [new Change.Replace(StateKey, Bytes(erasure), row.Version)], cancel);
        work.Nudge(wakeUp);
    }

    /// <summary>Somebody stands for them who cannot be reached: what waits for an answer goes on as with anybody who has left.</summary>
    private async ValueTask StandInAsync(Erasure erasure, CancellationToken cancel)
    {
        if (await people.FindAsync(erasure.Tenant, erasure.StandIn, cancel) is null)
        {
            await people.KeepStandInAsync(
                new Person
                {
                    Tenant = erasure.Tenant,
                    ObjectId = erasure.StandIn,
                    TeamsId = erasure.StandIn,
                    Name = ErasureRules.FormerColleague,
                    ServiceUrl = "",
                    BotId = "",
                    Unreachable = Unreachable.NotInstalled,
                },
                cancel);
        }
    }

    private async ValueTask<bool> ForgetAsync(Erasure erasure, Row row, CancellationToken cancel)
    {
        Row? now = row;
        for (var attempt = 1; attempt <= Attempts && now is not null; attempt++)
        {
            var changes = ErasureRules.Forget(erasure, now);
            if (changes.Count == 0)
            {
                return attempt > 1;
            }
            if ((await tables.CommitAsync(now.Partition, changes, cancel)).Committed)
            {
                return true;
            }
            now = await tables.GetAsync(row.Partition, row.Key, cancel);
        }
        return true;
    }

    private static ReadOnlyMemory<byte> Bytes(Erasure erasure) => JsonRows.Bytes(erasure, ErasureJson.Default.Erasure);
}

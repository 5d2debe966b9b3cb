using CoordinationBot.People;
using CoordinationBot.Storage;

namespace CoordinationBot.Privacy;

/// <summary>What stays on record of erasures: who stands for each person that was forgotten, named by the partition of that stand-in.</summary>
internal sealed class ErasureRecords(IRowScan scan, ITables tables)
{
    public static string Of(string tenant, string standIn) => PeopleStore.Partition(tenant, standIn);

    public async ValueTask<bool> HasAsync(string tenant, string standIn, CancellationToken cancel) =>
        await tables.GetAsync(Of(tenant, standIn), PeopleStore.PersonKey, cancel) is { } row && IsRecord(row);

    /// <summary>Those that nothing is rewritten for any more. One that goes on is looked for after its record, which it wrote when it began.</summary>
    public async ValueTask<IReadOnlyList<string>> EndedAsync(CancellationToken cancel)
    {
        List<string> ended = [];
        RowPlace? before = null;
        while (await scan.ScanAsync("", 1, before, cancel) is [var first])
        {
            var tenant = first.Partition.Split('|')[0];
            var records = await scan.AllAsync(PeopleStore.Partition(tenant, ""), cancel).Where(IsRecord).Select(row => row.Partition).ToListAsync(cancel);
            var goingOn = await scan.AllAsync(ErasureStore.Prefix(tenant), cancel).Select(row => Of(tenant, row.ReadIfItCan(ErasureJson.Default.Erasure)?.StandIn ?? "")).ToListAsync(cancel);
            ended.AddRange(records.Except(goingOn, StringComparer.Ordinal));
            // The sign after the one that ends a tenant's name: no partition of this one follows it.
            before = new RowPlace($"{tenant}}}", "-");
        }
        return ended;
    }

    /// <summary>Nobody in Teams has the id of their account for the id that Teams knows them by.</summary>
    private static bool IsRecord(Row row) => PeopleStore.StoredIn(row) is { } person && person.TeamsId == person.ObjectId;
}

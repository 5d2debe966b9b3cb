using System.Globalization;
using CoordinationBot.Authority;
using CoordinationBot.People;
using CoordinationBot.Storage;

namespace CoordinationBot.Delegations;

/// <summary>A request in the list of somebody whose answer it waits for.</summary>
internal sealed record ApprovalEntry(string Id, string Request, DateTimeOffset AskedAt);

/// <summary>
/// What waits for a person's approval: rows in the person's partition, beside their open delegations so that the help counts all with one read.
/// Written by the wake-up. A row may be there a moment too long, so whoever shows one looks at the delegation first.
/// </summary>
internal sealed class ApprovalIndex(ITables tables)
{
    public const string Prefix = "open|approval|";

    private const int Most = 500;

    /// <summary>All that waits: keys are not in the order of time, so that the oldest may be the last.</summary>
    public async ValueTask<IReadOnlyList<(ApprovalEntry Entry, Row Row)>> ListAsync(string tenant, string objectId, CancellationToken cancel)
    {
        List<Row> rows = [];
        IReadOnlyList<Row> page;
        do
        {
            page = await tables.QueryAsync(PeopleStore.Partition(tenant, objectId), Prefix, Most, rows.Count == 0 ? null : rows[^1].Key, cancel);
            rows.AddRange(page);
        }
        while (page.Count == Most);
        return [.. rows.Select(row => (row.Read(DelegationJson.Default.ApprovalEntry), row))];
    }

    public async ValueTask RemoveAsync(Row row, CancellationToken cancel) =>
        await tables.CommitAsync(row.Partition, [new Change.Delete(row.Key, row.Version)], cancel);

    /// <param name="delegation">As it was read; perhaps old by now.</param>
    /// <param name="again">Reads it once more.</param>
    /// <param name="cancel">Ends it.</param>
    public async ValueTask WriteAsync(Delegation delegation, Func<CancellationToken, ValueTask<Delegation?>> again, CancellationToken cancel)
    {
        if (delegation.Ledger is null && delegation.Round == 0)
        {
            return; // Nothing was ever asked for.
        }
        List<(string Partition, string Request, Party Approver)> added = [];
        foreach (var person in delegation.Dealings.Asked.Prepend(delegation.Leader).DistinctBy(person => person.ObjectId))
        {
            var partition = PeopleStore.Partition(delegation.Tenant, person.ObjectId);
            var wanted = StandIns.Asked(delegation).Where(one => one.Approver.ObjectId == person.ObjectId).Select(one => one.Request).Distinct().ToList();
            var there = (await tables.QueryAsync(partition, $"{Prefix}{delegation.Id}|", Most, null, cancel)).Select(row => row.Key[(row.Key.LastIndexOf('|') + 1)..]).ToList();
            var missing = wanted.Except(there).ToList();
            Change[] changes =
            [
                .. missing.Select(request => new Change.Upsert(Key(delegation, request), JsonRows.Bytes(new ApprovalEntry(delegation.Id, request, AskedAt(delegation, request)), DelegationJson.Default.ApprovalEntry))),
                // What was asked after this state was read is not answered by it.
                .. there.Except(wanted).Where(request => RevisionOf(request) <= delegation.Revision).Select(request => new Change.Delete(Key(delegation, request), null)),
            ];
            if (changes.Length > 0)
            {
                await tables.CommitAsync(partition, changes, cancel);
            }
            added.AddRange(missing.Select(request => (partition, request, person)));
        }
        if (added.Count == 0 || await again(cancel) is not { } present || present.Revision == delegation.Revision)
        {
            return;
        }
        // Answered before the row was there: whoever answered found nothing to remove.
        foreach (var (partition, request, approver) in added.Where(one => !StandIns.Asked(present).Any(waiting => waiting.Request == one.Request && waiting.Approver.ObjectId == one.Approver.ObjectId)))
        {
            await tables.CommitAsync(partition, [new Change.Delete(Key(delegation, request), null)], cancel);
        }
    }

    private static string Key(Delegation delegation, string request) => $"{Prefix}{delegation.Id}|{request}";

    private static DateTimeOffset AskedAt(Delegation delegation, string request) =>
        delegation.Request is { } change && change.Id == request ? change.AskedAt : delegation.Dealings.Held.First(held => held.Id == request).AskedAt;

    /// <summary>The revision that made a request is in its id.</summary>
    private static int RevisionOf(string request) => int.TryParse(request.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var revision) ? revision : 0;
}

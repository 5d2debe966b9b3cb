using System.Security.Cryptography;
using CoordinationBot.People;
using CoordinationBot.Storage;

namespace CoordinationBot.Delegations;

/// <summary>
/// What a person has: rows in the person's partition, written by the wake-up after the commit. The entry, its places in the lists and the sums change in
/// one commit, on condition that neither changed meanwhile; so a state that comes twice, late or beside another is counted once, and never over a newer one.
/// </summary>
internal sealed class DelegationIndex(ITables tables)
{
    private const int Attempts = 20;
    private const int MostWaiting = 500;
    private const int Longest = 1000;

    /// <summary>How many entries are looked at in one read, where not every one is wanted, and how often for one page.</summary>
    private const int Chunk = 200;
    private const int MostReads = 5;

    private static readonly string AssigneeSummary = IndexKeys.Summary(Role.Assignee);
    private static readonly string LeaderSummary = IndexKeys.Summary(Role.Leader);

    /// <summary>Open or ended delegations of a person in a role, at most <paramref name="take"/>.</summary>
    public async ValueTask<IReadOnlyList<IndexEntry>> ListAsync(string tenant, string objectId, Role role, bool open, int take, CancellationToken cancel) =>
        [.. (await tables.QueryAsync(PeopleStore.Partition(tenant, objectId), IndexKeys.All(role, open), take, null, cancel)).Select(Read)];

    /// <summary>Open tasks of a person that are due in a time, at most a thousand.</summary>
    public async ValueTask<IReadOnlyList<IndexEntry>> DueAsync(string tenant, string objectId, DateTimeOffset from, DateTimeOffset until, CancellationToken cancel)
    {
        var list = IndexKeys.All(Role.Assignee, open: true);
        var rows = await tables.QueryAsync(PeopleStore.Partition(tenant, objectId), list, Longest, IndexKeys.From(list, from), cancel);
        var last = IndexKeys.Until(list, until);
        return [.. rows.TakeWhile(row => string.CompareOrdinal(row.Key, last) <= 0).Select(Read)];
    }

    /// <summary>What is assigned to a person somewhere below a delegation, at most <paramref name="take"/>.</summary>
    public async ValueTask<IReadOnlyList<IndexEntry>> UnderAsync(string tenant, string objectId, string ancestor, int take, CancellationToken cancel) =>
        [.. (await tables.QueryAsync(PeopleStore.Partition(tenant, objectId), IndexKeys.Under(ancestor), take, null, cancel)).Select(Read)];

    /// <summary>A page of a list. One read when every entry is wanted.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="objectId">Whose list.</param>
    /// <param name="list">Which: the beginning of its keys.</param>
    /// <param name="after">A cursor, exclusive; checked by whoever read it from a card.</param>
    /// <param name="take">At most this many, below 1000.</param>
    /// <param name="cancel">Ends it.</param>
    /// <param name="wanted">Null: every one. A page may end before it is full, when many are not wanted; then it says where to go on.</param>
    /// <param name="last">The last key to look at.</param>
    public async ValueTask<IndexPage> PageAsync(string tenant, string objectId, string list, string? after, int take, CancellationToken cancel, Func<IndexEntry, bool>? wanted = null, string? last = null)
    {
        var partition = PeopleStore.Partition(tenant, objectId);
        var root = list[..(list.LastIndexOf('|') + 1)];
        List<IndexEntry> found = [];
        var (at, lastFound) = (after is null ? null : root + after, (string?)null);
        for (var reads = 1; reads <= MostReads; reads++)
        {
            var ask = wanted is null ? take + 1 : Chunk;
            var rows = await tables.QueryAsync(partition, list, ask, at, cancel);
            foreach (var row in rows)
            {
                if (last is not null && string.CompareOrdinal(row.Key, last) > 0)
                {
                    return new IndexPage(found, null);
                }
                if (Read(row) is var entry && wanted?.Invoke(entry) != false)
                {
                    if (found.Count == take)
                    {
                        return new IndexPage(found, lastFound![root.Length..]);
                    }
                    found.Add(entry);
                    lastFound = row.Key;
                }
                at = row.Key;
            }
            if (rows.Count < ask)
            {
                return new IndexPage(found, null);
            }
        }
        return new IndexPage(found, at![root.Length..]);
    }

    public async ValueTask<IndexSummary> SummaryAsync(string tenant, string objectId, Role role, CancellationToken cancel) =>
        (await tables.GetAsync(PeopleStore.Partition(tenant, objectId), IndexKeys.Summary(role), cancel))?.Read(DelegationJson.Default.IndexSummary) ?? IndexSummary.Empty;

    /// <summary>How many of what a person gave are late now. Days that are over are in the sums; of today's, the list is read.</summary>
    /// <returns>How many, and whether there may be more: beyond a thousand in one day nobody counts.</returns>
    public async ValueTask<(int Count, bool OrMore)> LateAsync(string tenant, string objectId, IndexSummary summary, DateTimeOffset now, CancellationToken cancel)
    {
        var today = IndexShare.DayOf(now);
        var before = summary.Days.Where(day => day.Key < today).Sum(day => day.Value);
        if (!summary.Days.ContainsKey(today))
        {
            return (before, false);
        }
        var rows = await tables.QueryAsync(PeopleStore.Partition(tenant, objectId), IndexKeys.Day(IndexKeys.All(Role.Leader, open: true), now), Longest, null, cancel);
        return (before + rows.Count(row => Read(row).IsLate(now)), rows.Count == Longest && Read(rows[^1]).Due.At < now);
    }

    /// <summary>How much waits for this person: tasks to do, results to accept, approvals to give. The sums and what waits for approval are one read.</summary>
    public async ValueTask<(int Tasks, int Results, int Approvals)> WaitingAsync(string tenant, string objectId, CancellationToken cancel)
    {
        var rows = await tables.QueryAsync(PeopleStore.Partition(tenant, objectId), IndexKeys.Counted, MostWaiting, null, cancel);
        var (tasks, results, approvals) = (0, 0, 0);
        foreach (var row in rows)
        {
            if (row.Key == AssigneeSummary)
            {
                tasks = Counts(row).Count(DelegationState.Offered, DelegationState.Accepted, DelegationState.InProgress, DelegationState.Returned);
            }
            else if (row.Key == LeaderSummary)
            {
                results = Counts(row).Count(DelegationState.HandedIn);
            }
            else if (row.Key.StartsWith(ApprovalIndex.Prefix, StringComparison.Ordinal))
            {
                approvals++;
            }
        }
        return (tasks, results, approvals);

        static IndexCounts Counts(Row row) => row.Read(DelegationJson.Default.IndexCounts);
    }

    public async ValueTask WriteAsync(Delegation delegation, CancellationToken cancel)
    {
        var entry = IndexRules.Entry(delegation);
        var data = JsonRows.Bytes(entry, DelegationJson.Default.IndexEntry);
        // What waits for an approver stands in a list of its own.
        foreach (var (role, person) in delegation.Everybody().Where(one => one.Role != Role.Approver))
        {
            await WriteAsync(PeopleStore.Partition(delegation.Tenant, person.ObjectId), role, entry, data, cancel);
        }
    }

    private async ValueTask WriteAsync(string partition, Role role, IndexEntry entry, ReadOnlyMemory<byte> data, CancellationToken cancel)
    {
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            var at = await tables.GetAsync(partition, IndexKeys.At(role, entry.Id), cancel);
            var before = at is null ? null : Read(at);
            if (before?.Revision >= entry.Revision)
            {
                return;
            }
            var places = IndexKeys.Of(role, entry);
            List<Change> changes =
            [
                at is null ? new Change.Insert(IndexKeys.At(role, entry.Id), data) : new Change.Replace(at.Key, data, at.Version),
                .. places.Select(place => new Change.Upsert(place, data)),
                .. (before is null ? [] : IndexKeys.Of(role, before).Except(places)).Select(place => new Change.Delete(place, null)),
            ];
            if (await SumAsync(partition, role, before, entry, cancel) is { } sum)
            {
                changes.Add(sum);
            }
            if ((await tables.CommitAsync(partition, changes, cancel)).Committed)
            {
                return;
            }
            // Somebody wrote another entry of this person: wait a different moment each.
            await Task.Delay(TimeSpan.FromMilliseconds(RandomNumberGenerator.GetInt32(attempt * 5)), cancel);
        }
        throw new InvalidOperationException("A person's lists changed under every attempt to write them.");
    }

    /// <summary>The sums with the new share in place of the old one; null when they stay as they are, which is most of the time.</summary>
    private async ValueTask<Change?> SumAsync(string partition, Role role, IndexEntry? before, IndexEntry after, CancellationToken cancel)
    {
        var (old, share) = (before is null ? null : IndexShare.Of(before), IndexShare.Of(after));
        if (old == share)
        {
            return null;
        }
        var key = IndexKeys.Summary(role);
        var row = await tables.GetAsync(partition, key, cancel);
        var sum = row?.Read(DelegationJson.Default.IndexSummary) ?? IndexSummary.Empty;
        var data = JsonRows.Bytes((old is null ? sum : sum.Without(old)).With(share), DelegationJson.Default.IndexSummary);
        return row is null ? new Change.Insert(key, data) : new Change.Replace(key, data, row.Version);
    }

    private static IndexEntry Read(Row row) => row.Read(DelegationJson.Default.IndexEntry);
}

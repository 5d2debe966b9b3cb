using CoordinationBot.Authority;
using CoordinationBot.People;
using CoordinationBot.Storage;

namespace CoordinationBot.Delegations;

/// <summary>
/// What a person has: rows in the person's partition, written by the wake-up after the commit, never by an older state over a newer one.
/// </summary>
internal sealed class DelegationIndex(ITables tables)
{
    private const int Attempts = 10;
    private const int MostWaiting = 500;

    /// <summary>Open or ended delegations of a person in a role, at most <paramref name="take"/>.</summary>
    public async ValueTask<IReadOnlyList<IndexEntry>> ListAsync(string tenant, string objectId, Role role, bool open, int take, CancellationToken cancel) =>
        [.. (await tables.QueryAsync(PeopleStore.Partition(tenant, objectId), Prefix(role, open), take, null, cancel)).Select(row => row.Read(DelegationJson.Default.IndexEntry))];

    /// <summary>How much waits for this person: tasks to do, results to accept, approvals to give. The lists stand side by side and are one read.</summary>
    public async ValueTask<(int Tasks, int Results, int Approvals)> WaitingAsync(string tenant, string objectId, CancellationToken cancel)
    {
        var rows = await tables.QueryAsync(PeopleStore.Partition(tenant, objectId), Open, MostWaiting, null, cancel);
        var (tasks, results, approvals) = (0, 0, 0);
        for (var index = 0; index < rows.Count; index++)
        {
            if (rows[index].Key.StartsWith(ApprovalIndex.Prefix, StringComparison.Ordinal))
            {
                approvals++;
                continue;
            }
            var state = rows[index].Read(DelegationJson.Default.IndexState).State;
            if (rows[index].Key.StartsWith(OpenTasks, StringComparison.Ordinal))
            {
                tasks += state is DelegationState.Offered or DelegationState.Accepted or DelegationState.InProgress or DelegationState.Returned ? 1 : 0;
            }
            else
            {
                results += state is DelegationState.HandedIn ? 1 : 0;
            }
        }
        return (tasks, results, approvals);
    }

    public async ValueTask WriteAsync(Delegation delegation, CancellationToken cancel)
    {
        // What waits for an approver stands in a list of its own.
        foreach (var (role, person) in delegation.Everybody().Where(one => one.Role != Role.Approver))
        {
            await WriteAsync(delegation, role, person, cancel);
        }
    }

    private async ValueTask WriteAsync(Delegation delegation, Role role, Party person, CancellationToken cancel)
    {
        var partition = PeopleStore.Partition(delegation.Tenant, person.ObjectId);
        var (openKey, closedKey) = (Prefix(role, open: true) + delegation.Id, Prefix(role, open: false) + delegation.Id);
        var (key, otherKey) = delegation.IsOpen ? (openKey, closedKey) : (closedKey, openKey);
        var entry = new IndexEntry(delegation.Id, delegation.Revision, delegation.Terms.Title, delegation.Leader, delegation.Assignee, delegation.State, delegation.Terms.Due, delegation.Completions.Count, delegation.Terms.Steps.Count)
        {
            Type = delegation.Terms.Type,
            Budget = delegation.Terms.Limits.Budget,
            Left = delegation.Left,
            Waiting = delegation.Dealings.Held.Count,
            WaitingForLeader = delegation.Dealings.Held.Count(held => held.WaitsFor(delegation.Leader.ObjectId)),
            Options = delegation.Inquiry?.Options.Count ?? 0,
        };
        var data = JsonRows.Bytes(entry, DelegationJson.Default.IndexEntry);
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            var row = await tables.GetAsync(partition, key, cancel);
            if (row is null || row.Read(DelegationJson.Default.IndexState).Revision < delegation.Revision)
            {
                Change write = row is null ? new Change.Insert(key, data) : new Change.Replace(key, data, row.Version);
                // What is closed never opens again, so only closing moves the row.
                Change[] changes = delegation.IsOpen ? [write] : [write, new Change.Delete(otherKey, null)];
                if (!(await tables.CommitAsync(partition, changes, cancel)).Committed)
                {
                    continue;
                }
            }
            // An open state that was read before the closing and is inserted after it brings the open row back: whoever sees both rows removes it.
            if (delegation.IsOpen == row is null && await tables.GetAsync(partition, otherKey, cancel) is not null)
            {
                await tables.CommitAsync(partition, [new Change.Delete(openKey, null)], cancel);
            }
            return;
        }
    }

    private const string Open = "open|";
    private const string OpenTasks = "open|task|";

    private static string Prefix(Role role, bool open) => role switch
    {
        Role.Leader => open ? "open|given|" : "closed|given|",
        Role.Assignee => open ? OpenTasks : "closed|task|",
        Role.Approver => ApprovalIndex.Prefix,
        Role.Consulted => open ? "consulted|open|" : "consulted|closed|",
    };
}

/// <summary>A delegation in a person's list.</summary>
internal sealed record IndexEntry(string Id, int Revision, string Title, Party Leader, Party Assignee, DelegationState State, Due Due, int Completed, int Steps)
{
    public AuthorizationType Type { get; init; }

    public Money? Budget { get; init; }

    public Money? Left { get; init; }

    /// <summary>Requests that wait for an answer.</summary>
    public int Waiting { get; init; }

    public int WaitingForLeader { get; init; }
    /// <summary>Of an uncertain delegation.</summary>
    public int Options { get; init; }
}

using System.Globalization;
using CoordinationBot.Dialogs;
using CoordinationBot.People;

namespace CoordinationBot.Delegations;

/// <summary>What is overdue, for a digest that is sent anyway. Each was told once when it became so; nobody is written to for it again.</summary>
internal sealed class OverdueLines(DelegationIndex index, OfficeOptions office)
{
    private const int Most = 5;
    private const int ListLength = 500;

    /// <param name="person">Whose digest it is.</param>
    /// <param name="told">Partitions that the digest speaks of already.</param>
    /// <param name="now">When.</param>
    /// <param name="cancel">Ends it.</param>
    public async ValueTask<IReadOnlyList<string>> ForAsync(Person person, IReadOnlyCollection<string> told, DateTimeOffset now, CancellationToken cancel)
    {
        List<(IndexEntry Entry, string Given)> overdue = [];
        foreach (var role in (Role[])[Role.Assignee, Role.Leader])
        {
            overdue.AddRange((await index.ListAsync(person.Tenant, person.ObjectId, role, open: true, ListLength, cancel))
                .Where(entry => entry.Due.At < now && entry.State is not (DelegationState.Offered or DelegationState.Requested or DelegationState.HandedIn) && !told.Contains(DelegationStore.Partition(person.Tenant, entry.Id)))
                .OrderBy(entry => entry.Due.At)
                .Select(entry => (entry, role == Role.Leader ? $", given to {entry.Assignee.Name}," : "")));
        }
        var lines = overdue.Take(Most).Select(one => $"{one.Entry.Title} ({one.Entry.Id}){one.Given} is overdue since {Zones.Read(one.Entry.Due.At, person.Zone ?? office.Zone)}.");
        return [.. lines, .. overdue.Count > Most ? (string[])[string.Create(CultureInfo.InvariantCulture, $"And {overdue.Count - Most} more. Type my tasks or delegations to see them.")] : []];
    }
}

using System.Globalization;
using CoordinationBot.People;
using CoordinationBot.Protocol.Turns;
using CoordinationBot.Storage;

namespace CoordinationBot.Delegations;

/// <summary>A request that waits.</summary>
/// <param name="Delegation">In which it was asked.</param>
/// <param name="Request">Its id.</param>
/// <param name="For">Who is away, where a deputy is asked.</param>
/// <param name="Cursor">Where the next page begins.</param>
internal sealed record WaitingApproval(Delegation Delegation, string Request, Person? For, string Cursor);

/// <param name="Items">Oldest first.</param>
/// <param name="HasMore">More of them wait.</param>
/// <param name="IsFirst">None before these.</param>
internal sealed record ApprovalPage(IReadOnlyList<WaitingApproval> Items, bool HasMore, bool IsFirst);

/// <summary>What waits for a person, and for those whose deputy they are now. Each is looked up before it is shown: a row that is too old goes.</summary>
internal sealed class ApprovalList(ApprovalIndex index, DelegationStore store, Deputies deputies)
{
    private const int Shown = 8;

    public async ValueTask<ApprovalPage> ReadAsync(Turn turn, string? after, CancellationToken cancel)
    {
        var away = await deputies.StandsInForAsync(turn.Tenant, turn.Actor.ObjectId, turn.Now, cancel);
        List<(string Cursor, ApprovalEntry Entry, Row Row, Person? For)> rows = [];
        foreach (var person in away.Cast<Person?>().Prepend(null))
        {
            rows.AddRange((await index.ListAsync(turn.Tenant, person?.ObjectId ?? turn.Actor.ObjectId, cancel)).Select(row => (Cursor(row.Entry), row.Entry, row.Row, person)));
        }
        Dictionary<string, Delegation?> known = new(StringComparer.Ordinal);
        List<WaitingApproval> items = [];
        // Somebody may be asked for themselves and for somebody else: one answer, so one line.
        foreach (var (cursor, entry, row, person) in rows.DistinctBy(row => row.Cursor).OrderBy(row => row.Cursor, StringComparer.Ordinal).Where(row => after is null || string.CompareOrdinal(row.Cursor, after) > 0))
        {
            if (!known.TryGetValue(entry.Id, out var delegation))
            {
                known[entry.Id] = delegation = await store.FindAsync(turn.Tenant, entry.Id, cancel);
            }
            if (delegation is null || !StandIns.Asked(delegation).Any(waiting => waiting.Request == entry.Request && waiting.Approver.ObjectId == (person?.ObjectId ?? turn.Actor.ObjectId)))
            {
                await index.RemoveAsync(row, cancel);
            }
            else if (person is null || delegation.MayStandIn(turn.Actor.ObjectId))
            {
                items.Add(new WaitingApproval(delegation, entry.Request, person, cursor));
            }
            if (items.Count > Shown)
            {
                break;
            }
        }
        return new ApprovalPage([.. items.Take(Shown)], items.Count > Shown, after is null);
    }

    private static string Cursor(ApprovalEntry entry) => $"{entry.AskedAt.UtcDateTime.ToString("O", CultureInfo.InvariantCulture)}|{entry.Id}|{entry.Request}";
}

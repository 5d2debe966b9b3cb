using CoordinationBot.People;
using CoordinationBot.Storage;

namespace CoordinationBot.Notices;

/// <summary>
/// Which aggregates have something for a person who could not be told: rows <c>missed|…</c> in the person's own partition, one an aggregate, until they can be reached again.
/// So nobody need know in how many places somebody may be waited for.
/// </summary>
internal sealed class MissedNotices(ITables tables, PeopleDirectory directory, WorkScheduler work, IWorkQueue queue, TimeProvider clock)
{
    private const string Prefix = "missed|";
    private const int PageLength = 100;

    /// <summary>The same card, which also sees to it that whoever could not be told is told later.</summary>
    public LivingCard Noting(LivingCard card, WakeUp wakeUp) => card with
    {
        UnreachableAsync = async (person, reason, cancel) =>
        {
            // Reached by this, perhaps without a word of their own: then nobody else wakes what they missed.
            await (reason is null ? WakeAsync(PeopleStore.Partition(person.Tenant, person.ObjectId), cancel) : NoteAsync(person, wakeUp, cancel));
            await card.UnreachableAsync(person, reason, cancel);
        },
    };

    /// <summary>Something here waits until this person can be reached.</summary>
    public async ValueTask NoteAsync(Person person, WakeUp wakeUp, CancellationToken cancel)
    {
        await tables.CommitAsync(PeopleStore.Partition(person.Tenant, person.ObjectId), [new Change.Upsert($"{Prefix}{wakeUp.Kind}|{wakeUp.Partition}", "{}"u8.ToArray())], cancel);
        if (await directory.FindAsync(person.Tenant, person.ObjectId, cancel) is { Unreachable: null })
        {
            // They came back while this was written, and whoever woke what they had missed did not see it.
            await work.PrepareAsync(wakeUp, cancel);
        }
    }

    /// <summary>Somebody can be reached again: whatever waited for them is looked at again.</summary>
    public ValueTask RetryAsync(WakeUp wakeUp, CancellationToken cancel) => WakeAsync(wakeUp.Partition, cancel);

    private async ValueTask WakeAsync(string partition, CancellationToken cancel)
    {
        IReadOnlyList<Row> page;
        string? after = null;
        do
        {
            page = await tables.QueryAsync(partition, Prefix, PageLength, after, cancel);
            foreach (var row in page)
            {
                var (kind, rest) = row.Key[Prefix.Length..].Split('|', 2) is [var first, var second] ? (first, second) : throw new InvalidOperationException("Something was missed nowhere.");
                await queue.EnqueueAsync(new WakeUp(kind, rest), clock.GetUtcNow(), cancel);
                // What is noted anew meanwhile stays.
                await tables.CommitAsync(partition, [new Change.Delete(row.Key, row.Version)], cancel);
                after = row.Key;
            }
        }
        while (page.Count == PageLength);
    }
}

using System.Text.Json.Serialization;
using CoordinationBot.Storage;

namespace CoordinationBot.Delegations;

/// <summary>What was done of itself in a delegation so far, and for when the next look is prepared.</summary>
/// <param name="Done">When, by name.</param>
/// <param name="Next">When a wake-up comes.</param>
internal sealed record SilenceLog(IReadOnlyDictionary<string, DateTimeOffset> Done, DateTimeOffset? Next)
{
    public static readonly SilenceLog Empty = new(new Dictionary<string, DateTimeOffset>(), null);

    public DateTimeOffset? DoneAt(string name) => Done.TryGetValue(name, out var at) ? at : null;
}

/// <summary>
/// The row <c>silence</c> in a delegation's partition. A reminder commits with its name in this row, on condition that nothing changed meanwhile: it
/// comes once, and not after an answer.
/// </summary>
internal sealed class SilenceStore(ITables tables, WorkScheduler work, TimeProvider clock)
{
    public const string LogKey = "silence";

    /// <summary>Nearer than this the wake-up that was prepared may be the one that runs, by the clock of another host.</summary>
    private static readonly TimeSpan Near = TimeSpan.FromMinutes(1);

    public async ValueTask<(Row? Row, SilenceLog Log)> ReadAsync(Delegation delegation, CancellationToken cancel) =>
        await tables.GetAsync(DelegationStore.Partition(delegation.Tenant, delegation.Id), LogKey, cancel) is { } row ? (row, row.Read(SilenceJson.Default.SilenceLog)) : (null, SilenceLog.Empty);

    /// <summary>The time for which a look was prepared, by a row of a delegation.</summary>
    public static IEnumerable<DateTimeOffset> LooksOf(Row row) => row.Key == LogKey && row.Read(SilenceJson.Default.SilenceLog).Next is { } next ? [next] : [];

    /// <summary>Notes what was done, with the notices of it, and prepares the next look. When somebody was faster nothing is written: their wake-up looks again.</summary>
    /// <param name="delegation">As it was read.</param>
    /// <param name="known">The row as it was read.</param>
    /// <param name="log">As it is to be.</param>
    /// <param name="notices">What is told without a change.</param>
    /// <param name="cancel">Ends it.</param>
    public async ValueTask WriteAsync(Delegation delegation, (Row? Row, SilenceLog Log) known, SilenceLog log, IReadOnlyList<Change> notices, CancellationToken cancel)
    {
        var isPrepared = log.Next is not { } due || (due == known.Log.Next && due - clock.GetUtcNow() > Near);
        if (isPrepared && notices.Count == 0 && log.Done.Count == known.Log.Done.Count && log.Done.Keys.All(known.Log.Done.ContainsKey))
        {
            return;
        }
        var wakeUp = new WakeUp(DelegationStore.Kind, DelegationStore.Partition(delegation.Tenant, delegation.Id));
        if (!isPrepared)
        {
            await work.PrepareAsync(wakeUp, log.Next!.Value, cancel);
        }
        var data = JsonRows.Bytes(log, SilenceJson.Default.SilenceLog);
        List<Change> changes = [known.Row is { } row ? new Change.Replace(LogKey, data, row.Version) : new Change.Insert(LogKey, data)];
        if (notices.Count > 0)
        {
            if (await tables.GetAsync(wakeUp.Partition, DelegationStore.StateKey, cancel) is not { } state || state.Read(DelegationJson.Default.Delegation).Revision != delegation.Revision)
            {
                return;
            }
            await work.PrepareAsync(wakeUp, cancel);
            changes.AddRange([new Change.Replace(state.Key, state.Data, state.Version), .. notices]);
        }
        if ((await tables.CommitAsync(wakeUp.Partition, changes, cancel)).Committed && notices.Count > 0)
        {
            work.Nudge(wakeUp);
        }
    }
}

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(SilenceLog))]
internal sealed partial class SilenceJson : JsonSerializerContext;

using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;

namespace CoordinationBot.Storage;

/// <summary>Work that was given up. No message text: it could hold what a person wrote.</summary>
/// <param name="Kind">The kind of the wake-up.</param>
/// <param name="Partition">Its partition.</param>
/// <param name="Reason">Why it was given up: the exception's type name, or a word of the loop's own.</param>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="At">When it was given up.</param>
internal sealed record PoisonedWork(string Kind, string Partition, string Reason, int Attempts, DateTimeOffset At)
{
    [JsonIgnore]
    public string Id => new WakeUp(Kind, Partition).Id;
}

[JsonSerializable(typeof(PoisonedWork))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
internal sealed partial class PoisonJson : JsonSerializerContext;

/// <summary>One row for each kind and partition that was given up, until somebody lets it run again.</summary>
internal sealed class PoisonRows(ITables tables, IWorkQueue queue, TimeProvider time)
{
    public const string Partition = "poison";

    public async ValueTask WriteAsync(DueWork work, string reason, CancellationToken cancel)
    {
        var poisoned = new PoisonedWork(work.WakeUp.Kind, work.WakeUp.Partition, reason, work.Attempt, time.GetUtcNow());
        await tables.CommitAsync(Partition, [new Change.Upsert(KeyOf(work.WakeUp), JsonRows.Bytes(poisoned, PoisonJson.Default.PoisonedWork))], cancel);
    }

    public async ValueTask<IReadOnlyList<PoisonedWork>> ListAsync(CancellationToken cancel) =>
        [.. (await RowsAsync(cancel)).Select(row => row.Read(PoisonJson.Default.PoisonedWork))];

    /// <summary>
    /// Enqueued first and removed then: a failure between leaves a row too many, never work lost. Removed only as it was read: what was given up
    /// again meanwhile is another row.
    /// </summary>
    /// <returns>What runs again, or null when no such row is there (any more).</returns>
    public async ValueTask<PoisonedWork?> RunAgainAsync(string id, CancellationToken cancel)
    {
        foreach (var row in await RowsAsync(cancel))
        {
            var work = row.Read(PoisonJson.Default.PoisonedWork);
            if (work.Id != id) continue;
            await queue.EnqueueAsync(new WakeUp(work.Kind, work.Partition), time.GetUtcNow(), cancel);
            await tables.CommitAsync(Partition, [new Change.Delete(row.Key, row.Version)], cancel);
            return work;
        }
        return null;
    }

    private ValueTask<IReadOnlyList<Row>> RowsAsync(CancellationToken cancel) => tables.QueryAsync(Partition, "", TableLimits.MaxTake, null, cancel);

    private static string KeyOf(WakeUp wakeUp)
    {
        var key = $"{wakeUp.Kind}:{wakeUp.Partition}";
        if (key.Length <= TableLimits.MaxKeyLength) return key;
        var hash = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(key)))[..16];
        var kept = key[..(TableLimits.MaxKeyLength - hash.Length - 1)];
        // Half a surrogate pair is no key.
        if (char.IsHighSurrogate(kept[^1])) kept = kept[..^1];
        return $"{kept}~{hash}";
    }
}

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
internal sealed record PoisonedWork(string Kind, string Partition, string Reason, int Attempts, DateTimeOffset At);

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

    public async ValueTask<IReadOnlyList<PoisonedWork>> ListAsync(CancellationToken cancel)
    {
        var rows = await tables.QueryAsync(Partition, "", TableLimits.MaxTake, null, cancel);
        return [.. rows.Select(row => row.Read(PoisonJson.Default.PoisonedWork))];
    }

    /// <summary>Enqueued first and removed then: a failure between leaves a row too many, never work lost.</summary>
    public async ValueTask RunAgainAsync(WakeUp wakeUp, CancellationToken cancel)
    {
        await queue.EnqueueAsync(wakeUp, time.GetUtcNow(), cancel);
        await tables.CommitAsync(Partition, [new Change.Delete(KeyOf(wakeUp), null)], cancel);
    }

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

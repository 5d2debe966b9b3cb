using System.Security.Cryptography;
using System.Text.Json.Serialization;

namespace CoordinationBot.Storage;

/// <summary>How many hosts work on the storage, this one among them: they share what the platform lets the office send.</summary>
internal sealed class HostCount
{
    private int _hosts = 1;

    public int Hosts
    {
        get => Volatile.Read(ref _hosts);
        set => Volatile.Write(ref _hosts, value);
    }
}

/// <summary>That a host is at work.</summary>
/// <param name="At">When it last said so, by its own clock.</param>
internal sealed record HostSign(DateTimeOffset At);

[JsonSerializable(typeof(HostSign))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
internal sealed partial class HostJson : JsonSerializerContext;

/// <summary>Each host leaves a sign of itself every half minute and counts those of the others. A host that ended is counted for a while yet: sending too slowly harms nobody.</summary>
internal sealed partial class HostRegister(ITables tables, HostCount count, TimeProvider time, ILogger<HostRegister> log) : BackgroundService
{
    public const string Partition = "hosts";

    public static readonly TimeSpan Every = TimeSpan.FromSeconds(30);

    /// <summary>A sign is missed now and then; and clocks differ.</summary>
    public static readonly TimeSpan Counts = 3 * Every;

    /// <summary>Until it knows better: as many as Container Apps makes of it at most unless told.</summary>
    private const int Unknown = 10;

    private static readonly TimeSpan Kept = TimeSpan.FromHours(1);

    private readonly string _key = $"host|{Convert.ToHexString(RandomNumberGenerator.GetBytes(8))}";

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        count.Hosts = Unknown;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                count.Hosts = await SignAsync(stoppingToken);
            }
            catch (StorageException failure)
            {
                LogNotCounted(log, failure);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            await Task.Delay(Every, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<int> SignAsync(CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        await tables.CommitAsync(Partition, [new Change.Upsert(_key, JsonRows.Bytes(new HostSign(now), HostJson.Default.HostSign))], cancel);
        var signs = (await tables.QueryAsync(Partition, "host|", TableLimits.MaxTake, null, cancel)).Select(row => (row.Key, At: row.ReadIfItCan(HostJson.Default.HostSign)?.At ?? default)).ToList();
        foreach (var (key, _) in signs.Where(sign => sign.At < now - Kept))
        {
            await tables.CommitAsync(Partition, [new Change.Delete(key, null)], cancel);
        }
        return Math.Max(1, signs.Count(sign => sign.At > now - Counts));
    }

    [LoggerMessage(2012, LogLevel.Warning, "The hosts could not be counted; the number of before holds")]
    private static partial void LogNotCounted(ILogger logger, Exception failure);
}

using CoordinationBot.Protocol.Hosting;
using CoordinationBot.Storage;
using Microsoft.Extensions.Options;
using NodaTime;
using NodaTime.TimeZones;

namespace CoordinationBot.Operations;

/// <summary>How a host is doing, for those who run it. Nothing of it is about a person.</summary>
/// <param name="Version">Of the bot.</param>
/// <param name="Since">When this host started.</param>
/// <param name="Store">Where it keeps its rows.</param>
/// <param name="OldestDue">Since when due work waits, on all hosts together; null when none does.</param>
/// <param name="AtWork">Partitions that this host looks at.</param>
/// <param name="GivenUp">How much work was given up.</param>
/// <param name="Clock">How this host's clock was when it was compared last.</param>
internal sealed record HostFacts(string Version, DateTimeOffset Since, StorageProvider Store, DateTimeOffset? OldestDue, int AtWork, int GivenUp, ClockReading? Clock)
{
    public static string ThisVersion => $"CoordinationBot {typeof(HostFacts).Assembly.GetName().Version}";

    /// <summary>Whose rules of daylight saving time are used decides what an hour in another country means.</summary>
    public static string TimeZones => $"IANA tz database {TzdbDateTimeZoneSource.Default.TzdbVersion}, as it comes with NodaTime {typeof(DateTimeZone).Assembly.GetName().Version?.ToString(3)}";
}

/// <summary>Finds out how this host is doing.</summary>
internal sealed class HostWatch(TimeProvider time, IOptions<StorageOptions> storage, IWorkQueue queue, WorkLoop loop, PoisonRows poison, ClockWatch clock)
{
    // It is made while the host starts.
    private readonly DateTimeOffset _since = time.GetUtcNow();

    public async ValueTask<HostFacts> LookAsync(CancellationToken cancel) => new(
        HostFacts.ThisVersion,
        _since,
        storage.Value.Provider,
        await queue.OldestDueAsync(cancel),
        loop.AtWork,
        (await poison.ListAsync(cancel)).Count,
        clock.Last);
}

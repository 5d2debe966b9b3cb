using System.Globalization;
using CoordinationBot.Protocol.Hosting;
using CoordinationBot.Storage;
using Microsoft.Extensions.Options;

namespace CoordinationBot.Doctor;

/// <summary>Whether this host's clock is right by those of the hosts it asks.</summary>
internal static class ClockCheck
{
    /// <summary>Reminders are told to the minute. From five minutes on every token is refused.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    public static async Task<Finding> RunAsync(IServiceProvider services, CancellationToken cancel)
    {
        var watch = services.GetRequiredService<ClockWatch>();
        if (watch.Last is null && services.GetRequiredService<IOptions<StorageOptions>>().Value is { Provider: StorageProvider.Azure, AccountUri: { } account })
        {
            await TryAsync(watch, account, cancel);
        }
        if (watch.Last is not { } reading)
        {
            return Finding.NotSetUp("No other host was reached whose clock could be compared.");
        }
        var off = string.Create(CultureInfo.InvariantCulture, $"{reading.Ahead.Duration().TotalSeconds:0} s {(reading.Ahead > TimeSpan.Zero ? "ahead of" : "behind")} that of {reading.Host}");
        return reading.Ahead.Duration() > Tolerance
            ? Finding.Wrong($"This clock is {off}.", "Let the machine set its clock by the network (NTP).")
            : Finding.Ok($"This clock is {off}.");
    }

    private static async Task TryAsync(ClockWatch watch, Uri account, CancellationToken cancel)
    {
        try
        {
            using var http = new HttpClient { Timeout = Timeout };
            await watch.CompareAsync(http, account, cancel);
        }
        catch (Exception failure) when (failure is HttpRequestException or OperationCanceledException && !cancel.IsCancellationRequested)
        {
            // That it cannot be reached, the check of the storage has said.
        }
    }
}

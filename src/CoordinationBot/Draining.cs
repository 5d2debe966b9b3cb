using Microsoft.Extensions.Options;

namespace CoordinationBot;

/// <summary>Section <c>Health</c>.</summary>
internal sealed class HealthOptions
{
    public const string Section = "Health";

    /// <summary>Longer is of no use: whoever spreads the load looks every few seconds.</summary>
    public const int LongestDrain = 20;

    /// <summary>
    /// For turns and work in hand, after that: longer than the longest turn. What still runs then is broken off and given back, for which the work loop takes five seconds at
    /// most; so a host has ended 20 seconds after its drain.
    /// </summary>
    public static readonly TimeSpan Finishing = TimeSpan.FromSeconds(13);

    /// <summary>Seconds that this host still serves after it says that it is not ready any more.</summary>
    public int Drain { get; set; }
}

/// <summary>At a stop readiness ends first, and the host serves on for a while: whoever spreads the load has time to see it and to look elsewhere.</summary>
internal sealed class Draining(IOptions<HealthOptions> options, TimeProvider time) : IHostedLifecycleService
{
    private volatile bool _isStopping;

    public bool IsStopping => _isStopping;

    /// <summary>Comes before any service is told to stop, the web server among them.</summary>
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        _isStopping = true;
        await Task.Delay(TimeSpan.FromSeconds(options.Value.Drain), time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

using CoordinationBot.Storage;
using Microsoft.Extensions.Options;

namespace CoordinationBot.Notices;

/// <summary>Section <c>Notices</c>.</summary>
internal sealed class NoticeOptions
{
    public const string Section = "Notices";

    /// <summary>
    /// Messages and updates a second that all hosts together send without anybody waiting for them. The platform takes 30 a second from one app in one tenant, answers to what
    /// people type among them (learn.microsoft.com, "Optimize your bot with rate limiting in Teams"); beyond it answers 429, to those too.
    /// </summary>
    public int PerSecond { get; set; } = 20;
}

/// <summary>
/// Spreads notices over time, so that a thousand of them leave room for the answers that people wait for. After a second without any, a second's worth goes at once.
/// A number of one's own, and no limiter of the framework's: those have a timer that runs when nothing is sent, too.
/// </summary>
/// <param name="options">What all hosts may send.</param>
/// <param name="hosts">How many share it.</param>
/// <param name="clock">The platform's.</param>
internal sealed class NoticePace(IOptions<NoticeOptions> options, HostCount hosts, TimeProvider clock)
{
    private static readonly TimeSpan Burst = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private DateTimeOffset _next;

    /// <summary>Completes when the next one may be sent.</summary>
    public ValueTask WaitAsync(CancellationToken cancel)
    {
        TimeSpan wait;
        lock (_lock)
        {
            var now = clock.GetUtcNow();
            var interval = Burst * hosts.Hosts / options.Value.PerSecond;
            // A share of less than one a second is none at once.
            var earliest = interval < Burst ? now - Burst + interval : now;
            _next = _next < earliest ? earliest : _next;
            wait = _next - now;
            _next += interval;
        }
        return wait > TimeSpan.Zero ? new(Task.Delay(wait, clock, cancel)) : default;
    }
}

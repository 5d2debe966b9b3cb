using Microsoft.Extensions.Options;

namespace CoordinationBot.Notices;

/// <summary>Section <c>Notices</c>.</summary>
internal sealed class NoticeOptions
{
    public const string Section = "Notices";

    /// <summary>
    /// Messages and updates a second that this host sends without anybody waiting for them. The platform takes 30 a second from one app in one tenant, of all its hosts, answers to
    /// what people type among them (learn.microsoft.com, "Optimize your bot with rate limiting in Teams"); beyond it answers 429, to those too.
    /// </summary>
    public int PerSecond { get; set; } = 10;
}

/// <summary>
/// Spreads notices over time, so that a thousand of them leave room for the answers that people wait for. After a second without any, a second's worth goes at once.
/// A number of one's own, and no limiter of the framework's: those have a timer that runs when nothing is sent, too.
/// </summary>
internal sealed class NoticePace(IOptions<NoticeOptions> options, TimeProvider clock)
{
    private static readonly TimeSpan Burst = TimeSpan.FromSeconds(1);

    private readonly TimeSpan _interval = Burst / options.Value.PerSecond;
    private readonly Lock _lock = new();
    private DateTimeOffset _next;

    /// <summary>Completes when the next one may be sent.</summary>
    public ValueTask WaitAsync(CancellationToken cancel)
    {
        TimeSpan wait;
        lock (_lock)
        {
            var now = clock.GetUtcNow();
            var earliest = now - Burst + _interval;
            _next = _next < earliest ? earliest : _next;
            wait = _next - now;
            _next += _interval;
        }
        return wait > TimeSpan.Zero ? new(Task.Delay(wait, clock, cancel)) : default;
    }
}

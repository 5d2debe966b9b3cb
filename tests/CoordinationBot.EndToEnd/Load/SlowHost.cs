using CoordinationBot.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CoordinationBot.EndToEnd.Load;

/// <summary>The real host with one more kind of due work, which lasts until it is broken off.</summary>
internal static class SlowHost
{
    public const string Wanted = "RUN_AS_SLOW_HOST";

    /// <summary>The partition is anything.</summary>
    public const string Slow = "slow";

    public static bool IsWanted => Environment.GetEnvironmentVariable(Wanted) is not null;

    // First of all hosted services: the loop must know the kind before it receives anything.
    public static Task<int> RunAsync() => HostEntry.RunAsync(services => services.Insert(0, ServiceDescriptor.Singleton<IHostedService, MoreWork>()));

    private sealed class MoreWork(WorkHandlers handlers) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            handlers.Add(Slow, static async (_, cancel) => await Task.Delay(Timeout.InfiniteTimeSpan, cancel));
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}

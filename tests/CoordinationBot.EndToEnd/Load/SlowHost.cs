using System.Net;
using CoordinationBot.EndToEnd.Chaos;
using CoordinationBot.Playground.Processes;
using CoordinationBot.Storage;
using CoordinationBot.Tests.Storage;
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

    /// <summary>One that is to be started, on this storage and with the settings as they are but for these.</summary>
    public static HostProcess On(Azurite azurite, params IReadOnlyList<(string Name, string Value)> more)
    {
        var settings = new Dictionary<string, string>
        {
            [Wanted] = "true",
            ["ASPNETCORE_ENVIRONMENT"] = "Development",
            ["Bot__AppId"] = ChaosOffice.AppId,
            ["Bot__TenantId"] = ChaosOffice.Tenant,
            ["Bot__DangerouslyAllowUnauthenticated"] = "true",
            ["Storage__Provider"] = "Azure",
            ["Storage__ConnectionString"] = azurite.ConnectionString,
        };
        foreach (var (name, value) in more) settings[name] = value;
        return new HostProcess(ChildProcess.FreePort(), settings, assembly: typeof(SlowHost).Assembly.Location);
    }

    /// <summary>What it says of itself.</summary>
    public static async Task<HttpStatusCode> HealthAsync(this HttpClient http, HostProcess host, string what, CancellationToken cancel) =>
        (await http.GetAsync(new Uri(host.Url, $"/health/{what}"), cancel)).StatusCode;

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

using System.Globalization;
using CoordinationBot.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CoordinationBot.EndToEnd.Chaos;

/// <summary>
/// The real host by its own entry point, with two things changed: its calls of the connector say which process made them, so that a second
/// message can be laid to a host that died; and what a dead host had in hand comes back sooner than after the three minutes of production, so that
/// a short run sees it come back.
/// </summary>
internal static class ChaosHost
{
    public const string Wanted = "RUN_AS_CHAOS_HOST";

    /// <summary>Header with the id of the process that calls.</summary>
    public const string Caller = "X-Chaos-Host";

    public static readonly TimeSpan Hide = TimeSpan.FromSeconds(15);

    public static bool IsWanted => Environment.GetEnvironmentVariable(Wanted) is not null;

    public static Task<int> RunAsync() => HostEntry.RunAsync(Change);

    private static void Change(IServiceCollection services)
    {
        services.AddHttpClient("connector").AddHttpMessageHandler(() => new Naming());
        services.Replace(ServiceDescriptor.Singleton<IWorkQueue>(provider =>
            new Impatient(new AzureWorkQueue(provider.GetRequiredService<Azure.Storage.Queues.QueueClient>(), provider.GetRequiredService<TimeProvider>()))));
    }

    private sealed class Naming : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            // A try again is the same request.
            request.Headers.Remove(Caller);
            request.Headers.TryAddWithoutValidation(Caller, Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
            return base.SendAsync(request, cancellationToken);
        }
    }

    private sealed class Impatient(IWorkQueue queue) : IWorkQueue
    {
        public ValueTask EnqueueAsync(WakeUp wakeUp, DateTimeOffset due, CancellationToken cancel) => queue.EnqueueAsync(wakeUp, due, cancel);

        /// <summary>What comes back so much sooner has been in as many more hands by then: counted as it is, it would be given up though nothing is wrong with it.</summary>
        public async ValueTask<IReadOnlyList<DueWork>> ReceiveAsync(int max, TimeSpan hide, CancellationToken cancel) =>
            [.. (await queue.ReceiveAsync(max, Hide, cancel)).Select(work => work with { Attempt = 1 + (int)((work.Attempt - 1) * (Hide / hide)) })];

        public ValueTask CompleteAsync(DueWork work, CancellationToken cancel) => queue.CompleteAsync(work, cancel);

        public ValueTask ReleaseAsync(DueWork work, TimeSpan delay, CancellationToken cancel) => queue.ReleaseAsync(work, delay, cancel);

        public ValueTask<DateTimeOffset?> OldestDueAsync(CancellationToken cancel) => queue.OldestDueAsync(cancel);

        public ValueTask CheckAsync(CancellationToken cancel) => queue.CheckAsync(cancel);
    }
}

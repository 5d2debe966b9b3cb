using CoordinationBot.Protocol.Hosting;
using CoordinationBot.Storage;
using Microsoft.Extensions.Options;

namespace CoordinationBot;

/// <summary>Live: the process runs. Ready: it could serve a turn now, and is not about to stop.</summary>
internal static class Health
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    public static IServiceCollection AddHealth(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<HealthOptions>().Bind(configuration.GetSection(HealthOptions.Section))
            .Validate(options => options.Drain is >= 0 and <= HealthOptions.LongestDrain, $"Health:Drain must be 0 to {HealthOptions.LongestDrain} seconds.")
            .ValidateOnStart();
        services.AddOptions<HostOptions>().Configure<IOptions<HealthOptions>>((host, health) =>
        {
            // While turns are finished, work that has not begun goes back to the other hosts.
            host.ServicesStopConcurrently = true;
            host.ShutdownTimeout = TimeSpan.FromSeconds(health.Value.Drain) + HealthOptions.Finishing;
        });
        services.AddSingleton<Draining>();
        services.AddHostedService(provider => provider.GetRequiredService<Draining>());
        return services;
    }

    // Handlers that take the request as it is: to bind parameters, endpoints would be compiled at the first request, and that takes 6 MB for good.
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health/live", static _ => Task.CompletedTask);
        routes.MapGet("/health/ready", static async context =>
        {
            if (!await IsReadyAsync(context.RequestServices, context.RequestAborted))
            {
                context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            }
        });
    }

    private static async Task<bool> IsReadyAsync(IServiceProvider services, CancellationToken cancel)
    {
        if (services.GetRequiredService<Draining>().IsStopping)
        {
            return false;
        }
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(Patience);
        try
        {
            // Whatever changes something is queued first: without the queue a host serves reads alone. Peeking costs what the read of the table costs, and puts nothing in.
            var queue = services.GetRequiredService<IWorkQueue>().OldestDueAsync(patience.Token).AsTask();
            await Task.WhenAll(services.GetRequiredService<ITables>().CheckAsync(patience.Token).AsTask(), queue);
        }
        catch (Exception failure) when (failure is StorageException or OperationCanceledException)
        {
            return false;
        }
        return services.GetRequiredService<BotAuthentication>().HasKeys;
    }
}

using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CoordinationBot.Protocol.Hosting;

/// <summary>Says at start-up what an operator must know, and stops a start that must not be.</summary>
internal sealed partial class BotStartup(
    IOptions<BotOptions> options,
    LocalTrial trial,
    IServiceProvider services,
    ILogger<BotStartup> log) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken)
    {
        // Whatever the endpoint needs and cannot have stops the start, and not the first message.
        _ = services.GetRequiredService<BotEndpoint>();
        if (options.Value.DangerouslyAllowUnauthenticated)
        {
            trial.CheckConfigured();
            Unauthenticated(log);
        }
        else if (options.Value.AppId is null)
        {
            NotConfigured(log);
        }
        return Task.CompletedTask;
    }

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        if (options.Value.DangerouslyAllowUnauthenticated)
        {
            trial.CheckListening();
        }
        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(100, LogLevel.Critical, "Bot:AppId is not set: every activity is refused with 401")]
    private static partial void NotConfigured(ILogger log);

    [LoggerMessage(101, LogLevel.Critical, "Bot:DangerouslyAllowUnauthenticated is set: whoever can connect on loopback may speak as anybody")]
    private static partial void Unauthenticated(ILogger log);
}

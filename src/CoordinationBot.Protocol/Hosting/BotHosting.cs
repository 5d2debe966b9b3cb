using CoordinationBot.Protocol.Activities;
using CoordinationBot.Protocol.Connector;
using CoordinationBot.Protocol.Turns;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace CoordinationBot.Protocol.Hosting;

/// <summary>
/// Runs the turn of an activity that has been authenticated and is of an allowed channel, service host and tenant; where it has a
/// conversation, that carries the tenant, spelled as in the settings.
/// </summary>
/// <param name="activity">What came in. Its <see cref="Activity.Value"/> is still untrusted.</param>
/// <param name="cancel">Not tied to the request: a turn runs to its end, or its own deadline, when the channel hangs up.</param>
/// <returns>Status and body of the HTTP response.</returns>
public delegate ValueTask<TurnResponse> TurnDelegate(Activity activity, CancellationToken cancel);

/// <summary>The bot in a web host.</summary>
public static class BotHosting
{
    /// <summary>Where the channel posts activities; <c>endpoint</c> of the bot resource.</summary>
    public const string Path = "/api/messages";

    /// <summary>
    /// Adds settings (section <c>Bot</c>), authentication, <see cref="ServiceUrlPolicy"/> and the endpoint. The turns are run by the registered
    /// <see cref="TurnDelegate"/>, or else by <see cref="TurnRunner"/>.
    /// </summary>
    /// <param name="services">The host's services.</param>
    /// <param name="configuration">The whole configuration of the host.</param>
    public static IServiceCollection AddBot(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configuration);
        var section = configuration.GetSection(BotOptions.Section);
        services.AddOptions<BotOptions>().Bind(section).ValidateOnStart();
        services.AddSingleton(provider => new BotOptionsSetup(section, provider.GetRequiredService<IHostEnvironment>()));
        services.AddSingleton<IPostConfigureOptions<BotOptions>>(provider => provider.GetRequiredService<BotOptionsSetup>());
        services.AddSingleton<IValidateOptions<BotOptions>>(provider => provider.GetRequiredService<BotOptionsSetup>());
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<ClockWatch>();
        services.AddSingleton<SigningKeys>();
        services.AddHostedService(provider => provider.GetRequiredService<SigningKeys>());
        services.AddSingleton(provider => new BotAuthentication(
            provider.GetRequiredService<IOptions<BotOptions>>(), provider.GetRequiredService<SigningKeys>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<BotOptions>>().Value is { DangerouslyAllowUnauthenticated: false } options
            ? ServiceUrlPolicy.ForHosts(options.ServiceHosts!)
            : ServiceUrlPolicy.LoopbackOnly);
        services.TryAddSingleton<TurnDelegate>(provider => provider.GetRequiredService<TurnRunner>().RunAsync);
        services.AddSingleton<LocalTrial>();
        services.AddSingleton<BotEndpoint>();
        services.AddHostedService<BotStartup>();
        return services;
    }

    /// <summary>Maps <c>POST /api/messages</c>.</summary>
    public static IEndpointConventionBuilder MapBot(this IEndpointRouteBuilder routes)
    {
        ArgumentNullException.ThrowIfNull(routes);
        // Found at each request: mapping must not build the runner before all routes are in its table.
        return routes.MapPost(Path, static context => context.RequestServices.GetRequiredService<BotEndpoint>().HandleAsync(context));
    }
}

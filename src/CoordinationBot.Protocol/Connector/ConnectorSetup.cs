using CoordinationBot.Protocol.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace CoordinationBot.Protocol.Connector;

/// <summary>Adds the connector.</summary>
public static class ConnectorSetup
{
    /// <summary>Name of the connector's HTTP client.</summary>
    internal const string ClientName = "connector";

    /// <summary>
    /// Adds the <see cref="ConnectorClient"/> with its retries and its token. Whose token, and where it may go, say <see cref="BotOptions"/>
    /// and <see cref="ServiceUrlPolicy"/> (<see cref="BotHosting.AddBot"/>).
    /// </summary>
    public static IServiceCollection AddConnector(this IServiceCollection services)
    {
        services.AddOptions<ConnectorOptions>()
            .Validate(
                options => options.TryTimeout > TimeSpan.Zero && options.Deadline >= options.TryTimeout && options.Repeats > 0
                    && options.FirstDelay > TimeSpan.Zero && options.LongestDelay >= options.FirstDelay,
                "The connector's time limits must be above zero and its deadline not below the limit of one try.")
            .ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(static services =>
        {
            var options = services.GetRequiredService<IOptions<BotOptions>>().Value;
            return new BotToken(BotCredentials.For(options), options.TokenScope ?? "", services.GetRequiredService<TimeProvider>());
        });
        var client = services.AddHttpClient(ClientName);
        // The factory's own loggers write addresses, and with them ids of conversations, at every call.
        client.RemoveAllLoggers();
        client.AddHttpMessageHandler(static services => new RepeatHandler(
            services.GetRequiredService<IOptions<ConnectorOptions>>().Value,
            services.GetRequiredService<TimeProvider>()));
        // Inside the retries, so that each try asks for the token again: a long wait may have made it old.
        client.AddHttpMessageHandler(static services => new BotTokenHandler(services.GetRequiredService<ServiceUrlPolicy>(), services.GetRequiredService<BotToken>()));
        client.ConfigurePrimaryHttpMessageHandler(static () => new SocketsHttpHandler
        {
            // A redirect would take the token to a host that nobody checked; a proxy would see the conversations; cookies would tie them together.
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            ConnectTimeout = TimeSpan.FromSeconds(5),
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            // Trace headers of this host are nobody else's business.
            ActivityHeadersPropagator = null,
        });
        // The pooled connections end by themselves and follow the DNS, so the handler can stay and the client can be kept.
        client.SetHandlerLifetime(Timeout.InfiniteTimeSpan);
        // Not by an HttpClient: its own time limit and buffer would come on top of those of each try.
        services.TryAddSingleton(static services => new ConnectorClient(new HttpMessageInvoker(services.GetRequiredService<IHttpMessageHandlerFactory>().CreateHandler(ClientName), disposeHandler: false)));
        return services;
    }
}

using System.Net;
using CoordinationBot.Protocol.Connector;
using CoordinationBot.Protocol.Hosting;
using CoordinationBot.Protocol.Turns;
using CoordinationBot.Storage;
using Microsoft.Extensions.Options;

namespace CoordinationBot.Calendars;

/// <summary>What is known of people's time: their calendars, working hours, and the time that they protect.</summary>
internal static class CalendarFeature
{
    private const string GraphClientName = "graph";
    private const int LongestAnswer = 8 * 1024 * 1024;

    public static IServiceCollection AddCalendars(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<CalendarOptions>().Bind(configuration.GetSection(CalendarOptions.Section)).ValidateOnStart();
        services.AddOptions<GraphOptions>().Bind(configuration.GetSection(GraphOptions.Section)).ValidateOnStart();
        services.AddGraph(configuration.GetSection(GraphOptions.Section).Get<GraphOptions>() ?? new GraphOptions());
        return services
            .AddSingleton<IValidateOptions<CalendarOptions>, CalendarOptionsValidation>()
            .AddSingleton<IValidateOptions<GraphOptions>, GraphOptionsValidation>()
            .AddSingleton(provider => provider.GetRequiredService<IOptions<CalendarOptions>>().Value)
            .AddSingleton(provider => provider.GetRequiredService<IOptions<GraphOptions>>().Value)
            .AddSingleton<OwnCalendar>()
            .AddSingleton<ICalendarSource, OwnCalendarSource>()
            .AddSingleton<AvailabilityReader>()
            .AddSingleton<HostLookup>(Dns.GetHostAddressesAsync)
            .AddSingleton<CalendarFetch>()
            .AddSingleton<SubscriptionStore>()
            .AddSingleton<SubscriptionDesk>()
            .AddSingleton<SubscriptionWork>()
            .AddSingleton<ICalendarSource, SubscriptionSource>()
            .AddSingleton<CalendarDesk>()
            .AddSingleton<CalendarHandlers>()
            .AddSingleton<HoursHandlers>()
            .AddSingleton<FocusHandlers>();
    }

    public static void MapCalendars(this RouteTable routes, IServiceProvider services)
    {
        var (calendar, hours, focus) = (services.GetRequiredService<CalendarHandlers>(), services.GetRequiredService<HoursHandlers>(), services.GetRequiredService<FocusHandlers>());
        routes
            .Command(new("calendar", CommandArgument.Text, "where I see when you are busy", calendar.CommandAsync) { Usage = "calendar, or calendar and its secret link" })
            .Command(new("hours", CommandArgument.Text, "when you work", hours.HoursAsync) { Usage = "hours, or hours Mon-Thu 8-16" })
            .Command(new("zone", CommandArgument.Text, "where you are", hours.ZoneAsync) { Usage = "zone Tokyo, or zone auto", ListedBy = "hours" })
            .Command(new("focus", CommandArgument.Text, "time that you protect", focus.CommandAsync) { Usage = "focus, or focus Tue 9-11 weekly" })
            .Command(new("confirm focus", CommandArgument.None, "takes the time that I read back to you", focus.ConfirmCommandAsync) { ListedBy = "focus" })
            .Action("calendar.open", calendar.OpenAsync)
            .Action("calendar.connect", calendar.ConnectPressedAsync)
            .Action("calendar.disconnect", calendar.DisconnectAsync)
            .Action("calendar.here", calendar.HereAsync)
            .Action("calendar.elsewhere", calendar.ElsewhereAsync)
            .Action("hours.save", hours.SavePressedAsync)
            .Action("hours.office", hours.OfficeAsync)
            .Action("zone.save", hours.SaveZonePressedAsync)
            .Action("zone.auto", hours.AutoAsync)
            .Action("focus.add", focus.AddPressedAsync)
            .Action("focus.confirm", focus.ConfirmPressedAsync)
            .Action("focus.drop", focus.DropAsync)
            .Action("focus.end", focus.EndAsync);
        services.GetRequiredService<WorkHandlers>().Add(SubscriptionStore.Kind, services.GetRequiredService<SubscriptionWork>().RunAsync);
    }

    private static void AddGraph(this IServiceCollection services, GraphOptions graph)
    {
        if (graph is { FreeBusy: false, Events: false })
        {
            return;
        }
        services.AddHttpClient(GraphClientName, http => http.MaxResponseContentBufferSize = LongestAnswer)
            .RemoveAllLoggers()
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
            {
                // A redirect would take the token elsewhere.
                AllowAutoRedirect = false,
                UseCookies = false,
                PooledConnectionLifetime = TimeSpan.FromMinutes(5),
                ActivityHeadersPropagator = null,
            })
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan);
        services.AddSingleton(provider =>
        {
            var (bot, clock) = (Bot(provider), provider.GetRequiredService<TimeProvider>());
            var endpoint = provider.GetRequiredService<GraphOptions>().EndpointOf(bot.Cloud);
            return new GraphClient(provider.GetRequiredService<IHttpClientFactory>().CreateClient(GraphClientName), endpoint, new BotToken(BotCredentials.For(bot), $"{endpoint}/.default", clock), clock);
        });
        if (graph.FreeBusy)
        {
            services.AddSingleton<ICalendarSource>(provider => new GraphSource(provider.GetRequiredService<GraphClient>(), Bot(provider).TenantId ?? "", provider.GetRequiredService<ILogger<GraphSource>>()));
        }
        if (graph.Events)
        {
            services.AddSingleton<ICalendarWriter>(provider => new GraphWriter(
                provider.GetRequiredService<GraphClient>(), Bot(provider).TenantId ?? "", graph.EventsMailbox is { Length: > 0 } mailbox ? mailbox : null, provider.GetRequiredService<ILogger<GraphWriter>>()));
        }

        static BotOptions Bot(IServiceProvider provider) => provider.GetRequiredService<IOptions<BotOptions>>().Value;
    }
}

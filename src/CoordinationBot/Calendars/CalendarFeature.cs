using CoordinationBot.Protocol.Turns;

namespace CoordinationBot.Calendars;

/// <summary>What is known of people's time: their calendars, working hours, and the time that they protect.</summary>
internal static class CalendarFeature
{
    public static IServiceCollection AddCalendars(this IServiceCollection services, IConfiguration configuration) => services
        .AddSingleton<OwnCalendar>()
        .AddSingleton<ICalendarSource, OwnCalendarSource>()
        .AddSingleton<AvailabilityReader>();

    public static void MapCalendars(this RouteTable routes, IServiceProvider services)
    {
    }
}

using CoordinationBot.Protocol.Turns;
using CoordinationBot.Recurrences;

namespace CoordinationBot.Meetings;

/// <summary>Meetings that come again and again.</summary>
internal static class SeriesFeature
{
    public static IServiceCollection AddSeries(this IServiceCollection services) => services
        .AddSingleton<Occurrences>()
        .AddSingleton<OccurrenceDesk>()
        .AddSingleton<OccurrenceHandlers>()
        .AddSingleton<MeetingSeriesWork>()
        .AddSingleton<EndById>(provider => provider.GetRequiredService<OccurrenceHandlers>().EndAsync)
        .AddSingleton<MeetingDue>(provider => provider.GetRequiredService<MeetingSeriesWork>().GoOnAsync);

    public static void MapSeries(this RouteTable routes, IServiceProvider services)
    {
        var handlers = services.GetRequiredService<OccurrenceHandlers>();
        routes
            .Action("meeting.next", handlers.NextAsync)
            .Action("meeting.cancel-after", handlers.CancelAfterAsync)
            .Action("meeting.take-after", handlers.TakeAfterAsync);
    }
}

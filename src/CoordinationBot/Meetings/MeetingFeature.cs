using CoordinationBot.Protocol.Turns;
using CoordinationBot.Storage;

namespace CoordinationBot.Meetings;

/// <summary>Meetings: a time is found, people are invited, and what becomes of it reaches everybody whom it concerns.</summary>
internal static class MeetingFeature
{
    public static IServiceCollection AddMeetings(this IServiceCollection services) => services
        .AddSingleton<MeetingStore>()
        .AddSingleton<MeetingDesk>()
        .AddSingleton<MeetingHandlers>()
        .AddSingleton<MeetingWork>()
        .AddMinutes();

    public static void MapMeetings(this RouteTable routes, IServiceProvider services)
    {
        var handlers = services.GetRequiredService<MeetingHandlers>();
        routes
            .Command(new("meeting", CommandArgument.Id, "brings a meeting's card again", handlers.MeetingCommandAsync) { Usage = "meeting M-…" })
            .Action("meeting.bring", handlers.BringAsync)
            .Action("meeting.view", handlers.ViewAsync)
            .Action("meeting.accept", handlers.AcceptAsync)
            .Action("meeting.tentative", handlers.TentativeAsync)
            .Action("meeting.decline", handlers.DeclineAsync)
            .Action("meeting.cancel-ask", handlers.CancelAskAsync)
            .Action("meeting.cancel", handlers.CancelAsync);
        routes.MapMinutes(services);
        services.GetRequiredService<WorkHandlers>().Add(MeetingStore.Kind, services.GetRequiredService<MeetingWork>().RunAsync);
    }
}

using CoordinationBot.Protocol.Turns;

namespace CoordinationBot.Meetings;

/// <summary>Polls: people say which of a few times suit them, and that decides.</summary>
internal static class PollFeature
{
    public static IServiceCollection AddPolls(this IServiceCollection services) => services
        .AddSingleton<PollHandlers>()
        .AddSingleton<PollShowing>()
        .AddSingleton<PollWork>()
        .AddSingleton<MeetingDue>(provider => provider.GetRequiredService<PollWork>().GoOnAsync);

    public static void MapPolls(this RouteTable routes, IServiceProvider services)
    {
        var handlers = services.GetRequiredService<PollHandlers>();
        routes
            .Action("meeting.poll-ask", handlers.AskAsync)
            .Action("meeting.poll", handlers.OpenAsync)
            .Action("meeting.vote", handlers.VoteAsync)
            .Action("meeting.poll-remind", handlers.RemindAsync)
            .Action("meeting.poll-close", handlers.CloseAsync)
            .Action("meeting.poll-take", handlers.TakeAsync)
            .Action("meeting.poll-answers", handlers.AnswersAsync);
    }
}

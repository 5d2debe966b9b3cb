using CoordinationBot.Dialogs;
using CoordinationBot.Protocol.Turns;
using CoordinationBot.Storage;

namespace CoordinationBot.Recurrences;

/// <summary>Work that comes again and again, each time as a delegation of its own.</summary>
internal static class RecurrenceFeature
{
    public static IServiceCollection AddRecurrences(this IServiceCollection services) => services
        .AddSingleton<RecurrenceStore>()
        .AddSingleton<RecurrenceDesk>()
        .AddSingleton<RecurrenceWork>()
        .AddSingleton<RecurrenceHandlers>()
        .AddSingleton(provider => provider.GetRequiredService<RecurrenceDesk>().Repeating)
        .AddSingleton<WaitingLines>(provider => provider.GetRequiredService<RecurrenceHandlers>().WaitingAsync);

    public static void MapRecurrences(this RouteTable routes, IServiceProvider services)
    {
        var handlers = services.GetRequiredService<RecurrenceHandlers>();
        routes
            // Whoever has something that recurs is told of these by the help's first lines.
            .Command(new(Command, CommandArgument.Text, "what comes again and again", handlers.RecurringAsync) { Usage = "recurring, or recurring S-…", ListedBy = Command })
            .Command(new("end", CommandArgument.Id, "ends what recurs", handlers.EndCommandAsync) { Usage = "end S-…", ListedBy = Command })
            .Action("series.list", handlers.ListAsync)
            .Action("series.bring", handlers.BringAsync)
            .Action("series.view", handlers.ViewAsync)
            .Action("series.leave-out", handlers.LeaveOutAsync)
            .Action("series.end-ask", handlers.EndAskAsync)
            .Action("series.end", handlers.EndAsync);
        services.GetRequiredService<WorkHandlers>().Add(RecurrenceStore.Kind, services.GetRequiredService<RecurrenceWork>().RunAsync);
    }

    private const string Command = "recurring";
}

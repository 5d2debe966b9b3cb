using CoordinationBot.Dialogs;
using CoordinationBot.Protocol.Turns;
using CoordinationBot.Storage;

namespace CoordinationBot.People;

/// <summary>Who is who, and where they can be reached.</summary>
internal static class PeopleFeature
{
    public static IServiceCollection AddPeople(this IServiceCollection services) => services
        .AddSingleton<PeopleStore>()
        .AddSingleton<GroupStore>()
        .AddSingleton<PeopleCache>()
        .AddSingleton<PeopleDirectory>()
        .AddSingleton<PersonalChats>()
        .AddSingleton<PeopleHandlers>()
        .AddSingleton<Deputies>()
        .AddSingleton<AbsenceHandlers>()
        .AddSingleton<SpeakerLine>(AbsenceHandlers.LineFor)
        .AddSingleton<PersonalChatFinder>(provider => provider.GetRequiredService<PersonalChats>().FindAsync);

    public static void MapPeople(this RouteTable routes, IServiceProvider services)
    {
        var handlers = services.GetRequiredService<PeopleHandlers>();
        routes.Before(handlers.RenewAsync).Event("uninstall", handlers.UninstalledAsync).Event("membersAdded", handlers.MembersChangedAsync).Event("membersRemoved", handlers.MembersChangedAsync);
        services.GetRequiredService<WorkHandlers>().Add(GroupStore.Kind, handlers.LearnRosterAsync);
    }

    /// <summary>The commands of this feature, where they belong in the help.</summary>
    public static void MapAbsences(this RouteTable routes, IServiceProvider services)
    {
        var absences = services.GetRequiredService<AbsenceHandlers>();
        routes
            .Command(new("away", CommandArgument.Text, "says when you are away, and who answers for you then", absences.AwayAsync) { Usage = "away, or away until fri, deputy Alex" })
            .Command(new("i am back", CommandArgument.None, "ends your absence", absences.BackAsync))
            .Command(new("i'm back", CommandArgument.None, "", absences.BackAsync) { IsAlias = true })
            .Command(new("deputy", CommandArgument.Text, "who answers for you while you are away", absences.DeputyAsync) { Usage = "deputy Alex, or deputy nobody" })
            .Command(new("confirm", CommandArgument.None, "takes what I read back to you about being away", absences.ConfirmAsync))
            .Action("absence.read", absences.ReadAsync)
            .Action("absence.confirm", absences.ConfirmPressedAsync)
            .Action("absence.drop", absences.DropAsync)
            .Action("absence.end", absences.EndPressedAsync);
    }
}

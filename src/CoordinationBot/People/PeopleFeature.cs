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
        .AddSingleton<PersonalChatFinder>(provider => provider.GetRequiredService<PersonalChats>().FindAsync);

    public static void MapPeople(this RouteTable routes, IServiceProvider services)
    {
        var handlers = services.GetRequiredService<PeopleHandlers>();
        routes.Before(handlers.RenewAsync).Event("uninstall", handlers.UninstalledAsync).Event("membersAdded", handlers.MembersAddedAsync);
        services.GetRequiredService<WorkHandlers>().Add(GroupStore.Kind, handlers.LearnRosterAsync);
    }
}

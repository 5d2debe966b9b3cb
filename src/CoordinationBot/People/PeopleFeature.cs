using CoordinationBot.Protocol.Turns;

namespace CoordinationBot.People;

/// <summary>Who is who, and where they can be reached.</summary>
internal static class PeopleFeature
{
    public static IServiceCollection AddPeople(this IServiceCollection services) => services
        .AddSingleton<PeopleStore>()
        .AddSingleton<PeopleCache>()
        .AddSingleton<PeopleDirectory>()
        .AddSingleton<PersonalChats>()
        .AddSingleton<PeopleHandlers>()
        .AddSingleton<PersonalChatFinder>(provider => provider.GetRequiredService<PersonalChats>().FindAsync);

    public static void MapPeople(this RouteTable routes, IServiceProvider services) =>
        routes.Before(services.GetRequiredService<PeopleHandlers>().RenewAsync);
}

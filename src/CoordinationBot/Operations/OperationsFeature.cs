using CoordinationBot.Authority;
using CoordinationBot.Protocol.Turns;

namespace CoordinationBot.Operations;

/// <summary>What those who run the host can see and do from the chat.</summary>
internal static class OperationsFeature
{
    public static IServiceCollection AddOperations(this IServiceCollection services) => services
        .AddSingleton<OperatorDesk>()
        .AddSingleton<HostWatch>()
        .AddSingleton<AboutHandlers>()
        .AddSingleton<PoisonHandlers>();

    public static void MapOperations(this RouteTable routes, IServiceProvider services)
    {
        var (about, poison) = (services.GetRequiredService<AboutHandlers>(), services.GetRequiredService<PoisonHandlers>());
        routes
            .Command(new("about", CommandArgument.None, "which version I am, and how the host is doing", about.AboutAsync) { IsPublic = true, ListedBy = AdministratorHandlers.Command })
            .Command(new("poison", CommandArgument.None, "work that was given up, and lets it run again", poison.ListAsync) { ListedBy = AdministratorHandlers.Command })
            .Action("operations.run-again", poison.RunAgainAsync);
    }
}

using CoordinationBot.Delegations;
using CoordinationBot.Meetings;
using CoordinationBot.Protocol.Turns;
using CoordinationBot.Storage;

namespace CoordinationBot.Afterwards;

/// <summary>How it went: one tap after a delegation is done and after a meeting is held, at most one question a week a person.</summary>
internal static class AfterwardsFeature
{
    public static IServiceCollection AddAfterwards(this IServiceCollection services) => services
        .AddSingleton<AskStore>()
        .AddSingleton<PoolStore>()
        .AddSingleton<AfterwardsHandlers>()
        .AddSingleton<AfterwardsWork>()
        .AddSingleton<MeetingDue>(provider => provider.GetRequiredService<AfterwardsWork>().AfterMeetingAsync);

    public static void MapAfterwards(this RouteTable routes, IServiceProvider services)
    {
        var handlers = services.GetRequiredService<AfterwardsHandlers>();
        routes
            .Action("afterwards.answer", handlers.AnswerAsync)
            .Action("afterwards.bring", handlers.BringAsync);
        var (work, due) = (services.GetRequiredService<AfterwardsWork>(), services.GetRequiredService<WorkHandlers>());
        due.Add(AskStore.Kind, work.RunAsync);
        due.Add(PoolStore.Kind, services.GetRequiredService<PoolStore>().RunAsync);
        due.Also(DelegationStore.Kind, work.AfterDelegationAsync);
    }
}

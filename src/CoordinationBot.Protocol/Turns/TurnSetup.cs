using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CoordinationBot.Protocol.Turns;

/// <summary>Adds the running of turns.</summary>
public static class TurnSetup
{
    /// <summary>Adds the empty <see cref="RouteTable"/> for the features to fill, and the <see cref="TurnRunner"/>.</summary>
    public static IServiceCollection AddTurns(this IServiceCollection services)
    {
        services.AddOptions<TurnOptions>()
            .Validate(
                options => options.InvokeDeadline > TimeSpan.Zero && options.MessageDeadline > TimeSpan.Zero && options.AnswerDeadline > TimeSpan.Zero
                    && options.WaitingPerConversation > 0 && options.RememberedActivities > 0,
                "Every limit of a turn must be above zero.")
            .ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<RouteTable>();
        services.TryAddSingleton<TurnRunner>();
        return services;
    }
}

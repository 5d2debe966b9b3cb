using CoordinationBot.Authority;
using CoordinationBot.Protocol.Turns;

namespace CoordinationBot.Operations;

/// <summary>Who may see how the host is doing: administrators of the organisation that runs it. One host may serve others too.</summary>
internal sealed class OperatorDesk(AuthorityDesk desk, AdministratorSettings settings)
{
    /// <summary>The refusal for everybody else.</summary>
    public async ValueTask<TurnResult.Refused?> RefusalAsync(Turn turn, CancellationToken cancel) => settings.IsHome(turn.Tenant)
        ? (await desk.AsAdministratorAsync(turn, cancel)).Refusal
        : new TurnResult.Refused("Only administrators of the organisation that runs me may do that.");

    public ValueTask<string> ZoneAsync(Turn turn, CancellationToken cancel) => desk.ZoneAsync(turn, cancel);
}

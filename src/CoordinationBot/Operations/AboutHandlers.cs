using CoordinationBot.Protocol.Turns;
using CoordinationBot.Storage;

namespace CoordinationBot.Operations;

/// <summary><c>about</c>: which version this is; to administrators, in their own chat, also how the host is doing.</summary>
internal sealed class AboutHandlers(OperatorDesk desk, HostWatch host)
{
    public async ValueTask<TurnResult> AboutAsync(Turn turn, CancellationToken cancel) =>
        await MayLookAsync(turn, cancel)
            ? new TurnResult.Open(AboutCards.About(await host.LookAsync(cancel), turn.Now, await desk.ZoneAsync(turn, cancel), HostFacts.TimeZones))
            : new TurnResult.Say($"{HostFacts.ThisVersion}, with the time zones of the {HostFacts.TimeZones}.");

    private async ValueTask<bool> MayLookAsync(Turn turn, CancellationToken cancel)
    {
        if (turn.Scope != ConversationScope.Personal)
        {
            return false;
        }
        try
        {
            return await desk.RefusalAsync(turn, cancel) is null;
        }
        catch (StorageException)
        {
            // Who may look is not known now. The version is for everybody.
            return false;
        }
    }
}

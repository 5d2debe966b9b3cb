using CoordinationBot.Protocol.Turns;

namespace CoordinationBot.Delegations;

/// <summary><c>tree D-…</c>, and its button.</summary>
internal sealed class TreeHandlers(TreeReader reader, DelegationDesk desk)
{
    public async ValueTask<TurnResult> CommandAsync(Turn turn, CancellationToken cancel) =>
        await ReadAsync(turn, turn.Argument.Split(' ', 2)[0], cancel) ?? new TurnResult.Say(DelegationHandlers.NoSuch);

    /// <summary>Its own message, so that the card it was asked from stays.</summary>
    public async ValueTask<TurnResult> OpenAsync(Turn turn, CancellationToken cancel) =>
        await ReadAsync(turn, turn.Inputs.Text("id"), cancel) ?? DelegationDesk.NotTheirs;

    private async ValueTask<TurnResult?> ReadAsync(Turn turn, string? id, CancellationToken cancel) =>
        await reader.ReadAsync(turn.Tenant, id, turn.Actor.ObjectId, cancel) is { } tree
            ? new TurnResult.Open(TreeCards.For(tree, await desk.ZoneAsync(turn, cancel), turn.Now))
            : null;
}

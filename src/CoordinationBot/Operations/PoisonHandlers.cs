using CoordinationBot.Protocol.Turns;
using CoordinationBot.Storage;

namespace CoordinationBot.Operations;

/// <summary><c>poison</c>: work that was given up, and the button that lets it run again.</summary>
internal sealed class PoisonHandlers(OperatorDesk desk, PoisonRows poison)
{
    public async ValueTask<TurnResult> ListAsync(Turn turn, CancellationToken cancel) =>
        await desk.RefusalAsync(turn, cancel) is { } refusal ? refusal : new TurnResult.Open(await CardAsync(turn, null, cancel));

    /// <summary>Pressed again, it finds the row no more, and says so.</summary>
    public async ValueTask<TurnResult> RunAgainAsync(Turn turn, CancellationToken cancel)
    {
        if (await desk.RefusalAsync(turn, cancel) is { } refusal)
        {
            return refusal;
        }
        var work = turn.Inputs.Text("work") is { } id ? await poison.RunAgainAsync(id, cancel) : null;
        return new TurnResult.Show(await CardAsync(turn, work is null ? "That is not on the list any more: it runs again already." : $"“{work.Kind}” runs again.", cancel));
    }

    private async ValueTask<Protocol.Cards.AdaptiveCard> CardAsync(Turn turn, string? news, CancellationToken cancel) =>
        PoisonCards.List(await poison.ListAsync(cancel), await desk.ZoneAsync(turn, cancel), news);
}

using CoordinationBot.Protocol.Turns;

namespace CoordinationBot.Afterwards;

/// <summary>Takes the tap.</summary>
internal sealed class AfterwardsHandlers(AskStore asks, PoolStore pools)
{
    private const string NotOpen = "Nothing was counted: this question is not open for you. It was put to somebody else, or the 14 days in which it could be answered are over.";
    private const string Already = "You have answered this already. Nothing was counted a second time.";

    public async ValueTask<TurnResult> AnswerAsync(Turn turn, CancellationToken cancel)
    {
        if (turn.Inputs.Text("pool") is not { } pool || !(pool == PoolStore.Leaders || Guid.TryParseExact(pool, "D", out _))
            || turn.Inputs.Text("event") is not { } about
            || !Enum.TryParse<Verdict>(turn.Inputs.Text("answer"), out var verdict) || !Enum.IsDefined(verdict))
        {
            return new TurnResult.Refused(NotOpen);
        }
        return await pools.AnswerAsync(turn.Tenant, pool, turn.Actor.ObjectId, about, verdict, turn.Now, cancel) switch
        {
            Tap.Counted => new TurnResult.Show(AfterwardsCards.Thanks()),
            Tap.Already => new TurnResult.Refused(Already, AfterwardsCards.Thanks(Already)),
            Tap.NotOpen => new TurnResult.Refused(NotOpen),
        };
    }

    /// <summary>From a digest.</summary>
    public async ValueTask<TurnResult> BringAsync(Turn turn, CancellationToken cancel)
    {
        await asks.BringAsync(turn.Tenant, turn.Actor.ObjectId, cancel);
        return TurnResult.Nothing.Instance;
    }
}

using CoordinationBot.Protocol.Turns;

namespace CoordinationBot.Meetings;

/// <summary>Brings a brief that was told in a digest.</summary>
internal sealed class BriefHandlers(MeetingDesk desk, BriefStore store)
{
    public async ValueTask<TurnResult> BringAsync(Turn turn, CancellationToken cancel)
    {
        if (await desk.FindAsync(turn, turn.Inputs.Text("id"), cancel) is not { } meeting)
        {
            return new TurnResult.Say(MeetingDesk.NoSuch);
        }
        await store.BringAsync(meeting, turn.Actor.ObjectId, cancel);
        return TurnResult.Nothing.Instance;
    }
}

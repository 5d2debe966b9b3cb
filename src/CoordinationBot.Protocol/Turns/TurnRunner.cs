using CoordinationBot.Protocol.Activities;

namespace CoordinationBot.Protocol.Turns;

/// <summary>What the HTTP response of a turn is.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Body">Body of an invoke, or null.</param>
public readonly record struct TurnResponse(int Status, CardActionResponse? Body = null);

/// <summary>Runs turns.</summary>
public sealed class TurnRunner
{
    /// <summary>Runs the turn of one activity.</summary>
    public ValueTask<TurnResponse> RunAsync(Activity activity, CancellationToken cancel) => throw new NotSupportedException();
}

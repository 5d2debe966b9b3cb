using CoordinationBot.Protocol.Turns;
using CoordinationBot.Storage;

namespace CoordinationBot.Telemetry;

/// <summary>Counts a call of the store: in the figures of the host, and in the span of the turn that makes it.</summary>
internal static class CountedCalls
{
    public static async ValueTask<T> CountAsync<T>(string operation, ValueTask<T> call)
    {
        TurnCalls.AddStorage();
        var outcome = "Failed";
        try
        {
            var result = await call;
            outcome = "Ok";
            return result;
        }
        finally
        {
            StorageMeasures.Called(operation, outcome);
        }
    }

    public static async ValueTask CountAsync(string operation, ValueTask call) => await CountAsync(operation, AsValueAsync(call));

    private static async ValueTask<bool> AsValueAsync(ValueTask call)
    {
        await call;
        return true;
    }
}

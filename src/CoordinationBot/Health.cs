using CoordinationBot.Protocol.Hosting;
using CoordinationBot.Storage;

namespace CoordinationBot;

/// <summary>Live: the process runs. Ready: it could serve a turn now.</summary>
internal static class Health
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health/live", static () => Results.Ok());
        routes.MapGet("/health/ready", static async (ITables tables, BotAuthentication authentication, CancellationToken cancel) =>
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            patience.CancelAfter(Patience);
            try
            {
                await tables.CheckAsync(patience.Token);
            }
            catch (Exception failure) when (failure is StorageException or OperationCanceledException)
            {
                return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
            }
            return authentication.HasKeys ? Results.Ok() : Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
        });
    }
}

using Azure;
using Azure.Core;
using Azure.Identity;

namespace CoordinationBot.Storage;

/// <summary>What both Azure implementations agree on about a call on the turn's path: short, few tries, and its failures named.</summary>
internal static class AzureCalls
{
    /// <summary>The client's own 100 seconds are far beyond what a turn may last.</summary>
    public static readonly TimeSpan NetworkTimeout = TimeSpan.FromSeconds(3);

    public const int Retries = 2;

    public static TimeSpan DelayBefore(int retry) => TimeSpan.FromMilliseconds((retry == 1 ? 100 : 500) + Random.Shared.Next(100));

    /// <summary>Nobody knows whether the call took effect, and another try may have an answer.</summary>
    public static bool IsTransient(Exception failure, CancellationToken cancel) => failure switch
    {
        RequestFailedException { Status: 0 or 408 or 429 or >= 500 } => true,
        // How the client reports its own network timeout.
        OperationCanceledException => !cancel.IsCancellationRequested,
        AggregateException or IOException => true,
        _ => false,
    };

    /// <summary>Not the caller's doing: cancellation and mistakes pass.</summary>
    public static bool IsOutage(Exception failure, CancellationToken cancel) => failure switch
    {
        OperationCanceledException => !cancel.IsCancellationRequested,
        // The table client throws InvalidOperationException at an answer it cannot read.
        RequestFailedException or AuthenticationFailedException or AggregateException or IOException or InvalidOperationException => true,
        _ => false,
    };

    public static StorageException Outage(string what, Exception failure) => new(
        failure is RequestFailedException { Status: > 0 } answered
            ? $"{what} answered {answered.Status} {answered.ErrorCode}."
            : $"{what} could not be reached or did not answer in time: {failure.GetType().Name}.",
        failure);

    public static TOptions Configure<TOptions>(TOptions options, int retries) where TOptions : ClientOptions
    {
        options.Retry.NetworkTimeout = NetworkTimeout;
        options.Retry.MaxRetries = retries;
        options.Retry.Mode = RetryMode.Exponential;
        options.Retry.Delay = TimeSpan.FromMilliseconds(100);
        options.Retry.MaxDelay = TimeSpan.FromSeconds(1);
        // Addresses hold keys, and event sources cost on every call.
        options.Diagnostics.IsLoggingEnabled = false;
        return options;
    }
}

namespace CoordinationBot.Storage;

/// <summary>Event ids 2000 to 2099.</summary>
internal static partial class StorageLog
{
    [LoggerMessage(2000, LogLevel.Warning, "Due work could not be received.")]
    public static partial void ReceiveFailed(this ILogger log, Exception exception);

    [LoggerMessage(2001, LogLevel.Warning, "Work {Kind} {Partition} failed at attempt {Attempt}; it is tried again in {Delay}.")]
    public static partial void WorkFailed(this ILogger log, string kind, string partition, int attempt, TimeSpan delay, Exception exception);

    [LoggerMessage(2002, LogLevel.Error, "Work {Kind} {Partition} was given up at attempt {Attempt}: {Reason}. It is kept as a poison row.")]
    public static partial void WorkPoisoned(this ILogger log, string kind, string partition, int attempt, string reason, Exception? exception);

    [LoggerMessage(2003, LogLevel.Warning, "Work {Kind} {Partition} could not be settled; it comes again when it is no longer hidden.")]
    public static partial void SettleFailed(this ILogger log, string kind, string partition, Exception exception);

    [LoggerMessage(2004, LogLevel.Debug, "A nudge of {Kind} {Partition} failed; the queued wake-up follows.")]
    public static partial void NudgeFailed(this ILogger log, string kind, string partition, Exception exception);

    [LoggerMessage(2005, LogLevel.Warning, "Work was still running when the host had to stop; it comes again.")]
    public static partial void StoppedWhileRunning(this ILogger log);

    [LoggerMessage(2010, LogLevel.Warning, "Table {Table} and queue {Queue} are not ready (status {Status}); trying again.")]
    public static partial void AzureNotReady(this ILogger log, string table, string queue, int status);

    [LoggerMessage(2011, LogLevel.Critical, "The bot cannot start. {Sentence}")]
    public static partial void NotOpened(this ILogger log, string sentence);
}

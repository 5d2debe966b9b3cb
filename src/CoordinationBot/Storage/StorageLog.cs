namespace CoordinationBot.Storage;

/// <summary>Event ids 2000 to 2099.</summary>
internal static partial class StorageLog
{
    [LoggerMessage(2000, LogLevel.Warning, "Due work could not be received.")]
    public static partial void ReceiveFailed(this ILogger log, Exception exception);

    [LoggerMessage(2001, LogLevel.Warning, "Work {Kind} {Id} of {Partition} failed at attempt {Attempt}; it is tried again in {Delay}.")]
    private static partial void WorkFailed(ILogger log, string kind, string id, string partition, int attempt, TimeSpan delay, Exception exception);

    [LoggerMessage(2002, LogLevel.Error, "Work {Kind} {Id} of {Partition} was given up at attempt {Attempt}: {Reason}. It is kept as a poison row.")]
    private static partial void WorkPoisoned(ILogger log, string kind, string id, string partition, int attempt, string reason, Exception? exception);

    [LoggerMessage(2003, LogLevel.Warning, "Work {Kind} {Id} of {Partition} could not be settled; it comes again when it is no longer hidden.")]
    private static partial void SettleFailed(ILogger log, string kind, string id, string partition, Exception exception);

    [LoggerMessage(2004, LogLevel.Debug, "A nudge of {Kind} {Id} of {Partition} failed; the queued wake-up follows.")]
    private static partial void NudgeFailed(ILogger log, string kind, string id, string partition, Exception exception);

    public static void WorkFailed(this ILogger log, WakeUp work, int attempt, TimeSpan delay, Exception exception) => WorkFailed(log, work.Kind, work.Id, LoggedNames.Partition(work.Partition), attempt, delay, exception);

    public static void WorkPoisoned(this ILogger log, WakeUp work, int attempt, string reason, Exception? exception) => WorkPoisoned(log, work.Kind, work.Id, LoggedNames.Partition(work.Partition), attempt, reason, exception);

    public static void SettleFailed(this ILogger log, WakeUp work, Exception exception) => SettleFailed(log, work.Kind, work.Id, LoggedNames.Partition(work.Partition), exception);

    public static void NudgeFailed(this ILogger log, WakeUp work, Exception exception) => NudgeFailed(log, work.Kind, work.Id, LoggedNames.Partition(work.Partition), exception);

    [LoggerMessage(2005, LogLevel.Warning, "Work was still running when the host had to stop; it comes again.")]
    public static partial void StoppedWhileRunning(this ILogger log);

    [LoggerMessage(2010, LogLevel.Warning, "Table {Table} and queue {Queue} are not ready (status {Status}); trying again.")]
    public static partial void AzureNotReady(this ILogger log, string table, string queue, int status);

    [LoggerMessage(2011, LogLevel.Critical, "The bot cannot start. {Sentence}")]
    public static partial void NotOpened(this ILogger log, string sentence);
}

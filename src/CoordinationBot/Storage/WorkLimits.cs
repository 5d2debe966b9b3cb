namespace CoordinationBot.Storage;

/// <summary>What both work queues ask of their callers.</summary>
internal static class WorkLimits
{
    public const int MaxReceive = 32;

    /// <summary>Kind and partition become one key when a wake-up ends as a poison row, so a kind is short.</summary>
    public const int MaxKindLength = 64;

    public static void Check(WakeUp wakeUp)
    {
        ArgumentNullException.ThrowIfNull(wakeUp);
        TableLimits.CheckKey(wakeUp.Kind, "kind");
        if (wakeUp.Kind.Length > MaxKindLength) throw new ArgumentException($"The kind is longer than {MaxKindLength} characters.", nameof(wakeUp));
        TableLimits.CheckKey(wakeUp.Partition, "partition");
    }

    public static void CheckReceive(int max, TimeSpan hide)
    {
        if (max is < 1 or > MaxReceive) throw new ArgumentException($"1 to {MaxReceive} wake-ups are received at once, not {max}.", nameof(max));
        // Azure hides for whole seconds, at least one and at most seven days.
        if (hide < TimeSpan.FromSeconds(1) || hide > TimeSpan.FromDays(7)) throw new ArgumentException("A wake-up is hidden for one second to seven days.", nameof(hide));
    }
}

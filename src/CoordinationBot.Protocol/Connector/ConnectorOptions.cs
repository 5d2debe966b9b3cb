namespace CoordinationBot.Protocol.Connector;

/// <summary>Patience of the connector.</summary>
public sealed class ConnectorOptions
{
    /// <summary>How long one try may take: a channel that hangs does not hold a turn for longer.</summary>
    public TimeSpan TryTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a call may take with all its tries and the waits between them. The caller's token may end it sooner.</summary>
    public TimeSpan Deadline { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How often a call is repeated at most.</summary>
    public int Repeats { get; set; } = 4;

    /// <summary>Wait before the first repeat when the channel does not say how long; doubles each time, with jitter.</summary>
    public TimeSpan FirstDelay { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>
    /// Longest wait before a repeat. Where the channel asks for more, the call fails at once with <see cref="ConnectorException.RetryAfter"/>,
    /// so that whoever can wait longer does it with a row and not with a thread.
    /// </summary>
    public TimeSpan LongestDelay { get; set; } = TimeSpan.FromSeconds(20);
}

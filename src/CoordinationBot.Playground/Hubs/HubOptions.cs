namespace CoordinationBot.Playground.Hubs;

/// <summary>What a hub does besides passing activities on. The launcher uses none of it, the end-to-end tests all.</summary>
public sealed record HubOptions
{
    /// <summary>Where the bot takes activities.</summary>
    public required Uri BotUrl { get; init; }

    /// <summary>Preferred port: the bot keeps the hub's address in its data, so that it should be the same in the next run. 0 for any.</summary>
    public int Port { get; init; }

    /// <summary>Keeps every exchange in memory for <see cref="Hub.Traffic"/>.</summary>
    public bool RecordTraffic { get; init; }

    /// <summary>Signs activities and asks the bot for a token, as the channel does.</summary>
    public bool Authentication { get; init; }

    public TimeProvider Clock { get; init; } = TimeProvider.System;
}

using System.Text.Json.Serialization;

namespace CoordinationBot.Calendars;

/// <summary>A calendar that a person connected by its link.</summary>
internal sealed record Subscription
{
    public required string Tenant { get; init; }

    public required string ObjectId { get; init; }

    /// <summary>A secret: see <see cref="CalendarLink"/>.</summary>
    public required string Link { get; init; }

    public required DateTimeOffset ConnectedAt { get; init; }

    /// <summary>When its server was asked last, whatever it answered.</summary>
    public required DateTimeOffset CheckedAt { get; init; }

    /// <summary>When it was known last to be as stored.</summary>
    public required DateTimeOffset ReadAt { get; init; }

    /// <summary>When the file came from which the stored times are.</summary>
    public required DateTimeOffset FileAt { get; init; }

    /// <summary>In how many rows they are.</summary>
    public int Rows { get; init; }

    /// <summary>From when on its events are known.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>Until when.</summary>
    public required DateTimeOffset Until { get; init; }

    /// <summary>Zone in which its whole days were taken.</summary>
    public required string Zone { get; init; }

    /// <summary>What its server takes for a sign that nothing changed.</summary>
    public CalendarStamp? Stamp { get; init; }

    public int Events { get; init; }

    /// <summary>Of how many events nobody knows when they are.</summary>
    public int Unread { get; init; }

    /// <summary>Why it could not be read the last time; null: it could.</summary>
    public string? Problem { get; init; }

    /// <summary>How often its person was told that it cannot be read any more.</summary>
    public int Told { get; init; }

    /// <summary>They were told of the present trouble.</summary>
    public bool IsTold { get; init; }
}

/// <summary>Busy times as they are stored, many in a row of the table.</summary>
/// <param name="FileAt">Of the state they belong to: a reader who sees another reads again.</param>
/// <param name="Times">Three numbers each: seconds since the one before began (the first: since 1970), length in seconds, kind.</param>
/// <param name="Meetings">The bot's meetings whose times these are; null: others'.</param>
internal sealed record BusyRow(DateTimeOffset FileAt, IReadOnlyList<long> Times, IReadOnlyList<string>? Meetings);

/// <summary>A subscription with what it says.</summary>
internal sealed record SubscriptionTimes(Subscription Subscription, IReadOnlyList<BusyTime> Busy, IReadOnlyList<MeetingBusy> Meetings);

[JsonSourceGenerationOptions(UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Subscription))]
[JsonSerializable(typeof(BusyRow))]
internal sealed partial class SubscriptionJson : JsonSerializerContext;

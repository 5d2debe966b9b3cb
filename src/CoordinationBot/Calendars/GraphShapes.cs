using System.Text.Json.Serialization;

namespace CoordinationBot.Calendars;

/// <summary>A time of Graph: <c>dateTimeTimeZone</c>.</summary>
internal sealed record GraphTime(string? DateTime, string? TimeZone);

/// <summary>What getSchedule is asked.</summary>
internal sealed record GraphScheduleQuestion(IReadOnlyList<string> Schedules, GraphTime StartTime, GraphTime EndTime, int AvailabilityViewInterval);

/// <summary>What getSchedule answers.</summary>
internal sealed record GraphScheduleAnswer(IReadOnlyList<GraphSchedule>? Value);

/// <summary>One person's: <c>scheduleInformation</c>.</summary>
internal sealed record GraphSchedule(string? ScheduleId, IReadOnlyList<GraphScheduleItem>? ScheduleItems, GraphScheduleError? Error);

/// <summary>One time. Subject and place are not read.</summary>
internal sealed record GraphScheduleItem(string? Status, GraphTime? Start, GraphTime? End);

/// <summary>Why one person's could not be read.</summary>
internal sealed record GraphScheduleError(string? ResponseCode);

/// <summary>An event, or what is to be different of one: what is null stays as it is.</summary>
internal sealed record GraphEvent
{
    /// <summary>Whoever asks again under the same one gets the event that was made.</summary>
    public string? TransactionId { get; init; }

    public string? Subject { get; init; }
    public GraphBody? Body { get; init; }
    public GraphTime? Start { get; init; }
    public GraphTime? End { get; init; }
    public GraphLocation? Location { get; init; }

    /// <summary><c>normal</c> or <c>private</c>.</summary>
    public string? Sensitivity { get; init; }

    public IReadOnlyList<GraphAttendee>? Attendees { get; init; }

    /// <summary>What leads back to us.</summary>
    public IReadOnlyList<GraphProperty>? SingleValueExtendedProperties { get; init; }
}

internal sealed record GraphBody(string ContentType, string Content);

internal sealed record GraphLocation(string DisplayName);

/// <param name="EmailAddress">Who.</param>
/// <param name="Type"><c>required</c> or <c>optional</c>.</param>
internal sealed record GraphAttendee(GraphAddress EmailAddress, string Type);

internal sealed record GraphAddress(string Address, string Name);

internal sealed record GraphProperty(string Id, string Value);

/// <summary>Which event it is.</summary>
internal sealed record GraphEventId(string? Id);

internal sealed record GraphEventIds(IReadOnlyList<GraphEventId>? Value);

/// <summary>What goes with a cancellation.</summary>
internal sealed record GraphCancellation(string Comment);

/// <summary>Why something was not done.</summary>
internal sealed record GraphFailure(GraphError? Error);

internal sealed record GraphError(string? Code);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(GraphScheduleQuestion))]
[JsonSerializable(typeof(GraphScheduleAnswer))]
[JsonSerializable(typeof(GraphEvent))]
[JsonSerializable(typeof(GraphEventId))]
[JsonSerializable(typeof(GraphEventIds))]
[JsonSerializable(typeof(GraphCancellation))]
[JsonSerializable(typeof(GraphFailure))]
internal sealed partial class GraphJson : JsonSerializerContext;

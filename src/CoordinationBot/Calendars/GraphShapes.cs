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

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(GraphScheduleQuestion))]
[JsonSerializable(typeof(GraphScheduleAnswer))]
internal sealed partial class GraphJson : JsonSerializerContext;

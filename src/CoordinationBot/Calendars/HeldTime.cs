using System.Text.Json.Serialization;
using NodaTime;

namespace CoordinationBot.Calendars;

/// <summary>A time that the bot holds in somebody's calendar.</summary>
/// <param name="Id">Names it among those of its person. What belongs to a meeting bears the meeting's id, and an occurrence of a series <c>{id}|{date}</c>.</param>
/// <param name="Start">When it begins.</param>
/// <param name="End">When it ends; at most <see cref="OwnCalendar.LongestDays"/> later.</param>
/// <param name="Kind">Why it is taken.</param>
/// <param name="Title">What the person whose it is may read.</param>
internal sealed record HeldTime(string Id, Instant Start, Instant End, BusyKind Kind, string? Title)
{
    /// <summary>Whether it is held for this meeting, or for one occurrence of it.</summary>
    public bool IsOf(string? meeting) =>
        meeting is not null && Id.StartsWith(meeting, StringComparison.Ordinal) && (Id.Length == meeting.Length || Id[meeting.Length] == '|');
}

/// <summary>A held time as it is stored.</summary>
internal sealed record HeldRow(string Id, DateTimeOffset Start, DateTimeOffset End, BusyKind Kind, string? Title)
{
    public static HeldRow Of(HeldTime time) => new(time.Id, time.Start.ToDateTimeOffset(), time.End.ToDateTimeOffset(), time.Kind, time.Title);

    public HeldTime Read() => new(Id, Instant.FromDateTimeOffset(Start), Instant.FromDateTimeOffset(End), Kind, Title);
}

[JsonSourceGenerationOptions(UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(HeldRow))]
internal sealed partial class CalendarJson : JsonSerializerContext;

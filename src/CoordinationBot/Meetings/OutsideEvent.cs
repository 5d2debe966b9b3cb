using System.Text.Json.Serialization;
using CoordinationBot.Calendars;

namespace CoordinationBot.Meetings;

/// <summary>
/// The event of a meeting in a calendar outside, which then invites its people in place of the mails: the row <c>event</c> of its partition. It is there from the commit
/// that gave the meeting its time, or never, so nobody is invited from two sides.
/// </summary>
/// <param name="Mailbox">Where it is, whatever the settings say later.</param>
internal sealed record OutsideEvent(string Mailbox)
{
    /// <summary>Counts those that were made: somebody may delete one there.</summary>
    public int Number { get; init; } = 1;

    /// <summary>Its id there; null: as far as is known there is none.</summary>
    public string? Id { get; init; }

    /// <summary>What stands in it; null: nobody knows.</summary>
    public CalendarEntry? Written { get; init; }

    /// <summary>What was to be written when somebody had it in hand last, and nobody knows whether it was; what was refused, if something was.</summary>
    public CalendarEntry? Writing { get; init; }

    /// <summary>Somebody has it in hand until then, or it rests until then.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Tries that did not succeed, one after the other.</summary>
    public int Attempts { get; init; }

    /// <summary>Why the calendar did not take what was to be written last.</summary>
    public CalendarRefusal? Refusal { get; init; }

    /// <summary>The calendar took nothing ever, so people are invited by mail after all.</summary>
    [JsonIgnore]
    public bool IsLeftToMail => Refusal is not null && Id is null;
}

/// <summary>What is to be done next with an event outside.</summary>
internal enum OutsideStep
{
    Nothing,

    /// <summary>It may have been made: nobody knows.</summary>
    Find,

    Make,
    Change,
    Cancel,
}

[JsonSourceGenerationOptions(UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(OutsideEvent))]
internal sealed partial class OutsideJson : JsonSerializerContext;

using System.Text.Json.Serialization;
using CoordinationBot.Authority;
using CoordinationBot.Delegations;

namespace CoordinationBot.Recurrences;

/// <summary>Work that comes again and again: each occurrence is a delegation of its own. The state row of its partition.</summary>
internal sealed record Series
{
    public required string Id { get; init; }
    public required string Tenant { get; init; }
    public required Party Leader { get; init; }
    public required Party Assignee { get; init; }

    /// <summary>Of each occurrence; due is the first one.</summary>
    public required Terms Terms { get; init; }

    public required Repeats Repeats { get; init; }

    /// <summary>RFC 5545, for example <c>FREQ=WEEKLY;INTERVAL=2</c>; in days of the leader's zone.</summary>
    public required string Rule { get; init; }

    /// <summary>DTSTART: no occurrence is before it.</summary>
    public required DateOnly Start { get; init; }

    /// <summary>The time of day, whatever the clocks do.</summary>
    public required TimeOnly Time { get; init; }

    public required OnHoliday OnHoliday { get; init; }

    public DateOnly? Until { get; init; }

    /// <summary>EXDATE: left out by the leader, as far as they are still ahead.</summary>
    public IReadOnlyList<DateOnly> LeftOut { get; init; } = [];

    /// <summary>The newest date that is settled: it was offered, or will not be.</summary>
    public DateOnly? Last { get; init; }

    /// <summary>The date whose delegation is being made. It is settled already, so nobody takes it back any more.</summary>
    public DateOnly? Offering { get; init; }

    /// <summary>When a wake-up comes for the next one.</summary>
    public DateTimeOffset? NextLook { get; init; }

    public bool IsEnded { get; init; }

    /// <summary>Number of the newest history entry.</summary>
    public required int Revision { get; init; }

    /// <summary>Of the newest history entry, to find out whether anything was changed behind our back.</summary>
    public string? Seal { get; init; }

    /// <summary>The draft it came from.</summary>
    public required string Origin { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public string Zone => Terms.Due.Zone;

    public Role? RoleOf(string objectId) =>
        objectId == Leader.ObjectId ? Role.Leader : objectId == Assignee.ObjectId ? Role.Assignee : null;
}

/// <summary>What a rule decided about a series.</summary>
internal abstract record SeriesOutcome(Series State)
{
    /// <param name="State">The new state.</param>
    /// <param name="Entry">For the history; null: a note on the way, nothing that anybody did.</param>
    /// <param name="Tells">Who hears what.</param>
    internal sealed record Changed(Series State, HistoryEntry? Entry, params IReadOnlyList<SeriesTell> Tells) : SeriesOutcome(State);

    /// <param name="State">As it is.</param>
    /// <param name="Sentence">Why; null: it is as it should be.</param>
    internal sealed record Unchanged(Series State, string? Sentence = null) : SeriesOutcome(State);
}

internal sealed record SeriesTell(Role Role, string Sentence);

[JsonSourceGenerationOptions(UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, IgnoreReadOnlyProperties = true, Converters = [typeof(StepJson)])]
[JsonSerializable(typeof(Series))]
[JsonSerializable(typeof(HistoryEntry))]
internal sealed partial class SeriesJson : JsonSerializerContext;

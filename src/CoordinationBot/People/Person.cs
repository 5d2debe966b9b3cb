using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace CoordinationBot.People;

/// <summary>Why the bot cannot write to a person. A state of the person, not an error.</summary>
internal enum Unreachable
{
    /// <summary>The bot is not installed for them, or was removed.</summary>
    NotInstalled,

    /// <summary>They, or their administrator, blocked the bot.</summary>
    Blocked,

    /// <summary>The channel did not take several messages to them, and gave no reason.</summary>
    NoAnswer,
}

/// <summary>Somebody in the tenant, as far as the bot has met them. The key is tenant with Entra object id, never a name or a <c>29:</c> id.</summary>
internal sealed record Person
{
    public required string Tenant { get; init; }
    public required string ObjectId { get; init; }

    /// <summary>The id Teams knows them by with this bot, <c>29:…</c>.</summary>
    public required string TeamsId { get; init; }

    public required string Name { get; init; }
    public string? Email { get; init; }

    /// <summary>IANA zone their client named last, or the one that they chose.</summary>
    public string? Zone { get; init; }

    /// <summary>They chose their zone: what their client names does not count.</summary>
    public bool ZoneIsChosen { get; init; }

    /// <summary>Working days and hours of their own; null: the office's.</summary>
    public WorkHours? Hours { get; init; }

    /// <summary>They said that the bot's own calendar is all there is: where nothing stands they are free.</summary>
    public bool CalendarIsHere { get; init; }

    /// <summary>Time that they protect for themselves.</summary>
    public IReadOnlyList<FocusTime>? Focus { get; init; }

    /// <summary>Protected time that was read back to them and not yet confirmed.</summary>
    public ProposedFocus? ProposedFocus { get; init; }

    public string? Locale { get; init; }

    /// <summary>Where the bot met them last: needed to open their own chat.</summary>
    public required string ServiceUrl { get; init; }

    public required string BotId { get; init; }

    /// <summary>Their own chat with the bot. Only ever a personal conversation.</summary>
    public string? PersonalConversation { get; init; }

    public Unreachable? Unreachable { get; init; }

    /// <summary>When they are away, soonest first; none overlaps another.</summary>
    public IReadOnlyList<Absence>? Absences { get; init; }

    /// <summary>Who answers for them in every absence that names nobody else.</summary>
    public Deputy? Deputy { get; init; }

    /// <summary>What was read back to them and not yet confirmed.</summary>
    public ProposedAbsence? Proposed { get; init; }

    /// <summary>Kinds of notices they turned down.</summary>
    public ImmutableSortedDictionary<NoticeKind, Telling>? TurnedDown { get; init; }

    public DateTimeOffset? WelcomedAt { get; init; }

    /// <summary>The operation that welcomed them: the same one again welcomes again, since its answer may have been lost.</summary>
    public string? WelcomedBy { get; init; }
}

/// <summary>A row of the name index.</summary>
internal sealed record NameEntry(string ObjectId, string Name, string? Email);

[JsonSourceGenerationOptions(UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Person))]
[JsonSerializable(typeof(NameEntry))]
internal sealed partial class PeopleJson : JsonSerializerContext;

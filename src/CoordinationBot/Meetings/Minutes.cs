using System.Globalization;
using System.Text.Json.Serialization;
using CoordinationBot.Authority;
using CoordinationBot.Delegations;

namespace CoordinationBot.Meetings;

/// <summary>Where minutes stand.</summary>
internal enum MinutesState
{
    /// <summary>They are being written, or changed after a final version.</summary>
    Draft,

    /// <summary>Everybody who takes part reads them and may correct them.</summary>
    Circulated,

    /// <summary>The newest version holds.</summary>
    Final,
}

/// <summary>What an entry says.</summary>
internal enum EntryKind
{
    Note,
    Decision,

    /// <summary>An open question.</summary>
    Question,

    /// <summary>Something to be done: it becomes a delegation.</summary>
    Action,
}

/// <summary>One thing that was said.</summary>
/// <param name="Id">Names it within its minutes, for ever.</param>
/// <param name="Section">Where it stands.</param>
/// <param name="Kind">What it says.</param>
/// <param name="Text">In the words of who wrote it.</param>
/// <param name="Edition">Grows whenever it is reworded: whoever rewords an older one is told.</param>
internal sealed record MinutesEntry(string Id, string Section, EntryKind Kind, string Text, int Edition)
{
    /// <summary>Who wrote it last.</summary>
    public required Party By { get; init; }

    /// <summary>Of an action item: who does it.</summary>
    public Party? Who { get; init; }

    /// <summary>Of an action item: until when.</summary>
    public Due? Due { get; init; }

    /// <summary>Of an action item: the delegation that it became.</summary>
    public string? Delegation { get; init; }

    /// <summary>That delegation is confidential: whoever reads the minutes learns that it was given, and no more.</summary>
    public bool IsConfidential { get; init; }

    /// <summary>The delegation, for everybody who reads the minutes; null: there is none.</summary>
    [JsonIgnore]
    public string? Given => Delegation is null ? null : IsConfidential ? "given" : $"given: {Delegation}";

    /// <summary>What its delegation comes from: the draft has this name, so that one item gives one delegation, however often it is sent. It stays when the item is carried over.</summary>
    public string Origin { get; init; } = "";

    /// <summary>Answered, or done without a delegation.</summary>
    public bool IsSettled { get; init; }
}

/// <summary>An item of the agenda, as it was when the minutes began.</summary>
/// <param name="Id">Names it within its minutes.</param>
/// <param name="Title">Its heading.</param>
/// <param name="Owner">Who leads it; null: it is no item of the agenda.</param>
internal sealed record MinutesSection(string Id, string Title, Party? Owner)
{
    /// <summary>What came up beside the agenda.</summary>
    public const string Beside = "X";

    /// <summary>What stayed open before.</summary>
    public const string Before = "O";
}

/// <summary>What somebody says is wrong.</summary>
/// <param name="Id">Names it within its minutes, for ever.</param>
/// <param name="By">Who.</param>
/// <param name="Entry">Which entry should say something else; null: something is missing.</param>
/// <param name="Text">What it should say.</param>
/// <param name="At">When.</param>
internal sealed record Correction(string Id, Party By, string? Entry, string Text, DateTimeOffset At);

/// <summary>The minutes of a meeting: the state row of their partition.</summary>
internal sealed record Minutes
{
    /// <summary>Of the meeting.</summary>
    public required string Id { get; init; }

    public required string Tenant { get; init; }
    public required string Subject { get; init; }
    public required MeetingTime Time { get; init; }
    public string? Place { get; init; }
    public required Party Organiser { get; init; }

    /// <summary>Who writes them, beside the organiser.</summary>
    public required Party Taker { get; init; }

    /// <summary>Who was asked to come, in the order of the invitation, the organiser first.</summary>
    public required IReadOnlyList<Party> People { get; init; }

    /// <summary>Id of the first series that the meeting is a date of; null: of none.</summary>
    public string? Series { get; init; }

    public required IReadOnlyList<MinutesSection> Sections { get; init; }
    public IReadOnlyList<MinutesEntry> Entries { get; init; } = [];

    /// <summary>What waits for an answer.</summary>
    public IReadOnlyList<Correction> Corrections { get; init; } = [];

    public required MinutesState State { get; init; }

    /// <summary>How many final versions there are.</summary>
    public int Versions { get; init; }

    /// <summary>Number of the next entry or correction.</summary>
    public int Next { get; init; } = 1;

    /// <summary>Counts every change.</summary>
    public required int Revision { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public MinutesEntry? Find(string? id) => Entries.FirstOrDefault(entry => entry.Id == id);

    public bool MayWrite(string objectId) => objectId == Taker.ObjectId || objectId == Organiser.ObjectId;

    [JsonIgnore]
    public IEnumerable<MinutesEntry> Actions => Entries.Where(entry => entry.Kind == EntryKind.Action);

    /// <summary>The entries in the order in which they are read.</summary>
    [JsonIgnore]
    public IEnumerable<(MinutesSection Section, IReadOnlyList<MinutesEntry> Entries)> Read =>
        Sections.Select(section => (section, (IReadOnlyList<MinutesEntry>)[.. Entries.Where(entry => entry.Section == section.Id)]));

    /// <summary>What the delegation of an entry comes from.</summary>
    public static string OriginOf(string meeting, string entry) => $"{meeting}.{entry}";

    /// <summary>The meeting of an action item, from the origin of what it became; null: it came from no minutes.</summary>
    public static string? MeetingIn(string origin) => origin.Split('.') is [var meeting, _] ? meeting : null;

    public static string Number(char kind, int number) => string.Create(CultureInfo.InvariantCulture, $"{kind}{number}");
}

/// <summary>A final version. Never changed.</summary>
/// <param name="Number">The first is 1.</param>
/// <param name="At">Since when it holds.</param>
/// <param name="By">Who made it final.</param>
/// <param name="Content">What it says.</param>
internal sealed record MinutesVersion(int Number, DateTimeOffset At, Party By, Minutes Content);

/// <summary>What a rule decided about minutes.</summary>
internal abstract record MinutesOutcome
{
    private MinutesOutcome()
    {
    }

    /// <param name="State">The new state.</param>
    /// <param name="Tells">Who hears what.</param>
    internal sealed record Changed(Minutes State, params IReadOnlyList<MeetingTell> Tells) : MinutesOutcome
    {
        /// <summary>The version that this made.</summary>
        public MinutesVersion? Version { get; init; }

        /// <summary>What is said to who did it.</summary>
        public string? Said { get; init; }
    }

    /// <summary>Nothing was done.</summary>
    /// <param name="State">As it is; null: there are none.</param>
    /// <param name="Sentence">Why; null: it is as it should be.</param>
    internal sealed record Unchanged(Minutes? State, string? Sentence = null) : MinutesOutcome;
}

[JsonSourceGenerationOptions(UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(Minutes))]
[JsonSerializable(typeof(MinutesVersion))]
internal sealed partial class MinutesJson : JsonSerializerContext;

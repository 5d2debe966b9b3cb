using System.Collections.Immutable;
using System.Text.Json.Serialization;
using CoordinationBot.Authority;
using CoordinationBot.Delegations;

namespace CoordinationBot.Meetings;

/// <summary>Where a meeting stands. That it is over follows from the clock.</summary>
internal enum MeetingState
{
    /// <summary>The organiser chooses among times.</summary>
    Finding,

    /// <summary>People are asked which times suit them.</summary>
    Polling,

    /// <summary>It has a time, and people are invited.</summary>
    Scheduled,

    /// <summary>It will not take place.</summary>
    Cancelled,
}

/// <summary>What somebody answers to an invitation.</summary>
internal enum Reply
{
    Owed,
    Accepted,
    Tentative,
    Declined,
}

/// <summary>Somebody who is asked to come: a person of the tenant, or somebody outside by their mail address. The organiser is not among them.</summary>
internal sealed record Invitee
{
    /// <summary>Object id of a person; the mail address of somebody outside, in lower case.</summary>
    public required string Key { get; init; }

    public required string Name { get; init; }

    public bool IsOutside { get; init; }

    /// <summary>Mail address of a person of the tenant, as far as it was known when they were named; null: none.</summary>
    public string? Mail { get; init; }

    public required bool IsRequired { get; init; }

    /// <summary>Their answer to the time as it is.</summary>
    public Reply Reply { get; init; }

    public DateTimeOffset? RepliedAt { get; init; }

    /// <summary>What they wrote with it.</summary>
    public string? Comment { get; init; }

    /// <summary>Where an invitation goes; null: nowhere.</summary>
    [JsonIgnore]
    public string? Address => IsOutside ? Key : Mail;
}

/// <summary>A time of a meeting.</summary>
/// <param name="Start">When it begins.</param>
/// <param name="Minutes">How long it takes.</param>
/// <param name="Zone">Where it is meant: the organiser's zone, IANA.</param>
internal sealed record MeetingTime(DateTimeOffset Start, int Minutes, string Zone)
{
    public DateTimeOffset End => Start.AddMinutes(Minutes);
}

/// <summary>The days within which a time is looked for.</summary>
internal sealed record MeetingWindow(DateTimeOffset From, DateTimeOffset Until, string Zone);

/// <summary>A meeting: the state row of its partition.</summary>
internal sealed record Meeting
{
    /// <summary><c>M-7K3F9Q</c>.</summary>
    public required string Id { get; init; }

    public required string Tenant { get; init; }
    public required Party Organiser { get; init; }

    /// <summary>Mail address of the organiser, where people outside may write; null: unknown.</summary>
    public string? OrganiserMail { get; init; }

    public required string Subject { get; init; }

    /// <summary>What it is for.</summary>
    public string? Purpose { get; init; }

    public required IReadOnlyList<Invitee> Invitees { get; init; }

    /// <summary>How long it takes.</summary>
    public required int Minutes { get; init; }

    public required MeetingWindow Window { get; init; }

    /// <summary>A room or a link.</summary>
    public string? Place { get; init; }

    /// <summary>The larger aim it serves.</summary>
    public string? Objective { get; init; }

    /// <summary>Others cannot see that it exists.</summary>
    public bool IsConfidential { get; init; }

    public required MeetingState State { get; init; }

    /// <summary>When it takes place; null until it is scheduled.</summary>
    public MeetingTime? Time { get; init; }

    /// <summary>That it is to come again; null: it comes once. From its first time on <see cref="Series"/> counts.</summary>
    public WantedRepeat? Repeats { get; init; }

    /// <summary>When it comes again; null: it comes once, or has no time yet. Then <see cref="Time"/> is that of the first date.</summary>
    public MeetingSeries? Series { get; init; }

    /// <summary>Which date of a series it is; null: of none.</summary>
    public MeetingOccurrence? Occurrence { get; init; }

    /// <summary>The poll that is open, or the last one.</summary>
    public Poll? Poll { get; init; }

    /// <summary>What is to be talked about.</summary>
    public Agenda Agenda { get; init; } = Agenda.Empty;

    /// <summary>Why it was cancelled.</summary>
    public string? Reason { get; init; }

    /// <summary>SEQUENCE of its invitations: grows when the time, the place or the people change, and when it is cancelled; never because somebody answered.</summary>
    public int Sequence { get; init; }

    /// <summary>SEQUENCE with which the time as it is was first sent: an answer to an older one answers another time.</summary>
    public int TimedIn { get; init; }

    /// <summary>The beginning of which people were reminded.</summary>
    public DateTimeOffset? RemindedOf { get; init; }

    /// <summary>Why somebody could not be told, by key, as long as that is so. A note on the way of a notice, not a change: it has no history.</summary>
    public ImmutableSortedDictionary<string, string>? Unreached { get; init; }

    /// <summary>Counts every change of this record; the number of the newest history entry.</summary>
    public required int Revision { get; init; }

    /// <summary>Of the newest history entry, to find out whether anything was changed behind our back.</summary>
    public string? Seal { get; init; }

    /// <summary>The draft it came from.</summary>
    public required string Origin { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>UID of its invitations: the same for ever, and for all dates of a series.</summary>
    [JsonIgnore]
    public string Uid => $"{Tenant}.{Occurrence?.Series ?? Id}{UidSuffix}";

    /// <summary>How the UIDs of all meetings end.</summary>
    public const string UidSuffix = "@coordination-bot";

    /// <summary>Tenant and id of the meeting that has this UID; null: it is none of a meeting.</summary>
    public static (string Tenant, string Id)? FromUid(string uid) =>
        uid.EndsWith(UidSuffix, StringComparison.Ordinal) && uid[..^UidSuffix.Length].Split('.') is [var tenant, var id] && Guid.TryParse(tenant, out _) ? (tenant, id) : null;

    /// <summary>The people of the tenant who are part of it, the organiser first.</summary>
    [JsonIgnore]
    public IEnumerable<string> Inside => Invitees.Where(invitee => !invitee.IsOutside).Select(invitee => invitee.Key).Prepend(Organiser.ObjectId);

    public Invitee? Find(string key) => Invitees.FirstOrDefault(invitee => invitee.Key == key);

    /// <summary>Whether somebody is part of it, as organiser or invited.</summary>
    public bool Includes(string key) => Organiser.ObjectId == key || Find(key) is not null;

    public bool IsInside(string key) => Organiser.ObjectId == key || Find(key) is { IsOutside: false };

    public Meeting WithUnreached(string key, string? reason) => this with
    {
        Unreached = reason is null ? Unreached?.Remove(key) : (Unreached ?? ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal)).SetItem(key, reason),
    };

    public bool IsOver(DateTimeOffset now) => State == MeetingState.Scheduled && (Series is { } series ? SeriesDates.NextOf(series, now) is null : Time is { } time && time.End <= now);
}

/// <summary>How somebody stands to a proposed time.</summary>
internal enum Vote
{
    No,
    IfNeedBe,
    Yes,
}

/// <summary>The answers of one person, one for each proposed time, in their order.</summary>
internal sealed record Ballot(string Key, IReadOnlyList<Vote> Votes, DateTimeOffset At);

/// <summary>Which of a few times suits.</summary>
/// <param name="Number">The first of a meeting is 1: a card of an older one votes in no other.</param>
/// <param name="Times">The proposed times, the one that ranked best first.</param>
/// <param name="Deadline">When it closes by itself.</param>
/// <param name="Ballots">One a person at most.</param>
internal sealed record Poll(int Number, IReadOnlyList<MeetingTime> Times, DateTimeOffset Deadline, IReadOnlyList<Ballot> Ballots)
{
    public DateTimeOffset OpenedAt { get; init; }

    /// <summary>When it was closed; null: it is open.</summary>
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>When those who owe an answer are reminded by itself; null: that was done.</summary>
    public DateTimeOffset? RemindAt { get; init; }

    /// <summary>When they were last.</summary>
    public DateTimeOffset? RemindedAt { get; init; }

    /// <summary>How often somebody answered, or answered anew: what shows fewer is older.</summary>
    public int Cast { get; init; }
}

/// <summary>One thing to talk about.</summary>
/// <param name="Id">Names it within its meeting, for ever.</param>
/// <param name="Title">What.</param>
/// <param name="Owner">Who leads it.</param>
/// <param name="Minutes">How long.</param>
internal sealed record AgendaItem(string Id, string Title, Party Owner, int Minutes);

/// <summary>What is to be talked about, in its order.</summary>
/// <param name="Items">In their order.</param>
/// <param name="Next">Number of the next item that is added.</param>
internal sealed record Agenda(IReadOnlyList<AgendaItem> Items, int Next)
{
    public static readonly Agenda Empty = new([], 1);

    /// <summary>Until when items are collected; null: until it begins.</summary>
    public DateTimeOffset? CutOff { get; init; }

    [JsonIgnore]
    public int Minutes => Items.Sum(item => item.Minutes);
}

[JsonSourceGenerationOptions(UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(Meeting))]
[JsonSerializable(typeof(HistoryEntry))]
[JsonSerializable(typeof(Spreading))]
[JsonSerializable(typeof(MeetingSeat))]
[JsonSerializable(typeof(ListedAt))]
internal sealed partial class MeetingJson : JsonSerializerContext;

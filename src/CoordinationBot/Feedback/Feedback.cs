using System.Text.Json.Serialization;
using CoordinationBot.Authority;
using CoordinationBot.Delegations;

namespace CoordinationBot.Feedbacks;

/// <summary>What somebody sends up.</summary>
internal enum FeedbackKind
{
    Suggestion,
    Problem,
    Opinion,
    Thanks,
}

/// <summary>Where it stands.</summary>
internal enum FeedbackState
{
    New,
    LookingIntoIt,
    Planned,
    Done,
    NotNow,
}

internal static class FeedbackStates
{
    /// <summary>More may come of it.</summary>
    public static bool IsOpen(this FeedbackState state) => state is FeedbackState.New or FeedbackState.LookingIntoIt or FeedbackState.Planned;
}

/// <summary>What kind of thing it is about, which decides whose it is.</summary>
internal enum SubjectKind
{
    /// <summary>Whatever was typed, or nothing: the general register.</summary>
    Free,

    /// <summary>Something for which an administrator named an owner: a department, an objective.</summary>
    Register,

    Meeting,
    Delegation,

    /// <summary>Thanks to somebody.</summary>
    Person,
}

/// <summary>What it is about.</summary>
/// <param name="Kind">Which kind of thing.</param>
/// <param name="Name">For people.</param>
/// <param name="Id">Of the meeting, the delegation or the person, or the name of the register in letters and digits; null: there is none.</param>
internal sealed record Subject(SubjectKind Kind, string Name, string? Id = null)
{
    public static readonly Subject None = new(SubjectKind.Free, "");

    /// <summary>Others cannot see that it exists: nobody beside its owner hears of what is said about it.</summary>
    public bool IsConfidential { get; init; }
}

/// <summary>Something said between the author and the owner.</summary>
/// <param name="Id">Names it: what comes twice is there once.</param>
/// <param name="Who">Null: the author, whoever that is.</param>
/// <param name="Text">What.</param>
/// <param name="Day">When, and no closer.</param>
internal sealed record TalkEntry(string Id, Party? Who, string Text, DateOnly Day);

/// <summary>What somebody said, and what becomes of it: the state row of its partition.</summary>
internal sealed record Feedback
{
    /// <summary><c>F-7K3F9Q</c>.</summary>
    public required string Id { get; init; }

    public required string Tenant { get; init; }

    /// <summary>A hash of what the author's card holds: sent twice from one card it is one. Of an anonymous one it is also the handle by which its author finds it.</summary>
    public required string Origin { get; init; }

    /// <summary>Null: nobody knows.</summary>
    public Party? Author { get; init; }

    public required FeedbackKind Kind { get; init; }
    public required Subject Subject { get; init; }
    public required string Text { get; init; }

    /// <summary>The author allows that their words are quoted, without a name.</summary>
    public bool MayQuote { get; init; }

    public required Party Owner { get; init; }
    public required FeedbackState State { get; init; }

    /// <summary>When it came into the register, and no closer.</summary>
    public required DateOnly Day { get; init; }

    /// <summary>Until when its author hears something; null: it asks for no answer.</summary>
    public DateTimeOffset? AnswerDue { get; init; }

    /// <summary>What the owner answered; the newest.</summary>
    public string? Answer { get; init; }

    /// <summary>Why not now.</summary>
    public string? Reason { get; init; }

    /// <summary>The older one into which it went, since both say the same; null: it stands by itself.</summary>
    public string? MergedInto { get; init; }

    /// <summary>Those that went into this one.</summary>
    public IReadOnlyList<string> Duplicates { get; init; } = [];

    /// <summary>The last revision of the one it went into of which its author was told.</summary>
    public int Heard { get; init; }

    public IReadOnlyList<TalkEntry> Talk { get; init; } = [];

    /// <summary>One side wants to hear no more.</summary>
    public bool TalkEnded { get; init; }

    /// <summary>The delegation it became.</summary>
    public string? Delegation { get; init; }

    /// <summary>The meeting on whose agenda it is.</summary>
    public string? Meeting { get; init; }

    /// <summary>Counts every change of this record.</summary>
    public required int Revision { get; init; }

    /// <summary>Of the newest history entry, to find out whether anything was changed behind our back.</summary>
    public string? Seal { get; init; }

    [JsonIgnore]
    public bool IsOpen => State.IsOpen();

    /// <summary>Whether its author has heard what comes of it.</summary>
    [JsonIgnore]
    public bool IsAnswered => Answer is not null || State is FeedbackState.Planned or FeedbackState.Done or FeedbackState.NotNow;

    public bool IsOverdue(DateTimeOffset now) => !IsAnswered && AnswerDue <= now;
}

/// <summary>What of a change the authors of those that were merged into it must still hear. The wake-up tells them one by one.</summary>
internal sealed record Echo(int Revision, string Sentence);

/// <summary>Its row in its owner's register, as it was listed last: all that lists and counts need, so that neither reads each by itself.</summary>
internal sealed record FeedbackEntry(string Id, FeedbackKind Kind, FeedbackState State, string Subject, string Text, DateOnly Day, DateTimeOffset? AnswerDue, bool IsAnswered, bool IsAnonymous, bool MayQuote)
{
    [JsonIgnore]
    public bool IsOpen => State.IsOpen();

    public bool IsOverdue(DateTimeOffset now) => !IsAnswered && AnswerDue <= now;
}

/// <summary>Which state of it was listed, and where.</summary>
internal sealed record ListedFeedback(int Revision, string? Place);

[JsonSourceGenerationOptions(UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Feedback))]
[JsonSerializable(typeof(string[]))]
[JsonSerializable(typeof(HistoryEntry))]
[JsonSerializable(typeof(Echo))]
[JsonSerializable(typeof(FeedbackEntry))]
[JsonSerializable(typeof(ListedFeedback))]
[JsonSerializable(typeof(Register))]
[JsonSerializable(typeof(Letterbox))]
[JsonSerializable(typeof(HandOver))]
internal sealed partial class FeedbackJson : JsonSerializerContext;

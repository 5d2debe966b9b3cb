using System.Text.Json.Serialization;

namespace CoordinationBot.Afterwards;

/// <summary>How something went for somebody.</summary>
internal enum Verdict
{
    Well,
    SoSo,
    Badly,
}

/// <summary>What somebody is asked about, once it is over.</summary>
/// <param name="Event">Id of the delegation or the meeting.</param>
/// <param name="Title">As they know it.</param>
/// <param name="Pool">Where the answer is counted: object id of the leader, or <see cref="PoolStore.Leaders"/>.</param>
/// <param name="Leader">Who sees the numbers; null: the one who is asked leads it, and is counted with all who lead.</param>
internal sealed record Question(string Event, string Title, string Pool, string? Leader);

/// <summary>Somebody who may be asked, and what.</summary>
internal sealed record Candidate(string ObjectId, Question Question);

/// <summary>The last question to a person: the state row of their partition of questions. It does not say whether they answered.</summary>
/// <param name="Question">What.</param>
/// <param name="At">The morning for which it was planned.</param>
/// <param name="AskedAt">When it had surely been told; null: nobody knows yet.</param>
internal sealed record Asking(Question Question, DateTimeOffset At, DateTimeOffset? AskedAt = null);

/// <summary>How many said what.</summary>
internal sealed record Counts(int Well, int SoSo, int Badly)
{
    public static readonly Counts None = new(0, 0, 0);

    [JsonIgnore]
    public int Total => Well + SoSo + Badly;

    public static Counts operator +(Counts one, Counts other) => new(one.Well + other.Well, one.SoSo + other.SoSo, one.Badly + other.Badly);

    public Counts With(Verdict verdict) => verdict switch
    {
        Verdict.Well => this with { Well = Well + 1 },
        Verdict.SoSo => this with { SoSo = SoSo + 1 },
        Verdict.Badly => this with { Badly = Badly + 1 },
    };
}

internal enum SeatState
{
    /// <summary>May answer.</summary>
    Open,

    /// <summary>Has answered, and is among those who wait to be enough.</summary>
    Answered,

    /// <summary>Has answered in a time that is closed.</summary>
    Counted,
}

/// <summary>That somebody may answer one question, once.</summary>
internal sealed record Seat(string ObjectId, string Event, DateOnly Until, SeatState State = SeatState.Open);

/// <summary>The answers to one leader that are not enough yet, and who may answer or has: one row, so that an answer is one commit without a trace anywhere else.</summary>
/// <param name="From">Monday of the week of the first answer that waits.</param>
/// <param name="Last">Monday of the week of the newest.</param>
/// <param name="Counts">As many as there are seats that have <see cref="SeatState.Answered"/>.</param>
/// <param name="Seats">One a person, in the order of their ids.</param>
internal sealed record Pool(DateOnly From, DateOnly Last, Counts Counts, IReadOnlyList<Seat> Seats)
{
    public static readonly Pool Empty = new(default, default, Counts.None, []);

    /// <summary>The Monday on which somebody looks at it; null: nobody needs to.</summary>
    public DateOnly? LookAt { get; init; }
}

/// <summary>Whole weeks in which at least as many people answered as must.</summary>
/// <param name="From">Monday of the first.</param>
/// <param name="To">Monday of the last.</param>
/// <param name="Counts">Of different people.</param>
internal sealed record Period(DateOnly From, DateOnly To, Counts Counts);

[JsonSourceGenerationOptions(UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Asking))]
[JsonSerializable(typeof(Pool))]
[JsonSerializable(typeof(Period))]
internal sealed partial class AfterwardsJson : JsonSerializerContext;

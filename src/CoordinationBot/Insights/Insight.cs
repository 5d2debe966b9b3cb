using System.Text.Json.Serialization;
using CoordinationBot.Afterwards;
using CoordinationBot.Feedbacks;

namespace CoordinationBot.Insights;

/// <summary>The time somebody looks back over.</summary>
internal enum InsightSpanKind
{
    /// <summary>Thirteen weeks, week by week.</summary>
    Quarter,

    /// <summary>Twelve months, month by month.</summary>
    Year,
}

/// <summary>What came up to somebody, as it was counted last: the state row of its partition. Every view of it and its file are made from these numbers and no others.</summary>
internal sealed record Insight
{
    public required string Tenant { get; init; }

    /// <summary>To whom.</summary>
    public required string ObjectId { get; init; }

    public InsightSpanKind Span { get; init; }

    /// <summary>How often it was asked for: whatever was counted for an older question is counted again.</summary>
    public int Asked { get; init; }

    /// <summary>Null: not yet.</summary>
    public InsightNumbers? Numbers { get; init; }

    /// <summary>It was asked for since it was counted.</summary>
    [JsonIgnore]
    public bool IsOwed => Numbers?.Asked != Asked;
}

/// <summary>What was counted.</summary>
internal sealed record InsightNumbers
{
    /// <summary>For which question of <see cref="Insight.Asked"/>.</summary>
    public int Asked { get; init; }

    public required DateTimeOffset CountedAt { get; init; }

    /// <summary>Where days begin, IANA.</summary>
    public required string Zone { get; init; }

    public required InsightSpanKind Span { get; init; }

    /// <summary>When each part of the time begins.</summary>
    public required IReadOnlyList<DateOnly> Starts { get; init; }

    /// <summary>Feedback that came, of each kind in each part.</summary>
    public required IReadOnlyDictionary<FeedbackKind, IReadOnlyList<int>> Came { get; init; }

    /// <summary>Problems that are open now, by <see cref="InsightRules.Ages"/>.</summary>
    public required IReadOnlyList<int> OpenProblems { get; init; }

    /// <summary>Of what came in this time and asks for an answer.</summary>
    public required int Answered { get; init; }

    public required int Answerable { get; init; }

    /// <summary>Answers that are overdue now, of whatever time.</summary>
    public required int Overdue { get; init; }

    /// <summary>Surveys that closed in this time, the newest first.</summary>
    public required IReadOnlyList<SurveyRate> Surveys { get; init; }

    /// <summary>How it went for those whom they lead, in each part. A period counts where it ends: it is never divided.</summary>
    public IReadOnlyList<Counts> Went { get; init; } = [];

    public required IReadOnlyList<Theme> Themes { get; init; }
}

/// <summary>How many answered a survey.</summary>
/// <param name="Title">As typed.</param>
/// <param name="Closed">The day.</param>
/// <param name="Answers">Null: fewer than must be there.</param>
/// <param name="Asked">How many were asked.</param>
internal sealed record SurveyRate(string Title, DateOnly Closed, int? Answers, int Asked);

[JsonSourceGenerationOptions(UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Insight))]
internal sealed partial class InsightJson : JsonSerializerContext;

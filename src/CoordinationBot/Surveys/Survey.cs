using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using CoordinationBot.Authority;
using CoordinationBot.Delegations;
using CoordinationBot.People;

namespace CoordinationBot.Surveys;

internal enum QuestionKind
{
    /// <summary>1 to 5.</summary>
    Scale,

    /// <summary>0 to 10: would you recommend it?</summary>
    Recommend,

    /// <summary>One of a few.</summary>
    Choice,

    /// <summary>Any of a few.</summary>
    Several,

    Text,
}

/// <summary>One question.</summary>
/// <param name="Kind">How it is answered.</param>
/// <param name="Text">As typed.</param>
/// <param name="Choices">As typed; none where the kind says what there is.</param>
internal sealed record SurveyQuestion(QuestionKind Kind, string Text, IReadOnlyList<string> Choices);

internal enum SurveyPhase
{
    /// <summary>Its owner looks at it; nobody was asked.</summary>
    Preview,

    /// <summary>Frozen, and its time is still to come.</summary>
    Waiting,

    Open,

    /// <summary>No answer is taken any more; those that are there are counted.</summary>
    Closing,

    /// <summary>Everything is counted, for good.</summary>
    Closed,

    /// <summary>It ended before anybody was asked.</summary>
    Dropped,
}

/// <summary>What people are asked, and under which promise: never changed once it is frozen, so that whoever answers knows what holds.</summary>
internal sealed record SurveyTerms
{
    public required string Title { get; init; }

    public required IReadOnlyList<SurveyQuestion> Questions { get; init; }

    public required bool IsAnonymous { get; init; }

    /// <summary>Fewer answers than that are shown to nobody.</summary>
    public required int Minimum { get; init; }

    /// <summary>How many are asked.</summary>
    public required int Asked { get; init; }

    public required DateTimeOffset OpensAt { get; init; }

    public required DateTimeOffset ClosesAt { get; init; }

    /// <summary>Of the owner, IANA.</summary>
    public required string Zone { get; init; }

    public Repeats Repeats { get; init; }

    /// <summary>Everybody known is asked, also those who come later.</summary>
    public bool IsForEveryone { get; init; }

    /// <summary>Everybody in it is asked, also those who come later; null: no group is asked.</summary>
    public GroupEntry? Group { get; init; }

    public int Round { get; init; } = 1;

    /// <summary>The round before.</summary>
    public string? Previous { get; init; }

    /// <summary>When the first round opened: all others are counted from there.</summary>
    public DateTimeOffset FirstOpensAt { get; init; }
}

/// <summary>A survey, or one round of a pulse, and how it stands. Nothing in here changes when somebody answers.</summary>
internal sealed record Survey
{
    public required string Id { get; init; }

    public required string Tenant { get; init; }

    public required Party Owner { get; init; }

    public required SurveyTerms Terms { get; init; }

    public required SurveyPhase Phase { get; init; }

    /// <summary>How many of those asked were written to, in the order of their pages.</summary>
    public int Told { get; init; }

    /// <summary>How many were looked at for a reminder.</summary>
    public int Reminded { get; init; }

    /// <summary>The next round.</summary>
    public string? Next { get; init; }

    public required int Revision { get; init; }

    /// <summary>The draft or the round that it comes from.</summary>
    public required string Origin { get; init; }
}

/// <summary>What a host remembers of a survey that is frozen: all that an answer needs, so that it costs one read and one commit.</summary>
/// <param name="Id">Which.</param>
/// <param name="Tenant">Whose.</param>
/// <param name="Owner">Who asks.</param>
/// <param name="Terms">Never changed any more.</param>
/// <param name="Places">Where each person's mark is.</param>
internal sealed record FrozenSurvey(string Id, string Tenant, Party Owner, SurveyTerms Terms, IReadOnlyDictionary<string, Place> Places);

/// <summary>Where a person's mark is.</summary>
internal readonly record struct Place(int Drawer, int Mark);

/// <summary>
/// Marks of who has answered, and answers that are not counted yet, of up to a thousand people. It is always rewritten as a whole: a row of its own for
/// either would carry the time of the other.
/// </summary>
internal sealed record Drawer
{
    /// <summary>A bit a person, in the order of their page; none any more once an anonymous survey is closed.</summary>
    public required byte[] Marks { get; init; }

    /// <summary>Anonymous answers in an order by chance.</summary>
    public IReadOnlyList<IReadOnlyList<string?>> Pending { get; init; } = [];

    public bool IsClosed { get; init; }
}

/// <summary>What was answered to all, in numbers.</summary>
internal sealed record Tally
{
    public int Answers { get; init; }

    public required IReadOnlyList<QuestionTally> Questions { get; init; }

    /// <summary>How many pairs of pages were mixed after the close.</summary>
    public int Mixed { get; init; }
}

/// <summary>What was answered to one question.</summary>
/// <param name="Answers">How many.</param>
/// <param name="Counts">Of each value, in their order.</param>
/// <param name="Pages">Pages of its texts.</param>
internal sealed record QuestionTally(int Answers, IReadOnlyList<int> Counts, int Pages);

/// <summary>A named answer, which its author may change until the close.</summary>
/// <param name="Answers">One for each question.</param>
/// <param name="IsDraft">Kept for later, not given.</param>
/// <param name="Name">Of the author.</param>
internal sealed record NamedAnswer(IReadOnlyList<string?> Answers, bool IsDraft, string Name)
{
    /// <summary>One more than that of the answer which it follows.</summary>
    public int Edition { get; init; }
}

[JsonSourceGenerationOptions]
[JsonSerializable(typeof(Survey))]
[JsonSerializable(typeof(Party[]))]
[JsonSerializable(typeof(Drawer))]
[JsonSerializable(typeof(Tally))]
[JsonSerializable(typeof(NamedAnswer))]
[JsonSerializable(typeof(string[]))]
internal sealed partial class SurveyJson : JsonSerializerContext
{
    /// <summary>Letters of every script as they are: what fits into a row is counted in them.</summary>
    public static SurveyJson Rows { get; } = new(new JsonSerializerOptions
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        IgnoreReadOnlyProperties = true,
        Converters = { new JsonStringEnumConverter<QuestionKind>(), new JsonStringEnumConverter<SurveyPhase>(), new JsonStringEnumConverter<Repeats>() },
    });
}

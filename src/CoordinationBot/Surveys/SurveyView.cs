using CoordinationBot.Authority;

namespace CoordinationBot.Surveys;

/// <summary>A survey as one person sees it.</summary>
internal sealed record SurveyView(string Id, Party Owner, SurveyTerms Terms, SurveyPhase Phase, string Viewer, string Zone, DateTimeOffset Now)
{
    /// <summary>Whether they are asked.</summary>
    public bool IsAsked { get; init; }

    /// <summary>Whether they may open, close and see the results: the owner, or who answers for them.</summary>
    public bool MayRun { get; init; }

    public bool HasAnswered { get; init; }

    /// <summary>Their named answer, or what they keep half filled.</summary>
    public NamedAnswer? Own { get; init; }

    /// <summary>How many have answered, for whoever may know.</summary>
    public int? Answers { get; init; }

    public Tally? Tally { get; init; }

    /// <summary>The numbers of the round before.</summary>
    public Tally? Before { get; init; }

    /// <summary>The first question shown of the results.</summary>
    public int From { get; init; }

    /// <summary>What was filled in, by the input.</summary>
    public Func<string, string?> Filled { get; init; } = _ => null;

    public string? Refusal { get; init; }

    public IReadOnlyList<string> News { get; init; } = [];
}

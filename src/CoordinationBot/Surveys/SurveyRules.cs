namespace CoordinationBot.Surveys;

/// <summary>What a rule decided about a survey.</summary>
internal abstract record SurveyOutcome(Survey State)
{
    /// <param name="State">The new state, its revision grown by one.</param>
    /// <param name="Tells">Who hears what.</param>
    internal sealed record Changed(Survey State, params IReadOnlyList<SurveyTell> Tells) : SurveyOutcome(State)
    {
        /// <summary>Whether the owner's card shows it, and is renewed.</summary>
        public bool IsShown { get; init; } = true;

        /// <summary>When it must be looked at by itself.</summary>
        public IReadOnlyList<DateTimeOffset> Looks { get; init; } = [];
    }

    /// <summary>Nothing was done; without a sentence it is as it should be.</summary>
    internal sealed record Unchanged(Survey State, string? Sentence = null) : SurveyOutcome(State);
}

/// <summary>Somebody hears of a survey: their card comes with this sentence on top.</summary>
internal sealed record SurveyTell(string ObjectId, string Sentence, People.NoticeKind Kind);

/// <summary>How a survey goes on. Who may do it is asked before, since a deputy may.</summary>
internal static class SurveyRules
{
    /// <summary>Why it cannot be like that; null: it can.</summary>
    public static string? Check(SurveyTerms terms, DateTimeOffset now) =>
        terms.Questions.Count is 0 or > SurveyLimits.Questions ? $"A survey has 1 to {SurveyLimits.Questions} questions."
        : terms.Minimum < SurveyLimits.SmallestMinimum ? $"At least {SurveyLimits.SmallestMinimum} answers must be there before anybody sees anything."
        : terms.Asked < terms.Minimum ? $"{SurveyText.People(terms.Asked)} would be asked, and nothing is shown below {terms.Minimum} answers: nobody could ever see a result. Please ask more people{(terms.Minimum > SurveyLimits.SmallestMinimum ? ", or set a smaller minimum" : "")}."
        : terms.Asked > SurveyLimits.Asked ? $"At most {SurveyLimits.Asked:N0} people can be asked at once."
        : terms.ClosesAt <= now ? "It would close in the past. Please choose a later time."
        : terms.ClosesAt <= terms.OpensAt ? "It would close before it opens. Please choose a later closing time."
        : terms.ClosesAt - terms.OpensAt > TimeSpan.FromDays(SurveyLimits.OpenDays) ? $"It may be open for {SurveyLimits.OpenDays} days at most. Please let it close earlier."
        : PulseRules.Check(terms);

    /// <summary>From now on nothing of what is asked changes.</summary>
    public static SurveyOutcome Freeze(Survey survey, DateTimeOffset now)
    {
        if (survey.Phase != SurveyPhase.Preview)
        {
            return new SurveyOutcome.Unchanged(survey, survey.Phase == SurveyPhase.Dropped ? "It was discarded and cannot be opened any more. Type survey to begin another." : null);
        }
        var opens = survey.Terms.OpensAt > now ? survey.Terms.OpensAt : now;
        var terms = survey.Terms with { OpensAt = opens, FirstOpensAt = survey.Terms.Round == 1 ? opens : survey.Terms.FirstOpensAt };
        return Check(terms, now) is { } problem
            ? new SurveyOutcome.Unchanged(survey, $"It was not opened. {problem}")
            : new SurveyOutcome.Changed(survey with { Terms = terms, Phase = SurveyPhase.Waiting, Revision = survey.Revision + 1 })
            {
                Looks = LooksOf(terms),
            };
    }

    /// <summary>Before it opens there is nothing to count; a pulse ends with it.</summary>
    public static SurveyOutcome Close(Survey survey) => survey.Phase switch
    {
        SurveyPhase.Preview or SurveyPhase.Waiting => new SurveyOutcome.Changed(survey with { Phase = SurveyPhase.Dropped, Revision = survey.Revision + 1 }),
        SurveyPhase.Open => new SurveyOutcome.Changed(survey with { Phase = SurveyPhase.Closing, Revision = survey.Revision + 1 }),
        SurveyPhase.Closing or SurveyPhase.Closed or SurveyPhase.Dropped => new SurveyOutcome.Unchanged(survey),
    };

    /// <summary>What its time brings by itself.</summary>
    public static SurveyOutcome Advance(Survey survey, DateTimeOffset now) => survey.Phase switch
    {
        SurveyPhase.Waiting when survey.Terms.OpensAt <= now => new SurveyOutcome.Changed(survey with { Phase = SurveyPhase.Open, Revision = survey.Revision + 1 }),
        SurveyPhase.Open when survey.Terms.ClosesAt <= now => Close(survey),
        SurveyPhase.Preview or SurveyPhase.Waiting or SurveyPhase.Open or SurveyPhase.Closing or SurveyPhase.Closed or SurveyPhase.Dropped => new SurveyOutcome.Unchanged(survey),
    };

    /// <summary>The times at which a frozen survey must be looked at.</summary>
    public static IReadOnlyList<DateTimeOffset> LooksOf(SurveyTerms terms) => [terms.OpensAt, .. RemindAt(terms) is { } remind ? (DateTimeOffset[])[remind] : [], terms.ClosesAt];

    /// <summary>A day before it closes, though not in its first half; null: it is too short for a reminder.</summary>
    public static DateTimeOffset? RemindAt(SurveyTerms terms)
    {
        var half = terms.OpensAt + ((terms.ClosesAt - terms.OpensAt) / 2);
        return terms.ClosesAt - terms.OpensAt < TimeSpan.FromHours(4) ? null : terms.ClosesAt.AddDays(-1) > half ? terms.ClosesAt.AddDays(-1) : half;
    }

    /// <summary>Why nobody can answer at this time; null: they can.</summary>
    public static string? AnswerableAt(SurveyTerms terms, DateTimeOffset now) =>
        now < terms.OpensAt ? "Nothing was stored: this survey is not open yet."
        : now >= terms.ClosesAt ? IsClosed
        : null;

    public const string IsClosed = "Nothing was stored: this survey is closed.";
}

using System.Collections.Frozen;

namespace CoordinationBot.Tests.Rights;

/// <summary>How a person stands to a thing.</summary>
internal enum Relation
{
    Leader,
    Assignee,

    /// <summary>Leads or is assigned something above it in the chain.</summary>
    Above,

    /// <summary>Is assigned something that was handed on from it.</summary>
    Below,

    /// <summary>Is asked what they think of its options.</summary>
    Consulted,

    /// <summary>Is asked to approve something in it.</summary>
    Approver,

    /// <summary>Answers for an approver who is away.</summary>
    Deputy,

    /// <summary>Leads other work of the same assignee, due on the same day.</summary>
    Rival,
    Organiser,
    Invitee,

    /// <summary>Writes the minutes.</summary>
    Taker,

    /// <summary>Said it.</summary>
    Author,

    /// <summary>Answers it, or asks it.</summary>
    Owner,

    /// <summary>Is asked in a survey.</summary>
    Asked,
    Administrator,
}

/// <summary>A part of a thing that is seen as a whole or not at all.</summary>
internal enum Part
{
    /// <summary>What a delegation is about.</summary>
    Terms,

    /// <summary>How the assignee understood it, and what came of it.</summary>
    Work,

    /// <summary>What was found out, to choose from.</summary>
    Options,

    /// <summary>An act that waits for approval.</summary>
    Request,
    SeriesTerms,
    MeetingWords,
    Agenda,
    DraftMinutes,
    Minutes,
    NamedFeedback,
    AnonymousFeedback,
    SurveyQuestions,

    /// <summary>What was answered in words, before the close.</summary>
    UncountedAnswer,
    SurveyResults,
    Mandate,
    Draft,
}

/// <summary>
/// Who may see what, stated once, after product.md: a delegation is seen by both sides, by those above and below it in the chain as far as it hangs together with theirs, and by
/// whoever is asked about it; a clash shows what another leader wants of the same person; a meeting is seen by those who are part of it, its minutes by who writes them until
/// they are circulated; feedback by who said it and who answers it; a survey by who is asked and who asks, its answers by nobody before the close. Of what is confidential
/// nobody else sees that it exists: no rival, and no deputy who is not in it. Administrators set authority, and read nothing of the work.
/// </summary>
internal static class RightsTable
{
    private static readonly FrozenDictionary<Part, Relation[]> Rights = new Dictionary<Part, Relation[]>
    {
        [Part.Terms] = [Relation.Leader, Relation.Assignee, Relation.Above, Relation.Below, Relation.Consulted, Relation.Approver, Relation.Deputy, Relation.Rival],
        [Part.Work] = [Relation.Leader, Relation.Assignee],
        [Part.Options] = [Relation.Leader, Relation.Assignee, Relation.Consulted],
        [Part.Request] = [Relation.Leader, Relation.Assignee, Relation.Approver, Relation.Deputy],
        [Part.SeriesTerms] = [Relation.Leader, Relation.Assignee],
        [Part.MeetingWords] = [Relation.Organiser, Relation.Invitee],
        [Part.Agenda] = [Relation.Organiser, Relation.Invitee],
        [Part.DraftMinutes] = [Relation.Organiser, Relation.Taker],
        [Part.Minutes] = [Relation.Organiser, Relation.Taker, Relation.Invitee],
        [Part.NamedFeedback] = [Relation.Author, Relation.Owner],
        [Part.AnonymousFeedback] = [Relation.Author, Relation.Owner],
        [Part.SurveyQuestions] = [Relation.Owner, Relation.Asked],
        [Part.UncountedAnswer] = [Relation.Author],
        [Part.SurveyResults] = [Relation.Owner, Relation.Author],
        [Part.Mandate] = [Relation.Administrator, Relation.Owner],
        [Part.Draft] = [Relation.Author],
    }.ToFrozenDictionary();

    private static readonly Relation[] NotOfConfidential = [Relation.Rival, Relation.Deputy];

    public static bool May(Relation relation, Part part, bool isConfidential) =>
        Rights[part].Contains(relation) && !(isConfidential && NotOfConfidential.Contains(relation));
}

/// <summary>Something that is seen by some and not by others.</summary>
/// <param name="Name">For whoever reads a failure.</param>
/// <param name="Id">As people type it; null: it has none.</param>
/// <param name="IsConfidential">Nobody else may see that it exists.</param>
/// <param name="People">Who stands how to it.</param>
internal sealed record Thing(string Name, string? Id, bool IsConfidential, params IReadOnlyList<(string Person, Relation Relation)> People)
{
    /// <summary>A word for each of its parts that stands nowhere else.</summary>
    public IReadOnlyDictionary<Part, string> Markers { get; init; } = new Dictionary<Part, string>();

    public bool Includes(string person) => Markers.Keys.Any(part => MaySee(person, part));

    public bool MaySee(string person, Part part) => People.Any(known => known.Person == person && RightsTable.May(known.Relation, part, IsConfidential));
}

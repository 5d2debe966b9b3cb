using CoordinationBot.Authority;
using CoordinationBot.Delegations;
using CoordinationBot.Protocol.Cards;
using CoordinationBot.Surveys;

namespace CoordinationBot.Tests.Cards;

/// <summary>What people think.</summary>
internal static class SurveyGallery
{
    private const string Zone = "Europe/Berlin";
    private const int Name = 60;

    private static readonly DateTimeOffset Now = new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);

    public static IEnumerable<(string Name, Func<Gallery, AdaptiveCard> Make)> Cards()
    {
        yield return ("survey-preview", office => SurveyCards.For(View(office, SurveyPhase.Preview) with { MayRun = true }));
        yield return ("survey-asked", office => SurveyCards.For(View(office, SurveyPhase.Open) with { IsAsked = true, News = [$"{office.Typed("Ann Abel", Name)} asks for your opinion."] }));
        yield return ("survey-refused", office => SurveyCards.For(View(office, SurveyPhase.Open) with
        {
            IsAsked = true,
            Refusal = "Nothing was stored: question 1 is answered with 1 to 5.",
            Filled = id => id == "q2" ? office.Typed("More light", SurveyLimits.Text) : id == "q4" ? "1,2" : null,
        }));
        yield return ("survey-answered", office => SurveyCards.For(View(office, SurveyPhase.Open) with { IsAsked = true, HasAnswered = true }));
        yield return ("survey-named-kept", office => SurveyCards.For(Named(View(office, SurveyPhase.Open)) with { IsAsked = true, Own = new NamedAnswer(["4", office.Typed("More light", 500), "2", null, null], true, "Bob Berg") }));
        yield return ("survey-owner-open", office => SurveyCards.For(View(office, SurveyPhase.Open) with { MayRun = true, Answers = 7 }));
        yield return ("survey-owner-waiting", office => SurveyCards.For(View(office, SurveyPhase.Waiting) with { MayRun = true }));
        yield return ("survey-results", office => SurveyCards.For(View(office, SurveyPhase.Closed) with { MayRun = true, Tally = Tally(1), Before = Tally(2) }));
        yield return ("survey-results-too-few", office => SurveyCards.For(View(office, SurveyPhase.Closed) with { MayRun = true, Tally = Tally(1) with { Answers = 4 } }));
        yield return ("survey-texts", office => ResultCards.Texts(View(office, SurveyPhase.Closed), 1, [(null, office.Typed("More light", SurveyLimits.Text)), (null, "Less noise"), (null, "🎉")], SurveyCards.Button("V-7K3F9Q", "texts", "More")));
        yield return ("survey-list", office => CoordinationBot.Surveys.ListCards.For([View(office, SurveyPhase.Open)], [View(office, SurveyPhase.Open) with { Answers = 3 }, View(office, SurveyPhase.Closed)]));
        yield return ("survey-list-empty", _ => CoordinationBot.Surveys.ListCards.For([], []));
    }

    private static SurveyView View(Gallery office, SurveyPhase phase) => new("V-7K3F9Q", new Party("ann", office.Typed("Ann Abel", Name)), Terms(office), phase, "bob", Zone, Now);

    private static SurveyView Named(SurveyView view) => view with { Terms = view.Terms with { IsAnonymous = false } };

    private static SurveyTerms Terms(Gallery office) => new()
    {
        Title = office.Typed("How we work", SurveyLimits.Title),
        Questions =
        [
            new(QuestionKind.Scale, office.Typed("How was the week?", SurveyLimits.QuestionText), []),
            new(QuestionKind.Text, office.Typed("What should change?", SurveyLimits.QuestionText), []),
            new(QuestionKind.Choice, office.Typed("Which day?", SurveyLimits.QuestionText), ["Mon", office.Typed("Tue", SurveyLimits.ChoiceText), "Wed"]),
            new(QuestionKind.Several, office.Typed("Which of these?", SurveyLimits.QuestionText), ["A", office.Typed("B", SurveyLimits.ChoiceText), "C"]),
            new(QuestionKind.Recommend, office.Typed("Would you recommend us?", SurveyLimits.QuestionText), []),
        ],
        IsAnonymous = true,
        Minimum = 5,
        Asked = 20,
        OpensAt = Now.AddDays(1),
        FirstOpensAt = Now.AddDays(1),
        ClosesAt = Now.AddDays(5),
        Zone = Zone,
        Repeats = Repeats.Weekly,
    };

    private static Tally Tally(int shift) => new()
    {
        Answers = 12,
        Questions =
        [
            new(12, [0, 1, 2, 9 - shift, shift], 0),
            new(8, [], 1),
            new(12, [3, 9, 0], 0),
            new(4, [0, 0, 0], 0),
            new(12, [0, 0, 0, 1, 0, 2, 0, 3, 0, 4, 2], 0),
        ],
    };
}

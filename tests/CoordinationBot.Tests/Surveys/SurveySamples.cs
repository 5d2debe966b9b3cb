using CoordinationBot.Authority;
using CoordinationBot.Surveys;
using CoordinationBot.Tests.Delegations;
using CoordinationBot.Tests.Scenarios;
using Microsoft.Extensions.DependencyInjection;

namespace CoordinationBot.Tests.Surveys;

/// <summary>A survey of one number, one text and several choices, open for a week from the desk's present on.</summary>
internal static class SurveySamples
{
    public static readonly SurveyQuestion[] Questions =
    [
        new(QuestionKind.Scale, "How was the week?", []),
        new(QuestionKind.Text, "What should change?", []),
        new(QuestionKind.Several, "Which of these?", ["A", "B", "C"]),
    ];

    public static SurveyTerms Terms(int asked, bool isAnonymous = true, int minimum = 5) => new()
    {
        Title = "How we work",
        Questions = Questions,
        IsAnonymous = isAnonymous,
        Minimum = minimum,
        Asked = asked,
        OpensAt = Samples.Now,
        FirstOpensAt = Samples.Now,
        ClosesAt = Samples.Now.AddDays(7),
        Zone = "Europe/Berlin",
    };

    public static string Person(int number) => $"00000000-0000-0000-0001-{number:D12}";

    public static IReadOnlyList<Party> People(int count) => [.. Enumerable.Range(0, count).Select(number => new Party(Person(number), $"Person {number}"))];

    public static async Task<FrozenSurvey> OpenAsync(SurveyStore store, string origin, int people, int minimum = 5)
    {
        var survey = await store.CreateAsync(
            Desk.Tenant,
            origin,
            null,
            People(people),
            id => new Survey { Id = id, Tenant = Desk.Tenant, Owner = new Party("owner", "Ann Abel"), Terms = Terms(people, minimum: minimum), Phase = SurveyPhase.Open, Revision = 1, Origin = origin },
            CancellationToken.None);
        return (await store.FrozenAsync(Desk.Tenant, survey.Id, CancellationToken.None))!;
    }

    /// <summary>One of Ann's, open for a week from now on.</summary>
    public static async Task<FrozenSurvey> OpenAsync(TestOffice office, IEnumerable<FakePerson> people, string origin, SurveyTerms terms)
    {
        var (store, now) = (office.Services.GetRequiredService<SurveyStore>(), office.Clock.GetUtcNow());
        var survey = await store.CreateAsync(
            TestOffice.Tenant,
            origin,
            null,
            [.. people.Select(person => new Party(person.ObjectId, person.Name))],
            id => new Survey
            {
                Id = id,
                Tenant = TestOffice.Tenant,
                Owner = office.Party("ann"),
                Terms = terms with { OpensAt = now, FirstOpensAt = now, ClosesAt = now.AddDays(7) },
                Phase = SurveyPhase.Open,
                Revision = 1,
                Origin = origin,
            },
            CancellationToken.None);
        return (await store.FrozenAsync(TestOffice.Tenant, survey.Id, CancellationToken.None))!;
    }

    /// <summary>As the close does it.</summary>
    public static async Task CountAsync(FoldStore fold, FrozenSurvey survey)
    {
        for (var drawer = 0; drawer <= (survey.Terms.Asked - 1) / SurveyLimits.Drawer; drawer++)
        {
            await fold.FoldAsync(survey, drawer, isLast: true, CancellationToken.None);
        }
        await fold.MixAsync(survey, CancellationToken.None);
    }

    public static async Task<IReadOnlyList<string>> TextsAsync(FoldStore fold, FrozenSurvey survey)
    {
        List<string> texts = [];
        var (tally, _) = await fold.TallyAsync(survey, CancellationToken.None);
        for (var page = 0; page < tally.Questions[1].Pages; page++)
        {
            texts.AddRange(await fold.TextsAsync(survey.Tenant, survey.Id, 1, page, CancellationToken.None));
        }
        return texts;
    }
}

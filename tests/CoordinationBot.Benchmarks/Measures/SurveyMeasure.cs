using System.Diagnostics;
using System.Globalization;
using CoordinationBot.Authority;
using CoordinationBot.Benchmarks.Report;
using CoordinationBot.Storage;
using CoordinationBot.Surveys;

namespace CoordinationBot.Benchmarks.Measures;

/// <summary>What an anonymous answer costs, counting ten thousand, and reading what came of them.</summary>
internal static class SurveyMeasure
{
    private const string Tenant = "tenant";
    private const int Many = 10_000;
    private const int AtOnce = 64;

    public static async Task RunAsync(FigureTable table, TemporaryFolder folder, bool isQuick)
    {
        var people = isQuick ? Many / 4 : Many;
        using var file = new SqliteFile(folder.File("survey.db"));
        var tables = new SqliteTables(file);
        var queue = new SqliteWorkQueue(file, TimeProvider.System);
        using var loop = new WorkLoop(queue, new PoisonRows(tables, queue, TimeProvider.System), new WorkHandlers(), new WorkPolling(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1)), TimeProvider.System, Microsoft.Extensions.Logging.Abstractions.NullLogger<WorkLoop>.Instance);
        var work = new WorkScheduler(queue, loop, TimeProvider.System);
        var (store, fold) = (new SurveyStore(tables, work, TimeProvider.System), new FoldStore(tables));
        var answers = new AnswerStore(tables, fold, work);
        var survey = await OpenAsync(store, people);

        var begun = Stopwatch.GetTimestamp();
        await Parallel.ForEachAsync(Enumerable.Range(0, people), new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (who, cancel) =>
            await answers.AnswerAsync(survey, Person(who), [$"{(who % 5) + 1}", $"What {who} thinks of it, in a sentence."], null, "", null, cancel));
        table.Add($"Surveys: us an answer, {AtOnce} at once", (Stopwatch.GetElapsedTime(begun).TotalMicroseconds / people).ToString("#,0", CultureInfo.InvariantCulture));

        begun = Stopwatch.GetTimestamp();
        for (var drawer = 0; drawer <= (people - 1) / SurveyLimits.Drawer; drawer++)
        {
            await fold.FoldAsync(survey, drawer, isLast: true, default);
        }
        await fold.MixAsync(survey, default);
        table.Add(string.Create(CultureInfo.InvariantCulture, $"Surveys: ms to count and mix the rest of {people:N0}"), Stopwatch.GetElapsedTime(begun).TotalMilliseconds.ToString("#,0", CultureInfo.InvariantCulture));

        begun = Stopwatch.GetTimestamp();
        const int Reads = 1000;
        for (var read = 0; read < Reads; read++)
        {
            await store.FindWithTallyAsync(Tenant, survey.Id, default);
        }
        table.Add("Surveys: us to read the results", (Stopwatch.GetElapsedTime(begun).TotalMicroseconds / Reads).ToString("#,0", CultureInfo.InvariantCulture));
        table.Holds("Surveys: answers counted", (await fold.TallyAsync(survey, default)).Tally.Answers == people, $"{(await fold.TallyAsync(survey, default)).Tally.Answers}", $"{people}");
    }

    private static async Task<FrozenSurvey> OpenAsync(SurveyStore store, int people)
    {
        var now = TimeProvider.System.GetUtcNow();
        var terms = new SurveyTerms
        {
            Title = "How we work",
            Questions = [new(QuestionKind.Scale, "How was it?", []), new(QuestionKind.Text, "What should change?", [])],
            IsAnonymous = true,
            Minimum = 5,
            Asked = people,
            OpensAt = now,
            FirstOpensAt = now,
            ClosesAt = now.AddDays(7),
            Zone = "UTC",
        };
        var survey = await store.CreateAsync(
            Tenant,
            "measure",
            null,
            [.. Enumerable.Range(0, people).Select(who => new Party(Person(who), $"Person {who}"))],
            id => new Survey { Id = id, Tenant = Tenant, Owner = new Party("ann", "Ann Abel"), Terms = terms, Phase = SurveyPhase.Open, Revision = 1, Origin = "measure" },
            default);
        return (await store.FrozenAsync(Tenant, survey.Id, default))!;
    }

    private static string Person(int who) => string.Create(CultureInfo.InvariantCulture, $"00000000-0000-0000-0001-{who:D12}");
}

using System.Collections.Concurrent;
using System.Globalization;
using CoordinationBot.Storage;
using CoordinationBot.Surveys;
using CoordinationBot.Tests.Delegations;
using CsCheck;
using static CoordinationBot.Tests.Surveys.SurveySamples;

namespace CoordinationBot.Tests.Surveys;

/// <summary>Whatever comes between: nobody answers twice, no answer is lost or counted twice, and the numbers are those of the answers.</summary>
public sealed class AnswerProperties : IDisposable
{
    private static readonly CancellationToken Never = CancellationToken.None;

    private readonly Desk _desk = new();

    public void Dispose() => _desk.Dispose();

    private enum What
    {
        Answer,
        Crowd,
        Fold,
        Close,
    }

    /// <param name="What">Is done.</param>
    /// <param name="Who">Does it.</param>
    /// <param name="Host">Where.</param>
    /// <param name="Fate">0: the host dies before its commit, 1: after it, otherwise it lives.</param>
    private sealed record Step(What What, int Who, int Host, int Fate);

    private static readonly Gen<Step> Steps = Gen.Select(
        Gen.Frequency((20, Gen.Const(What.Answer)), (3, Gen.Const(What.Crowd)), (5, Gen.Const(What.Fold)), (1, Gen.Const(What.Close))),
        Gen.Int[0, 139],
        Gen.Int[0, 1],
        Gen.Int[0, 9],
        (what, who, host, fate) => new Step(what, who, host, fate));

    [Fact]
    public async Task Nobody_counts_twice_and_no_answer_is_lost() => await Gen.Select(Gen.Int[3, 140], Steps.Array[1, 60], Gen.Int[1, 6]).SampleAsync(
        async (people, steps, atOnce) =>
        {
            var dying = new AsyncLocal<int>();
            _desk.Tables.BeforeCommit = (_, _) => dying.Value == 1 ? throw Gone() : Task.FromResult<string?>(null);
            _desk.Tables.AfterCommit = (_, _) => dying.Value == 2 ? throw Gone() : Task.CompletedTask;
            var store = new SurveyStore(_desk.Tables, _desk.Scheduler, _desk.Clock);
            var hosts = Enumerable.Range(0, 2).Select(_ => new FoldStore(_desk.Tables)).Select(fold => (Fold: fold, Answers: new AnswerStore(_desk.Tables, fold, _desk.Scheduler))).ToList();
            var survey = await OpenAsync(store, $"sample-{Guid.NewGuid()}", people);
            var (surely, perhaps, number) = (new ConcurrentDictionary<int, bool>(), new ConcurrentDictionary<int, bool>(), 0);

            foreach (var together in steps.Chunk(atOnce))
            {
                await Task.WhenAll(together.Select(step => Task.Run(() => TakeAsync(step))));
            }
            await CountAsync(hosts[0].Fold, survey);
            Assert.Equal(Taken.Closed, await hosts[1].Answers.AnswerAsync(survey, Person(0), ["1", "late", null], null, "", null, Never));

            var (tally, _) = await hosts[0].Fold.TallyAsync(survey, Never);
            var texts = await TextsAsync(hosts[0].Fold, survey);
            var authors = texts.Select(text => int.Parse(text.Split('-')[0], CultureInfo.InvariantCulture)).ToList();
            Assert.Equal(authors.Distinct().Count(), authors.Count);
            Assert.Empty(surely.Keys.Except(authors));
            Assert.Empty(authors.Except(surely.Keys.Union(perhaps.Keys)));
            Assert.Equal(authors.Count, tally.Answers);
            Assert.Equal(Enumerable.Range(0, 5).Select(value => authors.Count(author => author % 5 == value)), tally.Questions[0].Counts);
            Assert.Equal(Enumerable.Range(0, 3).Select(value => authors.Count(author => author % 3 == value)), tally.Questions[2].Counts);

            async Task TakeAsync(Step step)
            {
                var (fold, answers) = hosts[step.Host];
                dying.Value = step.Fate is 0 or 1 ? step.Fate + 1 : 0;
                try
                {
                    switch (step.What)
                    {
                        case What.Answer:
                            await AnswerAsync(answers, step.Who % people);
                            break;
                        case What.Crowd:
                            await Task.WhenAll(Enumerable.Range(0, people).Select(who => Task.Run(() => AnswerAsync(answers, who))));
                            break;
                        case What.Fold:
                            await fold.FoldAsync(survey, 0, isLast: false, Never);
                            break;
                        case What.Close:
                            await CountAsync(fold, survey);
                            break;
                    }
                }
                catch (StorageException)
                {
                    // Whoever pressed may press again, on any host.
                }
            }

            async Task AnswerAsync(AnswerStore answers, int who)
            {
                perhaps[who] = true;
                var text = string.Create(CultureInfo.InvariantCulture, $"{who}-{Interlocked.Increment(ref number)}");
                if (await answers.AnswerAsync(survey, Person(who), [$"{(who % 5) + 1}", text, $"{(who % 3) + 1}"], null, "", null, Never) != Taken.Closed)
                {
                    surely[who] = true;
                }
            }
        },
        iter: 60,
        threads: 1);

    [Fact]
    public async Task Ten_thousand_answers_are_all_counted_and_read_at_once()
    {
        const int People = 10_000;
        var store = new SurveyStore(_desk.Tables, _desk.Scheduler, _desk.Clock);
        var hosts = Enumerable.Range(0, 2).Select(_ => new FoldStore(_desk.Tables)).Select(fold => (Fold: fold, Answers: new AnswerStore(_desk.Tables, fold, _desk.Scheduler))).ToList();
        var survey = await OpenAsync(store, "many", People);
        await Parallel.ForEachAsync(Enumerable.Range(0, People), new ParallelOptions { MaxDegreeOfParallelism = 64 }, async (who, cancel) =>
        {
            Assert.Equal(Taken.Stored, await hosts[survey.Places[Person(who)].Drawer % 2].Answers.AnswerAsync(survey, Person(who), [$"{(who % 5) + 1}", $"{who}-x", who % 2 == 0 ? "1,3" : null], null, "", null, cancel));
            if (who % 500 == 0)
            {
                await hosts[0].Fold.FoldAsync(survey, survey.Places[Person(who)].Drawer, isLast: false, cancel);
            }
        });
        await CountAsync(hosts[0].Fold, survey);
        var calls = 0;
        _desk.Tables.BeforeQuery = _ => Task.FromResult(Interlocked.Increment(ref calls));
        var tally = (await store.FindWithTallyAsync(Desk.Tenant, survey.Id, Never)).Tally!;
        Assert.Equal(1, calls);
        Assert.Equal((People, 2_000, 5_000, 0), (tally.Answers, tally.Questions[0].Counts[4], tally.Questions[2].Counts[2], tally.Questions[2].Counts[1]));
        Assert.Equal(Enumerable.Range(0, People).Select(who => $"{who}-x").Order(StringComparer.Ordinal), (await TextsAsync(hosts[0].Fold, survey)).Order(StringComparer.Ordinal));
    }

    private static StorageException Gone() => new("The host died.", new IOException("gone"));

    /// <summary>Everything of too few, on more pages than one commit takes; the host may die after any commit of it.</summary>
    [Theory]
    [InlineData(int.MaxValue)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task What_too_few_have_written_is_nowhere_however_many_pages_it_is(int dies)
    {
        var survey = await SurveySamples.OpenAsync(new SurveyStore(_desk.Tables, _desk.Scheduler, _desk.Clock), "many pages", 5);
        var (fold, partition) = (new FoldStore(_desk.Tables), SurveyRows.Partition(Desk.Tenant, survey.Id));
        for (var page = 0; page < 130; page++)
        {
            await _desk.Tables.CommitAsync(partition, [new Change.Upsert(SurveyRows.Texts(1, page), SurveyRows.Bytes(["few words"]))], Desk.Cancel);
        }
        var tally = TallyRules.Empty(survey.Terms);
        await fold.WriteAsync(survey, tally with { Answers = 2, Questions = [tally.Questions[0], new QuestionTally(2, [], 130), tally.Questions[2]] }, Desk.Cancel);
        var commits = 0;
        _desk.Tables.AfterCommit = (_, _) => ++commits == dies ? throw new StorageException("The host is gone.", new IOException()) : Task.CompletedTask;
        try
        {
            await fold.WithholdAsync(survey, Desk.Cancel);
        }
        catch (StorageException)
        {
            await fold.WithholdAsync(survey, Desk.Cancel);
        }
        Assert.Empty(await _desk.Tables.QueryAsync(partition, "text|", 1000, null, Desk.Cancel));
        Assert.Equal(0, (await fold.TallyAsync(survey, Desk.Cancel)).Tally.Questions[1].Pages);
    }
}

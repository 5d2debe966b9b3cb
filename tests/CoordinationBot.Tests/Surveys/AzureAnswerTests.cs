using System.Globalization;
using CoordinationBot.Storage;
using CoordinationBot.Surveys;
using CoordinationBot.Tests.Delegations;
using CoordinationBot.Tests.Storage;
using Microsoft.Extensions.Logging.Abstractions;
using static CoordinationBot.Tests.Surveys.SurveySamples;

namespace CoordinationBot.Tests.Surveys;

/// <summary>Answers on several hosts at once, in the cloud's tables: the properties prove the same on the embedded store.</summary>
[Collection(AzuriteFixture.Name)]
public sealed class AzureAnswerTests(AzuriteFixture azurite)
{
    private const int People = 300;
    private const int Hosts = 4;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Of_three_hundred_who_press_twice_on_two_hosts_each_counts_once_and_none_is_lost()
    {
        var tables = new AzureTables(azurite.Table, TimeProvider.System);
        var queue = new AzureWorkQueue(await azurite.NewQueueAsync(), TimeProvider.System);
        var handlers = new WorkHandlers();
        handlers.Add(SurveyStore.Kind, (_, _) => ValueTask.CompletedTask);
        var loop = new WorkLoop(queue, new PoisonRows(tables, queue, TimeProvider.System), handlers, new WorkPolling(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1)), TimeProvider.System, NullLogger<WorkLoop>.Instance);
        var store = new SurveyStore(tables, new WorkScheduler(queue, loop, TimeProvider.System), TimeProvider.System);
        var hosts = Enumerable.Range(0, Hosts).Select(_ => new FoldStore(tables)).Select(fold => (Fold: fold, Answers: new AnswerStore(tables, fold, new WorkScheduler(queue, loop, TimeProvider.System)))).ToList();
        var survey = await OpenAsync(store, $"azure {Guid.NewGuid():N}", People);

        var taken = await Task.WhenAll(Enumerable.Range(0, People).SelectMany(who => new[] { 0, 1 }.Select(device => Task.Run(async () =>
        {
            var (fold, answers) = hosts[(who + device) % Hosts];
            if (who % 50 == 0)
            {
                await fold.FoldAsync(survey, survey.Places[Person(who)].Drawer, isLast: false, Cancel);
            }
            return await answers.AnswerAsync(survey, Person(who), [$"{(who % 5) + 1}", $"{who}-x", null], null, "", null, Cancel);
        }))));
        await CountAsync(hosts[0].Fold, survey);

        Assert.Equal((People, People), (taken.Count(what => what == Taken.Stored), taken.Count(what => what == Taken.Already)));
        var tally = (await store.FindWithTallyAsync(Desk.Tenant, survey.Id, Cancel)).Tally!;
        Assert.Equal((People, People / 5), (tally.Answers, tally.Questions[0].Counts[4]));
        Assert.Equal(
            Enumerable.Range(0, People).Select(who => string.Create(CultureInfo.InvariantCulture, $"{who}-x")).Order(StringComparer.Ordinal),
            (await TextsAsync(hosts[1].Fold, survey)).Order(StringComparer.Ordinal));
        Assert.Equal(Taken.Closed, await hosts[2].Answers.AnswerAsync(survey, Person(0), ["1", "late", null], null, "", null, Cancel));
    }
}

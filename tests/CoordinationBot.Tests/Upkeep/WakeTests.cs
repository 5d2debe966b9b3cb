using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CoordinationBot.Afterwards;
using CoordinationBot.Delegations;
using CoordinationBot.Dialogs;
using CoordinationBot.People;
using CoordinationBot.Storage;
using CoordinationBot.Surveys;
using CoordinationBot.Tests.Rights;
using CoordinationBot.Tests.Scenarios;
using CoordinationBot.Tests.Storage;
using CoordinationBot.Upkeep;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace CoordinationBot.Tests.Upkeep;

/// <summary>A queue that was lost, as when a table was put back from a copy, is filled again from the rows.</summary>
[Collection(AzuriteFixture.Name)]
public sealed partial class WakeTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whatever_waits_in_the_queue_is_named_by_the_rows()
    {
        await using var rights = await RightsOffice.OpenAsync();
        var office = rights.Office;
        await office.FinishesAsync();
        // Somebody is asked how it went, so that there is a week to close.
        await office.PassesUntilAsync(office.Clock.GetUtcNow().AddDays(1));
        await office.FinishesAsync("Count the tables", "lea");
        await office.AsksAsync("bob", "eve");
        await office.RestsAsync();
        // What is prepared around a commit comes so soon that all of it is looked at again by then.
        var later = office.Clock.GetUtcNow().AddMinutes(2);
        var waiting = new SqliteWorkQueue(office.Services.GetRequiredService<SqliteFile>(), office.Clock).All().Where(work => work.Due > later).Distinct().ToList();

        var filled = new Filled();
        var said = await FillAsync(office, filled);

        var missing = new List<string>();
        foreach (var (wakeUp, due) in waiting.Except(filled.All))
        {
            // The next look at a delegation finds out when the one after it is to be.
            var isFollowed = wakeUp.Kind == DelegationStore.Kind && filled.All.Any(work => work.WakeUp == wakeUp && work.Due > later && work.Due < due);
            if (!isFollowed && !await IsOverAsync(office, wakeUp.Partition)) missing.Add($"{wakeUp.Kind} {wakeUp.Partition} {due:O}");
        }
        Assert.True(missing.Count == 0, string.Join("\n", missing));
        Assert.Equal(
            ["afterwards", "afterwards-week", "brief", "delegation", "digest", "letters", "meeting", "series", "survey"],
            waiting.Select(work => work.WakeUp.Kind).Distinct().Order(StringComparer.Ordinal));
        Assert.Equal((filled.All.Select(work => work.WakeUp).Distinct().Count(), filled.All.Count), (said.Things, said.WakeUps));
        Assert.Empty(said.Unreadable);
    }

    [Fact]
    public async Task People_are_told_what_they_would_have_been_told()
    {
        var (kept, lost) = (await ToldAsync(isLost: false), await ToldAsync(isLost: true));
        Assert.All(
            (string[])["Weekly figures", "This meeting is about to begin.", "Your meeting is near.", "anonymous letter", "This is what came of it.", "How did this go for you?"],
            words => Assert.Contains(kept, line => line.Contains(words, StringComparison.Ordinal)));
        Assert.Equal(kept, lost);
    }

    [Fact]
    public async Task Every_kind_of_work_has_rows_that_ask_for_it()
    {
        await using var office = new TestOffice();
        var handlers = office.Services.GetRequiredService<WorkHandlers>();
        var kinds = typeof(WorkHandlers).Assembly.GetTypes()
            .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
            .Where(field => field is { IsLiteral: true } && field.FieldType == typeof(string))
            .Select(field => (string)field.GetRawConstantValue()!)
            .Where(text => handlers.Find(text) is not null);
        // Who is back is told what waited for them, and that stands in the rows of what it is about.
        Assert.Equal(
            kinds.Except([AbsenceHandlers.CameBack, PeopleHandlers.ReachableAgain]).Distinct().Order(StringComparer.Ordinal),
            new StoredLooks(new OfficeOptions()).Kinds.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task By_command_the_queue_in_Azure_is_made_and_filled_and_twice_does_no_harm()
    {
        var options = azurite.Options;
        options.Table = options.Queue = $"wake{System.Security.Cryptography.RandomNumberGenerator.GetHexString(15, lowercase: true)}";
        var (tables, queue) = (new AzureTables(AzureAccount.Table(options, null), TimeProvider.System), AzureAccount.Queue(options, null));
        await new AzurePreparation(AzureAccount.Table(options, null), queue, tables, TimeProvider.System, NullLogger<AzurePreparation>.Instance).CreateAsync(Cancel);
        await queue.DeleteAsync(Cancel);
        for (var number = 0; number < 40; number++)
        {
            await tables.CommitAsync($"tenant|D|{number}", [new Change.Insert("state", "{}"u8.ToArray()), new Change.Insert("silence", "{\"Done\":{},\"Next\":\"2100-01-01T00:00:00Z\"}"u8.ToArray())], Cancel);
        }
        await tables.CommitAsync("tenant|D|D-7K3F9Q", [new Change.Insert("silence", "nothing"u8.ToArray())], Cancel);
        await tables.CommitAsync("tenant|A", [new Change.Insert("state", "{}"u8.ToArray())], Cancel);
        string[] arguments =
        [
            "wake", "--Storage:Provider=Azure", $"--Storage:ConnectionString={options.ConnectionString}", $"--Storage:Table={options.Table}", $"--Storage:Queue={options.Queue}",
        ];
        for (var run = 1; run <= 2; run++)
        {
            var (exit, output) = await HostProgram.RunAsync(Path.Combine(Path.GetTempPath(), "none.db"), arguments, Cancel);
            Assert.Equal(
                (0, "81 wake-ups for 41 things are in the queue, beside those that were there. What was due is done within 1 minute, the rest when it is due. "
                    + "Rows that could not be read, so that their times are not there: 1. The first: Row silence of partition tenant|D|D-7K3F9Q cannot be read: JsonException.\n"),
                (exit, output));
            Assert.Equal(81 * run, await new AzureWorkQueue(queue, TimeProvider.System).CountAsync(Cancel));
        }
    }

    /// <summary>What three people see of a week in which nobody does anything more, after an office was set going.</summary>
    private static async Task<List<string>> ToldAsync(bool isLost)
    {
        await using var office = new TestOffice(quietHours: "18:00-08:00", administrators: "eve");
        await office.InstallAsync("ann", "bob", "eve");
        await office.OffersAsync();
        await office.RepeatsAsync();
        // The clock goes on by hours, and the reminder comes in the minutes before.
        await office.ConvenesAsync(Convening.Start.AddMinutes(5));
        await office.FinishesAsync();
        await office.LeavesAsync();
        await office.AsksAsync("bob", "eve");
        await office.AsksPeopleAsync();
        await office.RestsAsync();
        var before = office.Teams.Sent.Count;
        if (isLost)
        {
            await using (var store = new SqliteConnection($"Data Source={office.StorePath};Pooling=False"))
            {
                await store.OpenAsync(Cancel);
                await using var forget = store.CreateCommand();
                forget.CommandText = "DELETE FROM work";
                Assert.True(await forget.ExecuteNonQueryAsync(Cancel) > 0);
            }
            await FillAsync(office, office.Services.GetRequiredService<IWorkQueue>());
        }
        await office.PassesAsync(8);
        return
        [
            .. office.Teams.Sent.Skip(before)
                .SelectMany(sent => CardReading.Words(JsonNode.Parse(sent.Body)!).SelectMany(words => words.Split('\n')), (sent, line) => $"{sent.Conversation}: {Ids().Replace(line, "…")}")
                .Distinct()
                .Order(StringComparer.Ordinal),
        ];
    }

    /// <summary>What waits for it finds nothing to do.</summary>
    private static async Task<bool> IsOverAsync(TestOffice office, string partition) => partition.Split('|') switch
    {
        [_, "V", var id] => (await office.SurveyAsync(id)).Survey.Phase == SurveyPhase.Closed,
        [_, "Q", var id] => await office.Services.GetRequiredService<AskStore>().FindAsync(TestOffice.Tenant, id, Cancel) is { AskedAt: not null },
        [_, "D", var id] => !(await office.StoredAsync(id)).IsOpen,
        _ => false,
    };

    private static Task<FilledQueue> FillAsync(TestOffice office, IWorkQueue queue) =>
        new QueueFilling(office.Services.GetRequiredService<IRowScan>(), queue, new StoredLooks(office.Services.GetRequiredService<OfficeOptions>()), office.Clock).RunAsync(Cancel);

    [GeneratedRegex("[A-Z]-[0-9A-Z]{6}")]
    private static partial Regex Ids();

    /// <summary>Remembers what it was asked for.</summary>
    private sealed class Filled : IWorkQueue
    {
        public ConcurrentBag<(WakeUp WakeUp, DateTimeOffset Due)> All { get; } = [];

        public ValueTask EnqueueAsync(WakeUp wakeUp, DateTimeOffset due, CancellationToken cancel)
        {
            All.Add((wakeUp, due));
            return ValueTask.CompletedTask;
        }

        public ValueTask<IReadOnlyList<DueWork>> ReceiveAsync(int max, TimeSpan hide, CancellationToken cancel) => throw new NotSupportedException();

        public ValueTask CompleteAsync(DueWork work, CancellationToken cancel) => throw new NotSupportedException();

        public ValueTask ReleaseAsync(DueWork work, TimeSpan delay, CancellationToken cancel) => throw new NotSupportedException();

        public ValueTask<DateTimeOffset?> OldestDueAsync(CancellationToken cancel) => throw new NotSupportedException();

        public ValueTask CheckAsync(CancellationToken cancel) => throw new NotSupportedException();
    }
}

using System.Text;
using Azure;
using Azure.Storage.Queues;
using CoordinationBot.Storage;
using CoordinationBot.Tests.Storage;
using CoordinationBot.Upkeep;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace CoordinationBot.Tests.Upkeep;

[Collection(AzuriteFixture.Name)]
public sealed class MigrationTests(AzuriteFixture azurite) : IDisposable
{
    private static readonly DateTimeOffset Start = TimeProvider.System.GetUtcNow();

    private readonly SqliteFixture _sqlite = new();
    private readonly string _name = $"moved{System.Security.Cryptography.RandomNumberGenerator.GetHexString(15, lowercase: true)}";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _sqlite.Dispose();

    [Fact]
    public async Task Killed_at_any_point_it_goes_on_and_everything_arrives()
    {
        await FillAsync();
        _sqlite.File.Dispose();
        foreach (var killAt in (string[])["500 rows", "2500 rows", "500 wake-ups"])
        {
            var (killed, said) = await MigrateAsync(killAt);
            Assert.True(killed != 0, said);
            Assert.DoesNotContain("Everything is in table", said);
            // No host may take the half for the whole.
            using (var host = StorageFeatureTests.Host(Path.GetTempPath(), Settings()))
                Assert.Contains("Run CoordinationBot migrate again", (await Assert.ThrowsAsync<StorageException>(() => host.StartAsync(Cancel))).Message);
            // And the office may have worked on with the file.
            _sqlite.Reopen();
            await ChangeAsync(killAt);
            _sqlite.File.Dispose();
        }

        var (exit, output) = await MigrateAsync();

        Assert.True(exit == 0, output);
        _sqlite.Reopen();
        var here = (await new SqliteTables(_sqlite.File).AllAsync(Cancel).ToListAsync(Cancel)).Where(row => row.Partition != MigrationMark.Partition).ToDictionary(row => (row.Partition, row.Key), row => Encoding.UTF8.GetString(row.Data.Span));
        var there = new Dictionary<(string, string), string>();
        await foreach (var row in Table.AllAsync(Cancel))
        {
            if (row.Partition != MigrationMark.Partition) there.Add((row.Partition, row.Key), Encoding.UTF8.GetString(row.Data.Span));
        }
        Assert.Equal(here.OrderBy(pair => pair.Key), there.OrderBy(pair => pair.Key));
        Assert.Contains($"{here.Count} rows, the same on both sides", output);
        Assert.Contains("and 700 wake-ups.", output);
        Assert.Equal(700, await Queue().CountAsync(Cancel));
        var due = new List<WakeUp>();
        while (await Queue().ReceiveAsync(32, TimeSpan.FromHours(1), Cancel) is { Count: > 0 } works) due.AddRange(works.Select(work => work.WakeUp));
        Assert.Equal(Enumerable.Range(0, 600).Select(i => $"past{i:D3}"), due.Select(wakeUp => wakeUp.Partition).Order(StringComparer.Ordinal));
        using var running = StorageFeatureTests.Host(Path.GetTempPath(), Settings());
        await running.StartAsync(Cancel);
        await running.StopAsync(Cancel);
    }

    [Fact]
    public async Task Wake_ups_keep_their_times()
    {
        var queue = new SqliteWorkQueue(_sqlite.File, TimeProvider.System);
        DateTimeOffset[] times = [Start.AddDays(-1), Start.AddMinutes(5), Start.AddDays(30)];
        foreach (var time in times) await queue.EnqueueAsync(new WakeUp("k", "p"), time, Cancel);
        // What is hidden comes up soon, so that it can be looked at.
        await Preparation.CreateAsync(Cancel);
        await new Migration(_sqlite.File, Table, new AzureWorkQueue(Client, TimeProvider.System, TimeSpan.FromSeconds(1)), TimeProvider.System, TextWriter.Null).RunAsync(Cancel);
        await Task.Delay(TimeSpan.FromSeconds(2), Cancel);

        var messages = (await Client.PeekMessagesAsync(32, Cancel)).Value;

        Assert.Equal(times, messages.Select(message => System.Text.Json.JsonDocument.Parse(message.Body).RootElement.GetProperty("due").GetDateTimeOffset()).Order());
    }

    [Fact]
    public async Task It_is_done_once_and_a_file_that_changed_since_is_not_taken_for_what_lies_there()
    {
        await new SqliteTables(_sqlite.File).CommitAsync("p", [new Change.Insert("a", "1"u8.ToArray())], Cancel);
        Assert.Contains("in use by another process", (await MigrateAsync()).Output);
        _sqlite.File.Dispose();
        var first = await MigrateAsync();
        Assert.Equal(0, first.Exit);
        Assert.Equal(first, await MigrateAsync());

        _sqlite.Reopen();
        await new SqliteTables(_sqlite.File).CommitAsync("p", [new Change.Insert("b", "1"u8.ToArray())], Cancel);
        _sqlite.File.Dispose();

        var (exit, output) = await MigrateAsync();
        Assert.Equal((1, true), (exit, output.Contains("was worked with since")));
    }

    [Fact]
    public async Task A_host_does_not_start_on_half_of_it_and_says_so()
    {
        await Preparation.CreateAsync(Cancel);
        await new MigrationMark("another", Start).WriteAsync(Table, Cancel);

        var (exit, output) = await HostProgram.RunAsync(_sqlite.Path, ["--Storage:Provider=Azure", .. Arguments], Cancel);

        Assert.Equal((1, true, false), (exit, output.Contains("The bot cannot start. Not everything was moved into table"), output.Contains("Unhandled")));
    }

    [Fact]
    public async Task A_host_that_starts_while_the_storage_goes_away_waits_for_it()
    {
        var (clock, tables) = (new FakeTimeProvider(), new AwayAtFirst(Table));
        var preparation = new AzurePreparation(AzureAccount.Table(Options, null), Client, tables, clock, NullLogger<AzurePreparation>.Instance);

        var starting = preparation.StartAsync(Cancel);
        while (!starting.IsCompleted)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(20, Cancel);
        }

        await starting;
        Assert.Equal(3, tables.Asked);
    }

    [Fact]
    public async Task Hosts_that_stand_ready_on_the_new_table_are_no_data()
    {
        await Preparation.CreateAsync(Cancel);
        await Table.CommitAsync(HostRegister.Partition, [new Change.Insert("host|A", "{}"u8.ToArray())], Cancel);
        await new SqliteTables(_sqlite.File).CommitAsync("p", [new Change.Insert("a", "1"u8.ToArray())], Cancel);
        _sqlite.File.Dispose();

        Assert.Equal(0, (await MigrateAsync()).Exit);
        Assert.NotNull(await Table.GetAsync("p", "a", Cancel));
        Assert.NotNull(await Table.GetAsync(HostRegister.Partition, "host|A", Cancel));
    }

    [Theory]
    [InlineData("a row")]
    [InlineData("a message")]
    [InlineData("the move of another file")]
    public async Task A_target_that_holds_something_else_is_left_alone(string what)
    {
        await Preparation.CreateAsync(Cancel);
        if (what == "a row") await Table.CommitAsync("theirs", [new Change.Insert("a", "1"u8.ToArray())], Cancel);
        else if (what == "a message") await Queue().EnqueueAsync(new WakeUp("k", "p"), Start.AddDays(1), Cancel);
        else await new MigrationMark("another", Start).WriteAsync(Table, Cancel);
        await new SqliteTables(_sqlite.File).CommitAsync("p", [new Change.Insert("a", "1"u8.ToArray())], Cancel);
        _sqlite.File.Dispose();

        var (exit, output) = await MigrateAsync();

        Assert.Equal((1, true), (exit, output.Contains("already holds other data")));
        Assert.Null(await Table.GetAsync("p", "a", Cancel));
    }

    [Fact]
    public async Task Without_a_file_or_a_target_it_says_what_is_missing()
    {
        var (exit, output) = await HostProgram.RunAsync(_sqlite.Path, ["migrate"], Cancel);
        Assert.Equal((1, true), (exit, output.Contains("set Storage:AccountUri")));
        var nowhere = _sqlite.Path + "x";
        Assert.Equal((1, $"There is no storage file {nowhere} to move from. Name it in Storage:Path.\n"), await HostProgram.RunAsync(nowhere, ["migrate", .. Arguments], Cancel));
        Assert.False(File.Exists(nowhere));
    }

    private AzureTables Table => new(AzureAccount.Table(Options, null), TimeProvider.System);

    private QueueClient Client => AzureAccount.Queue(Options, null);

    private AzurePreparation Preparation =>
        new(AzureAccount.Table(Options, null), Client, Table, TimeProvider.System, NullLogger<AzurePreparation>.Instance);

    private StorageOptions Options
    {
        get
        {
            var options = azurite.Options;
            (options.Table, options.Queue) = (_name, _name);
            return options;
        }
    }

    private string[] Arguments => [$"--Storage:ConnectionString={azurite.Options.ConnectionString}", $"--Storage:Table={_name}", $"--Storage:Queue={_name}"];

    private string[] Settings() => ["Storage:Provider=Azure", .. Arguments.Select(argument => argument[2..])];

    private AzureWorkQueue Queue() => new(Client, TimeProvider.System);

    private Task<(int Exit, string Output)> MigrateAsync(string? killAt = null) => HostProgram.RunAsync(_sqlite.Path, ["migrate", .. Arguments], Cancel, killAt);

    /// <summary>Small partitions, a long one, rows of which few go at once (the emulator counts a row as it is sent, six bytes for each sign beyond ASCII), and signs of all kinds.</summary>
    private async Task FillAsync()
    {
        var tables = new SqliteTables(_sqlite.File);
        for (var partition = 0; partition < 200; partition++)
            await tables.CommitAsync($"tenant|D|{partition}", [.. Enumerable.Range(0, 10).Select(i => new Change.Insert($"history|{i:D6}", Data($"{partition} {i}")))], Cancel);
        for (var part = 0; part < 13; part++)
            await tables.CommitAsync("tenant|P|long", [.. Enumerable.Range(part * 100, 100).Select(i => new Change.Insert($"list|{i:D6}", Data($"{i}")))], Cancel);
        for (var large = 0; large < 6; large++)
            await tables.CommitAsync("tenant|C|large", [new Change.Insert($"calendar|{large:D3}", Data(large % 2 == 0 ? new string('x', 500_000) : new string('\u4E2D', 150_000)))], Cancel);
        await tables.CommitAsync("tenant|\u4E2D\u6587|\U0001F600", [new Change.Insert("caf\u00E9|\uFF21 'quoted' & <more>", Data("\U0001F600\n\"")), new Change.Insert("empty", Data(""))], Cancel);
        var queue = new SqliteWorkQueue(_sqlite.File, TimeProvider.System);
        await Task.WhenAll(Enumerable.Range(0, 600).Select(i => queue.EnqueueAsync(new WakeUp("k", $"past{i:D3}"), Start.AddMinutes(-i), Cancel).AsTask()));
        await Task.WhenAll(Enumerable.Range(0, 100).Select(i => queue.EnqueueAsync(new WakeUp("k", $"later{i:D3}"), Start.AddDays(i + 1), Cancel).AsTask()));
    }

    /// <summary>One row is gone, one is other, one is new; of the first ones, which had been moved.</summary>
    private async Task ChangeAsync(string how) => Assert.True((await new SqliteTables(_sqlite.File).CommitAsync(
        "tenant|D|0",
        [new Change.Upsert("history|000001", Data(how)), new Change.Insert($"new|{how}", Data(how)), new Change.Delete($"history|{how.Length % 8 + 2:D6}", null)],
        Cancel)).Committed);

    private static byte[] Data(string value) => Encoding.UTF8.GetBytes(value);

    /// <summary>Cannot be reached twice, after table and queue were there.</summary>
    private sealed class AwayAtFirst(ITables tables) : ITables
    {
        public int Asked { get; private set; }

        public ValueTask<Row?> GetAsync(string partition, string key, CancellationToken cancel) =>
            ++Asked > 2 ? tables.GetAsync(partition, key, cancel) : throw new StorageException("away", new RequestFailedException(0, "Connection refused"));

        public ValueTask<IReadOnlyList<Row>> QueryAsync(string partition, string prefix, int take, string? after, CancellationToken cancel) => tables.QueryAsync(partition, prefix, take, after, cancel);

        public ValueTask<CommitResult> CommitAsync(string partition, IReadOnlyList<Change> changes, CancellationToken cancel) => tables.CommitAsync(partition, changes, cancel);

        public ValueTask CheckAsync(CancellationToken cancel) => tables.CheckAsync(cancel);
    }
}

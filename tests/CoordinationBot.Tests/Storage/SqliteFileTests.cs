using System.Text;
using CoordinationBot.Storage;
using Microsoft.Data.Sqlite;

namespace CoordinationBot.Tests.Storage;

public sealed class SqliteFileTests : IDisposable
{
    private readonly SqliteFixture _sqlite = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _sqlite.Dispose();

    [Fact]
    public async Task Of_many_commits_in_one_group_each_caller_gets_its_own_answer()
    {
        var tables = new SqliteTables(_sqlite.File);
        await tables.CommitAsync("p", [new Change.Insert("taken", Data("x"))], Cancel);

        var results = await Task.WhenAll(Enumerable.Range(0, 2000).Select(async i => (i, result: await Task.Run(() => (i % 4) switch
        {
            0 => Commit(new Change.Insert("taken", Data("x")), new Change.Insert($"half{i}", Data("x"))),
            1 => Commit(new Change.Insert($"half{i}", Data("x")), new Change.Replace("taken", Data("x"), "999999")),
            2 => Commit(new Change.Insert($"one{i}", Data($"{i}"))),
            _ => Commit(new Change.Insert($"two{i}", Data($"{i}")), new Change.Upsert($"also{i}", Data($"{i}"))),
        }))));

        Assert.All(results, answer => Assert.Equal(answer.i % 4 < 2 ? "taken" : null, answer.result.ConflictKey));
        Assert.Empty(await tables.QueryAsync("p", "half", 1000, null, Cancel));
        foreach (var (i, result) in results.Where(answer => answer.result.Committed))
        {
            var row = (await tables.GetAsync("p", i % 4 == 2 ? $"one{i}" : $"two{i}", Cancel))!;
            Assert.Equal(($"{i}", result.Versions[0]), (Encoding.UTF8.GetString(row.Data.Span), row.Version));
        }
        var versions = results.SelectMany(answer => answer.result.Versions).ToList();
        Assert.Equal(versions.Count, versions.Distinct().Count());

        Task<CommitResult> Commit(params Change[] changes) => tables.CommitAsync("p", changes, Cancel).AsTask();
    }

    [Fact]
    public async Task Callers_who_cancel_do_not_disturb_the_others()
    {
        var tables = new SqliteTables(_sqlite.File);
        var answers = await Task.WhenAll(Enumerable.Range(0, 500).Select(i => Task.Run(async () =>
        {
            using var cancel = new CancellationTokenSource();
            var commit = tables.CommitAsync("p", [new Change.Insert($"{i}", Data("x"))], cancel.Token).AsTask();
            if (i % 2 == 0) await cancel.CancelAsync();
            try
            {
                return (await commit).Committed;
            }
            catch (OperationCanceledException)
            {
                return i % 2 == 0;
            }
        })));
        Assert.All(answers, Assert.True);
    }

    [Fact]
    public async Task A_writer_that_is_locked_out_fails_that_commit_and_goes_on()
    {
        _sqlite.File.Dispose();
        using var file = new SqliteFile(_sqlite.Path, busyTimeout: TimeSpan.FromMilliseconds(100));
        var tables = new SqliteTables(file);
        await tables.CommitAsync("p", [new Change.Insert("before", Data("x"))], Cancel);
        using (var other = Open())
        {
            using var begin = other.CreateCommand();
            begin.CommandText = "BEGIN IMMEDIATE";
            begin.ExecuteNonQuery();
            await Assert.ThrowsAsync<StorageException>(async () => await tables.CommitAsync("p", [new Change.Insert("during", Data("x"))], Cancel));
            Assert.NotNull(await tables.GetAsync("p", "before", Cancel));
        }

        Assert.True((await tables.CommitAsync("p", [new Change.Insert("after", Data("x"))], Cancel)).Committed);
        Assert.Null(await tables.GetAsync("p", "during", Cancel));
    }

    [Fact]
    public async Task A_disk_that_is_full_fails_that_group_and_the_writer_goes_on()
    {
        var tables = new SqliteTables(_sqlite.File);
        await tables.CommitAsync("p", [new Change.Insert("before", Data("x"))], Cancel);
        var enough = await _sqlite.File.WriteAsync(new Pragma<long>("PRAGMA max_page_count=1"), Cancel);

        await Assert.ThrowsAsync<StorageException>(async () => await tables.CommitAsync("p", [new Change.Insert("big", Data(new string('x', 200_000))), new Change.Insert("small", Data("x"))], Cancel));
        Assert.Null(await tables.GetAsync("p", "small", Cancel));

        await _sqlite.File.WriteAsync(new Pragma<long>($"PRAGMA max_page_count={enough + 1_000_000}"), Cancel);
        Assert.True((await tables.CommitAsync("p", [new Change.Insert("big", Data(new string('x', 200_000)))], Cancel)).Committed);
    }

    [Fact]
    public async Task Rows_and_the_count_of_versions_survive_a_restart()
    {
        var version = (await new SqliteTables(_sqlite.File).CommitAsync("p", [new Change.Insert("a", Data("1"))], Cancel)).Versions[0]!;
        await new SqliteTables(_sqlite.File).CommitAsync("p", [new Change.Delete("a", version)], Cancel);
        _sqlite.Reopen();

        var again = (await new SqliteTables(_sqlite.File).CommitAsync("p", [new Change.Insert("a", Data("1"))], Cancel)).Versions[0]!;

        Assert.True(long.Parse(again) > long.Parse(version));
    }

    [Fact]
    public void A_file_that_is_no_database_is_named()
    {
        _sqlite.File.Dispose();
        foreach (var suffix in (string[])["-wal", "-shm"]) File.Delete(_sqlite.Path + suffix);
        File.WriteAllText(_sqlite.Path, string.Concat(Enumerable.Repeat("this is not a database. ", 1000)));

        var thrown = Assert.Throws<StorageException>(() => new SqliteFile(_sqlite.Path));

        Assert.Contains(_sqlite.Path, thrown.Message);
        Assert.Contains("is not a database", thrown.Message);
    }

    [Theory]
    [InlineData("pages overwritten")]
    [InlineData("cut short")]
    [InlineData("one page of zeros")]
    public async Task A_file_that_is_damaged_is_refused(string damage)
    {
        var tables = new SqliteTables(_sqlite.File);
        for (var part = 0; part < 5; part++) await tables.CommitAsync("p", [.. Enumerable.Range(part * 100, 100).Select(i => new Change.Insert($"{i:D4}", Data(new string('x', 500))))], Cancel);
        _sqlite.File.Dispose();
        using (var stream = File.OpenWrite(_sqlite.Path))
        {
            stream.Position = 8 * 4096;
            if (damage == "cut short") stream.SetLength(stream.Position);
            else stream.Write(damage == "pages overwritten" ? [.. Enumerable.Repeat((byte)0xA5, 4 * 4096)] : new byte[4096]);
        }

        var thrown = Assert.Throws<StorageException>(() => new SqliteFile(_sqlite.Path));

        Assert.Contains("damaged", thrown.Message);
        Assert.Contains("Restore it from a backup", thrown.Message);
    }

    [Fact]
    public async Task A_commit_is_on_the_disk_before_it_is_answered() =>
        Assert.Equal(("wal", 2L), (await _sqlite.File.WriteAsync(new Pragma<string>("PRAGMA journal_mode"), Cancel), await _sqlite.File.WriteAsync(new Pragma<long>("PRAGMA synchronous"), Cancel)));

    [Fact]
    public async Task Whoever_reads_for_long_holds_up_nobody()
    {
        _sqlite.File.Dispose();
        using var file = new SqliteFile(_sqlite.Path, busyTimeout: TimeSpan.FromSeconds(30));
        var tables = new SqliteTables(file);
        await tables.CommitAsync("p", [new Change.Insert("a", Data("x"))], Cancel);
        using var other = Open();
        using var read = other.CreateCommand();
        read.CommandText = "BEGIN; SELECT count(*) FROM rows";
        read.ExecuteScalar();
        await tables.CommitAsync("p", [new Change.Insert("b", Data("x"))], Cancel);
        // By then the writer empties its log, which the reader is in.
        await Task.Delay(TimeSpan.FromSeconds(1.5), Cancel);

        await tables.CommitAsync("p", [new Change.Insert("c", Data("x"))], Cancel).AsTask().WaitAsync(TimeSpan.FromSeconds(10), Cancel);
    }

    [Fact]
    public void The_database_of_another_program_is_left_alone()
    {
        _sqlite.File.Dispose();
        File.Delete(_sqlite.Path);
        using (var other = Open())
        {
            using var create = other.CreateCommand();
            create.CommandText = "CREATE TABLE theirs (x)";
            create.ExecuteNonQuery();
        }

        Assert.Contains("another program", Assert.Throws<StorageException>(() => new SqliteFile(_sqlite.Path)).Message);
    }

    [Fact]
    public void A_file_that_a_newer_version_has_written_is_left_alone()
    {
        _sqlite.File.Dispose();
        using (var newer = Open())
        {
            using var write = newer.CreateCommand();
            write.CommandText = $"PRAGMA user_version={SqliteCheck.SchemaVersion + 1}";
            write.ExecuteNonQuery();
        }

        Assert.Contains("by a newer version of the bot", Assert.Throws<StorageException>(() => new SqliteFile(_sqlite.Path)).Message);
    }

    [Fact]
    public void A_file_that_another_process_has_is_refused() =>
        Assert.Contains("in use by another process", Assert.Throws<StorageException>(() => new SqliteFile(_sqlite.Path)).Message);

    [Fact]
    public void A_file_that_another_program_has_locked_is_refused()
    {
        _sqlite.File.Dispose();
        using var other = Open();
        using var begin = other.CreateCommand();
        begin.CommandText = "PRAGMA locking_mode=EXCLUSIVE; BEGIN EXCLUSIVE; PRAGMA user_version=1";
        begin.ExecuteNonQuery();

        Assert.Contains("locked by another process", Assert.Throws<StorageException>(() => new SqliteFile(_sqlite.Path, busyTimeout: TimeSpan.FromMilliseconds(50))).Message);
    }

    [Fact]
    public async Task A_closed_store_says_so()
    {
        var tables = new SqliteTables(_sqlite.File);
        await tables.GetAsync("p", "a", Cancel);
        _sqlite.File.Dispose();

        await Assert.ThrowsAsync<StorageException>(async () => await tables.CommitAsync("p", [new Change.Insert("a", Data("x"))], Cancel));
        await Assert.ThrowsAsync<StorageException>(async () => await tables.GetAsync("p", "a", Cancel));
        await Assert.ThrowsAsync<StorageException>(async () => await tables.CheckAsync(Cancel));
    }

    [Fact]
    public async Task What_was_acknowledged_before_a_kill_is_found()
    {
        _sqlite.File.Dispose();
        for (var round = 0; round < 3; round++)
        {
            var acknowledged = await SqliteCrashWriter.RunUntilKilledAsync(_sqlite.Path, commits: 200, Cancel);

            using var file = new SqliteFile(_sqlite.Path);
            var tables = new SqliteTables(file);
            Assert.True(acknowledged.Count >= 200);
            foreach (var (key, version) in acknowledged) Assert.Equal(version, (await tables.GetAsync("p", key, Cancel))?.Version);
        }
    }

    [Fact]
    public async Task A_second_process_is_told_what_to_do_and_may_begin_when_the_first_is_killed()
    {
        _sqlite.File.Dispose();
        await SqliteCrashWriter.RunUntilKilledAsync(_sqlite.Path, commits: 20, Cancel, async () =>
        {
            var (exit, output) = await HostProgram.RunAsync(_sqlite.Path, [], Cancel);

            Assert.Equal(1, exit);
            Assert.Contains($"The bot cannot start. The storage file {_sqlite.Path} is in use by another process: a bot runs on it. Stop that bot first", output);
            Assert.DoesNotContain("   at ", output);
        });

        using var file = new SqliteFile(_sqlite.Path);
        await new SqliteTables(file).CheckAsync(Cancel);
    }

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection($"Data Source={_sqlite.Path};Pooling=False");
        connection.Open();
        return connection;
    }

    private static byte[] Data(string value) => Encoding.UTF8.GetBytes(value);

    private sealed class Pragma<T>(string sql) : SqliteWrite<T>(default)
    {
        protected override T Write(SqliteSession session, SqliteFile file) => (T)session.Execute(sql)!;
    }
}

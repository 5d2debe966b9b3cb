using System.Text;
using CoordinationBot.Storage;
using CoordinationBot.Tests.Storage;

namespace CoordinationBot.Tests.Upkeep;

public sealed class BackupTests : IDisposable
{
    private readonly SqliteFixture _sqlite = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Copy => Path.Combine(Path.GetDirectoryName(_sqlite.Path)!, "backups", "one.db");

    public void Dispose() => _sqlite.Dispose();

    [Fact]
    public async Task A_backup_under_load_holds_everything_up_to_one_moment_and_nothing_after_it()
    {
        await FillAsync();
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var done = 0;
        var working = Task.Run(
            async () =>
            {
                var (tables, queue) = (new SqliteTables(_sqlite.File), new SqliteWorkQueue(_sqlite.File, TimeProvider.System));
                for (var i = 1; !enough.IsCancellationRequested; i++)
                {
                    await queue.EnqueueAsync(new WakeUp("k", $"{i}"), TimeProvider.System.GetUtcNow(), Cancel);
                    await tables.CommitAsync("load", [new Change.Upsert("last", Data($"{i}")), new Change.Insert($"entry|{i:D6}", Data($"{i}"))], Cancel);
                    Volatile.Write(ref done, i);
                }
            },
            Cancel);
        while (Volatile.Read(ref done) == 0) await Task.Delay(10, Cancel);

        var before = Volatile.Read(ref done);
        var (exit, output) = await HostProgram.RunAsync(_sqlite.Path, ["backup", Copy], Cancel);
        var after = Volatile.Read(ref done) + 1;
        await enough.CancelAsync();
        await working;

        Assert.Equal((0, true), (exit, output.Contains($"is in {Copy}")));
        Assert.True(after > before + 1, "Nothing was written during the backup.");
        using var copy = new SqliteFile(Copy);
        var (tables, queue) = (new SqliteTables(copy), new SqliteWorkQueue(copy, TimeProvider.System));
        var last = int.Parse(Encoding.UTF8.GetString((await tables.GetAsync("load", "last", Cancel))!.Data.Span));
        Assert.InRange(last, before, after);
        Assert.Equal(Enumerable.Range(1, last).Select(i => $"entry|{i:D6}"), (await tables.AllAsync(Cancel).ToListAsync(Cancel)).Where(row => row.Partition == "load" && row.Key != "last").Select(row => row.Key));
        // A wake-up comes before its commit, so there may be one more.
        Assert.InRange(queue.All().Count(), last, last + 1);
        Assert.Equal(Enumerable.Range(1, last).Select(i => $"{i}"), queue.All().Take(last).Select(work => work.WakeUp.Partition));
        Assert.Equal([Copy], Directory.GetFiles(Path.GetDirectoryName(Copy)!, "*.db*").Where(file => !file.EndsWith(".lock", StringComparison.Ordinal) && !file.EndsWith("-wal", StringComparison.Ordinal) && !file.EndsWith("-shm", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_backup_replaces_nothing_and_wants_a_file()
    {
        Assert.Equal(0, (await HostProgram.RunAsync(_sqlite.Path, ["backup", Copy], Cancel)).Exit);

        Assert.Equal((1, $"{Copy} is there already, and a backup never replaces anything. Name another file.\n"), await HostProgram.RunAsync(_sqlite.Path, ["backup", Copy], Cancel));
        Assert.Equal((1, "Say which file: CoordinationBot backup FILE.\n"), await HostProgram.RunAsync(_sqlite.Path, ["backup"], Cancel));
        var nowhere = _sqlite.Path + "x";
        Assert.Equal((1, $"There is no storage file {nowhere}.\n"), await HostProgram.RunAsync(nowhere, ["backup", Copy + "2"], Cancel));
    }

    [Fact]
    public async Task A_file_is_restored_and_what_was_there_stays_beside_it()
    {
        await CommitAsync("old");
        SqliteBackup.Copy(_sqlite.Path, Copy);
        await CommitAsync("new");
        Assert.Contains("is in use by another process: a bot runs on it. Stop that bot first", (await HostProgram.RunAsync(_sqlite.Path, ["restore", Copy], Cancel)).Output);
        Assert.NotNull(await FindAsync(_sqlite.File, "new"));
        // Its last commits are still in the log beside the file, which must not get into what takes its place.
        _sqlite.File.Dispose();
        var acknowledged = await SqliteCrashWriter.RunUntilKilledAsync(_sqlite.Path, commits: 50, Cancel);
        Assert.True(new FileInfo(_sqlite.Path + "-wal").Length > 0);

        var (exit, output) = await HostProgram.RunAsync(_sqlite.Path, ["restore", Copy], Cancel);

        Assert.Equal((0, true), (exit, output.StartsWith($"{_sqlite.Path} is what was in {Copy}. What was there before is in {_sqlite.Path}.before-", StringComparison.Ordinal)));
        _sqlite.Reopen();
        Assert.NotNull(await FindAsync(_sqlite.File, "old"));
        Assert.Equal(["old"], (await new SqliteTables(_sqlite.File).AllAsync(Cancel).ToListAsync(Cancel)).Select(row => row.Key));
        using var kept = new SqliteFile(Directory.GetFiles(Path.GetDirectoryName(_sqlite.Path)!, "*.before-*").Single());
        Assert.NotNull(await FindAsync(kept, "new"));
        foreach (var (key, _) in acknowledged) Assert.NotNull(await FindAsync(kept, key));
    }

    [Fact]
    public async Task A_damaged_file_is_replaced_and_a_damaged_backup_is_not_taken()
    {
        await FillAsync();
        await CommitAsync("old");
        SqliteBackup.Copy(_sqlite.Path, Copy);
        var bad = Copy + "2";
        SqliteBackup.Copy(_sqlite.Path, bad);
        Damage(bad);
        _sqlite.File.Dispose();
        Assert.Contains("damaged", (await HostProgram.RunAsync(_sqlite.Path, ["restore", bad], Cancel)).Output);
        Assert.Contains($"There is no storage file {bad}3", (await HostProgram.RunAsync(_sqlite.Path, ["restore", bad + "3"], Cancel)).Output);
        _sqlite.Reopen();
        Assert.NotNull(await FindAsync(_sqlite.File, "old"));
        _sqlite.File.Dispose();
        Damage(_sqlite.Path);

        Assert.Equal(0, (await HostProgram.RunAsync(_sqlite.Path, ["restore", Copy], Cancel)).Exit);

        _sqlite.Reopen();
        Assert.NotNull(await FindAsync(_sqlite.File, "old"));
    }

    private static void Damage(string path)
    {
        using var stream = File.OpenWrite(path);
        stream.Position = 20 * 4096;
        stream.Write([.. Enumerable.Repeat((byte)0xA5, 4 * 4096)]);
    }

    private async Task FillAsync()
    {
        for (var part = 0; part < 40; part++)
            await new SqliteTables(_sqlite.File).CommitAsync("fill", [.. Enumerable.Range(part * 50, 50).Select(i => new Change.Insert($"{i:D4}", Data(new string('x', 10_000))))], Cancel);
    }

    private async Task CommitAsync(string key) => await new SqliteTables(_sqlite.File).CommitAsync("p", [new Change.Insert(key, Data(key))], Cancel);

    private static async Task<Row?> FindAsync(SqliteFile file, string key) => await new SqliteTables(file).GetAsync("p", key, Cancel);

    private static byte[] Data(string value) => Encoding.UTF8.GetBytes(value);
}

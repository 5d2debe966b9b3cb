using System.Text;
using CoordinationBot.Storage;
using CoordinationBot.Tests.Rights;
using CoordinationBot.Tests.Scenarios;
using CoordinationBot.Tests.Storage;
using CoordinationBot.Upkeep;
using Microsoft.Extensions.DependencyInjection;

namespace CoordinationBot.Tests.Upkeep;

/// <summary>What people did is held against its seals: in an office in which there is everything, and by the real program.</summary>
public sealed class VerifyTests : IDisposable
{
    private readonly SqliteFixture _sqlite = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Note => Path.Combine(Path.GetDirectoryName(_sqlite.Path)!, "seals.txt");

    public void Dispose() => _sqlite.Dispose();

    [Fact]
    public async Task Everything_that_has_a_history_is_sealed_also_when_somebody_was_forgotten_and_any_change_is_found()
    {
        await using var rights = await RightsOffice.OpenAsync();
        var office = rights.Office;
        var (scan, tables) = (office.Services.GetRequiredService<IRowScan>(), office.Services.GetRequiredService<ITables>());
        async Task<(HistoryFindings Findings, List<NotedSeal> Notes)> VerifyAsync(IEnumerable<NotedSeal> noted)
        {
            List<NotedSeal> notes = [];
            return (await new HistoryCheck(scan, tables).RunAsync(noted.ToAsyncEnumerable(), note => { notes.Add(note); return default; }, Cancel), notes);
        }

        var (before, notes) = await VerifyAsync([]);
        Assert.Empty(before.Faults);
        Assert.Equal(["A", "D", "F", "M", "S"], notes.Select(note => note.Partition.Split('|')[1]).Distinct().Order(StringComparer.Ordinal));
        Assert.Equal((0, true), (before.Rewritten, before.Entries > before.Histories));

        await office.InvokesAsync("bob", "privacy.forget", RightsOffice.Data([("sure", "forget")]));
        await office.PassesAsync(8);
        var (after, _) = await VerifyAsync(notes);
        Assert.Empty(after.Faults);
        Assert.True(after.Rewritten > 0 && after.Entries >= before.Entries);

        foreach (var kind in notes.GroupBy(note => note.Partition.Split('|')[1]).Select(kind => kind.First()))
        {
            var row = (await tables.GetAsync(kind.Partition, kind.Key, Cancel))!;
            await ReplaceAsync(row, Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(row.Data.Span).Replace("\"What\":\"", "\"What\":\"Never ", StringComparison.Ordinal)));
            var (found, _) = await VerifyAsync(notes);
            Assert.Contains($"{kind.Partition}: {HistoryRules.Entry(kind.Key)} is not what was written, or what was before it is not there.", found.Faults);
            await ReplaceAsync((await tables.GetAsync(kind.Partition, kind.Key, Cancel))!, row.Data);
        }
        Assert.Empty((await VerifyAsync(notes)).Findings.Faults);

        async Task ReplaceAsync(Row row, ReadOnlyMemory<byte> data) => Assert.True((await tables.CommitAsync(row.Partition, [new Change.Replace(row.Key, data, row.Version)], Cancel)).Committed);
    }

    [Fact]
    public async Task The_command_says_that_all_is_well_notes_it_and_finds_what_was_sealed_anew()
    {
        // A host has the file meanwhile.
        await WriteAsync("tenant|D|D-1", "Offered", "Accepted");
        await WriteAsync("tenant|D|D-2", "Offered");
        Assert.Equal((0, "3 entries in 2 histories. All is as it was written.\n"), await RunAsync("verify"));
        Assert.Equal((0, $"3 entries in 2 histories. All is as it was written. {Note} notes it for the next time: keep it where nobody can write who can write the storage.\n"), await RunAsync("verify", Note));
        Assert.Equal(0, (await RunAsync("verify", Note)).Exit);

        await WriteAsync("tenant|D|D-1", "Offered", "Declined");
        Assert.Equal(0, (await RunAsync("verify")).Exit);
        var noted = await File.ReadAllTextAsync(Note, Cancel);
        Assert.Equal((1, $"tenant|D|D-1: up to entry 2 it is not the history that was noted.\n3 entries in 2 histories. Not all of it is as it was written. {Note} was left as it was.\n"), await RunAsync("verify", Note));
        Assert.Equal(noted, await File.ReadAllTextAsync(Note, Cancel));

        await DeleteAsync("tenant|D|D-1");
        await DeleteAsync("tenant|D|D-2");
        Assert.Equal((1, $"tenant|D|D-1: all of it is gone, with entry 2 that was noted.\ntenant|D|D-2: all of it is gone, with entry 1 that was noted.\n0 entries in 0 histories. Not all of it is as it was written. {Note} was left as it was.\n"), await RunAsync("verify", Note));

        await File.WriteAllTextAsync(Note, "{\"Partition\":\"b\",\"Key\":\"k\",\"Seal\":\"s\"}\nnonsense", Cancel);
        Assert.Equal((1, $"{Note} is not a note of this command. Nothing was compared, and it was left as it was.\n"), await RunAsync("verify", Note));
        Assert.Equal([Note], Directory.GetFileSystemEntries(Path.GetDirectoryName(Note)!).Where(entry => !entry.StartsWith(_sqlite.Path, StringComparison.Ordinal)));
    }

    private async Task<(int Exit, string Output)> RunAsync(params string[] args) => await HostProgram.RunAsync(_sqlite.Path, args, Cancel);

    private async Task WriteAsync(string partition, params string[] texts)
    {
        string? seal = null;
        List<Change> changes = [];
        foreach (var text in texts)
        {
            (var row, seal) = HistoryRows.Add(partition, seal, changes.Count + 1, Encoding.UTF8.GetBytes($$"""{"What":"{{text}}"}"""));
            changes.Add(new Change.Upsert(row.Key, row.Data));
        }
        await new SqliteTables(_sqlite.File).CommitAsync(partition, [.. changes, new Change.Upsert("state", Encoding.UTF8.GetBytes($$"""{"Seal":"{{seal}}"}"""))], Cancel);
    }

    private async Task DeleteAsync(string partition)
    {
        var tables = new SqliteTables(_sqlite.File);
        await tables.CommitAsync(partition, [.. (await tables.QueryAsync(partition, "", 100, null, Cancel)).Select(row => new Change.Delete(row.Key, null))], Cancel);
    }
}

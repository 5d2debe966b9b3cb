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
        async Task<(HistoryFindings Findings, List<NotedSeal> Notes)> VerifyAsync(IEnumerable<NotedSeal> noted, params IEnumerable<string> ended)
        {
            List<NotedSeal> notes = [];
            return (await new HistoryCheck(scan, tables).RunAsync(noted.ToAsyncEnumerable(), ended.ToHashSet(), note => { notes.Add(note); return default; }, Cancel), notes);
        }

        var (before, notes) = await VerifyAsync([]);
        Assert.Empty(before.Faults);
        Assert.Equal(["A", "D", "F", "M", "S"], notes.Select(note => note.Partition.Split('|')[1]).Distinct().Order(StringComparer.Ordinal));
        Assert.Equal((0, true), (before.Rewritten, before.Entries > before.Histories));

        await office.InvokesAsync("bob", "privacy.forget", RightsOffice.Data([("sure", "forget")]));
        await office.PassesAsync(8);
        var (after, _) = await VerifyAsync(notes);
        Assert.Empty(after.Faults);
        Assert.True(after.Rewritten > 0 && after.Rewritten == after.New.Count && after.Entries >= before.Entries);
        Assert.Equal(Assert.Single(after.Ended).Split('|')[2], Assert.Single(after.New.Select(rewriting => rewriting.StandIn).Distinct()));
        // Had it ended before, none of that would be its own.
        Assert.Equal(after.Rewritten, (await VerifyAsync(notes, after.Ended)).Findings.Faults.Count);

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

    [Fact]
    public async Task What_was_changed_in_the_manner_of_an_erasure_is_a_fault_without_one_and_named_with_one()
    {
        await WriteAsync("tenant|D|D-1", "Offered", "Accepted");
        await WriteAsync("tenant|D|D-2", "Offered");
        Assert.Equal(0, (await RunAsync("verify", Note)).Exit);
        var (old, other, forgotten) = (Guid.NewGuid(), Guid.NewGuid(), "3 entries in 2 histories, 1 of them in other words since somebody was forgotten.");

        await RewriteAsync("tenant|D|D-1", old);
        Assert.Equal((1, $"tenant|D|D-1: entry 1 stands in other words, and no erasure explains it.\n{forgotten} Not all of it is as it was written.\n"), await RunAsync("verify"));
        Assert.Equal((1, $"tenant|D|D-1: entry 1 stands in other words, and no erasure explains it.\n{forgotten} Not all of it is as it was written. {Note} was left as it was.\n"), await RunAsync("verify", Note));

        // An erasure that goes on explains it; nothing else does, whatever stands in the row of a person.
        await KeepAsync(old, "29:kim");
        Assert.Equal(1, (await RunAsync("verify", Note)).Exit);
        await KeepAsync(old, $"{old}");
        await new SqliteTables(_sqlite.File).CommitAsync("tenant|K|kim", [new Change.Insert("state", Encoding.UTF8.GetBytes($$"""{"Tenant":"tenant","ObjectId":"kim","StandIn":"{{old}}","Name":"Kim Kern"}"""))], Cancel);
        var named = $"tenant|D|D-1: entry 1 in other words, for whoever is {old} now.\nThis is new, by 1 erasure. No seal tells what else was changed in it: look whether so many were to be forgotten, and whether they were part of it.\n{forgotten} All else is as it was written.";
        Assert.Equal((0, $"{named}\n"), await RunAsync("verify"));
        Assert.Equal((0, $"{named} {Note} notes it for the next time: keep it where nobody can write who can write the storage.\n"), await RunAsync("verify", Note));
        Assert.Equal((0, $"{forgotten} All else is as it was written. {Note} notes it for the next time: keep it where nobody can write who can write the storage.\n"), await RunAsync("verify", Note));

        // It goes on, and has ended before the next time: what comes after that no longer belongs to it.
        await RewriteAsync("tenant|D|D-2", old);
        await DeleteAsync("tenant|K|kim");
        Assert.Contains($"tenant|D|D-2: entry 1 in other words, for whoever is {old} now.", (await RunAsync("verify", Note)).Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Kim", await File.ReadAllTextAsync(Note, Cancel), StringComparison.OrdinalIgnoreCase);
        await RewriteAsync("tenant|D|D-2", old, "Never");
        Assert.Contains("tenant|D|D-2: entry 1 stands in other words, and no erasure explains it.", (await RunAsync("verify", Note)).Output, StringComparison.Ordinal);

        // Made up with an erasure of its own: one more than anybody asked for.
        await RewriteAsync("tenant|D|D-2", other);
        await KeepAsync(other, $"{other}");
        Assert.Contains($"tenant|D|D-2: entry 1 in other words, for whoever is {other} now.\nThis is new, by 1 erasure.", (await RunAsync("verify", Note)).Output, StringComparison.Ordinal);
    }

    private async Task RewriteAsync(string partition, Guid standIn, string text = "a former colleague")
    {
        var tables = new SqliteTables(_sqlite.File);
        var row = (await tables.GetAsync(partition, HistoryRows.Key(1), Cancel))!;
        await tables.CommitAsync(partition, [new Change.Replace(row.Key, HistoryRows.Rewritten(row.Data, standIn, _ => Encoding.UTF8.GetBytes($$"""{"What":"{{text}}"}"""))!.Value, row.Version)], Cancel);
    }

    private async Task KeepAsync(Guid id, string teamsId) => await new SqliteTables(_sqlite.File).CommitAsync(
        $"tenant|P|{id}", [new Change.Upsert("person", Encoding.UTF8.GetBytes($$"""{"Tenant":"tenant","ObjectId":"{{id}}","TeamsId":"{{teamsId}}","Name":"a former colleague","ServiceUrl":"","BotId":""}"""))], Cancel);

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

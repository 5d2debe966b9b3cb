using System.Collections.Frozen;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using CoordinationBot.Storage;

namespace CoordinationBot.Upkeep;

/// <summary><c>verify [FILE]</c>: whether every history is as it was written. The file is the note of it: what it says is compared, and it is written anew when nothing is wrong.</summary>
internal static class Verification
{
    /// <summary>Sentences that are shown; more of the same tell nothing new.</summary>
    private const int MostFaults = 50;

    /// <returns>That all is well.</returns>
    /// <exception cref="StorageException">In sentences, what is not.</exception>
    public static async Task<string> RunAsync(IRowScan scan, ITables tables, string? file, CancellationToken cancel)
    {
        var fresh = file is null ? null : file + ".part";
        try
        {
            var findings = await CheckAsync(scan, tables, file, fresh, cancel);
            if (findings.Faults.Count > 0)
            {
                var more = findings.Faults.Count > MostFaults ? $"\nand {findings.Faults.Count - MostFaults} more." : "";
                throw new StorageException($"{string.Join('\n', findings.Faults.Take(MostFaults))}{more}\n{Counted(findings)} Not all of it is as it was written.{(file is null ? "" : $" {file} was left as it was.")}", new InvalidOperationException());
            }
            if (fresh is not null)
            {
                File.Move(fresh, file!, overwrite: true);
            }
            return $"{Named(findings)}{Counted(findings)} All {(findings.Rewritten == 0 ? "" : "else ")}is as it was written.{(file is null ? "" : $" {file} notes it for the next time: keep it where nobody can write who can write the storage.")}";
        }
        finally
        {
            if (fresh is not null && File.Exists(fresh)) File.Delete(fresh);
        }
    }

    private static async Task<HistoryFindings> CheckAsync(IRowScan scan, ITables tables, string? file, string? fresh, CancellationToken cancel)
    {
        var check = new HistoryCheck(scan, tables);
        if (fresh is null)
        {
            return await check.RunAsync(AsyncEnumerable.Empty<NotedSeal>(), FrozenSet<string>.Empty, _ => default, cancel);
        }
        await using var writer = new StreamWriter(fresh);
        var findings = await check.RunAsync(ReadAsync(file!, cancel), await EndedAsync(file!, cancel), async seal => await writer.WriteLineAsync(JsonSerializer.Serialize(seal, NotedSealJson.Default.NotedSeal)), cancel);
        await writer.WriteLineAsync(JsonSerializer.Serialize(new NotedErasures(findings.Ended), NotedSealJson.Default.NotedErasures));
        return findings;
    }

    /// <summary>The last line of a note.</summary>
    private static async Task<IReadOnlySet<string>> EndedAsync(string file, CancellationToken cancel)
    {
        var line = File.Exists(file) ? await File.ReadLinesAsync(file, cancel).LastOrDefaultAsync(cancel) : null;
        return (line is null ? null : Read(line, NotedSealJson.Default.NotedErasures))?.Ended?.ToHashSet(StringComparer.Ordinal) ?? [];
    }

    private static async IAsyncEnumerable<NotedSeal> ReadAsync(string file, [EnumeratorCancellation] CancellationToken cancel)
    {
        if (!File.Exists(file))
        {
            yield break;
        }
        string? last = null;
        await foreach (var line in File.ReadLinesAsync(file, cancel))
        {
            if (Read(line, NotedSealJson.Default.NotedErasures)?.Ended is not null)
            {
                yield break;
            }
            if (Read(line, NotedSealJson.Default.NotedSeal) is not { Partition: { } partition, Key: { } key, Seal: not null } noted || !HistoryRows.IsEntry(key) || string.CompareOrdinal(last, partition) >= 0)
            {
                throw new StorageException($"{file} is not a note of this command. Nothing was compared, and it was left as it was.", new InvalidOperationException());
            }
            last = partition;
            yield return noted;
        }
    }

    private static T? Read<T>(string line, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(line, type);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>All of them, however many: somebody is to hold them against what they know.</summary>
    private static string Named(HistoryFindings findings)
    {
        if (findings.New.Count == 0)
        {
            return "";
        }
        var standIns = findings.New.Select(rewriting => rewriting.StandIn).Distinct(StringComparer.Ordinal).Count();
        var named = findings.New.GroupBy(rewriting => (rewriting.Partition, rewriting.StandIn))
            .Select(history => $"{history.Key.Partition}: {string.Join(", ", history.Select(rewriting => HistoryRules.Entry(rewriting.Key)))} in other words, for whoever is {history.Key.StandIn} now.\n");
        return $"{string.Concat(named)}This is new, by {standIns} {(standIns == 1 ? "erasure" : "erasures")}. No seal tells what else was changed in it: look whether so many were to be forgotten, and whether they were part of it.\n";
    }

    private static string Counted(HistoryFindings findings) =>
        $"{findings.Entries} entries in {findings.Histories} histories{(findings.Rewritten == 0 ? "" : $", {findings.Rewritten} of them in other words since somebody was forgotten")}.";
}

/// <summary>The erasures that had ended.</summary>
internal sealed record NotedErasures(IReadOnlyList<string>? Ended);

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(NotedSeal))]
[JsonSerializable(typeof(NotedErasures))]
internal sealed partial class NotedSealJson : JsonSerializerContext;

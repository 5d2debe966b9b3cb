using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
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
            return $"{Counted(findings)} All is as it was written.{(file is null ? "" : $" {file} notes it for the next time: keep it where nobody can write who can write the storage.")}";
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
            return await check.RunAsync(AsyncEnumerable.Empty<NotedSeal>(), _ => default, cancel);
        }
        await using var writer = new StreamWriter(fresh);
        return await check.RunAsync(ReadAsync(file!, cancel), async seal => await writer.WriteLineAsync(JsonSerializer.Serialize(seal, NotedSealJson.Default.NotedSeal)), cancel);
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
            if (Read(line) is not { Partition: { } partition, Key: { } key, Seal: not null } noted || !HistoryRows.IsEntry(key) || string.CompareOrdinal(last, partition) >= 0)
            {
                throw new StorageException($"{file} is not a note of this command. Nothing was compared, and it was left as it was.", new InvalidOperationException());
            }
            last = partition;
            yield return noted;
        }
    }

    private static NotedSeal? Read(string line)
    {
        try
        {
            return JsonSerializer.Deserialize(line, NotedSealJson.Default.NotedSeal);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Counted(HistoryFindings findings) =>
        $"{findings.Entries} entries in {findings.Histories} histories{(findings.Rewritten == 0 ? "" : $", {findings.Rewritten} of them in other words since somebody was forgotten")}.";
}

[JsonSerializable(typeof(NotedSeal))]
internal sealed partial class NotedSealJson : JsonSerializerContext;

using System.Buffers.Text;
using CoordinationBot.Storage;

namespace CoordinationBot.Upkeep;

/// <summary>The last entry of a history, to be kept where nobody can write who can write the tables.</summary>
/// <param name="Partition">Of the history.</param>
/// <param name="Key">Of the entry.</param>
/// <param name="Seal">Of all up to it.</param>
internal sealed record NotedSeal(string Partition, string Key, string Seal)
{
    /// <summary>The entries that stand in other words, by their keys: the digest of what stands there. Null: there are none.</summary>
    public Dictionary<string, string>? Rewritten { get; init; }
}

/// <summary>An entry that stands in other words since somebody was forgotten, as it says itself.</summary>
/// <param name="Partition">Of the history.</param>
/// <param name="Key">Of the entry.</param>
/// <param name="StandIn">Who stands for them.</param>
internal sealed record Rewriting(string Partition, string Key, string StandIn);

/// <summary>What the check of one history found.</summary>
/// <param name="Entries">How many there are.</param>
/// <param name="Rewritten">How many stand in other words.</param>
/// <param name="New">Those of them that were not noted like that.</param>
/// <param name="Last">The last of them.</param>
/// <param name="Faults">What is not as it was written, in sentences.</param>
internal sealed record CheckedHistory(int Entries, int Rewritten, IReadOnlyList<Rewriting> New, NotedSeal? Last, IReadOnlyList<string> Faults);

/// <summary>When a history is as it was written.</summary>
internal static class HistoryRules
{
    /// <summary>Whether a row is an entry, or a state that holds a seal.</summary>
    public static bool Concerns(Row row) => HistoryRows.IsEntry(row.Key) || HistoryRows.SealIn(row) is not null;

    /// <param name="partition">Of the history.</param>
    /// <param name="rows">What is in it, in the order of keys.</param>
    /// <param name="noted">What an earlier check noted of it; null: nothing.</param>
    public static CheckedHistory Check(string partition, IReadOnlyList<Row> rows, NotedSeal? noted)
    {
        List<string> faults = [];
        List<Rewriting> fresh = [];
        Dictionary<string, string> rewritten = [];
        var (entries, isNotedThere) = (0, noted is null);
        NotedSeal? last = null;
        foreach (var row in rows.Where(row => HistoryRows.IsEntry(row.Key)))
        {
            entries++;
            if (SealedEntry.Read(row.Data) is not { } entry)
            {
                faults.Add($"{partition}: {Entry(row.Key)} has no seal.");
                continue;
            }
            if (!entry.Fits(partition, last?.Seal, row.Key))
            {
                faults.Add($"{partition}: {Entry(row.Key)} is not what was written, or what was before it is not there.");
            }
            var before = noted?.Rewritten?.GetValueOrDefault(row.Key);
            if (entry.IsRewritten)
            {
                rewritten[row.Key] = Base64Url.EncodeToString(entry.Rewriting);
                if (rewritten[row.Key] != before)
                {
                    fresh.Add(new Rewriting(partition, row.Key, entry.StandIn.ToString()));
                }
            }
            else if (before is not null)
            {
                faults.Add($"{partition}: {Entry(row.Key)} says again what it said before somebody was forgotten.");
            }
            last = new NotedSeal(partition, row.Key, Base64Url.EncodeToString(entry.Seal));
            isNotedThere |= last.Key == noted?.Key && last.Seal == noted.Seal;
        }
        var seals = rows.Where(row => !HistoryRows.IsEntry(row.Key)).Select(HistoryRows.SealIn).OfType<string>().ToList();
        if (seals is not [var seal] || seal != last?.Seal)
        {
            faults.Add(seals.Count == 0 ? $"{partition}: what this is the history of is gone." : $"{partition}: entries are missing at its end, or what it is the history of is not what it was after the last of them.");
        }
        if (!isNotedThere)
        {
            faults.Add($"{partition}: up to {Entry(noted!.Key)} it is not the history that was noted.");
        }
        return new CheckedHistory(entries, rewritten.Count, fresh, rewritten.Count == 0 || last is null ? last : last with { Rewritten = rewritten }, faults);
    }

    public static string Entry(string key) => $"entry {key[HistoryRows.Prefix.Length..].TrimStart('0')}";
}

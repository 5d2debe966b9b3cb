using System.Globalization;
using System.Text.RegularExpressions;

namespace CoordinationBot.Tests.Feedbacks;

/// <summary>
/// Somebody who has everything but the authors' cards, and tries to say who wrote what: by the order and the versions of rows, by keys and sizes, by
/// times, by ids that stand beside each other, by what a deduplication record would hold, by the queue and by the log.
/// </summary>
internal static partial class Linker
{
    /// <summary>Each way with its guesses: for each row of <see cref="Evidence.Anonymous"/> a person, or nobody.</summary>
    public static IEnumerable<(string Way, int?[] Guesses)> Ways(Evidence evidence)
    {
        var items = evidence.Anonymous;
        var presses = evidence.Presses;
        yield return ("the order of versions against the order of turns", ByRank(items, row => row.Version, presses, seen => seen.At));
        yield return ("the order of keys against the order of turns", ByRank(items, row => row.Partition, presses, seen => seen.At));
        yield return ("the size of rows against the size of what was sent", ByRank(items, row => row.Data.Length, evidence.Sent, seen => seen.Size));
        yield return ("the order of versions against the order of what was sent", ByRank(items, row => row.Version, evidence.Sent, seen => seen.At));
        yield return ("the order of the register against the order of turns", ByRank(items, row => evidence.Rows.Where(other => other.Key.EndsWith($"|{IdOf(row)}", StringComparison.Ordinal) && other.Key.StartsWith("feedback|", StringComparison.Ordinal)).Select(other => other.Version).DefaultIfEmpty(0).First(), presses, seen => seen.At));
        yield return ("the order of the queue against the order of turns", ByRank(items, row => PlaceIn(evidence.Work, row.Partition), presses, seen => seen.At));
        yield return ("ids that stand beside each other", [.. items.Select(row => ByIds(evidence, row))]);
        yield return ("times", [.. items.Select(row => ByTime(evidence, row))]);
        yield return ("what a deduplication record would hold", [.. items.Select(row => ByOperation(evidence, row))]);
        yield return ("lines of the log", [.. items.Select(row => ByLog(evidence, row))]);
    }

    public static string IdOf(StoredRow row) => row.Partition[(row.Partition.LastIndexOf('|') + 1)..];

    /// <summary>The k-th of the one is the k-th of the other.</summary>
    private static int?[] ByRank<TItem, TSeen>(IReadOnlyList<StoredRow> items, Func<StoredRow, TItem> place, IReadOnlyList<Seen> seen, Func<Seen, TSeen> when)
    {
        var (rows, turns) = (items.Select((row, index) => (row, index)).OrderBy(pair => place(pair.row)).ToList(), seen.OrderBy(when).ToList());
        var guesses = new int?[items.Count];
        for (var rank = 0; rank < rows.Count; rank++)
        {
            // When more turns came in than rows were written, they are stretched to match.
            guesses[rows[rank].index] = turns[(int)((long)rank * turns.Count / rows.Count)].Person;
        }
        return guesses;
    }

    private static int? ByIds(Evidence evidence, StoredRow row)
    {
        var handle = HandleOf(row);
        var about = evidence.Rows.Where(other => other.Partition == row.Partition || other.Data.Contains(handle, StringComparison.Ordinal) || other.Key.Contains(handle, StringComparison.Ordinal))
            // Whose register it is in, the row says itself.
            .Where(other => !other.Key.StartsWith("listed|", StringComparison.Ordinal) && !other.Key.StartsWith("outbox|", StringComparison.Ordinal));
        foreach (var text in about.SelectMany(other => (string[])[other.Key, other.Data]))
        {
            for (var person = 0; person < evidence.People.Count; person++)
            {
                if (evidence.People[person].Any(id => text.Contains(id, StringComparison.Ordinal)))
                {
                    return person;
                }
            }
        }
        return null;
    }

    private static int? ByTime(Evidence evidence, StoredRow row) =>
        Instant().Matches(row.Data).Select(match => DateTimeOffset.Parse(match.Value, CultureInfo.InvariantCulture)).Where(at => at < evidence.Presses.Max(seen => seen.At).AddHours(1)).Select(at => (int?)evidence.Presses.MinBy(seen => (seen.At - at).Duration())!.Person).FirstOrDefault();

    private static int? ByOperation(Evidence evidence, StoredRow row) =>
        evidence.Rows.Where(other => other.Partition == row.Partition && other.Key.StartsWith("operation|", StringComparison.Ordinal)).Select(other => evidence.Operations.TryGetValue(other.Key["operation|".Length..], out var person) ? person : (int?)null).FirstOrDefault(person => person is not null);

    private static int? ByLog(Evidence evidence, StoredRow row)
    {
        var handle = HandleOf(row);
        foreach (var line in evidence.Log.Where(line => line.Contains(IdOf(row), StringComparison.Ordinal) || line.Contains(handle, StringComparison.Ordinal)))
        {
            foreach (var (operation, person) in evidence.Operations.Where(known => line.Contains(known.Key, StringComparison.Ordinal)))
            {
                return person;
            }
            for (var person = 0; person < evidence.People.Count; person++)
            {
                if (evidence.People[person].Any(id => line.Contains(id, StringComparison.Ordinal)))
                {
                    return person;
                }
            }
        }
        return null;
    }

    private static string HandleOf(StoredRow row) => Handle().Match(row.Data).Groups["handle"].Value;

    private static int PlaceIn(IReadOnlyList<(string Kind, string Partition, long Due)> work, string partition)
    {
        for (var place = 0; place < work.Count; place++)
        {
            if (work[place].Partition == partition)
            {
                return place;
            }
        }
        return int.MaxValue;
    }

    [GeneratedRegex(@"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")]
    private static partial Regex Instant();

    [GeneratedRegex("\"Origin\":\"(?<handle>[0-9a-f]{64})\"")]
    private static partial Regex Handle();
}

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
        var registered = evidence.Rows.Where(row => row.Key.StartsWith("feedback|", StringComparison.Ordinal)).ToDictionary(row => row.Key[(row.Key.LastIndexOf('|') + 1)..], row => row.Version);
        var named = evidence.Rows.SelectMany(row => Named().Matches($"{row.Partition} {row.Key} {row.Data}").Select(match => match.Value).Distinct().Select(name => (name, row))).ToLookup(pair => pair.name, pair => pair.row);
        var lines = evidence.Log.SelectMany(line => Named().Matches(line).Select(match => match.Value).Distinct().Select(name => (name, line))).ToLookup(pair => pair.name, pair => pair.line);
        yield return ("the order of versions against the order of turns", ByRank(items, row => row.Version, presses, seen => seen.At));
        yield return ("the order of keys against the order of turns", ByRank(items, row => row.Partition, presses, seen => seen.At));
        yield return ("the size of rows against the size of what was sent", ByRank(items, row => row.Data.Length, evidence.Sent, seen => seen.Size));
        yield return ("the order of versions against the order of what was sent", ByRank(items, row => row.Version, evidence.Sent, seen => seen.At));
        yield return ("the order of the register against the order of turns", ByRank(items, row => registered.GetValueOrDefault(IdOf(row)), presses, seen => seen.At));
        yield return ("the order of the queue against the order of turns", ByRank(items, row => PlaceIn(evidence.Work, row.Partition), presses, seen => seen.At));
        yield return ("ids that stand beside each other", [.. items.Select(row => ByIds(evidence, named, row))]);
        yield return ("times", [.. items.Select(row => ByTime(evidence, row))]);
        yield return ("what a deduplication record would hold", [.. items.Select(row => ByOperation(evidence, named, row))]);
        yield return ("lines of the log", [.. items.Select(row => ByLog(evidence, lines, row))]);
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

    private static int? ByIds(Evidence evidence, ILookup<string, StoredRow> named, StoredRow row)
    {
        var about = named[IdOf(row)].Concat(named[HandleOf(row)])
            // Whose register it is in is no secret.
            .Where(other => !other.Key.StartsWith("feedback|", StringComparison.Ordinal) && !other.Key.StartsWith("feedback-at|", StringComparison.Ordinal))
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
        Instant().Matches(row.Data.Replace("\\u002B", "+", StringComparison.Ordinal)).Select(match => DateTimeOffset.Parse(match.Value, CultureInfo.InvariantCulture)).Where(at => at < evidence.Presses.Max(seen => seen.At).AddHours(1)).Select(at => (int?)evidence.Presses.MinBy(seen => (seen.At - at).Duration())!.Person).FirstOrDefault();

    private static int? ByOperation(Evidence evidence, ILookup<string, StoredRow> named, StoredRow row) =>
        named[IdOf(row)].Where(other => other.Key.StartsWith("operation|", StringComparison.Ordinal)).Select(other => evidence.Operations.TryGetValue(other.Key["operation|".Length..], out var person) ? person : (int?)null).FirstOrDefault(person => person is not null);

    private static int? ByLog(Evidence evidence, ILookup<string, string> lines, StoredRow row)
    {
        foreach (var line in lines[IdOf(row)].Concat(lines[HandleOf(row)]))
        {
            if (Operation().Match(line) is { Success: true } operation && evidence.Operations.TryGetValue(operation.Groups["id"].Value, out var author))
            {
                return author;
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

    [GeneratedRegex("Operation (?<id>[^ ]+)")]
    private static partial Regex Operation();

    /// <summary>What names feedback: its id, or a hash.</summary>
    [GeneratedRegex("F-[0-9A-Z]{6}|[0-9a-f]{64}")]
    private static partial Regex Named();

    [GeneratedRegex("\"Origin\":\"(?<handle>[0-9a-f]{64})\"")]
    private static partial Regex Handle();
}

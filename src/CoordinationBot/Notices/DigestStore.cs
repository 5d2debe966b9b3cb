using System.Globalization;
using CoordinationBot.People;
using CoordinationBot.Storage;

namespace CoordinationBot.Notices;

/// <summary>A notice that waits for the digest of a person. The notice's own row decides whether it is still to be told.</summary>
/// <param name="WakeKind">Who looks after the aggregate.</param>
/// <param name="Partition">The aggregate's.</param>
/// <param name="Key">The notice's row there.</param>
/// <param name="Title">What the aggregate is called.</param>
/// <param name="Sentence">What happened.</param>
/// <param name="Open">Data of the button that brings the aggregate's card, its verb among them.</param>
/// <param name="Due">When.</param>
internal sealed record DigestEntry(string WakeKind, string Partition, string Key, string Title, string Sentence, IReadOnlyDictionary<string, string> Open, DateTimeOffset Due);

/// <summary>Somebody is sending a person's digest, until then.</summary>
internal sealed record DigestHead(DateTimeOffset SendingUntil, int Attempts);

/// <summary>What waits for a person's digest.</summary>
internal sealed record DigestRows(Row? Head, IReadOnlyList<(Row Row, DigestEntry Entry)> Entries, IReadOnlyList<(Row Row, DateTimeOffset Due)> Wakes);

/// <summary>
/// The rows of digests in a person's partition: <c>digest|entry|…</c>, one a notice, and <c>digest|wake|…</c>, one for each time at which a wake-up
/// comes, so that there is one a person and day.
/// </summary>
internal sealed class DigestStore(ITables tables, WorkScheduler work, TimeProvider clock)
{
    /// <summary>The kind of wake-up that sends a person's digest.</summary>
    public const string Kind = "digest";

    public const string HeadKey = $"{Prefix}head";

    private const string Prefix = "digest|";
    private const string EntryPrefix = $"{Prefix}entry|";
    private const string WakePrefix = $"{Prefix}wake|";
    private const int MostRows = 1000;
    private const int MostInOneCommit = 90;

    /// <summary>How far two hosts' clocks may be apart.</summary>
    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(30);

    /// <summary>Adds notices to the digest of that time. Doing it again does nothing. The wake-up is durable before the rows are.</summary>
    public async ValueTask AddAsync(Person person, IReadOnlyList<DigestEntry> entries, DateTimeOffset due, CancellationToken cancel)
    {
        var wakeUp = new WakeUp(Kind, PeopleStore.Partition(person.Tenant, person.ObjectId));
        var wakeKey = string.Create(CultureInfo.InvariantCulture, $"{WakePrefix}{due.ToUnixTimeSeconds():D12}");
        var isWoken = await tables.GetAsync(wakeUp.Partition, wakeKey, cancel) is not null;
        if (!isWoken)
        {
            await work.PrepareAsync(wakeUp, due, cancel);
        }
        foreach (var part in entries.Chunk(MostInOneCommit))
        {
            List<Change> changes = [.. part.Select(entry => new Change.Upsert(KeyOf(entry), JsonRows.Bytes(entry with { Due = due }, NoticeJson.Default.DigestEntry)))];
            if (!isWoken)
            {
                changes.Add(new Change.Upsert(wakeKey, "{}"u8.ToArray()));
            }
            await tables.CommitAsync(wakeUp.Partition, changes, cancel);
        }
        if (clock.GetUtcNow() + Skew >= due)
        {
            // It took so long that the digest may have gone without these.
            await work.PrepareAsync(wakeUp, due + Skew, cancel);
        }
    }

    public async ValueTask<DigestRows> ReadAsync(string partition, CancellationToken cancel)
    {
        var rows = await tables.QueryAsync(partition, Prefix, MostRows, null, cancel);
        return new DigestRows(
            rows.FirstOrDefault(row => row.Key == HeadKey),
            [.. rows.Where(row => row.Key.StartsWith(EntryPrefix, StringComparison.Ordinal)).Select(row => (row, row.Read(NoticeJson.Default.DigestEntry)))],
            [.. rows.SelectMany(LooksOf, (row, due) => (row, due))]);
    }

    /// <summary>When a digest is due, by a row of a person.</summary>
    public static IEnumerable<DateTimeOffset> LooksOf(Row row) => row.Key.StartsWith(WakePrefix, StringComparison.Ordinal)
        ? [DateTimeOffset.FromUnixTimeSeconds(long.Parse(row.Key.AsSpan(WakePrefix.Length), NumberStyles.None, CultureInfo.InvariantCulture))]
        : [];

    /// <summary>Takes the digest in hand. Null when somebody else did.</summary>
    public async ValueTask<Row?> ClaimAsync(string partition, Row? before, DigestHead head, CancellationToken cancel)
    {
        var data = JsonRows.Bytes(head, NoticeJson.Default.DigestHead);
        Change claim = before is null ? new Change.Insert(HeadKey, data) : new Change.Replace(HeadKey, data, before.Version);
        var result = await tables.CommitAsync(partition, [claim], cancel);
        return result.Committed ? new Row(partition, HeadKey, result.Versions[0]!, data) : null;
    }

    /// <summary>Removes rows, whatever became of them meanwhile.</summary>
    public async ValueTask RemoveAsync(string partition, IEnumerable<Row> rows, CancellationToken cancel)
    {
        foreach (var part in rows.Chunk(MostInOneCommit))
        {
            await tables.CommitAsync(partition, [.. part.Select(row => new Change.Delete(row.Key, null))], cancel);
        }
    }

    private static string KeyOf(DigestEntry entry) => $"{EntryPrefix}{entry.Partition}|{entry.Key}";
}

using System.Globalization;
using System.Security.Cryptography;
using CoordinationBot.Storage;

namespace CoordinationBot.Feedbacks;

/// <summary>
/// The letters of a tenant that nobody has read yet, one partition: eight rows in which they lie in no order, and one that says when they are handed over. On a turn that
/// leaves a letter one of the eight rows is written, and nothing else anywhere.
/// </summary>
internal sealed class LetterboxStore(ITables tables, IWorkQueue queue, WorkScheduler work, HandOverTimes times, Chance chance, TimeProvider clock)
{
    /// <summary>The kind of wake-up that hands letters over.</summary>
    public const string Kind = "letters";

    private const int Attempts = 200;
    private const int LongestWait = 100;
    private const string BoxPrefix = "box|";
    private const string HandOverKey = "hand-over";

    // Against a wake-up that ended badly, and clocks that differ.
    private static readonly TimeSpan Overdue = TimeSpan.FromHours(1);

    public static string Partition(string tenant) => $"{tenant}|L";

    public static string Identify(string partition) => partition[..partition.IndexOf('|', StringComparison.Ordinal)];

    /// <summary>When letters are handed over, by a row of the letterbox.</summary>
    public static IEnumerable<DateTimeOffset> LooksOf(Row row) => row.Key == HandOverKey ? [row.Read(FeedbackJson.Default.HandOver).Due] : [];

    /// <summary>Sees to it that somebody will hand letters over. Done when a card is opened, so that sending it leaves nothing but the letter.</summary>
    public async ValueTask<DateTimeOffset> PrepareAsync(string tenant, CancellationToken cancel) => await PrepareAsync(tenant, await tables.GetAsync(Partition(tenant), HandOverKey, cancel), cancel);

    /// <summary>Puts a letter into one of the boxes, at any place in it. False: there is no room in any.</summary>
    public async ValueTask<bool> PutAsync(string tenant, Letter letter, CancellationToken cancel)
    {
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            var rows = await tables.QueryAsync(Partition(tenant), "", LetterboxRules.Boxes + 1, null, cancel);
            await PrepareAsync(tenant, rows.FirstOrDefault(row => row.Key == HandOverKey), cancel);
            var boxes = BoxesOf(rows);
            if (boxes.Values.Any(known => known.Box.Letters.Any(other => other.Id == letter.Id)))
            {
                return true;
            }
            var free = Enumerable.Range(0, LetterboxRules.Boxes).Select(KeyOf).Where(key => !boxes.TryGetValue(key, out var known) || known.Row.Data.Length <= LetterboxRules.Largest).ToList();
            if (free.Count == 0)
            {
                work.Nudge(WakeUpOf(tenant));
                return false;
            }
            var chosen = free[chance(free.Count)];
            var (row, box) = boxes.TryGetValue(chosen, out var there) ? there : (null, Letterbox.Empty);
            var filled = LetterboxRules.Put(box, letter, chance);
            var data = JsonRows.Bytes(filled, FeedbackJson.Default.Letterbox);
            if ((await tables.CommitAsync(Partition(tenant), [row is null ? new Change.Insert(chosen, data) : new Change.Replace(chosen, data, row.Version)], cancel)).Committed)
            {
                if (IsFull(filled, data.Length))
                {
                    work.Nudge(WakeUpOf(tenant));
                }
                return true;
            }
            await Task.Delay(TimeSpan.FromMilliseconds(RandomNumberGenerator.GetInt32(Math.Min(attempt * 4, LongestWait))), cancel);
        }
        throw new InvalidOperationException("The letterbox changed under every attempt to write it.");
    }

    /// <summary>What waits of one author, whoever that is.</summary>
    public async ValueTask<IReadOnlyList<Letter>> WaitingAsync(string tenant, string handle, CancellationToken cancel) =>
        [.. (await ReadAsync(tenant, cancel)).Boxes.SelectMany(box => box.Letters).Where(letter => letter.Handle == handle)];

    /// <summary>All boxes, and whether it is time to empty them.</summary>
    public async ValueTask<(IReadOnlyList<Letterbox> Boxes, bool IsTime, bool IsFull)> ReadAsync(string tenant, CancellationToken cancel)
    {
        var rows = await tables.QueryAsync(Partition(tenant), "", LetterboxRules.Boxes + 1, null, cancel);
        var boxes = BoxesOf(rows);
        var due = rows.FirstOrDefault(row => row.Key == HandOverKey)?.Read(FeedbackJson.Default.HandOver).Due;
        return ([.. boxes.Values.Select(known => known.Box)], due <= clock.GetUtcNow(), boxes.Values.Any(known => IsFull(known.Box, known.Row.Data.Length)));
    }

    /// <summary>Takes out what has been handed over. What came meanwhile stays.</summary>
    public async ValueTask RemoveAsync(string tenant, IReadOnlySet<string> ids, CancellationToken cancel)
    {
        for (var number = 0; number < LetterboxRules.Boxes; number++)
        {
            for (var attempt = 1; await tables.GetAsync(Partition(tenant), KeyOf(number), cancel) is { } row; attempt++)
            {
                var box = row.Read(FeedbackJson.Default.Letterbox);
                var left = LetterboxRules.Without(box, ids);
                if (left.Letters.Count == box.Letters.Count
                    || (await tables.CommitAsync(
                        Partition(tenant),
                        [left.Letters.Count == 0 ? new Change.Delete(row.Key, row.Version) : new Change.Replace(row.Key, JsonRows.Bytes(left, FeedbackJson.Default.Letterbox), row.Version)],
                        cancel)).Committed)
                {
                    break;
                }
                await Task.Delay(TimeSpan.FromMilliseconds(RandomNumberGenerator.GetInt32(Math.Min(attempt * 4, LongestWait))), cancel);
            }
        }
    }

    /// <summary>Today's letters were handed over: somebody looks again the next time.</summary>
    public async ValueTask FinishAsync(string tenant, CancellationToken cancel)
    {
        var row = await tables.GetAsync(Partition(tenant), HandOverKey, cancel);
        if (row?.Read(FeedbackJson.Default.HandOver).Due <= clock.GetUtcNow())
        {
            await NextAsync(tenant, row, cancel);
        }
    }

    private async ValueTask<DateTimeOffset> PrepareAsync(string tenant, Row? row, CancellationToken cancel) =>
        row?.Read(FeedbackJson.Default.HandOver).Due is { } due && due > clock.GetUtcNow() - Overdue ? due : await NextAsync(tenant, row, cancel);

    /// <summary>The wake-up first: a time at which nobody comes would be worse than one at which two do.</summary>
    private async ValueTask<DateTimeOffset> NextAsync(string tenant, Row? row, CancellationToken cancel)
    {
        var due = times.NextAfter(clock.GetUtcNow());
        await queue.EnqueueAsync(WakeUpOf(tenant), due, cancel);
        var data = JsonRows.Bytes(new HandOver(due), FeedbackJson.Default.HandOver);
        await tables.CommitAsync(Partition(tenant), [row is null ? new Change.Insert(HandOverKey, data) : new Change.Replace(HandOverKey, data, row.Version)], cancel);
        return due;
    }

    private static Dictionary<string, (Row Row, Letterbox Box)> BoxesOf(IReadOnlyList<Row> rows) =>
        rows.Where(row => row.Key.StartsWith(BoxPrefix, StringComparison.Ordinal)).ToDictionary(row => row.Key, row => (row, row.Read(FeedbackJson.Default.Letterbox)), StringComparer.Ordinal);

    private static bool IsFull(Letterbox box, int size) => box.Letters.Count >= LetterboxRules.Many || size >= LetterboxRules.Large;

    private static WakeUp WakeUpOf(string tenant) => new(Kind, Partition(tenant));

    private static string KeyOf(int number) => string.Create(CultureInfo.InvariantCulture, $"{BoxPrefix}{number}");
}

using System.Globalization;
using CoordinationBot.Notices;
using CoordinationBot.People;
using CoordinationBot.Storage;
using NodaTime;

namespace CoordinationBot.Calendars;

/// <summary>
/// Subscriptions, each in a partition of its own. Kept are the busy times and not the file: they are what everybody asks for, a hundredth of its size, and the
/// words of somebody's private calendar are nobody's business here.
/// </summary>
internal sealed class SubscriptionStore(ITables tables, WorkScheduler work)
{
    /// <summary>The kind of wake-up that looks at a subscription.</summary>
    public const string Kind = "calendar";

    /// <summary>Before the keys of its times, so that one read has all of it.</summary>
    private const string Prefix = "calendar|";

    private const string StateKey = $"{Prefix}000";
    private const int TimesPerRow = 5_000;
    private const int MostRows = 50;
    private const int Attempts = 5;

    public static WakeUp WakeUpOf(string tenant, string objectId) => new(Kind, $"{tenant}|C|{objectId}");

    public async ValueTask<Subscription?> FindAsync(string tenant, string objectId, CancellationToken cancel) =>
        (await tables.GetAsync(WakeUpOf(tenant, objectId).Partition, StateKey, cancel))?.Read(SubscriptionJson.Default.Subscription);

    /// <summary>With what it says; null when there is none.</summary>
    public async ValueTask<SubscriptionTimes?> ReadAsync(string tenant, string objectId, CancellationToken cancel)
    {
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            var rows = await tables.QueryAsync(WakeUpOf(tenant, objectId).Partition, Prefix, MostRows, null, cancel);
            if (rows.Count == 0)
            {
                return null;
            }
            var subscription = rows[0].Read(SubscriptionJson.Default.Subscription);
            var busy = rows.Skip(1).Select(row => row.Read(SubscriptionJson.Default.BusyRow)).ToList();
            // A page of Azure is no snapshot: rows of two files are not to be taken together.
            if (busy.Count == subscription.Rows && busy.TrueForAll(row => row.FileAt == subscription.FileAt))
            {
                return new SubscriptionTimes(
                    subscription,
                    [.. busy.Where(row => row.Meetings is null).SelectMany(row => Unpack(row.Times))],
                    [.. busy.Where(row => row.Meetings is not null).SelectMany(row => Unpack(row.Times).Zip(row.Meetings!, (time, meeting) => new MeetingBusy(meeting, time)))]);
            }
        }
        throw new InvalidOperationException("A subscription changed under every attempt to read it.");
    }

    /// <summary>Takes the place of whatever was there.</summary>
    public async ValueTask<Subscription> ConnectAsync(Subscription subscription, IcalResult.Read read, CancellationToken cancel)
    {
        var partition = WakeUpOf(subscription.Tenant, subscription.ObjectId).Partition;
        var before = await FindAsync(subscription.Tenant, subscription.ObjectId, cancel);
        var (after, rows) = Filled(subscription, read, before?.Rows ?? 0);
        await tables.CommitAsync(partition, [new Change.Upsert(StateKey, Bytes(after)), .. rows], cancel);
        return after;
    }

    /// <summary>What came of asking its server. Nothing when its person changed it meanwhile, or took it away.</summary>
    /// <param name="before">As it was when its server was asked.</param>
    /// <param name="decide">A pure rule.</param>
    /// <param name="read">What it says now; null: what is stored.</param>
    /// <param name="cancel">Ends it.</param>
    public async ValueTask RenewAsync(Subscription before, Func<Subscription, Subscription> decide, IcalResult.Read? read, CancellationToken cancel)
    {
        var wakeUp = WakeUpOf(before.Tenant, before.ObjectId);
        if (await tables.GetAsync(wakeUp.Partition, StateKey, cancel) is not { } row || row.Read(SubscriptionJson.Default.Subscription) is not { } now || now.CheckedAt != before.CheckedAt || now.Link != before.Link)
        {
            return;
        }
        var (after, rows) = read is null ? (decide(now), []) : Filled(decide(now), read, now.Rows);
        List<Change> changes = [new Change.Replace(StateKey, Bytes(after), row.Version), .. rows];
        if (after.Told != now.Told)
        {
            changes.Add(Outbox.Tell(after.ObjectId, after.Told, $"I cannot read the calendar that you connected any more. {after.Problem}", NoticeKind.Reminder, after.CheckedAt));
            await work.PrepareAsync(wakeUp, cancel);
        }
        if ((await tables.CommitAsync(wakeUp.Partition, changes, cancel)).Committed && after.Told != now.Told)
        {
            work.Nudge(wakeUp);
        }
    }

    /// <summary>Asks for it to be read by a wake-up, which has more time than whoever asks now.</summary>
    public async ValueTask ReadSoonAsync(Subscription subscription, CancellationToken cancel)
    {
        var wakeUp = WakeUpOf(subscription.Tenant, subscription.ObjectId);
        await work.PrepareAsync(wakeUp, cancel);
        work.Nudge(wakeUp);
    }

    /// <summary>Forgets the link and all that it said. False when there was none.</summary>
    public async ValueTask<bool> DisconnectAsync(string tenant, string objectId, CancellationToken cancel)
    {
        var partition = WakeUpOf(tenant, objectId).Partition;
        var rows = await tables.QueryAsync(partition, Prefix, MostRows, null, cancel);
        return rows.Count > 0 && (await tables.CommitAsync(partition, [.. rows.Select(row => new Change.Delete(row.Key, null))], cancel)).Committed;
    }

    private static (Subscription, IReadOnlyList<Change>) Filled(Subscription subscription, IcalResult.Read read, int rowsBefore)
    {
        List<BusyRow> rows =
        [
            .. read.Busy.Chunk(TimesPerRow).Select(times => new BusyRow(subscription.FileAt, Pack(times), null)),
            .. read.Meetings.Chunk(TimesPerRow).Select(times => new BusyRow(subscription.FileAt, Pack([.. times.Select(time => time.Time)]), [.. times.Select(time => time.Meeting)])),
        ];
        var after = subscription with { Events = read.Events, Unread = read.Unread, Rows = rows.Count };
        return (after,
        [
            .. rows.Select((row, index) => new Change.Upsert(Key(index + 1), JsonRows.Bytes(row, SubscriptionJson.Default.BusyRow))),
            .. Enumerable.Range(rows.Count + 1, Math.Max(0, rowsBefore - rows.Count)).Select(index => new Change.Delete(Key(index), null)),
        ]);
    }

    private static string Key(int index) => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{index:D3}");

    /// <summary>To the second: what is shorter than that is taken longer, never shorter.</summary>
    private static List<long> Pack(BusyTime[] times)
    {
        List<long> packed = new(times.Length * 3);
        var before = 0L;
        foreach (var time in times)
        {
            var start = time.Start.ToUnixTimeSeconds();
            packed.AddRange([start - before, (time.End - Duration.Epsilon).ToUnixTimeSeconds() + 1 - start, (long)time.Kind]);
            before = start;
        }
        return packed;
    }

    private static IEnumerable<BusyTime> Unpack(IReadOnlyList<long> packed)
    {
        var start = 0L;
        for (var index = 0; index + 2 < packed.Count; index += 3)
        {
            start += packed[index];
            yield return new BusyTime(Instant.FromUnixTimeSeconds(start), Instant.FromUnixTimeSeconds(start + packed[index + 1]), (BusyKind)packed[index + 2]);
        }
    }

    private static ReadOnlyMemory<byte> Bytes(Subscription subscription) => JsonRows.Bytes(subscription, SubscriptionJson.Default.Subscription);
}

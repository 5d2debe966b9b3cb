using System.Globalization;
using System.Security.Cryptography;
using CoordinationBot.Dialogs;
using CoordinationBot.Storage;
using NodaTime.Extensions;

namespace CoordinationBot.Afterwards;

/// <summary>
/// The only file that knows keys and rows of answers. A tap is one read and one commit of one row, in which the seat and the number change together: there is no operation row, no
/// wake-up, and nothing with a name whose version could be laid beside that of an answer.
/// </summary>
internal sealed class PoolStore(ITables tables, WorkScheduler work, OfficeOptions office, TimeProvider clock)
{
    /// <summary>The kind of wake-up that closes the weeks of a pool.</summary>
    public const string Kind = "afterwards-week";

    /// <summary>Where all who lead are counted together: in a pool of their own, each would be alone.</summary>
    public const string Leaders = "leaders";

    private const int Attempts = 200;
    private const int LongestWait = 200;
    private const int MostPeriods = 1_000;
    private const string OpenKey = "open";
    private const string PeriodPrefix = "period|";

    public static string Partition(string tenant, string pool) => $"{tenant}|E|{pool}";

    /// <summary>When a week is to be closed, by a row of a pool.</summary>
    public static IEnumerable<DateTimeOffset> LooksOf(Row row, OfficeOptions office) => row.Key == OpenKey && row.Read(AfterwardsJson.Default.Pool).LookAt is { } day ? [StartOf(day, office)] : [];

    /// <summary>The day by which weeks and questions end: that of the office, the same for everybody.</summary>
    public DateOnly DayOf(DateTimeOffset at) => at.ToInstant().InZone(Zones.Find(office.Zone)).Date.ToDateOnly();

    /// <summary>Lets somebody answer. False: they cannot, and are not to be asked.</summary>
    public async ValueTask<bool> SeatAsync(string tenant, string pool, string objectId, string about, DateOnly until, CancellationToken cancel)
    {
        var isSeated = false;
        await UpdateAsync(
            tenant,
            pool,
            async (open, token) =>
            {
                var seated = PoolRules.Seat(open, objectId, about, until);
                isSeated = seated is not null;
                return seated is null || seated == open ? null : await LookedAtAsync(tenant, pool, seated, token);
            },
            cancel);
        return isSeated;
    }

    /// <summary>Counts an answer.</summary>
    public async ValueTask<Tap> AnswerAsync(string tenant, string pool, string objectId, string about, Verdict verdict, DateTimeOffset now, CancellationToken cancel)
    {
        var tap = Tap.NotOpen;
        await UpdateAsync(
            tenant,
            pool,
            (open, _) =>
            {
                (tap, var answered) = PoolRules.Answer(open, objectId, about, verdict, DayOf(now));
                return new ValueTask<Pool?>(tap == Tap.Counted ? answered : null);
            },
            cancel);
        return tap;
    }

    /// <summary>What a wake-up of a pool does: closes its weeks. Doing it again does nothing.</summary>
    public async ValueTask RunAsync(WakeUp wakeUp, CancellationToken cancel)
    {
        var parts = wakeUp.Partition.Split('|');
        await UpdateAsync(parts[0], parts[2], (open, token) => open.LookAt > DayOf(clock.GetUtcNow()) ? new ValueTask<Pool?>((Pool?)null) : LookedAtAsync(parts[0], parts[2], open, token), cancel);
    }

    /// <summary>How it went for those whom somebody leads: see <see cref="TrendRules"/>.</summary>
    public async ValueTask<IReadOnlyList<Period>> TrendAsync(string tenant, string leaderObjectId, CancellationToken cancel)
    {
        var rows = await tables.QueryAsync(Partition(tenant, leaderObjectId), "", MostPeriods, null, cancel);
        return TrendRules.Of(
            rows.Where(row => row.Key != OpenKey).Select(row => row.Read(AfterwardsJson.Default.Period)),
            rows.FirstOrDefault(row => row.Key == OpenKey)?.Read(AfterwardsJson.Default.Pool) ?? Pool.Empty,
            DayOf(clock.GetUtcNow()));
    }

    /// <summary>The seat of somebody, for their own eyes.</summary>
    public async ValueTask<Seat?> SeatOfAsync(string tenant, string pool, string objectId, string about, CancellationToken cancel) =>
        await tables.GetAsync(Partition(tenant, pool), OpenKey, cancel) is { } row ? PoolRules.Find(row.Read(AfterwardsJson.Default.Pool), objectId, about) : null;

    /// <summary>Sees to it that somebody looks when the week is over, as long as there is something to look at.</summary>
    private async ValueTask<Pool?> LookedAtAsync(string tenant, string pool, Pool open, CancellationToken cancel)
    {
        var today = DayOf(clock.GetUtcNow());
        if (open.LookAt > today)
        {
            return open;
        }
        if (open.Seats.Count == 0)
        {
            return open with { LookAt = null };
        }
        var monday = TrendRules.WeekOf(today).AddDays(7);
        await work.PrepareAsync(new WakeUp(Kind, Partition(tenant, pool)), StartOf(monday, office), cancel);
        return open with { LookAt = monday };
    }

    private static DateTimeOffset StartOf(DateOnly day, OfficeOptions office) => Zones.Find(office.Zone).AtStartOfDay(day.ToLocalDate()).ToDateTimeOffset();

    /// <summary>Every change closes first what is to be closed, in the same commit: so weeks end when they end, whenever somebody looks.</summary>
    private async ValueTask UpdateAsync(string tenant, string pool, Func<Pool, CancellationToken, ValueTask<Pool?>> decide, CancellationToken cancel)
    {
        var partition = Partition(tenant, pool);
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            var row = await tables.GetAsync(partition, OpenKey, cancel);
            var (open, closed) = TrendRules.Close(row?.Read(AfterwardsJson.Default.Pool) ?? Pool.Empty, DayOf(clock.GetUtcNow()));
            if (await decide(open, cancel) is not { } changed)
            {
                return;
            }
            var data = JsonRows.Bytes(changed, AfterwardsJson.Default.Pool);
            Change[] period = closed is null ? [] : [new Change.Insert(string.Create(CultureInfo.InvariantCulture, $"{PeriodPrefix}{closed.To:yyyy-MM-dd}"), JsonRows.Bytes(closed, AfterwardsJson.Default.Period))];
            if ((await tables.CommitAsync(partition, [row is null ? new Change.Insert(OpenKey, data) : new Change.Replace(OpenKey, data, row.Version), .. period], cancel)).Committed)
            {
                return;
            }
            await Task.Delay(TimeSpan.FromMilliseconds(RandomNumberGenerator.GetInt32(Math.Min(attempt * 10, LongestWait))), cancel);
        }
        throw new InvalidOperationException("Answers changed under every attempt to write them.");
    }
}

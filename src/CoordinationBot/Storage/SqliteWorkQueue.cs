using System.Globalization;

namespace CoordinationBot.Storage;

/// <summary>
/// The embedded work queue, in the file and behind the writer of the tables: an enqueue shares the disk wait of the commits around it. An index on the
/// due time makes a wake-up cost the same whatever is scheduled.
/// </summary>
internal sealed class SqliteWorkQueue(SqliteFile file, TimeProvider time) : IWorkQueue
{
    private const string NextDue = "SELECT due FROM work ORDER BY due LIMIT 1";
    private const string SelectDue = "SELECT id, kind, partition, attempt FROM work WHERE due <= ?1 ORDER BY due, id LIMIT ?2";
    private const string SelectPast = "SELECT id, kind, partition, due FROM work WHERE id > ?1 ORDER BY id LIMIT 1000";
    private const string Insert = "INSERT INTO work (id, due, kind, partition, attempt, receipt) VALUES (?1, ?2, ?3, ?4, 0, 0)";
    private const string Hide = "UPDATE work SET due = ?2, attempt = ?3, receipt = ?4 WHERE id = ?1";
    private const string Delete = "DELETE FROM work WHERE id = ?1 AND receipt = ?2";
    private const string Release = "UPDATE work SET due = ?3, receipt = ?4 WHERE id = ?1 AND receipt = ?2";

    public async ValueTask EnqueueAsync(WakeUp wakeUp, DateTimeOffset due, CancellationToken cancel)
    {
        WorkLimits.Check(wakeUp);
        await file.WriteAsync(new Work((session, numbers) =>
            session.Prepared(Insert).Bind(1, numbers.NextVersion()).Bind(2, due.UtcTicks).Bind(3, wakeUp.Kind).Bind(4, wakeUp.Partition).Run(), cancel), cancel);
    }

    public ValueTask<IReadOnlyList<DueWork>> ReceiveAsync(int max, TimeSpan hide, CancellationToken cancel)
    {
        WorkLimits.CheckReceive(max, hide);
        cancel.ThrowIfCancellationRequested();
        // Nothing due is the usual answer and must not cost a write.
        return OldestDue() is not null ? new(file.WriteAsync(new Receive(max, hide, time, cancel), cancel)) : new((IReadOnlyList<DueWork>)[]);
    }

    public async ValueTask CompleteAsync(DueWork work, CancellationToken cancel)
    {
        var (id, receipt) = Parse(work.Receipt);
        await file.WriteAsync(new Work((session, _) => session.Prepared(Delete).Bind(1, id).Bind(2, receipt).Run(), cancel), cancel);
    }

    public async ValueTask ReleaseAsync(DueWork work, TimeSpan delay, CancellationToken cancel)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(delay, TimeSpan.Zero);
        var (id, receipt) = Parse(work.Receipt);
        var due = time.GetUtcNow() + delay;
        await file.WriteAsync(new Work((session, numbers) =>
            session.Prepared(Release).Bind(1, id).Bind(2, receipt).Bind(3, due.UtcTicks).Bind(4, numbers.NextVersion()).Run(), cancel), cancel);
    }

    /// <summary>Everything that waits, and when it is due; what somebody has in hand is due when it would come back.</summary>
    public IEnumerable<(WakeUp WakeUp, DateTimeOffset Due)> All()
    {
        var (last, isMore) = (0L, true);
        while (isMore)
        {
            var works = file.Read(last, static (session, last) =>
            {
                var select = session.Prepared(SelectPast).Bind(1, last);
                try
                {
                    var works = new List<(long Id, WakeUp WakeUp, DateTimeOffset Due)>();
                    while (select.Step()) works.Add((select.Number(0), new WakeUp(select.Text(1), select.Text(2)), new DateTimeOffset(select.Number(3), TimeSpan.Zero)));
                    return works;
                }
                finally
                {
                    select.Reset();
                }
            });
            foreach (var (id, wakeUp, due) in works)
            {
                last = id;
                yield return (wakeUp, due);
            }
            isMore = works.Count > 0;
        }
    }

    public ValueTask<DateTimeOffset?> OldestDueAsync(CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        return new(OldestDue() is { } ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null);
    }

    public async ValueTask CheckAsync(CancellationToken cancel) => await file.WriteAsync(
        new Work(
            (session, numbers) =>
            {
                var id = numbers.NextVersion();
                session.Prepared(Insert).Bind(1, id).Bind(2, long.MaxValue).Bind(3, "check").Bind(4, "check").Run();
                return session.Prepared(Delete).Bind(1, id).Bind(2, 0).Run();
            },
            cancel),
        cancel);

    private long? OldestDue() => file.Read(time.GetUtcNow().UtcTicks, static (session, now) =>
    {
        var select = session.Prepared(NextDue);
        try
        {
            return select.Step() && select.Number(0) is var due && due <= now ? due : (long?)null;
        }
        finally
        {
            select.Reset();
        }
    });

    private static (long Id, long Receipt) Parse(string receipt)
    {
        var parts = receipt.Split('.');
        return parts.Length == 2
            && long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            && long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? (id, number)
            : throw new ArgumentException($"{receipt} is not a receipt of this queue.", nameof(receipt));
    }

    private sealed class Work(Func<SqliteSession, SqliteFile, int> write, CancellationToken cancel) : SqliteWrite<int>(cancel)
    {
        protected override int Write(SqliteSession session, SqliteFile file) => write(session, file);
    }

    private sealed class Receive(int max, TimeSpan hide, TimeProvider time, CancellationToken cancel) : SqliteWrite<IReadOnlyList<DueWork>>(cancel)
    {
        protected override IReadOnlyList<DueWork> Write(SqliteSession session, SqliteFile file)
        {
            var now = time.GetUtcNow();
            var due = new List<(long Id, WakeUp WakeUp, int Attempt)>();
            var select = session.Prepared(SelectDue).Bind(1, now.UtcTicks).Bind(2, max);
            try
            {
                while (select.Step()) due.Add((select.Number(0), new WakeUp(select.Text(1), select.Text(2)), (int)select.Number(3) + 1));
            }
            finally
            {
                select.Reset();
            }

            var works = new DueWork[due.Count];
            for (var i = 0; i < works.Length; i++)
            {
                var (id, wakeUp, attempt) = due[i];
                var receipt = file.NextVersion();
                session.Prepared(Hide).Bind(1, id).Bind(2, (now + hide).UtcTicks).Bind(3, attempt).Bind(4, receipt).Run();
                works[i] = new DueWork(wakeUp, attempt, string.Create(CultureInfo.InvariantCulture, $"{id}.{receipt}"));
            }
            return works;
        }
    }
}

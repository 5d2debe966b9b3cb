using System.Collections.Concurrent;
using System.Text;
using CoordinationBot.Storage;

namespace CoordinationBot.Benchmarks.Hosts;

/// <summary>A change of a recorded commit.</summary>
/// <param name="Kind">insert, replace, upsert or delete.</param>
/// <param name="Key">The key.</param>
/// <param name="Data">What was written.</param>
internal sealed record RecordedChange(string Kind, string Key, string Data);

/// <summary>One call over a seam: storage, work queue or connector.</summary>
/// <param name="Kind">get, query, commit, enqueue or send.</param>
/// <param name="Partition">The partition; the path of a send.</param>
/// <param name="Key">Key or prefix; the method of a send.</param>
/// <param name="Take">Of a query; of an enqueue, the seconds until it is due.</param>
/// <param name="Changes">Of a commit.</param>
/// <param name="Body">Of a send.</param>
/// <param name="Rows">Of a query, how many it found.</param>
internal sealed record RecordedCall(string Kind, string Partition, string Key, int Take = 0, IReadOnlyList<RecordedChange>? Changes = null, string? Body = null, int Rows = 0);

/// <summary>What one turn did: before its answer, right after it, and when its wake-up came.</summary>
internal sealed record RecordedTurn(IReadOnlyList<RecordedCall> Turn, IReadOnlyList<RecordedCall> After, IReadOnlyList<RecordedCall> Later, string Answer);

/// <summary>Writes down what goes over the seams of a real host.</summary>
internal sealed class Recorder
{
    private readonly ConcurrentQueue<RecordedCall> _calls = new();

    public void Add(RecordedCall call) => _calls.Enqueue(call);

    public IReadOnlyList<RecordedCall> Take()
    {
        List<RecordedCall> taken = [];
        while (_calls.TryDequeue(out var call))
        {
            taken.Add(call);
        }
        return taken;
    }
}

internal sealed class RecordingTables(ITables tables, Recorder recorder) : ITables
{
    public ValueTask<Row?> GetAsync(string partition, string key, CancellationToken cancel)
    {
        recorder.Add(new("get", partition, key));
        return tables.GetAsync(partition, key, cancel);
    }

    public async ValueTask<IReadOnlyList<Row>> QueryAsync(string partition, string prefix, int take, string? after, CancellationToken cancel)
    {
        var rows = await tables.QueryAsync(partition, prefix, take, after, cancel);
        recorder.Add(new("query", partition, prefix, take, Rows: rows.Count));
        return rows;
    }

    public ValueTask<CommitResult> CommitAsync(string partition, IReadOnlyList<Change> changes, CancellationToken cancel)
    {
        recorder.Add(new("commit", partition, "", Changes: [.. changes.Select(Recorded)]));
        return tables.CommitAsync(partition, changes, cancel);
    }

    public ValueTask CheckAsync(CancellationToken cancel) => tables.CheckAsync(cancel);

    private static RecordedChange Recorded(Change change) => change switch
    {
        Change.Insert insert => new("insert", insert.Key, Text(insert.Data)),
        Change.Replace replace => new("replace", replace.Key, Text(replace.Data)),
        Change.Upsert upsert => new("upsert", upsert.Key, Text(upsert.Data)),
        Change.Delete delete => new("delete", delete.Key, ""),
        _ => throw new InvalidOperationException("An unknown change."),
    };

    private static string Text(ReadOnlyMemory<byte> data) => Encoding.UTF8.GetString(data.Span);
}

/// <summary>What the work loop itself does (receive, complete) is done by the same loop in the bare process, so only what turns ask for is written down.</summary>
internal sealed class RecordingQueue(IWorkQueue queue, Recorder recorder) : IWorkQueue
{
    public ValueTask EnqueueAsync(WakeUp wakeUp, DateTimeOffset due, CancellationToken cancel)
    {
        recorder.Add(new("enqueue", wakeUp.Partition, wakeUp.Kind, (int)Math.Min(int.MaxValue, (due - DateTimeOffset.UtcNow).TotalSeconds)));
        return queue.EnqueueAsync(wakeUp, due, cancel);
    }

    public ValueTask<IReadOnlyList<DueWork>> ReceiveAsync(int max, TimeSpan hide, CancellationToken cancel) => queue.ReceiveAsync(max, hide, cancel);

    public ValueTask CompleteAsync(DueWork work, CancellationToken cancel) => queue.CompleteAsync(work, cancel);

    public ValueTask ReleaseAsync(DueWork work, TimeSpan delay, CancellationToken cancel) => queue.ReleaseAsync(work, delay, cancel);

    public ValueTask<DateTimeOffset?> OldestDueAsync(CancellationToken cancel) => queue.OldestDueAsync(cancel);

    public ValueTask CheckAsync(CancellationToken cancel) => queue.CheckAsync(cancel);
}

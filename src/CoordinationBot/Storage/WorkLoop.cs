namespace CoordinationBot.Storage;

/// <summary>How often the queue is asked when nothing is due.</summary>
internal sealed record WorkPolling(TimeSpan Shortest, TimeSpan Longest);

/// <summary>
/// Runs the handlers of due work. Partitions run in parallel, one partition never twice at once on this host: wake-ups that come while it runs wait in its lane,
/// and one further run answers all of them, since each only says "look". Every host runs this loop on the same queue.
/// </summary>
internal sealed class WorkLoop(
    IWorkQueue queue, PoisonRows poison, WorkHandlers handlers, WorkPolling polling, TimeProvider time, ILogger<WorkLoop> log) : BackgroundService
{
    public const int MaxAttempts = 5;

    /// <summary>
    /// Hosts that may end with a wake-up in hand before it is taken to be what ends them. More than failures of its own: hosts end for many reasons, and each death counts
    /// against all that the host had in hand.
    /// </summary>
    public const int MaxDeaths = 20;

    /// <summary>Partitions that run at a time.</summary>
    public const int MaxParallel = 8;

    /// <summary>Received and not settled: enough to keep all running, few enough that none waits longer than it is hidden.</summary>
    public const int MaxInHand = 2 * MaxParallel;

    /// <summary>Lanes beyond which nudges are dropped: their queued wake-ups come all the same.</summary>
    public const int MaxLanes = 256;

    public static readonly TimeSpan HandlerDeadline = TimeSpan.FromSeconds(45);

    /// <summary>Longer than a run that waits for another one, so that no second host begins meanwhile.</summary>
    public static readonly TimeSpan Hide = TimeSpan.FromMinutes(3);

    private static readonly TimeSpan StopGrace = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _hands = new(MaxInHand);
    private readonly SemaphoreSlim _slots = new(MaxParallel);
    private readonly Dictionary<string, Lane> _lanes = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource _drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _abort = new();
    private bool _stopping;

    /// <summary>Partitions that run or wait for their turn on this host.</summary>
    public int AtWork
    {
        get
        {
            lock (_lanes) return _lanes.Count;
        }
    }

    /// <summary>How long a failed wake-up rests after this attempt.</summary>
    public static TimeSpan DelayAfter(int attempt) => attempt switch
    {
        <= 1 => TimeSpan.FromSeconds(5),
        2 => TimeSpan.FromSeconds(30),
        3 => TimeSpan.FromMinutes(2),
        _ => TimeSpan.FromMinutes(10),
    };

    /// <summary>Look at this partition soon. Never waits, never throws, promises nothing.</summary>
    public void Nudge(WakeUp wakeUp) => Submit(new Item(wakeUp, null));

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        DueWork[] notBegun;
        lock (_lanes)
        {
            _stopping = true;
            notBegun = [.. _lanes.Values.SelectMany(lane => lane.Waiting).Select(item => item.Work).OfType<DueWork>()];
            foreach (var lane in _lanes.Values) lane.Waiting.Clear();
            if (_lanes.Count == 0) _drained.TrySetResult();
        }
        // At once, and not when what runs has ended: other hosts have time for it now.
        await Task.WhenAll(notBegun.Select(work => ReleaseAsync(work, TimeSpan.Zero)));
        await base.StopAsync(cancellationToken);
        try
        {
            await _drained.Task.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            log.StoppedWhileRunning();
            await _abort.CancelAsync();
            await Task.WhenAny(_drained.Task, Task.Delay(StopGrace, time, CancellationToken.None));
        }
    }

    public override void Dispose()
    {
        base.Dispose();
        _abort.Dispose();
        _hands.Dispose();
        _slots.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var pause = polling.Shortest;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                pause = await ReceiveAsync(stoppingToken) ? TimeSpan.Zero : pause == TimeSpan.Zero ? polling.Shortest : pause * 2 < polling.Longest ? pause * 2 : polling.Longest;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // An outage of the store ends one round, never the loop.
            catch (Exception e)
#pragma warning restore CA1031
            {
                log.ReceiveFailed(e);
                pause = polling.Longest;
            }
            if (pause > TimeSpan.Zero) await Task.Delay(pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>True when something was due.</summary>
    private async Task<bool> ReceiveAsync(CancellationToken stopping)
    {
        await _hands.WaitAsync(stopping);
        var hands = 1;
        while (hands < MaxInHand && _hands.Wait(0, CancellationToken.None)) hands++;
        var taken = 0;
        try
        {
            // Not given the stop: a receive broken off in the middle would leave wake-ups hidden that nobody has.
            var works = await queue.ReceiveAsync(hands, Hide, CancellationToken.None);
            taken = works.Count;
            foreach (var work in works)
            {
                if (!Submit(new Item(work.WakeUp, work))) await ReleaseAsync(work, TimeSpan.Zero);
            }
            return taken > 0;
        }
        finally
        {
            if (hands > taken) _hands.Release(hands - taken);
        }
    }

    private bool Submit(Item item)
    {
        Lane? lane;
        lock (_lanes)
        {
            if (_stopping) return false;
            if (_lanes.TryGetValue(item.WakeUp.Partition, out lane))
            {
                // One look that has not begun is enough for any number of nudges.
                if (item.Work is not null || !lane.Waiting.Exists(waiting => waiting.WakeUp.Kind == item.WakeUp.Kind)) lane.Waiting.Add(item);
                return true;
            }
            if (item.Work is null && _lanes.Count >= MaxLanes) return false;
            lane = new Lane(item.WakeUp.Partition, [item]);
            _lanes.Add(lane.Partition, lane);
        }
        ThreadPool.UnsafeQueueUserWorkItem(static state => _ = state.loop.RunLaneAsync(state.lane), (loop: this, lane), preferLocal: false);
        return true;
    }

    private async Task RunLaneAsync(Lane lane)
    {
        await _slots.WaitAsync(CancellationToken.None);
        while (TakeWaiting(lane) is { Length: > 0 } items)
        {
            foreach (var kind in items.GroupBy(item => item.WakeUp.Kind, StringComparer.Ordinal))
            {
                var works = kind.Select(item => item.Work).OfType<DueWork>().ToArray();
                await RunAsync(kind.First().WakeUp, works);
                if (works.Length > 0) _hands.Release(works.Length);
            }
        }
        _slots.Release();
        lock (_lanes)
        {
            if (_stopping && _lanes.Count == 0) _drained.TrySetResult();
        }
    }

    private Item[] TakeWaiting(Lane lane)
    {
        lock (_lanes)
        {
            Item[] items = [.. lane.Waiting];
            lane.Waiting.Clear();
            if (items.Length == 0) _lanes.Remove(lane.Partition);
            return items;
        }
    }

    private async Task RunAsync(WakeUp wakeUp, DueWork[] works)
    {
        if (Volatile.Read(ref _stopping))
        {
            foreach (var work in works) await ReleaseAsync(work, TimeSpan.Zero);
            return;
        }
        if (handlers.Find(wakeUp.Kind) is not { } handler)
        {
            // A newer version may have put it there, while hosts are exchanged or before they were set back: it waits for one that knows it.
            foreach (var work in works)
            {
                await (wakeUp.Kind == AzureWorkQueue.UnreadableKind || work.Attempt > MaxDeaths ? PoisonAsync(work, "UnknownKind", null) : ReleaseAsync(work, DelayAfter(work.Attempt)));
            }
            return;
        }
        // A wake-up that failed is released or given up by then: of one that comes more often nobody told how it ended, since the host did.
        foreach (var work in works.Where(work => work.Attempt > MaxDeaths)) await PoisonAsync(work, "AttemptsExhausted", null);
        var runnable = works.Where(work => work.Attempt <= MaxDeaths).ToArray();
        if (works.Length > 0 && runnable.Length == 0) return;

        try
        {
            using var deadline = new CancellationTokenSource(HandlerDeadline, time);
            using var cancel = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, _abort.Token);
            await handler(wakeUp, cancel.Token);
        }
        catch (OperationCanceledException) when (_abort.IsCancellationRequested)
        {
            foreach (var work in runnable) await ReleaseAsync(work, TimeSpan.Zero);
            return;
        }
#pragma warning disable CA1031 // Whatever a handler throws is a failed attempt.
        catch (Exception e)
#pragma warning restore CA1031
        {
            StorageMeasures.Ran(wakeUp.Kind, "Failed");
            if (works.Length == 0) log.NudgeFailed(wakeUp, e);
            foreach (var work in runnable) await FailAsync(work, e);
            return;
        }
        StorageMeasures.Ran(wakeUp.Kind, "Done");
        foreach (var work in runnable) await SettleAsync(work, () => queue.CompleteAsync(work, CancellationToken.None));
    }

    private async Task FailAsync(DueWork work, Exception failure)
    {
        if (work.Attempt == MaxAttempts && failure is not StorageException)
        {
            await PoisonAsync(work, failure.GetType().Name, failure);
            return;
        }
        var delay = DelayAfter(failure is StorageException ? 1 : work.Attempt);
        log.WorkFailed(work.WakeUp, work.Attempt, delay, failure);
        if (failure is StorageException || work.Attempt > MaxAttempts)
        {
            // Neither an outage nor the deaths of hosts are the fault of the work, so they do not count against it: a new message takes its place.
            await SettleAsync(work, async () =>
            {
                await queue.EnqueueAsync(work.WakeUp, time.GetUtcNow() + delay, CancellationToken.None);
                await queue.CompleteAsync(work, CancellationToken.None);
            });
            return;
        }
        await ReleaseAsync(work, delay);
    }

    private async Task PoisonAsync(DueWork work, string reason, Exception? failure)
    {
        StorageMeasures.Ran(work.WakeUp.Kind, "Poisoned");
        log.WorkPoisoned(work.WakeUp, work.Attempt, reason, failure);
        await SettleAsync(work, WriteAndCompleteAsync);

        // The row first: a wake-up removed before it is written down would be forgotten.
        async ValueTask WriteAndCompleteAsync()
        {
            await poison.WriteAsync(work, reason, CancellationToken.None);
            await queue.CompleteAsync(work, CancellationToken.None);
        }
    }

    private Task ReleaseAsync(DueWork work, TimeSpan delay) => SettleAsync(work, () => queue.ReleaseAsync(work, delay, CancellationToken.None));

    private async Task SettleAsync(DueWork work, Func<ValueTask> settle)
    {
        try
        {
            await settle();
        }
#pragma warning disable CA1031 // It comes again by itself; the lane goes on.
        catch (Exception e)
#pragma warning restore CA1031
        {
            log.SettleFailed(work.WakeUp, e);
        }
    }

    /// <summary>A nudge has no work to settle.</summary>
    private readonly record struct Item(WakeUp WakeUp, DueWork? Work);

    private sealed record Lane(string Partition, List<Item> Waiting);
}

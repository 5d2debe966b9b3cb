using System.Collections.Concurrent;
using CoordinationBot.Storage;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Moq;

namespace CoordinationBot.Tests.Storage;

public sealed class WorkLoopTests : IAsyncLifetime
{
    private static readonly WakeUp Ann = new("delegation", "tenant|delegation|D-1");
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(250);

    private readonly SqliteFixture _sqlite = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 23, 9, 0, 0, TimeSpan.Zero));
    private readonly WorkHandlers _handlers = new();
    private readonly ConcurrentQueue<WakeUp> _seen = new();
    private readonly SqliteTables _tables;
    private readonly SqliteWorkQueue _queue;
    private readonly PoisonRows _poison;
    private readonly WorkLoop _loop;
    private readonly WorkScheduler _scheduler;

    public WorkLoopTests()
    {
        _tables = new SqliteTables(_sqlite.File);
        _queue = new SqliteWorkQueue(_sqlite.File, _time);
        _poison = new PoisonRows(_tables, _queue, _time);
        _loop = NewLoop(_queue);
        _scheduler = new WorkScheduler(_queue, _loop, _time);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        // Handlers that never end are cancelled; their own deadline is on the clock that has stopped.
        using var impatient = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        await _loop.StopAsync(impatient.Token);
        _loop.Dispose();
        _sqlite.Dispose();
    }

    [Fact]
    public async Task Due_work_is_run_and_completed()
    {
        Handle(_ => { });
        await _loop.StartAsync(Cancel);
        await _queue.EnqueueAsync(Ann, _time.GetUtcNow(), Cancel);

        await UntilAsync(() => !_seen.IsEmpty);
        await PassAsync(TimeSpan.FromHours(1));

        Assert.Equal([Ann], _seen);
    }

    [Fact]
    public async Task A_prepared_wake_up_comes_after_the_longest_turn_and_not_before()
    {
        Handle(_ => { });
        await _loop.StartAsync(Cancel);
        await _scheduler.PrepareAsync(Ann, Cancel);
        await PassAsync(TimeSpan.FromSeconds(14));
        Assert.Empty(_seen);
        await UntilAsync(() => !_seen.IsEmpty);
        Assert.Equal([Ann], _seen);
    }

    [Fact]
    public async Task A_due_time_sooner_than_the_commit_can_land_waits_for_it_and_a_later_one_is_kept()
    {
        Handle(_ => { });
        await _loop.StartAsync(Cancel);
        await _scheduler.PrepareAsync(Ann, _time.GetUtcNow() + TimeSpan.FromSeconds(1), Cancel);
        await _scheduler.PrepareAsync(Ann with { Partition = "later" }, _time.GetUtcNow() + TimeSpan.FromMinutes(1), Cancel);
        await PassAsync(TimeSpan.FromSeconds(14));
        Assert.Empty(_seen);
        await UntilAsync(() => !_seen.IsEmpty);
        Assert.Equal([Ann], _seen);
        await PassAsync(_time.Start + TimeSpan.FromSeconds(59) - _time.GetUtcNow());
        Assert.Equal([Ann], _seen);
        await UntilAsync(() => _seen.Count == 2);
    }

    [Fact]
    public async Task A_wake_up_whose_commit_never_came_finds_nothing_and_is_harmless()
    {
        var found = new ConcurrentQueue<Row?>();
        _handlers.Add(Ann.Kind, async (wakeUp, cancel) => found.Enqueue(await _tables.GetAsync(wakeUp.Partition, "state", cancel)));
        await _scheduler.PrepareAsync(Ann, Cancel);
        // The host dies here: the commit is never made, and another host wakes up.
        await _loop.StartAsync(Cancel);
        await UntilAsync(() => !found.IsEmpty);
        await PassAsync(TimeSpan.FromHours(1));

        Assert.Equal([null], found);
        Assert.Empty(await _poison.ListAsync(Cancel));
    }

    [Fact]
    public async Task A_nudge_runs_at_once_and_leaves_the_queued_wake_up()
    {
        Handle(_ => { });
        await _loop.StartAsync(Cancel);
        await _scheduler.PrepareAsync(Ann, Cancel);
        _scheduler.Nudge(Ann);
        await UntilWithoutTimeAsync(() => _seen.Count == 1);
        await UntilAsync(() => _seen.Count == 2);
    }

    [Fact]
    public async Task A_nudge_that_fails_is_left_to_the_queued_wake_up()
    {
        var calls = 0;
        Handle(_ => { if (Interlocked.Increment(ref calls) == 1) throw new InvalidOperationException(); });
        await _loop.StartAsync(Cancel);
        await _scheduler.PrepareAsync(Ann, Cancel);
        _loop.Nudge(Ann);
        await UntilWithoutTimeAsync(() => calls == 1);
        await UntilAsync(() => calls == 2);
    }

    [Fact]
    public async Task One_partition_never_runs_twice_at_once_and_what_comes_meanwhile_is_one_further_run()
    {
        var running = 0;
        var most = 0;
        var gate = new SemaphoreSlim(0);
        _handlers.Add(Ann.Kind, async (wakeUp, cancel) =>
        {
            most = Math.Max(most, Interlocked.Increment(ref running));
            _seen.Enqueue(wakeUp);
            await gate.WaitAsync(cancel);
            Interlocked.Decrement(ref running);
        });
        await _loop.StartAsync(Cancel);
        for (var i = 0; i < 5; i++) await _queue.EnqueueAsync(Ann, _time.GetUtcNow(), Cancel);
        for (var i = 0; i < 5; i++) _loop.Nudge(Ann);
        await UntilAsync(() => _seen.Count == 1);
        await PassAsync(TimeSpan.FromSeconds(2));
        for (var i = 0; i < 100; i++) _loop.Nudge(Ann);
        gate.Release(100);
        await UntilAsync(() => running == 0 && _seen.Count >= 2);
        await PassAsync(TimeSpan.FromSeconds(2));

        Assert.Equal(1, most);
        Assert.InRange(_seen.Count, 2, 4);
        await PassAsync(TimeSpan.FromHours(1));
        Assert.InRange(_seen.Count, 2, 4);
    }

    [Fact]
    public async Task Different_partitions_run_in_parallel_up_to_the_bound()
    {
        var running = 0;
        var gate = new SemaphoreSlim(0);
        _handlers.Add(Ann.Kind, async (_, cancel) =>
        {
            Interlocked.Increment(ref running);
            await gate.WaitAsync(cancel);
        });
        await _loop.StartAsync(Cancel);
        for (var i = 0; i < 20; i++) await _queue.EnqueueAsync(Ann with { Partition = $"p{i}" }, _time.GetUtcNow(), Cancel);
        await UntilAsync(() => running >= WorkLoop.MaxParallel);
        await PassAsync(TimeSpan.FromSeconds(2));
        Assert.Equal(WorkLoop.MaxParallel, running);
        gate.Release(20);
        await UntilAsync(() => running == 20);
    }

    [Fact]
    public async Task Work_that_fails_comes_again_later_and_later_and_ends_as_a_poison_row_that_can_run_again()
    {
        var fails = true;
        var at = new ConcurrentQueue<DateTimeOffset>();
        Handle(_ =>
        {
            at.Enqueue(_time.GetUtcNow());
            if (fails) throw new InvalidDataException("what Ann wrote");
        });
        await _loop.StartAsync(Cancel);
        await _queue.EnqueueAsync(Ann, _time.GetUtcNow(), Cancel);
        for (var attempt = 1; attempt <= WorkLoop.MaxAttempts; attempt++)
        {
            var runs = attempt;
            await UntilAsync(() => at.Count == runs, step: TimeSpan.FromSeconds(1));
        }
        await UntilAsync(() => _poison.ListAsync(Cancel).AsTask().Result.Count == 1);
        await PassAsync(TimeSpan.FromHours(1), step: TimeSpan.FromMinutes(1));

        Assert.Equal(WorkLoop.MaxAttempts, at.Count);
        var pauses = at.Zip(at.Skip(1), (first, next) => next - first).ToList();
        for (var i = 0; i < pauses.Count; i++) Assert.True(pauses[i] >= WorkLoop.DelayAfter(i + 1), $"{pauses[i]} after attempt {i + 1}");
        var poisoned = Assert.Single(await _poison.ListAsync(Cancel));
        Assert.Equal((Ann.Kind, Ann.Partition, nameof(InvalidDataException), 5), (poisoned.Kind, poisoned.Partition, poisoned.Reason, poisoned.Attempts));
        var row = Assert.Single(await _tables.QueryAsync(PoisonRows.Partition, "delegation:tenant|delegation|D-1", 10, null, Cancel));
        Assert.DoesNotContain("Ann wrote", System.Text.Encoding.UTF8.GetString(row.Data.Span));

        fails = false;
        Assert.Equal(poisoned, await _poison.RunAgainAsync(poisoned.Id, Cancel));
        Assert.Null(await _poison.RunAgainAsync(poisoned.Id, Cancel));
        await UntilAsync(() => at.Count == 6);
        Assert.Empty(await _poison.ListAsync(Cancel));
    }

    [Fact]
    public async Task Work_that_meets_an_outage_comes_again_however_often_and_no_attempt_is_counted()
    {
        var at = new ConcurrentQueue<DateTimeOffset>();
        Handle(_ =>
        {
            at.Enqueue(_time.GetUtcNow());
            throw new StorageException("down", new IOException());
        });
        await _loop.StartAsync(Cancel);
        await _queue.EnqueueAsync(Ann, _time.GetUtcNow(), Cancel);
        await UntilAsync(() => at.Count == 2 * WorkLoop.MaxAttempts);
        await _loop.StopAsync(Cancel);

        Assert.All(at.Zip(at.Skip(1), (first, next) => next - first), pause => Assert.True(pause >= WorkLoop.DelayAfter(1), $"{pause}"));
        Assert.Empty(await _poison.ListAsync(Cancel));
        // Whatever is hidden by now would be seen: the one that took the place of all before it is there, and it is as good as new.
        _time.Advance(TimeSpan.FromDays(1));
        var left = Assert.Single(await _queue.ReceiveAsync(32, TimeSpan.FromSeconds(1), Cancel));
        Assert.Equal((Ann, 1), (left.WakeUp, left.Attempt));
    }

    [Fact]
    public async Task A_kind_of_a_newer_version_waits_for_a_host_that_knows_it()
    {
        await _loop.StartAsync(Cancel);
        await _queue.EnqueueAsync(Ann, _time.GetUtcNow(), Cancel);
        await PassAsync(TimeSpan.FromHours(1));
        await _loop.StopAsync(Cancel);
        Assert.Empty(await _poison.ListAsync(Cancel));

        Handle(_ => { });
        using var newer = NewLoop(_queue);
        await newer.StartAsync(Cancel);
        await UntilAsync(() => !_seen.IsEmpty);
        await newer.StopAsync(Cancel);
    }

    [Fact]
    public async Task A_kind_that_nobody_comes_to_know_is_poison_in_the_end()
    {
        await _loop.StartAsync(Cancel);
        await _queue.EnqueueAsync(Ann with { Kind = "unknown", Partition = new string('p', 512) }, _time.GetUtcNow(), Cancel);

        await UntilAsync(() => _poison.ListAsync(Cancel).AsTask().Result.Count == 1, TimeSpan.FromMinutes(1));

        Assert.Equal(("UnknownKind", WorkLoop.MaxDeaths + 1), (await _poison.ListAsync(Cancel)).Select(poisoned => (poisoned.Reason, poisoned.Attempts)).Single());
    }

    [Fact]
    public async Task What_is_no_wake_up_at_all_is_poison_at_once()
    {
        await _loop.StartAsync(Cancel);
        await _queue.EnqueueAsync(new WakeUp(AzureWorkQueue.UnreadableKind, "message"), _time.GetUtcNow(), Cancel);
        await UntilAsync(() => _poison.ListAsync(Cancel).AsTask().Result.Count == 1);
        Assert.Equal(1, (await _poison.ListAsync(Cancel)).Single().Attempts);
    }

    [Fact]
    public async Task Work_that_took_its_host_down_too_often_is_given_up_unrun()
    {
        Handle(_ => { });
        await _queue.EnqueueAsync(Ann, _time.GetUtcNow(), Cancel);
        await DieAsync(WorkLoop.MaxDeaths);
        await _loop.StartAsync(Cancel);

        await UntilAsync(() => _poison.ListAsync(Cancel).AsTask().Result.Count == 1);
        Assert.Empty(_seen);
    }

    [Fact]
    public async Task Hosts_that_died_with_it_in_hand_are_not_the_fault_of_the_work()
    {
        Handle(_ => throw new InvalidDataException());
        await _queue.EnqueueAsync(Ann, _time.GetUtcNow(), Cancel);
        await DieAsync(WorkLoop.MaxAttempts + 1);
        await _loop.StartAsync(Cancel);

        // It is run all the same, and when it fails after that it has as many attempts as anybody.
        await UntilAsync(() => _poison.ListAsync(Cancel).AsTask().Result.Count == 1, step: TimeSpan.FromSeconds(5));
        Assert.Equal(1 + WorkLoop.MaxAttempts, _seen.Count);
        Assert.Equal(nameof(InvalidDataException), Assert.Single(await _poison.ListAsync(Cancel)).Reason);
    }

    /// <summary>So many hosts receive it and are never heard of again.</summary>
    private async Task DieAsync(int hosts)
    {
        for (var host = 0; host < hosts; host++)
        {
            Assert.Single(await _queue.ReceiveAsync(1, TimeSpan.FromSeconds(1), Cancel));
            _time.Advance(TimeSpan.FromSeconds(2));
        }
    }

    [Fact]
    public async Task A_handler_that_never_ends_is_cancelled_and_fails()
    {
        _handlers.Add(Ann.Kind, async (wakeUp, cancel) =>
        {
            _seen.Enqueue(wakeUp);
            await Task.Delay(Timeout.Infinite, cancel);
        });
        await _loop.StartAsync(Cancel);
        await _queue.EnqueueAsync(Ann, _time.GetUtcNow(), Cancel);
        await UntilAsync(() => _seen.Count == 1);
        await PassAsync(WorkLoop.HandlerDeadline, step: TimeSpan.FromSeconds(5));
        await UntilAsync(() => _seen.Count == 2, step: TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task A_store_that_fails_for_a_while_does_not_end_the_loop()
    {
        var broken = true;
        var flaky = new Mock<IWorkQueue>();
        flaky.Setup(queue => queue.ReceiveAsync(It.IsAny<int>(), It.IsAny<TimeSpan>(), It.IsAny<CancellationToken>()))
            .Returns((int max, TimeSpan hide, CancellationToken cancel) => broken ? throw new StorageException("down", new IOException()) : _queue.ReceiveAsync(max, hide, cancel));
        flaky.Setup(queue => queue.CompleteAsync(It.IsAny<DueWork>(), It.IsAny<CancellationToken>())).Throws(new StorageException("down", new IOException()));
        Handle(_ => { });
        using var loop = NewLoop(flaky.Object);
        await loop.StartAsync(Cancel);
        await _queue.EnqueueAsync(Ann, _time.GetUtcNow(), Cancel);
        await PassAsync(TimeSpan.FromSeconds(3));
        Assert.Empty(_seen);
        broken = false;
        await UntilAsync(() => _seen.Count == 1);
        // It could not be completed, so it comes again.
        await UntilAsync(() => _seen.Count == 2, step: TimeSpan.FromSeconds(5));
        await loop.StopAsync(Cancel);
    }

    [Fact]
    public async Task An_idle_loop_asks_at_the_longest_interval()
    {
        var asked = 0;
        var empty = new Mock<IWorkQueue>();
        empty.Setup(queue => queue.ReceiveAsync(It.IsAny<int>(), It.IsAny<TimeSpan>(), It.IsAny<CancellationToken>()))
            .Returns(() => { Interlocked.Increment(ref asked); return new(Array.Empty<DueWork>()); });
        using var loop = NewLoop(empty.Object);
        await loop.StartAsync(Cancel);
        await PassAsync(TimeSpan.FromSeconds(60));
        Assert.InRange(asked, 10, 36);
        await loop.StopAsync(Cancel);
    }

    [Fact]
    public async Task A_stop_lets_finish_what_runs_and_releases_what_has_not_begun()
    {
        var gate = new SemaphoreSlim(0);
        var finished = 0;
        _handlers.Add(Ann.Kind, async (wakeUp, cancel) =>
        {
            _seen.Enqueue(wakeUp);
            await gate.WaitAsync(cancel);
            Interlocked.Increment(ref finished);
        });
        await _loop.StartAsync(Cancel);
        await _queue.EnqueueAsync(Ann, _time.GetUtcNow(), Cancel);
        await UntilAsync(() => _seen.Count == 1);
        await _queue.EnqueueAsync(Ann, _time.GetUtcNow(), Cancel);
        await PassAsync(TimeSpan.FromSeconds(2));

        var stop = _loop.StopAsync(Cancel);
        await Task.Delay(50, Cancel);
        Assert.False(stop.IsCompleted);
        gate.Release(10);
        await stop;

        Assert.Equal((1, 1), (_seen.Count, finished));
        Assert.Equal(2, Assert.Single(await _queue.ReceiveAsync(32, TimeSpan.FromSeconds(1), Cancel)).Attempt);
        _loop.Nudge(Ann);
        Assert.Single(_seen);
    }

    [Fact]
    public async Task A_stop_that_may_not_wait_cancels_what_runs_and_releases_it()
    {
        _handlers.Add(Ann.Kind, async (wakeUp, cancel) =>
        {
            _seen.Enqueue(wakeUp);
            await Task.Delay(Timeout.Infinite, cancel);
        });
        await _loop.StartAsync(Cancel);
        await _queue.EnqueueAsync(Ann, _time.GetUtcNow(), Cancel);
        await UntilAsync(() => _seen.Count == 1);
        using var impatient = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));

        await _loop.StopAsync(impatient.Token);

        Assert.Single(await _queue.ReceiveAsync(32, TimeSpan.FromSeconds(1), Cancel));
    }

    [Fact]
    public void Two_handlers_for_one_kind_are_an_error()
    {
        Handle(_ => { });
        Assert.Contains("delegation", Assert.Throws<InvalidOperationException>(() => Handle(_ => { })).Message);
    }

    private void Handle(Action<WakeUp> handle) => _handlers.Add(Ann.Kind, (wakeUp, _) =>
    {
        _seen.Enqueue(wakeUp);
        handle(wakeUp);
        return ValueTask.CompletedTask;
    });

    private WorkLoop NewLoop(IWorkQueue queue) =>
        new(queue, _poison, _handlers, new WorkPolling(Poll, TimeSpan.FromSeconds(2)), _time, NullLogger<WorkLoop>.Instance);

    /// <summary>Time passes in steps, and what it wakes gets its turn between them.</summary>
    private async Task PassAsync(TimeSpan time, TimeSpan? step = null)
    {
        var until = _time.GetUtcNow() + time;
        while (_time.GetUtcNow() < until)
        {
            _time.Advance(step ?? TimeSpan.FromTicks(Math.Max(Poll.Ticks, time.Ticks / 240)));
            await Task.Delay(3, Cancel);
        }
        await Task.Delay(20, Cancel);
    }

    private async Task UntilAsync(Func<bool> condition, TimeSpan? step = null)
    {
        for (var i = 0; i < 2000 && !condition(); i++)
        {
            _time.Advance(step ?? Poll);
            await Task.Delay(3, Cancel);
        }
        Assert.True(condition());
    }

    private static async Task UntilWithoutTimeAsync(Func<bool> condition)
    {
        for (var i = 0; i < 1000 && !condition(); i++) await Task.Delay(5, Cancel);
        Assert.True(condition());
    }
}

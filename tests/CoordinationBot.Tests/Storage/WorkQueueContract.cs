using System.Collections.Concurrent;
using CoordinationBot.Storage;

namespace CoordinationBot.Tests.Storage;

/// <summary>What <see cref="IWorkQueue"/> promises, on each implementation. Each test has a queue of its own.</summary>
public abstract class WorkQueueContract
{
    private static readonly TimeSpan Hide = TimeSpan.FromSeconds(30);
    private static readonly WakeUp Ann = new("delegation", "tenant|delegation|D-1");

    private protected abstract IWorkQueue Queue { get; }

    private protected abstract DateTimeOffset Now { get; }

    private protected abstract Task PassAsync(TimeSpan time);

    private protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nothing_is_received_when_nothing_is_due()
    {
        Assert.Empty(await Queue.ReceiveAsync(32, Hide, Cancel));
        await Queue.EnqueueAsync(Ann, Now + TimeSpan.FromHours(1), Cancel);
        Assert.Empty(await Queue.ReceiveAsync(32, Hide, Cancel));
    }

    [Fact]
    public async Task What_is_due_is_received_once_at_its_first_attempt()
    {
        await Queue.EnqueueAsync(Ann, Now, Cancel);

        var work = Assert.Single(await Queue.ReceiveAsync(32, Hide, Cancel));

        Assert.Equal((Ann, 1), (work.WakeUp, work.Attempt));
        Assert.Empty(await Queue.ReceiveAsync(32, Hide, Cancel));
    }

    [Fact]
    public async Task A_wake_up_comes_when_its_time_has_come_and_not_before()
    {
        await Queue.EnqueueAsync(Ann, Now + TimeSpan.FromSeconds(3), Cancel);
        await PassAsync(TimeSpan.FromSeconds(1));
        Assert.Empty(await Queue.ReceiveAsync(32, Hide, Cancel));

        await PassAsync(TimeSpan.FromSeconds(3));
        Assert.Single(await Queue.ReceiveAsync(32, Hide, Cancel));
    }

    [Fact]
    public async Task A_due_time_in_the_past_is_due_now()
    {
        await Queue.EnqueueAsync(Ann, Now - TimeSpan.FromDays(30), Cancel);
        Assert.Single(await Queue.ReceiveAsync(32, Hide, Cancel));
    }

    [Fact]
    public async Task What_is_not_settled_comes_again_with_the_next_attempt()
    {
        await Queue.EnqueueAsync(Ann, Now, Cancel);
        Assert.Equal(1, Assert.Single(await Queue.ReceiveAsync(32, TimeSpan.FromSeconds(1), Cancel)).Attempt);
        await PassAsync(TimeSpan.FromSeconds(2));
        Assert.Equal(2, Assert.Single(await Queue.ReceiveAsync(32, TimeSpan.FromSeconds(1), Cancel)).Attempt);
        await PassAsync(TimeSpan.FromSeconds(2));
        Assert.Equal(3, Assert.Single(await Queue.ReceiveAsync(32, Hide, Cancel)).Attempt);
    }

    [Fact]
    public async Task Completed_work_is_never_seen_again()
    {
        await Queue.EnqueueAsync(Ann, Now, Cancel);
        var work = Assert.Single(await Queue.ReceiveAsync(32, TimeSpan.FromSeconds(1), Cancel));
        await Queue.CompleteAsync(work, Cancel);
        await PassAsync(TimeSpan.FromSeconds(2));

        Assert.Empty(await Queue.ReceiveAsync(32, Hide, Cancel));
        await Queue.CompleteAsync(work, Cancel);
        await Queue.ReleaseAsync(work, TimeSpan.Zero, Cancel);
        Assert.Empty(await Queue.ReceiveAsync(32, Hide, Cancel));
    }

    [Fact]
    public async Task Released_work_comes_after_the_delay_with_the_next_attempt()
    {
        await Queue.EnqueueAsync(Ann, Now, Cancel);
        var work = Assert.Single(await Queue.ReceiveAsync(32, Hide, Cancel));
        await Queue.ReleaseAsync(work, TimeSpan.FromSeconds(2), Cancel);
        Assert.Empty(await Queue.ReceiveAsync(32, Hide, Cancel));
        await PassAsync(TimeSpan.FromSeconds(3));

        var again = Assert.Single(await Queue.ReceiveAsync(32, Hide, Cancel));

        Assert.Equal((Ann, 2), (again.WakeUp, again.Attempt));
    }

    [Fact]
    public async Task Work_released_without_delay_comes_at_once()
    {
        await Queue.EnqueueAsync(Ann, Now, Cancel);
        await Queue.ReleaseAsync(Assert.Single(await Queue.ReceiveAsync(32, Hide, Cancel)), TimeSpan.Zero, Cancel);

        Assert.Equal(2, Assert.Single(await Queue.ReceiveAsync(32, Hide, Cancel)).Attempt);
    }

    [Fact]
    public async Task A_stale_receipt_has_no_effect_on_whoever_has_the_work_now()
    {
        await Queue.EnqueueAsync(Ann, Now, Cancel);
        var stale = Assert.Single(await Queue.ReceiveAsync(32, TimeSpan.FromSeconds(1), Cancel));
        await PassAsync(TimeSpan.FromSeconds(2));
        var current = Assert.Single(await Queue.ReceiveAsync(32, Hide, Cancel));

        await Queue.ReleaseAsync(stale, TimeSpan.Zero, Cancel);
        Assert.Empty(await Queue.ReceiveAsync(32, Hide, Cancel));
        await Queue.CompleteAsync(stale, Cancel);
        await Queue.ReleaseAsync(current, TimeSpan.Zero, Cancel);

        Assert.Single(await Queue.ReceiveAsync(32, Hide, Cancel));
    }

    [Fact]
    public async Task A_receipt_is_stale_once_its_work_is_released()
    {
        await Queue.EnqueueAsync(Ann, Now, Cancel);
        var work = Assert.Single(await Queue.ReceiveAsync(32, Hide, Cancel));
        await Queue.ReleaseAsync(work, TimeSpan.Zero, Cancel);
        await Queue.CompleteAsync(work, Cancel);

        Assert.Single(await Queue.ReceiveAsync(32, Hide, Cancel));
    }

    [Fact]
    public async Task At_most_as_many_as_asked_for_are_received()
    {
        for (var i = 0; i < 40; i++) await Queue.EnqueueAsync(Ann with { Partition = $"p{i}" }, Now, Cancel);

        Assert.Single(await Queue.ReceiveAsync(1, Hide, Cancel));
        Assert.Equal(32, (await Queue.ReceiveAsync(32, Hide, Cancel)).Count);
        Assert.Equal(7, (await Queue.ReceiveAsync(32, Hide, Cancel)).Count);
    }

    [Theory]
    [InlineData(0, 30)]
    [InlineData(33, 30)]
    [InlineData(1, 0)]
    [InlineData(1, 604_801)]
    public async Task A_receive_outside_its_limits_is_refused(int max, int seconds) =>
        await Assert.ThrowsAsync<ArgumentException>(async () => await Queue.ReceiveAsync(max, TimeSpan.FromSeconds(seconds), Cancel));

    [Theory]
    [InlineData("", "p")]
    [InlineData("k", "")]
    [InlineData("k/", "p")]
    [InlineData("k", "p#")]
    [InlineData("kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk", "p")]
    public async Task A_wake_up_that_names_no_possible_partition_is_refused(string kind, string partition) =>
        await Assert.ThrowsAsync<ArgumentException>(async () => await Queue.EnqueueAsync(new WakeUp(kind, partition), Now, Cancel));

    [Fact]
    public async Task Odd_characters_come_back()
    {
        var odd = new WakeUp("it's <b>&amp;", "19:会議@thread.tacv2;messageid=1|\"👩‍💻\" " + new string('é', 400));
        await Queue.EnqueueAsync(odd, Now, Cancel);

        Assert.Equal(odd, Assert.Single(await Queue.ReceiveAsync(1, Hide, Cancel)).WakeUp);
    }

    [Theory]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(365)]
    [InlineData(36_500)]
    public async Task A_due_time_many_days_away_is_taken_and_not_due_now(int days)
    {
        await Queue.EnqueueAsync(Ann, Now + TimeSpan.FromDays(days), Cancel);
        Assert.Empty(await Queue.ReceiveAsync(32, Hide, Cancel));
    }

    [Fact]
    public async Task Sixty_four_receivers_never_have_one_wake_up_twice_while_it_is_hidden()
    {
        var expected = Enumerable.Range(0, 200).Select(i => $"p{i:D3}").ToArray();
        await Parallel.ForEachAsync(expected, Cancel, async (partition, cancel) => await Queue.EnqueueAsync(Ann with { Partition = partition }, Now, cancel));
        var seen = new ConcurrentBag<DueWork>();

        await Task.WhenAll(Enumerable.Range(0, 64).Select(async _ =>
        {
            while (await Queue.ReceiveAsync(5, TimeSpan.FromMinutes(5), Cancel) is { Count: > 0 } works)
            {
                foreach (var work in works) seen.Add(work);
            }
        }));

        Assert.Equal(expected, seen.Select(work => work.WakeUp.Partition).Order(StringComparer.Ordinal));
        Assert.All(seen, work => Assert.Equal(1, work.Attempt));
    }

    [Fact]
    public async Task A_wake_up_enqueued_twice_comes_twice()
    {
        await Queue.EnqueueAsync(Ann, Now, Cancel);
        await Queue.EnqueueAsync(Ann, Now, Cancel);
        Assert.Equal(2, (await Queue.ReceiveAsync(32, Hide, Cancel)).Count);
    }

    [Fact]
    public async Task Who_has_cancelled_enqueues_nothing()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Queue.EnqueueAsync(Ann, Now, cancelled.Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Queue.ReceiveAsync(1, Hide, cancelled.Token));
        Assert.Empty(await Queue.ReceiveAsync(32, Hide, Cancel));
    }

    [Fact]
    public async Task The_oldest_that_waits_tells_how_far_behind_we_are_and_what_is_in_hand_does_not_wait()
    {
        Assert.Null(await Queue.OldestDueAsync(Cancel));
        var due = Now - TimeSpan.FromMinutes(3);
        await Queue.EnqueueAsync(Ann, Now + TimeSpan.FromHours(1), Cancel);
        Assert.Null(await Queue.OldestDueAsync(Cancel));
        await Queue.EnqueueAsync(Ann, Now - TimeSpan.FromMinutes(1), Cancel);
        await Queue.EnqueueAsync(Ann, due, Cancel);
        Assert.Equal(due, await Queue.OldestDueAsync(Cancel));

        Assert.Equal(2, (await Queue.ReceiveAsync(32, Hide, Cancel)).Count);
        Assert.Null(await Queue.OldestDueAsync(Cancel));
    }

    [Fact]
    public async Task A_check_leaves_nothing_behind()
    {
        await Queue.CheckAsync(Cancel);
        Assert.Null(await Queue.OldestDueAsync(Cancel));
        Assert.Empty(await Queue.ReceiveAsync(32, Hide, Cancel));
    }
}

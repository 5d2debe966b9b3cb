using CoordinationBot.Storage;
using Microsoft.Extensions.Time.Testing;

namespace CoordinationBot.Tests.Storage;

public sealed class SqliteWorkQueueContract : WorkQueueContract, IDisposable
{
    private readonly SqliteFixture _sqlite = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 23, 9, 0, 0, TimeSpan.Zero));

    public SqliteWorkQueueContract() => Queue = new SqliteWorkQueue(_sqlite.File, _time);

    private protected override IWorkQueue Queue { get; }

    private protected override DateTimeOffset Now => _time.GetUtcNow();

    private protected override Task PassAsync(TimeSpan time)
    {
        _time.Advance(time);
        return Task.CompletedTask;
    }

    [Fact]
    public async Task What_was_due_first_comes_first()
    {
        foreach (var minutes in (int[])[3, 1, 2, 5, 4]) await Queue.EnqueueAsync(new WakeUp("k", $"p{minutes}"), Now + TimeSpan.FromMinutes(minutes), Cancel);
        _time.Advance(TimeSpan.FromMinutes(4));

        Assert.Equal(["p1", "p2"], (await Queue.ReceiveAsync(2, TimeSpan.FromMinutes(1), Cancel)).Select(work => work.WakeUp.Partition));
        Assert.Equal(["p3", "p4"], (await Queue.ReceiveAsync(32, TimeSpan.FromMinutes(1), Cancel)).Select(work => work.WakeUp.Partition));
    }

    [Fact]
    public async Task A_year_ahead_comes_in_a_year()
    {
        await Queue.EnqueueAsync(new WakeUp("k", "p"), Now + TimeSpan.FromDays(365), Cancel);
        _time.Advance(TimeSpan.FromDays(364.9));
        Assert.Empty(await Queue.ReceiveAsync(1, TimeSpan.FromMinutes(1), Cancel));
        _time.Advance(TimeSpan.FromDays(0.2));
        Assert.Equal(1, Assert.Single(await Queue.ReceiveAsync(1, TimeSpan.FromMinutes(1), Cancel)).Attempt);
    }

    [Fact]
    public async Task Wake_ups_survive_a_restart()
    {
        await Queue.EnqueueAsync(new WakeUp("k", "p"), Now, Cancel);
        _sqlite.Reopen();
        Assert.Single(await new SqliteWorkQueue(_sqlite.File, _time).ReceiveAsync(1, TimeSpan.FromMinutes(1), Cancel));
    }

    public void Dispose() => _sqlite.Dispose();
}

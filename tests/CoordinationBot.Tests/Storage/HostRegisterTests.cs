using CoordinationBot.Storage;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace CoordinationBot.Tests.Storage;

public sealed class HostRegisterTests : IDisposable
{
    private readonly SqliteFixture _sqlite = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 27, 9, 0, 0, TimeSpan.Zero));
    private readonly SqliteTables _tables;

    public HostRegisterTests() => _tables = new SqliteTables(_sqlite.File);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _sqlite.Dispose();

    [Fact]
    public async Task Each_host_counts_itself_and_the_others_and_one_that_ended_no_more()
    {
        var (first, one) = await HostAsync();
        await UntilAsync(() => one.Hosts == 1);
        var (second, two) = await HostAsync();
        await UntilAsync(() => two.Hosts == 2);
        await UntilAsync(() => one.Hosts == 2);

        await second.StopAsync(Cancel);
        await UntilAsync(() => one.Hosts == 1);
        // Long before its sign is swept away.
        Assert.Equal(2, Signs());
        await UntilAsync(() => Signs() == 1);
        await first.StopAsync(Cancel);
    }

    private int Signs() => _tables.QueryAsync(HostRegister.Partition, "host|", 10, null, Cancel).AsTask().GetAwaiter().GetResult().Count;

    [Fact]
    public async Task What_cannot_be_counted_now_is_as_it_was_and_before_the_first_count_many_are_assumed()
    {
        var (down, count) = (true, new HostCount());
        using var host = new HostRegister(new FailingTables(_tables, () => down), count, _time, NullLogger<HostRegister>.Instance);
        await host.StartAsync(Cancel);
        await UntilAsync(() => count.Hosts > 2);
        down = false;
        await UntilAsync(() => count.Hosts == 1);
        down = true;
        for (var minute = 0; minute < 10; minute++)
        {
            _time.Advance(TimeSpan.FromMinutes(1));
            await Task.Delay(5, Cancel);
        }
        Assert.Equal(1, count.Hosts);
        await host.StopAsync(Cancel);
    }

    private async Task<(HostRegister, HostCount)> HostAsync()
    {
        var count = new HostCount();
        var host = new HostRegister(_tables, count, _time, NullLogger<HostRegister>.Instance);
        await host.StartAsync(Cancel);
        return (host, count);
    }

    private async Task UntilAsync(Func<bool> condition)
    {
        for (var look = 0; look < 1000 && !condition(); look++)
        {
            await Task.Delay(5, Cancel);
            _time.Advance(TimeSpan.FromSeconds(10));
        }
        Assert.True(condition());
    }

    private sealed class FailingTables(ITables tables, Func<bool> isDown) : ITables
    {
        public ValueTask<Row?> GetAsync(string partition, string key, CancellationToken cancel) => tables.GetAsync(partition, key, cancel);

        public ValueTask<IReadOnlyList<Row>> QueryAsync(string partition, string prefix, int take, string? after, CancellationToken cancel) => tables.QueryAsync(partition, prefix, take, after, cancel);

        public ValueTask<CommitResult> CommitAsync(string partition, IReadOnlyList<Change> changes, CancellationToken cancel) =>
            isDown() ? throw new StorageException("down", new IOException()) : tables.CommitAsync(partition, changes, cancel);

        public ValueTask CheckAsync(CancellationToken cancel) => tables.CheckAsync(cancel);
    }
}

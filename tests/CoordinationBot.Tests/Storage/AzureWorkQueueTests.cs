using Azure.Storage.Queues;
using CoordinationBot.Storage;
using Microsoft.Extensions.Time.Testing;

namespace CoordinationBot.Tests.Storage;

[Collection(AzuriteFixture.Name)]
public sealed class AzureWorkQueueContract(AzuriteFixture azurite) : WorkQueueContract, IAsyncLifetime
{
    private static readonly WakeUp WakeUp = new("delegation", "tenant|delegation|D-1");

    private QueueClient _client = null!;
    private IWorkQueue _queue = null!;

    private protected override IWorkQueue Queue => _queue;

    private protected override DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    private protected override Task PassAsync(TimeSpan time) => Task.Delay(time, Cancel);

    public async ValueTask InitializeAsync()
    {
        _client = await azurite.NewQueueAsync();
        _queue = new AzureWorkQueue(_client, TimeProvider.System);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task What_cannot_be_hidden_long_enough_goes_round_until_it_is_due()
    {
        var queue = new AzureWorkQueue(_client, TimeProvider.System, longestHide: TimeSpan.FromSeconds(1));
        var due = Now + TimeSpan.FromSeconds(5);
        await queue.EnqueueAsync(WakeUp, due, Cancel);

        IReadOnlyList<DueWork> works;
        while ((works = await queue.ReceiveAsync(32, TimeSpan.FromSeconds(30), Cancel)).Count == 0) await Task.Delay(250, Cancel);

        // Whatever is early finds that nothing is due yet, and is gone.
        Assert.InRange(Now, due, due + TimeSpan.FromSeconds(4));
        Assert.Equal((WakeUp, 1), (works.Single().WakeUp, works.Single().Attempt));
        await queue.CompleteAsync(works.Single(), Cancel);
        Assert.Equal(0, (await _client.GetPropertiesAsync(Cancel)).Value.ApproximateMessagesCount);
    }

    [Fact]
    public async Task A_host_whose_clock_is_behind_puts_it_back_and_takes_it_at_its_own_time()
    {
        var behind = new FakeTimeProvider(Now.AddMilliseconds(-300));
        var queue = new AzureWorkQueue(_client, behind);
        await Queue.EnqueueAsync(WakeUp, Now, Cancel);
        Assert.Empty(await queue.ReceiveAsync(32, TimeSpan.FromSeconds(30), Cancel));

        behind.Advance(TimeSpan.FromSeconds(1));
        IReadOnlyList<DueWork> works;
        while ((works = await queue.ReceiveAsync(32, TimeSpan.FromSeconds(30), Cancel)).Count == 0) await Task.Delay(250, Cancel);
        Assert.Equal((WakeUp, 1), (works.Single().WakeUp, works.Single().Attempt));
    }

    [Fact]
    public async Task A_message_that_is_not_ours_comes_as_a_kind_nobody_registers()
    {
        foreach (var text in (string[])["not json", "null", "{}", """{"kind":"a/b","partition":"p"}"""]) await _client.SendMessageAsync(text, Cancel);
        await Queue.EnqueueAsync(WakeUp, Now, Cancel);

        var works = await Queue.ReceiveAsync(32, TimeSpan.FromSeconds(30), Cancel);

        Assert.Equal(4, works.Count(work => work.WakeUp.Kind == AzureWorkQueue.UnreadableKind));
        Assert.Single(works, work => work.WakeUp == WakeUp);
    }

    [Fact]
    public async Task An_outage_is_a_storage_exception()
    {
        await _client.DeleteAsync(Cancel);
        await Assert.ThrowsAsync<StorageException>(async () => await Queue.EnqueueAsync(WakeUp, Now, Cancel));
        await Assert.ThrowsAsync<StorageException>(async () => await Queue.ReceiveAsync(1, TimeSpan.FromSeconds(30), Cancel));
    }
}

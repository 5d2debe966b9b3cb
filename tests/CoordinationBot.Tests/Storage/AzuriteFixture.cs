using Azure.Data.Tables;
using Azure.Storage.Queues;
using CoordinationBot.Storage;

namespace CoordinationBot.Tests.Storage;

/// <summary>One emulator for all tests that need one; started when the first of them runs.</summary>
[CollectionDefinition(Name)]
public sealed class AzuriteFixture : IAsyncLifetime, ICollectionFixture<AzuriteFixture>
{
    public const string Name = "azurite";

    private Azurite? _azurite;
    private int _queues;

    internal StorageOptions Options => new() { Provider = StorageProvider.Azure, ConnectionString = _azurite!.ConnectionString };

    internal TableClient Table { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        _azurite = await Azurite.StartAsync(CancellationToken.None);
        Table = AzureAccount.Table(Options, null);
        await Table.CreateIfNotExistsAsync();
    }

    internal async Task<QueueClient> NewQueueAsync()
    {
        var options = Options;
        options.Queue = $"work-{Interlocked.Increment(ref _queues)}";
        var queue = AzureAccount.Queue(options, null);
        await queue.CreateAsync();
        return queue;
    }

    public ValueTask DisposeAsync() => _azurite?.DisposeAsync() ?? ValueTask.CompletedTask;
}

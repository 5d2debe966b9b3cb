using Azure;
using Azure.Data.Tables;
using Azure.Storage.Queues;

namespace CoordinationBot.Storage;

/// <summary>Creates table and queue when they are missing. Role assignments take minutes to work after a first deployment: until then Azure answers 403.</summary>
internal sealed class AzurePreparation(TableClient table, QueueClient queue, ITables tables, TimeProvider time, ILogger<AzurePreparation> log) : IHostedService
{
    /// <summary>Whatever looks after the host must leave it so long to start.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var until = time.GetUtcNow() + Patience;
        while (!await IsReadyAsync(time.GetUtcNow() >= until, cancellationToken))
        {
            await Task.Delay(Pause, time, cancellationToken);
        }
    }

    /// <summary>False when another try may have an answer; the last one says what is wrong.</summary>
    private async Task<bool> IsReadyAsync(bool isLast, CancellationToken cancel)
    {
        MigrationMark? mark;
        try
        {
            await TryAsync(cancel);
            mark = await MigrationMark.FindAsync(tables, cancel);
        }
        catch (Exception e) when (AzureCalls.IsOutage(CauseOf(e), cancel))
        {
            var cause = CauseOf(e);
            var status = (cause as RequestFailedException)?.Status ?? 0;
            if (isLast || (status != 403 && !AzureCalls.IsTransient(cause, cancel))) throw Failure(cause);
            log.AzureNotReady(table.Name, queue.Name, status);
            return false;
        }
        return mark is not { Finished: null } ? true : throw new StorageException(
            $"Not everything was moved into table {table.Name}: the move from a Sqlite file was broken off. Run CoordinationBot migrate again, it goes on where it was.", new InvalidOperationException());
    }

    /// <summary>What the tables say of an outage has its cause within.</summary>
    private static Exception CauseOf(Exception failure) => failure is StorageException { InnerException: { } cause } ? cause : failure;

    /// <summary>Creates them without waiting, for whoever wants to know at once.</summary>
    public async Task CreateAsync(CancellationToken cancel)
    {
        try
        {
            await TryAsync(cancel);
        }
        catch (Exception e) when (AzureCalls.IsOutage(e, cancel))
        {
            throw Failure(e);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task TryAsync(CancellationToken cancel)
    {
        await table.CreateIfNotExistsAsync(cancel);
        await queue.CreateIfNotExistsAsync(cancellationToken: cancel);
    }

    private StorageException Failure(Exception failure) => failure is RequestFailedException { Status: 403 }
        ? new StorageException($"Storage account {table.AccountName} refuses this host (403): its identity needs the roles Storage Table Data Contributor and Storage Queue Data Contributor.", failure)
        : AzureCalls.Outage($"Storage account {table.AccountName}", failure);
}

using CoordinationBot.Storage;
using Microsoft.Extensions.Options;

namespace CoordinationBot.Doctor;

/// <summary>Whether this host may write, read and delete: a row, and a message that nobody sees.</summary>
internal static class StorageCheck
{
    private const string Partition = "doctor";

    public static async Task<Finding> RunAsync(IServiceProvider services, CancellationToken cancel)
    {
        var options = services.GetRequiredService<IOptions<StorageOptions>>().Value;
        try
        {
            if (services.GetService<AzurePreparation>() is { } preparation)
            {
                await preparation.CreateAsync(cancel);
            }
            await TryTablesAsync(services.GetRequiredService<ITables>(), cancel);
            await services.GetRequiredService<IWorkQueue>().CheckAsync(cancel);
        }
        catch (StorageException failure)
        {
            return Finding.Wrong(failure.Message, options.Provider switch
            {
                StorageProvider.Sqlite => "Give it a file in a folder that this host may write to (Storage:Path); if the bot is running on it, stop the bot first, or type about in its chat.",
                StorageProvider.Azure => "Check Storage:AccountUri or Storage:ConnectionString, the network, and the roles Storage Table Data Contributor and Storage Queue Data Contributor of this host's identity.",
            });
        }
        return Finding.Ok(options.Provider switch
        {
            StorageProvider.Sqlite => "A row and a message were written, read and deleted in the embedded store.",
            StorageProvider.Azure => $"A row and a message were written, read and deleted in table {options.Table} and queue {options.Queue}.",
        });
    }

    private static async Task TryTablesAsync(ITables tables, CancellationToken cancel)
    {
        // Of this process, so that two who look at one store at the same time do not take each other's.
        var key = $"check-{Environment.MachineName}-{Environment.ProcessId}";
        await tables.CommitAsync(Partition, [new Change.Upsert(key, "{}"u8.ToArray())], cancel);
        if (await tables.GetAsync(Partition, key, cancel) is null)
        {
            throw new StorageException("A row that was just written is not there.", new InvalidDataException());
        }
        await tables.CommitAsync(Partition, [new Change.Delete(key, null)], cancel);
    }
}

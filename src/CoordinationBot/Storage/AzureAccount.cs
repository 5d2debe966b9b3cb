using Azure.Core;
using Azure.Data.Tables;
using Azure.Identity;
using Azure.Storage.Queues;

namespace CoordinationBot.Storage;

/// <summary>The clients of a storage account, from the settings.</summary>
internal static class AzureAccount
{
    private static readonly string[] Services = ["table", "queue", "blob"];

    public static TableClient Table(StorageOptions options, TokenCredential? credential)
    {
        // AzureTables counts its tries itself.
        var client = AzureCalls.Configure(new TableClientOptions(), retries: 0);
        return options.AccountUri is { } uri
            ? new TableClient(Service(uri, "table"), options.Table, credential ?? new DefaultAzureCredential(), client)
            : new TableClient(options.ConnectionString, options.Table, client);
    }

    public static QueueClient Queue(StorageOptions options, TokenCredential? credential)
    {
        var client = AzureCalls.Configure(new QueueClientOptions { MessageEncoding = QueueMessageEncoding.None }, AzureCalls.Retries);
        return options.AccountUri is { } uri
            ? new QueueClient(new Uri(Service(uri, "queue")!, options.Queue), credential ?? new DefaultAzureCredential(), client)
            : new QueueClient(options.ConnectionString, options.Queue, client);
    }

    /// <summary>A store in the account, and what makes it.</summary>
    public static (AzurePreparation Preparation, AzureTables Tables, AzureWorkQueue Queue) Store(StorageOptions options, TokenCredential? credential, TimeProvider time, ILogger<AzurePreparation> log)
    {
        var (table, queue) = (Table(options, credential), Queue(options, credential));
        var tables = new AzureTables(table, time);
        return (new AzurePreparation(table, queue, tables, time, log), tables, new AzureWorkQueue(queue, time));
    }

    /// <summary>One setting names the account; each of its services is the same name with another label. Null when the address has none.</summary>
    public static Uri? Service(Uri account, string service)
    {
        var labels = account.Host.Split('.');
        var at = Array.FindIndex(labels, label => Services.Contains(label, StringComparer.Ordinal));
        if (at < 1) return null;
        labels[at] = service;
        return new UriBuilder(account.Scheme, string.Join('.', labels), account.Port).Uri;
    }
}

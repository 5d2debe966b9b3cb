using Azure.Core;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace CoordinationBot.Storage;

/// <summary>Tables, work queue and the loop that runs due work. A feature adds its <see cref="WorkHandler"/> to <see cref="WorkHandlers"/> where it maps its routes.</summary>
internal static class StorageFeature
{
    /// <summary>Each look costs a call.</summary>
    public static readonly WorkPolling CloudPolling = new(TimeSpan.FromMilliseconds(250), TimeSpan.FromSeconds(2));

    public static IServiceCollection AddStorage(this IServiceCollection services, IConfiguration configuration)
    {
        var section = configuration.GetSection(StorageOptions.Section);
        services.AddOptions<StorageOptions>().Bind(section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<StorageOptions>, StorageOptionsValidation>();
        services.TryAddSingleton(TimeProvider.System);
        // Which classes there are depends on this one setting; one that is not a provider is named when the options are bound.
        if (Enum.TryParse<StorageProvider>(section[nameof(StorageOptions.Provider)], ignoreCase: true, out var provider) && provider == StorageProvider.Azure) services.AddAzure();
        else services.AddSqlite();
        services.AddSingleton<HostCount>();
        services.AddSingleton<PoisonRows>();
        services.AddSingleton<WorkHandlers>();
        services.AddSingleton<WorkLoop>();
        services.AddHostedService(provider => provider.GetRequiredService<WorkLoop>());
        services.AddSingleton<WorkScheduler>();
        return services;
    }

    /// <summary>The file that the settings name.</summary>
    public static string SqlitePath(IServiceProvider provider) =>
        Path.GetFullPath(Path.Combine(provider.GetRequiredService<IHostEnvironment>().ContentRootPath, Options(provider).Path));

    /// <summary>Opens the embedded store before anything uses it.</summary>
    /// <returns>False when it cannot be: the log says why, in a sentence.</returns>
    public static bool OpenStorage(this IHost host)
    {
        try
        {
            _ = host.Services.GetRequiredService<ITables>();
            return true;
        }
        catch (StorageException failure)
        {
            host.Services.GetRequiredService<ILogger<SqliteFile>>().NotOpened(failure.Message);
            return false;
        }
    }

    private static void AddSqlite(this IServiceCollection services)
    {
        services.AddSingleton(provider => new SqliteFile(SqlitePath(provider)));
        services.AddSingleton<SqliteTables>();
        services.AddSingleton<ITables>(provider => provider.GetRequiredService<SqliteTables>());
        services.AddSingleton<IRowScan>(provider => provider.GetRequiredService<SqliteTables>());
        services.AddSingleton<IWorkQueue, SqliteWorkQueue>();
        // Asking when nothing is due is one read of an index, some microseconds.
        services.AddSingleton(new WorkPolling(TimeSpan.FromMilliseconds(250), TimeSpan.FromMilliseconds(250)));
    }

    private static void AddAzure(this IServiceCollection services)
    {
        services.AddSingleton(provider => AzureAccount.Table(Options(provider), provider.GetService<TokenCredential>()));
        services.AddSingleton(provider => AzureAccount.Queue(Options(provider), provider.GetService<TokenCredential>()));
        services.AddSingleton<AzureTables>();
        services.AddSingleton<ITables>(provider => provider.GetRequiredService<AzureTables>());
        services.AddSingleton<IRowScan>(provider => provider.GetRequiredService<AzureTables>());
        services.AddSingleton<IWorkQueue>(provider => new AzureWorkQueue(
            provider.GetRequiredService<Azure.Storage.Queues.QueueClient>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(CloudPolling);
        // Before the work loop, which is added after and started after.
        services.AddSingleton<AzurePreparation>();
        services.AddHostedService(provider => provider.GetRequiredService<AzurePreparation>());
        services.AddHostedService<HostRegister>();
    }

    private static StorageOptions Options(IServiceProvider provider) => provider.GetRequiredService<IOptions<StorageOptions>>().Value;
}

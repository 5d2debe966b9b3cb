using Azure.Core;
using CoordinationBot.Dialogs;
using CoordinationBot.Doctor;
using CoordinationBot.Storage;
using Microsoft.Extensions.Options;

namespace CoordinationBot.Upkeep;

/// <summary>
/// <c>CoordinationBot backup FILE</c>, <c>restore FILE</c>, <c>migrate</c>, <c>verify [FILE]</c> and <c>wake</c>: what those who run the bot do with all of its data, with the settings it runs with. Each ends with a
/// sentence, and with 1 when nothing came of it.
/// </summary>
internal static class UpkeepCommands
{
    public static bool Has(string[] args) => args is ["backup" or "restore" or "migrate" or "verify" or "wake", ..];

    /// <summary>The arguments that are settings. A path is none, though it may look like one.</summary>
    public static IEnumerable<string> SettingsIn(string[] args) => Has(args) || args is [Examination.Argument, ..] ? args.SkipWhile(argument => !IsSetting(argument)) : args;

    public static async Task<int> RunUpkeepAsync(this WebApplication app, string[] args, TextWriter output)
    {
        await using (app)
        {
            return await RunUpkeepAsync(app.Services, args, output, CancellationToken.None);
        }
    }

    public static async Task<int> RunUpkeepAsync(IServiceProvider services, string[] args, TextWriter output, CancellationToken cancel)
    {
        try
        {
            // Several say how far they are at once.
            var together = TextWriter.Synchronized(output);
            await output.WriteLineAsync(args switch
            {
                ["backup", var file, ..] when IsFile(file) => Backup(services, Path.GetFullPath(file)),
                ["restore", var file, ..] when IsFile(file) => Restore(services, Path.GetFullPath(file)),
                ["migrate", ..] => await MigrateAsync(services, together, cancel),
                ["verify", var file, ..] when IsFile(file) => await VerifyAsync(services, Path.GetFullPath(file), cancel),
                ["verify", ..] => await VerifyAsync(services, null, cancel),
                ["wake", ..] => await WakeAsync(services, cancel),
                _ => throw Refused($"Say which file: CoordinationBot {args[0]} FILE."),
            });
            return 0;
        }
        catch (Exception failure) when (failure is StorageException or IOException or UnauthorizedAccessException or OptionsValidationException)
        {
            await output.WriteLineAsync(failure.Message);
            return 1;
        }
    }

    private static bool IsFile(string argument) => argument.Length > 0 && !IsSetting(argument);

    private static bool IsSetting(string argument) => argument.StartsWith("--", StringComparison.Ordinal);

    private static string Backup(IServiceProvider services, string file)
    {
        var size = SqliteBackup.Copy(Embedded(services), file);
        return $"Everything as it stood is in {file} ({size} bytes), checked. Keep it as close as the data itself: it holds all of it.";
    }

    private static string Restore(IServiceProvider services, string file)
    {
        var path = Embedded(services);
        var kept = SqliteBackup.Restore(file, path, services.GetRequiredService<TimeProvider>().GetUtcNow());
        return kept is null ? $"{path} is what was in {file}." : $"{path} is what was in {file}. What was there before is in {kept}.";
    }

    private static async Task<string> MigrateAsync(IServiceProvider services, TextWriter output, CancellationToken cancel)
    {
        var options = services.GetRequiredService<IOptions<StorageOptions>>().Value;
        var azure = new StorageOptions
        {
            Provider = StorageProvider.Azure,
            AccountUri = options.AccountUri,
            ConnectionString = options.ConnectionString,
            Table = options.Table,
            Queue = options.Queue,
        };
        if (new StorageOptionsValidation().Validate(null, azure) is { Failed: true } wrong) throw Refused(string.Join(' ', wrong.Failures));
        var path = StorageFeature.SqlitePath(services);
        if (!File.Exists(path)) throw Refused($"There is no storage file {path} to move from. Name it in Storage:Path.");

        using var file = new SqliteFile(path);
        var time = services.GetRequiredService<TimeProvider>();
        var (preparation, tables, queue) = AzureAccount.Store(azure, services.GetService<TokenCredential>(), time, services.GetRequiredService<ILogger<AzurePreparation>>());
        await preparation.CreateAsync(cancel);
        var mark = await new Migration(file, tables, queue, time, output).RunAsync(cancel);
        return $"Everything is in table {azure.Table} and queue {azure.Queue} since {mark.Finished:u}: {mark.Rows} rows, the same on both sides (digest {mark.Digest}), and {mark.WakeUps} wake-ups. "
            + "Set Storage:Provider to Azure, and do not start a bot on the file any more.";
    }

    private static async Task<string> VerifyAsync(IServiceProvider services, string? file, CancellationToken cancel)
    {
        if (services.GetRequiredService<IOptions<StorageOptions>>().Value.Provider == StorageProvider.Azure)
        {
            return await Verification.RunAsync(services.GetRequiredService<IRowScan>(), services.GetRequiredService<ITables>(), file, cancel);
        }
        // A copy is of one moment, and a bot may run on the file meanwhile. It is made where the bot may write.
        var path = StorageFeature.SqlitePath(services);
        var folder = Path.Combine(Path.GetDirectoryName(path)!, "verifying");
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        try
        {
            var copy = Path.Combine(folder, Path.GetFileName(path));
            SqliteBackup.Copy(path, copy);
            using var opened = new SqliteFile(copy);
            var tables = new SqliteTables(opened);
            return await Verification.RunAsync(tables, tables, file, cancel);
        }
        finally
        {
            if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<string> WakeAsync(IServiceProvider services, CancellationToken cancel)
    {
        if (services.GetService<AzurePreparation>() is { } preparation) await preparation.CreateAsync(cancel);
        var looks = new StoredLooks(services.GetRequiredService<OfficeOptions>());
        var filling = new QueueFilling(services.GetRequiredService<IRowScan>(), services.GetRequiredService<IWorkQueue>(), looks, services.GetRequiredService<TimeProvider>());
        var filled = await filling.RunAsync(cancel);
        var minutes = Math.Max(1, (long)Math.Ceiling(filled.Things * QueueFilling.Apart.TotalMinutes));
        return $"{filled.WakeUps} wake-ups for {filled.Things} things are in the queue, beside those that were there. What was due is done within {(minutes == 1 ? "1 minute" : $"{minutes} minutes")}, the rest when it is due."
            + (filled.Unreadable is [var first, ..] ? $" Rows that could not be read, so that their times are not there: {filled.Unreadable.Count}. The first: {first}" : "");
    }

    private static string Embedded(IServiceProvider services) =>
        services.GetRequiredService<IOptions<StorageOptions>>().Value.Provider switch
        {
            StorageProvider.Sqlite => StorageFeature.SqlitePath(services),
            StorageProvider.Azure => throw Refused("By these settings (Storage:Provider) everything is in Azure, and this is for the embedded store: deploy/README.md says how it is done there."),
        };

    private static StorageException Refused(string sentence) => new(sentence, new InvalidOperationException());
}

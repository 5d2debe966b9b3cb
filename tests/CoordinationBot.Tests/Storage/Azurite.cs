using System.ComponentModel;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace CoordinationBot.Tests.Storage;

/// <summary>
/// The storage emulator, in memory, on free loopback ports; installed once for a lock file, under artifacts of the repository, and shared by the test projects that link
/// this file and its <c>azurite</c> folder.
/// </summary>
internal sealed partial class Azurite : IAsyncDisposable
{
    private const string Account = "devstoreaccount1";
    // The emulator's own published key.
    private const string Key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan InstallTimeout = TimeSpan.FromMinutes(5);

    private readonly Process _process;

    private Azurite(Process process, int tablePort, int queuePort)
    {
        _process = process;
        ConnectionString = $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={Key};"
            + $"TableEndpoint=http://127.0.0.1:{tablePort}/{Account};QueueEndpoint=http://127.0.0.1:{queuePort}/{Account};";
    }

    public string ConnectionString { get; }

    public static async Task<Azurite> StartAsync(CancellationToken cancel)
    {
        var folder = await InstallAsync(cancel);
        // Port 0: the system gives a free one and Azurite says which. Standard input is the string by which it hangs on us (run.cjs).
        var process = Run("node", folder,
            ["run.cjs", "--blobPort", "0", "--tablePort", "0", "--queuePort", "0", "--skipApiVersionCheck", "--disableTelemetry", "--inMemoryPersistence", "--silent"]);
        var ports = new Dictionary<string, int>(StringComparer.Ordinal);
        var said = new List<string>();
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        timeout.CancelAfter(StartTimeout);
        try
        {
            while (!ports.ContainsKey("Table") || !ports.ContainsKey("Queue"))
            {
                var line = await process.StandardOutput.ReadLineAsync(timeout.Token)
                    ?? throw new InvalidOperationException($"Azurite ended before it listened: {string.Join(' ', said)} {await process.StandardError.ReadToEndAsync(timeout.Token)}");
                said.Add(line);
                if (Listening().Match(line) is { Success: true } match) ports[match.Groups["service"].Value] = int.Parse(match.Groups["port"].Value);
            }
        }
        catch (Exception)
        {
            Kill(process);
            throw;
        }
        // Pipes that nobody empties would stop it one day.
        _ = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        _ = process.StandardError.ReadToEndAsync(CancellationToken.None);
        return new Azurite(process, ports["Table"], ports["Queue"]);
    }

    public ValueTask DisposeAsync()
    {
        Kill(_process);
        return ValueTask.CompletedTask;
    }

    private static async Task<string> InstallAsync(CancellationToken cancel)
    {
        var source = Path.Combine(AppContext.BaseDirectory, "azurite");
        string[] files = ["package.json", "package-lock.json", "run.cjs"];
        var contents = files.SelectMany(file => File.ReadAllBytes(Path.Combine(source, file))).ToArray();
        var folder = Path.Combine(Artifacts(), $"azurite-{Convert.ToHexString(SHA256.HashData(contents))[..12]}");
        Directory.CreateDirectory(folder);

        // Two test processes install once; a half-finished install has no mark and is done again.
        using var one = await LockAsync(Path.Combine(folder, ".lock"), cancel);
        var mark = Path.Combine(folder, ".installed");
        if (File.Exists(mark)) return folder;
        foreach (var file in files) File.Copy(Path.Combine(source, file), Path.Combine(folder, file), overwrite: true);
        // No install scripts: none is needed.
        using var npm = Run("npm", folder, ["ci", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"]);
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        timeout.CancelAfter(InstallTimeout);
        try
        {
            var output = npm.StandardOutput.ReadToEndAsync(timeout.Token);
            var errors = npm.StandardError.ReadToEndAsync(timeout.Token);
            await npm.WaitForExitAsync(timeout.Token);
            if (npm.ExitCode != 0) throw new InvalidOperationException($"Azurite could not be installed with 'npm ci' ({npm.ExitCode}): {await errors} {await output}");
        }
        catch (OperationCanceledException)
        {
            Kill(npm);
            throw;
        }
        await File.WriteAllTextAsync(mark, "", cancel);
        return folder;
    }

    private static string Artifacts()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "CoordinationBot.sln"))) return Path.Combine(folder.FullName, "artifacts");
        }
        return Path.Combine(AppContext.BaseDirectory, "artifacts");
    }

    private static async Task<FileStream> LockAsync(string path, CancellationToken cancel)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        timeout.CancelAfter(InstallTimeout);
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException)
            {
                await Task.Delay(200, timeout.Token);
            }
        }
    }

    private static Process Run(string program, string folder, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw new InvalidOperationException($"The storage tests run against Azurite, which needs Node.js 20 or newer with npm on the PATH; '{program}' could not be started.", e);
        }
    }

    private static void Kill(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit(TimeSpan.FromSeconds(10));
        }
        catch (InvalidOperationException)
        {
            // It has ended.
        }
        process.Dispose();
    }

    [GeneratedRegex(@"Azurite (?<service>Table|Queue) service is successfully listening at http://127\.0\.0\.1:(?<port>\d+)")]
    private static partial Regex Listening();
}

using System.Diagnostics;
using System.Text.RegularExpressions;

namespace CoordinationBot.Tests.Storage;

/// <summary>Where an emulator keeps its data, and on which ports it listens: one that is started again there goes on.</summary>
internal sealed record AzuritePlace(string Folder, int TablePort, int QueuePort);

/// <summary>The storage emulator on loopback: in memory on free ports, or at a place of its own.</summary>
internal sealed partial class Azurite : IAsyncDisposable
{
    private const string Account = "devstoreaccount1";
    // The emulator's own published key.
    private const string Key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(60);

    private readonly Process _process;

    private Azurite(Process process, int tablePort, int queuePort)
    {
        _process = process;
        ConnectionString = $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={Key};"
            + $"TableEndpoint=http://127.0.0.1:{tablePort}/{Account};QueueEndpoint=http://127.0.0.1:{queuePort}/{Account};";
    }

    public string ConnectionString { get; }

    public int ProcessId => _process.Id;

    public static async Task<Azurite> StartAsync(CancellationToken cancel, AzuritePlace? place = null)
    {
        var folder = await NpmFolder.InstallAsync("azurite", ["run.cjs"], cancel);
        string[] kept = place is null ? ["--inMemoryPersistence"] : ["--location", place.Folder];
        // Port 0: the system gives a free one and Azurite says which. Standard input is the string by which it hangs on us (run.cjs).
        var process = NpmFolder.Run("node", folder,
            ["run.cjs", "--blobPort", "0", "--tablePort", $"{place?.TablePort ?? 0}", "--queuePort", $"{place?.QueuePort ?? 0}", "--skipApiVersionCheck", "--disableTelemetry", "--silent", .. kept]);
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
            NpmFolder.Kill(process);
            throw;
        }
        // Pipes that nobody empties would stop it one day.
        _ = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        _ = process.StandardError.ReadToEndAsync(CancellationToken.None);
        return new Azurite(process, ports["Table"], ports["Queue"]);
    }

    public ValueTask DisposeAsync()
    {
        NpmFolder.Kill(_process);
        return ValueTask.CompletedTask;
    }

    [GeneratedRegex(@"Azurite (?<service>Table|Queue) service is successfully listening at http://127\.0\.0\.1:(?<port>\d+)")]
    private static partial Regex Listening();
}

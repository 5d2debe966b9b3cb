using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Azure.Data.Tables;
using CoordinationBot.Playground.Processes;
using CoordinationBot.Storage;
using CoordinationBot.Tests.Storage;

namespace CoordinationBot.EndToEnd.Chaos;

/// <summary>A time in which something was down.</summary>
internal sealed record Outage(DateTimeOffset From, DateTimeOffset Until);

/// <summary>Hosts over one Azurite, no one of them different from the others; any of them ends at any moment, and the storage too.</summary>
internal sealed class ChaosOffice : IAsyncDisposable
{
    public const string Tenant = "11111111-1111-4111-8111-111111111111";
    public const string AppId = "22222222-2222-4222-8222-222222222222";

    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(20);

    private readonly AzuritePlace _place;
    private readonly ConcurrentQueue<(int Host, DateTimeOffset At)> _deaths = new();
    private readonly ConcurrentQueue<Outage> _outages = new();
    private Azurite? _azurite;

    private ChaosOffice() => _place = new AzuritePlace(Path.Combine(Folder, "azurite"), ChildProcess.FreePort(), ChildProcess.FreePort());

    public IReadOnlyList<HostProcess> Hosts { get; private set; } = [];

    /// <summary>Processes that were killed, and when.</summary>
    public IReadOnlyCollection<(int Host, DateTimeOffset At)> Deaths => _deaths;

    /// <summary>When the storage did not answer.</summary>
    public IReadOnlyCollection<Outage> Outages => _outages;

    /// <summary>Where the hosts write their logs. It is removed with the office, unless somebody wants to read them.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("chaos").FullName;

    public bool IsKept { get; set; }

    /// <summary>The test's own look into the store.</summary>
    public TableClient Table => AzureAccount.Table(Storage, null);

    public StorageOptions Storage => new() { Provider = StorageProvider.Azure, ConnectionString = _azurite!.ConnectionString };

    public static async Task<ChaosOffice> StartAsync(int hosts, CancellationToken cancel)
    {
        var office = new ChaosOffice();
        try
        {
            Directory.CreateDirectory(office._place.Folder);
            office._azurite = await Azurite.StartAsync(cancel, office._place);
            office.Hosts = [.. Enumerable.Range(1, hosts).Select(number => new HostProcess(
                ChildProcess.FreePort(), office.Settings, Path.Combine(office.Folder, string.Create(CultureInfo.InvariantCulture, $"host-{number}.log")), typeof(ChaosHost).Assembly.Location))];
            await Task.WhenAll(office.Hosts.Select(host => host.StartAsync(cancel)));
            return office;
        }
        catch
        {
            await office.DisposeAsync();
            throw;
        }
    }

    /// <summary>Ends a host as a crash does, and starts it again.</summary>
    public async Task CrashAsync(HostProcess host, CancellationToken cancel)
    {
        var process = host.ProcessId;
        await host.KillAsync();
        _deaths.Enqueue((process, DateTimeOffset.UtcNow));
        await host.RestartAsync(cancel);
    }

    /// <summary>The storage ends in order, which is how it keeps what it has confirmed, and comes back after a while.</summary>
    public async Task StopStorageAsync(TimeSpan time, CancellationToken cancel)
    {
        var from = DateTimeOffset.UtcNow;
        Signal("TERM", _azurite!.ProcessId);
        using (var process = Find(_azurite.ProcessId))
        {
            if (process is not null) await process.WaitForExitAsync(cancel).WaitAsync(StopTimeout, cancel);
        }
        await _azurite.DisposeAsync();
        await Task.Delay(time, cancel);
        _azurite = await Azurite.StartAsync(cancel, _place);
        _outages.Enqueue(new Outage(from, DateTimeOffset.UtcNow));
    }

    /// <summary>The storage takes calls and does not answer them, for a while.</summary>
    public async Task FreezeStorageAsync(TimeSpan time, CancellationToken cancel)
    {
        var from = DateTimeOffset.UtcNow;
        Signal("STOP", _azurite!.ProcessId);
        try
        {
            await Task.Delay(time, cancel);
        }
        finally
        {
            Signal("CONT", _azurite.ProcessId);
        }
        _outages.Enqueue(new Outage(from, DateTimeOffset.UtcNow));
    }

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(Hosts.Select(host => host.DisposeAsync().AsTask()));
        if (_azurite is not null) await _azurite.DisposeAsync();
        if (!IsKept) Directory.Delete(Folder, recursive: true);
    }

    private Dictionary<string, string> Settings => new()
    {
        [ChaosHost.Wanted] = "true",
        ["ASPNETCORE_ENVIRONMENT"] = "Development",
        ["Bot__AppId"] = AppId,
        ["Bot__TenantId"] = Tenant,
        ["Bot__DangerouslyAllowUnauthenticated"] = "true",
        ["Storage__Provider"] = "Azure",
        ["Storage__ConnectionString"] = _azurite!.ConnectionString,
        // The run is at any time of any day.
        ["Office__QuietHours"] = "none",
        ["Office__WorkingWeek"] = "Mon-Sun",
        ["Office__PublicAddress"] = "http://127.0.0.1",
    };

    private static Process? Find(int id)
    {
        try
        {
            return Process.GetProcessById(id);
        }
        catch (ArgumentException)
        {
            return null; // It has ended.
        }
    }

    private static void Signal(string name, int process)
    {
        using var kill = Process.Start("kill", [$"-{name}", process.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }
}

using System.Diagnostics;
using System.Reflection;

namespace CoordinationBot.Playground.Processes;

/// <summary>The bot's host as a process of its own, which tests may kill and start again on the same port and data.</summary>
public sealed class HostProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(60);

    private readonly Dictionary<string, string> _environment;
    private readonly string _assembly;
    private readonly string? _logFile;
    private readonly TimeProvider _clock;
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(2) };
    private ChildProcess? _child;

    /// <param name="port">Loopback port it listens on, the same after every restart.</param>
    /// <param name="environment">Settings, as environment variables.</param>
    /// <param name="logFile">Where its output is kept; null for nowhere.</param>
    /// <param name="assembly">The host's dll; null for the one built with the launcher.</param>
    /// <param name="clock">For waiting; null for the system's.</param>
    public HostProcess(int port, IEnumerable<KeyValuePair<string, string>> environment, string? logFile = null, string? assembly = null, TimeProvider? clock = null)
    {
        Port = port;
        _environment = new(environment);
        _assembly = assembly ?? BuiltAssembly;
        _logFile = logFile;
        _clock = clock ?? TimeProvider.System;
    }

    public int Port { get; }

    public Uri Url => new($"http://127.0.0.1:{Port}");

    public Uri MessagesUrl => new(Url, "/api/messages");

    public int ProcessId => Running.Id;

    /// <summary>Completes when the process that runs now has ended.</summary>
    public Task Exited => Running.Exited;

    public string LastLines => _child?.LastLines ?? "";

    private ChildProcess Running => _child ?? throw new InvalidOperationException("The host was not started.");

    private static string BuiltAssembly => typeof(HostProcess).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(a => a.Key == "HostAssembly").Value!;

    /// <summary>Starts it and waits until it answers.</summary>
    /// <exception cref="LauncherException">It ended or did not answer in time.</exception>
    public async Task StartAsync(CancellationToken cancel)
    {
        var start = new ProcessStartInfo("dotnet") { WorkingDirectory = Path.GetDirectoryName(_assembly)! };
        start.ArgumentList.Add(_assembly);
        ChildProcess.ClearProxies(start);
        start.Environment["ASPNETCORE_URLS"] = $"http://127.0.0.1:{Port}";
        // Our own StartupHook: it ends the host when we are gone, without a word of that in the host.
        start.Environment["DOTNET_STARTUP_HOOKS"] = typeof(HostProcess).Assembly.Location;
        foreach (var (name, value) in _environment) start.Environment[name] = value;
        _child = ChildProcess.Start("The host", start, _logFile);
        await _child.WaitUntilAsync(IsAliveAsync, StartTimeout, _clock, cancel);
    }

    /// <summary>Ends it at once, as a crash would: nothing is finished, flushed or said good-bye to.</summary>
    public Task KillAsync() => Running.KillAsync();

    /// <summary>Starts it again after it was killed, on the same port and data.</summary>
    public async Task RestartAsync(CancellationToken cancel)
    {
        if (!Running.HasExited) await Running.KillAsync();
        await Running.DisposeAsync();
        await StartAsync(cancel);
    }

    public async ValueTask DisposeAsync()
    {
        if (_child is not null) await _child.DisposeAsync();
        _http.Dispose();
    }

    private async Task<bool> IsAliveAsync(CancellationToken cancel)
    {
        try
        {
            using var answer = await _http.GetAsync(new Uri(Url, "/health/live"), cancel);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !cancel.IsCancellationRequested)
        {
            return false;
        }
    }
}

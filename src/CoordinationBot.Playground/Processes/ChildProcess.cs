using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace CoordinationBot.Playground.Processes;

/// <summary>
/// A process that ends with this one. Its standard input is a pipe that only we hold: closing it asks the process to end,
/// and the system closes it when we are killed. Nothing is ever ended by name.
/// </summary>
public sealed class ChildProcess : IAsyncDisposable
{
    private const int LinesKept = 60;

    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(50);

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly TextWriter? _log;
    private readonly string _what;

    private ChildProcess(Process process, string what, TextWriter? log)
    {
        _process = process;
        _what = what;
        _log = log;
    }

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    /// <summary>Of a process that has ended.</summary>
    public int ExitCode => _process.ExitCode;

    /// <summary>Completes when the process has ended, whoever ended it.</summary>
    public Task Exited => _process.WaitForExitAsync();

    /// <summary>The last lines of standard output and standard error.</summary>
    public string LastLines => string.Join(Environment.NewLine, _lines);

    /// <summary>Starts a program that is found in PATH or given as a path.</summary>
    /// <param name="what">How messages call it, e.g. "the host".</param>
    /// <param name="start">Program, arguments, folder and environment.</param>
    /// <param name="logFile">Where all its output is also written; null for nowhere.</param>
    /// <exception cref="LauncherException">There is no such program.</exception>
    public static ChildProcess Start(string what, ProcessStartInfo start, string? logFile = null)
    {
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        start.UseShellExecute = false;
        Process process;
        try
        {
            process = Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw new LauncherException($"{what} could not be started ({start.FileName}): {e.Message}");
        }

        TextWriter? log = null;
        if (logFile is not null)
            log = TextWriter.Synchronized(new StreamWriter(new FileStream(logFile, FileMode.Append, FileAccess.Write, FileShare.ReadWrite)) { AutoFlush = true });
        var child = new ChildProcess(process, what, log);
        process.OutputDataReceived += (_, line) => child.Keep(line.Data);
        process.ErrorDataReceived += (_, line) => child.Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return child;
    }

    /// <summary>A loopback port that is free now: the preferred one if it is.</summary>
    public static int FreePort(int preferred = 0)
    {
        try
        {
            return Try(preferred);
        }
        catch (SocketException) when (preferred != 0)
        {
            return Try(0);
        }

        static int Try(int port)
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return ((IPEndPoint)listener.LocalEndpoint).Port;
        }
    }

    /// <summary>Takes proxies out of a child's environment: its traffic is on loopback only.</summary>
    public static void ClearProxies(ProcessStartInfo start)
    {
        foreach (var name in start.Environment.Keys.Where(k => Regex.IsMatch(k, "^(https?|all)_proxy$", RegexOptions.IgnoreCase)).ToArray())
            start.Environment.Remove(name);
        start.Environment["NO_PROXY"] = start.Environment["no_proxy"] = "localhost,127.0.0.1,::1";
    }

    /// <summary>The first match in the output so far.</summary>
    public Match? Find(Regex pattern) => _lines.Select(line => pattern.Match(line)).FirstOrDefault(m => m.Success);

    /// <summary>Asks until the answer is yes.</summary>
    /// <exception cref="LauncherException">The process ended first, or the time is over; says its last lines.</exception>
    public async Task WaitUntilAsync(Func<CancellationToken, Task<bool>> ready, TimeSpan timeout, TimeProvider clock, CancellationToken cancel)
    {
        var began = clock.GetTimestamp();
        while (!await ready(cancel))
        {
            if (HasExited)
            {
                await Exited; // the rest of its output
                throw new LauncherException($"{_what} ended with exit code {_process.ExitCode}. Its last lines:{Environment.NewLine}{LastLines}");
            }

            if (clock.GetElapsedTime(began) > timeout)
                throw new LauncherException($"{_what} was not ready after {timeout.TotalSeconds:0} s. Its last lines:{Environment.NewLine}{LastLines}");
            await Task.Delay(PollInterval, clock, cancel);
        }
    }

    /// <summary>Ends it in the hardest way (SIGKILL), as a crash or a power cut would.</summary>
    public async Task KillAsync()
    {
        if (!HasExited) _process.Kill();
        await Exited;
    }

    /// <summary>Asks it to end, and kills it when it has not after the grace time.</summary>
    public async Task StopAsync(TimeSpan grace)
    {
        try
        {
            _process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It has just ended by itself.
        }

        try
        {
            await Exited.WaitAsync(grace);
        }
        catch (TimeoutException)
        {
            await KillAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync(TimeSpan.FromSeconds(5));
        _process.Dispose();
        if (_log is not null) await _log.DisposeAsync();
    }

    private void Keep(string? line)
    {
        if (line is null) return;
        _log?.WriteLine(line);
        _lines.Enqueue(line);
        while (_lines.Count > LinesKept) _lines.TryDequeue(out _);
    }
}

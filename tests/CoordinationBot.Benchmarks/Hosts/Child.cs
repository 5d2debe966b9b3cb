using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace CoordinationBot.Benchmarks.Hosts;

/// <summary>What a process has used since it began.</summary>
internal sealed record Usage(long Allocated, double CpuSeconds, int Collections);

/// <summary>A measured process: this program in another role, or the published host.</summary>
internal sealed class Child : IAsyncDisposable
{
    private const string Mark = "## ";
    private readonly Process _process;
    private readonly SemaphoreSlim _asking = new(1);
    private readonly Queue<TaskCompletionSource<string>> _answers = new();

    private Child(Process process, string address)
    {
        _process = process;
        Address = address;
        // The host's own log is written as in production, and read by nobody.
        process.OutputDataReceived += static (_, _) => { };
        process.ErrorDataReceived += (_, line) => Hear(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public string Address { get; }

    public long WorkingSet
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    public TimeSpan Cpu
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Starts this program as another role.</summary>
    public static Child StartRole(string role, IEnumerable<string> arguments, Dictionary<string, string> settings) =>
        Start(Path.Combine(AppContext.BaseDirectory, "CoordinationBot.Benchmarks.dll"), [role, .. arguments], settings);

    public static Child Start(string assembly, IEnumerable<string> arguments, Dictionary<string, string> settings)
    {
        var address = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort()}");
        var start = new ProcessStartInfo("dotnet", [assembly, .. arguments]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }
        start.Environment["ASPNETCORE_URLS"] = address;
        return new(Process.Start(start)!, address);
    }

    public async Task<Usage> UsageAsync() => JsonSerializer.Deserialize<Usage>(await AskAsync("usage"))!;

    /// <summary>Asks the process something; one line each way.</summary>
    public async Task<string> AskAsync(string question)
    {
        await _asking.WaitAsync();
        try
        {
            var answer = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
            lock (_answers)
            {
                _answers.Enqueue(answer);
            }
            await _process.StandardInput.WriteLineAsync(question);
            await _process.StandardInput.FlushAsync();
            return await answer.Task.WaitAsync(TimeSpan.FromMinutes(1));
        }
        finally
        {
            _asking.Release();
        }
    }

    /// <summary>Holds the process still while another one is measured. Where there are no signals the two disturb each other alike.</summary>
    public void Pause() => Signal("STOP");

    public void Continue() => Signal("CONT");

    public async ValueTask DisposeAsync()
    {
        Continue();
        if (!_process.HasExited)
        {
            _process.StandardInput.Close();
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(15));
            try
            {
                Signal("TERM");
                await _process.WaitForExitAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                _process.Kill();
                await _process.WaitForExitAsync(CancellationToken.None);
            }
        }
        _process.Dispose();
        _asking.Dispose();
    }

    /// <summary>In a measured process: answers what the parent asks.</summary>
    public static void Answer(Func<string, string?> more)
    {
        var thread = new Thread(() =>
        {
            while (Console.In.ReadLine() is { } question)
            {
                Console.Error.WriteLine(Mark + (question == "usage" ? JsonSerializer.Serialize(OwnUsage()) : more(question) ?? ""));
            }
        })
        { IsBackground = true };
        thread.Start();
    }

    private static Usage OwnUsage()
    {
        using var own = Process.GetCurrentProcess();
        return new(GC.GetTotalAllocatedBytes(precise: true), own.TotalProcessorTime.TotalSeconds, GC.CollectionCount(0));
    }

    private void Hear(string? line)
    {
        if (line is null)
        {
            return;
        }
        if (!line.StartsWith(Mark, StringComparison.Ordinal))
        {
            Console.Error.WriteLine(line);
            return;
        }
        lock (_answers)
        {
            _answers.Dequeue().SetResult(line[Mark.Length..]);
        }
    }

    private void Signal(string name)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }
        using var kill = Process.Start("kill", [$"-{name}", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    private static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }
}

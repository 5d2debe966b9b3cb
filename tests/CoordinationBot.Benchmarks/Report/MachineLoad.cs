using System.Diagnostics;
using System.Globalization;

namespace CoordinationBot.Benchmarks.Report;

/// <summary>How much of the machine others used: ratios of a busy machine are no verdict. Known on Linux alone; elsewhere every run counts.</summary>
internal sealed class MachineLoad
{
    /// <summary>Above this share a run is not quiet.</summary>
    public const double Quiet = 0.15;

    private const double TicksPerSecond = 100;
    private readonly double _busy = Busy();
    private readonly double _own = Own();
    private readonly long _from = Stopwatch.GetTimestamp();

    public static MachineLoad Now() => new();

    public double OthersSince()
    {
        var seconds = Stopwatch.GetElapsedTime(_from).TotalSeconds;
        return Math.Max(0, (Busy() - _busy - (Own() - _own)) / (seconds * Environment.ProcessorCount));
    }

    // cpu user nice system idle iowait irq softirq
    private static double Busy()
    {
        if (!OperatingSystem.IsLinux()) return 0;
        var parts = File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return new[] { 1, 2, 3, 6, 7 }.Sum(at => Number(parts[at])) / TicksPerSecond;
    }

    // Own processes: this one, and the children that have ended and been waited for (fields 14 to 17 of its stat).
    private static double Own()
    {
        if (!OperatingSystem.IsLinux()) return 0;
        var line = File.ReadAllText("/proc/self/stat");
        var parts = line[(line.LastIndexOf(')') + 2)..].Split(' ');
        return new[] { 11, 12, 13, 14 }.Sum(at => Number(parts[at])) / TicksPerSecond;
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}

/// <summary>A folder for one run.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("benchmarks").FullName;

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}

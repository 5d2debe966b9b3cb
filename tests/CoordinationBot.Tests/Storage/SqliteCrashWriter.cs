using System.Diagnostics;
using System.Runtime.CompilerServices;
using CoordinationBot.Storage;

namespace CoordinationBot.Tests.Storage;

/// <summary>
/// The process that the kill test kills. The program of this project is made by the test framework, so the writer begins where the assembly loads, and only
/// when it is asked to.
/// </summary>
internal static class SqliteCrashWriter
{
    public const string PathVariable = "COORDINATIONBOT_CRASH_WRITER";

#pragma warning disable CA2255 // This is an application, not a library that would surprise its users.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void WriteUntilKilled()
    {
        if (Environment.GetEnvironmentVariable(PathVariable) is not { Length: > 0 } path) return;
        var tables = new SqliteTables(new SqliteFile(path));
        var keys = new string[16];
        var commits = new Task<CommitResult>[keys.Length];
        // One thread and no continuation: any other would wait for this initializer, which never ends.
        for (var round = 0; ; round++)
        {
            for (var i = 0; i < keys.Length; i++)
            {
                keys[i] = $"{Environment.ProcessId}-{round}-{i}";
                commits[i] = tables.CommitAsync("p", [new Change.Insert(keys[i], new byte[] { (byte)'1' })], CancellationToken.None).AsTask();
            }
            for (var i = 0; i < keys.Length; i++)
            {
                Console.WriteLine($"ack {keys[i]} {commits[i].GetAwaiter().GetResult().Versions[0]} .");
                Console.Out.Flush();
            }
        }
    }

    /// <summary>Lets it write until so many commits were acknowledged, and kills it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="commits">How many, at least.</param>
    /// <param name="cancel">Ends it.</param>
    /// <param name="before">Runs before the kill, while the process has the file.</param>
    /// <returns>Key and version of what was acknowledged.</returns>
    public static async Task<List<(string Key, string Version)>> RunUntilKilledAsync(string path, int commits, CancellationToken cancel, Func<Task>? before = null)
    {
        // This test project again, as the program it also is: the environment tells it to write instead of testing.
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet") start.ArgumentList.Add(typeof(SqliteCrashWriter).Assembly.Location);
        else start.FileName = Path.ChangeExtension(typeof(SqliteCrashWriter).Assembly.Location, null);
        start.Environment[PathVariable] = path;
        using var process = Process.Start(start)!;
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        timeout.CancelAfter(TimeSpan.FromSeconds(60));
        try
        {
            var acknowledged = new List<(string, string)>();
            while (await process.StandardOutput.ReadLineAsync(timeout.Token) is { } line)
            {
                // The last line may be cut.
                if (line.Split(' ') is ["ack", var key, var version, "."]) acknowledged.Add((key, version));
                if (acknowledged.Count != commits || process.HasExited) continue;
                if (before is not null) await before();
                process.Kill();
            }
            await process.WaitForExitAsync(timeout.Token);
            Assert.NotEqual(0, process.ExitCode);
            return acknowledged;
        }
        finally
        {
            if (!process.HasExited) process.Kill();
        }
    }
}

using System.Diagnostics;
using System.Text;
using CoordinationBot.Storage;

namespace CoordinationBot.Tests.Storage;

/// <summary>The real program as a process of its own, with its arguments.</summary>
internal static class HostProgram
{
    /// <param name="path">The Sqlite file of its settings.</param>
    /// <param name="args">What it is told to do.</param>
    /// <param name="cancel">Ends it.</param>
    /// <param name="killAt">Killed as soon as it says this; null: it ends by itself.</param>
    /// <returns>Its exit code, and all it said.</returns>
    public static async Task<(int Exit, string Output)> RunAsync(string path, string[] args, CancellationToken cancel, string? killAt = null)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(ITables).Assembly.Location, .. args, $"--Storage:Path={path}", "--urls=http://127.0.0.1:0"])
        {
            WorkingDirectory = Path.GetDirectoryName(path)!,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        // A host that starts, where it should not, would never end.
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(TimeSpan.FromSeconds(90));
        try
        {
            var errors = process.StandardError.ReadToEndAsync(patience.Token);
            var output = new StringBuilder();
            while (await process.StandardOutput.ReadLineAsync(patience.Token) is { } line)
            {
                output.AppendLine(line);
                if (line == killAt) process.Kill();
            }
            await process.WaitForExitAsync(patience.Token);
            return (process.ExitCode, output.Append(await errors).ToString());
        }
        finally
        {
            if (!process.HasExited) process.Kill();
        }
    }
}

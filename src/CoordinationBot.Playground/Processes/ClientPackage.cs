using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;

namespace CoordinationBot.Playground.Processes;

/// <summary>The Playground's npm package, at the version of our lock file, in a folder outside the source.</summary>
public static class ClientPackage
{
    private const int OldestNode = 20;

    /// <summary>The launcher's own small scripts and the lock file, next to the built launcher.</summary>
    public static string Scripts { get; } = Path.Combine(AppContext.BaseDirectory, "client");

    /// <summary>Installs the package if it is missing or another version is locked now. Several processes may ask at the same time.</summary>
    /// <param name="folder">Where to install; created.</param>
    /// <param name="progress">Told what takes a while.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>The Playground's command line script.</returns>
    /// <exception cref="LauncherException">Node or npm is missing or too old, or npm failed.</exception>
    public static async Task<string> EnsureAsync(string folder, Action<string> progress, CancellationToken cancel)
    {
        await CheckNodeAsync(cancel);
        Directory.CreateDirectory(folder);
        await using var turn = await WaitForTurnAsync(Path.Combine(folder, ".lock"), cancel);

        var wanted = Convert.ToHexString(SHA256.HashData(await File.ReadAllBytesAsync(Path.Combine(Scripts, "package-lock.json"), cancel)));
        var stamp = Path.Combine(folder, ".installed");
        var script = Path.Combine(folder, "node_modules", "@microsoft", "m365agentsplayground", "cli.js");
        if (File.Exists(script) && File.Exists(stamp) && await File.ReadAllTextAsync(stamp, cancel) == wanted) return script;

        progress("Installing the Microsoft 365 Agents Playground (npm ci, once)…");
        foreach (var file in (string[])["package.json", "package-lock.json"])
            File.Copy(Path.Combine(Scripts, file), Path.Combine(folder, file), overwrite: true);
        // No scripts: nothing but unpacking is needed. Proxies stay: npm may need them to reach its registry.
        var (code, output) = await RunAsync(OperatingSystem.IsWindows() ? "npm.cmd" : "npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], folder, cancel);
        if (code != 0 || !File.Exists(script))
            throw new LauncherException($"npm could not install the Playground (exit code {code}):{Environment.NewLine}{output}");
        await File.WriteAllTextAsync(stamp, wanted, cancel); // last: an install cut short is done again
        return script;
    }

    private static async Task CheckNodeAsync(CancellationToken cancel)
    {
        var (_, version) = await RunAsync("node", ["--version"], AppContext.BaseDirectory, cancel);
        var major = version.Trim().TrimStart('v').Split('.')[0];
        if (!int.TryParse(major, CultureInfo.InvariantCulture, out var number) || number < OldestNode)
            throw new LauncherException($"The launcher needs Node.js {OldestNode} or later; `node --version` says {version.Trim()}.");
    }

    private static async Task<(int Code, string Output)> RunAsync(string program, string[] arguments, string folder, CancellationToken cancel)
    {
        try
        {
            var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder };
            await using var child = ChildProcess.Start(program, start);
            try
            {
                await child.Exited.WaitAsync(cancel);
            }
            catch (OperationCanceledException)
            {
                await child.KillAsync();
                throw;
            }

            return (child.ExitCode, child.LastLines);
        }
        catch (LauncherException)
        {
            throw new LauncherException($"The launcher needs Node.js {OldestNode} or later with npm, and `{program}` could not be started: install it from https://nodejs.org and try again.");
        }
    }

    private static async Task<FileStream> WaitForTurnAsync(string path, CancellationToken cancel)
    {
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, cancel);
            }
        }
    }
}

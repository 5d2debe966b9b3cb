using System.ComponentModel;
using System.Diagnostics;
using System.Security.Cryptography;

namespace CoordinationBot.Tests;

/// <summary>npm packages that tests run, installed once for a lock file, under artifacts of the repository.</summary>
internal static class NpmFolder
{
    private static readonly TimeSpan InstallTimeout = TimeSpan.FromMinutes(5);

    /// <summary>Installs what the folder <paramref name="name"/> beside the tests locks, and copies its own files there; returns where.</summary>
    public static async Task<string> InstallAsync(string name, IReadOnlyList<string> ownFiles, CancellationToken cancel)
    {
        var source = Path.Combine(AppContext.BaseDirectory, name);
        string[] files = ["package.json", "package-lock.json", .. ownFiles];
        var contents = files.SelectMany(file => File.ReadAllBytes(Path.Combine(source, file))).ToArray();
        var folder = Path.Combine(Artifacts, $"{name}-{Convert.ToHexString(SHA256.HashData(contents))[..12]}");
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
            if (npm.ExitCode != 0) throw new InvalidOperationException($"'{name}' could not be installed with 'npm ci' ({npm.ExitCode}): {await errors} {await output}");
        }
        catch (OperationCanceledException)
        {
            Kill(npm);
            throw;
        }
        await File.WriteAllTextAsync(mark, "", cancel);
        return folder;
    }

    /// <summary>The repository.</summary>
    public static string Root
    {
        get
        {
            for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            {
                if (File.Exists(Path.Combine(folder.FullName, "CoordinationBot.sln"))) return folder.FullName;
            }
            throw new InvalidOperationException("The tests run outside of the repository.");
        }
    }

    /// <summary>Where tests leave what is not kept: <c>artifacts</c> of the repository.</summary>
    public static string Artifacts => Path.Combine(Root, "artifacts");

    public static Process Run(string program, string folder, IReadOnlyList<string> arguments)
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
            throw new InvalidOperationException($"'{program}' could not be started. These tests need Node.js 20 or newer with npm, and what tests/run installs.", e);
        }
    }

    public static void Kill(Process process)
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
}

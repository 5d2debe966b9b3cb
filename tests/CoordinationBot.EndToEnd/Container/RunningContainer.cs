using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CoordinationBot.Tests;

namespace CoordinationBot.EndToEnd.Container;

/// <summary>
/// The image run by an OCI runtime as strictly as an orchestrator may: its file system read-only, its user, no capability, no new privileges, and one folder to write
/// to. It shares the network with the tests, which talk to it.
/// </summary>
internal sealed class RunningContainer : IAsyncDisposable
{
    private static int _count;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("coordinationbot-container");
    private readonly string _name = string.Create(CultureInfo.InvariantCulture, $"coordinationbot-{Environment.ProcessId}-{Interlocked.Increment(ref _count)}");
    private readonly StringBuilder _log = new();
    private readonly Process _process;

    /// <param name="image">What is run.</param>
    /// <param name="data">The folder that is <c>/data</c> in it; null for none.</param>
    /// <param name="settings">Environment variables beside those of the image.</param>
    public RunningContainer(PublishedImage image, string? data, params (string Name, string Value)[] settings)
        : this(image, data, [], settings)
    {
    }

    /// <param name="image">What is run.</param>
    /// <param name="data">The folder that is <c>/data</c> in it; null for none.</param>
    /// <param name="arguments">What is said after the image: they follow what it starts.</param>
    /// <param name="settings">Environment variables beside those of the image.</param>
    public RunningContainer(PublishedImage image, string? data, IReadOnlyList<string> arguments, params (string Name, string Value)[] settings)
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "config.json"), Bundle(image, data, arguments, settings).ToJsonString());
        _process = NpmFolder.Run("runc", _folder.FullName, ["--root", State, "run", "--bundle", _folder.FullName, _name]);
        _process.StandardInput.Close();
        _process.OutputDataReceived += (_, line) => Hear(line.Data);
        _process.ErrorDataReceived += (_, line) => Hear(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    private string State => Path.Combine(_folder.FullName, "state");

    public string Log
    {
        get
        {
            lock (_log) return _log.ToString();
        }
    }

    public bool HasEnded => _process.HasExited;

    /// <summary>Its first process, as this machine numbers it.</summary>
    public async Task<int> ProcessIdAsync() => JsonNode.Parse(await RuncAsync("state"))!["pid"]!.GetValue<int>();

    /// <summary>Runs a command in it, as <c>docker exec</c> does.</summary>
    public Task<(int Exit, string Output, string Errors)> RunInsideAsync(params string[] command) =>
        Command.RunAsync(_folder.FullName, "runc", ["--root", State, "exec", _name, .. command]);

    /// <summary>Asks it to stop, as an orchestrator does; what it ended with.</summary>
    public async Task<int> StopAsync(CancellationToken cancel)
    {
        await RuncAsync("kill", "TERM");
        return await EndAsync(cancel);
    }

    public async Task<int> EndAsync(CancellationToken cancel)
    {
        await _process.WaitForExitAsync(cancel).WaitAsync(TimeSpan.FromSeconds(30), cancel);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await RuncAsync("kill", "KILL");
            await EndAsync(default);
        }
        _process.Dispose();
        _folder.Delete(recursive: true);
    }

    private Task<string> RuncAsync(string command, params string[] more) =>
        Command.DoAsync(_folder.FullName, "runc", ["--root", State, command, _name, .. more]);

    private void Hear(string? line)
    {
        lock (_log) _log.AppendLine(line);
    }

    private static JsonObject Bundle(PublishedImage image, string? data, IReadOnlyList<string> arguments, (string Name, string Value)[] settings)
    {
        var user = int.Parse(image.Config["User"]!.ToString(), CultureInfo.InvariantCulture);
        var environment = image.Config["Env"]!.AsArray().Select(variable => variable!.ToString()).Concat(settings.Select(setting => $"{setting.Name}={setting.Value}"));
        List<object> mounts =
        [
            new { destination = "/proc", type = "proc", source = "proc" },
            new { destination = "/dev", type = "tmpfs", source = "tmpfs", options = (string[])["nosuid", "noexec", "mode=755", "size=64k"] },
        ];
        if (data is not null) mounts.Add(new { destination = "/data", type = "bind", source = data, options = (string[])["bind", "rw", "nosuid", "nodev", "noexec"] });
        return JsonSerializer.SerializeToNode(new
        {
            ociVersion = "1.0.2",
            root = new { path = image.Files, @readonly = true },
            process = new
            {
                args = (string[])[.. image.Config["Entrypoint"]!.AsArray().Select(word => word!.ToString()), .. arguments],
                env = environment.ToArray(),
                cwd = image.Config["WorkingDir"]!.ToString(),
                user = new { uid = user, gid = user },
                noNewPrivileges = true,
                capabilities = new { bounding = Array.Empty<string>(), effective = Array.Empty<string>(), permitted = Array.Empty<string>(), inheritable = Array.Empty<string>(), ambient = Array.Empty<string>() },
            },
            mounts,
            linux = new { namespaces = (object[])[new { type = "mount" }, new { type = "pid" }, new { type = "ipc" }, new { type = "uts" }] },
        })!.AsObject();
    }
}

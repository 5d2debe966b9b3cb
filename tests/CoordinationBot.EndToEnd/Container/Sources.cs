using CoordinationBot.Tests;

namespace CoordinationBot.EndToEnd.Container;

/// <summary>What git knows of the sources, copied into a folder of its own: a build there leaves nothing beside the tests, and finds nothing but the sources.</summary>
internal sealed class Sources : IDisposable
{
    private Sources()
    {
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("coordinationbot-sources").FullName;

    public static async Task<Sources> CopyAsync()
    {
        var sources = new Sources();
        var files = await Command.DoAsync(NpmFolder.Root, "git", "ls-files", "--cached", "--others", "--exclude-standard", "src", "*.props", "*.txt", ".editorconfig", "global.json", "CoordinationBot.sln");
        foreach (var file in files.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(file => File.Exists(Path.Combine(NpmFolder.Root, file))))
        {
            var to = Path.Combine(sources.Folder, file);
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Copy(Path.Combine(NpmFolder.Root, file), to);
        }
        return sources;
    }

    /// <summary>Runs a <c>dotnet</c> command for the host, as it is built for the container.</summary>
    /// <param name="command"><c>build</c> or <c>publish</c>.</param>
    /// <param name="more">Its further arguments.</param>
    /// <param name="setting">An environment variable and its value.</param>
    public Task<string> ForContainerAsync(string command, string[] more, string setting = "CI=true") =>
        // No server stays behind, and analyzers have seen these files already.
        Command.DoAsync(Folder, "env", [
            setting, "dotnet", command, "src/CoordinationBot", "-c", "Release", "-r", "linux-x64", "--self-contained", "false",
            "--nologo", "-nodeReuse:false", "-p:UseSharedCompilation=false", "-p:RunAnalyzers=false", .. more]);

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}

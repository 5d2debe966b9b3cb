using System.Text.Json.Nodes;
using CoordinationBot.Tests;

namespace CoordinationBot.EndToEnd.Container;

/// <summary>The archive that <c>PublishContainer</c> makes, taken apart by hand as a registry and a container engine would.</summary>
public sealed class PublishedImage : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("coordinationbot-image");

    /// <summary>How it is to be run: user, environment, ports, what is started.</summary>
    internal JsonNode Config { get; private set; } = null!;

    /// <summary>All its files.</summary>
    internal string Files => Path.Combine(_folder.FullName, "files");

    /// <summary>The sources it was made of, with what the build left.</summary>
    internal Sources Sources { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Sources = await Sources.CopyAsync();
        await using var below = await BaseImage.StartAsync();
        var archive = Path.Combine(_folder.FullName, "image.tar");
        // The base is another than in production, and nothing is compiled ahead: that takes minutes and changes no behaviour.
        await Sources.ForContainerAsync(
            "publish",
            ["-t:PublishContainer", "-p:PublishReadyToRun=false", $"-p:ContainerBaseImage={below.Name}", $"-p:ContainerArchiveOutputPath={archive}"],
            $"DOTNET_CONTAINER_INSECURE_REGISTRIES={below.Registry}");
        await Command.DoAsync(_folder.FullName, "tar", "-xf", archive);
        var manifest = Read(Read("index.json")["manifests"]![0]!);
        Config = Read(manifest["config"]!)["config"]!;
        Directory.CreateDirectory(Files);
        foreach (var layer in manifest["layers"]!.AsArray())
        {
            await Command.DoAsync(Files, "tar", "-xzf", Path.Combine(_folder.FullName, Blob(layer!)));
        }
    }

    public ValueTask DisposeAsync()
    {
        Sources.Dispose();
        _folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    private JsonNode Read(JsonNode descriptor) => Read(Blob(descriptor));

    private JsonNode Read(string file) => JsonNode.Parse(File.ReadAllBytes(Path.Combine(_folder.FullName, file)))!;

    private static string Blob(JsonNode descriptor) => Path.Combine("blobs", "sha256", descriptor["digest"]!.ToString()["sha256:".Length..]);
}

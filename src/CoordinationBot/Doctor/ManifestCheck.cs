using System.Buffers.Binary;
using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Nodes;
using CoordinationBot.Protocol.Hosting;
using Microsoft.Extensions.Options;

namespace CoordinationBot.Doctor;

/// <summary>
/// The app package that was named: complete, its icons as large as Teams wants them, and of this bot. Microsoft's schema it is held against in the tests.
/// </summary>
internal static class ManifestCheck
{
    private const string Make = "Make it with dotnet run manifest/Package.cs.";

    public static async Task<Finding> RunAsync(IServiceProvider services, string? package, CancellationToken cancel)
    {
        if (package is null)
        {
            return Finding.NotSetUp("No app package was named.", "To have it looked at, name the file: doctor PACKAGE, which is what dotnet run manifest/Package.cs wrote.");
        }
        var file = Path.GetFullPath(package);
        if (!File.Exists(file))
        {
            // With dotnet run the folder is the project's, and not that of whoever typed.
            return Finding.Wrong($"There is no {file}.", Path.IsPathFullyQualified(package) ? Make : "Give its whole path.");
        }
        try
        {
            await using var zip = await ZipFile.OpenReadAsync(file, cancel);
            return await FindAsync(zip, Path.GetFileName(file), services.GetRequiredService<IOptions<BotOptions>>().Value.AppId, cancel);
        }
        catch (Exception failure) when (failure is JsonException or InvalidDataException or InvalidOperationException)
        {
            return Finding.Wrong($"The manifest cannot be read: {Examination.FirstLine(failure)}", Make);
        }
    }

    private static async Task<Finding> FindAsync(ZipArchive zip, string name, string? appId, CancellationToken cancel)
    {
        if (zip.GetEntry("manifest.json") is not { } entry)
        {
            return Finding.Wrong($"{name} has no manifest.json at its root.", Make);
        }
        JsonNode manifest;
        await using (var stream = await entry.OpenAsync(cancel))
        {
            manifest = (await JsonNode.ParseAsync(stream, cancellationToken: cancel))!;
        }
        if (manifest.ToJsonString().Contains("{{", StringComparison.Ordinal))
        {
            return Finding.Wrong($"{name} has values that were not filled in.", Make);
        }
        foreach (var (icon, size) in (ReadOnlySpan<(string, int)>)[("color", 192), ("outline", 32)])
        {
            if (manifest["icons"]?[icon]?.GetValue<string>() is not { } inside || zip.GetEntry(inside) is not { } picture || Size(picture) != (size, size))
            {
                return Finding.Wrong($"{name} has no {icon} icon of {size} by {size} pixels.", Make);
            }
        }
        var version = manifest["version"]?.GetValue<string>();
        if (manifest["bots"] is not JsonArray { Count: 1 } bots || bots[0]?["botId"]?.GetValue<string>() is not { } bot || version is null || manifest["id"] is null)
        {
            return Finding.Wrong($"{name} lacks id, version or bot.", Make);
        }
        return appId is null ? Finding.NotSetUp($"{name} {version} is complete, but without Bot:AppId nobody can tell whether it is of this bot.")
            : bot.Equals(appId, StringComparison.OrdinalIgnoreCase) ? Finding.Ok($"{name} {version} is complete and of this bot.")
            : Finding.Wrong($"{name} is of bot {bot}, and Bot:AppId is {appId}.", $"Make it anew with dotnet run manifest/Package.cs -- --bot-id {appId} …, or correct Bot:AppId.");
    }

    /// <summary>Width and height, which a PNG tells at its 16th byte.</summary>
    private static (int Width, int Height) Size(ZipArchiveEntry picture)
    {
        Span<byte> head = stackalloc byte[24];
        using var stream = picture.Open();
        return stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) == head.Length
            ? (BinaryPrimitives.ReadInt32BigEndian(head[16..]), BinaryPrimitives.ReadInt32BigEndian(head[20..]))
            : default;
    }
}

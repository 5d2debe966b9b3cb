using System.Buffers.Binary;
using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Nodes;
using CoordinationBot.Protocol.Hosting;
using Microsoft.Extensions.Options;

namespace CoordinationBot.Doctor;

/// <summary>
/// The app package beside the bot, or what it is made of: complete, its icons as large as Teams wants them, and of this bot. Microsoft's schema
/// it is held against in the tests.
/// </summary>
internal static class ManifestCheck
{
    private const string Package = "coordinationbot.zip";
    private const string Make = "Make it with dotnet run manifest/Package.cs.";

    public static async Task<Finding> RunAsync(IServiceProvider services, CancellationToken cancel)
    {
        var root = services.GetRequiredService<IHostEnvironment>().ContentRootPath;
        var (package, template) = (Path.Combine(root, Package), Path.Combine(root, "manifest", "manifest.json"));
        try
        {
            if (File.Exists(package))
            {
                await using var zip = await ZipFile.OpenReadAsync(package, cancel);
                return await FindAsync(zip, services.GetRequiredService<IOptions<BotOptions>>().Value.AppId, cancel);
            }
            if (File.Exists(template))
            {
                await using var stream = File.OpenRead(template);
                _ = await JsonNode.ParseAsync(stream, cancellationToken: cancel);
                return Finding.NotSetUp($"The manifest can be read, but there is no {Package} in {root}.", Make);
            }
        }
        catch (Exception failure) when (failure is JsonException or InvalidDataException or InvalidOperationException)
        {
            return Finding.Wrong($"The manifest cannot be read: {Examination.FirstLine(failure)}", Make);
        }
        return Finding.NotSetUp($"There is no {Package} in {root}.");
    }

    private static async Task<Finding> FindAsync(ZipArchive zip, string? appId, CancellationToken cancel)
    {
        if (zip.GetEntry("manifest.json") is not { } entry)
        {
            return Finding.Wrong($"{Package} has no manifest.json at its root.", Make);
        }
        JsonNode manifest;
        await using (var stream = await entry.OpenAsync(cancel))
        {
            manifest = (await JsonNode.ParseAsync(stream, cancellationToken: cancel))!;
        }
        if (manifest.ToJsonString().Contains("{{", StringComparison.Ordinal))
        {
            return Finding.Wrong($"{Package} has values that were not filled in.", Make);
        }
        foreach (var (icon, size) in (ReadOnlySpan<(string, int)>)[("color", 192), ("outline", 32)])
        {
            if (manifest["icons"]?[icon]?.GetValue<string>() is not { } name || zip.GetEntry(name) is not { } picture || Size(picture) != (size, size))
            {
                return Finding.Wrong($"{Package} has no {icon} icon of {size} by {size} pixels.", Make);
            }
        }
        var version = manifest["version"]?.GetValue<string>();
        if (manifest["bots"] is not JsonArray { Count: 1 } bots || bots[0]?["botId"]?.GetValue<string>() is not { } bot || version is null || manifest["id"] is null)
        {
            return Finding.Wrong($"{Package} lacks id, version or bot.", Make);
        }
        return appId is null ? Finding.NotSetUp($"{Package} {version} is complete, but without Bot:AppId nobody can tell whether it is of this bot.")
            : bot.Equals(appId, StringComparison.OrdinalIgnoreCase) ? Finding.Ok($"{Package} {version} is complete and of this bot.")
            : Finding.Wrong($"{Package} is of bot {bot}, and Bot:AppId is {appId}.", $"Make it anew with dotnet run manifest/Package.cs -- --bot-id {appId} …, or correct Bot:AppId.");
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

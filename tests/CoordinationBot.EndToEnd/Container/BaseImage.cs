using System.Formats.Tar;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CoordinationBot.EndToEnd.Container;

/// <summary>
/// Stands in for Microsoft's image under ours, where no image can be fetched: the .NET runtime of this machine and the few libraries it loads, nothing else.
/// No shell, no /tmp, no time zones: less than Microsoft's smallest. A registry on loopback serves it, since the SDK takes a base from nowhere else.
/// </summary>
internal sealed class BaseImage : IAsyncDisposable
{
    private static readonly string[] Libraries = ["libc.so.6", "libm.so.6", "libdl.so.2", "libpthread.so.0", "librt.so.1", "libgcc_s.so.1", "libstdc++.so.6", "libssl.so.3", "libcrypto.so.3"];

    private readonly Dictionary<string, byte[]> _blobs = [];
    private readonly byte[] _manifest;
    private readonly WebApplication _registry;

    private BaseImage()
    {
        var layer = Layer();
        var config = Keep(JsonSerializer.SerializeToUtf8Bytes(new
        {
            architecture = "amd64",
            os = "linux",
            config = new { Env = (string[])["PATH=/usr/bin"] },
            rootfs = new { type = "layers", diff_ids = (string[])[Digest(layer)] },
            history = (object[])[new { created_by = "the runtime of this machine" }],
        }));
        var packed = Keep(Packed(layer));
        _manifest = JsonSerializer.SerializeToUtf8Bytes(new
        {
            schemaVersion = 2,
            mediaType = "application/vnd.oci.image.manifest.v1+json",
            config = new { mediaType = "application/vnd.oci.image.config.v1+json", digest = config, size = _blobs[config].Length },
            layers = (object[])[new { mediaType = "application/vnd.oci.image.layer.v1.tar+gzip", digest = packed, size = _blobs[packed].Length }],
        });
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _registry = builder.Build();
        _registry.MapGet("/v2/", () => Results.Ok());
        _registry.MapGet("/v2/base/manifests/1", () => Results.Bytes(_manifest, "application/vnd.oci.image.manifest.v1+json"));
        _registry.MapGet("/v2/base/blobs/{digest}", (string digest) => Results.Bytes(_blobs[digest], "application/octet-stream"));
    }

    /// <summary>Host and port of the registry.</summary>
    public string Registry => new Uri(_registry.Urls.Single()).Authority;

    public string Name => $"{Registry}/base:1";

    public static async Task<BaseImage> StartAsync()
    {
        var image = new BaseImage();
        await image._registry.StartAsync();
        return image;
    }

    public ValueTask DisposeAsync() => _registry.DisposeAsync();

    private static byte[] Layer()
    {
        // …/shared/Microsoft.NETCore.App/10.0.0/
        var root = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
        using var layer = new MemoryStream();
        using (var tar = new TarWriter(layer, leaveOpen: true))
        {
            foreach (var file in new[] { "shared", "host" }.SelectMany(folder => Directory.EnumerateFiles(Path.Combine(root, folder), "*", SearchOption.AllDirectories)).Append(Path.Combine(root, "dotnet")))
            {
                Write(tar, file, $"usr/share/dotnet/{Path.GetRelativePath(root, file)}");
            }
            tar.WriteEntry(new PaxTarEntry(TarEntryType.SymbolicLink, "usr/bin/dotnet") { LinkName = "../share/dotnet/dotnet" });
            foreach (var library in Libraries) Write(tar, $"/lib/x86_64-linux-gnu/{library}", $"lib/x86_64-linux-gnu/{library}");
            Write(tar, "/lib64/ld-linux-x86-64.so.2", "lib64/ld-linux-x86-64.so.2");
        }
        return layer.ToArray();
    }

    // What a link leads to, under the name of the link.
    private static void Write(TarWriter tar, string file, string name)
    {
        using var data = File.OpenRead(file);
        tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = data, Mode = (UnixFileMode)Convert.ToInt32("755", 8) });
    }

    private static byte[] Packed(byte[] layer)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest)) gzip.Write(layer);
        return packed.ToArray();
    }

    private string Keep(byte[] blob)
    {
        var digest = Digest(blob);
        _blobs[digest] = blob;
        return digest;
    }

    private static string Digest(byte[] data) => $"sha256:{Convert.ToHexStringLower(SHA256.HashData(data))}";
}

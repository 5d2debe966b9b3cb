using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using CoordinationBot.People;
using CoordinationBot.Storage;

namespace CoordinationBot.Overviews;

/// <summary>A download that a person asked for.</summary>
/// <param name="Hash">Of the secret in the link: the link itself is stored nowhere.</param>
/// <param name="Until">When it ends.</param>
/// <param name="Filter">What is in it.</param>
internal sealed record Export(string Hash, DateTimeOffset Until, OverviewFilter Filter);

/// <summary>
/// Links to downloads. Teams brings a person's browser here without a word on who they are, so the link is what proves it: it holds a secret, ends soon, and
/// only the newest of a person works. The row stands in the person's own partition, and nothing but their own lists can be read by it.
/// </summary>
internal sealed class ExportStore(ITables tables)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(15);

    private const string Key = "export";
    private const int SecretLength = 32;
    private const int LongestToken = 300;

    /// <summary>What names and proves the new link.</summary>
    public async ValueTask<string> CreateAsync(string tenant, string objectId, OverviewFilter filter, DateTimeOffset now, CancellationToken cancel)
    {
        var secret = RandomNumberGenerator.GetBytes(SecretLength);
        var export = new Export(HashOf(secret), now + Lifetime, filter);
        await tables.CommitAsync(PeopleStore.Partition(tenant, objectId), [new Change.Upsert(Key, JsonRows.Bytes(export, ExportJson.Default.Export))], cancel);
        return $"{Base64Url.EncodeToString(Encoding.UTF8.GetBytes($"{tenant}|{objectId}"))}.{Base64Url.EncodeToString(secret)}";
    }

    /// <summary>Whose it is and what is in it; null when it was made up, has ended, or is not the newest.</summary>
    public async ValueTask<(string Tenant, string ObjectId, Export Export)?> FindAsync(string token, DateTimeOffset now, CancellationToken cancel)
    {
        if (Read(token) is not var (tenant, objectId, secret)
            || (await tables.GetAsync(PeopleStore.Partition(tenant, objectId), Key, cancel))?.Read(ExportJson.Default.Export) is not { } export)
        {
            return null;
        }
        var isIt = CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(HashOf(secret)), Encoding.ASCII.GetBytes(export.Hash));
        return isIt && now < export.Until ? (tenant, objectId, export) : null;
    }

    private static (string Tenant, string ObjectId, byte[] Secret)? Read(string token) =>
        token.Length <= LongestToken
        && token.Split('.') is [var whose, var secret]
        && Decode(whose) is { } person && Decode(secret) is { Length: SecretLength } bytes
        && Encoding.UTF8.GetString(person).Split('|') is [var tenant, var objectId] && IsId(tenant) && IsId(objectId)
            ? (tenant, objectId, bytes)
            : null;

    private static byte[]? Decode(string text) => Base64Url.IsValid(text) ? Base64Url.DecodeFromChars(text) : null;

    // It becomes part of a key.
    private static bool IsId(string text) => text.Length is > 0 and <= 64 && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-');

    private static string HashOf(byte[] secret) => Convert.ToHexString(SHA256.HashData(secret));
}

[JsonSourceGenerationOptions(UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(Export))]
internal sealed partial class ExportJson : JsonSerializerContext;

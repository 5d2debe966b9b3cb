using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using CoordinationBot.People;
using CoordinationBot.Storage;

namespace CoordinationBot.Files;

/// <summary>A download that a person asked for.</summary>
/// <param name="Hash">Of the secret in the link: the link itself is stored nowhere.</param>
/// <param name="Until">When it ends.</param>
/// <param name="About">What is in it, in the words of whoever makes the file.</param>
internal sealed record FileLink(string Hash, DateTimeOffset Until, string About);

/// <summary>What a link opens.</summary>
/// <param name="Tenant">Of the person.</param>
/// <param name="ObjectId">Who asked for it.</param>
/// <param name="Kind">Which kind of file.</param>
/// <param name="About">What is in it.</param>
internal sealed record FileRequest(string Tenant, string ObjectId, string Kind, string About);

/// <summary>
/// Links to downloads. Teams brings a person's browser here without a word on who they are, so the link is what proves it: it holds a secret, ends soon, and
/// only the newest of a kind works for a person. The row stands in the person's own partition, and nothing but what they may see can be read by it.
/// </summary>
internal sealed class FileStore(ITables tables)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(15);

    private const int SecretLength = 32;
    private const int LongestToken = 300;

    /// <summary>What names and proves the new link.</summary>
    public async ValueTask<string> CreateAsync(FileRequest file, DateTimeOffset now, CancellationToken cancel)
    {
        var secret = RandomNumberGenerator.GetBytes(SecretLength);
        var link = new FileLink(HashOf(secret), now + Lifetime, file.About);
        await tables.CommitAsync(PeopleStore.Partition(file.Tenant, file.ObjectId), [new Change.Upsert(Key(file.Kind), JsonRows.Bytes(link, FileJson.Default.FileLink))], cancel);
        return $"{Base64Url.EncodeToString(Encoding.UTF8.GetBytes($"{file.Tenant}|{file.ObjectId}|{file.Kind}"))}.{Base64Url.EncodeToString(secret)}";
    }

    /// <summary>Whose it is and what is in it; null when it was made up, has ended, or is not the newest.</summary>
    public async ValueTask<FileRequest?> FindAsync(string token, DateTimeOffset now, CancellationToken cancel)
    {
        if (Read(token) is not var (tenant, objectId, kind, secret)
            || (await tables.GetAsync(PeopleStore.Partition(tenant, objectId), Key(kind), cancel))?.Read(FileJson.Default.FileLink) is not { } link)
        {
            return null;
        }
        var isIt = CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(HashOf(secret)), Encoding.ASCII.GetBytes(link.Hash));
        return isIt && now < link.Until ? new FileRequest(tenant, objectId, kind, link.About) : null;
    }

    private static string Key(string kind) => $"file|{kind}";

    private static (string Tenant, string ObjectId, string Kind, byte[] Secret)? Read(string token) =>
        token.Length <= LongestToken
        && token.Split('.') is [var whose, var secret]
        && Decode(whose) is { } person && Decode(secret) is { Length: SecretLength } bytes
        && Encoding.UTF8.GetString(person).Split('|') is [var tenant, var objectId, var kind] && IsId(tenant) && IsId(objectId) && IsId(kind)
            ? (tenant, objectId, kind, bytes)
            : null;

    private static byte[]? Decode(string text) => Base64Url.IsValid(text) ? Base64Url.DecodeFromChars(text) : null;

    // It becomes part of a key.
    private static bool IsId(string text) => text.Length is > 0 and <= 64 && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-');

    private static string HashOf(byte[] secret) => Convert.ToHexString(SHA256.HashData(secret));
}

[JsonSourceGenerationOptions(UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(FileLink))]
internal sealed partial class FileJson : JsonSerializerContext;

using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace CoordinationBot.Storage;

/// <summary>
/// The history of a partition: rows that are added and never changed. Each is sealed together with all before it, and the state of the partition holds the seal of the last one: what was
/// changed, put in, taken out or cut off behind our back does not fit any more. What was written is sealed by a digest that is salted, so that it can be rewritten
/// when somebody is forgotten: the salt goes, nothing can be guessed from the digest that stays, and all seals go on to fit.
/// </summary>
/// <remarks>
/// A seal is the SHA-256 of the seal before (of the partition, for the first), the row's key and the digest of what was written. It ends the row, as
/// <c>,"Seal":"…"}</c> in base64url: seal and salt (48 bytes) or, once rewritten, seal, old digest, who stands for the person, and the digest of that with what stands there now (112 bytes).
/// That nothing else was changed in it no seal can say: <c>verify</c> holds every rewriting against the erasures on record and against its note.
/// </remarks>
internal static class HistoryRows
{
    public const string Prefix = "history|";

    public const int HashLength = SHA256.HashSizeInBytes;
    public const int SaltLength = 16;
    public const int MarkLength = 16;
    public const int RewrittenLength = (3 * HashLength) + MarkLength;

    private static ReadOnlySpan<byte> Property => "\"Seal\":\""u8;

    public static string Key(int number) => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{number:D6}");

    public static bool IsEntry(string key) => key.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>Adds an entry.</summary>
    /// <param name="partition">Where.</param>
    /// <param name="seal">In the state as it was before; null: there is no entry yet.</param>
    /// <param name="number">Of the entry, larger than any before.</param>
    /// <param name="entry">A JSON object with at least one property.</param>
    /// <returns>The row, and the seal that belongs into the state with it.</returns>
    public static (Change.Insert Row, string Seal) Add(string partition, string? seal, int number, ReadOnlyMemory<byte> entry)
    {
        Span<byte> sealAndSalt = stackalloc byte[HashLength + SaltLength];
        Span<byte> digest = stackalloc byte[HashLength];
        var salt = sealAndSalt[HashLength..];
        var key = Key(number);
        RandomNumberGenerator.Fill(salt);
        Digest(salt, entry.Span, digest);
        Seal(partition, seal, key, digest, sealAndSalt);
        return (new Change.Insert(key, Sealed(entry.Span, sealAndSalt)), Base64Url.EncodeToString(sealAndSalt[..HashLength]));
    }

    /// <summary>The same entry in other words, since somebody in it is forgotten; null: it stays.</summary>
    /// <param name="data">The row's.</param>
    /// <param name="standIn">Who stands for them.</param>
    /// <param name="rewrite">Null: it does not name them.</param>
    public static ReadOnlyMemory<byte>? Rewritten(ReadOnlyMemory<byte> data, Guid standIn, Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>?> rewrite)
    {
        if (SealedEntry.Read(data) is not { } before)
        {
            return rewrite(data);
        }
        if (rewrite(before.Entry) is not { } entry)
        {
            return null;
        }
        var mark = standIn.ToByteArray();
        var digest = new byte[HashLength];
        Digest(mark, entry.Span, digest);
        return Sealed(entry.Span, (byte[])[.. before.Seal, .. before.Digest(), .. mark, .. digest]);
    }

    /// <summary>The seal in a state; null: it is no state of anything that has a history.</summary>
    public static string? SealIn(Row row)
    {
        if (IsEntry(row.Key) || row.Data.Span.IndexOf(Property) < 0)
        {
            return null;
        }
        try
        {
            using var state = JsonDocument.Parse(row.Data);
            return state.RootElement.ValueKind == JsonValueKind.Object && state.RootElement.TryGetProperty("Seal", out var seal) && seal.ValueKind == JsonValueKind.String ? seal.GetString() : null;
        }
        catch (JsonException)
        {
            // Somebody wrote here who is none of us: whatever the history is, it fits nothing.
            return "";
        }
    }

    private static byte[] Sealed(ReadOnlySpan<byte> entry, ReadOnlySpan<byte> parts)
    {
        var row = new byte[entry.Length - 1 + SealedEntry.Opening.Length + Base64Url.GetEncodedLength(parts.Length) + SealedEntry.Closing.Length];
        entry[..^1].CopyTo(row);
        SealedEntry.Opening.CopyTo(row.AsSpan(entry.Length - 1));
        Base64Url.EncodeToUtf8(parts, row.AsSpan(entry.Length - 1 + SealedEntry.Opening.Length));
        SealedEntry.Closing.CopyTo(row.AsSpan(row.Length - SealedEntry.Closing.Length));
        return row;
    }

    // In buffers that are lent: a card action is to allocate little, and this is a part of each.

    public static void Digest(ReadOnlySpan<byte> salt, ReadOnlySpan<byte> entry, Span<byte> digest)
    {
        var rented = ArrayPool<byte>.Shared.Rent(salt.Length + entry.Length);
        salt.CopyTo(rented);
        entry.CopyTo(rented.AsSpan(salt.Length));
        SHA256.HashData(rented.AsSpan(0, salt.Length + entry.Length), digest);
        ArrayPool<byte>.Shared.Return(rented);
    }

    public static void Seal(string partition, string? before, string key, ReadOnlySpan<byte> digest, Span<byte> seal)
    {
        var begin = before ?? partition;
        var rented = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(begin.Length + key.Length) + digest.Length);
        var length = Encoding.UTF8.GetBytes(begin, rented);
        length += Encoding.UTF8.GetBytes(key, rented.AsSpan(length));
        digest.CopyTo(rented.AsSpan(length));
        SHA256.HashData(rented.AsSpan(0, length + digest.Length), seal);
        ArrayPool<byte>.Shared.Return(rented);
    }
}

using System.Buffers;
using System.Buffers.Text;

namespace CoordinationBot.Storage;

/// <summary>An entry as it was read.</summary>
/// <param name="Entry">What stands there, without its seal.</param>
/// <param name="Parts">What follows it.</param>
internal sealed record SealedEntry(ReadOnlyMemory<byte> Entry, byte[] Parts)
{
    public static ReadOnlySpan<byte> Opening => ",\"Seal\":\""u8;

    public static ReadOnlySpan<byte> Closing => "\"}"u8;

    /// <summary>Null: it has no seal.</summary>
    public static SealedEntry? Read(ReadOnlyMemory<byte> data)
    {
        var at = data.Span.LastIndexOf(Opening);
        if (at < 0 || !data.Span.EndsWith(Closing))
        {
            return null;
        }
        var parts = new byte[HistoryRows.RewrittenLength];
        return Base64Url.DecodeFromUtf8(data.Span[(at + Opening.Length)..^Closing.Length], parts, out _, out var length) == OperationStatus.Done && length is HistoryRows.HashLength + HistoryRows.SaltLength or HistoryRows.RewrittenLength
            ? new SealedEntry((byte[])[.. data.Span[..at], (byte)'}'], parts[..length])
            : null;
    }

    public byte[] Seal => Parts[..HistoryRows.HashLength];

    /// <summary>Somebody who was in it was forgotten.</summary>
    public bool IsRewritten => Parts.Length == HistoryRows.RewrittenLength;

    /// <summary>Who stands for whoever was forgotten; only of what is rewritten.</summary>
    public Guid StandIn => new(Marked);

    /// <summary>Of what stands there now; only of what is rewritten.</summary>
    public ReadOnlySpan<byte> Rewriting => Parts.AsSpan(^HistoryRows.HashLength..);

    private ReadOnlySpan<byte> Marked => Parts.AsSpan(2 * HistoryRows.HashLength, HistoryRows.MarkLength);

    /// <summary>Of what was written first.</summary>
    public byte[] Digest()
    {
        if (IsRewritten)
        {
            return Parts[HistoryRows.HashLength..(2 * HistoryRows.HashLength)];
        }
        var digest = new byte[HistoryRows.HashLength];
        HistoryRows.Digest(Parts.AsSpan(HistoryRows.HashLength), Entry.Span, digest);
        return digest;
    }

    /// <summary>Whether it is what was sealed, after the one before.</summary>
    /// <param name="partition">Where.</param>
    /// <param name="before">The seal of the one before; null: it is the first.</param>
    /// <param name="key">Its key.</param>
    public bool Fits(string partition, string? before, string key)
    {
        Span<byte> seal = stackalloc byte[HistoryRows.HashLength];
        HistoryRows.Seal(partition, before, key, Digest(), seal);
        if (!seal.SequenceEqual(Seal))
        {
            return false;
        }
        if (!IsRewritten)
        {
            return true;
        }
        HistoryRows.Digest(Marked, Entry.Span, seal);
        return seal.SequenceEqual(Rewriting);
    }
}

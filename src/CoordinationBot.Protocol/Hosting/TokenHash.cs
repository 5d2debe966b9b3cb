using System.Buffers;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace CoordinationBot.Protocol.Hosting;

/// <summary>SHA-256 of a token: a checked token is known again without being kept.</summary>
internal readonly record struct TokenHash(ulong A, ulong B, ulong C, ulong D)
{
    /// <summary>Longer ones are no channel's: theirs are about 1.5 KB.</summary>
    public const int MaxTokenLength = 16 * 1024;

    private const int OnStack = 2048;

    /// <summary>False for a token that is empty, too long or not ASCII, which none of ours is.</summary>
    public static bool TryCompute(ReadOnlySpan<char> token, out TokenHash hash)
    {
        hash = default;
        if (token.Length is 0 or > MaxTokenLength)
        {
            return false;
        }
        byte[]? rented = null;
        var bytes = token.Length <= OnStack ? stackalloc byte[OnStack] : (rented = ArrayPool<byte>.Shared.Rent(token.Length));
        try
        {
            if (Ascii.FromUtf16(token, bytes, out var written) != OperationStatus.Done)
            {
                return false;
            }
            Span<ulong> words = stackalloc ulong[4];
            SHA256.HashData(bytes[..written], MemoryMarshal.AsBytes(words));
            hash = new(words[0], words[1], words[2], words[3]);
            return true;
        }
        finally
        {
            if (rented is not null)
            {
                // A token is a secret as long as it lives.
                ArrayPool<byte>.Shared.Return(rented, clearArray: true);
            }
        }
    }

    // The bits are as good as random already.
    public override int GetHashCode() => (int)A;
}

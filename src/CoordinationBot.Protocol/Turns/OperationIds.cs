using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CoordinationBot.Protocol.Activities;

namespace CoordinationBot.Protocol.Turns;

/// <summary>Names what caused a turn, the same at every redelivery of the same activity.</summary>
internal static class OperationIds
{
    // Crockford's alphabet: no letter is taken for a digit, and none is special in a storage key or a URL.
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const int Length = 26;
    private const int ErrorLength = 6;

    /// <summary>26 characters of the SHA-256 of tenant, conversation, activity and route; and half of it as a number, to remember many by.</summary>
    public static (string Id, UInt128 Number) For(string tenant, string conversation, Activity activity, string routeKind, string routeKey)
    {
        var activityId = activity.Id is { Length: > 0 } id ? id : ContentHash(activity);
        var size = Size(tenant) + Size(conversation) + Size(activityId) + Size(routeKind) + Size(routeKey);
        var rented = ArrayPool<byte>.Shared.Rent(size);
        var written = 0;
        Append(rented, ref written, tenant);
        Append(rented, ref written, conversation);
        Append(rented, ref written, activityId);
        Append(rented, ref written, routeKind);
        Append(rented, ref written, routeKey);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(rented.AsSpan(0, written), hash);
        ArrayPool<byte>.Shared.Return(rented);
        return (Encode(hash), BinaryPrimitives.ReadUInt128BigEndian(hash));
    }

    /// <summary>What a person is told when their turn failed, short enough to be read out: <c>E-7F3K2P</c>. The log has it with the reason.</summary>
    public static string ErrorId(string operationId) => $"E-{operationId.AsSpan(0, ErrorLength)}";

    private static int Size(string part) => sizeof(int) + Encoding.UTF8.GetMaxByteCount(part.Length);

    // Each part with its length before it, so that no two different tuples give the same bytes.
    private static void Append(byte[] buffer, ref int written, string part)
    {
        var length = Encoding.UTF8.GetBytes(part, buffer.AsSpan(written + sizeof(int)));
        BinaryPrimitives.WriteInt32LittleEndian(buffer.AsSpan(written), length);
        written += sizeof(int) + length;
    }

    // Rare: the channel gave no id. The timestamp is part of the content, so saying the same twice is two operations.
    private static string ContentHash(Activity activity) =>
        Encode(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(activity, ProtocolJson.Wire.Activity)));

    private static string Encode(ReadOnlySpan<byte> hash)
    {
        Span<char> text = stackalloc char[Length];
        for (var index = 0; index < Length; index++)
        {
            var bit = index * 5;
            var pair = (hash[bit / 8] << 8) | hash[(bit / 8) + 1];
            text[index] = Alphabet[(pair >> (11 - (bit % 8))) & 31];
        }
        return new string(text);
    }
}

using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using CoordinationBot.Storage;

namespace CoordinationBot.Upkeep;

/// <summary>Tells two sets of rows apart, in whatever order they come: the number of rows, and the sum of the SHA-256 of each (its first 128 bits). Versions are each store's own and do not count.</summary>
internal sealed class RowsDigest
{
    private UInt128 _sum;

    public long Count { get; private set; }

    public void Add(Row row)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        // No key holds a NUL, so no two rows are one text.
        hash.AppendData(Encoding.UTF8.GetBytes($"{row.Partition}\0{row.Key}\0"));
        hash.AppendData(row.Data.Span);
        _sum = unchecked(_sum + BinaryPrimitives.ReadUInt128BigEndian(hash.GetHashAndReset()));
        Count++;
    }

    public override string ToString() => _sum.ToString("x32", null);
}

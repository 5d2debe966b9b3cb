using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace CoordinationBot.EndToEnd.Chaos;

/// <summary>
/// Decisions by what they are about, not by when they are asked for: with the same seed the same call meets the same fault, however the
/// processes are scheduled.
/// </summary>
internal sealed class Seeded(int seed)
{
    /// <summary>A number from 0 to below 1.</summary>
    public double Of(string about) =>
        BinaryPrimitives.ReadUInt32LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes($"{seed}|{about}"))) / (uint.MaxValue + 1d);

    public int Of(string about, int below) => (int)(Of(about) * below);

    public bool Is(string about, double share) => Of(about) < share;
}

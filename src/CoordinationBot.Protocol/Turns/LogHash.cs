using System.Security.Cryptography;
using System.Text;

namespace CoordinationBot.Protocol.Turns;

/// <summary>Stands in the log for the id of a person or of a conversation, which may be a person's: the same in every line, since a log is not reached when somebody is forgotten.</summary>
public static class LogHash
{
    private const int Length = 12;

    /// <summary>Twelve hexadecimal digits of the SHA-256.</summary>
    public static string Of(string id) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(id)))[..Length];
}

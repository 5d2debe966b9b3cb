using System.Security.Cryptography;
using System.Text;

namespace CoordinationBot.Storage;

/// <summary>Where something is stored, as a log may say it: things by their ids, people and conversations by a hash that is the same in every line, since a log is not reached when somebody is forgotten.</summary>
internal static class LoggedNames
{
    private const int HashLength = 12;

    public static string Partition(string partition) => partition.Split('|', 3) is [var tenant, var letter, var id] ? $"{tenant}|{letter}|{Part(id)}" : partition;

    public static string Key(string partition, string key) =>
        // Elsewhere a key may begin with a word of a name.
        partition.Split('|') is [_, { Length: 1 }, ..] ? string.Join('|', key.Split('|').Select(part => part.All(static letter => char.IsAsciiLetterLower(letter) || letter == '-') ? part : Part(part))) : Part(key);

    /// <summary>Stands for what must not be shown.</summary>
    public static string Hash(string text) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..HashLength];

    private static string Part(string part) => part.All(char.IsAsciiDigit) || (part.Length > 0 && ReadableIds.Is(part[0], part)) ? part : $"#{Hash(part)}";
}

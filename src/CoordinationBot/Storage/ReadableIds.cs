using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace CoordinationBot.Storage;

/// <summary>Short ids such as <c>D-7K3F9Q</c>, made of what caused the thing: a repeat makes the same one.</summary>
internal static class ReadableIds
{
    // Without I, L, O and U: nobody reads 1 for I or 0 for O, and no words appear.
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const int Length = 6;
    private static readonly SearchValues<char> Letters = SearchValues.Create(Alphabet);

    /// <param name="kind">The letter in front.</param>
    /// <param name="tenant">Whose.</param>
    /// <param name="origin">What caused it.</param>
    /// <param name="attempt">Another one each time that the id turned out to be taken by something else.</param>
    public static string From(char kind, string tenant, string origin, int attempt)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{tenant}|{origin}|{attempt}")));
        return $"{kind}-{string.Concat(hash.Take(Length).Select(value => Alphabet[value % Alphabet.Length]))}";
    }

    /// <summary>As somebody typed it, perhaps at the end of a sentence.</summary>
    public static string Typed(string id) => id.Trim().TrimEnd('.').ToUpperInvariant();

    public static bool Is(char kind, string id) =>
        id.Length == Length + 2 && id[0] == kind && id[1] == '-' && id.AsSpan(2).IndexOfAnyExcept(Letters) < 0;
}

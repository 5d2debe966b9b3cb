using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace CoordinationBot.Feedbacks;

/// <summary>
/// What only the author's card holds. Everything that is stored of it is a hash: whoever has the store and the settings, but not the card, can neither compute nor
/// test it, since nobody guesses 256 bits.
/// </summary>
internal sealed partial record AuthorSecret
{
    private readonly string _value;

    private AuthorSecret(string value) => _value = value;

    /// <summary>What the data of a card calls it.</summary>
    public const string DataName = "secret";

    public static AuthorSecret New() => new(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)));

    /// <summary>Null: an old or made-up card.</summary>
    public static AuthorSecret? Read(string? value) => value is not null && Shape().IsMatch(value) ? new(value) : null;

    /// <summary>For the data of a card, and for nothing else.</summary>
    public string ForCard => _value;

    /// <summary>By which anonymous feedback is found.</summary>
    public string Handle => Hash("handle");

    /// <summary>By which named feedback is known to have been sent from this card.</summary>
    public string Origin => Hash("named");

    /// <summary>Names a letter: the same press twice is one letter.</summary>
    /// <param name="press">What tells this press from another of the same card.</param>
    public string LetterId(string press) => Hash($"letter|{press}");

    /// <summary>A record would print its value, for example into a log.</summary>
    public override string ToString() => nameof(AuthorSecret);

    // The purposes give hashes that say nothing of each other.
    private string Hash(string purpose) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"feedback|{purpose}|{_value}")));

    [GeneratedRegex("^[0-9a-f]{64}$", RegexOptions.CultureInvariant)]
    private static partial Regex Shape();
}

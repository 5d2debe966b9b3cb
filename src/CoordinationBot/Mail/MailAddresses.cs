using System.Globalization;
using System.Text.RegularExpressions;

namespace CoordinationBot.Mail;

/// <summary>A mail address as somebody typed it: the address, or one sentence that says what is wrong with it.</summary>
/// <param name="Address">In lower case, its domain as it goes over the wire; null when there is a problem.</param>
/// <param name="Name">The name that stood before it, as in <c>Kim Lee &lt;kim@contoso.example&gt;</c>; null: none.</param>
/// <param name="Problem">For whoever typed it.</param>
internal sealed record TypedAddress(string? Address, string? Name, string? Problem);

/// <summary>Reads mail addresses as people type them. What it lets pass can stand in a mail, in an invitation and in the key of a row.</summary>
internal static partial class MailAddresses
{
    /// <summary>The longest that servers take (RFC 5321, 4.5.3.1).</summary>
    private const int MostCharacters = 254;
    private const int MostBeforeAt = 64;

    private static readonly IdnMapping Domains = new() { UseStd3AsciiRules = true };

    public static TypedAddress Parse(string typed)
    {
        var text = typed.Trim();
        if (text.Any(character => char.IsControl(character) || character is '\u2028' or '\u2029'))
        {
            return Wrong("A mail address stands on one line. Please type it again, like kim@contoso.example.");
        }
        string? name = null;
        if (text.EndsWith('>') && text.LastIndexOf('<') is >= 0 and var begins)
        {
            name = text[..begins].Trim().Trim('"', '\'').Trim();
            text = text[(begins + 1)..^1].Trim();
        }
        text = text.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase) ? text["mailto:".Length..] : text;
        var at = text.LastIndexOf('@');
        if (at <= 0 || at == text.Length - 1)
        {
            return Wrong($"{Shown(text)} is no mail address. It needs a name, an @ and a domain, like kim@contoso.example.");
        }
        if (!Local().IsMatch(text[..at]))
        {
            return Wrong($"I cannot write to {Shown(text)}: before the @ I know letters from a to z, digits, and the signs . _ - + ' & = ! ~ between them.");
        }
        if (Domain(text[(at + 1)..]) is not { } domain)
        {
            return Wrong($"{Shown(text)} has no domain that mail can go to. Please check what stands after the @, like contoso.example.");
        }
        var address = $"{text[..at].ToLowerInvariant()}@{domain}";
        return at > MostBeforeAt || address.Length > MostCharacters
            ? Wrong($"{Shown(text)} is too long for a mail address: {MostBeforeAt} characters before the @ and {MostCharacters} in all are the most.")
            : new TypedAddress(address, string.IsNullOrEmpty(name) ? null : name, null);
    }

    /// <summary>Whether two spellings are one mailbox.</summary>
    public static bool AreSame(string one, string other) => Parse(one).Address is { } address && address == Parse(other).Address;

    private static string? Domain(string typed)
    {
        try
        {
            var ascii = Domains.GetAscii(typed).ToLowerInvariant();
            return Name().IsMatch(ascii) ? ascii : null;
        }
        catch (ArgumentException)
        {
            // How the mapping says that a name cannot be one.
            return null;
        }
    }

    private static TypedAddress Wrong(string sentence) => new(null, null, sentence);

    private static string Shown(string text) => text.Length == 0 ? "This" : text.Length <= 60 ? text : $"{text[..57]}…";

    [GeneratedRegex(@"\A[A-Za-z0-9_+'&=!~-]+(\.[A-Za-z0-9_+'&=!~-]+)*\z", RegexOptions.NonBacktracking)]
    private static partial Regex Local();

    /// <summary>Two labels or more, the last not of digits alone: no host of this network, and no IP address.</summary>
    [GeneratedRegex(@"\A([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]\z", RegexOptions.NonBacktracking)]
    private static partial Regex Name();
}

namespace CoordinationBot.Dialogs;

internal enum TypedDateTokenKind { Word, Number, Clock, Numeric }

/// <summary><c>Parts</c>: one of a Number, hour and minute of a Clock, two or three of a Numeric (3.4.2026).</summary>
internal readonly record struct TypedDateToken(TypedDateTokenKind Kind, string Text, int[] Parts)
{
    public bool IsWord(string word) => Kind == TypedDateTokenKind.Word && Text == word;
}

/// <summary>Cuts what was typed into words and numbers, or finds that it cannot be a date.</summary>
internal static class TypedDateTokens
{
    // The longest sensible date is about 50 characters; beyond twice that nobody is typing a date.
    private const int LongestTyped = 100;

    /// <summary>Null: there is a character or a number in it that no date has.</summary>
    public static IReadOnlyList<TypedDateToken>? Of(string typed, string zoneId)
    {
        var text = typed.Trim();
        if (text.Length is 0 or > LongestTyped) return null;
        text = Plain(text, zoneId);
        var tokens = new List<TypedDateToken>();
        for (var at = 0; at < text.Length;)
        {
            var start = at;
            if (char.IsWhiteSpace(text[at]) || text[at] == ',')
            {
                at++;
            }
            else if (char.IsAsciiDigit(text[at]))
            {
                while (at < text.Length && (char.IsAsciiDigit(text[at]) || text[at] is ':' or '.' or '/' or '-')) at++;
                while (!char.IsAsciiDigit(text[at - 1])) at--;
                // "31.12." is a date and no time of day, so the dot belongs to it; "1. Dec" is "1 Dec".
                var dot = at < text.Length && text[at] == '.';
                if (Number(text[start..at], dot) is not { } token) return null;
                tokens.Add(token);
                if (dot) at++;
            }
            else if (char.IsAsciiLetter(text[at]))
            {
                while (at < text.Length && char.IsAsciiLetter(text[at])) at++;
                // The T of 2026-12-01T14:30.
                if (text[start..at] != "t" || !IsBetweenLettersOrDigits(text, start)) tokens.Add(new(TypedDateTokenKind.Word, text[start..at], []));
                if (at < text.Length && text[at] == '.') at++;
            }
            else if (text[at] == '@')
            {
                tokens.Add(new(TypedDateTokenKind.Word, "at", []));
                at++;
            }
            else if (text[at] == '-' && IsBetweenLettersOrDigits(text, at))
            {
                // 1-Dec-2026; a minus before a number ("in -3 days") is not skipped.
                at++;
            }
            else
            {
                return null;
            }
        }

        return tokens;
    }

    /// <summary>Lower case, without the zone that a read-back date ends with, "p.m." and "o'clock" as one word each.</summary>
    private static string Plain(string text, string zoneId)
    {
        var zone = $"({zoneId})";
        if (text.EndsWith(zone, StringComparison.OrdinalIgnoreCase)) text = text[..^zone.Length].TrimEnd();
        return text.ToLowerInvariant().TrimEnd('!')
            .Replace("p.m.", "pm", StringComparison.Ordinal).Replace("p.m", "pm", StringComparison.Ordinal)
            .Replace("a.m.", "am", StringComparison.Ordinal).Replace("a.m", "am", StringComparison.Ordinal)
            .Replace('’', '\'').Replace("o'clock", "oclock", StringComparison.Ordinal);
    }

    private static TypedDateToken? Number(string text, bool dot)
    {
        var separator = text.FirstOrDefault(c => !char.IsAsciiDigit(c));
        if (separator == default) return text.Length <= 7 ? new(TypedDateTokenKind.Number, text, [Value(text)]) : null;
        var parts = text.Split(separator);
        if (parts.Any(part => part.Length is 0 or > 4 || !part.All(char.IsAsciiDigit))) return null;
        if (separator == ':')
        {
            return parts.Length == 2 && parts[0].Length <= 2 && parts[1].Length == 2
                ? new(TypedDateTokenKind.Clock, text, [.. parts.Select(Value)])
                : null;
        }

        return parts.Length <= 3 ? new(TypedDateTokenKind.Numeric, dot ? text + "." : text, [.. parts.Select(Value)]) : null;
    }

    private static int Value(string digits) => int.Parse(digits, System.Globalization.CultureInfo.InvariantCulture);

    private static bool IsBetweenLettersOrDigits(string text, int at) =>
        at > 0 && at + 1 < text.Length && char.IsAsciiLetterOrDigit(text[at - 1]) && char.IsAsciiLetterOrDigit(text[at + 1]);
}

using System.Globalization;

namespace CoordinationBot.Dialogs;

/// <summary>Reads a list as people type it: separated by semicolons or line breaks, or numbered; each line with its choice in brackets at the end.</summary>
internal static class TypedLines
{
    public static IReadOnlyList<ListLine> Read(string typed, IReadOnlyList<FieldChoice> choices) => [.. Split(typed).Select(item => Line(item, choices))];

    /// <summary>The items in their order, as typed, without numbers and bullets.</summary>
    public static IReadOnlyList<string> Split(string typed)
    {
        var numbered = typed.TrimStart();
        IReadOnlyList<string> items = numbered.StartsWith("1.", StringComparison.Ordinal) || numbered.StartsWith("1)", StringComparison.Ordinal)
            ? Numbered(numbered)
            : typed.Split([';', '\n', '\r']);
        return [.. items.Select(item => item.Trim().TrimStart('-', '*', '•').Trim(' ', '\t', '\r', '\n', ';', ',')).Where(item => item.Length > 0)];
    }

    /// <summary>An item with the choice its end names: "(link)", "(a link)", "(with a link)". Without one, the first choice.</summary>
    public static ListLine Line(string item, IReadOnlyList<FieldChoice> choices)
    {
        var text = item.TrimEnd('.', ' ');
        foreach (var choice in choices.Skip(1))
        {
            foreach (var ending in (ReadOnlySpan<string>)[$"({choice.Value})", $"(a {choice.Value})", $"(with a {choice.Value})"])
            {
                var before = text.EndsWith(ending, StringComparison.OrdinalIgnoreCase) ? text[..^ending.Length].TrimEnd(' ', '\t', ',') : "";
                // "(note)" alone is all there is to say about the line.
                if (before.Length > 0)
                {
                    return new ListLine(before, choice.Value);
                }
            }
        }
        return new ListLine(item, choices[0].Value);
    }

    /// <summary>Only the next number in turn, written like the first, begins an item, so that "read page 3." does not.</summary>
    private static List<string> Numbered(string text)
    {
        var (items, number, begin) = (new List<string>(), 1, -1);
        for (var at = 0; at < text.Length; at++)
        {
            if (!char.IsAsciiDigit(text[at]) || (at > 0 && !char.IsWhiteSpace(text[at - 1]) && text[at - 1] is not (';' or ',')))
            {
                continue;
            }
            var digits = number.ToString(CultureInfo.InvariantCulture);
            var dot = at + digits.Length;
            // "2.5 hours" is no second item.
            if (string.CompareOrdinal(text, at, digits, 0, digits.Length) != 0 || dot >= text.Length || text[dot] != text[1] || (dot + 1 < text.Length && char.IsAsciiDigit(text[dot + 1])))
            {
                continue;
            }
            if (begin >= 0)
            {
                items.Add(text[begin..at]);
            }
            (number, begin) = (number + 1, dot + 1);
        }
        items.Add(text[Math.Max(begin, 0)..]);
        return items;
    }
}

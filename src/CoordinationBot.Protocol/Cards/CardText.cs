using System.Text;

namespace CoordinationBot.Protocol.Cards;

/// <summary>Makes text that people typed safe to show: as typed, never as markup.</summary>
public static class CardText
{
    private const char FirstStrongIsolate = '\u2068';
    private const char PopDirectionalIsolate = '\u2069';
    private const char WordJoiner = '\u2060';

    /// <summary>
    /// The text in a directional isolate (so right-to-left marks in it cannot turn the words around it), with control characters and forced
    /// directions (which no language needs, and which make one name look like another) removed, and
    /// with card functions such as <c>{{DATE(…)}}</c> broken up by an invisible character so that clients show them instead of computing them.
    /// </summary>
    public static string Literal(string typed)
    {
        if (IsPlain(typed))
        {
            return typed;
        }
        var text = new StringBuilder(typed.Length + 2);
        var isolated = false;
        foreach (var character in typed)
        {
            if (character is FirstStrongIsolate or PopDirectionalIsolate or '\u2066' or '\u2067' or (>= '\u202A' and <= '\u202E'))
            {
                continue;
            }
            if (char.IsControl(character) && character is not '\n' and not '\t')
            {
                continue;
            }
            isolated |= TurnsText(character);
            if (character == '{' && text.Length > 0 && text[^1] == '{')
            {
                text.Append(WordJoiner);
            }
            text.Append(character);
        }
        return isolated ? text.Insert(0, FirstStrongIsolate).Append(PopDirectionalIsolate).ToString() : text.ToString();
    }

    // Nearly every text is, and a card of many steps holds a hundred of them.
    private static bool IsPlain(string typed)
    {
        for (var index = 0; index < typed.Length; index++)
        {
            var character = typed[index];
            if ((char.IsControl(character) && character is not '\n' and not '\t')
                || character is FirstStrongIsolate or PopDirectionalIsolate or '\u2066' or '\u2067' or (>= '\u202A' and <= '\u202E')
                || TurnsText(character)
                || (character == '{' && index > 0 && typed[index - 1] == '{'))
            {
                return false;
            }
        }
        return true;
    }

    // Letters of right-to-left scripts (or the first half of one) and the marks that set a direction. Not U+FE00 to U+FE6F between the Arabic
    // forms: those are variation selectors, which many emoji carry.
    private static bool TurnsText(char character) => character
        is (>= '\u0590' and <= '\u08FF')
        or '\u200E' or '\u200F'
        or (>= '\uD802' and <= '\uD803') or (>= '\uD83A' and <= '\uD83B')
        or (>= '\uFB1D' and <= '\uFDFF') or (>= '\uFE70' and <= '\uFEFC');

    /// <summary>A run that shows typed text.</summary>
    public static TextRun Run(string typed) => new(Literal(typed));
}

using System.Text;

namespace CoordinationBot.People;

/// <summary>One letter as it is searched: "ü" is "u", and to those who cannot type it "ue".</summary>
/// <remarks>
/// A table, because under InvariantGlobalization <c>string.Normalize</c> returns what it was given. It covers the Latin letters of
/// European and Vietnamese names; other scripts are searched as written.
/// </remarks>
internal static class NameFolding
{
    private static readonly Dictionary<char, string> Plain = Table(
        ("a", "àáâãäåāăąǎạảấầẩẫậắằẳẵặ"), ("ae", "æ"), ("c", "çćĉċč"), ("d", "ďđð"), ("e", "èéêëēĕėęěẹẻẽếềểễệ"), ("g", "ĝğġģ"),
        ("h", "ĥħ"), ("i", "ìíîïĩīĭįıǐỉị"), ("j", "ĵ"), ("k", "ķ"), ("l", "ĺļľŀł"), ("n", "ñńņňŋ"), ("o", "òóôõöøōŏőǒơọỏốồổỗộớờởỡợ"),
        ("oe", "œ"), ("r", "ŕŗř"), ("s", "śŝşšșſ"), ("ss", "ßẞ"), ("t", "ţťŧț"), ("th", "þ"), ("u", "ùúûüũūŭůűųǔưụủứừửữự"), ("w", "ŵ"),
        ("y", "ýÿŷỳỵỷỹ"), ("z", "źżž"));

    private static readonly Dictionary<char, string> SpeltOut = Table(("ae", "ä"), ("oe", "öø"), ("ue", "ü"), ("aa", "å"));

    // A letter followed by a combining mark is the same letter in two characters, as some systems store names.
    private const string MarkedAbove = "äöüå";
    private const string Bases = "aoua";
    private const string Marks = "\u0308\u0308\u0308\u030a";

    /// <summary>Appends the letter at <paramref name="index"/> to both spellings.</summary>
    public static void Append(string text, int index, StringBuilder plain, StringBuilder speltOut)
    {
        var letter = char.ToLowerInvariant(text[index]);
        if (IsCombiningMark(letter)) return;
        var folded = Plain.GetValueOrDefault(letter) ?? letter.ToString();
        plain.Append(folded);
        speltOut.Append(SpeltOut.GetValueOrDefault(Composed(text, index, letter)) ?? folded);
    }

    public static bool IsCombiningMark(char letter) => letter is >= '\u0300' and <= '\u036f';

    private static char Composed(string text, int index, char letter)
    {
        if (index + 1 >= text.Length) return letter;
        for (var known = 0; known < Bases.Length; known++)
        {
            if (Bases[known] == letter && Marks[known] == text[index + 1]) return MarkedAbove[known];
        }

        return letter;
    }

    private static Dictionary<char, string> Table(params (string To, string From)[] rows) =>
        rows.SelectMany(row => row.From.Select(letter => KeyValuePair.Create(letter, row.To))).ToDictionary();
}

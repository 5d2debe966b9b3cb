using System.Text;

namespace CoordinationBot.People;

/// <summary>A word of a name in its two searchable spellings, which are mostly the same: "muller" and "mueller".</summary>
internal readonly record struct NameWord(string Plain, string SpeltOut)
{
    public bool IsEastAsian => Plain.Length > 0 && ScriptOf(Plain, 0) == Script.EastAsian;

    public bool Is(NameWord other) =>
        Plain == other.Plain || SpeltOut == other.SpeltOut || Plain == other.SpeltOut || SpeltOut == other.Plain;

    /// <summary>Whether this begins the other; in scripts written without spaces, whether it stands in it (a given name after the surname).</summary>
    public bool IsPartOf(NameWord other) => IsEastAsian
        ? other.Plain.Contains(Plain, StringComparison.Ordinal)
        : other.Plain.StartsWith(Plain, StringComparison.Ordinal) || other.SpeltOut.StartsWith(SpeltOut, StringComparison.Ordinal)
            || other.Plain.StartsWith(SpeltOut, StringComparison.Ordinal) || other.SpeltOut.StartsWith(Plain, StringComparison.Ordinal);

    /// <summary>The words of a name: runs of letters and digits of one script; an apostrophe joins ("O'Brien"), all else parts.</summary>
    public static IReadOnlyList<NameWord> Of(string name)
    {
        var words = new List<NameWord>();
        var (plain, speltOut) = (new StringBuilder(), new StringBuilder());
        var current = Script.None;
        for (var at = 0; at < name.Length; at++)
        {
            if (name[at] is '\'' or '’' or 'ʼ' || NameFolding.IsCombiningMark(name[at])) continue;
            var script = ScriptOf(name, at);
            if (script != current) Close();
            current = script;
            if (script == Script.None) continue;
            if (char.IsHighSurrogate(name[at]))
            {
                plain.Append(name, at, 2);
                speltOut.Append(name, at, 2);
                at++;
            }
            else
            {
                NameFolding.Append(name, at, plain, speltOut);
            }
        }

        Close();
        return words;

        void Close()
        {
            if (plain.Length > 0) words.Add(new(plain.ToString(), speltOut.ToString()));
            plain.Clear();
            speltOut.Clear();
        }
    }

    private enum Script { None, Spaced, EastAsian }

    private static Script ScriptOf(string text, int at)
    {
        // Half of a surrogate pair is no letter: Rune reads the pair, and refuses a lonely half.
        if (!Rune.TryGetRuneAt(text, at, out var rune) || !Rune.IsLetterOrDigit(rune)) return Script.None;
        return rune.Value is >= 0x3040 and <= 0x30FF or >= 0x3400 and <= 0x4DBF or >= 0x4E00 and <= 0x9FFF or >= 0xAC00 and <= 0xD7AF
            or >= 0xF900 and <= 0xFAFF or >= 0x20000 and <= 0x3FFFF
            ? Script.EastAsian
            : Script.Spaced;
    }
}

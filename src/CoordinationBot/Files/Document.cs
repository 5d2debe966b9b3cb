namespace CoordinationBot.Files;

/// <summary>A text with headings and tables, in whatever format it is written. All texts in it are as typed.</summary>
/// <param name="Title">On top, and among the properties of the file.</param>
/// <param name="Subject">Below the title.</param>
/// <param name="Language">BCP 47.</param>
/// <param name="Author">Among the properties of the file.</param>
/// <param name="At">When it was made.</param>
/// <param name="Blocks">What is in it.</param>
internal sealed record Document(string Title, string Subject, string Language, string Author, DateTimeOffset At, IReadOnlyList<Block> Blocks);

/// <summary>A part of a document.</summary>
internal abstract record Block
{
    private Block()
    {
    }

    /// <param name="Level">1 is the highest below the title.</param>
    /// <param name="Text">The words.</param>
    internal sealed record Heading(int Level, string Text) : Block;

    /// <param name="Text">The words.</param>
    /// <param name="Label">Our own word in front, in bold.</param>
    internal sealed record Paragraph(string Text, string? Label = null) : Block;

    /// <param name="Text">The words.</param>
    /// <param name="Label">Our own word in front, in bold.</param>
    internal sealed record Bullet(string Text, string? Label = null) : Block;

    /// <param name="Columns">Their headings.</param>
    /// <param name="Rows">Each with a cell for each column.</param>
    internal sealed record Table(IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows) : Block;
}

/// <summary>What of a typed text a file can hold.</summary>
internal static class DocumentText
{
    /// <summary>Without control characters, forced directions and halves of characters, which no format holds or which turn the words around them.</summary>
    public static string Clean(string typed) => string.Concat(typed.ReplaceLineEndings("\n").EnumerateRunes()
        .Where(rune => rune.Value is '\n' or '\t' || !(System.Text.Rune.IsControl(rune) || rune.Value is 0xFFFD or (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069) || (rune.Value & 0xFFFE) == 0xFFFE || rune.Value is >= 0xFDD0 and <= 0xFDEF))
        .Select(rune => rune.ToString()));

    public static IReadOnlyList<string> Lines(string typed) => Clean(typed).Split('\n');

    /// <summary>Whether it is read from the right: by its first letter.</summary>
    public static bool IsRightToLeft(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value is (>= 0x0590 and <= 0x08FF) or (>= 0xFB1D and <= 0xFDFF) or (>= 0xFE70 and <= 0xFEFC) or (>= 0x10800 and <= 0x10FFF) or (>= 0x1E800 and <= 0x1EFFF))
            {
                return true;
            }
            if (System.Text.Rune.IsLetter(rune))
            {
                return false;
            }
        }
        return false;
    }
}

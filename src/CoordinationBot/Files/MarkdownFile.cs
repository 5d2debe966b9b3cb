using System.Text;

namespace CoordinationBot.Files;

/// <summary>A document as Markdown (CommonMark, with tables as GitHub writes them). What was typed stays what was typed: nothing in it becomes markup.</summary>
internal static class MarkdownFile
{
    public const string ContentType = "text/markdown; charset=utf-8";

    // Besides these, only what stands at the beginning of a line, or makes an address, means anything.
    private const string Marks = "\\`*_[]<>&|~^=$}@#";

    public static byte[] Write(Document document)
    {
        var text = new StringBuilder();
        Line(text, $"# {Inline(document.Title)}");
        Line(text, Inline(document.Subject));
        Block? before = null;
        foreach (var block in document.Blocks)
        {
            if (block is not Block.Bullet || before is not Block.Bullet)
            {
                text.Append('\n');
            }
            before = block;
            switch (block)
            {
                case Block.Heading heading:
                    Line(text, $"{new string('#', heading.Level + 1)} {Inline(heading.Text)}");
                    break;
                case Block.Paragraph paragraph:
                    Line(text, Labelled(paragraph.Label, paragraph.Text, ""));
                    break;
                case Block.Bullet bullet:
                    Line(text, $"- {Labelled(bullet.Label, bullet.Text, "  ")}");
                    break;
                case Block.Table table:
                    Line(text, Row(table.Columns));
                    Line(text, Row([.. table.Columns.Select(_ => "---")], Plain));
                    foreach (var row in table.Rows)
                    {
                        Line(text, Row(row));
                    }
                    break;
            }
        }
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>A text on one line.</summary>
    public static string Inline(string typed) => Escape(string.Join(" ", Words(typed)));

    private static void Line(StringBuilder text, string line) => text.Append(line).Append(line.Length == 0 ? "" : "\n");

    private static string Plain(string text) => text;

    private static string Row(IReadOnlyList<string> cells, Func<string, string>? write = null) => $"| {string.Join(" | ", cells.Select(write ?? Inline))} |";

    /// <summary>Line breaks stay, as hard breaks; an empty line would end the paragraph.</summary>
    private static string Labelled(string? label, string typed, string indent)
    {
        var lines = string.Join($"\\\n{indent}", Words(typed).Select(Escape));
        return label is null ? lines : $"**{label}:** {lines}";
    }

    private static IReadOnlyList<string> Words(string typed) =>
        [.. DocumentText.Lines(typed).Select(line => string.Join(' ', line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))).Where(line => line.Length > 0)];

    private static string Escape(string line)
    {
        var escaped = new StringBuilder(line.Length + 16);
        for (var at = 0; at < line.Length; at++)
        {
            var sign = line[at];
            if (sign == '{')
            {
                // Attributes of a heading are looked for before backslashes are.
                escaped.Append("&#123;");
                continue;
            }
            if (Marks.Contains(sign, StringComparison.Ordinal) || MeansSomething(line, at))
            {
                escaped.Append('\\');
            }
            escaped.Append(sign);
        }
        return escaped.ToString();
    }

    private static bool MeansSomething(string line, int at) => line[at] switch
    {
        // A list or a line at the beginning; inserted words, two of them.
        '+' or '-' => at == 0 || line[at - 1] == line[at],
        // Two of them begin a citation for some.
        '"' => at > 0 && line[at - 1] == '"',
        // "1." begins a list, and for some "a)" and "iv." too.
        '.' or ')' => line[..at] is { Length: > 0 and < 10 } number && number.All(char.IsAsciiLetterOrDigit) || at >= 3 && line[(at - 3)..at].Equals("www", StringComparison.OrdinalIgnoreCase),
        // Addresses, emoji names, definitions. A time of day stays as it is.
        ':' => at == 0 || at + 1 == line.Length || !char.IsAsciiDigit(line[at - 1]) || !char.IsAsciiDigit(line[at + 1]),
        '!' => at + 1 < line.Length && line[at + 1] == '[',
        _ => false,
    };
}

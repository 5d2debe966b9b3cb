using System.Text;
using System.Text.RegularExpressions;
using CsvHelper;

namespace CoordinationBot.Files;

/// <summary>Lines of a CSV file that Excel reads as it is: with a mark for UTF-8, and with no cell that it would take for a formula.</summary>
internal static partial class CsvFile
{
    // What people typed stands in it: "=HYPERLINK(…)" must stay words. The apostrophe before it is what spreadsheets know for that.
    private static readonly CsvWriterOptions Options = new() { Injection = CsvInjection.Escape };

    /// <summary>The beginning of a file.</summary>
    public static byte[] Head(string[] columns) => [.. Encoding.UTF8.Preamble, .. Lines([columns])];

    public static byte[] Lines(IEnumerable<string[]> lines)
    {
        using var text = new MemoryStream();
        using (var csv = CsvWriter.Create(text, Options, leaveOpen: true))
        {
            foreach (var cells in lines)
            {
                csv.WriteRecord([.. cells.Select(cell => AfterSeparator().Replace(cell, "'"))]);
            }
        }
        return text.ToArray();
    }

    /// <summary>Where the semicolon parts cells, as in much of Europe, quotes do not hold one together: what comes after it, or on the next line, is a cell of its own.</summary>
    [GeneratedRegex(@"(?<=[;\t\r\n]\s*)(?=[=+\-@])", RegexOptions.CultureInvariant)]
    private static partial Regex AfterSeparator();
}

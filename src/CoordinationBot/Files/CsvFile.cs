using System.Text;
using CsvHelper;

namespace CoordinationBot.Files;

/// <summary>Lines of a CSV file that Excel reads as it is: with a mark for UTF-8, and with no cell that it would take for a formula.</summary>
internal static class CsvFile
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
                csv.WriteRecord(cells);
            }
        }
        return text.ToArray();
    }
}

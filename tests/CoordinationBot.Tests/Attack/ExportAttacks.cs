using System.Text;
using CoordinationBot.Files;

namespace CoordinationBot.Tests.Attack;

/// <summary>Every export is written by <see cref="CsvFile"/>.</summary>
public sealed class ExportAttacks
{
    [Theory]
    [InlineData("=HYPERLINK(\"http://evil.example\",\"open\")"), InlineData("=1+1"), InlineData("+1"), InlineData("-1+1"), InlineData("@SUM(A1)"), InlineData("\t=1"), InlineData("\r=1")]
    public void What_people_typed_is_no_formula(string typed)
    {
        var line = Encoding.UTF8.GetString(CsvFile.Lines([["first", typed, "last"]]));
        Assert.Contains($"'{typed[..1]}", line, StringComparison.Ordinal);
        Assert.StartsWith("first,", line, StringComparison.Ordinal);
        Assert.EndsWith(",last", line.TrimEnd(), StringComparison.Ordinal);
    }

    /// <summary>In much of Europe the semicolon parts cells, and what stands in quotes in the middle of one is parted all the same.</summary>
    [Theory]
    [InlineData("x;=1+1;"), InlineData("x; =1+1"), InlineData("x\n=1+1;y"), InlineData("\"x\";@SUM(A1)"), InlineData("x;\t+1"), InlineData("x\r\n-1")]
    public void Nor_is_it_one_where_the_semicolon_parts_cells(string typed)
    {
        var line = Encoding.UTF8.GetString(CsvFile.Lines([["first", typed, "last"]]));
        Assert.DoesNotContain(line.Split(';', '\n', '\r', '\t').Select(cell => cell.TrimStart(' ', '"')), cell => cell.Length > 0 && "=+-@".Contains(cell[0], StringComparison.Ordinal));
    }

    [Fact]
    public void Quotes_commas_and_lines_stay_in_their_cell() =>
        Assert.Equal("\"a\"\"b\",\"c,d\",\"e\n'=f\"", Encoding.UTF8.GetString(CsvFile.Lines([["a\"b", "c,d", "e\n=f"]])).TrimEnd());
}

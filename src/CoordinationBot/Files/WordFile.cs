using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;

namespace CoordinationBot.Files;

/// <summary>A document as Word writes it, with styles that Word knows by name, so that a table of contents can be made and a template laid over it.</summary>
internal static class WordFile
{
    public const string ContentType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

    private const string FooterId = "footer";

    public static byte[] Write(Document document)
    {
        using var stream = new MemoryStream();
        using (var package = WordprocessingDocument.Create(stream, WordprocessingDocumentType.Document))
        {
            var main = package.AddMainDocumentPart();
            main.AddNewPart<StyleDefinitionsPart>().Styles = WordStyles.Styles(document.Language);
            main.AddNewPart<NumberingDefinitionsPart>().Numbering = WordStyles.Bullets();
            main.AddNewPart<FooterPart>(FooterId).Footer = new Footer(PageNumbers());
            main.Document = new DocumentFormat.OpenXml.Wordprocessing.Document(new Body(
            [
                Paragraph(WordStyles.Title, document.Title),
                Paragraph(WordStyles.Subtitle, document.Subject),
                .. document.Blocks.SelectMany(Elements),
                new SectionProperties(
                    new FooterReference { Type = HeaderFooterValues.Default, Id = FooterId },
                    new PageSize { Width = 11906, Height = 16838 }, // A4, in twentieths of a point.
                    new PageMargin { Top = 1134, Bottom = 1134, Left = 1134, Right = 1134, Header = 567, Footer = 567, Gutter = 0 }),
            ]));
            var properties = package.PackageProperties;
            (properties.Title, properties.Subject, properties.Language, properties.Creator) = (DocumentText.Clean(document.Title), DocumentText.Clean(document.Subject), document.Language, DocumentText.Clean(document.Author));
            (properties.Created, properties.Modified) = (document.At.UtcDateTime, document.At.UtcDateTime);
        }
        return stream.ToArray();
    }

    private static IEnumerable<OpenXmlElement> Elements(Block block) => block switch
    {
        Block.Heading heading => [Paragraph(WordStyles.Heading(heading.Level), heading.Text)],
        Block.Paragraph paragraph => [Paragraph(null, paragraph.Text, paragraph.Label)],
        Block.Bullet bullet => [Paragraph(WordStyles.Bullet, bullet.Text, bullet.Label)],
        Block.Table table => [Table(table), new Paragraph()],
        _ => throw new InvalidOperationException("A part of a document has no form in Word."),
    };

    private static Paragraph Paragraph(string? style, string typed, string? label = null)
    {
        var properties = new ParagraphProperties();
        if (style is not null)
        {
            properties.ParagraphStyleId = new ParagraphStyleId { Val = style };
        }
        var isRightToLeft = DocumentText.IsRightToLeft(typed);
        if (isRightToLeft)
        {
            properties.BiDi = new BiDi();
        }
        var paragraph = new Paragraph(properties);
        if (label is not null)
        {
            paragraph.Append(new Run(new RunProperties(new Bold()), Text($"{label}: ")));
        }
        paragraph.Append(Typed(typed, isRightToLeft));
        return paragraph;
    }

    private static Run Typed(string typed, bool isRightToLeft)
    {
        var run = new Run();
        if (isRightToLeft)
        {
            run.Append(new RunProperties(new RightToLeftText()));
        }
        var lines = DocumentText.Lines(typed);
        for (var index = 0; index < lines.Count; index++)
        {
            if (index > 0)
            {
                run.Append(new Break());
            }
            run.Append(Text(lines[index].Replace('\t', ' ')));
        }
        return run;
    }

    private static Text Text(string words) => new(words) { Space = SpaceProcessingModeValues.Preserve };

    private static Table Table(Block.Table table) => new(
    [
        new TableProperties(new TableStyle { Val = WordStyles.Table }, new TableWidth { Width = "5000", Type = TableWidthUnitValues.Pct }, new TableLook { FirstRow = true, NoHorizontalBand = true, NoVerticalBand = true }),
        new TableGrid(table.Columns.Select(_ => new GridColumn { Width = $"{9638 / table.Columns.Count}" })),
        // Repeated on each page.
        new TableRow([new TableRowProperties(new CantSplit(), new TableHeader()), .. table.Columns.Select(column => new TableCell(Paragraph(WordStyles.TableHead, column)))]),
        .. table.Rows.Select(row => new TableRow([new TableRowProperties(new CantSplit()), .. row.Select(cell => new TableCell(Paragraph(null, cell)))])),
    ]);

    private static Paragraph PageNumbers() => new(
    [
        new ParagraphProperties(new ParagraphStyleId { Val = WordStyles.Footer }),
        new Run(Text("Page ")),
        new SimpleField(new Run(new Text("1"))) { Instruction = "PAGE" },
        new Run(Text(" of ")),
        new SimpleField(new Run(new Text("1"))) { Instruction = "NUMPAGES" },
    ]);
}

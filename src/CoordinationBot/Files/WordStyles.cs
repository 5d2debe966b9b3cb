using DocumentFormat.OpenXml.Wordprocessing;

namespace CoordinationBot.Files;

/// <summary>The styles of a Word file.</summary>
internal static class WordStyles
{
    public const string Title = "Title";
    public const string Subtitle = "Subtitle";
    public const string Bullet = "ListBullet";
    public const string Table = "TableGrid";
    public const string TableHead = "TableHead";
    public const string Footer = "Footer";

    private const string Ink = "1F3864";
    private const int BulletList = 1;

    public static string Heading(int level) => $"Heading{level}";

    public static Styles Styles(string language) => new(
        new DocDefaults(
            new RunPropertiesDefault(new RunPropertiesBaseStyle(
                new RunFonts { Ascii = "Calibri", HighAnsi = "Calibri", ComplexScript = "Calibri" },
                new FontSize { Val = "22" },
                new FontSizeComplexScript { Val = "22" },
                new Languages { Val = language, EastAsia = "zh-CN", Bidi = "ar-SA" })),
            new ParagraphPropertiesDefault(new ParagraphPropertiesBaseStyle(new SpacingBetweenLines { After = "120", Line = "264", LineRule = LineSpacingRuleValues.Auto }))),
        new Style(new StyleName { Val = "Normal" }, new PrimaryStyle()) { Type = StyleValues.Paragraph, StyleId = "Normal", Default = true },
        Paragraph(Title, "Title", 44, new SpacingBetweenLines { After = "60" }),
        Paragraph(Subtitle, "Subtitle", 24, new SpacingBetweenLines { After = "240" }),
        Paragraph(Heading(1), "heading 1", 28, new SpacingBetweenLines { Before = "320", After = "80" }, 0),
        Paragraph(Heading(2), "heading 2", 24, new SpacingBetweenLines { Before = "240", After = "60" }, 1),
        new Style(new StyleName { Val = "List Bullet" }, new BasedOn { Val = "Normal" }, new PrimaryStyle(), new StyleParagraphProperties(new NumberingProperties(new NumberingId { Val = BulletList }), new SpacingBetweenLines { After = "60" }, new ContextualSpacing())) { Type = StyleValues.Paragraph, StyleId = Bullet },
        new Style(new StyleName { Val = "Table Head" }, new BasedOn { Val = "Normal" }, new StyleParagraphProperties(new KeepNext(), new SpacingBetweenLines { After = "0" }), new StyleRunProperties(new Bold(), new BoldComplexScript(), new Color { Val = Ink })) { Type = StyleValues.Paragraph, StyleId = TableHead, CustomStyle = true },
        new Style(new StyleName { Val = "footer" }, new BasedOn { Val = "Normal" }, new StyleParagraphProperties(new Justification { Val = JustificationValues.Center }), new StyleRunProperties(new Color { Val = "595959" }, new FontSize { Val = "18" })) { Type = StyleValues.Paragraph, StyleId = Footer },
        new Style(new StyleName { Val = "Table Grid" }, new StyleParagraphProperties(new SpacingBetweenLines { After = "0" }), new StyleTableProperties(
            new TableBorders(
                Line<TopBorder>(), Line<LeftBorder>(), Line<BottomBorder>(), Line<RightBorder>(), Line<InsideHorizontalBorder>(), Line<InsideVerticalBorder>()),
            new TableCellMarginDefault(new TopMargin { Width = "60", Type = TableWidthUnitValues.Dxa }, new TableCellLeftMargin { Width = 100, Type = TableWidthValues.Dxa }, new BottomMargin { Width = "60", Type = TableWidthUnitValues.Dxa }, new TableCellRightMargin { Width = 100, Type = TableWidthValues.Dxa })))
        { Type = StyleValues.Table, StyleId = Table });

    public static Numbering Bullets() => new(
        new AbstractNum(new MultiLevelType { Val = MultiLevelValues.SingleLevel }, new Level(
            new StartNumberingValue { Val = 1 },
            new NumberingFormat { Val = NumberFormatValues.Bullet },
            new LevelText { Val = "•" },
            new LevelJustification { Val = LevelJustificationValues.Left },
            new PreviousParagraphProperties(new Indentation { Left = "360", Hanging = "260" }))
        { LevelIndex = 0 })
        { AbstractNumberId = 1 },
        new NumberingInstance(new AbstractNumId { Val = 1 }) { NumberID = BulletList });

    /// <param name="id">As paragraphs name it.</param>
    /// <param name="name">As Word knows it.</param>
    /// <param name="size">In half points.</param>
    /// <param name="spacing">Around it.</param>
    /// <param name="outline">Its level in a table of contents; null: it is in none.</param>
    private static Style Paragraph(string id, string name, int size, SpacingBetweenLines spacing, int? outline = null)
    {
        var properties = new StyleParagraphProperties(new KeepNext(), spacing);
        if (outline is { } level)
        {
            properties.Append(new OutlineLevel { Val = level });
        }
        return new Style(new StyleName { Val = name }, new BasedOn { Val = "Normal" }, new NextParagraphStyle { Val = "Normal" }, new PrimaryStyle(), properties,
            new StyleRunProperties(new Bold(), new BoldComplexScript(), new Color { Val = Ink }, new FontSize { Val = $"{size}" }, new FontSizeComplexScript { Val = $"{size}" }))
        { Type = StyleValues.Paragraph, StyleId = id };
    }

    private static T Line<T>() where T : BorderType, new() => new() { Val = BorderValues.Single, Size = 4, Color = "A6A6A6" };
}

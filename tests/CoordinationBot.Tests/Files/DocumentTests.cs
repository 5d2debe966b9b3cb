using System.Text;
using CoordinationBot.Delegations;
using CoordinationBot.Files;
using CoordinationBot.Meetings;
using CoordinationBot.Tests.Meetings;
using CsCheck;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using Markdig;
using Markdig.Extensions.Tables;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using Block = CoordinationBot.Files.Block;
using Document = CoordinationBot.Files.Document;

namespace CoordinationBot.Tests.Files;

public sealed class DocumentTests
{
    private const string Hostile = "**bold** [link](https://x) <b>html</b> &amp; `code` | cell | ~~gone~~ www.x.com a@b.example :smile: {.c} $x$ \\* שלום 👩‍👩‍👧";

    /// <summary>Everything that means something to somebody's Markdown.</summary>
    private static readonly Gen<string> Typed = Gen.OneOf(
        Gen.Char["\\`*_[]<>&|~^=${}@#+-.!():\"' \t\n0123456789abcwhtps/שא漢"].Array[0, 40].Select(letters => new string(letters)),
        Gen.OneOf<string>("1. one\n2. two", "- a\n- b", "# not a heading", "===", "---", "> quote", "    code", "```\ncode\n```", "<script>alert(1)</script>", "http://x.example/a_b_c", "www.x.example", "mailto:a@b.example", "![i](u)", "[a]: http://b", "*[HTML]: x", ":smile:", "a  \nb", "\t- x", "1) x", "+ x", "| a | b |\n|---|---|", "++ins++ ^^s^^ ==m== ~s~", "&copy; &#65;", "\\", "a\\\nb", "$$x$$", "[^1]: note", "{#id .class}", "<!-- c -->", "<?php ?>", "- [ ] task", "10:30", "Term\n: definition", "^^^\nfigure\n^^^", "\"quoted\" 'words'", "...", "--", "a--b", "<<x>>", "\"\"cited\"\"", "1:100:2", Hostile),
        Gen.String);

    // Everything that Markdig knows, so that what is safe here is safe in less.
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().UseAdvancedExtensions().UseEmojiAndSmiley(enableSmileys: false).Build();

    [Fact]
    public void What_was_typed_stays_what_was_typed_in_markdown() => Typed.Array[1, 6].Sample(
        texts =>
        {
            var document = new Document(texts[0], texts[^1], "en-US", "Ann", MinutesWorld.After,
            [
                .. texts.SelectMany(text => new Block[] { new Block.Heading(1, $"x{text}"), new Block.Paragraph($"x{text}"), new Block.Paragraph(text), new Block.Bullet(text, "Decision"), new Block.Bullet($"x{text}") }),
                new Block.Table(["What", "Who"], [.. texts.Select(text => (IReadOnlyList<string>)[$"x{text}", "Ann"])]),
            ]);
            var markdown = Encoding.UTF8.GetString(MarkdownFile.Write(document));
            var parsed = Markdown.Parse(markdown, Pipeline);

            Assert.Equal(texts.Select(text => Flat($"x{text}")), parsed.Descendants<HeadingBlock>().Where(heading => heading.Level == 2).Select(Shown));
            Assert.Equal(texts.Select(text => Flat($"x{text}")), parsed.Descendants<TableRow>().Where(row => !row.IsHeader).Select(row => Shown(row[0].Descendants<ParagraphBlock>().Single())));
            Assert.Equal(texts.SelectMany(text => new[] { Flat($"Decision: {text}"), Flat($"x{text}") }), parsed.Descendants<ListItemBlock>().Select(item => Shown(item.Descendants<ParagraphBlock>().Single())));
            Assert.DoesNotContain(parsed.Descendants(), node => node is HtmlBlock or CodeBlock or QuoteBlock or LinkInline or AutolinkInline or HtmlInline or CodeInline or Markdig.Extensions.Emoji.EmojiInline or Markdig.Extensions.Mathematics.MathInline);
            Assert.All(parsed.Descendants<EmphasisInline>(), strong => Assert.Equal("Decision:", Shown(strong)));
        },
        iter: 4_000);

    [Fact]
    public void What_was_typed_is_a_valid_word_file() => Typed.Array[1, 4].Sample(
        texts =>
        {
            using var stream = new MemoryStream(WordFile.Write(new Document(texts[0], texts[^1], "en-US", texts[0], MinutesWorld.After,
            [
                .. texts.SelectMany(text => new Block[] { new Block.Heading(1, text), new Block.Paragraph(text, "When"), new Block.Bullet(text) }),
                new Block.Table(["What"], [.. texts.Select(text => (IReadOnlyList<string>)[text])]),
            ])));
            using var word = WordprocessingDocument.Open(stream, isEditable: false);
            Assert.Empty(new OpenXmlValidator(DocumentFormat.OpenXml.FileFormatVersions.Microsoft365).Validate(word).Select(fault => $"{fault.Path?.XPath}: {fault.Description}"));
            // Word refuses a file with a character that XML does not have; our own reader would let it pass.
            using var xml = word.MainDocumentPart!.GetStream();
            Assert.NotNull(System.Xml.Linq.XDocument.Load(xml).Root);
            Assert.StartsWith(Letters(texts[0]) + Letters(texts[^1]), Letters(word.MainDocumentPart!.Document!.Body!.InnerText), StringComparison.Ordinal);
        },
        iter: 150);

    [Fact]
    public void A_word_file_knows_its_title_language_headings_and_pages()
    {
        using var stream = new MemoryStream(WordFile.Write(Sample()));
        using var word = WordprocessingDocument.Open(stream, isEditable: false);
        Assert.Equal(("Minutes: Budget", "en-US", "Ann Abel"), (word.PackageProperties.Title, word.PackageProperties.Language, word.PackageProperties.Creator));
        var main = word.MainDocumentPart!;
        var used = main.Document!.Body!.Descendants<DocumentFormat.OpenXml.Wordprocessing.ParagraphStyleId>().Select(style => style.Val!.Value!).Distinct().ToList();
        Assert.Empty(used.Except(main.StyleDefinitionsPart!.Styles!.Elements<DocumentFormat.OpenXml.Wordprocessing.Style>().Select(style => style.StyleId!.Value!)));
        Assert.Contains("Heading1", used);
        Assert.Equal(["PAGE", "NUMPAGES"], main.FooterParts.Single().Footer!.Descendants<DocumentFormat.OpenXml.Wordprocessing.SimpleField>().Select(field => field.Instruction!.Value));
        Assert.Single(main.Document.Body.Descendants<DocumentFormat.OpenXml.Wordprocessing.TableHeader>());
    }

    /// <summary>Another program than ours opens it, and draws what was decided.</summary>
    [Fact]
    public async Task Libre_office_opens_the_word_file_and_prints_what_was_decided()
    {
        var folder = Directory.CreateTempSubdirectory("minutes").FullName;
        try
        {
            await File.WriteAllBytesAsync(Path.Combine(folder, "minutes.docx"), WordFile.Write(Sample()), TestContext.Current.CancellationToken);
            // A profile of its own: two at once would wait for each other.
            await Command.DoAsync(folder, "soffice", $"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pdf", "--outdir", folder, Path.Combine(folder, "minutes.docx"));
            var text = await Command.DoAsync(folder, "pdftotext", "-layout", Path.Combine(folder, "minutes.pdf"), "-");
            Assert.Contains("Decision: We take the second offer", text, StringComparison.Ordinal);
            Assert.Contains("Open question: Who pays?", text, StringComparison.Ordinal);
            Assert.Contains("Decision: **bold** [link](https://x) <b>html</b> &amp; `code`", text, StringComparison.Ordinal);
            Assert.Contains("D-7K3F9Q", text, StringComparison.Ordinal);
            Assert.Contains("שלום", text, StringComparison.Ordinal);
            Assert.Contains("Page 1 of", text, StringComparison.Ordinal);
            if (Environment.GetEnvironmentVariable("KEEP_PDF") is { } kept)
            {
                File.Copy(Path.Combine(folder, "minutes.pdf"), kept, overwrite: true);
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void A_time_of_day_and_an_ordinary_sentence_stay_readable() =>
        Assert.Equal("We meet at 10:30, in room 2.04 (first floor) - bring 1,000 copies!", MarkdownFile.Inline("We meet at 10:30, in room 2.04 (first floor) - bring 1,000 copies!"));

    private static Document Sample()
    {
        var minutes = MinutesWorld.Minutes(new AgendaItem("I1", "Budget review", MinutesWorld.Ann, 15), new AgendaItem("I2", "תקציב", MinutesWorld.Bob, 15))
            .With(EntryKind.Decision, "We take the second offer", "I1")
            .With(EntryKind.Question, "Who pays?", "I1")
            .With(EntryKind.Decision, Hostile, "I1")
            .With(EntryKind.Note, "שלום עולם", "I2");
        var given = MinutesWorld.Changed(MinutesRules.Add(minutes, MinutesWorld.Ann, new NewEntry(EntryKind.Action, "Send the figures", "I1", MinutesWorld.Bob, new Due(MinutesWorld.After.AddDays(3), MinutesWorld.Zone)), null)).State;
        return MinutesDocument.Of(MinutesWorld.Changed(MinutesRules.Link(given, "E5", "D-7K3F9Q", false)).State with { Place = "Room 2.04" }, ["Changed a decision from “first” to “second”"], MinutesWorld.Zone, MinutesWorld.After);
    }

    /// <summary>Words as they are shown, whatever stands between them.</summary>
    private static string Flat(string text) => string.Join(' ', DocumentText.Clean(text).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static string Letters(string text) => Flat(text).Replace(" ", "", StringComparison.Ordinal);

    private static string Shown(LeafBlock block) => Flat(Shown(block.Inline!));

    private static string Shown(Inline inline) => inline switch
    {
        LiteralInline literal => literal.Content.ToString(),
        HtmlEntityInline entity => entity.Transcoded.ToString(),
        LineBreakInline => " ",
        ContainerInline container => string.Concat(container.Select(Shown)),
        // Anything else is markup, and is found to be so.
        _ => $"[{inline.GetType().Name}]",
    };
}

using System.Text;
using CoordinationBot.Protocol.Cards;
using CsCheck;

namespace CoordinationBot.Protocol.Tests.Cards;

public sealed class CardTextTests
{
    private const char Joiner = '\u2060';
    private static readonly char[] Directions = ['\u2066', '\u2067', '\u2068', '\u2069', '\u202A', '\u202B', '\u202C', '\u202D', '\u202E'];

    [Theory]
    [InlineData("")]
    [InlineData("""He said "no" and 'maybe' \ and {"json":[]}""")]
    [InlineData("**bold** _it_ [link](https://evil.example) # head | - list `code`")]
    [InlineData("<b>html</b> &amp; <at>Bot</at> https://evil.example")]
    [InlineData("👩‍👩‍👧 🏳️‍🌈 é ß 漢字")]
    [InlineData("two\nlines\tand a tab")]
    [InlineData("{ one { two } } and {}")]
    public void Ordinary_text_stays_as_it_was_typed(string typed) => Assert.Equal(typed, CardText.Literal(typed));

    [Theory]
    [InlineData("{{DATE(2026-11-23T09:00:00Z, SHORT)}}", "{\u2060{DATE(2026-11-23T09:00:00Z, SHORT)}}")]
    [InlineData("{{{", "{\u2060{\u2060{")]
    [InlineData("{\u0000{TIME(x)}}", "{\u2060{TIME(x)}}")]
    [InlineData("{\u2069{TIME(x)}}", "{\u2060{TIME(x)}}")]
    public void Card_functions_are_shown_and_not_computed(string typed, string expected) => Assert.Equal(expected, CardText.Literal(typed));

    [Theory]
    [InlineData("שלום", "\u2068שלום\u2069")]
    [InlineData("a\u202Egpj.exe", "agpj.exe")]
    [InlineData("\u202Aa\u202C\u202Db", "ab")]
    [InlineData("\u2067a\u2069\u2069b", "ab")]
    [InlineData("\u200Fa", "\u2068\u200Fa\u2069")]
    [InlineData("bell\u0007 nul\u0000 esc\u001B[31m", "bell nul esc[31m")]
    public void Text_cannot_turn_what_stands_around_it(string typed, string expected) => Assert.Equal(expected, CardText.Literal(typed));

    [Fact]
    public void Any_text_is_harmless_and_loses_nothing_visible()
    {
        var special = Gen.Char["{}{\u2066\u2068\u2069\u202E\u200F\n\0\u05D0\uD83D\uDC4B\u2060"];
        Gen.OneOf(special, Gen.Char).Array[0, 40].Select(characters => new string(characters)).Sample(
            typed =>
            {
                var literal = CardText.Literal(typed);
                Assert.DoesNotContain("{{", literal, StringComparison.Ordinal);
                var depth = 0;
                foreach (var character in literal)
                {
                    depth += character switch { '\u2066' or '\u2067' or '\u2068' => 1, '\u2069' => -1, _ => 0 };
                    Assert.InRange(depth, 0, 1);
                }
                Assert.Equal(0, depth);
                Assert.Equal(Visible(typed), Visible(literal));
            },
            iter: 20_000);
    }

    // What must be kept: everything but set directions, control characters and the joiner that Literal itself puts in.
    private static string Visible(string text)
    {
        var kept = new StringBuilder();
        foreach (var character in text)
        {
            if (!Directions.Contains(character) && character != Joiner && (!char.IsControl(character) || character is '\n' or '\t'))
            {
                kept.Append(character);
            }
        }
        return kept.ToString();
    }
}

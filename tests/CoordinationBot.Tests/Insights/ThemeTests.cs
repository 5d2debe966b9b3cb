using CoordinationBot.Insights;
using CsCheck;

namespace CoordinationBot.Tests.Insights;

public sealed class ThemeTests
{
    private static readonly DateOnly Monday = new(2026, 11, 23);
    private static readonly IReadOnlyList<DateOnly> Weeks = InsightSpan.Starts(InsightSpanKind.Quarter, Monday.AddDays(40));
    private static readonly string[] Texts = ["long meeting", "Meetings!", "meeting room", "a good room", "the rooms"];

    [Fact]
    public void English_words_are_one_in_all_their_forms_and_shown_as_most_write_them()
    {
        var themes = ThemeRules.Of(
            [Said("The meetings are too long"), Said("Too many meetings, and no agenda"), Said("Every meeting runs over"), Said("The canteen is good")],
            Weeks,
            ThemeWords.Of);

        var theme = Assert.Single(themes);
        Assert.Equal(("meetings", 3), (theme.Word, theme.Comments));
    }

    [Fact]
    public void Chinese_text_is_cut_into_its_words_and_what_says_nothing_is_left_out()
    {
        var themes = ThemeRules.Of(
            [Said("三楼的打印机总是没有纸"), Said("打印机又坏了，我们的会议资料印不出来"), Said("希望换一台新的打印机"), Said("我们的会议太长了"), Said("会议没有议程")],
            Weeks,
            ThemeWords.Of);

        Assert.Equal([("会议", 3), ("打印机", 3)], themes.Select(theme => (theme.Word, theme.Comments)));
    }

    [Fact]
    public void A_text_in_both_languages_counts_in_both()
    {
        var themes = ThemeRules.Of([Said("打印机 is broken again"), Said("The printer：打印机坏了"), Said("打印机！！ printers 😀")], Weeks, ThemeWords.Of);

        Assert.Equal(["打印机"], themes.Select(theme => theme.Word));
        Assert.Contains(ThemeWords.Of("The printer：打印机坏了"), word => word.Form == "printer");
    }

    [Theory]
    [InlineData("")]
    [InlineData("  \r\n ")]
    [InlineData("😀😀🎉")]
    [InlineData("2026 !!! 3.14")]
    [InlineData("the and of 的 了 是")]
    public void What_says_nothing_has_no_words(string text) => Assert.Empty(ThemeWords.Of(text));

    [Fact]
    public void A_text_as_long_as_one_may_be_is_read() => Assert.Equal(["printer"], ThemeWords.Of(string.Concat(Enumerable.Repeat("printer ", 12_500))).Select(word => word.Form));

    [Fact]
    public void Fewer_than_three_comments_are_no_theme_however_often_one_says_it() =>
        Assert.Empty(ThemeRules.Of([Said("printer printer printer printer"), Said("the printer")], Weeks, ThemeWords.Of));

    [Fact]
    public void Only_comments_whose_authors_allow_it_are_quoted_and_the_weeks_are_counted() =>
        Gen.Select(Gen.Int[0, 30], Gen.Bool, Gen.Char["abcd"].Array[1, 4]).List[0, 30].Sample(said =>
        {
            var comments = said.Select((one, index) => new Comment($"{string.Join(' ', one.Item3.Distinct())} {index}", Monday.AddDays(one.Item1), one.Item2)).ToList();
            var themes = ThemeRules.Of(comments, Weeks, Words);

            // What is expected is counted anew for each word, the plain way.
            foreach (var word in "abcd".Select(letter => letter.ToString()))
            {
                var with = comments.Where(comment => Words(comment.Text).Any(one => one.Stem == word)).ToList();
                var theme = themes.SingleOrDefault(theme => theme.Word == word);
                Assert.Equal(with.Count >= 3, theme is not null);
                if (theme is not null)
                {
                    Assert.Equal(with.Count, theme.Comments);
                    Assert.Equal(Weeks.Select(week => with.Count(comment => comment.Day >= week && comment.Day < week.AddDays(7))), theme.Parts);
                    Assert.All(theme.Quotes, quote => Assert.Contains(with, comment => comment.MayBeQuoted && comment.Text == quote));
                    Assert.Equal(Math.Min(2, with.Count(comment => comment.MayBeQuoted)), theme.Quotes.Count);
                }
            }
        });

    [Fact]
    public void The_order_of_the_comments_does_not_matter() =>
        Gen.Select(Gen.Int[0, Texts.Length - 1].Select(index => Texts[index]), Gen.Int[0, 20], Gen.Bool).Array[0, 12].SelectMany(said => Gen.Shuffle(said).Select(other => (said, other))).Sample(pair =>
        {
            IReadOnlyList<Theme> Of((string, int, bool)[] said) => ThemeRules.Of(said.Select(one => new Comment(one.Item1, Monday.AddDays(one.Item2), one.Item3)), Weeks, ThemeWords.Of);
            Assert.Equivalent(Of(pair.said), Of(pair.other), strict: true);
        });

    private static IReadOnlyList<ThemeWord> Words(string text) => [.. text.Split(' ').Where(word => char.IsLetter(word[0])).Select(word => new ThemeWord(word, word))];

    private static Comment Said(string text) => new(text, Monday, false);
}

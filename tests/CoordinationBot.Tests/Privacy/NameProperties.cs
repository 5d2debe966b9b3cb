using CoordinationBot.Privacy;
using CsCheck;

namespace CoordinationBot.Tests.Privacy;

/// <summary>Whatever somebody is called, and wherever that stands.</summary>
public sealed class NameProperties
{
    private static readonly Gen<string> Names = Gen.OneOf<string>("Bob Berg", "Bo", "Cher", "bob", "Will", "May", "M\u00FCller", "\u041C\u0430\u0440\u0438\u044F", "O'Brien", "Jean-Luc", "\u738B\u5C0F\u660E", "\u738B\u660E", "\u738B \u5C0F\u660E", "\uAE40\uBBFC\uC218", "\u0E2A\u0E21\u0E0A\u0E32\u0E22", "\u3055\u304F\u3089", "J. R.", "\uD842\uDFB7\u91CE");

    /// <summary>As the bot writes a name: alone between other words, signs or ends.</summary>
    private static readonly Gen<(string Before, string After)> Places = Gen.OneOf<(string, string)>(
        ("", ""), ("Offered to ", ""), ("Offered to ", "."), ("", " accepted."), ("Ann Abel, ", ", Eve Ek"), ("Needs approval by ", " (deputy)"), ("\u201C", "\u201D is due"), ("From ", "'s side"), ("**", "** asked"), ("due 26 Nov, for ", ": yes"));

    [Fact]
    public void A_name_is_gone_wherever_the_bot_wrote_it() => Gen.Select(Names, Places).Sample((name, place) =>
        Assert.Equal($"{place.Before}{ErasureRules.FormerColleague}{place.After}", NameInText.Without(name, $"{place.Before}{name}{place.After}")));

    [Theory]
    [InlineData("Bo", "Bob will Borrow a Bo-peep; bo and BO and Hobo")]
    [InlineData("Will", "I will, at goodWill")]
    [InlineData("May", "due Tue 5 May 2026, May 6")]
    [InlineData("Berlin", "Europe/Berlin")]
    [InlineData("Open", "Open")]
    [InlineData("D", "Plan D is D-7K3F9Q")]
    [InlineData("\u660E", "\u660E\u5929")]
    [InlineData("colleague", "a colleague")]
    [InlineData("Bob Berg", "Bob Bergmann")]
    [InlineData("", "nobody")]
    [InlineData(" ", "no body")]
    public void Other_words_stay(string name, string text) => Assert.Equal(text, NameInText.Without(name, text));

    [Theory]
    [InlineData("\u738B\u5C0F\u660E", "\u8ACB\u738B\u5C0F\u660E\u4F86", "\u8ACBa former colleague\u4F86")]
    [InlineData("\u660E", "Offered to \u660E.", "Offered to a former colleague.")]
    [InlineData("Bob", "\u8ACBBob\u4F86", "\u8ACBa former colleague\u4F86")]
    [InlineData("May", "Offered to May on Tue 5 May", "Offered to a former colleague on Tue 5 May")]
    [InlineData("Bob Berg", "BOB BERG did it", "a former colleague did it")]
    public void And_the_name_among_them_goes(string name, string text, string without) => Assert.Equal(without, NameInText.Without(name, text));

    [Fact]
    public void It_comes_to_an_end_whatever_the_name_is() => Gen.Select(Gen.OneOf(Gen.String, Gen.OneOf<string>("a", "former", "a former", "colleague a", "a former colleague", "colleague")), Gen.OneOf(Gen.String, Gen.OneOf<string>("a", "colleague", "former")).Array[0, 8].Select(words => string.Join(' ', words))).Sample(
        (name, text) =>
        {
            for (var round = 0; NameInText.Without(name, text) is var after && after != text; text = after)
            {
                Assert.InRange(++round, 1, 10);
            }
        },
        iter: 20_000);
}

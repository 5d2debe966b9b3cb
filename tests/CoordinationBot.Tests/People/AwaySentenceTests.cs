using CoordinationBot.People;

namespace CoordinationBot.Tests.People;

public sealed class AwaySentenceTests
{
    [Theory]
    [InlineData("until 5 Dec, deputy Adele", null, "5 Dec", "Adele")]
    [InlineData("until 5 Dec deputy Adele Vance", null, "5 Dec", "Adele Vance")]
    [InlineData("till friday; my deputy is Adele.", null, "friday", "Adele")]
    [InlineData("to fri with deputy Adele", null, "fri", "Adele")]
    [InlineData("1 Dec to 5 Dec", "1 Dec", "5 Dec", null)]
    [InlineData("from 1 Dec until 5 Dec, deputy: Adele", "1 Dec", "5 Dec", "Adele")]
    [InlineData("1-5 Dec", "1 Dec", "5 Dec", null)]
    [InlineData("from 1. to 5. December 2026", "1 December 2026", "5 December 2026", null)]
    [InlineData("1 – 5 dec", "1 dec", "5 dec", null)]
    [InlineData("2026-12-01 - 2026-12-05", "2026-12-01", "2026-12-05", null)]
    [InlineData("tomorrow", "tomorrow", "tomorrow", null)]
    [InlineData("from monday", "monday", null, null)]
    [InlineData("deputy Adele", null, null, "Adele")]
    [InlineData("until fri, deputy", null, "fri", null)]
    [InlineData("", null, null, null)]
    public void What_was_typed_is_cut_into_days_and_deputy(string typed, string? from, string? until, string? deputy) =>
        Assert.Equal(new AwaySentence(from, until, deputy), AwaySentence.Parse(typed));
}

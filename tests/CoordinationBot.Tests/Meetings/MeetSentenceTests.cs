using System.Globalization;
using CoordinationBot.Dialogs;
using CoordinationBot.Meetings;
using CsCheck;
using NodaTime;

namespace CoordinationBot.Tests.Meetings;

/// <summary>It is Monday 23 November 2026, 10:00 in Berlin.</summary>
public sealed class MeetSentenceTests
{
    private static readonly Instant Now = Instant.FromUtc(2026, 11, 23, 9, 0);
    private static readonly DateTimeZone Berlin = DateTimeZoneProviders.Tzdb["Europe/Berlin"];

    [Theory]
    [InlineData("Adele and Alex 45 min next week about the budget, optional Lee, outside: kim@contoso.example", "the budget", "Adele, Alex", "Lee", "kim@contoso.example", 45, "11-30 09:00", "12-04 17:00")]
    [InlineData("with Adele for 1 hour tomorrow about \"the new office\"", "the new office", "Adele", null, null, 60, "11-24 09:00", "11-24 17:00")]
    [InlineData("about the budget with Adele and Alex 30 minutes on fri", "the budget", "Adele, Alex", null, null, 30, "11-27 09:00", "11-27 17:00")]
    [InlineData("next week 45 min Adele, Alex & Lee about hiring", "hiring", "Adele, Alex, Lee", null, null, 45, "11-30 09:00", "12-04 17:00")]
    [InlineData("Adele about the budget next week for 45 min", "the budget", "Adele", null, null, 45, "11-30 09:00", "12-04 17:00")]
    [InlineData("Adele 1h between mon and wed", null, "Adele", null, null, 60, "11-30 09:00", "12-02 17:00")]
    [InlineData("Adele between fri and tue about x", "x", "Adele", null, null, null, "11-27 09:00", "12-01 17:00")]
    [InlineData("Adele 1.5 hours this week about plans", "plans", "Adele", null, null, 90, null, "11-27 17:00")]
    [InlineData("Adele half an hour in the next 2 weeks", null, "Adele", null, null, 30, null, "12-07 17:00")]
    [InlineData("Adele 1 hour 30 minutes within 3 days", null, "Adele", null, null, 90, null, "11-26 17:00")]
    [InlineData("Adele 90m by fri", null, "Adele", null, null, 90, null, "11-27 17:00")]
    [InlineData("Adele from 1 Dec to 4 Dec for an hour", null, "Adele", null, null, 60, "12-01 09:00", "12-04 17:00")]
    [InlineData("Adele tomorrow 3pm for 30 min", null, "Adele", null, null, 30, "11-24 15:00", null)]
    [InlineData("Adele on 3 Dec", null, "Adele", null, null, null, "12-03 09:00", "12-03 17:00")]
    [InlineData("Adele next month", null, "Adele", null, null, null, "12-01 09:00", "12-31 17:00")]
    [InlineData("Adele before thu", null, "Adele", null, null, null, null, "11-25 17:00")]
    [InlineData("kim@contoso.example and Adele 30 min tomorrow", null, "Adele", null, "kim@contoso.example", 30, "11-24 09:00", "11-24 17:00")]
    [InlineData("outside kim@contoso.example, lee@fabrikam.example 30 min tomorrow about x", "x", null, null, "kim@contoso.example, lee@fabrikam.example", 30, "11-24 09:00", "11-24 17:00")]
    [InlineData("optional Lee and Max, Adele 30 min", null, null, "Lee and Max, Adele", null, 30, null, null)]
    [InlineData("about next steps with Adele", "next steps", "Adele", null, null, null, null, null)]
    [InlineData("\"Budget 45 min next week\" Adele", "Budget 45 min next week", "Adele", null, null, null, null, null)]
    [InlineData("for the budget", "the budget", null, null, null, null, null, null)]
    [InlineData("", null, null, null, null, null, null, null)]
    public void It_takes_what_it_understands(string typed, string? subject, string? people, string? optional, string? outside, int? minutes, string? from, string? until)
    {
        var read = Parse(typed);
        Assert.Equal((subject, people, optional, outside, minutes), (read.Subject, read.People, read.Optional, read.Outside, read.Minutes));
        Assert.Equal((from, until), (Words(read.From), Words(read.Until)));
        Assert.Null(read.WindowProblem);
        Assert.Empty(read.Rest);
    }

    [Fact]
    public void A_place_is_named_with_a_colon() =>
        Assert.Equal(("Room 5", "Adele", "x"), Parse("Adele about x, place: Room 5") is var read ? (read.Place, read.People, read.Subject) : default);

    [Theory]
    [InlineData("Adele on 31.2.2027"), InlineData("Adele by 2020-01-01"), InlineData("Adele from mon")]
    public void A_day_that_cannot_be_is_said(string typed)
    {
        var read = Parse(typed);
        Assert.NotNull(read.WindowProblem);
        Assert.Equal("Adele", read.People);
    }

    [Fact]
    public void What_belongs_to_nothing_is_kept() =>
        Assert.Equal(["somewhere nice"], Parse("Adele 45 min somewhere nice").Rest);

    [Fact]
    public void Whatever_is_typed_it_ends_and_loses_no_word_that_it_did_not_read() => Gen.OneOf(
        "Adele", "and", "with", "about", "the", "budget", "45", "min", "for", "1", "hour", "next", "week", "this", "on", "fri", "between", "mon", "wed", "from", "to", "by", "in", "the next 2 weeks", "optional", "outside:", "kim@contoso.example", ",", ";", "\"", "'", "…", "place:", "31.2.", "half", "an", "within", "until", "@", "2026-12-01", "\n", "🎉").List[0, 25].Sample(
        words =>
        {
            var typed = string.Join(' ', words);
            var read = Parse(typed);
            var all = string.Join(' ', new[] { read.Subject, read.People, read.Optional, read.Outside, read.Place, read.WindowProblem }.Concat(read.Rest));
            foreach (var word in (string[])["Adele", "budget", "🎉"])
            {
                Assert.True(!typed.Contains(word, StringComparison.Ordinal) || all.Contains(word, StringComparison.Ordinal), $"'{typed}' lost {word}");
            }
        },
        iter: 5_000);

    private static MeetSentence Parse(string typed) => MeetSentence.Parse(typed, Now, Berlin, new OfficeOptions().Times);

    private static string? Words(ZonedDateTime? at) => at?.ToString("MM-dd HH:mm", CultureInfo.InvariantCulture);
}

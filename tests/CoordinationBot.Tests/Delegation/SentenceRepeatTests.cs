using CoordinationBot.Delegations;

namespace CoordinationBot.Tests.Delegations;

/// <summary>How often, as people type it. What cannot be understood is never guessed.</summary>
public class SentenceRepeatTests
{
    [Theory]
    [InlineData("\"X\" to Alex every Monday 5pm", Repeats.Weekly, "Monday 5pm", null)]
    [InlineData("\"X\" to alex every monday at 5pm", Repeats.Weekly, "monday at 5pm", null)]
    [InlineData("\"X\" every Monday 5pm to Alex", Repeats.Weekly, "Monday 5pm", null)]
    [InlineData("\"X\" to Alex every Monday 5pm until 18 Dec", Repeats.Weekly, "Monday 5pm", "18 Dec")]
    [InlineData("\"X\" to Alex every week by fri 5pm", Repeats.Weekly, "by fri 5pm", null)]
    [InlineData("\"X\" to Alex by fri 5pm, weekly", Repeats.Weekly, "fri 5pm", null)]
    [InlineData("\"X\" to Alex every working day at 9:30", Repeats.WorkingDays, "at 9:30", null)]
    [InlineData("\"X\" to Alex every day", Repeats.WorkingDays, "eod", null)]
    [InlineData("\"X\" to Alex every two weeks on Thursday", Repeats.Fortnightly, "on Thursday", null)]
    [InlineData("\"X\" to Alex every other week", Repeats.Fortnightly, null, null)]
    [InlineData("\"X\" to Alex every month on the 15th", Repeats.Monthly, "on the 15th", null)]
    [InlineData("\"X\" to Alex monthly, by 15 Dec", Repeats.Monthly, "15 Dec", null)]
    [InlineData("\"X\" to Alex on the first working day of the month", Repeats.FirstWorkingDay, "eod", null)]
    [InlineData("\"X\" to Alex every last working day of the month at noon until 2027-06-30", Repeats.LastWorkingDay, "at noon", "2027-06-30")]
    [InlineData("X to Alex every Monday 5pm", Repeats.Weekly, "Monday 5pm", null)]
    [InlineData("X every Monday 5pm to Alex", Repeats.Weekly, "Monday 5pm", null)]
    [InlineData("X every day until 18 Dec to Alex", Repeats.WorkingDays, "eod", "18 Dec")]
    public void How_often_and_when_first_are_found(string typed, object repeats, string? due, string? until)
    {
        var sentence = DelegateSentence.Parse(typed);
        Assert.Equal(("X", "alex", (Repeats?)repeats, due, until), (sentence.Title, sentence.AssigneeName?.ToLowerInvariant(), sentence.Repeats, sentence.DueText, sentence.UntilText));
        Assert.Empty(sentence.Rest);
    }

    [Theory]
    [InlineData("\"X\" to Alex every blue moon", "X", "every blue moon")]
    [InlineData("\"X\" to Alex every third week", "X", "every third week")]
    [InlineData("\"X\" to Alex by fri, every Monday", "X", "every Monday")]
    [InlineData("check every shelf to Alex", "check every shelf", null)]
    [InlineData("the weekly figures to Alex", "the weekly figures", null)]
    [InlineData("\"every Monday\" to Alex", "every Monday", null)]
    [InlineData("every Monday to Alex", "every Monday", null)]
    public void What_is_not_clear_stays_visible(string typed, string title, string? rest)
    {
        var sentence = DelegateSentence.Parse(typed);
        Assert.Equal((title, "Alex", null, rest), (sentence.Title, sentence.AssigneeName, sentence.Repeats, sentence.Rest.SingleOrDefault()));
    }
}

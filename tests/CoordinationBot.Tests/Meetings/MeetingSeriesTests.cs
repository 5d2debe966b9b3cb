using System.Globalization;
using CoordinationBot.Delegations;
using CoordinationBot.Mail;
using CoordinationBot.Meetings;
using CoordinationBot.Tests.Calendars;
using NodaTime;
using static CoordinationBot.Tests.Meetings.MeetingSamples;

namespace CoordinationBot.Tests.Meetings;

/// <summary>How a series is asked for in a sentence, and what stands in its invitation.</summary>
public sealed class MeetingSeriesTests
{
    private static readonly MailWaiting ToKim = new("kim@fabrikam.example", 2, "message@office", "office@contoso.example");

    [Theory]
    [InlineData("Adele and Alex 45 min every Tuesday 10:00 about the budget", "the budget", "Weekly", "11-24 10:00", null, null)]
    [InlineData("Adele 45 min every 2 weeks about the budget", "the budget", "Fortnightly", null, null, null)]
    [InlineData("Adele 45 min monthly on the first Monday about the budget", "the budget", "NthWeekday", "12-07 09:00", null, null)]
    [InlineData("Adele 45 min every last Friday of the month 15:00 about the budget", "the budget", "LastWeekday", "11-27 15:00", null, null)]
    [InlineData("Adele 45 min every Tuesday 10:00 until 1 Mar about the budget", "the budget", "Weekly", "11-24 10:00", "2027-03-01", null)]
    [InlineData("Adele 45 min every Tuesday 10:00, 10 times, about the budget", "the budget", "Weekly", "11-24 10:00", null, 10)]
    [InlineData("Adele about the budget every Tuesday 10:00", "the budget", "Weekly", "11-24 10:00", null, null)]
    [InlineData("Adele about the budget every Tuesday 10:00 for 45 min until 1 Mar", "the budget", "Weekly", "11-24 10:00", "2027-03-01", null)]
    [InlineData("Adele 15 min every working day at 9:30 about the day", "the day", "WorkingDays", "11-24 09:30", null, null)]
    [InlineData("Adele 45 min weekly about the budget next week", "the budget", "Weekly", "11-30 09:00", null, null)]
    [InlineData("Adele about the last Friday tomorrow", "the last Friday", null, "11-24 09:00", null, null)]
    public void How_often_is_read_where_it_is_said(string typed, string subject, string? repeats, string? from, string? ends, int? times)
    {
        var read = MeetSentence.Parse(typed, Instant.FromUtc(2026, 11, 23, 9, 0), DateTimeZoneProviders.Tzdb[Zone], new CoordinationBot.Dialogs.OfficeOptions().Times);
        Assert.Equal(
            (subject, repeats, from, ends, times),
            (read.Subject, read.Repeats?.ToString(), read.From?.ToString("MM-dd HH:mm", CultureInfo.InvariantCulture), read.Ends?.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture), read.Times));
    }

    [Theory]
    [InlineData(Repeats.Weekly), InlineData(Repeats.Fortnightly), InlineData(Repeats.WorkingDays), InlineData(Repeats.NthWeekday), InlineData(Repeats.LastWeekday)]
    public async Task Another_reader_sees_the_same_dates(object repeats)
    {
        // Wednesday the 25th, 14:00: the last one of its month. Until the clocks have changed twice.
        var wanted = new WantedRepeat((Repeats)repeats, new DateOnly(2027, 12, 1), null, "Monday,Tuesday,Wednesday,Thursday,Friday");
        var meeting = MeetingRules.Schedule(Finding() with { Repeats = wanted }, "ann", Start, Now).State;
        var dates = SeriesDates.ByRule(meeting.Series!, meeting.Series!.Start).ToList();
        foreach (var (date, isOff) in new[] { (dates[2], true), (dates[4], false) })
        {
            var one = OccurrenceRules.Begin(meeting, "M-7K3F9R", date, Now).State;
            one = (isOff ? MeetingRules.Cancel(one, "ann", null, Now) : MeetingRules.Move(one, "ann", one.Time!.Start.AddHours(3), Now)).State;
            meeting = MeetingSeriesRules.Note(meeting, one, Now).State;
        }
        var read = Assert.Single(await CalendarReading.ReadAsync([MeetingMails.Compose(meeting, ToKim, Now)!.Calendar!.Text], 1000)).Events;
        Assert.Equal(2, read.Count);
        // The moved one stands beside the rule, under its own name: a reader puts it in the place of the one that it names.
        var shown = read[0].Occurrences.Select(at => at == read[1].Occurrence ? read[1].Start : at).Order();
        Assert.Equal(SeriesDates.Ahead(meeting.Series!, Now, 1000).Select(next => next.Start.ToUnixTimeSeconds()), shown);
        Assert.Equal((read[0].Uid, 1), (read[1].Uid, read[1].Sequence));
        Assert.Equal(dates.Count - 1, read[0].Occurrences.Count);
    }

    [Theory]
    [InlineData(Repeats.LastWeekday, "2026-11-18", "it comes on the last Wednesday of every month, and Wed 18 Nov 2026 is not such a day.")]
    [InlineData(Repeats.WorkingDays, "2026-11-28", "it comes every working day, and Sat 28 Nov 2026 is not such a day.")]
    public void It_does_not_begin_on_a_day_that_is_none_of_its_own(object repeats, string day, string said)
    {
        var start = new DateTimeOffset(DateTime.Parse(day, CultureInfo.InvariantCulture).AddHours(9), TimeSpan.Zero);
        Assert.Contains(said, MeetingRules.Schedule(Finding() with { Repeats = new WantedRepeat((Repeats)repeats, null, null, "Monday,Tuesday,Wednesday,Thursday,Friday") }, "ann", start, start.AddDays(-1)).Refused(), StringComparison.Ordinal);
    }

    [Fact]
    public void It_does_not_begin_after_its_end() =>
        Assert.Contains("it would begin after its last day, Tue 24 Nov 2026", MeetingRules.Schedule(Finding() with { Repeats = new WantedRepeat(Repeats.Weekly, new DateOnly(2026, 11, 24), null, "Monday") }, "ann", Start, Now).Refused(), StringComparison.Ordinal);
}

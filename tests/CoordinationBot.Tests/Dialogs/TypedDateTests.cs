using CoordinationBot.Dialogs;
using NodaTime;

namespace CoordinationBot.Tests.Dialogs;

public class TypedDateTests
{
    private static readonly DateTimeZone Berlin = DateTimeZoneProviders.Tzdb["Europe/Berlin"];
    private static readonly LocalTime EndOfDay = new(17, 0);

    // A Wednesday in winter, when Berlin is one hour ahead of UTC.
    private static readonly Instant Now = Instant.FromUtc(2026, 11, 25, 9, 0, 30);

    [Theory]
    [InlineData("fri 5pm", "Fri 27 Nov 2026, 17:00", true)]
    [InlineData("FRIDAY", "Fri 27 Nov 2026, 17:00", false)]
    [InlineData("wednesday", "Wed 2 Dec 2026, 17:00", false)]
    [InlineData("wednesday 4pm", "Wed 25 Nov 2026, 16:00", true)]
    [InlineData("wed at 9", "Wed 2 Dec 2026, 09:00", true)]
    [InlineData("tues", "Tue 1 Dec 2026, 17:00", false)]
    [InlineData("this friday", "Fri 27 Nov 2026, 17:00", false)]
    [InlineData("next friday", "Fri 4 Dec 2026, 17:00", false)]
    [InlineData("next monday at 9", "Mon 30 Nov 2026, 09:00", true)]
    [InlineData("monday next week", "Mon 30 Nov 2026, 17:00", false)]
    [InlineData("today", "Wed 25 Nov 2026, 17:00", false)]
    [InlineData("tomorrow", "Thu 26 Nov 2026, 17:00", false)]
    [InlineData("tomorrow noon", "Thu 26 Nov 2026, 12:00", true)]
    [InlineData("noon tomorrow", "Thu 26 Nov 2026, 12:00", true)]
    [InlineData("tomorrow, friday not", null, false)]
    [InlineData("the day after tomorrow", "Fri 27 Nov 2026, 17:00", false)]
    [InlineData("today 16:30", "Wed 25 Nov 2026, 16:30", true)]
    [InlineData("in 3 days", "Sat 28 Nov 2026, 17:00", false)]
    [InlineData("in three days at 9", "Sat 28 Nov 2026, 09:00", true)]
    [InlineData("3 days", "Sat 28 Nov 2026, 17:00", false)]
    [InlineData("3d", "Sat 28 Nov 2026, 17:00", false)]
    [InlineData("2 weeks from now", "Wed 9 Dec 2026, 17:00", false)]
    [InlineData("2 weeks from friday", null, false)]
    [InlineData("in 2 hours", "Wed 25 Nov 2026, 12:00", true)]
    [InlineData("in half an hour", "Wed 25 Nov 2026, 10:30", true)]
    [InlineData("in an hour", "Wed 25 Nov 2026, 11:00", true)]
    [InlineData("in a week", "Wed 2 Dec 2026, 17:00", false)]
    [InlineData("in 2 weeks", "Wed 9 Dec 2026, 17:00", false)]
    [InlineData("in 3 months", "Thu 25 Feb 2027, 17:00", false)]
    [InlineData("2026-12-01", "Tue 1 Dec 2026, 17:00", false)]
    [InlineData("2026-12-01 14:30", "Tue 1 Dec 2026, 14:30", true)]
    [InlineData("2026-12-01T14:30", "Tue 1 Dec 2026, 14:30", true)]
    [InlineData("1 Dec", "Tue 1 Dec 2026, 17:00", false)]
    [InlineData("1. Dec.", "Tue 1 Dec 2026, 17:00", false)]
    [InlineData("Dec 1", "Tue 1 Dec 2026, 17:00", false)]
    [InlineData("1st of december", "Tue 1 Dec 2026, 17:00", false)]
    [InlineData("1-Dec-2026", "Tue 1 Dec 2026, 17:00", false)]
    [InlineData("24 nov", "Wed 24 Nov 2027, 17:00", false)]
    [InlineData("25 nov", "Wed 25 Nov 2026, 17:00", false)]
    [InlineData("25 nov 9am", "Thu 25 Nov 2027, 09:00", true)]
    [InlineData("29 feb", "Tue 29 Feb 2028, 17:00", false)]
    [InlineData("the 15th", "Tue 15 Dec 2026, 17:00", false)]
    [InlineData("the 31st", "Thu 31 Dec 2026, 17:00", false)]
    [InlineData("1 December 2026 2:30 pm", "Tue 1 Dec 2026, 14:30", true)]
    [InlineData("Dec 1st, 5pm", "Tue 1 Dec 2026, 17:00", true)]
    [InlineData("Dec 1 2026 5 p.m.", "Tue 1 Dec 2026, 17:00", true)]
    [InlineData("end of week", "Fri 27 Nov 2026, 17:00", false)]
    [InlineData("eow", "Fri 27 Nov 2026, 17:00", false)]
    [InlineData("end of next week", "Fri 4 Dec 2026, 17:00", false)]
    [InlineData("end of the month", "Mon 30 Nov 2026, 17:00", false)]
    [InlineData("end of next month", "Thu 31 Dec 2026, 17:00", false)]
    [InlineData("end of february", "Sun 28 Feb 2027, 17:00", false)]
    [InlineData("end of feb 2028", "Tue 29 Feb 2028, 17:00", false)]
    [InlineData("eoy", "Thu 31 Dec 2026, 17:00", false)]
    [InlineData("eod", "Wed 25 Nov 2026, 17:00", true)]
    [InlineData("end of day tomorrow", "Thu 26 Nov 2026, 17:00", true)]
    [InlineData("by end of friday", "Fri 27 Nov 2026, 17:00", true)]
    [InlineData("monday at 9", "Mon 30 Nov 2026, 09:00", true)]
    [InlineData("monday @ 9 o'clock", "Mon 30 Nov 2026, 09:00", true)]
    [InlineData("monday at 9.30", "Mon 30 Nov 2026, 09:30", true)]
    [InlineData("by friday", "Fri 27 Nov 2026, 17:00", false)]
    [InlineData("  by   friday ,", "Fri 27 Nov 2026, 17:00", false)]
    [InlineData("on friday at 5 p.m.", "Fri 27 Nov 2026, 17:00", true)]
    [InlineData("17:00", "Wed 25 Nov 2026, 17:00", true)]
    [InlineData("5pm", "Wed 25 Nov 2026, 17:00", true)]
    [InlineData("9am", "Thu 26 Nov 2026, 09:00", true)]
    [InlineData("12am", "Thu 26 Nov 2026, 00:00", true)]
    [InlineData("12pm", "Wed 25 Nov 2026, 12:00", true)]
    [InlineData("31/12/2026", "Thu 31 Dec 2026, 17:00", false)]
    [InlineData("12/31/2026 9:15", "Thu 31 Dec 2026, 09:15", true)]
    [InlineData("31.12.2026", "Thu 31 Dec 2026, 17:00", false)]
    [InlineData("31.12.", "Thu 31 Dec 2026, 17:00", false)]
    [InlineData("3/3/2027", "Wed 3 Mar 2027, 17:00", false)]
    [InlineData("Fri 27 Nov 2026, 17:00 (Europe/Berlin)", "Fri 27 Nov 2026, 17:00", true)]
    public void Dates_are_read_as_people_type_them(string typed, string? readBack, bool timeWasGiven)
    {
        var result = TypedDate.Parse(typed, Now, Berlin, EndOfDay);
        if (readBack is null)
        {
            Assert.IsType<TypedDateResult.NotUnderstood>(result);
            return;
        }

        var understood = Assert.IsType<TypedDateResult.Understood>(result);
        Assert.Equal($"{readBack} (Europe/Berlin)", TypedDate.ReadBack(understood.When));
        Assert.Equal(timeWasGiven, understood.TimeWasGiven);
    }

    [Theory]
    [InlineData("03/04/2027", "\"03/04/2027\" can be 3 Apr 2027 or 4 Mar 2027. Type 2027-04-03 or 2027-03-04.")]
    [InlineData("3.4.2027", "\"3.4.2027\" can be 3 Apr 2027 or 4 Mar 2027. Type 2027-04-03 or 2027-03-04.")]
    [InlineData("12/1", "\"12/1\" can be 12 Jan or 1 Dec. Type 2027-01-12 or 2026-12-01.")]
    [InlineData("20.10", "\"20.10\" can be a date or a time of day. Type 2027-10-20 or 20:10.")]
    [InlineData("31/12/26", "Type the year with four digits, like 2026-12-02.")]
    [InlineData("31 Feb", "31 Feb does not exist.")]
    [InlineData("Feb 31 2027", "31 Feb 2027 does not exist.")]
    [InlineData("29 feb 2027", "29 Feb 2027 does not exist.")]
    [InlineData("2026-13-01", "2026-13-01 does not exist.")]
    [InlineData("2026-02-30", "30 Feb 2026 does not exist.")]
    [InlineData("31/31/2026", "31/31/2026 does not exist.")]
    [InlineData("the 32nd", "Day 32 of a month does not exist.")]
    [InlineData("25:00", "25:00 does not exist.")]
    [InlineData("tomorrow 24:00", "24:00 does not exist.")]
    [InlineData("12:60", "12:60 does not exist.")]
    [InlineData("13pm", "13 pm does not exist.")]
    [InlineData("fri 0 am", "0 am does not exist.")]
    [InlineData("friday midnight", "Midnight can be the start or the end")]
    [InlineData("next week", "Next week has seven days.")]
    [InlineData("monday 27 nov 2026", "27 Nov 2026 is a Friday, not a Monday.")]
    [InlineData("today 9am", "Wed 25 Nov 2026, 09:00 (Europe/Berlin) is in the past (it is now Wed 25 Nov 2026, 10:00 (Europe/Berlin)).")]
    [InlineData("yesterday", "is in the past")]
    [InlineData("2026-11-24", "is in the past")]
    [InlineData("0001-01-01", "is in the past")]
    [InlineData("2031-11-26", "more than five years ahead. Type a date up to 2031-11-25.")]
    [InlineData("9999-12-31 23:59", "more than five years ahead")]
    [InlineData("in 9999999 years", "more than five years ahead")]
    [InlineData("in 9999999 minutes", "more than five years ahead")]
    [InlineData("in 61 months", "more than five years ahead")]
    public void A_refusal_says_why_and_what_to_type(string typed, string expected)
    {
        var refused = Assert.IsType<TypedDateResult.NotUnderstood>(TypedDate.Parse(typed, Now, Berlin, EndOfDay));
        Assert.Contains(expected, refused.Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("5")]
    [InlineData("by 5")]
    [InlineData("2026")]
    [InlineData("friday 9")]
    [InlineData("in -3 days")]
    [InlineData("in 99999999 days")]
    [InlineData("friday monday")]
    [InlineData("5pm 6pm")]
    [InlineData("5pm-6pm")]
    [InlineData("tomorrow in 2 hours")]
    [InlineData("before friday")]
    [InlineData("end friday")]
    [InlineData("at")]
    [InlineData("on the")]
    [InlineData("december")]
    [InlineData("5pm CET")]
    [InlineData("fri 5pm (America/New_York)")]
    [InlineData("soon")]
    [InlineData("星期五")]
    [InlineData("пятница")]
    [InlineData("٢٠٢٦-١٢-٠١")]
    [InlineData("🎉 friday")]
    [InlineData("friday\0")]
    [InlineData("1:2:3:4-5/6")]
    [InlineData("1--2--3")]
    public void Anything_else_is_not_guessed(string typed)
    {
        var refused = Assert.IsType<TypedDateResult.NotUnderstood>(TypedDate.Parse(typed, Now, Berlin, EndOfDay));
        Assert.Contains("2026-12-02 14:30", refused.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Ten_thousand_characters_are_refused_at_once()
    {
        foreach (var piece in new[] { "friday ", "1", "1.", "🎉", "in ", "( ", "p.m. " })
        {
            var typed = string.Concat(Enumerable.Repeat(piece, 10_000 / piece.Length));
            Assert.IsType<TypedDateResult.NotUnderstood>(TypedDate.Parse(typed, Now, Berlin, EndOfDay));
        }
    }

    [Theory]
    // Friday after work: the coming Friday is a week off, and this week has ended.
    [InlineData("2026-11-27T18:00", "friday", "Fri 4 Dec 2026, 17:00")]
    [InlineData("2026-11-27T09:00", "friday", "Fri 4 Dec 2026, 17:00")]
    [InlineData("2026-11-27T09:00", "friday eod", "Fri 27 Nov 2026, 17:00")]
    [InlineData("2026-11-27T18:00", "eow", null)]
    [InlineData("2026-11-27T18:00", "today", null)]
    [InlineData("2026-11-27T18:00", "eod", null)]
    [InlineData("2026-11-28T10:00", "eow", "Fri 4 Dec 2026, 17:00")]
    [InlineData("2026-11-29T10:00", "next friday", "Fri 4 Dec 2026, 17:00")]
    [InlineData("2026-11-30T10:00", "next friday", "Fri 11 Dec 2026, 17:00")]
    [InlineData("2026-12-31T23:30", "tomorrow", "Fri 1 Jan 2027, 17:00")]
    // Clocks go forward at 02:00 on 28 March 2027 and back at 03:00 on 25 October 2026.
    [InlineData("2027-03-27T10:00", "tomorrow 2:30 am", "Sun 28 Mar 2027, 03:00")]
    [InlineData("2027-03-27T10:00", "2027-03-28 02:00", "Sun 28 Mar 2027, 03:00")]
    [InlineData("2027-03-28T01:30", "in 1 hour", "Sun 28 Mar 2027, 03:30")]
    public void The_day_it_is_typed_on_matters(string now, string typed, string? readBack)
    {
        var present = NodaTime.Text.LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm").Parse(now).Value.InZoneStrictly(Berlin);
        var result = TypedDate.Parse(typed, present.ToInstant(), Berlin, EndOfDay);
        Assert.Equal(
            readBack is null ? null : $"{readBack} (Europe/Berlin)",
            result is TypedDateResult.Understood understood ? TypedDate.ReadBack(understood.When) : null);
    }

    [Fact]
    public void In_the_hour_that_happens_twice_the_earlier_is_meant_and_the_offset_is_read_back()
    {
        var now = Instant.FromUtc(2026, 10, 24, 12, 0);
        var typed = Assert.IsType<TypedDateResult.Understood>(TypedDate.Parse("2026-10-25 02:30", now, Berlin, EndOfDay));
        Assert.Equal(Instant.FromUtc(2026, 10, 25, 0, 30), typed.When.ToInstant());
        Assert.Equal("Sun 25 Oct 2026, 02:30 (Europe/Berlin, UTC+02)", TypedDate.ReadBack(typed.When));
        var later = Assert.IsType<TypedDateResult.Understood>(TypedDate.Parse("in 1 hour", typed.When.ToInstant(), Berlin, EndOfDay));
        Assert.Equal("Sun 25 Oct 2026, 02:30 (Europe/Berlin, UTC+01)", TypedDate.ReadBack(later.When));
    }

    [Theory]
    [InlineData("2026-12-01", "14:30", "Tue 1 Dec 2026, 14:30", true)]
    [InlineData("2026-12-01", "", "Tue 1 Dec 2026, 17:00", false)]
    [InlineData("2026-12-01", null, "Tue 1 Dec 2026, 17:00", false)]
    [InlineData("2027-03-28", "02:30", "Sun 28 Mar 2027, 03:00", true)]
    public void Pickers_are_read(string? date, string? time, string readBack, bool timeWasGiven)
    {
        var understood = Assert.IsType<TypedDateResult.Understood>(TypedDate.FromPickers(date, time, Now, Berlin, EndOfDay));
        Assert.Equal($"{readBack} (Europe/Berlin)", TypedDate.ReadBack(understood.When));
        Assert.Equal(timeWasGiven, understood.TimeWasGiven);
    }

    [Theory]
    [InlineData(null, null, "Choose a date.")]
    [InlineData("", "14:30", "Choose a date.")]
    [InlineData("01/12/2026", "14:30", "Choose the date again")]
    [InlineData("2026-02-30", "14:30", "Choose the date again")]
    [InlineData("2026-12-01", "2pm", "Choose the time again")]
    [InlineData("2026-11-24", "14:30", "is in the past")]
    [InlineData("9999-12-31", "23:59", "more than five years")]
    [InlineData("-9998-01-01", "00:00", "ahead")]
    public void Pickers_are_checked_like_typed_dates(string? date, string? time, string expected)
    {
        var refused = Assert.IsType<TypedDateResult.NotUnderstood>(TypedDate.FromPickers(date, time, Now, Berlin, EndOfDay));
        Assert.Contains(expected, refused.Sentence, StringComparison.Ordinal);
    }
}

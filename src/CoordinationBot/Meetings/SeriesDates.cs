using System.Globalization;
using CoordinationBot.Dialogs;
using CoordinationBot.Recurrences;
using NodaTime;
using NodaTime.Extensions;

namespace CoordinationBot.Meetings;

/// <summary>When a series of meetings comes: dates by its rule, and what differs from them.</summary>
internal static class SeriesDates
{
    /// <summary>A rule that yields nothing for so long yields nothing.</summary>
    public const int YearsAhead = 6;

    /// <summary>By the rule alone, to its end.</summary>
    /// <param name="series">Which.</param>
    /// <param name="from">None before it.</param>
    public static IEnumerable<DateOnly> ByRule(MeetingSeries series, DateOnly from) =>
        Endless(series, from).TakeWhile(date => !(date > series.Until));

    /// <summary>As if it did not end.</summary>
    public static IEnumerable<DateOnly> Endless(MeetingSeries series, DateOnly from) =>
        RecurrenceRules.DaysOf(series.Rule, series.Start, from).TakeWhile(date => date <= (from > series.Start ? from : series.Start).AddYears(YearsAhead));

    /// <summary>Whether the rule has this date, taken off or not.</summary>
    public static bool Has(MeetingSeries series, DateOnly date) => date >= series.Start && ByRule(series, date).FirstOrDefault() == date;

    /// <summary>When a date begins by the rule.</summary>
    public static DateTimeOffset At(MeetingSeries series, DateOnly date) =>
        // An hour that the clocks leave out is read as RFC 5545 reads it, so that everybody's calendar shows the same.
        LocalOf(series, date).InZoneLeniently(Zones.Find(series.Zone)).ToInstant().ToDateTimeOffset();

    public static LocalDateTime LocalOf(MeetingSeries series, DateOnly date) => date.ToLocalDate().At(series.Time.ToLocalTime());

    public static SeriesException? ExceptionOf(MeetingSeries series, DateOnly date) => series.Exceptions.FirstOrDefault(known => known.Date == date);

    /// <summary>When a date begins as it is; null: it does not take place.</summary>
    public static DateTimeOffset? StartOf(MeetingSeries series, DateOnly date) =>
        ExceptionOf(series, date) is { } exception ? exception.Start : At(series, date);

    /// <summary>What is still to begin, in its order.</summary>
    /// <param name="series">Which.</param>
    /// <param name="now">What has begun by then is left out.</param>
    /// <param name="take">How many at most.</param>
    public static IReadOnlyList<(DateOnly Date, DateTimeOffset Start)> Ahead(MeetingSeries series, DateTimeOffset now, int take)
    {
        var today = DayOf(series, now);
        // A date that was moved may lie anywhere, behind or ahead of its place in the rule.
        var moved = series.Exceptions.Where(known => known.Start > now && !(known.Date > series.Until)).Select(known => (known.Date, Start: known.Start!.Value));
        var byRule = ByRule(series, today.AddDays(-1)).Where(date => ExceptionOf(series, date) is null).Select(date => (Date: date, Start: At(series, date))).Where(next => next.Start > now).Take(take);
        return [.. byRule.Concat(moved).OrderBy(next => next.Start).Take(take)];
    }

    public static (DateOnly Date, DateTimeOffset Start)? NextOf(MeetingSeries series, DateTimeOffset now) => Ahead(series, now, 1) is [var next] ? next : null;

    /// <summary>The date on which something stands now, as people see it: by its day as it is, or by its place in the rule.</summary>
    public static DateOnly? Find(MeetingSeries series, DateOnly day) =>
        series.Exceptions.FirstOrDefault(known => known.Start is { } start && DayOf(series, start) == day && !(known.Date > series.Until)) is { } moved ? moved.Date
        : Has(series, day) ? day : null;

    public static DateOnly DayOf(MeetingSeries series, DateTimeOffset at) => at.ToInstant().InZone(Zones.Find(series.Zone)).Date.ToDateOnly();

    /// <summary>RRULE with its end as RFC 5545 wants it beside a start that has a zone: in UTC.</summary>
    public static string WrittenRule(MeetingSeries series) =>
        series.Until is { } until ? $"{series.Rule};UNTIL={At(series, until).UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture)}" : series.Rule;

    /// <summary>How often, in words: "every Tuesday at 10:00 (Europe/Berlin), until Tue 1 Mar 2027".</summary>
    public static string Describe(MeetingSeries series) =>
        $"{RecurrenceRules.Describe(series.Repeats, series.Start)} at {series.Time.ToString("HH:mm", CultureInfo.InvariantCulture)} ({series.Zone}){(series.Until is { } until ? $", until {Zones.Read(until)}" : "")}";
}

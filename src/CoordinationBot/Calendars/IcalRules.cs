using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Evaluation;
using NodaTime;
using NodaTime.Extensions;

namespace CoordinationBot.Calendars;

/// <summary>
/// A rule of a stranger's file, followed by Ical.Net on the clock of its zone. What the library would follow for minutes is refused before it begins: a rule
/// is looked at as to how many steps it takes to come near, and how many times it makes at a step.
/// </summary>
internal static class IcalRules
{
    // Measured: half a second of the library's time for an hourly rule that began in 1970.
    private const double MostSteps = 500_000;

    /// <summary>To make an occurrence costs as much as so many steps over those that nobody asked for.</summary>
    private const double StepsPerOccurrence = 5;

    /// <summary>An hour is the shortest that comes again in anybody's calendar, so more times of day than this are nobody's.</summary>
    private const int MostTimesOfDay = 24;

    private const int DaysInYear = 366;
    private const int DaysInMonth = 31;

    /// <summary>The local starts that it makes, soonest first, from about a time on.</summary>
    /// <param name="rule">RRULE as it stands.</param>
    /// <param name="start">DTSTART.</param>
    /// <param name="isDate">Of whole days.</param>
    /// <param name="zone">Of the start: an end of the rule in UTC is one of its clock.</param>
    /// <param name="from">What is over before need not be told.</param>
    /// <exception cref="RuleTooLongException">It would take too long.</exception>
    public static IEnumerable<LocalDateTime> Starts(string rule, LocalDateTime start, bool isDate, DateTimeZone zone, LocalDateTime from)
    {
        var pattern = new RecurrenceRule(rule);
        if (pattern.Until is { } until)
        {
            pattern.Until = Until(until, isDate, zone);
        }
        Check(pattern, start, from);
        var master = new CalendarEvent { Start = Floating(start, isDate), RecurrenceRule = pattern };
        var options = new EvaluationOptions { MaxUnmatchedIncrementsLimit = MostUnmatched(pattern.Frequency) };
        return master.GetOccurrences(Floating(LocalDateTime.Max(start, from), isDate), options).Select(occurrence => occurrence.Period.StartTime.Value.ToLocalDateTime());
    }

    /// <summary>On the clock of the event. A day stands for all of it.</summary>
    private static CalDateTime Until(CalDateTime until, bool isDate, DateTimeZone zone)
    {
        var local = until.Value.ToLocalDateTime();
        local = !until.HasTime ? local.Date.At(LocalTime.MaxValue) : until.IsUtc ? local.InUtc().ToInstant().InZone(zone).LocalDateTime : local;
        return Floating(local, isDate);
    }

    private static CalDateTime Floating(LocalDateTime time, bool isDate) =>
        isDate ? new CalDateTime(time.Date.ToDateOnly()) : new CalDateTime(time.Year, time.Month, time.Day, time.Hour, time.Minute, time.Second);

    private static void Check(RecurrenceRule rule, LocalDateTime start, LocalDateTime from)
    {
        var days = Math.Max(0, NodaTime.Period.DaysBetween(start.Date, from.Date));
        var (daysInStep, isDays) = rule.Frequency switch
        {
            FrequencyType.Yearly => (DaysInYear, true),
            FrequencyType.Monthly => (DaysInMonth, true),
            FrequencyType.Weekly => (7, true),
            FrequencyType.Daily => (1, true),
            FrequencyType.Hourly => (24, false),
            FrequencyType.Secondly or FrequencyType.Minutely => throw new RuleTooLongException(),
        };
        var times = (double)Math.Max(1, rule.ByHour.Count) * Math.Max(1, rule.ByMinute.Count) * Math.Max(1, rule.BySecond.Count);
        var steps = (isDays ? (double)days / daysInStep : (double)days * daysInStep) / Math.Max(1, rule.Interval);
        // With a count the library makes every time from the beginning.
        var perStep = rule.Count is null ? 1 : StepsPerOccurrence * times * (isDays ? daysInStep : 1);
        if (times > MostTimesOfDay || steps * perStep > MostSteps)
        {
            throw new RuleTooLongException();
        }
    }

    /// <summary>For how many steps in a row it may make nothing: longer than the longest wait for a 29 February on a certain weekday.</summary>
    private static int MostUnmatched(FrequencyType frequency) => frequency switch
    {
        FrequencyType.Yearly => 50,
        FrequencyType.Monthly => 500,
        FrequencyType.Weekly => 1_000,
        FrequencyType.Secondly or FrequencyType.Minutely or FrequencyType.Hourly or FrequencyType.Daily => 10_000,
    };
}

/// <summary>A rule would take longer to follow than any calendar of a person needs.</summary>
internal sealed class RuleTooLongException : Exception;

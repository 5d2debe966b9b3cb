using System.Globalization;
using CoordinationBot.Delegations;
using CoordinationBot.Dialogs;
using CoordinationBot.People;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using NodaTime;
using NodaTime.Extensions;

namespace CoordinationBot.Recurrences;

/// <summary>When a series comes. Its rule speaks of days; holidays, the time of day and the zone come on top of it here.</summary>
internal static class RecurrenceRules
{
    /// <summary>An occurrence is offered at most so long before it is due.</summary>
    public const int LeadDays = 7;

    /// <summary>Longer than any run of holidays: what would be moved further is left out.</summary>
    private const int MostMoved = 31;

    /// <summary>A rule that yields nothing for so long yields nothing.</summary>
    private const int YearsAhead = 2;

    private static readonly string[] Nths = ["first", "second", "third", "fourth", "fifth"];

    private static readonly (IsoDayOfWeek Day, string Name)[] DayNames =
        [(IsoDayOfWeek.Monday, "MO"), (IsoDayOfWeek.Tuesday, "TU"), (IsoDayOfWeek.Wednesday, "WE"), (IsoDayOfWeek.Thursday, "TH"), (IsoDayOfWeek.Friday, "FR"), (IsoDayOfWeek.Saturday, "SA"), (IsoDayOfWeek.Sunday, "SU")];

    /// <summary>The rule in RFC 5545.</summary>
    /// <param name="repetition">As the leader chose.</param>
    /// <param name="start">The day that it was due on.</param>
    /// <param name="week">Working days of the office.</param>
    public static string RuleOf(Repetition repetition, DateOnly start, IReadOnlySet<IsoDayOfWeek> week)
    {
        var days = $"BYDAY={string.Join(',', DayNames.Where(day => week.Contains(day.Day)).Select(day => day.Name))}";
        var rule = repetition.Repeats switch
        {
            Repeats.WorkingDays => $"FREQ=WEEKLY;{days}",
            Repeats.Weekly => "FREQ=WEEKLY",
            Repeats.Fortnightly => "FREQ=WEEKLY;INTERVAL=2",
            // A month without a 31st has its last day instead: RFC 5545 alone would leave it out.
            Repeats.Monthly => start.Day <= 28 ? "FREQ=MONTHLY" : $"FREQ=MONTHLY;BYMONTHDAY={string.Join(',', Enumerable.Range(28, start.Day - 27))};BYSETPOS=-1",
            Repeats.FirstWorkingDay => $"FREQ=MONTHLY;{days};BYSETPOS=1",
            Repeats.LastWorkingDay => $"FREQ=MONTHLY;{days};BYSETPOS=-1",
            Repeats.NthWeekday => $"FREQ=MONTHLY;BYDAY={NthOf(start)}{NameOf(start)}",
            Repeats.LastWeekday => $"FREQ=MONTHLY;BYDAY=-1{NameOf(start)}",
            Repeats.Never => throw new InvalidOperationException("What comes once has no rule."),
        };
        // The last weekday of its month may be a holiday after that day, and the last working day one before it.
        return repetition.Until is not { } until ? rule
            : $"{rule};UNTIL={(repetition.Repeats == Repeats.LastWorkingDay ? new DateOnly(until.Year, until.Month, 1).AddMonths(1).AddDays(-1) : until).ToString("yyyyMMdd", CultureInfo.InvariantCulture)}";
    }

    /// <summary>How often, in words: "every Monday at 17:00 (Europe/Berlin)".</summary>
    public static string Describe(Series series) =>
        $"{Describe(series.Repeats, series.Start)} at {series.Time.ToString("HH:mm", CultureInfo.InvariantCulture)} ({series.Zone}){(series.Until is { } until ? $", until {Zones.Read(until)}" : "")}";

    /// <summary>The days alone: "every Monday".</summary>
    /// <param name="repeats">How often.</param>
    /// <param name="start">The first one.</param>
    public static string Describe(Repeats repeats, DateOnly start) => repeats switch
    {
        Repeats.WorkingDays => "every working day",
        Repeats.Weekly => $"every {start.DayOfWeek}",
        Repeats.Fortnightly => $"every two weeks on {start.DayOfWeek}",
        Repeats.Monthly => $"on day {start.Day} of every month{(start.Day > 28 ? ", or its last" : "")}",
        Repeats.FirstWorkingDay => "on the first working day of every month",
        Repeats.LastWorkingDay => "on the last working day of every month",
        Repeats.NthWeekday => $"on the {Nths[NthOf(start) - 1]} {start.DayOfWeek} of every month{(NthOf(start) == 5 ? " that has one" : "")}",
        Repeats.LastWeekday => $"on the last {start.DayOfWeek} of every month",
        Repeats.Never => throw new InvalidOperationException("What comes once is no series."),
    };

    /// <summary>What a holiday does, in a sentence; empty where no date is ever one.</summary>
    public static string DescribeHolidays(Series series) => series.Repeats switch
    {
        Repeats.FirstWorkingDay or Repeats.LastWorkingDay => "",
        Repeats.WorkingDays or Repeats.Weekly or Repeats.Fortnightly or Repeats.Monthly or Repeats.NthWeekday or Repeats.LastWeekday or Repeats.Never => series.OnHoliday switch
        {
            OnHoliday.LeaveOut => "Holidays are left out.",
            OnHoliday.Move => "A holiday moves it to the next working day.",
        },
    };

    /// <summary>When the occurrence of a day is due.</summary>
    public static DateTimeOffset DueAt(Series series, DateOnly date) =>
        date.ToLocalDate().At(series.Time.ToLocalTime()).InZone(Zones.Find(series.Zone), TypedDate.Resolver).ToInstant().ToDateTimeOffset();

    /// <summary>
    /// The dates after one (null: from the beginning), soonest first, by the working days of the assignee, without those left out. Each is later
    /// than the one before: what was moved onto another is one with it.
    /// </summary>
    public static IEnumerable<DateOnly> Dates(Series series, WorkTimes times, DateOnly? after)
    {
        var newest = after;
        foreach (var slot in Slots(series, after ?? series.Start))
        {
            if (slot > (newest ?? series.Start).AddYears(YearsAhead))
            {
                yield break;
            }
            if (Settle(series, slot, times) is { } date && (newest is null || date > newest) && date >= series.Start && !(date > series.Until))
            {
                newest = date;
                if (!series.LeftOut.Contains(date))
                {
                    yield return date;
                }
            }
        }
    }

    /// <summary>The next date whose time has not passed; null when there is none.</summary>
    public static DateOnly? NextOf(Series series, WorkTimes times, DateTimeOffset now) =>
        series.IsEnded ? null : Dates(series, times, series.Last).Select(date => (DateOnly?)date).FirstOrDefault(date => DueAt(series, date!.Value) > now);

    /// <summary>
    /// At the beginning of a working day: the day after the one before was due, though not more than a week before this one is. Where that would be too
    /// late, the last morning before it.
    /// </summary>
    /// <param name="series">Which.</param>
    /// <param name="previous">The date before; null: there was none.</param>
    /// <param name="date">The date to offer.</param>
    /// <param name="assignee">Their calendar.</param>
    public static Instant OfferAt(Series series, DateOnly? previous, DateOnly date, WorkCalendar assignee)
    {
        var due = DueAt(series, date).ToInstant();
        var week = date.AddDays(-LeadDays);
        var earliest = previous is { } day && day >= week ? day.AddDays(1) : week;
        var mornings = Enumerable.Range(0, LeadDays + 1)
            .Select(back => date.AddDays(-back).ToLocalDate())
            .Where(morning => assignee.Times.IsWorkingDay(morning))
            .Select(morning => (Day: morning.ToDateOnly(), At: morning.At(assignee.Times.DayStarts).InZone(assignee.Zone, TypedDate.Resolver).ToInstant()))
            .Where(morning => morning.At < due)
            .ToList();
        return mornings.Count == 0 ? due.Minus(NodaTime.Duration.FromDays(1)) : mornings.LastOrDefault(morning => morning.Day >= earliest, mornings[0]).At;
    }

    /// <summary>What is to be done now. Nothing that was settled comes again, and nothing whose time has passed is offered.</summary>
    /// <param name="series">As it is.</param>
    /// <param name="assignee">Their calendar.</param>
    /// <param name="now">When.</param>
    public static SeriesPlan Plan(Series series, WorkCalendar assignee, DateTimeOffset now)
    {
        var (previous, missed) = (series.Last, 0);
        foreach (var date in Dates(series, assignee.Times, series.Last))
        {
            if (DueAt(series, date) > now)
            {
                var at = OfferAt(series, previous, date, assignee).ToDateTimeOffset();
                return at <= now ? new SeriesPlan(missed, previous, date, null) : new SeriesPlan(missed, previous, null, at);
            }
            (previous, missed) = (date, missed + 1);
        }
        return new SeriesPlan(missed, previous, null, null);
    }

    /// <summary>The day that a day of the rule becomes; null when it is left out.</summary>
    private static DateOnly? Settle(Series series, DateOnly slot, WorkTimes times) => series.Repeats switch
    {
        Repeats.FirstWorkingDay => WorkingDay(slot, 1, times) is { } day && day.Month == slot.Month ? day : null,
        Repeats.LastWorkingDay => WorkingDay(slot, -1, times) is { } day && day.Month == slot.Month ? day : null,
        Repeats.WorkingDays or Repeats.Weekly or Repeats.Fortnightly or Repeats.Monthly or Repeats.NthWeekday or Repeats.LastWeekday or Repeats.Never => series.OnHoliday switch
        {
            OnHoliday.LeaveOut => times.IsWorkingDay(slot.ToLocalDate()) ? slot : null,
            OnHoliday.Move => WorkingDay(slot, 1, times),
        },
    };

    private static DateOnly? WorkingDay(DateOnly from, int step, WorkTimes times) =>
        Enumerable.Range(0, MostMoved).Select(days => (DateOnly?)from.AddDays(days * step)).FirstOrDefault(day => times.IsWorkingDay(day!.Value.ToLocalDate()));

    /// <summary>The days of the rule alone, from some time before one on, since a day before it may have been moved behind it.</summary>
    private static IEnumerable<DateOnly> Slots(Series series, DateOnly around)
    {
        // The first working day of the month may be the one on which it begins, though the first weekday was before.
        var start = series.Repeats is Repeats.FirstWorkingDay or Repeats.LastWorkingDay ? series.Start.AddDays(1 - series.Start.Day) : series.Start;
        var from = around.AddDays(-MostMoved);
        return DaysOf(series.Rule, start, from);
    }

    /// <summary>The days of a rule, from one on, soonest first.</summary>
    /// <param name="rule">RFC 5545.</param>
    /// <param name="start">DTSTART.</param>
    /// <param name="from">None before it.</param>
    public static IEnumerable<DateOnly> DaysOf(string rule, DateOnly start, DateOnly from) =>
        new CalendarEvent { Start = new CalDateTime(start), RecurrenceRule = new RecurrencePattern(rule) }
            .GetOccurrences(new CalDateTime(from > start ? from : start))
            .Select(occurrence => occurrence.Period.StartTime.Date);

    private static int NthOf(DateOnly day) => ((day.Day - 1) / 7) + 1;

    private static string NameOf(DateOnly day) => DayNames.First(name => name.Day == day.ToLocalDate().DayOfWeek).Name;
}

/// <summary>What is to be done in a series at some moment.</summary>
/// <param name="Missed">How many dates passed without being offered.</param>
/// <param name="Before">The newest date before the one to offer or to wait for.</param>
/// <param name="Offer">The date to offer now.</param>
/// <param name="NextLook">When there is something to do again; null with nothing to offer: it is over.</param>
internal sealed record SeriesPlan(int Missed, DateOnly? Before, DateOnly? Offer, DateTimeOffset? NextLook);

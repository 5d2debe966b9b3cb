using System.Collections.Frozen;
using CoordinationBot.Dialogs;
using NodaTime;
using NodaTime.Text;

namespace CoordinationBot.People;

/// <summary>Reads the office's settings, and says of each that is wrong what it should be.</summary>
internal static class WorkTimesReader
{
    private static readonly LocalTimePattern Clock = LocalTimePattern.CreateWithInvariantCulture("HH:mm");
    private static readonly AnnualDatePattern Yearly = AnnualDatePattern.CreateWithInvariantCulture("MM-dd");

    public static WorkTimes Read(OfficeOptions office, out IReadOnlyList<string> wrong)
    {
        List<string> problems = [];
        wrong = problems;
        if (DateTimeZoneProviders.Tzdb.GetZoneOrNull(office.Zone) is null)
        {
            problems.Add($"Office:Zone is {office.Zone}: set it to an IANA time zone, like Europe/Berlin.");
        }
        var week = Week(office.WorkingWeek);
        if (week is null)
        {
            problems.Add($"Office:WorkingWeek is {office.WorkingWeek}: set it to days, like Mon-Fri, Sun-Thu or Mon, Wed-Fri.");
        }
        var starts = Time(office.WorkdayStart, nameof(office.WorkdayStart), problems);
        var ends = Time(office.WorkdayEnd, nameof(office.WorkdayEnd), problems);
        var quiet = Quiet(office.QuietHours);
        if (quiet is null)
        {
            problems.Add($"Office:QuietHours is {office.QuietHours}: set it to times of day, like 18:00-08:00, or to none.");
        }
        else if (quiet.Any(time => time.Holds(starts)))
        {
            // What waits in quiet hours is told when the day begins.
            problems.Add($"Office:WorkdayStart is {office.WorkdayStart}, which Office:QuietHours makes quiet: let the working day begin after them.");
        }
        var (once, yearly) = Holidays(office.Holidays, problems);
        return new WorkTimes((week ?? []).ToFrozenSet(), starts, ends, quiet ?? [], once.ToFrozenSet(), yearly.ToFrozenSet());
    }

    private static LocalTime Time(string typed, string name, List<string> problems)
    {
        if (Clock.Parse(typed) is { Success: true } time)
        {
            return time.Value;
        }
        problems.Add($"Office:{name} is {typed}: set it to a time of day, like 09:00.");
        return LocalTime.Noon;
    }

    /// <summary>Days as they are typed, <c>Mon-Thu</c> or <c>Mon, Wed-Fri</c>; null when they are none.</summary>
    public static List<IsoDayOfWeek>? Week(string typed)
    {
        List<IsoDayOfWeek> week = [];
        foreach (var part in typed.Split(',', StringSplitOptions.TrimEntries))
        {
            var ends = part.ToLowerInvariant().Split('-', StringSplitOptions.TrimEntries);
            if (ends.Length > 2 || !Array.TrueForAll(ends, TypedDateWords.Weekdays.ContainsKey))
            {
                return null;
            }
            var last = TypedDateWords.Weekdays[ends[^1]];
            for (var day = TypedDateWords.Weekdays[ends[0]]; ; day = day == IsoDayOfWeek.Sunday ? IsoDayOfWeek.Monday : day + 1)
            {
                week.Add(day);
                if (day == last)
                {
                    break;
                }
            }
        }
        return week;
    }

    private static List<QuietTime>? Quiet(string typed)
    {
        List<QuietTime> quiet = [];
        if (string.IsNullOrWhiteSpace(typed) || typed.Trim().Equals("none", StringComparison.OrdinalIgnoreCase))
        {
            return quiet;
        }
        foreach (var part in typed.Split(',', StringSplitOptions.TrimEntries))
        {
            var ends = part.Split('-', StringSplitOptions.TrimEntries);
            if (ends.Length != 2 || Clock.Parse(ends[0]) is not { Success: true } from || Clock.Parse(ends[1]) is not { Success: true } until || from.Value == until.Value)
            {
                return null;
            }
            quiet.Add(new QuietTime(from.Value, until.Value));
        }
        return quiet;
    }

    private static (List<LocalDate> Once, List<AnnualDate> Yearly) Holidays(IReadOnlyList<string> typed, List<string> problems)
    {
        var (once, yearly) = (new List<LocalDate>(), new List<AnnualDate>());
        foreach (var day in typed)
        {
            if (LocalDatePattern.Iso.Parse(day.Trim()) is { Success: true } date)
            {
                once.Add(date.Value);
            }
            else if (Yearly.Parse(day.Trim()) is { Success: true } everyYear)
            {
                yearly.Add(everyYear.Value);
            }
            else
            {
                problems.Add($"Office:Holidays has {day}: write a day like 2026-12-25, or 12-25 for every year.");
            }
        }
        return (once, yearly);
    }
}

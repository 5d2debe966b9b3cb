using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using NodaTime;
using NodaTime.TimeZones;
using Duration = NodaTime.Duration;

namespace CoordinationBot.Calendars;

/// <summary>
/// A zone as an iCalendar object tells it (VTIMEZONE). The library can make one, but guesses a yearly rule from a single change, which is wrong where the
/// clocks follow the moon (Casablanca), a day after another (Jerusalem), or a winter that is the exception (Dublin). Here a rule is written only where every change of a
/// whole cycle of the calendar follows it, and otherwise each change by itself.
/// </summary>
internal static class ZoneDescription
{
    /// <summary>After so many years, weekdays and leap days repeat.</summary>
    private const int CycleYears = 28;

    private static readonly Duration Cycle = Duration.FromDays(CycleYears * 366);

    private static readonly LocalDateTime Earliest = new(1970, 1, 1, 0, 0);

    private static readonly string[] Days = ["", "MO", "TU", "WE", "TH", "FR", "SA", "SU"];

    /// <summary>The zone from an instant on. Where no yearly rule holds it is told as far as <paramref name="ahead"/>.</summary>
    public static VTimeZone Of(DateTimeZone zone, Instant from, Duration ahead)
    {
        var described = new VTimeZone(zone.Id);
        var changes = zone.GetZoneIntervals(new Interval(from, from + Cycle)).Select(after => Change.To(zone, after)).ToList();
        // The two changes before, so that both rules have begun, which some readers need; or only those to come, where the last ones were exceptions.
        var earlier = changes[0].At == Instant.MinValue ? changes : [Change.To(zone, zone.GetZoneInterval(changes[0].At - Duration.Epsilon)), .. changes];
        if (RulesOf(earlier) is { } rules)
        {
            rules.ForEach(described.TimeZoneInfos.Add);
            return described;
        }
        described.TimeZoneInfos.Add(Observance(changes[0], null));
        var later = RulesOf(changes[1..]) ?? [.. changes.Skip(1).Where(change => change.At < from + ahead).Select(change => Observance(change, null))];
        later.ForEach(described.TimeZoneInfos.Add);
        return described;
    }

    /// <summary>Two rules that tell all of these changes; null when there are none.</summary>
    private static List<VTimeZoneInfo>? RulesOf(IEnumerable<Change> changes)
    {
        var kinds = changes.GroupBy(change => (change.Before, change.After, change.Name)).Select(kind => kind.ToList()).ToList();
        var rules = kinds.ConvertAll(YearlyRule);
        return kinds.Count == 2 && !rules.Contains(null) ? [.. kinds.Zip(rules, (kind, rule) => Observance(kind[0], rule))] : null;
    }

    private static VTimeZoneInfo Observance(Change change, string? rule) => new(change.After > change.Before ? Components.Daylight : Components.Standard)
    {
        Start = new CalDateTime(change.Local.Year, change.Local.Month, change.Local.Day, change.Local.Hour, change.Local.Minute, change.Local.Second),
        OffsetFrom = new UtcOffset(change.Before.ToTimeSpan()),
        OffsetTo = new UtcOffset(change.After.ToTimeSpan()),
        TimeZoneName = change.Name,
        RecurrenceRule = rule is null ? null : new RecurrencePattern(rule),
    };

    /// <summary>The rule that all of these follow, one each year without a gap; null when there is none.</summary>
    private static string? YearlyRule(List<Change> changes)
    {
        var first = changes[0].Local;
        var isYearly = changes.Count >= CycleYears && changes.Select((change, index) => change.Local.Year == first.Year + index).All(follows => follows);
        if (!isYearly || !changes.TrueForAll(change => change.Local is var local && local.Month == first.Month && local.DayOfWeek == first.DayOfWeek && local.TimeOfDay == first.TimeOfDay))
        {
            return null;
        }
        var day = Days[(int)first.DayOfWeek];
        var (earliest, latest) = (changes.Min(change => change.Local.Day), changes.Max(change => change.Local.Day));
        var which =
            changes.TrueForAll(change => change.Local.Day + 7 > CalendarSystem.Iso.GetDaysInMonth(change.Local.Year, change.Local.Month)) ? $"BYDAY=-1{day}"
            : (earliest - 1) / 7 == (latest - 1) / 7 ? $"BYDAY={((earliest - 1) / 7) + 1}{day}"
            : latest - earliest < 7 ? $"BYDAY={day};BYMONTHDAY={string.Join(',', Enumerable.Range(earliest, latest - earliest + 1))}"
            : null;
        return which is null ? null : $"FREQ=YEARLY;BYMONTH={first.Month};{which}";
    }

    /// <summary>A change of the clocks: by the clock before it, what it was ahead of UTC, and is from then on.</summary>
    private sealed record Change(Instant At, LocalDateTime Local, Offset Before, Offset After, string Name)
    {
        public static Change To(DateTimeZone zone, ZoneInterval after)
        {
            if (!after.HasStart || after.IsoLocalStart < Earliest)
            {
                return new Change(Instant.MinValue, Earliest, after.WallOffset, after.WallOffset, after.Name);
            }
            var before = zone.GetZoneInterval(after.Start - Duration.Epsilon).WallOffset;
            return new Change(after.Start, after.Start.WithOffset(before).LocalDateTime, before, after.WallOffset, after.Name);
        }
    }
}

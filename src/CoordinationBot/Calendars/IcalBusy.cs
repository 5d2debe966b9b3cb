using NodaTime;
using NodaTime.TimeZones;

namespace CoordinationBot.Calendars;

/// <summary>The busy times of one event within a horizon.</summary>
/// <param name="zones">The zones of its file.</param>
/// <param name="horizon">Nothing outside it is told.</param>
internal sealed class IcalBusy(IcalZones zones, Interval horizon)
{
    // A time that the clocks skip is as much later; one that comes twice is the first (RFC 5545, 3.3.5).
    private static readonly ZoneLocalMappingResolver Resolver = Resolvers.LenientResolver;

    /// <summary>Its times, in no order. Throws whatever the library throws at a rule that is none.</summary>
    /// <param name="one">Which.</param>
    /// <param name="replaced">Occurrences that others took the place of.</param>
    public IEnumerable<Interval> Times(IcalEvent one, IEnumerable<IcalTime> replaced)
    {
        if (one.IsUnreadable || one.Start is not { } start || zones.Of(start) is not { } zone)
        {
            throw new FormatException("When an event is cannot be read.");
        }
        if (one.Rule is null && one.Extras.Count == 0)
        {
            // Nothing repeats: what it replaces or leaves out is not about itself.
            return Inside([At(start.Local, zone, start.IsDate, LengthOf(one, start, zone))]);
        }
        var length = LengthOf(one, start, zone);
        var exceptions = new Exceptions(zones, [.. one.LeftOut, .. replaced]);
        // What began before the horizon may reach into it.
        var from = horizon.Start.InZone(zone).LocalDateTime.PlusTicks(-length.Longest.BclCompatibleTicks).PlusDays(-1);
        var starts = one.Rule is { } rule ? IcalRules.Starts(rule, start.Local, start.IsDate, zone, from) : [start.Local];
        var last = horizon.End.InZone(zone).LocalDateTime;
        return Inside(starts
            .TakeWhile(local => local <= last)
            .Where(local => !exceptions.Hold(local, zone, start.IsDate))
            .Select(local => At(local, zone, start.IsDate, length))
            .Concat(one.Extras.Where(extra => zones.Of(extra.Start) is { } its && !exceptions.Hold(extra.Start.Local, its, start.IsDate)).Select(extra => Extra(extra, length))));
    }

    private Interval? Extra(IcalExtra extra, Length length) =>
        zones.Of(extra.Start) is not { } zone ? throw new FormatException("When an event is cannot be read.")
        : extra.End is { } end && zones.Of(end) is { } other ? Between(ToInstant(extra.Start.Local, zone), ToInstant(end.Local, other))
        : At(extra.Start.Local, zone, extra.Start.IsDate, extra.Length is { } own ? Length.Of(own) : length);

    private IEnumerable<Interval> Inside(IEnumerable<Interval?> times) =>
        times.OfType<Interval>().Where(time => time.Start < horizon.End && time.End > horizon.Start);

    private static Interval? At(LocalDateTime start, DateTimeZone zone, bool isDate, Length length)
    {
        var begins = ToInstant(start, zone);
        return Between(begins, isDate || length.Days != 0 ? ToInstant(start.PlusDays(length.Days), zone) + length.Time : begins + length.Time);
    }

    /// <summary>What takes no time takes nobody's.</summary>
    private static Interval? Between(Instant start, Instant end) =>
        end > start ? new Interval(start, end) : end == start ? null : throw new FormatException("An event ends before it begins.");

    private Length LengthOf(IcalEvent one, IcalTime start, DateTimeZone zone) =>
        one.End is not { } end ? one.Length is { } length ? Length.Of(length) : start.IsDate ? new Length(1, Duration.Zero) : default
        : start.IsDate ? new Length(Period.DaysBetween(start.Local.Date, end.Local.Date), Duration.Zero)
        : zones.Of(end) is { } other ? new Length(0, ToInstant(end.Local, other) - ToInstant(start.Local, zone))
        : throw new FormatException("When an event ends cannot be read.");

    private static Instant ToInstant(LocalDateTime local, DateTimeZone zone) => local.InZone(zone, Resolver).ToInstant();

    /// <summary>Days are those of the clock, whatever their length; the rest is exact.</summary>
    private readonly record struct Length(int Days, Duration Time)
    {
        public Duration Longest => Duration.FromDays(Math.Max(Days, 0)) + Duration.Max(Time, Duration.Zero);

        public static Length Of(string text)
        {
            var parsed = Ical.Net.DataTypes.Duration.Parse(text) ?? throw new FormatException("A length cannot be read.");
            var sign = parsed.Sign;
            return new Length(
                sign * (((parsed.Weeks ?? 0) * 7) + (parsed.Days ?? 0)),
                Duration.FromSeconds(sign * (((parsed.Hours ?? 0L) * 3600) + ((parsed.Minutes ?? 0L) * 60) + (parsed.Seconds ?? 0L))));
        }
    }

    /// <summary>Occurrences that do not take place as their rule says. A day leaves out all of that day.</summary>
    private sealed class Exceptions
    {
        private readonly HashSet<Instant> _times = [];
        private readonly HashSet<LocalDate> _days = [];

        public Exceptions(IcalZones zones, IReadOnlyList<IcalTime> exceptions)
        {
            foreach (var exception in exceptions)
            {
                if (exception.IsDate)
                {
                    _days.Add(exception.Local.Date);
                }
                else if (zones.Of(exception) is { } zone)
                {
                    _times.Add(ToInstant(exception.Local, zone));
                }
            }
        }

        /// <summary>Of whole days some calendars name the midnight.</summary>
        public bool Hold(LocalDateTime start, DateTimeZone zone, bool isDate) => _days.Contains(start.Date) || _times.Contains(ToInstant(start, zone)) || (isDate && _times.Contains(start.InUtc().ToInstant()));
    }
}

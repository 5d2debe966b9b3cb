using CoordinationBot.Dialogs;
using NodaTime;
using NodaTime.Extensions;

namespace CoordinationBot.People;

/// <summary>When somebody's protected time is.</summary>
internal static class FocusRules
{
    /// <summary>Its times that touch a window, soonest first. Hours that the clocks skip are not there to be protected.</summary>
    public static IEnumerable<Interval> Times(FocusTime focus, Interval window)
    {
        var zone = Zones.Find(focus.Zone);
        var (first, last) = (window.Start.InZone(zone).Date.PlusDays(-1), window.End.InZone(zone).Date);
        if (focus.Date is { } date)
        {
            (first, last) = (LocalDate.Max(first, date.ToLocalDate()), LocalDate.Min(last, date.ToLocalDate()));
        }
        for (var day = first; day <= last; day = day.PlusDays(1))
        {
            if (focus.Days?.Contains(day.DayOfWeek) == false)
            {
                continue;
            }
            var (start, end) = (At(day, focus.From, zone), At(day, focus.Until, zone));
            if (start < end && start < window.End && end > window.Start)
            {
                yield return new Interval(start, end);
            }
        }
    }

    private static Instant At(LocalDate day, TimeOnly time, DateTimeZone zone) => day.At(time.ToLocalTime()).InZone(zone, TypedDate.Resolver).ToInstant();
}

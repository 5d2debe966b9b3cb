using CoordinationBot.Dialogs;
using NodaTime;
using NodaTime.Extensions;

namespace CoordinationBot.People;

/// <summary>When somebody's protected time is.</summary>
internal static class FocusRules
{
    private const int Most = 20;
    private const int MostDaysAhead = 366;

    /// <summary>Why somebody cannot protect this time, or null.</summary>
    public static string? Refuse(Person person, FocusTime focus, Instant now) =>
        focus.Until <= focus.From ? "It would end before it begins."
        : End(focus) is { } end && end <= now ? "That time has passed. Please choose a later one."
        : focus.Date is { } date && date.ToLocalDate() > now.InZone(Zones.Find(focus.Zone)).Date.PlusDays(MostDaysAhead) ? $"{Zones.Read(date)} is more than a year ahead. Please choose an earlier day."
        : Coming(person, now).Count >= Most ? $"I keep {Most} times at most. Please end one of yours first."
        : null;

    /// <summary>With another one. What is over is forgotten; the same one again changes nothing.</summary>
    public static Person Add(Person person, FocusTime focus, Instant now) => With(person, [.. Coming(person, now).Where(known => known.Id != focus.Id), focus]);

    public static Person Remove(Person person, string? id, Instant now) => With(person, [.. Coming(person, now).Where(known => known.Id != id)]);

    /// <summary>What holds now or is still to come: every week first, then by day.</summary>
    public static IReadOnlyList<FocusTime> Coming(Person person, Instant now) =>
        [.. (person.Focus ?? []).Where(focus => End(focus) is not { } end || end > now).OrderBy(focus => focus.Date).ThenBy(focus => focus.From)];

    /// <summary>In words: "every Tue, 09:00 to 11:00 (Europe/Berlin)".</summary>
    public static string Read(FocusTime focus) =>
        $"{(focus.Date is { } date ? Zones.Read(date) : $"every {HoursSentence.ReadDays(focus.Days ?? [])}")}, {TypedTimes.Read(focus.From.ToLocalTime())} to {TypedTimes.Read(focus.Until.ToLocalTime())} ({focus.Zone})";

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

    /// <summary>Null: it comes again every week.</summary>
    private static Instant? End(FocusTime focus) => focus.Date is { } date ? At(date.ToLocalDate(), focus.Until, Zones.Find(focus.Zone)) : null;

    private static Person With(Person person, IReadOnlyList<FocusTime> focus) => person with { Focus = focus.Count == 0 ? null : focus };

    private static Instant At(LocalDate day, TimeOnly time, DateTimeZone zone) => day.At(time.ToLocalTime()).InZone(zone, TypedDate.Resolver).ToInstant();
}

using CoordinationBot.Calendars;
using NodaTime;

namespace CoordinationBot.Meetings;

/// <summary>Whether a time that somebody takes is still free, as far as that is known.</summary>
internal static class OverlapRules
{
    /// <summary>Who must come and is busy or away at some moment of it. Half open: what ends as it begins leaves it free.</summary>
    public static IReadOnlyList<Attendee> Blocking(IReadOnlyList<Attendee> attendees, Interval time) =>
        [.. attendees.Where(attendee => attendee.IsRequired && attendee.Availability.Busy.Any(busy => busy.Kind is BusyKind.Busy or BusyKind.Away && busy.Start < time.End && busy.End > time.Start))];
}

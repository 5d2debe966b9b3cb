using CoordinationBot.People;
using NodaTime;

namespace CoordinationBot.Calendars;

/// <summary>Where somebody's busy times come from: a real seam, with the bot's own calendar, iCalendar subscriptions and Microsoft Graph behind it.</summary>
internal interface ICalendarSource
{
    /// <summary>What it knows of these people's time in this window, by object id. Whoever is not in the answer has nothing here. An outage of one source is an answer, not an exception.</summary>
    /// <param name="people">Of one tenant.</param>
    /// <param name="window">Which time.</param>
    /// <param name="except">A meeting that is being moved: its own time does not count; null: all count.</param>
    /// <param name="cancel">Ends it.</param>
    ValueTask<IReadOnlyDictionary<string, CalendarAnswer>> ReadAsync(IReadOnlyList<Person> people, Interval window, string? except, CancellationToken cancel);
}

/// <summary>What one source says of one person.</summary>
/// <param name="MakesKnown">Whether it speaks for all of the person's time: then where nothing stands they are free.</param>
/// <param name="Busy">In any order; may overlap.</param>
/// <param name="Failed">It could not be read just now, and why, in a sentence for the person whose it is; null: it could.</param>
internal sealed record CalendarAnswer(bool MakesKnown, IReadOnlyList<BusyTime> Busy, string? Failed = null);

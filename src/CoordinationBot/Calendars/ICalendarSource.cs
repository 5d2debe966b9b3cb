using System.Collections.Concurrent;
using CoordinationBot.People;
using NodaTime;

namespace CoordinationBot.Calendars;

/// <summary>Where somebody's busy times come from: a real seam, with the bot's own calendar, iCalendar subscriptions and Microsoft Graph behind it.</summary>
internal interface ICalendarSource
{
    /// <summary>What it knows of these people's time in this window. An outage of one source is an answer, not an exception.</summary>
    /// <param name="people">Of one tenant.</param>
    /// <param name="window">Which time.</param>
    /// <param name="except">Whose own time does not count; null: all count.</param>
    /// <param name="answers">By object id, each as soon as it is known: whoever is slow keeps nobody else waiting. Null: there is nothing here of them, and so of whoever is not in it in the end.</param>
    /// <param name="cancel">Ends it; what is not in the answers by then counts as not said.</param>
    ValueTask ReadAsync(IReadOnlyList<Person> people, Interval window, OwnTime? except, ConcurrentDictionary<string, CalendarAnswer?> answers, CancellationToken cancel);
}

/// <summary>What one source says of one person.</summary>
/// <param name="MakesKnown">Whether it speaks for all of the person's time: then where nothing stands they are free.</param>
/// <param name="Busy">In any order; may overlap.</param>
/// <param name="Failed">It could not be read just now, and why, in a sentence for the person whose it is; null: it could.</param>
internal sealed record CalendarAnswer(bool MakesKnown, IReadOnlyList<BusyTime> Busy, string? Failed = null);

/// <summary>A meeting that another time is looked for: it must not stand in its own way.</summary>
/// <param name="Meeting">Its id.</param>
/// <param name="Time">When it is; null: it has no time yet. A calendar that tells no event apart leaves out what lies exactly there.</param>
internal sealed record OwnTime(string Meeting, Interval? Time);

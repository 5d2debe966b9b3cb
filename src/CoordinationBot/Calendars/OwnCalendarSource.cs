using System.Collections.Concurrent;
using CoordinationBot.People;
using NodaTime;

namespace CoordinationBot.Calendars;

/// <summary>What the bot holds itself, and the time that people protect. It speaks for all of somebody's time only when they said so.</summary>
internal sealed class OwnCalendarSource(OwnCalendar calendar) : ICalendarSource
{
    public async ValueTask ReadAsync(IReadOnlyList<Person> people, Interval window, OwnTime? except, ConcurrentDictionary<string, CalendarAnswer?> answers, CancellationToken cancel) =>
        await Parallel.ForEachAsync(people, AvailabilityReader.Side(cancel), async (person, stop) =>
        {
            var held = await calendar.ListAsync(person.Tenant, person.ObjectId, window, stop);
            answers[person.ObjectId] = new CalendarAnswer(
                person.CalendarIsHere,
                [
                    .. held.Where(time => !time.IsOf(except?.Meeting)).Select(time => new BusyTime(time.Start, time.End, time.Kind)),
                    .. (person.Focus ?? []).SelectMany(focus => FocusRules.Times(focus, window)).Select(time => new BusyTime(time.Start, time.End, BusyKind.Focus)),
                ]);
        });
}

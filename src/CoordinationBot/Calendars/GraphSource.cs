using System.Collections.Concurrent;
using System.Net;
using CoordinationBot.People;
using NodaTime;

namespace CoordinationBot.Calendars;

/// <summary>When people are busy by their calendars in Microsoft 365. It tells no event apart from another: of a meeting that is being moved, what lies exactly at its time is left out.</summary>
/// <param name="client">Asks.</param>
/// <param name="tenant">The only one whose people it knows.</param>
/// <param name="logger">The log.</param>
internal sealed partial class GraphSource(GraphClient client, string tenant, ILogger<GraphSource> logger) : ICalendarSource
{
    /// <summary>People wait for the answer.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Whoever has no mailbox cannot ask, so a few are tried.</summary>
    private const int MostAnchors = 3;

    public async ValueTask ReadAsync(IReadOnlyList<Person> people, Interval window, OwnTime? except, ConcurrentDictionary<string, CalendarAnswer?> answers, CancellationToken cancel)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(Patience);
        var known = people.ToLookup(person => person.Tenant == tenant && person.Email is { Length: > 0 });
        foreach (var person in known[false])
        {
            answers[person.ObjectId] = null;
        }
        await Parallel.ForEachAsync(known[true].DistinctBy(person => person.ObjectId).Chunk(GraphClient.MostSchedules), AvailabilityReader.Side(cancel), async (batch, stop) =>
        {
            foreach (var (person, answer) in await ReadAsync(batch, window, except?.Time, patience.Token, stop))
            {
                answers[person.ObjectId] = answer;
            }
        });
    }

    private async ValueTask<IEnumerable<(Person Person, CalendarAnswer? Answer)>> ReadAsync(Person[] batch, Interval window, Interval? own, CancellationToken patience, CancellationToken cancel)
    {
        try
        {
            List<IReadOnlyList<GraphSchedule>> parts = [];
            foreach (var part in GraphRules.Parts(window))
            {
                parts.Add(await AskAsync(batch, part, patience));
            }
            return
            [
                .. batch.Select(person => (person, GraphRules.Join([.. parts.Select(part => GraphRules.Read(part.FirstOrDefault(schedule => string.Equals(schedule.ScheduleId, person.Email, StringComparison.OrdinalIgnoreCase)), own))]))),
            ];
        }
        catch (GraphException failure)
        {
            LogNoAnswer(logger, failure.Status, batch.Length);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            LogNoAnswer(logger, HttpStatusCode.RequestTimeout, batch.Length);
        }
        return batch.Select(person => (person, (CalendarAnswer?)new CalendarAnswer(false, [], GraphRules.NoAnswer)));
    }

    private async ValueTask<IReadOnlyList<GraphSchedule>> AskAsync(Person[] batch, Interval window, CancellationToken cancel)
    {
        for (var anchor = 0; ; anchor++)
        {
            try
            {
                return await client.SchedulesAsync(batch[anchor].ObjectId, [.. batch.Select(person => person.Email!)], window, cancel);
            }
            catch (GraphException failure) when (failure.Status is HttpStatusCode.NotFound or HttpStatusCode.BadRequest && anchor + 1 < Math.Min(batch.Length, MostAnchors))
            {
                // The next may have one.
            }
        }
    }

    [LoggerMessage(400, LogLevel.Warning, "Graph did not say when {People} people are busy: it answered {Status}.")]
    private static partial void LogNoAnswer(ILogger logger, HttpStatusCode? status, int people);
}

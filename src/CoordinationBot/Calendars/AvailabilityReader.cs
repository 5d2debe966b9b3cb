using System.Collections.Concurrent;
using CoordinationBot.People;
using NodaTime;

namespace CoordinationBot.Calendars;

/// <summary>What is known of people's time, from all calendar sources together.</summary>
internal sealed partial class AvailabilityReader(IEnumerable<ICalendarSource> sources, TimeProvider clock, ILogger<AvailabilityReader> logger)
{
    /// <summary>People wait for the answer: of whom nothing is known by then, nothing is known.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(6);

    // What one reader asks of the store or of a server at a time.
    private const int MostAtOnce = 8;

    private static readonly CalendarAnswer Late = new(false, [], "One of your calendars did not answer in time.");

    /// <summary>By object id; everybody who was asked for is in it.</summary>
    /// <param name="people">Of one tenant.</param>
    /// <param name="window">Which time.</param>
    /// <param name="except">Whose own time does not count; null: all count.</param>
    /// <param name="cancel">Ends it.</param>
    public async Task<IReadOnlyDictionary<string, Availability>> ReadAsync(IReadOnlyList<Person> people, Interval window, OwnTime? except, CancellationToken cancel)
    {
        using var end = new CancellationTokenSource(Patience, clock);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel, end.Token);
        var readings = await Task.WhenAll(sources.Select(source => ReadAsync(source, people, window, except, patience.Token, cancel)));
        return people.DistinctBy(person => person.ObjectId).ToDictionary(
            person => person.ObjectId,
            person => AvailabilityRules.Merge(
                [.. readings.Select(reading => reading(person.ObjectId)).OfType<CalendarAnswer>()],
                (person.Absences ?? []).Select(absence => absence.Time()),
                window),
            StringComparer.Ordinal);
    }

    /// <summary>How a source asks for several people side by side.</summary>
    public static ParallelOptions Side(CancellationToken cancel) => new() { MaxDegreeOfParallelism = MostAtOnce, CancellationToken = cancel };

    /// <summary>What a source said of each by the end of the patience. One that does not end by itself is left to itself.</summary>
    private async Task<Func<string, CalendarAnswer?>> ReadAsync(ICalendarSource source, IReadOnlyList<Person> people, Interval window, OwnTime? except, CancellationToken patience, CancellationToken cancel)
    {
        var answers = new ConcurrentDictionary<string, CalendarAnswer?>(StringComparer.Ordinal);
        var reading = source.ReadAsync(people, window, except, answers, patience).AsTask();
        try
        {
            await reading.WaitAsync(patience);
            return objectId => answers.GetValueOrDefault(objectId);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            // Nobody waits for how it ends.
            _ = reading.ContinueWith(static late => late.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
            var said = answers.ToDictionary(StringComparer.Ordinal);
            LogLate(logger, source.GetType().Name, people.Count(person => !said.ContainsKey(person.ObjectId)));
            return objectId => said.TryGetValue(objectId, out var answer) ? answer : Late;
        }
    }

    [LoggerMessage(403, LogLevel.Warning, "{Source} did not say in time when {People} people are busy.")]
    private static partial void LogLate(ILogger logger, string source, int people);
}

using CoordinationBot.People;
using NodaTime;

namespace CoordinationBot.Calendars;

/// <summary>What is known of people's time, from all calendar sources together.</summary>
internal sealed class AvailabilityReader(IEnumerable<ICalendarSource> sources)
{
    // What one reader asks of the store or of a server at a time.
    private const int MostAtOnce = 8;

    /// <summary>By object id; everybody who was asked for is in it.</summary>
    /// <param name="people">Of one tenant.</param>
    /// <param name="window">Which time.</param>
    /// <param name="except">A meeting that is being moved: its own time does not count; null: all count.</param>
    /// <param name="cancel">Ends it.</param>
    public async Task<IReadOnlyDictionary<string, Availability>> ReadAsync(IReadOnlyList<Person> people, Interval window, string? except, CancellationToken cancel)
    {
        var answers = await Task.WhenAll(sources.Select(source => source.ReadAsync(people, window, except, cancel).AsTask()));
        return people.DistinctBy(person => person.ObjectId).ToDictionary(
            person => person.ObjectId,
            person => AvailabilityRules.Merge(
                [.. answers.Select(answer => answer.GetValueOrDefault(person.ObjectId)).OfType<CalendarAnswer>()],
                (person.Absences ?? []).Select(absence => absence.Time()),
                window),
            StringComparer.Ordinal);
    }

    /// <summary>How a source asks for several people side by side.</summary>
    public static ParallelOptions Side(CancellationToken cancel) => new() { MaxDegreeOfParallelism = MostAtOnce, CancellationToken = cancel };
}

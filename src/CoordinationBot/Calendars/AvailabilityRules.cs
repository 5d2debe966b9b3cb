using NodaTime;

namespace CoordinationBot.Calendars;

/// <summary>What several sources say of one person, as one.</summary>
internal static class AvailabilityRules
{
    /// <summary>
    /// Known when a source speaks for all of their time and none that should failed: what a failed one would have said nobody knows, so that person is
    /// not free by what the others say. What is busy by any of them is busy, the failed ones among them.
    /// </summary>
    /// <param name="answers">Of the sources that have something on this person.</param>
    /// <param name="absences">When they are away.</param>
    /// <param name="window">Nothing outside it is told.</param>
    public static Availability Merge(IReadOnlyList<CalendarAnswer> answers, IEnumerable<Interval> absences, Interval window) => new(
        answers.Any(answer => answer.MakesKnown) && answers.All(answer => answer.Failed is null),
        Merge([.. answers.SelectMany(answer => answer.Busy), .. absences.Select(away => new BusyTime(away.Start, away.End, BusyKind.Away))], window));

    /// <summary>Sorted by start; those of one kind are merged where they overlap or touch, and cut to the window.</summary>
    public static IReadOnlyList<BusyTime> Merge(IReadOnlyList<BusyTime> times, Interval window)
    {
        List<BusyTime> merged = new(times.Count);
        var inside = times
            .Select(time => time with { Start = Instant.Max(time.Start, window.Start), End = Instant.Min(time.End, window.End) })
            .Where(time => time.Start < time.End)
            .OrderBy(time => time.Kind).ThenBy(time => time.Start);
        foreach (var time in inside)
        {
            if (merged.Count > 0 && merged[^1] is var last && last.Kind == time.Kind && time.Start <= last.End)
            {
                merged[^1] = last with { End = Instant.Max(last.End, time.End) };
            }
            else
            {
                merged.Add(time);
            }
        }
        merged.Sort((one, other) => one.Start.CompareTo(other.Start) is not 0 and var order ? order : one.Kind.CompareTo(other.Kind));
        return merged;
    }
}

using NodaTime;
using NodaTime.TimeZones;

namespace CoordinationBot.Calendars;

/// <summary>
/// What would have to change for a slot to be found. How large a change is, is the share of what was asked for that it gives up: of the length, of the
/// required people, or of the window as it would become. The smallest first, of one size shortening before leaving out before looking further.
/// </summary>
/// <remarks>One of a kind; only where a kind has none, a second or third person who could be left out takes its place.</remarks>
internal static class SlotChangeRules
{
    private const int Most = 3;

    /// <summary>How many days further is looked.</summary>
    public const int DaysFurther = 14;

    public static IReadOnlyList<SlotChange> Smallest(SlotRequest request, Seating seating, Instant now)
    {
        List<(SlotChange Change, double Share)> changes = [];
        if (SlotRoom.LongestBelow(request, now) is { } length)
        {
            changes.Add((new SlotChange(SlotChangeKind.Shorten, SlotRanking.Best(Seating.Of(Shortened(request, length), now), 1)[0]) { Length = length }, (request.Length - length) / request.Length));
        }
        if (UntilWhen(request, seating.Least, now) is var (until, wider))
        {
            changes.Add((new SlotChange(SlotChangeKind.Widen, SlotRanking.Best(wider, 1)[0]) { Until = until }, (until - request.Window.End) / (until - request.Window.Start)));
        }
        foreach (var person in Dispensable(seating).Take(Most - changes.Count))
        {
            var without = request.Attendees[person];
            changes.Add((new SlotChange(SlotChangeKind.MakeOptional, SlotRanking.Best(seating.With(Without(request, without).Attendees), 1)[0]) { Without = without }, 1.0 / seating.Required.Count()));
        }
        return [.. changes.OrderBy(change => change.Share).ThenBy(change => change.Change.Kind).Select(change => change.Change)];
    }

    /// <summary>What is looked for with a change.</summary>
    public static SlotRequest Apply(SlotRequest request, SlotChange change) => change.Kind switch
    {
        SlotChangeKind.Shorten => Shortened(request, change.Length!.Value),
        SlotChangeKind.MakeOptional => Without(request, change.Without!),
        SlotChangeKind.Widen => Widened(request, change.Until!.Value),
    };

    private static SlotRequest Shortened(SlotRequest request, Duration length) => request with { Length = length };

    private static SlotRequest Widened(SlotRequest request, Instant until) => request with { Window = new Interval(request.Window.Start, until) };

    private static SlotRequest Without(SlotRequest request, Attendee without) =>
        request with { Attendees = [.. request.Attendees.Select(attendee => attendee.Key == without.Key ? attendee with { IsRequired = false } : attendee)] };

    /// <summary>
    /// Indexes of those without whom something would be found, never the organiser: first who opens most times. Without somebody less rest may
    /// have to be broken, and other times be looked at.
    /// </summary>
    private static IEnumerable<int> Dispensable(Seating seating)
    {
        var count = seating.Grid.Count;
        // Only who rests most, and alone, makes a difference by not having to come.
        var (neediest, neededByOthers) = (new int[count], new Rest[count]);
        foreach (var person in seating.Required)
        {
            var rests = seating.RestsOf(person);
            for (var index = 0; index < count; index++)
            {
                if (rests[index] == seating.Needed[index] && neediest[index] == 0)
                {
                    neediest[index] = person + 1;
                }
                else if (rests[index] > neededByOthers[index])
                {
                    neededByOthers[index] = rests[index];
                }
            }
        }
        return seating.Required
            .Where(person => person > 0)
            .Select(person => (Person: person, Opened: Opened(seating, person, neediest, neededByOthers)))
            .Where(one => one.Opened > 0)
            .OrderByDescending(one => one.Opened)
            .Select(one => one.Person);
    }

    /// <summary>How many times would do without somebody.</summary>
    private static int Opened(Seating seating, int person, int[] neediest, Rest[] neededByOthers)
    {
        var (least, opened) = (Rest.Night, 0);
        var standings = seating.StandingsOf(person);
        for (var index = 0; index < standings.Length; index++)
        {
            var needed = neediest[index] == person + 1 ? neededByOthers[index] : seating.Needed[index];
            if (needed < least)
            {
                (least, opened) = (needed, 0);
            }
            opened += needed == least && seating.Against[index] == (standings[index] >= Standing.Busy ? 1 : 0) ? 1 : 0;
        }
        return opened;
    }

    /// <summary>
    /// The end of the first day of the organiser by which something would be found, and what comes on top until then. Of all these days only the times
    /// that break the least rest count: who comes too late for this week is not sent into the weekend.
    /// </summary>
    private static (Instant, Seating)? UntilWhen(SlotRequest request, Rest least, Instant now)
    {
        var (zone, window) = (request.Attendees[0].Zone, request.Window);
        // Of a window that has passed only what is still ahead counts.
        var today = Instant.Max(window.End, now).InZone(zone).Date;
        // Leniently: a zone may skip midnight, or a whole day.
        Instant[] ends = [.. Enumerable.Range(1, DaysFurther).Select(days => today.PlusDays(days).AtMidnight().InZone(zone, Resolvers.LenientResolver).ToInstant())];
        // Nothing would do within the window, nor would it then: only what ends after it is new.
        var seating = Seating.Of(request with { Window = new Interval(Instant.Max(window.Start, window.End - request.Length + Duration.FromTicks(1)), ends[^1]) }, now);
        var times = Enumerable.Range(0, seating.Grid.Count);
        if (seating.Least > least || !times.Any(seating.IsFeasible))
        {
            return null;
        }
        var first = seating.Grid.Time(times.First(seating.IsFeasible));
        var until = ends.First(end => end >= first.End);
        return (until, seating.Before(times.Count(index => seating.Grid.Time(index).End <= until)));
    }
}

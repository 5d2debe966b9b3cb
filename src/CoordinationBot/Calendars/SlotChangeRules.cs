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
            changes.Add((new SlotChange(SlotChangeKind.Shorten, BestOf(Shortened(request, length), now)) { Length = length }, (request.Length - length) / request.Length));
        }
        if (UntilWhen(request, now) is { } until)
        {
            changes.Add((new SlotChange(SlotChangeKind.Widen, BestOf(Widened(request, until), now)) { Until = until }, (until - request.Window.End) / (until - request.Window.Start)));
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

    private static Slot BestOf(SlotRequest request, Instant now) => SlotRanking.Best(Seating.Of(request, now), 1)[0];

    /// <summary>
    /// Indexes of those without whom something would be found, never the organiser: first who opens most times. Without somebody less rest may
    /// have to be broken, and other times be looked at.
    /// </summary>
    private static IEnumerable<int> Dispensable(Seating seating)
    {
        var count = seating.Grid.Count;
        var (neededByOthers, neediest) = (new Rest[count], new int[count]);
        foreach (var person in seating.Required)
        {
            for (var index = 0; index < count; index++)
            {
                var rest = seating.RestOf(person, index);
                if (rest == seating.Needed[index] && neediest[index] == 0)
                {
                    neediest[index] = person + 1;
                }
                else if (rest > neededByOthers[index])
                {
                    neededByOthers[index] = rest;
                }
            }
        }
        return seating.Required
            .Where(person => person > 0)
            .Select(person =>
            {
                Rest NeededWithout(int index) => neediest[index] == person + 1 ? neededByOthers[index] : seating.Needed[index];
                var least = Rest.Night;
                for (var index = 0; index < count; index++)
                {
                    least = NeededWithout(index) < least ? NeededWithout(index) : least;
                }
                var opened = 0;
                for (var index = 0; index < count; index++)
                {
                    opened += NeededWithout(index) == least && seating.Against[index] == (seating.CanCome(person, index) ? 0 : 1) ? 1 : 0;
                }
                return (Person: person, Opened: opened);
            })
            .Where(one => one.Opened > 0)
            .OrderByDescending(one => one.Opened)
            .Select(one => one.Person);
    }

    /// <summary>The end of the first day of the organiser by which something would be found.</summary>
    private static Instant? UntilWhen(SlotRequest request, Instant now)
    {
        var zone = request.Attendees[0].Zone;
        // Of a window that has passed only what is still ahead counts.
        var today = Instant.Max(request.Window.End, now).InZone(zone).Date;
        // Leniently: a zone may skip midnight, or a whole day.
        Instant[] ends = [.. Enumerable.Range(1, DaysFurther).Select(days => today.PlusDays(days).AtMidnight().InZone(zone, Resolvers.LenientResolver).ToInstant())];
        var seating = Seating.Of(Widened(request, ends[^1]), now);
        var (index, least, leastFree) = (0, Rest.Night, (Rest?)null);
        foreach (var end in ends)
        {
            for (; index < seating.Grid.Count && seating.Grid.Time(index).End <= end; index++)
            {
                var needed = seating.Needed[index];
                least = needed < least ? needed : least;
                leastFree = seating.Against[index] == 0 && !(leastFree <= needed) ? needed : leastFree;
            }
            if (leastFree == least)
            {
                return end;
            }
        }
        return null;
    }
}

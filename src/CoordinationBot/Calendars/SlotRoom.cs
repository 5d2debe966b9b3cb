using NodaTime;

namespace CoordinationBot.Calendars;

/// <summary>How long a meeting could be: by looking once from each time on to the next thing that is in its way.</summary>
internal static class SlotRoom
{
    private static readonly Duration Quarter = Duration.FromMinutes(15);

    /// <summary>The longest length that finds something, by quarters of an hour shorter than what was asked for, and not shorter than one; null when none does.</summary>
    public static Duration? LongestBelow(SlotRequest request, Instant now)
    {
        var quarters = (int)Math.Floor((request.Length - Quarter) / Quarter);
        if (quarters < 1)
        {
            return null;
        }
        var room = RoomOf(request with { Length = request.Length - (quarters * Quarter) }, now);
        return Enumerable.Range(1, quarters)
            .Select(fewer => (Duration?)(request.Length - (fewer * Quarter)))
            // The least rest that leaves so much room decides, whether people are free then or not.
            .FirstOrDefault(length => Array.Find(room, one => one.Open >= length!.Value.BclCompatibleTicks) is var least && least.Free >= length!.Value.BclCompatibleTicks);
    }

    /// <summary>By how much rest is broken, the longest time that breaks no more, and the longest of these at which all required people can come.</summary>
    private static (long Open, long Free)[] RoomOf(SlotRequest request, Instant now)
    {
        var starts = SlotGrid.Of(request, now) with { Length = 1 };
        var end = request.Window.End.ToUnixTimeTicks();
        var (free, open) = (NewLimits(starts, end), NewLimits(starts, end));
        var levels = Enum.GetValues<Rest>();
        var rested = Array.ConvertAll(levels, _ => NewLimits(starts, end));
        if (starts.Count == 0)
        {
            return [.. levels.Select(_ => (0L, 0L))];
        }
        var span = new Interval(starts.Span.Start, request.Window.End);
        var required = request.Attendees.Where(attendee => attendee.IsRequired).ToList();
        foreach (var (zone, times) in required.Select(attendee => (attendee.Zone, attendee.Times)).Distinct())
        {
            foreach (var rest in WorkingHours.Rests(zone, times, span))
            {
                Limit(rested[(int)rest.Kind], starts, rest.Start, rest.End);
            }
        }
        foreach (var busy in required.SelectMany(attendee => attendee.Availability.Busy).Where(busy => busy.Kind is BusyKind.Busy or BusyKind.Away))
        {
            var taken = busy.With(request.Buffer);
            Limit(free, starts, taken.Start, taken.End);
        }
        Spread(free);
        var room = new (long Open, long Free)[levels.Length];
        for (var level = levels.Length - 1; level >= 0; level--)
        {
            for (var index = 0; index < starts.Count; index++)
            {
                var start = starts.First + (index * starts.Step);
                room[level].Open = Math.Max(room[level].Open, open[index] - start);
                room[level].Free = Math.Max(room[level].Free, Math.Min(open[index], free[index]) - start);
                open[index] = Math.Min(open[index], rested[level][index]);
            }
            // What stands in the way of the next stands in the way of this one.
            Spread(open);
        }
        return room;
    }

    private static long[] NewLimits(SlotGrid starts, long end)
    {
        var limits = new long[starts.Count];
        Array.Fill(limits, end);
        return limits;
    }

    /// <summary>What begins within this time has no room, and what begins last before it has room until it.</summary>
    private static void Limit(long[] limits, SlotGrid starts, Instant start, Instant end)
    {
        var (from, until) = starts.Touched(start, end);
        for (var index = from; index < until; index++)
        {
            limits[index] = starts.First + (index * starts.Step);
        }
        if (from > 0)
        {
            limits[from - 1] = Math.Min(limits[from - 1], start.ToUnixTimeTicks());
        }
    }

    private static void Spread(long[] limits)
    {
        for (var index = limits.Length - 2; index >= 0; index--)
        {
            limits[index] = Math.Min(limits[index], limits[index + 1]);
        }
    }
}

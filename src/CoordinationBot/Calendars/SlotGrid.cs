using NodaTime;

namespace CoordinationBot.Calendars;

/// <summary>The times that are possible at all: each begins at a multiple of the step in UTC, after now, and lies in the window. In ticks, since there are thousands.</summary>
internal readonly record struct SlotGrid(long First, long Step, long Length, int Count)
{
    public static SlotGrid Of(SlotRequest request, Instant now)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(request.Length, Duration.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(request.Step, Duration.Zero);
        var (step, length) = (request.Step.BclCompatibleTicks, request.Length.BclCompatibleTicks);
        var earliest = Math.Max(request.Window.Start.ToUnixTimeTicks(), now.ToUnixTimeTicks() + 1);
        var first = -FloorOf(-earliest, step) * step;
        var latest = request.Window.End.ToUnixTimeTicks() - length;
        return new SlotGrid(first, step, length, latest < first ? 0 : checked((int)((latest - first) / step) + 1));
    }

    /// <summary>All that the slots cover.</summary>
    public Interval Span => Count == 0 ? new Interval(Instant.FromUnixTimeTicks(First), Instant.FromUnixTimeTicks(First)) : new Interval(Time(0).Start, Time(Count - 1).End);

    public Interval Time(int index) => new(Instant.FromUnixTimeTicks(First + (index * Step)), Instant.FromUnixTimeTicks(First + (index * Step) + Length));

    /// <summary>Which slots this time touches. Both are half open: what ends as the other begins does not touch it, and what takes no time touches nothing.</summary>
    public (int From, int Until) Touched(Instant start, Instant end)
    {
        var (from, until) = (start.ToUnixTimeTicks() - First, end.ToUnixTimeTicks() - First);
        return from >= until || until <= 0 ? (0, 0)
            : (Math.Min(from < Length ? 0 : IndexOf(((from - Length) / Step) + 1), Count), Math.Min(IndexOf(((until - 1) / Step) + 1), Count));
    }

    private static long FloorOf(long value, long divisor) => Math.DivRem(value, divisor) is var (quotient, rest) && rest < 0 ? quotient - 1 : quotient;

    private static int IndexOf(long index) => (int)Math.Min(index, int.MaxValue);
}

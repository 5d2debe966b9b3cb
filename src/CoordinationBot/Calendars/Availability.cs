using NodaTime;

namespace CoordinationBot.Calendars;

/// <summary>Why a time is taken.</summary>
internal enum BusyKind
{
    Busy,

    /// <summary>Said to be there perhaps.</summary>
    Tentative,

    /// <summary>Time that somebody protects for themselves: it can be broken, and costs something.</summary>
    Focus,

    /// <summary>Not at work at all.</summary>
    Away,
}

/// <summary>A time at which somebody is not simply free. Half open: what ends at ten leaves ten free.</summary>
internal readonly record struct BusyTime(Instant Start, Instant End, BusyKind Kind)
{
    /// <summary>With what is to be left free around it: whoever is busy needs time before and after, and nobody else does.</summary>
    public BusyTime With(Duration buffer) => Kind == BusyKind.Busy && Start < End ? this with { Start = Start - buffer, End = End + buffer } : this;
}

/// <summary>What is known of somebody's time.</summary>
/// <param name="IsKnown">Whether any calendar of theirs could be read. Without one they are unknown, never free, though what is known of them is busy.</param>
/// <param name="Busy">In the order in which they start. Those of one kind do not overlap.</param>
internal sealed record Availability(bool IsKnown, IReadOnlyList<BusyTime> Busy)
{
    public static readonly Availability Unknown = new(false, []);
}

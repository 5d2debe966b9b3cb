using System.Collections.Frozen;
using System.Diagnostics;
using System.Globalization;
using CoordinationBot.Benchmarks.Report;
using CoordinationBot.Calendars;
using CoordinationBot.People;
using NodaTime;

namespace CoordinationBot.Benchmarks.Measures;

/// <summary>What it takes to find a time in four weeks, by quarters of an hour, for people all around the world: no time suits everybody's day, so that all of them are looked at.</summary>
internal static class SlotMeasure
{
    private const int Events = 200;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(1.5);
    private static readonly Duration Weeks = Duration.FromDays(28);
    private static readonly Instant Now = Instant.FromUtc(2026, 10, 12, 0, 0);

    private static readonly string[] Zones =
        ["Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe", "America/St_Johns", "Asia/Tokyo", "America/Los_Angeles", "Pacific/Kiritimati", "Africa/Lagos", "Asia/Kolkata", "America/Sao_Paulo", "Europe/London"];

    private static readonly WorkTimes Office = new(
        FrozenSet.Create(IsoDayOfWeek.Monday, IsoDayOfWeek.Tuesday, IsoDayOfWeek.Wednesday, IsoDayOfWeek.Thursday, IsoDayOfWeek.Friday),
        new LocalTime(8, 0),
        new LocalTime(17, 0),
        [new QuietTime(new LocalTime(18, 0), new LocalTime(8, 0))],
        FrozenSet<LocalDate>.Empty,
        FrozenSet<AnnualDate>.Empty);

    public static void Run(FigureTable table)
    {
        var (fifty, many, isolated) = (RequestFor(50, Events), RequestFor(500, Events), Blocked(RequestFor(50, Events)));
        if (SlotRules.Find(fifty, Now).Best.Count != 5 || SlotRules.Find(many, Now).Best.Count != 5 || SlotRules.Find(isolated, Now) is not { Best: [], Blockers: [{ Alone: > 0 }, ..], Changes.Count: 2 })
        {
            throw new InvalidOperationException("What is found is not what was to be measured.");
        }
        var (time, bytes) = Measured(fifty);
        table.AtMost("Slots: ms for 50 people, 200 events each, 4 weeks", time, 5, "ms");
        table.AtMost("Slots: MB allocated for these", bytes / 1e6, 5, "MB");
        var (blockedTime, blockedBytes) = Measured(isolated);
        table.AtMost("Slots: ms for these when there is none: who blocks, what would help", blockedTime, 5, "ms");
        table.AtMost("Slots: MB allocated for that", blockedBytes / 1e6, 5, "MB");
        table.AtMost("Slots: ms for 500 people", Measured(many).Milliseconds, 40, "ms");
        table.AtMost("Slots: ms for 500 people when there is none", Measured(Blocked(many)).Milliseconds, 40, "ms");
        table.AtMost("Slots: times as long for 8 times the events (50 people, 400 and 3,200 each)", Measured(RequestFor(50, 3200)).Milliseconds / Measured(RequestFor(50, 400)).Milliseconds, 8);
    }

    /// <summary>The best of many rounds: it waits for nothing, and what others do on the machine is not its cost.</summary>
    private static (double Milliseconds, double Bytes) Measured(SlotRequest request)
    {
        List<double> rounds = [];
        var bytes = 0L;
        var warm = Stopwatch.GetTimestamp();
        for (var round = 0; round < 31;)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            var from = Stopwatch.GetTimestamp();
            SlotRules.Find(request, Now);
            // First until the compiler has done what it does to code that is used much.
            if (Stopwatch.GetElapsedTime(warm) > WarmUp)
            {
                rounds.Add(Stopwatch.GetElapsedTime(from).TotalMilliseconds);
                bytes = GC.GetAllocatedBytesForCurrentThread() - before;
                round++;
            }
        }
        return (new Spread(rounds).Best, bytes);
    }

    /// <summary>Everybody is required, and has something at about the same times, so that a little is left between them.</summary>
    private static SlotRequest RequestFor(int people, int events)
    {
        var every = Weeks / events;
        return new SlotRequest([.. Enumerable.Range(0, people).Select(person => new Attendee(
            string.Create(CultureInfo.InvariantCulture, $"person-{person}"),
            string.Create(CultureInfo.InvariantCulture, $"Person {person}"),
            true,
            DateTimeZoneProviders.Tzdb[Zones[person % Zones.Length]],
            // Hours of their own, hardly two the same.
            Office with { DayStarts = new LocalTime(8, 12 * (person % 5)) },
            new Availability(person % 10 > 0, [.. Enumerable.Range(0, events).Select(number => EventOf(Now + (number * every) + (person % 7 * every / 20), every / 4, number + person))])))],
            Duration.FromMinutes(30),
            new Interval(Now, Now + Weeks));
    }

    private static BusyTime EventOf(Instant start, Duration length, int number) =>
        new(start, start + length, (number % 5) switch { 0 => BusyKind.Tentative, 1 => BusyKind.Focus, _ => BusyKind.Busy });

    /// <summary>One of them is away all the time.</summary>
    private static SlotRequest Blocked(SlotRequest request) => request with
    {
        Attendees = [.. request.Attendees.Select((attendee, person) => person == 7 ? attendee with { Availability = new Availability(true, [new BusyTime(Now, Now + Weeks, BusyKind.Away), .. attendee.Availability.Busy]) } : attendee)],
    };
}

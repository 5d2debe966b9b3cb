using System.Collections.Frozen;
using CoordinationBot.Calendars;
using CoordinationBot.People;
using CsCheck;
using NodaTime;

namespace CoordinationBot.Tests.Calendars;

/// <summary>Random people with random calendars, around changes of the clocks and on both sides of the date line.</summary>
internal static class SlotSamples
{
    private static readonly string[] Zones =
        ["Asia/Kathmandu", "Australia/Lord_Howe", "Pacific/Apia", "Pacific/Kiritimati", "America/St_Johns", "Europe/Berlin", "America/Sao_Paulo", "America/Los_Angeles", "Etc/UTC"];

    /// <summary>Changes of the clocks: Berlin, Lord Howe (half an hour) and St John's both ways, São Paulo at midnight, the day that Apia left out; and an ordinary week.</summary>
    private static readonly LocalDate[] Days =
        [new(2026, 3, 29), new(2026, 10, 25), new(2026, 4, 5), new(2026, 10, 4), new(2026, 3, 8), new(2026, 11, 1), new(2018, 11, 4), new(2018, 2, 18), new(2011, 12, 30), new(2026, 12, 2)];

    private static readonly IsoDayOfWeek[] Weekdays = [IsoDayOfWeek.Monday, IsoDayOfWeek.Tuesday, IsoDayOfWeek.Wednesday, IsoDayOfWeek.Thursday, IsoDayOfWeek.Friday];
    private static readonly IsoDayOfWeek[] FromSunday = [IsoDayOfWeek.Sunday, IsoDayOfWeek.Monday, IsoDayOfWeek.Tuesday, IsoDayOfWeek.Wednesday, IsoDayOfWeek.Thursday];
    private static readonly IsoDayOfWeek[] Always = [.. Weekdays, IsoDayOfWeek.Saturday, IsoDayOfWeek.Sunday];

    /// <summary>Office, early office with a quiet noon, night shift, around the clock, hours that a change of the clocks hits, and a shop.</summary>
    private static readonly WorkTimes[] Times =
    [
        Hours(Weekdays, "09:00", "17:00", "18:00-08:00"),
        Hours(FromSunday, "08:00", "16:00", "20:00-07:30", "12:00-13:00"),
        Hours(Always, "22:00", "06:00"),
        Hours(Weekdays, "00:00", "00:00"),
        Hours(Always, "02:15", "10:30", "23:10-02:20"),
        Hours([.. Weekdays, IsoDayOfWeek.Saturday], "10:00", "20:00", "00:00-08:00"),
    ];

    private static readonly Gen<BusyKind> Kind = Gen.Frequency((5, Gen.Const(BusyKind.Busy)), (2, Gen.Const(BusyKind.Tentative)), (3, Gen.Const(BusyKind.Focus)), (1, Gen.Const(BusyKind.Away)));

    /// <summary>In minutes: most end with a quarter of an hour, some last for days, some take no time.</summary>
    private static readonly Gen<int> Lasting = Gen.Frequency((6, Gen.Int[1, 16].Select(quarters => quarters * 15)), (2, Gen.Int[0, 40].Select(fives => fives * 5)), (1, Gen.Int[1, 4].Select(days => days * 1440)));

    private static readonly Gen<int> Beginning = Gen.Frequency((3, Gen.Int[-96, 960].Select(quarters => quarters * 15)), (1, Gen.Int[-288, 2880].Select(fives => fives * 5)));

    /// <summary>All of it in steps of five minutes, so that it can be checked by these.</summary>
    public static readonly Gen<(SlotRequest Request, Instant Now)> Any = Gen.Select(
        Gen.Select(Gen.Int[0, Days.Length - 1], Gen.Int[-288, 96].Select(quarters => quarters * 15), Gen.Frequency((4, Gen.Int[0, 3 * 96].Select(quarters => quarters * 15)), (1, Gen.Int[0, 3 * 288].Select(fives => fives * 5)))),
        Gen.Frequency((4, Gen.Int[1, 32].Select(quarters => quarters * 15)), (1, Gen.Int[3, 96].Select(fives => fives * 5))),
        Gen.OneOf(Gen.Const(0), Gen.Const(0), Gen.Const(10), Gen.Const(15), Gen.Const(40)),
        Gen.Frequency((3, Gen.Const(-1440)), (2, Gen.Int[-60, 400].Select(fives => fives * 5)), (1, Gen.Int[0, 130].Select(quarters => quarters * 15))),
        Gen.Select(Gen.Int[1, 6], Gen.OneOf(Gen.Const(15), Gen.Const(15), Gen.Const(5))),
        Gen.Select(
            Gen.Select(Gen.Int[0, Zones.Length - 1], Gen.Int[0, Times.Length - 1], Gen.Int[-3, 3]),
            Gen.Select(Gen.Int[0, 9], Gen.Int[0, 9]),
            Gen.Select(Beginning, Lasting, Kind).Array[0, 24]).Array[1, 5],
        Gen.Bool,
        (window, length, buffer, now, how, people, isOneOffice) =>
        {
            var begins = Days[window.Item1].AtMidnight().InUtc().ToInstant() + Duration.FromMinutes(window.Item2);
            var attendees = people.Select((person, number) =>
            {
                var ((zone, times, holiday), (known, required), busy) = person;
                // People of one office find each other more easily than those around the world.
                var (whose, where) = isOneOffice ? (people[0].Item1.Item2, people[0].Item1.Item1) : (times, zone);
                return new Attendee(
                    $"person-{number}",
                    $"Person {number}",
                    number == 0 || required < 7,
                    DateTimeZoneProviders.Tzdb[Zones[where]],
                    holiday < 0 ? Times[whose] : Times[whose] with { Holidays = [Days[window.Item1].PlusDays(holiday - 2)] },
                    new Availability(known < 8, [.. busy.Select(time => BusyAt(begins, time)).OrderBy(time => time.Start)]));
            }).ToArray();
            return (
                new SlotRequest(attendees, Duration.FromMinutes(length), new Interval(begins, begins + Duration.FromMinutes(window.Item3)))
                {
                    Step = Duration.FromMinutes(how.Item2),
                    Buffer = Duration.FromMinutes(buffer),
                    Most = how.Item1,
                },
                begins + Duration.FromMinutes(now));
        });

    public static WorkTimes Hours(IReadOnlyList<IsoDayOfWeek> week, string starts, string ends, params IReadOnlyList<string> quiet) =>
        new(week.ToFrozenSet(), Clock(starts), Clock(ends), [.. quiet.Select(time => new QuietTime(Clock(time[..5]), Clock(time[6..])))], FrozenSet<LocalDate>.Empty, FrozenSet<AnnualDate>.Empty);

    private static LocalTime Clock(string time) => NodaTime.Text.LocalTimePattern.CreateWithInvariantCulture("HH:mm").Parse(time).Value;

    private static BusyTime BusyAt(Instant begins, (int Beginning, int Lasting, BusyKind Kind) time) =>
        new(begins + Duration.FromMinutes(time.Beginning), begins + Duration.FromMinutes(time.Beginning + time.Lasting), time.Kind);
}

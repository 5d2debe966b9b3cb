using System.Text;
using CoordinationBot.Calendars;
using CsCheck;
using NodaTime;
using NodaTime.Text;

namespace CoordinationBot.Tests.Calendars;

/// <summary>Random calendars against plain arithmetic on a paper calendar: days are stepped through one by one, and each is asked whether the rule is about it.</summary>
public sealed class IcalProperties
{
    private static readonly string[] Zones = ["Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe", "Pacific/Apia", "America/Sao_Paulo", "UTC"];
    private static readonly LocalDateTimePattern Pattern = LocalDateTimePattern.CreateWithInvariantCulture("uuuuMMdd'T'HHmmss");
    private static readonly string[] DayNames = ["", "MO", "TU", "WE", "TH", "FR", "SA", "SU"];

    private enum Often { Once, Daily, Weekly, Monthly }

    private sealed record Sample(LocalDateTime Start, int Minutes, string Zone, Often Often, int Interval, IReadOnlyList<int> Days, int? Count, LocalDate? Until, IReadOnlyList<int> LeftOut, IReadOnlyList<(int Occurrence, int Minutes)> Moved, bool IsDay, BusyKind Kind);

    private static readonly Gen<Sample> Any = Gen.Select(
        Gen.Select(Gen.Int[-400, 300], Gen.Int[0, 95], Gen.Int[1, 60 * 30]),
        Gen.Select(Gen.Int[0, 6], Gen.Enum<Often>(), Gen.Int[1, 4], Gen.Int[1, 7].List[1, 4]),
        Gen.Select(Gen.Int[1, 60].Nullable(), Gen.Int[0, 500].Nullable()),
        Gen.Select(Gen.Int[0, 20].List[0, 3], Gen.Select(Gen.Int[0, 20], Gen.Int[-3000, 3000]).List[0, 2], Gen.Bool, Gen.Bool),
        (when, rule, ends, exceptions) =>
        {
            var (offset, quarter, minutes) = when;
            var start = new LocalDate(2026, 11, 23).PlusDays(offset).AtMidnight().PlusMinutes(quarter * 15);
            var days = rule.Item4.Append((int)start.DayOfWeek).Distinct().Order().ToList();
            return new Sample(
                exceptions.Item3 ? start.Date.AtMidnight() : start, minutes, Zones[rule.Item1], rule.Item2, rule.Item3, days,
                ends.Item1, ends.Item1 is null && ends.Item2 is { } last ? start.Date.PlusDays(last) : null,
                exceptions.Item1, exceptions.Item2, exceptions.Item3, exceptions.Item4 ? BusyKind.Busy : BusyKind.Away);
        });

    [Fact]
    public void A_file_says_what_a_paper_calendar_says() => Any.List[1, 4].Sample(
        samples =>
        {
            var horizon = SubscriptionRules.HorizonAt(IcalText.Now);
            var expected = AvailabilityRules.Merge([.. samples.SelectMany(ByHand)], horizon);
            var file = IcalText.File(samples.SelectMany(Written));
            var read = Assert.IsType<IcalResult.Read>(IcalText.Read(Encoding.UTF8.GetBytes(file)));
            Assert.Equal(0, read.Unread);
            Assert.True(expected.SequenceEqual(read.Busy), $"{file}\nexpected:\n{string.Join('\n', expected.Except(read.Busy).Take(5))}\nbut:\n{string.Join('\n', read.Busy.Except(expected).Take(5))}");
        },
        iter: 1_000);

    private static DateTimeZone ZoneOf(Sample sample) => sample.IsDay ? IcalText.Berlin : DateTimeZoneProviders.Tzdb[sample.Zone];

    /// <summary>The local starts of a rule, by looking at every day.</summary>
    private static IEnumerable<LocalDateTime> Starts(Sample sample)
    {
        var (count, first) = (0, sample.Start.Date);
        for (var day = first; day < new LocalDate(2028, 6, 1) && !(sample.Until < day) && !(count >= sample.Count); day = day.PlusDays(1))
        {
            var isDue = sample.Often switch
            {
                Often.Once => day == first,
                Often.Daily => Period.DaysBetween(first, day) % sample.Interval == 0,
                Often.Weekly => sample.Days.Contains((int)day.DayOfWeek) && Period.DaysBetween(Monday(first), Monday(day)) / 7 % sample.Interval == 0,
                Often.Monthly => day.Day == first.Day && (((day.Year - first.Year) * 12) + day.Month - first.Month) % sample.Interval == 0,
            };
            if (isDue)
            {
                count++;
                yield return day.At(sample.Start.TimeOfDay);
            }
        }
    }

    private static IEnumerable<BusyTime> ByHand(Sample sample)
    {
        var starts = Starts(sample).ToList();
        var moved = Moved(sample, starts);
        foreach (var (start, index) in starts.Select((start, index) => (start, index)))
        {
            if (!sample.LeftOut.Contains(index) || sample.Often == Often.Once)
            {
                yield return Time(sample, moved.TryGetValue(index, out var other) ? other : start);
            }
            else if (moved.TryGetValue(index, out var other))
            {
                yield return Time(sample, other);
            }
        }
    }

    private static Dictionary<int, LocalDateTime> Moved(Sample sample, List<LocalDateTime> starts) => sample.Often == Often.Once ? [] : sample.Moved
        .Where(move => move.Occurrence < starts.Count)
        .DistinctBy(move => move.Occurrence)
        .ToDictionary(move => move.Occurrence, move => sample.IsDay ? starts[move.Occurrence].PlusDays(move.Minutes / 600) : starts[move.Occurrence].PlusMinutes(move.Minutes));

    private static BusyTime Time(Sample sample, LocalDateTime start)
    {
        var zone = ZoneOf(sample);
        var begins = start.InZoneLeniently(zone).ToInstant();
        return new BusyTime(begins, sample.IsDay ? start.PlusDays(1).InZoneLeniently(zone).ToInstant() : begins + Duration.FromMinutes(sample.Minutes), sample.Kind);
    }

    private static IEnumerable<string> Written(Sample sample, int number)
    {
        var starts = Starts(sample).ToList();
        var more = $"UID:{number}\n{Length(sample)}\nX-MICROSOFT-CDO-BUSYSTATUS:{(sample.Kind == BusyKind.Away ? "OOF" : sample.Kind.ToString().ToUpperInvariant())}";
        var leftOut = sample.LeftOut.Where(index => sample.Often != Often.Once && index < starts.Count).Distinct().Select(index => $"\nEXDATE{Written(sample, starts[index])}");
        yield return $"DTSTART{Written(sample, sample.Start)}\n{more}{Rule(sample)}{string.Concat(leftOut)}";
        foreach (var (index, start) in Moved(sample, starts))
        {
            yield return $"DTSTART{Written(sample, start)}\n{more}\nRECURRENCE-ID{Written(sample, starts[index])}";
        }
    }

    private static string Length(Sample sample) => sample.IsDay ? "DURATION:P1D" : $"DURATION:PT{sample.Minutes}M";

    private static string Written(Sample sample, LocalDateTime time) => sample.IsDay ? $";VALUE=DATE:{LocalDatePattern.CreateWithInvariantCulture("uuuuMMdd").Format(time.Date)}"
        : sample.Zone == "UTC" ? $":{Pattern.Format(time)}Z"
        : $";TZID={sample.Zone}:{Pattern.Format(time)}";

    private static string Rule(Sample sample)
    {
        var ends = sample.Count is { } count ? $";COUNT={count}"
            : sample.Until is not { } until ? ""
            : sample.IsDay ? $";UNTIL={until:uuuuMMdd}"
            // As every calendar writes it: in UTC.
            : $";UNTIL={Pattern.Format(until.At(sample.Start.TimeOfDay).InZoneLeniently(ZoneOf(sample)).ToInstant().InUtc().LocalDateTime)}Z";
        return sample.Often switch
        {
            Often.Once => "",
            Often.Daily => $"\nRRULE:FREQ=DAILY;INTERVAL={sample.Interval}{ends}",
            Often.Weekly => $"\nRRULE:FREQ=WEEKLY;INTERVAL={sample.Interval};BYDAY={string.Join(',', sample.Days.Select(day => DayNames[day]))}{ends}",
            Often.Monthly => $"\nRRULE:FREQ=MONTHLY;INTERVAL={sample.Interval}{ends}",
        };
    }

    private static LocalDate Monday(LocalDate day) => day.PlusDays(1 - (int)day.DayOfWeek);
}

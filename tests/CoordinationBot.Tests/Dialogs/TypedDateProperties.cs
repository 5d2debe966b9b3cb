using CoordinationBot.Dialogs;
using CsCheck;
using NodaTime;
using NodaTime.Text;

namespace CoordinationBot.Tests.Dialogs;

public class TypedDateProperties
{
    private static readonly LocalTime EndOfDay = new(17, 0);

    private static readonly Gen<DateTimeZone> Zone = OneOf(
        "UTC", "Europe/Berlin", "Europe/London", "Europe/Dublin", "America/New_York", "America/St_Johns", "America/Sao_Paulo",
        "America/Santiago", "America/Los_Angeles", "Africa/Casablanca", "Africa/Cairo", "Asia/Kathmandu", "Asia/Kolkata", "Asia/Shanghai",
        "Asia/Tehran", "Australia/Lord_Howe", "Australia/Adelaide", "Pacific/Apia", "Pacific/Chatham", "Pacific/Kiritimati")
        .Select(id => DateTimeZoneProviders.Tzdb[id]);

    private static readonly Gen<Instant> AnyNow =
        Gen.Long[Instant.FromUtc(2020, 1, 1, 0, 0).ToUnixTimeSeconds(), Instant.FromUtc(2060, 1, 1, 0, 0).ToUnixTimeSeconds()]
            .Select(Instant.FromUnixTimeSeconds);

    // Half of the nows lie within two days of a change of the clocks, where the mistakes are.
    private static readonly Gen<(DateTimeZone Zone, Instant Now)> Moment =
        Gen.Select(Zone, AnyNow, Gen.Bool, Gen.Int[-2880, 2880], (zone, now, nearChange, minutes) =>
            (zone, nearChange && zone.GetZoneInterval(now) is { HasEnd: true } interval ? interval.End + Duration.FromMinutes(minutes) : now));

    private static readonly Gen<string> Typed = Gen.OneOf(
        OneOf(
                "by", "on", "at", "in", "next", "this", "end", "of", "the", "friday", "sun", "today", "tomorrow", "noon", "eod", "eow", "eom",
                "5pm", "2:30 am", "01:59", "02:00", "02:15", "13 pm", "17:00", "25:00", "week", "weeks", "month", "hours", "minutes", "days", "1", "2",
                "3", "31", "29", "2027", "feb", "dec", "may", "1st", "2028-02-29", "3.4.2027", "31/12", ",", "from now", "half an hour", "day after tomorrow")
            .Array[0, 6].Select(words => string.Join(' ', words)),
        Gen.String,
        Gen.Char["0123456789:./- ,apmfridec\u0661é🎉"].Array[0, 40].Select(letters => new string(letters)));

    [Fact]
    public void Whatever_is_typed_gives_a_sentence_or_a_minute_ahead_within_five_years() =>
        Gen.Select(Typed, Moment).Sample(
            (typed, moment) =>
            {
                switch (TypedDate.Parse(typed, moment.Now, moment.Zone, EndOfDay))
                {
                    case TypedDateResult.Understood { When: var when }:
                        Assert.True(when.ToInstant() > moment.Now, "not ahead");
                        Assert.True(when.Date <= moment.Now.InZone(moment.Zone).Date.PlusYears(5), "too far");
                        Assert.True(when.Second == 0 && when.NanosecondOfSecond == 0, "not a minute");
                        Assert.Equal(moment.Zone, when.Zone);
                        break;
                    case TypedDateResult.NotUnderstood { Sentence: var sentence }:
                        Assert.True(sentence.Length is > 10 and < 250 && sentence.EndsWith('.'), sentence);
                        break;
                }
            },
            iter: 20_000);

    [Fact]
    public void What_was_understood_means_the_same_when_it_is_typed_in_full_or_picked() =>
        Gen.Select(Typed, Moment).Sample(
            (typed, moment) =>
            {
                if (TypedDate.Parse(typed, moment.Now, moment.Zone, EndOfDay) is not TypedDateResult.Understood understood) return;
                var when = understood.When;
                // "in 2 hours" can mean the second of two equal times, which no local date and time can say.
                var mapping = moment.Zone.MapLocal(when.LocalDateTime);
                if (mapping.Count > 1 && mapping.First() != when) return;
                var date = LocalDatePattern.Iso.Format(when.Date);
                var time = LocalTimePattern.CreateWithInvariantCulture("HH:mm").Format(when.TimeOfDay);
                Assert.Equal(understood with { TimeWasGiven = true }, TypedDate.Parse($"{date} {time}", moment.Now, moment.Zone, EndOfDay));
                Assert.Equal(understood with { TimeWasGiven = true }, TypedDate.FromPickers(date, time, moment.Now, moment.Zone, EndOfDay));
                if (mapping.Count > 1) return;
                Assert.Equal(understood with { TimeWasGiven = true }, TypedDate.Parse(TypedDate.ReadBack(when), moment.Now, moment.Zone, EndOfDay));
            },
            iter: 20_000);

    [Fact]
    public void A_weekday_is_that_weekday_and_at_most_a_week_ahead() =>
        Gen.Select(OneOf(Enum.GetValues<IsoDayOfWeek>()[1..]), Gen.Int[0, 23], Moment).Sample((weekday, hour, moment) =>
        {
            var result = TypedDate.Parse($"{weekday} at {hour}", moment.Now, moment.Zone, EndOfDay);
            var when = Assert.IsType<TypedDateResult.Understood>(result).When;
            Assert.Equal(weekday, when.DayOfWeek);
            Assert.InRange(Period.DaysBetween(moment.Now.InZone(moment.Zone).Date, when.Date), 0, 7);
        });

    [Fact]
    public void Pickers_never_throw() =>
        Gen.Select(Gen.String, Gen.String, Moment).Sample((date, time, moment) =>
            Assert.NotNull(TypedDate.FromPickers(date, time, moment.Now, moment.Zone, EndOfDay)));

    private static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(index => values[index]);
}

using CoordinationBot.Authority;
using CoordinationBot.Recurrences;
using CsCheck;
using NodaTime;
using NodaTime.Extensions;

namespace CoordinationBot.Tests.Recurrences;

public sealed class RecurrenceProperties
{
    private const int Days = 400;

    [Fact]
    public void The_dates_are_those_of_a_paper_calendar() => Dates.Any.Sample(
        sample =>
        {
            var expected = Dates.ByHand(sample.Series, sample.Assignee.Times, Days);
            // What was moved over the end of the stretch is not in it.
            Assert.Equal(expected.Where(date => date < sample.Series.Start.AddDays(Days - 31)), RecurrenceRules.Dates(sample.Series, sample.Assignee.Times, null).TakeWhile(date => date < sample.Series.Start.AddDays(Days - 31)));
        },
        iter: 1_500);

    [Fact]
    public void Dates_increase_and_none_is_a_holiday_wherever_one_begins_to_look() => Gen.Select(Dates.Any, Gen.Int[-20, 700]).Sample(
        (sample, after) =>
        {
            var (series, times, from) = (sample.Series, sample.Assignee.Times, sample.Series.Start.AddDays(after));
            var dates = RecurrenceRules.Dates(series, times, from).Take(20).ToList();
            Assert.All(dates, date => Assert.True(date > from && date >= series.Start && !(date > series.Until) && times.IsWorkingDay(date.ToLocalDate()), $"{date}"));
            Assert.All(dates.Zip(dates.Skip(1)), pair => Assert.True(pair.First < pair.Second));
            Assert.Equal(RecurrenceRules.Dates(series, times, null).SkipWhile(date => date <= from).Take(20), dates);
        },
        iter: 1_500);

    [Fact]
    public void It_is_due_at_the_same_time_of_day_the_whole_year() => Dates.Any.Sample(
        sample =>
        {
            var (series, zone) = (sample.Series, DateTimeZoneProviders.Tzdb[sample.Series.Zone]);
            foreach (var date in RecurrenceRules.Dates(series, sample.Assignee.Times, null).TakeWhile(date => date < series.Start.AddYears(1)))
            {
                var (meant, due) = (date.ToLocalDate().At(series.Time.ToLocalTime()), RecurrenceRules.DueAt(series, date).ToInstant().InZone(zone));
                var mapping = zone.MapLocal(meant);
                // In the hour that does not exist: as the clocks have gone forward.
                Assert.True(mapping.Count > 0 ? due.LocalDateTime == meant : due.ToInstant() == mapping.LateInterval.Start, $"{meant} became {due}");
            }
        },
        iter: 1_500);

    [Fact]
    public void Without_downtime_each_date_is_offered_on_a_morning_in_time() => Dates.Any.Sample(
        sample =>
        {
            var (series, assignee) = (Begun(sample.Series, sample.Assignee), sample.Assignee);
            var now = RecurrenceRules.DueAt(series, series.Start).AddDays(-8);
            for (var looks = 0; looks < 60; looks++)
            {
                var run = Run(series, assignee, null, now);
                Assert.Equal(0, run.Missed);
                foreach (var date in run.Offered.Where(_ => looks > 0))
                {
                    var due = RecurrenceRules.DueAt(series, date);
                    var local = now.ToInstant().InZone(assignee.Zone);
                    Assert.True(now < due && (due - now).TotalDays <= RecurrenceRules.LeadDays + 1.6, $"{date} offered at {now}");
                    Assert.True(local.TimeOfDay == assignee.Times.DayStarts || NoMorning(series, date, local), $"{date} offered at {local}");
                }
                if (run.Series.NextLook is not { } next)
                {
                    return;
                }
                (series, now) = (run.Series, next > now ? next : throw new InvalidOperationException("The next look is not ahead."));
            }
        },
        iter: 300);

    [Fact]
    public void Whatever_the_downtime_a_date_is_offered_at_most_once_and_never_after_it_is_due() => Gen.Select(Dates.Any, Gen.Select(Gen.Int[0, 60 * 24], Gen.Int[0, 9]).Array[1, 40]).Sample(
        (sample, steps) =>
        {
            var (series, assignee, missed, beyondCount) = (Begun(sample.Series, sample.Assignee), sample.Assignee, 0, 0);
            var now = RecurrenceRules.DueAt(series, series.Start).AddDays(-8);
            HashSet<DateOnly> offered = [], leftOut = [];
            foreach (var (hours, what) in steps)
            {
                now = what < 5 && series.NextLook is { } next && next > now ? next : now.AddHours(hours);
                if (what == 9 && RecurrenceRules.NextOf(series, assignee.Times, now) is { } following
                    && SeriesRules.LeaveOut(series, following, following, series.Leader.ObjectId, now) is SeriesOutcome.Changed changed)
                {
                    (series, _) = (changed.State, leftOut.Add(following));
                }
                var run = Run(series, assignee, what == 8 ? new Clause("Mandate of Ann Abel", "no money") : null, now);
                foreach (var date in run.Offered)
                {
                    Assert.True(offered.Add(date) && !leftOut.Contains(date) && RecurrenceRules.DueAt(series, date) > now, $"{date} at {now}");
                }
                (series, missed, beyondCount) = (run.Series, missed + run.Missed, beyondCount + run.Beyond);
            }
            // Nothing is forgotten: each date up to the newest one was offered, or left out by somebody or by the time, which was said.
            var settled = Dates.ByHand(series, assignee.Times, 4000).Where(date => date <= series.Last).Except(leftOut).ToList();
            Assert.Equal(settled.Count, offered.Count + missed + beyondCount);
        },
        iter: 300);

    private static Series Begun(Series series, CoordinationBot.People.WorkCalendar assignee) => RecurrenceRules.Dates(series, assignee.Times, null).Any() ? series : series with { Until = null, IsEnded = true };

    /// <summary>Where no working morning of the week before comes before it is due.</summary>
    private static bool NoMorning(Series series, DateOnly date, ZonedDateTime at) => at.ToInstant() == RecurrenceRules.DueAt(series, date).ToInstant() - Duration.FromDays(1);

    /// <summary>All that is to be done at a moment, as a wake-up does it.</summary>
    private static (Series Series, IReadOnlyList<DateOnly> Offered, int Missed, int Beyond) Run(Series series, CoordinationBot.People.WorkCalendar assignee, Clause? beyond, DateTimeOffset now)
    {
        List<DateOnly> offered = [];
        var (missed, notSent) = (0, 0);
        while (SeriesRules.GoOn(series, assignee, beyond, now) is SeriesOutcome.Changed changed)
        {
            missed += RecurrenceRules.Plan(series, assignee, now).Missed;
            notSent += changed.Entry?.Clause is null ? 0 : 1;
            series = changed.State;
            if (series.Offering is { } date)
            {
                offered.Add(date);
                series = SeriesRules.Offered(series, date, true, now).State;
            }
        }
        return (series, offered, missed, notSent);
    }
}

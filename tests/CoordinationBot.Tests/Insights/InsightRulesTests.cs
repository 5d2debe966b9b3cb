using CoordinationBot.Afterwards;
using CoordinationBot.Feedbacks;
using CoordinationBot.Insights;
using CsCheck;

namespace CoordinationBot.Tests.Insights;

public sealed class InsightRulesTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 26, 12, 0, 0, TimeSpan.Zero);
    private static readonly DateOnly Today = new(2026, 11, 26);

    private static readonly Gen<FeedbackEntry> Entries = Gen.Select(Gen.Enum<FeedbackKind>(), Gen.Enum<FeedbackState>(), Gen.Int[-2, 500], Gen.Int[-30, 30].Nullable(), Gen.Bool).Select((kind, state, age, due, answered) =>
        new FeedbackEntry("F-000000", kind, state, "", "", Today.AddDays(-age), due is { } days ? Now.AddDays(days) : null, answered, true, false));

    [Fact]
    public void A_quarter_is_thirteen_weeks_from_monday_and_a_year_is_twelve_months()
    {
        var weeks = InsightSpan.Starts(InsightSpanKind.Quarter, Today);
        Assert.Equal((13, new DateOnly(2026, 8, 31), new DateOnly(2026, 11, 23)), (weeks.Count, weeks[0], weeks[^1]));
        Assert.All(weeks, week => Assert.Equal(DayOfWeek.Monday, week.DayOfWeek));
        var months = InsightSpan.Starts(InsightSpanKind.Year, Today);
        Assert.Equal((12, new DateOnly(2025, 12, 1), new DateOnly(2026, 11, 1)), (months.Count, months[0], months[^1]));
    }

    [Theory]
    [InlineData(InsightSpanKind.Quarter)]
    [InlineData(InsightSpanKind.Year)]
    public void Every_day_of_the_time_is_in_the_part_that_began_last(object kind)
    {
        var span = (InsightSpanKind)kind;
        Gen.Int[0, 20_000].Select(new DateOnly(2000, 1, 1).AddDays).Sample(today =>
        {
            var starts = InsightSpan.Starts(span, today);
            Assert.InRange(starts[^1], today.AddDays(-30), today);
            for (var day = starts[0]; day <= today; day = day.AddDays(1))
            {
                Assert.Equal(starts.Last(start => start <= day), starts[InsightSpan.Part(starts, day)]);
            }
        }, iter: 200);
    }

    /// <summary>Periods that follow each other, each with at least as many answers as must be.</summary>
    private static readonly Gen<Period[]> Periods = Gen.Select(Gen.Int[1, 4], Gen.Int[0, 3], Gen.Int[TrendRules.Minimum, 9], Gen.Int[0, 9]).Array[0, 30].Select(known =>
    {
        var monday = new DateOnly(2026, 11, 23);
        return known.Select(made =>
        {
            var to = monday.AddDays(-7 * made.Item2);
            var from = to.AddDays(-7 * (made.Item1 - 1));
            monday = from.AddDays(-7);
            return new Period(from, to, new Counts(made.Item3, made.Item4, 1));
        }).ToArray();
    });

    [Theory]
    [InlineData(InsightSpanKind.Quarter)]
    [InlineData(InsightSpanKind.Year)]
    public void How_it_went_is_shown_in_whole_periods_never_in_a_part_of_one(object kind)
    {
        var starts = InsightSpan.Starts((InsightSpanKind)kind, Today);
        Periods.Sample(periods =>
        {
            var went = InsightRules.Went(periods, starts);
            for (var part = 0; part < starts.Count; part++)
            {
                var ended = periods.Where(period => period.To >= starts[part] && (part == starts.Count - 1 || period.To < starts[part + 1])).ToList();
                Assert.Equal(new Counts(ended.Sum(period => period.Counts.Well), ended.Sum(period => period.Counts.SoSo), ended.Sum(period => period.Counts.Badly)), went[part]);
                Assert.True(went[part].Total is 0 or >= TrendRules.Minimum);
            }
        });
    }

    [Fact]
    public void Numbers_are_those_that_one_would_count_by_hand() => Entries.Array[0, 60].Sample(entries =>
    {
        var numbers = InsightRules.Count(entries, InsightSpanKind.Quarter, "Europe/Berlin", Now);
        var within = entries.Where(entry => entry.Day >= numbers.Starts[0]).ToList();
        foreach (var kind in Enum.GetValues<FeedbackKind>())
        {
            Assert.Equal(within.Count(entry => entry.Kind == kind), numbers.Came[kind].Sum());
        }
        Assert.Equal(within.Count(entry => entry.Day >= numbers.Starts[^1]), numbers.Came.Values.Sum(counts => counts[^1]));
        var problems = entries.Where(entry => entry.Kind == FeedbackKind.Problem && entry.State is not (FeedbackState.Done or FeedbackState.NotNow)).Select(entry => Today.DayNumber - entry.Day.DayNumber).ToList();
        Assert.Equal(
            [problems.Count(days => days < 7), problems.Count(days => days is >= 7 and < 28), problems.Count(days => days is >= 28 and < 91), problems.Count(days => days >= 91)],
            numbers.OpenProblems);
        Assert.Equal((within.Count(entry => entry is { AnswerDue: not null, IsAnswered: true }), within.Count(entry => entry.AnswerDue is not null)), (numbers.Answered, numbers.Answerable));
        Assert.Equal(entries.Count(entry => !entry.IsAnswered && entry.AnswerDue <= Now), numbers.Overdue);
    });
}

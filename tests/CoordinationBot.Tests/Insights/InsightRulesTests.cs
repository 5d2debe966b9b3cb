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

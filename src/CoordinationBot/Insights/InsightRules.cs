using CoordinationBot.Afterwards;
using CoordinationBot.Feedbacks;

namespace CoordinationBot.Insights;

/// <summary>What is counted of a register. In whatever order its entries come, the answer is the same.</summary>
internal static class InsightRules
{
    /// <summary>Under how many days, for each age of what is open; the last has no end.</summary>
    public static readonly IReadOnlyList<(string Name, int Days)> Ages = [("under a week", 7), ("1 to 4 weeks", 28), ("1 to 3 months", 91), ("older", int.MaxValue)];

    /// <param name="entries">All of this time, and what is open of before.</param>
    /// <param name="span">Which time.</param>
    /// <param name="zone">Where the person is.</param>
    /// <param name="now">When.</param>
    public static InsightNumbers Count(IReadOnlyList<FeedbackEntry> entries, InsightSpanKind span, string zone, DateTimeOffset now)
    {
        var today = InsightSpan.Day(now, zone);
        var starts = InsightSpan.Starts(span, today);
        var came = Enum.GetValues<FeedbackKind>().ToDictionary(kind => kind, _ => new int[starts.Count]);
        var problems = new int[Ages.Count];
        var (answered, answerable, overdue) = (0, 0, 0);
        foreach (var entry in entries)
        {
            if (entry.Day >= starts[0])
            {
                came[entry.Kind][InsightSpan.Part(starts, entry.Day)]++;
                answerable += entry.AnswerDue is null ? 0 : 1;
                answered += entry is { AnswerDue: not null, IsAnswered: true } ? 1 : 0;
            }
            if (entry is { Kind: FeedbackKind.Problem, IsOpen: true })
            {
                var days = today.DayNumber - entry.Day.DayNumber;
                problems[Ages.Select((age, index) => (age, index)).First(known => days < known.age.Days).index]++;
            }
            overdue += entry.IsOverdue(now) ? 1 : 0;
        }
        return new InsightNumbers
        {
            CountedAt = now,
            Zone = zone,
            Span = span,
            Starts = starts,
            Came = came.ToDictionary(kind => kind.Key, kind => (IReadOnlyList<int>)kind.Value),
            OpenProblems = problems,
            Answered = answered,
            Answerable = answerable,
            Overdue = overdue,
            Surveys = [],
            Themes = [],
        };
    }

    /// <summary>How it went in each part. Whole periods only, so that whoever holds two views can subtract nothing but whole periods.</summary>
    public static IReadOnlyList<Counts> Went(IEnumerable<Period> periods, IReadOnlyList<DateOnly> starts)
    {
        var went = starts.Select(_ => Counts.None).ToArray();
        foreach (var period in periods.Where(period => period.To >= starts[0]))
        {
            went[InsightSpan.Part(starts, period.To)] += period.Counts;
        }
        return went;
    }
}

using CoordinationBot.Dialogs;
using NodaTime.Extensions;

namespace CoordinationBot.Insights;

/// <summary>Time in parts that somebody can compare: whole weeks or whole months, the last of them the one that is not over.</summary>
internal static class InsightSpan
{
    private const int Weeks = 13;
    private const int Months = 12;

    /// <summary>When each part begins, in order.</summary>
    public static IReadOnlyList<DateOnly> Starts(InsightSpanKind span, DateOnly today)
    {
        if (span == InsightSpanKind.Year)
        {
            var month = new DateOnly(today.Year, today.Month, 1);
            return [.. Enumerable.Range(1 - Months, Months).Select(month.AddMonths)];
        }
        var monday = today.AddDays(-(((int)today.DayOfWeek + 6) % 7));
        return [.. Enumerable.Range(1 - Weeks, Weeks).Select(week => monday.AddDays(7 * week))];
    }

    /// <summary>Which day it is somewhere.</summary>
    public static DateOnly Day(DateTimeOffset at, string zone) => at.ToInstant().InZone(Zones.Find(zone)).Date.ToDateOnly();

    /// <summary>In which part a day is. What a clock that is ahead dates later than today is in the last.</summary>
    public static int Part(IReadOnlyList<DateOnly> starts, DateOnly day)
    {
        var part = starts.Count - 1;
        while (part > 0 && day < starts[part])
        {
            part--;
        }
        return part;
    }
}

using CoordinationBot.Delegations;
using CoordinationBot.Recurrences;
using NodaTime;

namespace CoordinationBot.Tests.Recurrences;

public sealed class RecurrenceRulesTests
{
    private static readonly HashSet<IsoDayOfWeek> Week = [IsoDayOfWeek.Monday, IsoDayOfWeek.Tuesday, IsoDayOfWeek.Wednesday, IsoDayOfWeek.Thursday, IsoDayOfWeek.Friday];

    [Theory]
    [InlineData(Repeats.WorkingDays, "2026-11-30", null, "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR")]
    [InlineData(Repeats.Weekly, "2026-11-30", null, "FREQ=WEEKLY")]
    [InlineData(Repeats.Fortnightly, "2026-11-30", "2027-06-30", "FREQ=WEEKLY;INTERVAL=2;UNTIL=20270630")]
    [InlineData(Repeats.Monthly, "2026-11-15", null, "FREQ=MONTHLY")]
    [InlineData(Repeats.Monthly, "2026-10-31", null, "FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1")]
    [InlineData(Repeats.FirstWorkingDay, "2026-11-30", null, "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1")]
    [InlineData(Repeats.LastWorkingDay, "2026-11-30", null, "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1")]
    public void A_rule_is_one_of_RFC_5545(object repeats, string start, string? until, string rule) =>
        Assert.Equal(rule, RecurrenceRules.RuleOf(new Repetition((Repeats)repeats, OnHoliday.LeaveOut, until is null ? null : Day(until)), Day(start), Week));

    private static DateOnly Day(string day) => DateOnly.ParseExact(day, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}

using CoordinationBot.Dialogs;
using CoordinationBot.Meetings;
using CoordinationBot.People;
using CsCheck;
using NodaTime;

namespace CoordinationBot.Tests.Meetings;

public sealed class MinutesBriefTests
{
    private static readonly DateTimeZone Berlin = DateTimeZoneProviders.Tzdb["Europe/Berlin"];
    private static readonly string[] People = ["ann", "bob", "eve"];

    [Theory]
    [InlineData("2026-11-26T13:00Z", "2026-11-20T12:00Z", "2026-11-25T08:00Z")] // The day before, at nine.
    [InlineData("2026-11-23T13:00Z", "2026-11-18T12:00Z", "2026-11-20T08:00Z")] // Before a Monday it is Friday.
    [InlineData("2026-11-26T13:00Z", "2026-11-25T10:00Z", "2026-11-26T12:00Z")] // Scheduled too late for that: an hour before.
    [InlineData("2026-11-26T13:00Z", "2026-11-26T12:30Z", null)] // The invitation has just come.
    [InlineData("2026-03-30T07:00Z", "2026-03-20T12:00Z", "2026-03-27T08:00Z")] // Over the change of the clocks.
    public void A_brief_comes_on_the_working_day_before(string start, string now, string? at) =>
        Assert.Equal(at is null ? null : At(at), BriefRules.At(At(start), Calendar(), At(now)));

    [Fact]
    public void Whoever_is_away_on_the_day_before_gets_it_on_the_last_day_that_they_work()
    {
        var away = Calendar() with { Absences = [new Interval(Instant.FromUtc(2026, 11, 25, 0, 0), Instant.FromUtc(2026, 11, 26, 0, 0))] };
        Assert.Equal(At("2026-11-24T08:00Z"), BriefRules.At(At("2026-11-26T13:00Z"), away, At("2026-11-20T12:00Z")));
    }

    /// <summary>Whatever a meeting goes through, in the end exactly those who take part have a brief for its beginning, and nobody was given one twice for the same.</summary>
    [Fact]
    public void Each_who_takes_part_has_one_brief_for_each_beginning() => Gen.Select(Gen.Int[-1, 3], Gen.Int[0, 7]).Array[1, 30].Sample(changes =>
    {
        var (plan, waiting) = (BriefPlan.Nothing, new HashSet<(DateTimeOffset, string)>());
        foreach (var (day, mask) in changes)
        {
            var start = day < 0 ? default(DateTimeOffset?) : At("2026-11-26T13:00Z").AddDays(day);
            IReadOnlyList<string> people = start is null ? [] : [.. People.Where((_, index) => (mask & (1 << index)) != 0)];
            for (var step = 0; ; step++)
            {
                Assert.True(step < 12, "It comes to an end.");
                var (take, give) = BriefRules.Differences(plan, start, people);
                if (plan.Start == start && take.Count == 0 && give.Count == 0)
                {
                    break;
                }
                // As a store does that can only do so much at once.
                take = [.. take.Take(1)];
                give = [.. give.Take(1 - take.Count)];
                waiting.RemoveWhere(brief => take.Contains(brief.Item2));
                Assert.All(give, person => Assert.True(waiting.Add((start!.Value, person))));
                plan = BriefRules.After(plan, start, take, give);
            }
            Assert.Equal(people.Select(person => (start!.Value, person)).Order(), waiting.Order());
        }
    });

    private static WorkCalendar Calendar() => new(new OfficeOptions { WorkingWeek = "Mon-Fri" }.Times, Berlin, []);

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}

using CoordinationBot.People;
using NodaTime;
using NodaTime.Extensions;

namespace CoordinationBot.Meetings;

/// <summary>Who is briefed before a meeting, and when.</summary>
internal static class BriefRules
{
    public const string Sentence = "Your meeting is near. This is what you need for it.";

    /// <summary>How long before it begins, when it was scheduled too late for the day before.</summary>
    public static readonly Duration Late = Duration.FromHours(1);

    /// <summary>
    /// The beginning of the reader's last working day before the day of the meeting, in their zone; when that has passed, an hour before it begins; null when it
    /// begins sooner than that, since then the invitation itself has just come.
    /// </summary>
    public static DateTimeOffset? At(DateTimeOffset start, WorkCalendar reader, DateTimeOffset now)
    {
        var begins = start.ToInstant();
        if (DayBefore(begins, reader) is { } day && day.ToDateTimeOffset() > now)
        {
            return day.ToDateTimeOffset();
        }
        var hour = (begins - Late).ToDateTimeOffset();
        return hour > now ? hour : null;
    }

    /// <summary>From whom a brief is taken back, and to whom one is given: each reader has one for each beginning.</summary>
    /// <param name="plan">As it was planned.</param>
    /// <param name="start">When the meeting begins; null: it does not.</param>
    /// <param name="people">Who takes part, inside.</param>
    public static (IReadOnlyList<string> Take, IReadOnlyList<string> Give) Differences(BriefPlan plan, DateTimeOffset? start, IReadOnlyList<string> people) =>
        plan.Start == start
            ? ([.. plan.People.Except(people)], [.. people.Except(plan.People)])
            : (plan.People, plan.People.Count == 0 ? people : []);

    /// <summary>The plan when these were taken back and given. Those whose brief is for another beginning are given anew, so the beginning changes only with the last of them.</summary>
    public static BriefPlan After(BriefPlan plan, DateTimeOffset? start, IReadOnlyList<string> take, IReadOnlyList<string> give) =>
        new(plan.Start == start || plan.People.Count == take.Count ? start : plan.Start, [.. plan.People.Except(take).Union(give)]);

    /// <summary>How many days are looked at for a working one.</summary>
    private const int DaysBack = 30;

    private static Instant? DayBefore(Instant begins, WorkCalendar reader)
    {
        var date = begins.InZone(reader.Zone).Date;
        for (var back = 1; back <= DaysBack; back++)
        {
            // The last moment before that day: the next beginning of a day that follows lies in it, when it is a working day.
            var eve = date.PlusDays(-back).AtStartOfDayInZone(reader.Zone).ToInstant() - Duration.Epsilon;
            if (reader.NextDayStart(eve) is var starts && starts.InZone(reader.Zone).Date == date.PlusDays(-back))
            {
                return starts;
            }
        }
        return null;
    }
}

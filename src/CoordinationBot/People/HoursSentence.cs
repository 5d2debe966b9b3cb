using CoordinationBot.Dialogs;
using NodaTime;

namespace CoordinationBot.People;

/// <summary>Reads what stands after <c>hours</c>: "8:30-16:30", "Mon-Thu 8-16".</summary>
internal static class HoursSentence
{
    /// <summary>The hours, or what to type instead.</summary>
    public static (WorkHours? Hours, string? Problem) Parse(string typed)
    {
        var (from, until, rest, problem) = TypedTimes.Parse(typed);
        if (problem is not null)
        {
            return (null, problem);
        }
        if (rest.Length == 0)
        {
            return (new WorkHours(null, from.ToTimeOnly(), until.ToTimeOnly()), null);
        }
        return WorkTimesReader.Week(rest) is { } days
            ? (new WorkHours([.. days.Distinct().Order()], from.ToTimeOnly(), until.ToTimeOnly()), null)
            : (null, $"I could not read “{CardParts.Shorten(rest, 60)}” as days. Type hours like hours Mon-Thu 8-16, or hours Mon, Wed-Fri 9-17.");
    }

    /// <summary>In words: "Mon-Thu, 08:00 to 16:00".</summary>
    public static string Read(WorkTimes times) => $"{ReadDays([.. times.Week.Order()])}, {TypedTimes.Read(times.DayStarts)} to {TypedTimes.Read(times.DayEnds)}";

    /// <summary>Days in a row as one: "Mon-Thu, Sat".</summary>
    public static string ReadDays(IReadOnlyList<IsoDayOfWeek> days)
    {
        List<(IsoDayOfWeek First, IsoDayOfWeek Last)> runs = [];
        foreach (var day in days)
        {
            if (runs.Count > 0 && runs[^1].Last + 1 == day)
            {
                runs[^1] = (runs[^1].First, day);
            }
            else
            {
                runs.Add((day, day));
            }
        }
        return string.Join(", ", runs.Select(run => run.First == run.Last ? Short(run.First) : $"{Short(run.First)}-{Short(run.Last)}"));
    }

    private static string Short(IsoDayOfWeek day) => day.ToString()[..3];
}

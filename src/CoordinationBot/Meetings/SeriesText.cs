using CoordinationBot.Delegations;
using CoordinationBot.Dialogs;

namespace CoordinationBot.Meetings;

/// <summary>A series of meetings in words.</summary>
internal static class SeriesText
{
    private const int MostClashes = 8;
    private const int MostNames = 4;

    /// <summary>How often it is to come again, before its first time is known.</summary>
    public static string Wanted(WantedRepeat wanted)
    {
        var often = wanted.Repeats switch
        {
            Repeats.WorkingDays => "every working day",
            Repeats.Weekly => "every week on the day that you take",
            Repeats.Fortnightly => "every two weeks on the day that you take",
            Repeats.Monthly => "every month on the date that you take",
            Repeats.FirstWorkingDay => "on the first working day of every month",
            Repeats.LastWorkingDay => "on the last working day of every month",
            Repeats.NthWeekday => "every month on the weekday that you take, like the first Monday",
            Repeats.LastWeekday => "every month on the last such weekday",
            Repeats.Never => "never",
        };
        return $"{often}{(wanted.Until is { } until ? $", until {Zones.Read(until)}" : "")}{(wanted.Times is { } times ? $", {times} times" : "")}";
    }

    /// <summary>Which dates somebody who must come cannot, in a sentence; empty: none that is known.</summary>
    public static string Clashes(IReadOnlyList<SeriesClash> clashes, string zone)
    {
        if (clashes.Count == 0)
        {
            return "";
        }
        var dates = clashes.Take(MostClashes).Select(clash => $"{Day(clash.Time.Start, zone)} ({Names(clash.Names)}{(clash.IsHoliday ? ": not a working day" : "")})");
        return $"Not everybody who must come can on {string.Join(", ", dates)}{(clashes.Count > MostClashes ? $" and on {clashes.Count - MostClashes} more dates" : "")}. You can move or cancel single dates.";
    }

    /// <summary>The day of a moment: "Tue 1 Dec 2026".</summary>
    public static string Day(DateTimeOffset at, string zone) => Zones.Read(DateOnly.FromDateTime(TimeZoneOf(at, zone)));

    private static string Names(IReadOnlyList<string> names) => string.Join(", ", names.Take(MostNames)) + (names.Count > MostNames ? $" and {names.Count - MostNames} others" : "");

    private static DateTime TimeZoneOf(DateTimeOffset at, string zone) => NodaTime.Instant.FromDateTimeOffset(at).InZone(Zones.Find(zone)).ToDateTimeUnspecified();
}

/// <summary>A date on which somebody who must come cannot, as far as that is known.</summary>
/// <param name="Time">Of the date.</param>
/// <param name="Names">Who.</param>
/// <param name="IsHoliday">It is not a working day of theirs; otherwise they are busy or away.</param>
internal sealed record SeriesClash(MeetingTime Time, IReadOnlyList<string> Names, bool IsHoliday);

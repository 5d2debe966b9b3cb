using NodaTime;

namespace CoordinationBot.Calendars;

/// <summary>What a schedule of Graph says about somebody.</summary>
internal static class GraphRules
{
    public const string NoAnswer = "Microsoft 365 did not say just now when you are busy.";

    /// <summary>Windows that may be asked for, one after the other.</summary>
    public static IEnumerable<Interval> Parts(Interval window)
    {
        for (var start = window.Start; start < window.End; start += Duration.FromDays(GraphClient.MostDays))
        {
            yield return new Interval(start, Instant.Min(window.End, start + Duration.FromDays(GraphClient.MostDays)));
        }
    }

    /// <summary>Null: there is no such calendar, so it says nothing. What cannot be read makes nobody free.</summary>
    /// <param name="schedule">What it says.</param>
    /// <param name="own">The time of a meeting that must not stand in its own way; null: there is none.</param>
    public static CalendarAnswer? Read(GraphSchedule? schedule, Interval? own = null)
    {
        if (schedule is null || schedule.Error is not null)
        {
            return IsNobody(schedule?.Error?.ResponseCode) ? null : new CalendarAnswer(false, [], NoAnswer);
        }
        List<BusyTime> busy = [];
        foreach (var item in schedule.ScheduleItems ?? [])
        {
            if (KindOf(item.Status) is not { } kind)
            {
                continue;
            }
            if (GraphClient.Read(item.Start) is not { } start || GraphClient.Read(item.End) is not { } end)
            {
                return new CalendarAnswer(false, busy, NoAnswer);
            }
            busy.Add(new BusyTime(start, end, kind));
        }
        return schedule.ScheduleItems is null ? new CalendarAnswer(false, [], NoAnswer) : new CalendarAnswer(true, Without(own, busy));
    }

    /// <summary>One of those that lie exactly there is its own, and nothing says which: the mildest, so that whatever else is there counts.</summary>
    private static List<BusyTime> Without(Interval? own, List<BusyTime> busy)
    {
        if (own is { } time && busy.Where(known => known.Start == time.Start && known.End == time.End).OrderByDescending(known => known.Kind == BusyKind.Tentative).Take(1).ToList() is [var mine])
        {
            busy.Remove(mine);
        }
        return busy;
    }

    /// <summary>Several windows of one person. Where one of them says nothing, nothing is known.</summary>
    public static CalendarAnswer? Join(IReadOnlyList<CalendarAnswer?> parts) => parts.Count == 0 || parts.Contains(null) ? null
        : new CalendarAnswer(parts.All(part => part!.MakesKnown), [.. parts.SelectMany(part => part!.Busy)], parts.Select(part => part!.Failed).FirstOrDefault(failed => failed is not null));

    // What nobody has heard of yet is taken for busy.
    private static BusyKind? KindOf(string? status) => status?.ToUpperInvariant() switch
    {
        "FREE" or "WORKINGELSEWHERE" => null,
        "TENTATIVE" => BusyKind.Tentative,
        "OOF" => BusyKind.Away,
        _ => BusyKind.Busy,
    };

    private static bool IsNobody(string? code) =>
        code is "ErrorMailRecipientNotFound" or "ErrorMailboxNotEnabledForRESTAPI" or "ErrorNonExistentMailbox" or "5007" or "5009";
}

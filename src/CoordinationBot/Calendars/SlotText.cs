using System.Globalization;
using CoordinationBot.Dialogs;
using NodaTime;
using NodaTime.Text;

namespace CoordinationBot.Calendars;

/// <summary>What is to be said of a slot, and of there being none. Names are as people typed them: it does not stand where Markdown is read.</summary>
internal static class SlotText
{
    /// <summary>So many names are written out.</summary>
    private const int MostNames = 3;

    private static readonly ZonedDateTimePattern DayAndTime = ZonedDateTimePattern.CreateWithInvariantCulture("ddd HH:mm", null);

    /// <summary>Why it ranks where it does, in the order in which that counts: who can come, whose calendar is unknown, for whom it is outside of their hours, whose focus time it breaks.</summary>
    public static IReadOnlyList<string> Why(Slot slot)
    {
        var coming = slot.Seats.Where(seat => seat.CanCome).ToList();
        return
        [
            WhoComes(slot),
            .. Of(coming, Standing.Unknown) is { Count: > 0 } unknown ? [unknown.Count == 1 ? $"{unknown[0]}’s calendar is unknown." : $"The calendars of {Names(unknown)} are unknown."] : (string[])[],
            .. Of(coming, Standing.Tentative) is { Count: > 0 } tentative ? [$"{Names(tentative)} {(tentative.Count == 1 ? "has" : "have")} something tentative then."] : (string[])[],
            .. Outside(slot, coming),
            .. coming.Where(seat => seat.FocusBlocks > 0).Select(seat => seat.Attendee.Name).ToList() is { Count: > 0 } focused ? [$"It breaks focus time of {Names(focused)}."] : (string[])[],
        ];
    }

    /// <summary>That there is none.</summary>
    public static string NothingFound(SlotsFound found) =>
        found.Blockers.Count == 0 ? "There is no time of that length left on these days." : "There is no time on these days at which everybody required can come.";

    /// <summary>What somebody stands in the way of.</summary>
    public static string Describe(Blocker blocker)
    {
        var name = blocker.Attendee.Name;
        var blocked = blocker.Of == 1 ? "at the only time there is"
            : blocker.Blocked == blocker.Of ? $"at any of the {Count(blocker.Of)} times"
            : $"at {Count(blocker.Blocked)} of the {Count(blocker.Of)} times";
        var alone = blocker.Alone == 0 ? ""
            : blocker.Alone == blocker.Blocked ? "; everybody else could"
            : $"; at {Count(blocker.Alone)} of these everybody else could";
        return $"{name} cannot come {blocked}{alone}.";
    }

    /// <summary>What would change, for a button.</summary>
    public static string Describe(SlotChange change) => change.Kind switch
    {
        SlotChangeKind.Shorten => $"Shorten it to {Length(change.Length!.Value)}",
        SlotChangeKind.MakeOptional => $"Make {change.Without!.Name} optional",
        // It is looked until that day ends.
        SlotChangeKind.Widen => $"Look until {Zones.Read((change.Until!.Value - Duration.FromMinutes(1)).InZone(change.Found.Seats[0].Attendee.Zone).Date.ToDateOnly())}",
    };

    private static string WhoComes(Slot slot)
    {
        string[] absent =
        [
            .. Of(slot.Seats, Standing.Busy) is { Count: > 0 } busy ? [$"{Names(busy)} (busy)"] : (string[])[],
            .. Of(slot.Seats, Standing.Away) is { Count: > 0 } away ? [$"{Names(away)} (away)"] : (string[])[],
        ];
        return absent.Length > 0 ? $"Without {string.Join(" and ", absent)}."
            : slot.Seats.All(seat => seat.IsKnownFree) ? "Everybody can come."
            : "Nobody is known to be busy.";
    }

    /// <summary>For whom it is early, late or a day off, and what their clock says then.</summary>
    private static IEnumerable<string> Outside(Slot slot, IEnumerable<Seat> coming) =>
        coming.Where(seat => !seat.IsInHours)
            .GroupBy(seat => seat.Attendee.Zone.Id)
            .Select(zone => $"Outside the hours of {Names([.. zone.Select(seat => seat.Attendee.Name)])}: {DayAndTime.Format(slot.Time.Start.InZone(zone.First().Attendee.Zone))} in {zone.Key}.");

    private static List<string> Of(IEnumerable<Seat> seats, Standing standing) => [.. seats.Where(seat => seat.Standing == standing).Select(seat => seat.Attendee.Name)];

    private static string Names(List<string> names) => names.Count switch
    {
        1 => names[0],
        <= MostNames => $"{string.Join(", ", names.SkipLast(1))} and {names[^1]}",
        _ => $"{string.Join(", ", names.Take(MostNames - 1))} and {Count(names.Count - MostNames + 1)} others",
    };

    private static string Length(Duration length) => (length.Days * 24 + length.Hours, length.Minutes) switch
    {
        (0, var minutes) => $"{Count(minutes)} minutes",
        (1, 0) => "1 hour",
        (var hours, 0) => $"{Count(hours)} hours",
        (1, var minutes) => $"1 hour {Count(minutes)} minutes",
        var (hours, minutes) => $"{Count(hours)} hours {Count(minutes)} minutes",
    };

    private static string Count(int count) => count.ToString("#,0", CultureInfo.InvariantCulture);
}

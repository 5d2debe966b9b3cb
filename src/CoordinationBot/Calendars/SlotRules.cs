using NodaTime;

namespace CoordinationBot.Calendars;

/// <summary>When a meeting can take place.</summary>
/// <remarks>
/// A time is possible when it begins at a multiple of the step in UTC, after now, and lies in the window.
///
/// Looked at are only those of them that break the least rest of the required people, by whoever rests most: on a working day and outside quiet
/// hours of everybody; where the window has no such time, outside quiet hours on a day off (somebody asks for a Saturday); where it has none, in quiet
/// hours from 7 until 22 o'clock; where it has none, at night (people on both sides of the date line). That a better time exists but is taken is no reason to
/// offer a worse one: a team that is busy all week is not offered Sunday at 3, it learns who blocks what.
///
/// It would do when no required person is busy (the buffer around it counted) or away. The best are those with
/// 1. the fewest required people who are not known to be free (unknown or tentative), then the fewest tentative: nobody unknown is ever taken as free;
/// 2. the fewest optional people who cannot come, then the fewest of them who are not known to be free;
/// 3. the fewest people who would come outside of their working hours, so that first come those inside of everyone's;
/// 4. the fewest blocks of protected time broken of those who would come;
/// 5. the earliest.
/// Then always the best that overlaps none of those before is the next.
/// </remarks>
internal static class SlotRules
{
    public static SlotsFound Find(SlotRequest request, Instant now)
    {
        var seating = Seating.Of(request, now);
        var best = SlotRanking.Best(seating, request.Most);
        return best.Count > 0 ? new SlotsFound(best, [], []) : new SlotsFound([], BlockerRules.Of(seating), SlotChangeRules.Smallest(request, seating, now));
    }
}

namespace CoordinationBot.Calendars;

/// <summary>Why there is no slot.</summary>
internal static class BlockerRules
{
    /// <summary>Those who stand against a time that was looked at: who blocks most first, of these who does so alone most, of these the one who was named first.</summary>
    public static IReadOnlyList<Blocker> Of(Seating seating)
    {
        int[] lookedAt = [.. Enumerable.Range(0, seating.Grid.Count).Where(seating.IsLookedAt)];
        return
        [
            .. seating.Required
                .Select(person =>
                {
                    var (blocked, alone) = (0, 0);
                    var standings = seating.StandingsOf(person);
                    foreach (var index in lookedAt)
                    {
                        var isBlocked = standings[index] >= Standing.Busy;
                        blocked += isBlocked ? 1 : 0;
                        alone += isBlocked && seating.Against[index] == 1 ? 1 : 0;
                    }
                    return new Blocker(seating.Attendees[person], blocked, alone, lookedAt.Length);
                })
                .Where(blocker => blocker.Blocked > 0)
                .OrderByDescending(blocker => blocker.Blocked)
                .ThenByDescending(blocker => blocker.Alone),
        ];
    }
}

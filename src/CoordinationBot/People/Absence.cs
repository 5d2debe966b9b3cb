using CoordinationBot.Dialogs;
using NodaTime;

namespace CoordinationBot.People;

/// <summary>Who answers for somebody while they are away.</summary>
internal sealed record Deputy(string ObjectId, string Name);

/// <summary>Whole days on which somebody is away, both ends among them.</summary>
/// <param name="From">The first day.</param>
/// <param name="Until">The last day.</param>
/// <param name="Zone">Where the days are meant, wherever the person travels meanwhile.</param>
/// <param name="Deputy">Who answers then; without one, the person's standing deputy.</param>
internal sealed record Absence(DateOnly From, DateOnly Until, string Zone, Deputy? Deputy = null)
{
    public LocalDate FirstDay => LocalDate.FromDateOnly(From);

    public LocalDate LastDay => LocalDate.FromDateOnly(Until);

    public Interval Time() => new(Begin(FirstDay), Begin(LastDay.PlusDays(1)));

    public bool Holds(Instant at) => Time().Contains(at);

    public bool Overlaps(Absence other) => Time() is var mine && other.Time() is var theirs && mine.Start < theirs.End && theirs.Start < mine.End;

    private Instant Begin(LocalDate date) => Zones.Find(Zone).AtStartOfDay(date).ToInstant();
}

/// <summary>An absence that was read back and waits for the word that it is right.</summary>
internal sealed record ProposedAbsence(string Id, Absence Absence, DateTimeOffset ExpiresAt);

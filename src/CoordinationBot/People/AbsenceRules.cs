using NodaTime;

namespace CoordinationBot.People;

/// <summary>When somebody is away.</summary>
internal static class AbsenceRules
{
    private const int MostDaysAhead = 366;
    private const int Most = 20;

    /// <summary>The absence that holds now, or null.</summary>
    public static Absence? At(Person person, Instant at) => person.Absences?.FirstOrDefault(absence => absence.Holds(at));

    /// <summary>Why somebody cannot be away on these days, or null.</summary>
    public static string? Refuse(Person person, Absence absence, Instant now)
    {
        var today = now.InZone(Dialogs.Zones.Find(absence.Zone)).Date;
        return absence.LastDay < today ? $"{Read(absence.LastDay)} is in the past. Today is {Read(today)} ({absence.Zone})."
            : absence.LastDay < absence.FirstDay ? $"It would end before it begins: {Read(absence.FirstDay)} comes after {Read(absence.LastDay)}. Please give the first day, then the last."
            : absence.LastDay > today.PlusDays(MostDaysAhead) ? $"{Read(absence.LastDay)} is more than a year ahead. Please choose an earlier day."
            : Coming(person, now).Count(known => !known.Overlaps(absence)) >= Most ? $"I keep {Most} absences at most. Please take one of yours back first."
            : null;
    }

    /// <summary>With another absence, which takes the place of those it overlaps. What is over is forgotten.</summary>
    public static Person Add(Person person, Absence absence, Instant now) =>
        With(person, [.. Coming(person, now).Where(known => !known.Overlaps(absence)).Append(absence).OrderBy(known => known.From)]);

    /// <summary>Without the absence that begins on this day.</summary>
    public static Person Remove(Person person, DateOnly from, Instant now) => With(person, [.. Coming(person, now).Where(known => known.From != from)]);

    /// <summary>What holds now or is still to come, soonest first.</summary>
    public static IReadOnlyList<Absence> Coming(Person person, Instant now) => [.. (person.Absences ?? []).Where(absence => absence.Time().End > now)];

    public static string Read(LocalDate date) => Dialogs.Zones.Read(date.ToDateOnly());

    private static Person With(Person person, IReadOnlyList<Absence> absences) => person with { Absences = absences.Count == 0 ? null : absences };
}

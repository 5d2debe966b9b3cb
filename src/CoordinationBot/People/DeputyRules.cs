using NodaTime;

namespace CoordinationBot.People;

/// <summary>Where it ends when everybody who is away is answered for by their deputy.</summary>
/// <param name="Answerer">Who is there; null when nobody in the chain is.</param>
/// <param name="Away">Those who are not, in their order, the first of them the one who was asked for.</param>
/// <param name="IsCycle">The last one's deputy is among them.</param>
internal sealed record DeputyChain(Person? Answerer, IReadOnlyList<Person> Away, bool IsCycle);

/// <summary>Who answers for whom.</summary>
internal static class DeputyRules
{
    /// <summary>Longer chains are nobody's intent.</summary>
    public const int MostSteps = 8;

    /// <summary>
    /// Who answers now for this person: they themselves when they are there, otherwise their deputy, or the deputy's. Null when everybody in the
    /// chain is away or it comes back to itself: then the person stays responsible, and what is asked of them waits.
    /// </summary>
    public static Person? AnswererFor(Person person, Instant at, Func<string, Person?> lookup) => Follow(person, at, lookup).Answerer;

    public static DeputyChain Follow(Person person, Instant at, Func<string, Person?> lookup)
    {
        List<Person> away = [];
        for (var current = person; ;)
        {
            if (AbsenceRules.At(current, at) is not { } absence)
            {
                return new DeputyChain(current, away, IsCycle: false);
            }
            away.Add(current);
            if (away.Count > MostSteps || (absence.Deputy ?? current.Deputy)?.ObjectId is not { } next)
            {
                return new DeputyChain(null, away, IsCycle: false);
            }
            if (away.Exists(known => known.ObjectId == next))
            {
                return new DeputyChain(null, away, IsCycle: true);
            }
            if (lookup(next) is not { } deputy)
            {
                return new DeputyChain(null, away, IsCycle: false);
            }
            current = deputy;
        }
    }

    /// <summary>Why this person cannot have that deputy, or null. With an absence the deputy is for it, without one for every time that has no other.</summary>
    public static string? Refuse(Person person, Person deputy, Absence? absence, Instant now, Func<string, Person?> lookup)
    {
        if (deputy.ObjectId == person.ObjectId)
        {
            return "You cannot be your own deputy. Please choose somebody who is there when you are not.";
        }
        var chain = Meeting(person, deputy, absence, now, lookup).Select(meeting => meeting.Chain).FirstOrDefault(chain => chain.IsCycle);
        return chain is null ? null
            : $"That leads in a circle: {string.Join(", ", chain.Away.Skip(1).Select((known, index) => $"{known.Name} is away {(index == 0 ? "too" : "as well")}"))}, and nobody is left to answer. Please choose somebody else.";
    }

    /// <summary>What the person should know of a deputy who is away at the same time, or null.</summary>
    public static string? Warn(Person person, Person deputy, Absence? absence, Instant now, Func<string, Person?> lookup)
    {
        foreach (var (other, chain) in Meeting(person, deputy, absence, now, lookup))
        {
            return $"{deputy.Name} is away too, from {AbsenceRules.Read(other.FirstDay)} to {AbsenceRules.Read(other.LastDay)}. "
                + (chain.Answerer is { } answerer ? $"Then {answerer.Name} answers for you." : "Then nobody answers for you, and what is asked of you waits.");
        }
        return absence is null && deputy.Deputy?.ObjectId == person.ObjectId ? $"You are {deputy.Name}'s deputy too: when both of you are away, nobody answers." : null;
    }

    /// <summary>Each absence of the deputy that meets the person's, with who answers as it begins.</summary>
    private static IEnumerable<(Absence Other, DeputyChain Chain)> Meeting(Person person, Person deputy, Absence? absence, Instant now, Func<string, Person?> lookup)
    {
        foreach (var other in AbsenceRules.Coming(deputy, now).Where(other => absence is null ? other.Holds(now) : other.Overlaps(absence)))
        {
            var at = Instant.Max(now, absence is null ? now : Instant.Max(other.Time().Start, absence.Time().Start));
            var day = DateOnly.FromDateTime(at.InUtc().ToDateTimeUnspecified());
            // As it would be: away from just before that moment, with this deputy.
            var would = person with { Absences = [new Absence(day.AddDays(-1), day.AddDays(1), "UTC", new Deputy(deputy.ObjectId, deputy.Name))] };
            yield return (other, Follow(would, at, id => id == person.ObjectId ? would : id == deputy.ObjectId ? deputy : lookup(id)));
        }
    }
}

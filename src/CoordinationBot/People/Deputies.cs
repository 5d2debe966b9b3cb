using NodaTime.Extensions;

namespace CoordinationBot.People;

/// <summary>Who answers for whom, from the stored rows.</summary>
internal sealed class Deputies(PeopleDirectory directory)
{
    private const int MostPeople = 40;

    /// <summary>
    /// Who answers for this person at this time: they themselves when they are there. Null when nobody is: then the person stays responsible.
    /// Whoever asks somebody else instead shows it to both.
    /// </summary>
    public async ValueTask<Person?> AnswererForAsync(string tenant, string objectId, DateTimeOffset at, CancellationToken cancel)
    {
        if (await directory.FindAsync(tenant, objectId, cancel) is not { } person)
        {
            return null;
        }
        var now = at.ToInstant();
        // Nearly always: one read.
        return AbsenceRules.At(person, now) is null ? person : DeputyRules.AnswererFor(person, now, await AroundAsync(person, cancel));
    }

    /// <summary>Everybody who could come into question for these people, by their object id.</summary>
    public async ValueTask<Func<string, Person?>> AroundAsync(Person person, CancellationToken cancel)
    {
        var known = new Dictionary<string, Person>(StringComparer.Ordinal) { [person.ObjectId] = person };
        var waiting = new Queue<string>(Of(person));
        while (waiting.TryDequeue(out var next) && known.Count < MostPeople)
        {
            if (!known.ContainsKey(next) && await directory.FindAsync(person.Tenant, next, cancel) is { } found)
            {
                known[next] = found;
                foreach (var further in Of(found))
                {
                    waiting.Enqueue(further);
                }
            }
        }
        return known.GetValueOrDefault;
    }

    private static IEnumerable<string> Of(Person person) =>
        (person.Absences ?? []).Select(absence => absence.Deputy).Append(person.Deputy).OfType<Deputy>().Select(deputy => deputy.ObjectId).Distinct(StringComparer.Ordinal);
}

using NodaTime.Extensions;

namespace CoordinationBot.People;

/// <summary>Who answers for whom, from the stored rows.</summary>
internal sealed class Deputies(PeopleDirectory directory, PeopleStore store)
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

    /// <summary>Those who are away now and for whom this person answers, by whatever chain.</summary>
    public async ValueTask<IReadOnlyList<Person>> StandsInForAsync(string tenant, string objectId, DateTimeOffset at, CancellationToken cancel)
    {
        List<Person> answered = [];
        HashSet<string> known = [objectId];
        var waiting = new Queue<string>([objectId]);
        while (waiting.TryDequeue(out var deputy) && known.Count < MostPeople)
        {
            foreach (var named in await store.NamedByAsync(tenant, deputy, cancel))
            {
                // The row only says that somebody named them once; who answers now is for the absences to say.
                if (known.Add(named) && await directory.FindAsync(tenant, named, cancel) is { } person && AbsenceRules.At(person, at.ToInstant()) is not null)
                {
                    waiting.Enqueue(named);
                    if (DeputyRules.AnswererFor(person, at.ToInstant(), await AroundAsync(person, cancel))?.ObjectId == objectId)
                    {
                        answered.Add(person);
                    }
                }
            }
        }
        return answered;
    }

    public static IEnumerable<string> Of(Person person) =>
        (person.Absences ?? []).Select(absence => absence.Deputy).Append(person.Deputy).OfType<Deputy>().Select(deputy => deputy.ObjectId).Distinct(StringComparer.Ordinal);
}

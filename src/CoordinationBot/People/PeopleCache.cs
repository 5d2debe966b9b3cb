using System.Collections.Concurrent;

namespace CoordinationBot.People;

/// <summary>
/// What this host last knew of a person, so that an activity that tells nothing new costs no storage. It may be wrong for a bounded time:
/// another host may know better until the entry is old.
/// </summary>
internal sealed class PeopleCache(TimeProvider clock)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(2);
    private const int Most = 20_000;
    private readonly ConcurrentDictionary<(string Tenant, string ObjectId), (Person Person, long At)> _known = new();

    public Person? Find(string tenant, string objectId) =>
        _known.TryGetValue((tenant, objectId), out var entry) && clock.GetElapsedTime(entry.At) < Fresh ? entry.Person : null;

    public void Forget(string tenant, string objectId) => _known.TryRemove((tenant, objectId), out _);

    public void Keep(Person person)
    {
        if (_known.Count >= Most)
        {
            _known.Clear();
        }
        _known[(person.Tenant, person.ObjectId)] = (person, clock.GetTimestamp());
    }
}

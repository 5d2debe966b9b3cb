using CoordinationBot.People;
using CoordinationBot.Storage;
using NodaTime;
using NodaTime.Text;

namespace CoordinationBot.Calendars;

/// <summary>
/// The bot's own calendar. A held time is two rows of its person, changed in one commit: <c>held|{start}|{id}</c>, so that a range of time is a range
/// of keys, and <c>held-at|{id}</c>, which says where that one is: to hold it again moves it.
/// </summary>
internal sealed class OwnCalendar(ITables tables)
{
    /// <summary>A reader begins to look so long before its window: whatever reaches into it is found.</summary>
    public const int LongestDays = 31;

    private const int PageLength = 200;
    private const int Attempts = 8;
    private const string Prefix = "held|";
    private const string PlacePrefix = "held-at|";

    // Sorts as time does. Parts of a second do not matter for that, and stand in the row.
    private static readonly InstantPattern Sortable = InstantPattern.CreateWithInvariantCulture("uuuuMMdd'T'HHmmss'Z'");

    /// <summary>Holds a time, or moves the one of this id. Done twice it is done once.</summary>
    public async ValueTask HoldAsync(string tenant, string objectId, HeldTime time, CancellationToken cancel)
    {
        if (time.End <= time.Start || time.End - time.Start > Duration.FromDays(LongestDays))
        {
            throw new ArgumentException($"A held time ends after it begins, and lasts {LongestDays} days at most.", nameof(time));
        }
        var (row, data) = (HeldRow.Of(time), JsonRows.Bytes(HeldRow.Of(time), CalendarJson.Default.HeldRow));
        await ChangeAsync(
            tenant,
            objectId,
            time.Id,
            place => place?.Read(CalendarJson.Default.HeldRow) is { } before
                ? before == row ? [] : [new Change.Replace(place.Key, data, place.Version), .. before.Start == row.Start ? (Change[])[] : [new Change.Delete(Key(before.Read()), null)], new Change.Upsert(Key(time), data)]
                : [new Change.Insert($"{PlacePrefix}{time.Id}", data), new Change.Upsert(Key(time), data)],
            cancel);
    }

    /// <summary>Lets go of it. What is not held is no error.</summary>
    public ValueTask ReleaseAsync(string tenant, string objectId, string id, CancellationToken cancel) =>
        ChangeAsync(tenant, objectId, id, place => place is null ? [] : [new Change.Delete(place.Key, place.Version), new Change.Delete(Key(place.Read(CalendarJson.Default.HeldRow).Read()), null)], cancel);

    /// <summary>What touches a window, in the order in which it begins.</summary>
    public async ValueTask<IReadOnlyList<HeldTime>> ListAsync(string tenant, string objectId, Interval window, CancellationToken cancel)
    {
        List<HeldTime> found = [];
        var after = $"{Prefix}{Sortable.Format(window.Start - Duration.FromDays(LongestDays))}";
        while (true)
        {
            var rows = await tables.QueryAsync(PeopleStore.Partition(tenant, objectId), Prefix, PageLength, after, cancel);
            foreach (var row in rows)
            {
                var time = row.Read(CalendarJson.Default.HeldRow).Read();
                if (time.Start >= window.End)
                {
                    return found;
                }
                if (time.End > window.Start)
                {
                    found.Add(time);
                }
            }
            if (rows.Count < PageLength)
            {
                return found;
            }
            after = rows[^1].Key;
        }
    }

    private async ValueTask ChangeAsync(string tenant, string objectId, string id, Func<Row?, IReadOnlyList<Change>> decide, CancellationToken cancel)
    {
        var partition = PeopleStore.Partition(tenant, objectId);
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            var changes = decide(await tables.GetAsync(partition, $"{PlacePrefix}{id}", cancel));
            if (changes.Count == 0 || (await tables.CommitAsync(partition, changes, cancel)).Committed)
            {
                return;
            }
        }
        throw new InvalidOperationException("A held time changed under every attempt to write it.");
    }

    private static string Key(HeldTime time) => $"{Prefix}{Sortable.Format(time.Start)}|{time.Id}";
}

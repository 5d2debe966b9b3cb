using CoordinationBot.Calendars;
using CoordinationBot.People;
using CoordinationBot.Storage;
using NodaTime.Extensions;

namespace CoordinationBot.Meetings;

/// <summary>
/// Meetings in the lists and calendars of their people: rows in each person's partition, written by the wake-up after the commit. A state that comes
/// twice or late never stands over a newer one. A list only says that a meeting is there; what people see of it is read from itself.
/// </summary>
internal sealed class MeetingIndex(ITables tables, OwnCalendar calendar, MeetingStore store)
{
    private const string SeatPrefix = "seat|";
    private const string ListPrefix = "meeting|";
    private const int MostSeats = 1000;
    private const int AtOnce = 90;
    private const int Attempts = 8;

    /// <summary>Writes what differs from what was written. Who is to be written is noted before, so that whoever is taken out meanwhile is found.</summary>
    public async ValueTask WriteAsync(Meeting meeting, CancellationToken cancel)
    {
        var partition = MeetingStore.Partition(meeting.Tenant, meeting.Id);
        var written = (await tables.QueryAsync(partition, SeatPrefix, MostSeats, null, cancel)).ToDictionary(row => row.Key[SeatPrefix.Length..], row => row.Read(MeetingJson.Default.MeetingSeat), StringComparer.Ordinal);
        var wanted = SeatRules.Of(meeting);
        var differing = wanted.Keys.Union(written.Keys).Where(objectId => wanted.GetValueOrDefault(objectId) != written.GetValueOrDefault(objectId)).ToList();
        foreach (var piece in differing.Chunk(AtOnce))
        {
            if (piece.Where(objectId => !written.ContainsKey(objectId)).ToList() is { Count: > 0 } unknown)
            {
                await tables.CommitAsync(partition, [.. unknown.Select(objectId => Noted(objectId, MeetingSeat.None))], cancel);
            }
            await Parallel.ForEachAsync(piece, AvailabilityReader.Side(cancel), (objectId, token) => WriteAsync(meeting, objectId, wanted.GetValueOrDefault(objectId) ?? MeetingSeat.None, token));
            await tables.CommitAsync(partition, [.. piece.Select(objectId => wanted.TryGetValue(objectId, out var seat) ? Noted(objectId, seat) : (Change)new Change.Delete($"{SeatPrefix}{objectId}", null))], cancel);
        }
    }

    /// <summary>A page of somebody's meetings that are not over, as they are now, in the order of their times; those that people are asked about last.</summary>
    /// <param name="tenant">Of the person.</param>
    /// <param name="objectId">Who.</param>
    /// <param name="after">The last of the page before; null: from now on.</param>
    /// <param name="take">How many at most.</param>
    /// <param name="now">What is over by then is left out.</param>
    /// <param name="cancel">Ends it.</param>
    public async ValueTask<(IReadOnlyList<Meeting> Page, string? Next)> ListAsync(string tenant, string objectId, string? after, int take, DateTimeOffset now, CancellationToken cancel)
    {
        List<Meeting> page = [];
        var from = after ?? SeatRules.PlaceOf(now.AddMinutes(-MeetingLimits.LongestMinutes));
        while (true)
        {
            var rows = await tables.QueryAsync(PeopleStore.Partition(tenant, objectId), ListPrefix, take, $"{ListPrefix}{from}", cancel);
            foreach (var row in rows)
            {
                from = row.Key[ListPrefix.Length..];
                // The list may be a moment behind the meeting.
                if (await store.FindAsync(tenant, from[(from.LastIndexOf('|') + 1)..], cancel) is { } meeting && meeting.Includes(objectId) && meeting.State != MeetingState.Cancelled && meeting.Series is null && !meeting.IsOver(now))
                {
                    page.Add(meeting);
                    if (page.Count == take)
                    {
                        return (page, from);
                    }
                }
            }
            if (rows.Count < take)
            {
                return (page, null);
            }
        }
    }

    private async ValueTask WriteAsync(Meeting meeting, string objectId, MeetingSeat seat, CancellationToken cancel)
    {
        if (!await ListAsync(meeting, objectId, seat.Place, cancel))
        {
            return; // A newer state was here.
        }
        if (seat.Held is { } held)
        {
            await calendar.HoldAsync(meeting.Tenant, objectId, new HeldTime(meeting.Id, held.Start.ToInstant(), held.Start.AddMinutes(held.Minutes).ToInstant(), held.Kind, held.Title), cancel);
        }
        else
        {
            await calendar.ReleaseAsync(meeting.Tenant, objectId, meeting.Id, cancel);
        }
    }

    /// <summary>False when a newer state was written before.</summary>
    private async ValueTask<bool> ListAsync(Meeting meeting, string objectId, string? place, CancellationToken cancel)
    {
        var (partition, atKey) = (PeopleStore.Partition(meeting.Tenant, objectId), $"meeting-at|{meeting.Id}");
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            var at = await tables.GetAsync(partition, atKey, cancel);
            var before = at?.Read(MeetingJson.Default.ListedAt);
            if (before?.Revision > meeting.Revision)
            {
                return false;
            }
            if (before?.Revision == meeting.Revision && before.Place == place)
            {
                return true;
            }
            var data = JsonRows.Bytes(new ListedAt(meeting.Revision, place), MeetingJson.Default.ListedAt);
            Change[] changes =
            [
                at is null ? new Change.Insert(atKey, data) : new Change.Replace(atKey, data, at.Version),
                .. before?.Place is { } old && old != place ? (Change[])[new Change.Delete(Key(old, meeting), null)] : [],
                .. place is null ? (Change[])[] : [new Change.Upsert(Key(place, meeting), "{}"u8.ToArray())],
            ];
            if ((await tables.CommitAsync(partition, changes, cancel)).Committed)
            {
                return true;
            }
        }
        throw new InvalidOperationException("A person's list of meetings changed under every attempt to write it.");
    }

    private static string Key(string place, Meeting meeting) => $"{ListPrefix}{place}|{meeting.Id}";

    private static Change.Upsert Noted(string objectId, MeetingSeat seat) => new($"{SeatPrefix}{objectId}", JsonRows.Bytes(seat, MeetingJson.Default.MeetingSeat));
}

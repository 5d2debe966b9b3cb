using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CoordinationBot.Notices;
using CoordinationBot.People;
using CoordinationBot.Storage;

namespace CoordinationBot.Meetings;

/// <summary>
/// The only file that knows keys and rows of minutes. They are a partition beside that of their meeting, since they are large, change often while it is
/// read by everybody, and have a living card of their own: state, final versions, operations and outbox commit together.
/// </summary>
internal sealed class MinutesStore(ITables tables, WorkScheduler work)
{
    /// <summary>The kind of wake-up that looks at minutes.</summary>
    public const string Kind = "minutes";

    private const int Attempts = 40;
    private const int LongestWait = 200;
    private const string StateKey = "state";
    private const string SpreadKey = "spread|";

    public static string Partition(string tenant, string id) => $"{tenant}|N|{id}";

    public async ValueTask<Minutes?> FindAsync(string tenant, string id, CancellationToken cancel) =>
        ReadableIds.Is('M', id) ? (await tables.GetAsync(Partition(tenant, id), StateKey, cancel))?.Read(MinutesJson.Default.Minutes) : null;

    /// <summary>A final version; null: there is none of that number.</summary>
    public async ValueTask<MinutesVersion?> VersionAsync(Minutes minutes, int number, CancellationToken cancel) =>
        number < 1 ? null : (await tables.GetAsync(Partition(minutes.Tenant, minutes.Id), VersionKey(number), cancel))?.Read(MinutesJson.Default.MinutesVersion);

    /// <summary>Loads, decides, commits on condition that nothing changed meanwhile, and decides again if it did.</summary>
    /// <param name="meeting">Whose minutes.</param>
    /// <param name="by">Who acts, and what becomes of their own card; null: nobody does, it is a note on the way.</param>
    /// <param name="operationId">The turn that causes it, done once; null: the rule alone knows what is left to do.</param>
    /// <param name="decide">A pure rule; it gets null as long as there are none.</param>
    /// <param name="now">When.</param>
    /// <param name="cancel">Ends it.</param>
    public async ValueTask<MinutesOutcome> UpdateAsync(Meeting meeting, MinutesActor? by, string? operationId, Func<Minutes?, MinutesOutcome> decide, DateTimeOffset now, CancellationToken cancel)
    {
        var partition = Partition(meeting.Tenant, meeting.Id);
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            var row = await tables.GetAsync(partition, StateKey, cancel);
            var outcome = decide(row?.Read(MinutesJson.Default.Minutes));
            if (outcome is not MinutesOutcome.Changed changed)
            {
                return outcome;
            }
            var wakeUp = new WakeUp(Kind, partition);
            await work.PrepareAsync(wakeUp, cancel);
            Change[] operation = operationId is null ? [] : [new Change.Insert(OperationKey(operationId), "{}"u8.ToArray())];
            Change[] version = changed.Version is { } final ? [new Change.Insert(VersionKey(final.Number), JsonRows.Bytes(final, MinutesJson.Default.MinutesVersion))] : [];
            Change state = row is null ? new Change.Insert(StateKey, Bytes(changed.State)) : new Change.Replace(StateKey, Bytes(changed.State), row.Version);
            var result = await tables.CommitAsync(partition, [state, .. operation, .. version, .. Notices(meeting, changed, by, now)], cancel);
            if (result.Committed)
            {
                work.Nudge(wakeUp);
                return changed;
            }
            if (operationId is not null && result.ConflictKey == OperationKey(operationId))
            {
                return new MinutesOutcome.Unchanged(await FindAsync(meeting.Tenant, meeting.Id, cancel));
            }
            // Several at once: wait a different moment each, or they meet again.
            await Task.Delay(TimeSpan.FromMilliseconds(RandomNumberGenerator.GetInt32(Math.Min(attempt * 10, LongestWait))), cancel);
        }
        throw new InvalidOperationException("Minutes changed under every attempt to write them.");
    }

    /// <summary>Tells what did not fit into the commit of its change.</summary>
    public async ValueTask SpreadAsync(string partition, CancellationToken cancel)
    {
        while (await tables.QueryAsync(partition, SpreadKey, 1, null, cancel) is [var row])
        {
            var (changes, left) = MeetingRows.Spread(row.Read(MeetingJson.Default.Spreading));
            Change rest = left is null ? new Change.Delete(row.Key, row.Version) : new Change.Replace(row.Key, MeetingRows.Bytes(left), row.Version);
            await tables.CommitAsync(partition, [rest, .. changes], cancel);
        }
    }

    /// <summary>Brings a person their card as a new message.</summary>
    public async ValueTask BringAsync(Minutes minutes, string objectId, CancellationToken cancel)
    {
        var wakeUp = new WakeUp(Kind, Partition(minutes.Tenant, minutes.Id));
        await work.PrepareAsync(wakeUp, cancel);
        await tables.CommitAsync(wakeUp.Partition, [Outbox.Bring(objectId)], cancel);
        work.Nudge(wakeUp);
    }

    // ---- the last minutes of the same people, or of the same subject

    /// <summary>Where the organiser's next meeting finds what stayed open.</summary>
    public async ValueTask ListAsync(Minutes minutes, CancellationToken cancel) =>
        await tables.CommitAsync(
            PeopleStore.Partition(minutes.Tenant, minutes.Organiser.ObjectId),
            [.. Circles(minutes.Subject, minutes.People.Select(person => person.ObjectId)).Concat(minutes.Series is { } series ? [OfSeries(series)] : []).Select(circle => new Change.Upsert($"{circle}{Inverted(minutes.Time.Start)}|{minutes.Id}", "{}"u8.ToArray()))],
            cancel);

    /// <summary>The newest minutes of a meeting before this one: of the same series, or else of the same people or the same subject.</summary>
    public async ValueTask<Minutes?> FindLastAsync(Meeting meeting, DateTimeOffset now, CancellationToken cancel)
    {
        var partition = PeopleStore.Partition(meeting.Tenant, meeting.Organiser.ObjectId);
        Minutes? last = null;
        foreach (var circle in (string[])[.. meeting.Occurrence is { } one ? (string[])[OfSeries(one.Root)] : [], .. Circles(meeting.Subject, meeting.Invitees.Select(invitee => invitee.Key).Prepend(meeting.Organiser.ObjectId))])
        {
            // After every row of a meeting that began when this one does.
            var rows = await tables.QueryAsync(partition, circle, 1, $"{circle}{Inverted(meeting.Time?.Start ?? now)}|~", cancel);
            if (rows is [var row] && await FindAsync(meeting.Tenant, row.Key.Split('|')[^1], cancel) is { } found && !(last?.Time.Start >= found.Time.Start))
            {
                last = found;
            }
            if (last?.Series is { } series && series == meeting.Occurrence?.Root)
            {
                return last;
            }
        }
        return last;
    }

    private static IEnumerable<string> Circles(string subject, IEnumerable<string> people) =>
    [
        $"minutes|people|{Hash(string.Join('|', people.Order(StringComparer.Ordinal)))}|",
        $"minutes|subject|{Hash(subject.Trim().ToUpperInvariant())}|",
    ];

    private static string OfSeries(string series) => $"minutes|series|{series}|";

    private static string Hash(string text) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 12));

    /// <summary>The later, the smaller: what is newest comes first.</summary>
    private static string Inverted(DateTimeOffset at) => string.Create(CultureInfo.InvariantCulture, $"{(DateTimeOffset.MaxValue - at).Ticks / TimeSpan.TicksPerMinute:D10}");

    // ---- keys and rows

    /// <summary>Whoever must hear gets the card as a new message; the cards of all others are renewed in place.</summary>
    private static IEnumerable<Change> Notices(Meeting meeting, MinutesOutcome.Changed changed, MinutesActor? by, DateTimeOffset now)
    {
        var told = changed.Tells.Select(tell => tell.ObjectId).Append(by?.ObjectId).ToHashSet(StringComparer.Ordinal);
        // A draft is nobody's but its writers': a renewal may be the first card that somebody gets.
        var readers = meeting.Inside.Where(objectId => changed.State.State != MinutesState.Draft || changed.State.MayWrite(objectId));
        var (changes, left) = MeetingRows.Spread(new Spreading(changed.State.Revision, now, changed.Tells, [.. readers.Where(objectId => !told.Contains(objectId))], []));
        return
        [
            .. by is null ? (Change[])[] : [by.IsTyped ? Outbox.Bring(by.ObjectId) : Outbox.Acted(by.ObjectId, changed.State.Revision)],
            .. by?.Card is { } card ? (Change[])[Outbox.Place(by.ObjectId, card)] : [],
            .. changes,
            .. left is null ? (Change[])[] : [new Change.Insert(string.Create(CultureInfo.InvariantCulture, $"{SpreadKey}{changed.State.Revision:D6}"), MeetingRows.Bytes(left))],
        ];
    }

    private static string VersionKey(int number) => string.Create(CultureInfo.InvariantCulture, $"version|{number:D4}");

    private static string OperationKey(string operationId) => $"operation|{operationId}";

    private static ReadOnlyMemory<byte> Bytes(Minutes minutes) => JsonRows.Bytes(minutes, MinutesJson.Default.Minutes);
}

/// <summary>Who acts on minutes, and what becomes of their own card.</summary>
/// <param name="ObjectId">Who.</param>
/// <param name="IsTyped">Nothing was pressed: the card comes as a new message.</param>
/// <param name="Card">The card that was pressed becomes their living one; null: they have one, or none yet.</param>
internal sealed record MinutesActor(string ObjectId, bool IsTyped = false, CardPlace? Card = null);

using System.Security.Cryptography;
using CoordinationBot.Calendars;
using CoordinationBot.Delegations;
using CoordinationBot.Notices;
using CoordinationBot.Storage;

namespace CoordinationBot.Meetings;

/// <summary>
/// The only file that knows keys and rows of meetings. One meeting is one partition: its state, its history, the operations that changed it and its
/// outbox commit together.
/// </summary>
/// <param name="tables">Where they are.</param>
/// <param name="work">Wakes them up.</param>
/// <param name="calendar">That invites people; null: they are invited by mail.</param>
internal sealed class MeetingStore(ITables tables, WorkScheduler work, ICalendarWriter? calendar = null)
{
    /// <summary>The kind of wake-up that looks at a meeting.</summary>
    public const string Kind = "meeting";

    /// <summary>Against other hosts only: those of this one wait for each other. With eight at one meeting, one attempt in eight succeeds; whoever waits too long is ended by their turn.</summary>
    private const int Attempts = 200;

    private const int LongestWait = 200;
    private const string StateKey = "state";
    private const int MostCards = 1000;

    private static readonly IReadOnlySet<string> Nobody = new HashSet<string>();

    // Many who answer at once would otherwise mostly meet each other's commits. Two meetings that share a gate only wait.
    private readonly SemaphoreSlim[] _gates = [.. Enumerable.Range(0, 64).Select(_ => new SemaphoreSlim(1, 1))];

    public static string Partition(string tenant, string id) => $"{tenant}|M|{id}";

    /// <summary>When it must be looked at by itself, by a row of a meeting.</summary>
    public static IEnumerable<DateTimeOffset> LooksOf(Row row) => row.Key == StateKey && row.Read(MeetingJson.Default.Meeting) is var meeting
        ? [.. MeetingRules.LooksOf(meeting), .. PollRules.LooksOf(meeting.Poll), .. MeetingSeriesRules.LooksOf(meeting)]
        : [];

    public async ValueTask<Meeting?> FindAsync(string tenant, string id, CancellationToken cancel) =>
        ReadableIds.Is('M', id) ? (await tables.GetAsync(Partition(tenant, id), StateKey, cancel))?.Read(MeetingJson.Default.Meeting) : null;

    /// <summary>What a draft has begun, or null.</summary>
    public async ValueTask<Meeting?> FindByOriginAsync(string tenant, string origin, CancellationToken cancel)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var meeting = await FindAsync(tenant, IdFrom(tenant, origin, attempt), cancel);
            if (meeting is null || meeting.Origin == origin)
            {
                return meeting;
            }
        }
        return null;
    }

    /// <summary>Stores a new meeting under an id derived from its draft, so that sending a draft again finds what it began.</summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="origin">The draft.</param>
    /// <param name="organisersCard">Where the organiser's card is already; null: it comes as a new message.</param>
    /// <param name="begin">Makes it, given its id.</param>
    /// <param name="cancel">Ends it.</param>
    public async ValueTask<Meeting> CreateAsync(string tenant, string origin, CardPlace? organisersCard, Func<string, MeetingOutcome.Changed> begin, CancellationToken cancel)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var begun = begin(IdFrom(tenant, origin, attempt));
            var wakeUp = WakeUpOf(begun.State);
            await PrepareAsync(wakeUp, begun, cancel);
            List<Change> changes = [.. Records(null, null, begun), .. OutsideCalendar.Begin(null, begun.State, calendar), .. MeetingRows.Of(begun, begun.State.Occurrence is null ? null : Nobody)];
            if (organisersCard is not null)
            {
                changes.Add(Outbox.Place(begun.State.Organiser.ObjectId, organisersCard));
            }
            var committed = (await tables.CommitAsync(wakeUp.Partition, changes, cancel)).Committed;
            // Also when it was there: whoever put it down may have died before the wake-up.
            work.Nudge(wakeUp);
            if (committed)
            {
                return begun.State;
            }
            if (await FindAsync(tenant, begun.State.Id, cancel) is { } existing && existing.Origin == origin)
            {
                return existing;
            }
        }
        throw new InvalidOperationException("No free id was found for a new meeting.");
    }

    /// <summary>Loads, decides, commits on condition that nothing changed meanwhile, and decides again if it did. Null when there is no such meeting.</summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="id">Which.</param>
    /// <param name="operationId">The turn that causes it, done once; null: the rule alone knows what is left to do.</param>
    /// <param name="decide">A pure rule.</param>
    /// <param name="cancel">Ends it.</param>
    public async ValueTask<MeetingOutcome?> UpdateAsync(string tenant, string id, string? operationId, Func<Meeting, MeetingOutcome> decide, CancellationToken cancel)
    {
        if (!ReadableIds.Is('M', id))
        {
            return null;
        }
        var partition = Partition(tenant, id);
        var gate = _gates[(uint)partition.GetHashCode(StringComparison.Ordinal) % _gates.Length];
        await gate.WaitAsync(cancel);
        try
        {
            return await DecideAsync(partition, operationId, decide, cancel);
        }
        finally
        {
            gate.Release();
        }
    }

    private async ValueTask<MeetingOutcome?> DecideAsync(string partition, string? operationId, Func<Meeting, MeetingOutcome> decide, CancellationToken cancel)
    {
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            if (await tables.GetAsync(partition, StateKey, cancel) is not { } row)
            {
                return null;
            }
            var before = row.Read(MeetingJson.Default.Meeting);
            var outcome = decide(before);
            Change[] operation = operationId is null ? [] : [new Change.Insert(OperationKey(operationId), "{}"u8.ToArray())];
            CommitResult result;
            if (outcome is MeetingOutcome.Changed changed)
            {
                var wakeUp = new WakeUp(Kind, partition);
                await PrepareAsync(wakeUp, changed, cancel);
                result = await tables.CommitAsync(partition, [.. Records(row, before, changed), .. operation, .. OutsideCalendar.Begin(before, changed.State, calendar), .. MeetingRows.Of(changed, changed.State.Occurrence is null ? null : await HoldersAsync(partition, cancel))], cancel);
                if (result.Committed)
                {
                    work.Nudge(wakeUp);
                    return changed;
                }
            }
            else if (outcome is MeetingOutcome.Unchanged { Sentence: null } && operation.Length > 0)
            {
                // The same answer once more has its effect now: delivered again after another answer, it must not take that back.
                result = await tables.CommitAsync(partition, [new Change.Replace(StateKey, row.Data, row.Version), .. operation], cancel);
                if (result.Committed)
                {
                    return outcome;
                }
            }
            else
            {
                return outcome;
            }
            if (operationId is not null && result.ConflictKey == OperationKey(operationId))
            {
                return new MeetingOutcome.Unchanged((await tables.GetAsync(partition, StateKey, cancel))!.Read(MeetingJson.Default.Meeting));
            }
            // Several hosts at once: wait a different moment each, or they meet again.
            await Task.Delay(TimeSpan.FromMilliseconds(RandomNumberGenerator.GetInt32(Math.Min(attempt * 10, LongestWait))), cancel);
        }
        throw new InvalidOperationException("A meeting changed under every attempt to write it.");
    }

    /// <summary>Whether an operation has changed it.</summary>
    public async ValueTask<bool> IsDoneAsync(string tenant, string id, string operationId, CancellationToken cancel) =>
        ReadableIds.Is('M', id) && await tables.GetAsync(Partition(tenant, id), OperationKey(operationId), cancel) is not null;

    /// <summary>Brings a person its card as a new message.</summary>
    public async ValueTask BringAsync(Meeting meeting, string objectId, CancellationToken cancel)
    {
        var wakeUp = WakeUpOf(meeting);
        await work.PrepareAsync(wakeUp, cancel);
        await tables.CommitAsync(wakeUp.Partition, [Outbox.Bring(objectId)], cancel);
        work.Nudge(wakeUp);
    }

    /// <summary>Notes that somebody could not be told (or can be again), and renews the organiser's card. Not a change of the meeting: no history.</summary>
    public async ValueTask NoteUnreachedAsync(string tenant, string id, string key, string? reason, CancellationToken cancel)
    {
        var partition = Partition(tenant, id);
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            var row = await tables.GetAsync(partition, StateKey, cancel) ?? throw new InvalidOperationException("A notice belongs to a meeting that is not there.");
            var before = row.Read(MeetingJson.Default.Meeting);
            if (before.Unreached?.GetValueOrDefault(key) == reason)
            {
                return;
            }
            var wakeUp = new WakeUp(Kind, partition);
            await work.PrepareAsync(wakeUp, cancel);
            Change[] renewal = key == before.Organiser.ObjectId ? [] : [Outbox.Renew(before.Organiser.ObjectId)];
            if ((await tables.CommitAsync(partition, [new Change.Replace(StateKey, Bytes(before.WithUnreached(key, reason)), row.Version), .. renewal], cancel)).Committed)
            {
                work.Nudge(wakeUp);
                return;
            }
        }
    }

    /// <summary>What was done, newest first.</summary>
    public async ValueTask<IReadOnlyList<HistoryEntry>> HistoryAsync(Meeting meeting, int take, CancellationToken cancel) =>
        [.. (await tables.QueryAsync(Partition(meeting.Tenant, meeting.Id), HistoryRows.Prefix, take, HistoryRows.Key(Math.Max(0, meeting.Revision - take)), cancel)).Select(row => row.Read(MeetingJson.Default.HistoryEntry)).Reverse()];

    /// <summary>Tells what did not fit into the commit of its change: a piece at a time, each with what is left, so that nobody is told twice.</summary>
    public async ValueTask SpreadAsync(string tenant, string id, CancellationToken cancel)
    {
        var partition = Partition(tenant, id);
        while ((await tables.QueryAsync(partition, MeetingRows.SpreadPrefix, 1, null, cancel)) is [var row])
        {
            var (changes, left) = MeetingRows.Spread(row.Read(MeetingJson.Default.Spreading));
            Change rest = left is null ? new Change.Delete(row.Key, row.Version) : new Change.Replace(row.Key, MeetingRows.Bytes(left), row.Version);
            // Whoever was faster has told this piece; the next read sees what is left.
            await tables.CommitAsync(partition, [rest, .. changes], cancel);
        }
    }

    private async ValueTask PrepareAsync(WakeUp wakeUp, MeetingOutcome.Changed changed, CancellationToken cancel)
    {
        await work.PrepareAsync(wakeUp, cancel);
        foreach (var look in changed.Looks)
        {
            await work.PrepareAsync(wakeUp, look, cancel);
        }
    }

    /// <summary>Who has a card. Of a date of a series that is whoever was told of it alone, or asked for it.</summary>
    private async ValueTask<IReadOnlySet<string>> HoldersAsync(string partition, CancellationToken cancel) =>
        (await tables.QueryAsync(partition, Outbox.PlaceKey(""), MostCards, null, cancel)).Select(row => row.Key[Outbox.PlaceKey("").Length..]).ToHashSet(StringComparer.Ordinal);

    private static Change[] Records(Row? row, Meeting? before, MeetingOutcome.Changed changed)
    {
        var partition = Partition(changed.State.Tenant, changed.State.Id);
        var (added, seal) = HistoryRows.Add(partition, before?.Seal, changed.Entry.Number, JsonRows.Bytes(changed.Entry, MeetingJson.Default.HistoryEntry));
        var state = Bytes(changed.State with { Seal = seal });
        return [row is null ? new Change.Insert(StateKey, state) : new Change.Replace(StateKey, state, row.Version), added];
    }

    private static WakeUp WakeUpOf(Meeting meeting) => new(Kind, Partition(meeting.Tenant, meeting.Id));

    private static string OperationKey(string operationId) => $"operation|{operationId}";

    private static ReadOnlyMemory<byte> Bytes(Meeting meeting) => JsonRows.Bytes(meeting, MeetingJson.Default.Meeting);

    private static string IdFrom(string tenant, string origin, int attempt) => ReadableIds.From('M', tenant, $"meeting|{origin}", attempt);
}

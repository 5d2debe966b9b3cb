using CoordinationBot.Delegations;
using CoordinationBot.Notices;
using CoordinationBot.People;
using CoordinationBot.Storage;

namespace CoordinationBot.Recurrences;

/// <summary>
/// The only file that knows keys and rows of series. One series is one partition: its state, its history, the operations that changed it and its outbox
/// commit together. Two rows in the partitions of its people say that it is there; what they see of it is always read from itself.
/// </summary>
internal sealed class RecurrenceStore(ITables tables, WorkScheduler work)
{
    /// <summary>The kind of wake-up that looks at a series.</summary>
    public const string Kind = "series";

    private readonly Aggregates<Series> _all = new(tables, work, Kind, SeriesJson.Default.Series);

    public static string Partition(string tenant, string id) => $"{tenant}|S|{id}";

    /// <summary>When its next date is looked at, by a row of a series.</summary>
    public static IEnumerable<DateTimeOffset> LooksOf(Row row) => row.Key == Aggregates<Series>.StateKey && row.Read(SeriesJson.Default.Series).NextLook is { } next ? [next] : [];

    public async ValueTask<Series?> FindAsync(string tenant, string id, CancellationToken cancel) =>
        ReadableIds.Is('S', id) ? await _all.FindAsync(Partition(tenant, id), cancel) : null;

    /// <summary>What a draft has begun, or null.</summary>
    public ValueTask<Series?> FindByOriginAsync(string tenant, string origin, CancellationToken cancel) =>
        _all.FindSameAsync(attempt => Partition(tenant, IdFrom(tenant, origin, attempt)), series => series.Origin == origin, cancel);

    /// <summary>Stores a new series under an id derived from its draft, so that sending a draft again finds what it began. Whoever calls it nudges when the first one is out.</summary>
    public ValueTask<Series> CreateAsync(string tenant, string origin, Func<string, SeriesOutcome.Changed> begin, CancellationToken cancel) => _all.CreateAsync(
        attempt =>
        {
            var begun = begin(IdFrom(tenant, origin, attempt));
            return (Partition(tenant, begun.State.Id), Written(null, begun, null) with { IsQuiet = true });
        },
        series => series.Origin == origin,
        cancel);

    /// <summary>Loads, decides, commits on condition that nothing changed meanwhile, and decides again if it did. Null when there is no such series.</summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="id">Which.</param>
    /// <param name="operationId">The turn that causes it, done once; null: the rule alone knows what is left to do.</param>
    /// <param name="decide">A pure rule.</param>
    /// <param name="cancel">Ends it.</param>
    public async ValueTask<SeriesOutcome?> UpdateAsync(string tenant, string id, string? operationId, Func<Series, SeriesOutcome> decide, CancellationToken cancel) => !ReadableIds.Is('S', id) ? null : await _all.UpdateAsync<SeriesOutcome>(
        Partition(tenant, id),
        operationId,
        (series, _) => new(series is null ? null : decide(series)),
        (before, outcome, _) => new(outcome switch
        {
            SeriesOutcome.Changed changed => Written(before, changed, changed.State.NextLook),
            SeriesOutcome.Unchanged { Sentence: null } => Written<Series>.AsItIs(outcome.State),
            _ => null,
        }),
        series => new SeriesOutcome.Unchanged(series),
        cancel);

    public void Nudge(Series series) => work.Nudge(new WakeUp(Kind, Partition(series.Tenant, series.Id)));

    /// <summary>Brings a person its card as a new message.</summary>
    public ValueTask BringAsync(Series series, string objectId, CancellationToken cancel) => _all.PostAsync(Partition(series.Tenant, series.Id), Outbox.Bring(objectId), cancel);

    /// <summary>Into the lists of its people, or out of them when it has ended.</summary>
    public async ValueTask ListAsync(Series series, CancellationToken cancel)
    {
        foreach (var (role, person) in new[] { (Role.Leader, series.Leader), (Role.Assignee, series.Assignee) })
        {
            var listed = $"{Listed(role)}{series.Id}";
            await tables.CommitAsync(
                PeopleStore.Partition(series.Tenant, person.ObjectId),
                [series.IsEnded ? new Change.Delete(listed, null) : new Change.Upsert(listed, "{}"u8.ToArray())],
                cancel);
        }
    }

    /// <summary>A page of somebody's series that have not ended, as they are now: those they give, then those they get.</summary>
    /// <param name="tenant">Of the person.</param>
    /// <param name="objectId">Who.</param>
    /// <param name="after">The last of the page before; null: from the beginning.</param>
    /// <param name="take">How many at most.</param>
    /// <param name="cancel">Ends it.</param>
    public async ValueTask<(IReadOnlyList<Series> Page, string? Next)> ListAsync(string tenant, string objectId, string? after, int take, CancellationToken cancel)
    {
        var rows = await tables.QueryAsync(PeopleStore.Partition(tenant, objectId), ListPrefix, take, after is null ? null : $"{ListPrefix}{after}", cancel);
        List<Series> page = [];
        foreach (var row in rows)
        {
            if (await FindAsync(tenant, row.Key.Split('|')[^1], cancel) is { IsEnded: false } series)
            {
                page.Add(series);
            }
        }
        return (page, rows.Count == take ? rows[^1].Key[ListPrefix.Length..] : null);
    }

    /// <summary>Whether somebody has any.</summary>
    public async ValueTask<bool> HasAnyAsync(string tenant, string objectId, CancellationToken cancel) =>
        (await tables.QueryAsync(PeopleStore.Partition(tenant, objectId), ListPrefix, 1, null, cancel)).Count > 0;

    /// <summary>What was done, newest first.</summary>
    public async ValueTask<IReadOnlyList<HistoryEntry>> HistoryAsync(Series series, int take, CancellationToken cancel) =>
        [.. (await tables.QueryAsync(Partition(series.Tenant, series.Id), HistoryRows.Prefix, take, HistoryRows.Key(Math.Max(0, series.Revision - take)), cancel)).Select(row => row.Read(SeriesJson.Default.HistoryEntry)).Reverse()];

    // ---- keys and rows

    private const string ListPrefix = "series|";

    private static string Listed(Role role) => $"{ListPrefix}{(role == Role.Leader ? "given" : "task")}|";

    private static Written<Series> Written(Series? before, SeriesOutcome.Changed changed, DateTimeOffset? look)
    {
        var (state, rows) = (changed.State, Tells(changed));
        if (changed.Entry is { } entry)
        {
            var (added, seal) = HistoryRows.Add(Partition(state.Tenant, state.Id), before?.Seal, entry.Number, JsonRows.Bytes(entry, SeriesJson.Default.HistoryEntry));
            (state, rows) = (state with { Seal = seal }, rows.Prepend(added));
        }
        return new Written<Series>(state, rows, look is { } next ? [next] : null);
    }

    private static IEnumerable<Change> Tells(SeriesOutcome.Changed changed) =>
        changed.Tells.GroupBy(tell => tell.Role).Select(told => Outbox.Tell(
            (told.Key == Role.Leader ? changed.State.Leader : changed.State.Assignee).ObjectId,
            changed.State.Revision,
            string.Join(' ', told.Select(tell => tell.Sentence)),
            told.Key == Role.Leader ? NoticeKind.Reminder : NoticeKind.Revocation, // Neither can be turned off.
            changed.Entry!.At));

    // Not the letters of the first delegation, which comes from the same draft.
    private static string IdFrom(string tenant, string origin, int attempt) => ReadableIds.From('S', tenant, $"series|{origin}", attempt);
}

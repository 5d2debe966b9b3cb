using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Serialization;
using CoordinationBot.Notices;
using CoordinationBot.People;
using CoordinationBot.Storage;

namespace CoordinationBot.Delegations;

/// <summary>
/// The only file that knows keys and rows of delegations. One delegation is one partition: its state, its history, the versions of its terms,
/// the operations that changed it and its outbox commit together.
/// </summary>
internal sealed class DelegationStore(ITables tables, WorkScheduler work)
{
    /// <summary>The kind of wake-up that looks at a delegation.</summary>
    public const string Kind = "delegation";

    public const string StateKey = "state";
    private const int Attempts = 20;
    private const int MostEffects = 100;

    public static string Partition(string tenant, string id) => $"{tenant}|D|{id}";

    /// <summary>Tenant and id of a partition.</summary>
    public static (string Tenant, string Id) Identify(string partition)
    {
        var parts = partition.Split('|');
        return (parts[0], parts[2]);
    }

    public async ValueTask<Delegation?> FindAsync(string tenant, string id, CancellationToken cancel) =>
        IsId(id) ? (await tables.GetAsync(Partition(tenant, id), StateKey, cancel))?.Read(DelegationJson.Default.Delegation) : null;

    /// <summary>
    /// Loads, decides, commits on condition that nothing changed meanwhile, and decides again if it did. The operation id is committed with the
    /// change: a second run of the same operation finds what the first did. Null when there is no such delegation.
    /// </summary>
    public ValueTask<Outcome?> UpdateAsync(string tenant, string? id, string operationId, Func<Delegation, Outcome> decide, CancellationToken cancel) =>
        UpdateAsync(tenant, id, operationId, (delegation, _) => new ValueTask<Outcome>(decide(delegation)), cancel);

    /// <summary>The same for a decision that reads what is above the delegation.</summary>
    public async ValueTask<Outcome?> UpdateAsync(string tenant, string? id, string operationId, Func<Delegation, CancellationToken, ValueTask<Outcome>> decide, CancellationToken cancel)
    {
        if (id is null || !IsId(id))
        {
            return null;
        }
        var partition = Partition(tenant, id);
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            if (await tables.GetAsync(partition, StateKey, cancel) is not { } row)
            {
                return null;
            }
            var before = row.Read(DelegationJson.Default.Delegation);
            var outcome = await decide(before, cancel);
            if (outcome is Outcome.Changed { State: var grown } && DelegationRoom.IsExceeded(before, grown))
            {
                return new Outcome.Refused(DelegationRoom.Full);
            }
            var wakeUp = new WakeUp(Kind, partition);
            List<Change> changes;
            switch (outcome)
            {
                case Outcome.Changed changed:
                    await work.PrepareAsync(wakeUp, cancel);
                    changes = [.. Records(row, before, changed.State, changed.Entry), Operation(operationId), .. Notices(changed), .. Withdrawn(before, changed), .. Effects(changed)];
                    break;
                case Outcome.Refused { State: { } state, Entry: { } entry }:
                    changes = [.. Records(row, before, state, entry), Operation(operationId)];
                    break;
                default:
                    return outcome;
            }
            var result = await tables.CommitAsync(partition, changes, cancel);
            if (result.Committed)
            {
                if (outcome is Outcome.Changed)
                {
                    work.Nudge(wakeUp);
                }
                return outcome;
            }
            if (result.ConflictKey == OperationKey(operationId))
            {
                return new Outcome.Unchanged((await FindAsync(tenant, id, cancel))!);
            }
            // Several at once: wait a different moment each, or they meet again.
            await Task.Delay(TimeSpan.FromMilliseconds(RandomNumberGenerator.GetInt32(attempt * 10)), cancel);
        }
        throw new InvalidOperationException("A delegation changed under every attempt to write it.");
    }

    /// <summary>Stores a new delegation under an id derived from its draft, so that sending a draft again finds what was sent.</summary>
    public async ValueTask<Delegation> CreateAsync(string tenant, string origin, CardPlace? leadersCard, Func<string, Outcome.Changed> offer, CancellationToken cancel)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var id = IdFrom(tenant, origin, attempt);
            var offered = offer(id);
            if (await InsertAsync(tenant, offered, leadersCard, cancel))
            {
                return offered.State;
            }
            if (await FindAsync(tenant, id, cancel) is { } existing && existing.Origin == origin)
            {
                return existing;
            }
        }
        throw new InvalidOperationException("No free id was found for a new delegation.");
    }

    /// <summary>False when its id is taken.</summary>
    private async ValueTask<bool> InsertAsync(string tenant, Outcome.Changed offered, CardPlace? leadersCard, CancellationToken cancel)
    {
        var state = offered.State;
        var wakeUp = new WakeUp(Kind, Partition(tenant, state.Id));
        await work.PrepareAsync(wakeUp, cancel);
        List<Change> changes = [.. Records(null, null, state, offered.Entry), .. Notices(offered)];
        if (leadersCard is not null)
        {
            changes.Add(Outbox.Place(state.Leader.ObjectId, leadersCard));
        }
        var committed = (await tables.CommitAsync(wakeUp.Partition, changes, cancel)).Committed;
        // Also when it was there: whoever put it down may have died before the wake-up.
        work.Nudge(wakeUp);
        return committed;
    }

    /// <summary>The id of what this draft becomes, or has become.</summary>
    public async ValueTask<string> FreeIdAsync(string tenant, string origin, CancellationToken cancel)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var id = IdFrom(tenant, origin, attempt);
            if (await FindAsync(tenant, id, cancel) is not { } taken || taken.Origin == origin)
            {
                return id;
            }
        }
        throw new InvalidOperationException("No free id was found for a new delegation.");
    }

    /// <summary>What a draft became, or null.</summary>
    public async ValueTask<Delegation?> FindByOriginAsync(string tenant, string origin, CancellationToken cancel)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var delegation = await FindAsync(tenant, IdFrom(tenant, origin, attempt), cancel);
            if (delegation is null || delegation.Origin == origin)
            {
                return delegation;
            }
        }
        return null;
    }

    /// <summary>Brings a person their card again, as a new message.</summary>
    public async ValueTask BringAsync(Delegation delegation, string objectId, CancellationToken cancel)
    {
        var wakeUp = new WakeUp(Kind, Partition(delegation.Tenant, delegation.Id));
        await work.PrepareAsync(wakeUp, cancel);
        await tables.CommitAsync(wakeUp.Partition, [Outbox.Bring(objectId)], cancel);
        work.Nudge(wakeUp);
    }

    /// <summary>Tells somebody, who has a card of it, something that is no change of it: once, by whatever name it goes.</summary>
    public async ValueTask TellOnceAsync(string tenant, string id, string name, string objectId, string sentence, DateTimeOffset now, CancellationToken cancel)
    {
        var wakeUp = new WakeUp(Kind, Partition(tenant, id));
        if (await tables.GetAsync(wakeUp.Partition, OperationKey(name), cancel) is not null)
        {
            return; // Without a wake-up: two that tell each other would wake each other for ever.
        }
        await work.PrepareAsync(wakeUp, cancel);
        Change[] changes = [Operation(name), Outbox.TellLater(objectId, name, sentence, NoticeKind.Progress, now)];
        if ((await tables.CommitAsync(wakeUp.Partition, changes, cancel)).Committed)
        {
            work.Nudge(wakeUp);
        }
    }

    /// <summary>Notes that somebody cannot be reached (or can again), and renews the cards of leader and assignee. Not a change of the delegation: no history.</summary>
    public async ValueTask NoteUnreachableAsync(string tenant, string id, string objectId, string? reason, CancellationToken cancel)
    {
        var partition = Partition(tenant, id);
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            var row = await tables.GetAsync(partition, StateKey, cancel) ?? throw new InvalidOperationException("A notice belongs to a delegation that is not there.");
            var before = row.Read(DelegationJson.Default.Delegation);
            if (before.Unreached?.GetValueOrDefault(objectId) == reason)
            {
                return;
            }
            var wakeUp = new WakeUp(Kind, partition);
            await work.PrepareAsync(wakeUp, cancel);
            if ((await tables.CommitAsync(partition, [new Change.Replace(StateKey, Bytes(before.WithUnreached(objectId, reason)), row.Version), .. before.Parties.Where(party => party.ObjectId != objectId).Select(party => Outbox.Renew(party.ObjectId))], cancel)).Committed)
            {
                work.Nudge(wakeUp);
                return;
            }
        }
    }

    /// <summary>What this delegation still has to cause in others, oldest first.</summary>
    public async ValueTask<IReadOnlyList<Effect>> EffectsAsync(string tenant, string id, CancellationToken cancel) =>
        [.. (await tables.QueryAsync(Partition(tenant, id), EffectPrefix, MostEffects, null, cancel)).Select(row => row.Read(DelegationJson.Default.Effect))];

    /// <summary>It has happened.</summary>
    public async ValueTask DoneAsync(string tenant, string id, Effect effect, CancellationToken cancel) =>
        await tables.CommitAsync(Partition(tenant, id), [new Change.Delete(EffectKey(effect), null)], cancel);

    /// <summary>The child of an effect, under the id it was given; nothing when it is there.</summary>
    public async ValueTask CreateAsync(string tenant, Outcome.Changed offer, CancellationToken cancel) => await InsertAsync(tenant, offer, null, cancel);

    /// <summary>The terms as they were in a version.</summary>
    public async ValueTask<Terms> TermsAsync(Delegation delegation, int version, CancellationToken cancel) =>
        (await tables.GetAsync(Partition(delegation.Tenant, delegation.Id), TermsKey(version), cancel))?.Read(DelegationJson.Default.Terms) ?? throw new InvalidOperationException("A version of the terms is not there.");

    /// <summary>A page of the history, newest first: entries with a number below <paramref name="before"/>.</summary>
    public async ValueTask<IReadOnlyList<HistoryEntry>> HistoryAsync(Delegation delegation, int before, int take, CancellationToken cancel)
    {
        if (before <= 1)
        {
            return []; // A button that was tampered with asks for a page before the first entry.
        }
        // Numbers have no gaps, so the page is a range of keys.
        var first = Math.Max(1, before - take);
        var rows = await tables.QueryAsync(Partition(delegation.Tenant, delegation.Id), HistoryRows.Prefix, before - first, HistoryRows.Key(first - 1), cancel);
        return [.. rows.Select(row => row.Read(DelegationJson.Default.HistoryEntry)).Where(entry => entry.Number < before).Reverse()];
    }

    // ---- keys and rows

    private static IEnumerable<Change> Records(Row? row, Delegation? before, Delegation after, HistoryEntry entry)
    {
        var (added, seal) = HistoryRows.Add(row?.Partition ?? Partition(after.Tenant, after.Id), before?.Seal, entry.Number, JsonRows.Bytes(entry, DelegationJson.Default.HistoryEntry));
        var state = Bytes(after with { Seal = seal });
        yield return row is null ? new Change.Insert(StateKey, state) : new Change.Replace(StateKey, state, row.Version);
        yield return added;
        if (before?.Terms.Version != after.Terms.Version)
        {
            yield return new Change.Insert(TermsKey(after.Terms.Version), JsonRows.Bytes(after.Terms, DelegationJson.Default.Terms));
        }
    }

    /// <summary>Whoever must hear gets the card as a new message; everybody else's card is renewed in place.</summary>
    private static IEnumerable<Change> Notices(Outcome.Changed changed)
    {
        var (state, at) = (changed.State, changed.Entry.At);
        foreach (var (role, person) in state.Everybody())
        {
            var objectId = person.ObjectId;
            yield return changed.TellOf(role, objectId) is { } tell ? Outbox.Tell(objectId, state.Revision, tell.Sentence, DelegationNotices.KindOf(state, role), at, DelegationNotices.TooLate(state, role))
                : objectId == changed.Entry.Who.ObjectId && !changed.IsUnseen ? Outbox.Acted(objectId, state.Revision, changed.Said)
                : Outbox.Renew(objectId);
        }
    }

    /// <summary>Nobody is reminded of what was done meanwhile.</summary>
    private static IEnumerable<Change> Withdrawn(Delegation before, Outcome.Changed changed) =>
        SilenceRules.Withdrawn(before, changed.State, changed.Entry.At).Select(reminder => Outbox.Withdraw(reminder.ObjectId, reminder.Name));

    private static IEnumerable<Change> Effects(Outcome.Changed changed) =>
        changed.Effects.Select(effect => new Change.Insert(EffectKey(effect), JsonRows.Bytes(effect, DelegationJson.Default.Effect)));

    private const string EffectPrefix = "effect|";

    private static string EffectKey(Effect effect) => $"{EffectPrefix}{effect.Id}";

    private static Change.Insert Operation(string operationId) => new(OperationKey(operationId), "{}"u8.ToArray());

    private static string OperationKey(string operationId) => $"operation|{operationId}";

    private static string TermsKey(int version) => string.Create(CultureInfo.InvariantCulture, $"terms|{version:D4}");

    private static ReadOnlyMemory<byte> Bytes(Delegation delegation) => JsonRows.Bytes(delegation, DelegationJson.Default.Delegation);

    private static string IdFrom(string tenant, string origin, int attempt) => ReadableIds.From('D', tenant, origin, attempt);

    private static bool IsId(string id) => ReadableIds.Is('D', id);
}

[JsonSourceGenerationOptions(UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, IgnoreReadOnlyProperties = true, Converters = [typeof(StepJson), typeof(CompletionJson)])]
[JsonSerializable(typeof(Delegation))]
[JsonSerializable(typeof(Terms))]
[JsonSerializable(typeof(Effect))]
[JsonSerializable(typeof(HistoryEntry))]
[JsonSerializable(typeof(IndexEntry))]
[JsonSerializable(typeof(ApprovalEntry))]
[JsonSerializable(typeof(IndexSummary))]
[JsonSerializable(typeof(IndexCounts))]
internal sealed partial class DelegationJson : JsonSerializerContext;

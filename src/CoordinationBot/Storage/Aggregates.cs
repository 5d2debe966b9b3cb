using System.Security.Cryptography;
using System.Text.Json.Serialization.Metadata;

namespace CoordinationBot.Storage;

/// <summary>What a decision writes into the partition of an aggregate, all in one commit.</summary>
/// <param name="State">The new state.</param>
/// <param name="Rows">What goes with it: history, notices.</param>
/// <param name="Looks">When it must be looked at by itself; null: at no time.</param>
internal readonly record struct Written<TState>(TState State, IEnumerable<Change> Rows, IReadOnlyList<DateTimeOffset>? Looks = null)
{
    /// <summary>Nobody need look soon: it leaves nothing to do, or whoever writes it wakes somebody up later.</summary>
    public bool IsQuiet { get; init; }

    /// <summary>It has its effect already. Only its operation is left: delivered again after something else, it would undo that.</summary>
    public static Written<TState> AsItIs(TState state) => new(state, []) { IsQuiet = true };
}

/// <summary>
/// Things that are a partition each, with a state in it that changes by decisions: what the stores of all of them do alike. Keys other than the state and the
/// operations are theirs to know.
/// </summary>
/// <param name="tables">Where they are.</param>
/// <param name="work">Wakes them up.</param>
/// <param name="kind">Of the wake-ups.</param>
/// <param name="json">How a state is written.</param>
internal sealed class Aggregates<TState>(ITables tables, WorkScheduler work, string kind, JsonTypeInfo<TState> json)
    where TState : class
{
    public const string StateKey = "state";

    /// <summary>Against other hosts mostly. With eight at one aggregate, one attempt in eight succeeds; whoever waits too long is ended by their turn.</summary>
    private const int Attempts = 200;

    private const int LongestWait = 200;

    /// <summary>Ids that are tried for one that is free.</summary>
    private const int Ids = 20;

    public static string OperationKey(string operationId) => $"operation|{operationId}";

    public async ValueTask<TState?> FindAsync(string partition, CancellationToken cancel) => (await tables.GetAsync(partition, StateKey, cancel))?.Read(json);

    /// <summary>Loads, decides, commits on condition that nothing changed meanwhile, and decides again if it did.</summary>
    /// <param name="partition">Which.</param>
    /// <param name="operationId">The turn that causes it, done once; null: the decision alone knows what is left to do.</param>
    /// <param name="decide">A rule; it gets null when there is no such thing. Null ends it.</param>
    /// <param name="write">What a decision about the state before writes; null: nothing, since it was refused.</param>
    /// <param name="repeated">What is answered when the operation was done before, of the state as it is now.</param>
    /// <param name="cancel">Ends it.</param>
    public async ValueTask<TOutcome?> UpdateAsync<TOutcome>(
        string partition,
        string? operationId,
        Func<TState?, CancellationToken, ValueTask<TOutcome?>> decide,
        Func<TState?, TOutcome, CancellationToken, ValueTask<Written<TState>?>> write,
        Func<TState, TOutcome> repeated,
        CancellationToken cancel)
        where TOutcome : class
    {
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            var row = await tables.GetAsync(partition, StateKey, cancel);
            var before = row?.Read(json);
            var outcome = await decide(before, cancel);
            if (outcome is null || await write(before, outcome, cancel) is not { } written)
            {
                return outcome;
            }
            if (operationId is null && ReferenceEquals(written.State, before))
            {
                return outcome;
            }
            var wakeUp = new WakeUp(kind, partition);
            if (!written.IsQuiet)
            {
                await PrepareAsync(wakeUp, written.Looks, cancel);
            }
            List<Change> changes = [row is null ? new Change.Insert(StateKey, Bytes(written.State)) : new Change.Replace(StateKey, Bytes(written.State), row.Version)];
            if (operationId is not null)
            {
                changes.Add(new Change.Insert(OperationKey(operationId), "{}"u8.ToArray()));
            }
            changes.AddRange(written.Rows);
            var result = await tables.CommitAsync(partition, changes, cancel);
            if (result.Committed)
            {
                if (!written.IsQuiet)
                {
                    work.Nudge(wakeUp);
                }
                return outcome;
            }
            if (operationId is not null && result.ConflictKey == OperationKey(operationId))
            {
                return repeated((await FindAsync(partition, cancel))!);
            }
            // Several at once: wait a different moment each, or they meet again.
            await Task.Delay(TimeSpan.FromMilliseconds(RandomNumberGenerator.GetInt32(Math.Min(attempt * 10, LongestWait))), cancel);
        }
        throw new InvalidOperationException($"Something of kind {kind} changed under every attempt to write it.");
    }

    /// <summary>Stores a new one under an id that follows from what caused it, so that causing it again finds what is there.</summary>
    /// <param name="begin">Makes it, given the number of the attempt: another id each time, when one turned out to be taken by something else.</param>
    /// <param name="isSame">Whether what is there came from the same cause.</param>
    /// <param name="cancel">Ends it.</param>
    public async ValueTask<TState> CreateAsync(Func<int, (string Partition, Written<TState> Written)> begin, Func<TState, bool> isSame, CancellationToken cancel)
    {
        for (var attempt = 0; attempt < Ids; attempt++)
        {
            var (partition, written) = begin(attempt);
            if (await InsertAsync(partition, written, cancel))
            {
                return written.State;
            }
            if (await FindAsync(partition, cancel) is { } existing && isSame(existing))
            {
                return existing;
            }
        }
        throw new InvalidOperationException($"No free id was found for something new of kind {kind}.");
    }

    /// <summary>False when its id is taken.</summary>
    public async ValueTask<bool> InsertAsync(string partition, Written<TState> written, CancellationToken cancel)
    {
        var wakeUp = new WakeUp(kind, partition);
        await PrepareAsync(wakeUp, written.Looks, cancel);
        var committed = (await tables.CommitAsync(partition, [new Change.Insert(StateKey, Bytes(written.State)), .. written.Rows], cancel)).Committed;
        if (!written.IsQuiet)
        {
            // Also when it was there: whoever put it down may have died before the wake-up.
            work.Nudge(wakeUp);
        }
        return committed;
    }

    /// <summary>What came of a cause; null: nothing yet.</summary>
    /// <param name="partitionOf">Where it would be, given the number of the attempt.</param>
    /// <param name="isSame">Whether what is there came from it.</param>
    /// <param name="cancel">Ends it.</param>
    public async ValueTask<TState?> FindSameAsync(Func<int, string> partitionOf, Func<TState, bool> isSame, CancellationToken cancel)
    {
        for (var attempt = 0; attempt < Ids; attempt++)
        {
            var found = await FindAsync(partitionOf(attempt), cancel);
            if (found is null || isSame(found))
            {
                return found;
            }
        }
        return null;
    }

    /// <summary>Writes a row that is no change of the state, and has somebody look at it.</summary>
    public async ValueTask PostAsync(string partition, Change row, CancellationToken cancel)
    {
        var wakeUp = new WakeUp(kind, partition);
        await PrepareAsync(wakeUp, null, cancel);
        await tables.CommitAsync(partition, [row], cancel);
        work.Nudge(wakeUp);
    }

    private async ValueTask PrepareAsync(WakeUp wakeUp, IReadOnlyList<DateTimeOffset>? looks, CancellationToken cancel)
    {
        await work.PrepareAsync(wakeUp, cancel);
        for (var index = 0; index < looks?.Count; index++)
        {
            await work.PrepareAsync(wakeUp, looks[index], cancel);
        }
    }

    private ReadOnlyMemory<byte> Bytes(TState state) => JsonRows.Bytes(state, json);
}

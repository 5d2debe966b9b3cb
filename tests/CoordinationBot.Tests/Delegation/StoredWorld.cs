using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using CoordinationBot.Authority;
using CoordinationBot.Delegations;
using CoordinationBot.Dialogs;
using CoordinationBot.People;
using CoordinationBot.Protocol.Hosting;
using CoordinationBot.Storage;
using CoordinationBot.Upkeep;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace CoordinationBot.Tests.Delegations;

/// <summary>Tables that now and then say that somebody was faster, or fail before or after a commit; and remember every state that was committed.</summary>
internal sealed class UnsteadyTables(ITables inner) : ITables
{
    private int _commits;

    /// <summary>By the number of the commit: what becomes of it.</summary>
    public Func<int, Fault> Faults { get; set; } = _ => Fault.None;

    internal enum Fault
    {
        None,
        Conflict,
        Before,
        After,
    }

    /// <summary>A commit of a state, with the operation that made it.</summary>
    internal sealed record Committed(string? Operation, byte[] State);

    public ConcurrentDictionary<(string Id, int Revision), Committed> States { get; } = [];

    public ConcurrentDictionary<string, Effect> Effects { get; } = [];

    public ConcurrentDictionary<string, Delegation> Newest { get; } = [];

    public int Commits => Volatile.Read(ref _commits);

    public ValueTask<Row?> GetAsync(string partition, string key, CancellationToken cancel) => inner.GetAsync(partition, key, cancel);

    public ValueTask<IReadOnlyList<Row>> QueryAsync(string partition, string prefix, int take, string? after, CancellationToken cancel) => inner.QueryAsync(partition, prefix, take, after, cancel);

    public async ValueTask<CommitResult> CommitAsync(string partition, IReadOnlyList<Change> changes, CancellationToken cancel)
    {
        var fault = Faults(Interlocked.Increment(ref _commits));
        if (fault == Fault.Conflict && changes[0] is Change.Replace { Key: var key })
        {
            return new CommitResult(key, []);
        }
        if (fault == Fault.Before)
        {
            throw new StorageException("It does not answer.", new IOException("gone"));
        }
        var result = await inner.CommitAsync(partition, changes, cancel);
        if (result.Committed)
        {
            Remember(changes);
        }
        return fault == Fault.After ? throw new StorageException("Nobody knows whether it was written.", new IOException("gone")) : result;
    }

    public ValueTask CheckAsync(CancellationToken cancel) => inner.CheckAsync(cancel);

    private void Remember(IReadOnlyList<Change> changes)
    {
        var operation = changes.FirstOrDefault(change => change.Key.StartsWith("operation|", StringComparison.Ordinal))?.Key["operation|".Length..];
        foreach (var change in changes)
        {
            var data = change switch { Change.Insert insert => insert.Data, Change.Replace replace => replace.Data, _ => default };
            if (change.Key == "state")
            {
                var state = JsonSerializer.Deserialize(data.Span, DelegationJson.Default.Delegation)!;
                Assert.True(States.TryAdd((state.Id, state.Revision), new Committed(operation, data.ToArray())), "one revision was written twice");
                Newest.AddOrUpdate(state.Id, state, (_, old) => old.Revision > state.Revision ? old : state);
            }
            else if (change.Key.StartsWith("effect|", StringComparison.Ordinal) && change is Change.Insert)
            {
                var effect = JsonSerializer.Deserialize(data.Span, DelegationJson.Default.Effect)!;
                Assert.True(Effects.TryAdd(effect.Id, effect), "two effects of one name");
            }
        }
    }
}

/// <summary>An office on a store: the same presses as in the <see cref="World"/>, of several hosts at once.</summary>
internal sealed class StoredWorld : IDisposable
{
    private readonly string _tenant = $"t{Guid.NewGuid():N}";
    private readonly WorkLoop _loop;
    private readonly DelegationStore _store;
    private readonly DelegationEffects _effects;
    private readonly AuthorityStore _authorities;
    private readonly ChainReader _chain;
    private readonly ConcurrentDictionary<(string Operation, int Revision), Outcome> _decided = [];
    private int _operations;

    public StoredWorld(ITables inner)
    {
        Tables = new UnsteadyTables(inner);
        var queue = new NoQueue();
        _loop = new WorkLoop(queue, new PoisonRows(Tables, queue, Clock), new WorkHandlers(), new WorkPolling(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1)), Clock, NullLogger<WorkLoop>.Instance);
        _store = new DelegationStore(Tables, new WorkScheduler(queue, _loop, Clock));
        _effects = new DelegationEffects(_store, Clock);
        var settings = new AdministratorSettings(new OfficeOptions(), Options.Create(new BotOptions()), new PeopleStore(inner));
        _authorities = new AuthorityStore(inner, settings, Clock);
        _chain = new ChainReader(_store, _authorities);
    }

    public UnsteadyTables Tables { get; }

    public Office Office { get; } = new();

    public FakeTimeProvider Clock { get; } = new(Samples.Now);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Stores what the <see cref="Office"/> says of mandates and policies.</summary>
    public async Task SetAuthoritiesAsync()
    {
        await SetAsync(new AuthorityChange.AddAdministrator(Office.Top));
        foreach (var (whose, mandate) in Office.Mandates)
        {
            await SetAsync(new AuthorityChange.SetMandate(Office.Everybody.First(party => party.ObjectId == whose), mandate));
        }
        foreach (var policy in Office.Policies)
        {
            await SetAsync(new AuthorityChange.AddPolicy(policy));
        }

        async Task SetAsync(AuthorityChange change) =>
            await _authorities.UpdateAsync(_tenant, $"set-{change.About}", Office.Top, Office.Now, _ => new AuthorityOutcome.Changed(change, "set"), Cancel);
    }

    public async Task<string> BeginAsync(string id, Party leader, Party assignee, Terms terms)
    {
        await _store.CreateAsync(_tenant, OfferRules.Offer(id, _tenant, id, leader, assignee, terms, Office.Now), Cancel);
        return id;
    }

    /// <summary>As a redelivered press does it: again under the same operation until it is known to be done.</summary>
    public async Task<Outcome?> DoAsync(string id, Func<Delegation, Chain, Outcome> act, Func<Task>? afterDeath = null)
    {
        var operation = string.Create(CultureInfo.InvariantCulture, $"press-{Interlocked.Increment(ref _operations)}");
        for (var tries = 0; ; tries++)
        {
            try
            {
                var outcome = await _store.UpdateAsync(
                    _tenant,
                    id,
                    operation,
                    async (delegation, cancel) => _decided[(operation, delegation.Revision)] = act(delegation, await _chain.ReadAsync(delegation, cancel)),
                    Cancel);
                await _effects.RunAsync(_tenant, id, Cancel);
                return outcome;
            }
            catch (StorageException) when (tries < 20)
            {
                await (afterDeath?.Invoke() ?? Task.CompletedTask);
            }
        }
    }

    /// <summary>What wake-ups do of all that was left, until nothing is.</summary>
    public async Task WakeAllAsync()
    {
        foreach (var id in Tables.Newest.Keys)
        {
            await _effects.RunAsync(_tenant, id, Cancel);
        }
        foreach (var id in Tables.Newest.Keys)
        {
            Assert.Empty(await _store.EffectsAsync(_tenant, id, Cancel));
        }
    }

    public async Task<Delegation> FindAsync(string id) => (await _store.FindAsync(_tenant, id, Cancel))!;

    public async Task EndAsync()
    {
        Tables.Faults = _ => UnsteadyTables.Fault.None;
        await WakeAllAsync();
        foreach (var root in Tables.Newest.Values.Where(delegation => delegation is { Parent: null, IsOpen: true }).ToList())
        {
            await DoAsync(root.Id, (delegation, _) => OfferRules.Revoke(delegation, new Act(delegation.Leader.ObjectId, 0, Office.Now), "It is over."));
        }
        await WakeAllAsync();
        await CheckAsync();
    }

    /// <summary>Books, histories and states agree, and each state is what the rules make of the one before.</summary>
    private async Task CheckAsync()
    {
        Dictionary<string, Delegation> states = [];
        foreach (var id in Tables.Newest.Keys)
        {
            states.Add(id, await FindAsync(id));
        }
        foreach (var state in states.Values)
        {
            Assert.False(state.IsOpen);
            Assert.Equal(Spent(states, state), state.Dealings.SpentInAll);
            Assert.All(state.Dealings.Children, child => Assert.Equal((true, Spent(states, states[child.Id])), (child.IsSettled, child.Reserved)));
            Assert.True(state.Dealings.SpentInAll <= (state.Terms.Limits.Budget?.Amount ?? 0) + state.Dealings.Allowances.Where(allowance => allowance.IsOnTop).Sum(allowance => allowance.UpTo.Amount));
            var history = await _store.HistoryAsync(state, 1000, 999, Cancel);
            Assert.Equal(Enumerable.Range(1, state.Revision).Reverse(), history.Select(entry => entry.Number));
            var partition = DelegationStore.Partition(_tenant, state.Id);
            var seals = HistoryRules.Check(partition, await Tables.QueryAsync(partition, "", 1000, null, Cancel), null);
            Assert.Equal((state.Revision, 0), (seals.Entries, seals.Faults.Count));
            for (var revision = 2; revision <= state.Revision; revision++)
            {
                Replay(state.Id, revision);
            }
        }
    }

    private void Replay(string id, int revision)
    {
        var before = JsonSerializer.Deserialize(Tables.States[(id, revision - 1)].State, DelegationJson.Default.Delegation)!;
        var committed = Tables.States[(id, revision)];
        // Whatever an effect permitted, it permitted while all above was open.
        var outcome = Tables.Effects.TryGetValue(committed.Operation!, out var effect)
            ? EffectRules.Apply(before, [], effect, Clock.GetUtcNow())
            : _decided[(committed.Operation!, revision - 1)];
        var after = outcome switch { Outcome.Changed changed => changed.State, Outcome.Refused { State: { } state } => state, _ => before };
        Assert.Equal(Unsealed(after), Unsealed(JsonSerializer.Deserialize(committed.State, DelegationJson.Default.Delegation)!));
    }

    /// <summary>Seals are the store's, and drawn by chance.</summary>
    private static string Unsealed(Delegation delegation) => JsonSerializer.Serialize(delegation with { Seal = null }, DelegationJson.Default.Delegation);

    private static decimal Spent(Dictionary<string, Delegation> states, Delegation delegation) =>
        delegation.Dealings.Spent + delegation.Dealings.Allowances.Where(allowance => allowance.IsOnTop).Sum(allowance => allowance.Used) + delegation.Dealings.Children.Sum(child => Spent(states, states[child.Id]));

    public void Dispose() => _loop.Dispose();

    /// <summary>Wake-ups are run by hand.</summary>
    private sealed class NoQueue : IWorkQueue
    {
        public ValueTask EnqueueAsync(WakeUp wakeUp, DateTimeOffset due, CancellationToken cancel) => ValueTask.CompletedTask;

        public ValueTask<IReadOnlyList<DueWork>> ReceiveAsync(int max, TimeSpan hide, CancellationToken cancel) => new([]);

        public ValueTask CompleteAsync(DueWork work, CancellationToken cancel) => ValueTask.CompletedTask;

        public ValueTask ReleaseAsync(DueWork work, TimeSpan delay, CancellationToken cancel) => ValueTask.CompletedTask;

        public ValueTask<DateTimeOffset?> OldestDueAsync(CancellationToken cancel) => new((DateTimeOffset?)null);

        public ValueTask CheckAsync(CancellationToken cancel) => ValueTask.CompletedTask;
    }
}

using System.Globalization;
using CoordinationBot.Authority;
using CoordinationBot.Delegations;
using CoordinationBot.Dialogs;
using CoordinationBot.Notices;
using CoordinationBot.People;
using CoordinationBot.Protocol.Connector;
using CoordinationBot.Protocol.Hosting;
using CoordinationBot.Storage;
using CoordinationBot.Tests.Scenarios;
using CoordinationBot.Tests.Storage;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace CoordinationBot.Tests.Delegations;

/// <summary>The store, the work and the delivery of delegations on a real file, without a host: wake-ups are run by hand.</summary>
internal sealed class Desk : IDisposable
{
    public const string Tenant = "tenant";

    private readonly SqliteFixture _file = new();
    private readonly HttpClient _http;
    private readonly WorkLoop _loop;

    /// <param name="office">Its hours; without any, everybody can be told everything at any time.</param>
    public Desk(OfficeOptions? office = null)
    {
        Tables = new WatchedTables(new SqliteTables(_file.File));
        Queue = new SqliteWorkQueue(_file.File, Clock);
        _loop = new WorkLoop(Queue, new PoisonRows(Tables, Queue, Clock), Handlers, new WorkPolling(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1)), Clock, NullLogger<WorkLoop>.Instance);
        Handlers.Add(DelegationStore.Kind, (_, _) =>
        {
            Interlocked.Increment(ref _nudges);
            return ValueTask.CompletedTask;
        });
        Scheduler = new WorkScheduler(Queue, _loop, Clock);
        Store = new DelegationStore(Tables, Scheduler);
        _http = new HttpClient(Teams);
        var connector = new ConnectorClient(_http);
        Directory = new PeopleDirectory(new PeopleStore(Tables), new PeopleCache(Clock), connector);
        Office = office ?? new OfficeOptions { QuietHours = "none", WorkingWeek = "Mon-Sun" };
        var sender = new CardSender(new PersonalChats(Directory, connector), connector, new NoticePace(Options.Create(new NoticeOptions { PerSecond = 1000 }), new HostCount(), TimeProvider.System), NullLogger<CardSender>.Instance);
        var digests = new DigestStore(Tables, Scheduler, Clock);
        Missed = new MissedNotices(Tables, Directory, Scheduler, Queue, Clock);
        Delivery = new NoticeDelivery(Tables, Directory, sender, new Governor(Tables, digests, Missed, Scheduler, Office), Clock, NullLogger<NoticeDelivery>.Instance);
        Digest = new DigestWork(digests, Tables, Directory, sender, [], Office, Scheduler, Clock, NullLogger<DigestWork>.Instance);
        Index = new DelegationIndex(Tables);
        var deputies = new Deputies(Directory, new PeopleStore(Tables));
        var authorities = new AuthorityStore(Tables, new AdministratorSettings(Office, Options.Create(new BotOptions()), new PeopleStore(Tables)), Clock);
        var silence = new SilenceWork(Store, new SilenceStore(Tables, Scheduler, Clock), new ChainReader(Store, authorities), deputies, Directory, Office, Clock);
        Work = new DelegationWork(Store, Index, new ApprovalIndex(Tables), new StandIns(Store, deputies, Directory), silence, new BeforeSending(Index, Store, Directory, authorities, new ChainReader(Store, authorities), Clock), Delivery, new DelegationEffects(Store, Clock), Queue, Office, Clock);
    }

    private int _nudges;

    public WatchedTables Tables { get; }

    public SqliteWorkQueue Queue { get; }

    public WorkHandlers Handlers { get; } = new();

    public WorkScheduler Scheduler { get; }

    public DelegationStore Store { get; }

    public DelegationIndex Index { get; }

    public PeopleDirectory Directory { get; }

    public NoticeDelivery Delivery { get; }

    public MissedNotices Missed { get; }

    public DelegationWork Work { get; }

    public DigestWork Digest { get; }

    public OfficeOptions Office { get; }

    public FakeTeams Teams { get; } = new();

    /// <summary>Who looks after what a test adds of its own.</summary>
    public Dictionary<string, WorkHandler> Others { get; } = [];

    public FakeTimeProvider Clock { get; } = new(Samples.Now);

    public int Nudges => Volatile.Read(ref _nudges);

    public static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Of which nobody is reminded: what a test does is all that happens.</summary>
    public async Task<Delegation> CreateAsync(string origin = "draft-1", int steps = 3) => await Store.CreateAsync(
        Tenant, origin, null, id => OfferRules.Offer(id, Tenant, origin, new Party(Samples.Ann, "Ann Abel"), new Party(Samples.Bob, "Bob Berg"), Samples.Terms(new Evidence[steps]) with { Silence = Silence.Of(OnSilence.Hold) }, Samples.Now), Cancel);

    public ValueTask<Outcome?> UpdateAsync(Delegation delegation, string operation, Func<Delegation, Outcome> decide) =>
        Store.UpdateAsync(Tenant, delegation.Id, operation, decide, Cancel);

    public async Task<Delegation> FindAsync(Delegation delegation) => (await Store.FindAsync(Tenant, delegation.Id, Cancel))!;

    public async Task<IReadOnlyList<HistoryEntry>> HistoryAsync(Delegation delegation) => await Store.HistoryAsync(await FindAsync(delegation), 1000, 999, Cancel);

    /// <summary>Somebody the bot has met.</summary>
    public async Task MeetAsync(string who, string name)
    {
        Teams.People[who] = new FakePerson(who, name, who);
        await Directory.UpdateAsync(Tenant, who, _ => new Person
        {
            Tenant = Tenant,
            ObjectId = who,
            TeamsId = $"29:{who}",
            Name = name,
            ServiceUrl = "http://localhost:9/teams/",
            BotId = "28:bot",
            PersonalConversation = $"a:{who}",
        }, Cancel);
    }

    public static WakeUp WakeUp(Delegation delegation) => new(DelegationStore.Kind, DelegationStore.Partition(Tenant, delegation.Id));

    public Task RunAsync(Delegation delegation) => Work.RunAsync(WakeUp(delegation), Cancel).AsTask();

    public ValueTask RunAsync(WakeUp wakeUp) => wakeUp.Kind switch
    {
        DelegationStore.Kind => Work.RunAsync(wakeUp, Cancel),
        DigestStore.Kind or AbsenceHandlers.CameBack => Digest.RunAsync(wakeUp, Cancel),
        _ when Others.TryGetValue(wakeUp.Kind, out var handler) => handler(wakeUp, Cancel),
        _ => Missed.RetryAsync(wakeUp, Cancel),
    };

    /// <summary>Lets time pass and runs everything that is due, as the loop would; returns how much that was.</summary>
    public async Task<int> PassAsync(TimeSpan time)
    {
        Clock.Advance(time);
        var runs = 0;
        while (await Queue.ReceiveAsync(32, TimeSpan.FromMinutes(3), Cancel) is { Count: > 0 } works)
        {
            foreach (var work in works)
            {
                await RunAsync(work.WakeUp);
                await Queue.CompleteAsync(work, Cancel);
                runs++;
            }
        }
        return runs;
    }

    public async Task<IReadOnlyList<Row>> OutboxAsync(Delegation delegation) =>
        await Tables.QueryAsync(WakeUp(delegation).Partition, Outbox.Prefix, 100, null, Cancel);

    public static string Operation(int number) => string.Create(CultureInfo.InvariantCulture, $"operation-{number}");

    public void Dispose()
    {
        _loop.Dispose();
        _http.Dispose();
        _file.Dispose();
    }
}

/// <summary>Tables that let a test come in between, and fail.</summary>
internal sealed class WatchedTables(ITables inner) : ITables
{
    private int _commits;

    public int Commits => Volatile.Read(ref _commits);

    public Func<string, Task>? BeforeGet { get; set; }

    public Func<string, Task>? BeforeQuery { get; set; }

    /// <summary>A key to answer with a conflict, or null to let it through.</summary>
    public Func<string, IReadOnlyList<Change>, Task<string?>>? BeforeCommit { get; set; }

    public Func<string, IReadOnlyList<Change>, Task>? AfterCommit { get; set; }

    public async ValueTask<Row?> GetAsync(string partition, string key, CancellationToken cancel)
    {
        if (BeforeGet is { } before)
        {
            await before(key);
        }
        return await inner.GetAsync(partition, key, cancel);
    }

    public async ValueTask<IReadOnlyList<Row>> QueryAsync(string partition, string prefix, int take, string? after, CancellationToken cancel)
    {
        if (BeforeQuery is { } before)
        {
            await before(prefix);
        }
        return await inner.QueryAsync(partition, prefix, take, after, cancel);
    }

    public async ValueTask<CommitResult> CommitAsync(string partition, IReadOnlyList<Change> changes, CancellationToken cancel)
    {
        if (BeforeCommit is { } before && await before(partition, changes) is { } conflict)
        {
            return new(conflict, []);
        }
        var result = await inner.CommitAsync(partition, changes, cancel);
        if (result.Committed)
        {
            Interlocked.Increment(ref _commits);
        }
        if (AfterCommit is { } after)
        {
            await after(partition, changes);
        }
        return result;
    }

    public ValueTask CheckAsync(CancellationToken cancel) => inner.CheckAsync(cancel);
}

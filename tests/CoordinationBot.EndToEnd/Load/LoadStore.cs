using System.Globalization;
using CoordinationBot.Authority;
using CoordinationBot.Delegations;
using CoordinationBot.Dialogs;
using CoordinationBot.EndToEnd.Chaos;
using CoordinationBot.Meetings;
using CoordinationBot.Notices;
using CoordinationBot.People;
using CoordinationBot.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace CoordinationBot.EndToEnd.Load;

/// <summary>The embedded store of an office in which a lot has happened already, written and read by the product's own stores while no host has it.</summary>
internal sealed class LoadStore : IDisposable
{
    private const string Zone = "Etc/UTC";
    private const int AtOnce = 64;

    private readonly SqliteFile _file;
    private readonly SqliteTables _tables;
    private readonly SqliteWorkQueue _queue;
    private readonly WorkLoop _loop;
    private readonly WorkScheduler _work;
    private readonly string _serviceUrl;

    public LoadStore(string path, string serviceUrl)
    {
        _serviceUrl = serviceUrl;
        _file = new SqliteFile(path);
        (_tables, _queue) = (new SqliteTables(_file), new SqliteWorkQueue(_file, TimeProvider.System));
        // It is never started: nothing is done before there is a host.
        _loop = new WorkLoop(_queue, new PoisonRows(_tables, _queue, TimeProvider.System), new WorkHandlers(), new WorkPolling(TimeSpan.MaxValue, TimeSpan.MaxValue), TimeProvider.System, NullLogger<WorkLoop>.Instance);
        _work = new WorkScheduler(_queue, _loop, TimeProvider.System);
    }

    /// <summary>Everybody has the bot, and has been met.</summary>
    public Task MeetAsync(IEnumerable<ChaosPerson> people, CancellationToken cancel)
    {
        var store = new PeopleStore(_tables);
        return EachAsync(people, who => store.UpdateAsync(ChaosOffice.Tenant, who.ObjectId, _ => new Person
        {
            Tenant = ChaosOffice.Tenant,
            ObjectId = who.ObjectId,
            TeamsId = who.TeamsId,
            Name = who.Name,
            PersonalConversation = who.Chat,
            ServiceUrl = _serviceUrl,
            BotId = $"28:{ChaosOffice.AppId}",
            WelcomedAt = TimeProvider.System.GetUtcNow(),
        }, cancel).AsTask(), cancel);
    }

    /// <summary>Somebody asks these people which times suit them: each is owed a notice.</summary>
    public async Task<string> AskAsync(ChaosPerson organiser, IReadOnlyList<ChaosPerson> asked, CancellationToken cancel)
    {
        var (store, now) = (new MeetingStore(_tables, _work), TimeProvider.System.GetUtcNow());
        var meeting = await store.CreateAsync(ChaosOffice.Tenant, organiser.ObjectId, null, id => MeetingRules.Begin(new Meeting
        {
            Id = id,
            Tenant = ChaosOffice.Tenant,
            Organiser = new Party(organiser.ObjectId, organiser.Name),
            Subject = "Budget",
            Invitees = [.. asked.Select(person => new Invitee { Key = person.ObjectId, Name = person.Name, IsRequired = true })],
            Minutes = 45,
            Window = new MeetingWindow(now, now.AddDays(14), Zone),
            State = MeetingState.Finding,
            Revision = 1,
            Origin = organiser.ObjectId,
            CreatedAt = now,
        }), cancel);
        MeetingTime[] times = [new(now.AddDays(5), 45, Zone), new(now.AddDays(6), 45, Zone)];
        var opened = await store.UpdateAsync(ChaosOffice.Tenant, meeting.Id, null, known => PollRules.Open(known, organiser.ObjectId, times, now.AddDays(3), new OfficeOptions().Times, now), cancel);
        Assert.IsType<MeetingOutcome.Changed>(opened);
        return meeting.Id;
    }

    /// <summary>Work is offered to each of these people, by one of a few.</summary>
    public async Task<IReadOnlyList<string>> OfferAsync(IReadOnlyList<ChaosPerson> leaders, IReadOnlyList<ChaosPerson> workers, CancellationToken cancel)
    {
        var (store, now, ids) = (new DelegationStore(_tables, _work), TimeProvider.System.GetUtcNow(), new string[workers.Count]);
        var terms = new Terms(1, "Water the plants", AuthorizationType.Deterministic, new Due(now.AddDays(3), Zone), [new Step("water the plants", Evidence.None)]);
        await EachAsync(Enumerable.Range(0, workers.Count), async index =>
        {
            var (leader, worker) = (leaders[index % leaders.Count], workers[index]);
            var origin = index.ToString(CultureInfo.InvariantCulture);
            ids[index] = (await store.CreateAsync(ChaosOffice.Tenant, origin, null, id => OfferRules.Offer(id, ChaosOffice.Tenant, origin, new Party(leader.ObjectId, leader.Name), new Party(worker.ObjectId, worker.Name), terms, now), cancel)).Id;
        }, cancel);
        return ids;
    }

    /// <summary>Whoever is still owed a notice of a meeting.</summary>
    public async Task<IReadOnlyList<string>> OwedAsync(string meeting, CancellationToken cancel)
    {
        var partition = MeetingStore.Partition(ChaosOffice.Tenant, meeting);
        var rows = await _tables.QueryAsync(partition, Outbox.Prefix, 1000, null, cancel);
        var spread = await _tables.QueryAsync(partition, MeetingRows.SpreadPrefix, 1, null, cancel);
        return [.. rows.Where(row => Outbox.Read(row).IsTell).Select(row => Outbox.Read(row).ObjectId), .. spread.SelectMany(row => row.Read(MeetingJson.Default.Spreading).Tells).Select(tell => tell.ObjectId)];
    }

    public bool IsWoken(string meeting) => _queue.All().Any(work => work.WakeUp.Partition == MeetingStore.Partition(ChaosOffice.Tenant, meeting));

    /// <summary>What was given up.</summary>
    public async Task<int> GivenUpAsync(CancellationToken cancel) => (await _tables.QueryAsync(PoisonRows.Partition, "", 100, null, cancel)).Count;

    /// <summary>The state of a delegation, and what its history says.</summary>
    public async Task<(Delegation State, IReadOnlyList<HistoryEntry> History)> ReadAsync(string id, CancellationToken cancel)
    {
        var store = new DelegationStore(_tables, _work);
        var state = (await store.FindAsync(ChaosOffice.Tenant, id, cancel))!;
        return (state, await store.HistoryAsync(state, state.Revision + 1, state.Revision, cancel));
    }

    public void Dispose()
    {
        _loop.Dispose();
        _file.Dispose();
    }

    // Together, they share the waits for the disk.
    private static Task EachAsync<T>(IEnumerable<T> all, Func<T, Task> act, CancellationToken cancel) =>
        Parallel.ForEachAsync(all, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancel }, async (one, _) => await act(one));
}

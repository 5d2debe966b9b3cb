using CoordinationBot.Meetings;
using CoordinationBot.Storage;
using CoordinationBot.Tests.Storage;
using Microsoft.Extensions.Logging.Abstractions;
using static CoordinationBot.Tests.Meetings.Polls;

namespace CoordinationBot.Tests.Meetings;

/// <summary>Many answer at once on several hosts, on each store.</summary>
public abstract class PollStoreContract(ITestOutputHelper output)
{
    private const int Hosts = 8;
    private const int People = 2 * MeetingLimits.People;

    private protected abstract ITables Tables { get; }

    private protected abstract Task<IWorkQueue> QueueAsync();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task None_of_two_hundred_answers_on_eight_hosts_is_lost()
    {
        var queue = await QueueAsync();
        var hosts = Enumerable.Range(0, Hosts).Select(_ => new MeetingStore(Tables, new WorkScheduler(queue, Loop(queue), TimeProvider.System))).ToList();
        Invitee[] people = [.. Enumerable.Range(0, People).Select(number => number % 2 == 0 ? Required($"p{number}") : Optional($"p{number}"))];
        var draft = $"draft-{Guid.NewGuid():N}";
        var meeting = await hosts[0].CreateAsync("tenant", draft, null, id => MeetingRules.Begin(Meeting(people) with { Id = id, Origin = draft }), Cancel);
        await hosts[0].UpdateAsync("tenant", meeting.Id, "open", known => PollRules.Open(known, Ann, Mornings(), Deadline, Office, Now), Cancel);
        var letters = people.Select((_, index) => string.Concat("yin"[index % 3], "yin"[index / 3 % 3], "yi"[index % 2])).ToList();

        var started = System.Diagnostics.Stopwatch.GetTimestamp();
        await Task.WhenAll(people.Select((person, index) => Task.Run(async () =>
        {
            // Each answers and answers anew; the second is delivered twice, on two hosts.
            await CastAsync(hosts[index % Hosts], meeting.Id, person.Key, "nnn", $"first-{index}");
            await Task.WhenAll(
                CastAsync(hosts[(index + 1) % Hosts], meeting.Id, person.Key, letters[index], $"second-{index}"),
                CastAsync(hosts[(index + 2) % Hosts], meeting.Id, person.Key, letters[index], $"second-{index}"));
        })));
        output.WriteLine($"{People * 3} deliveries of {People * 2} answers on {Hosts} hosts in {System.Diagnostics.Stopwatch.GetElapsedTime(started).TotalMilliseconds:N0} ms");

        var after = (await hosts[0].FindAsync("tenant", meeting.Id, Cancel))!;
        Assert.Equal((2 * People, 2 + (2 * People)), (after.Poll!.Cast, after.Revision));
        Assert.Equal(people.Select(person => person.Key).Order(StringComparer.Ordinal), after.Poll.Ballots.Select(ballot => ballot.Key).Order(StringComparer.Ordinal));
        Assert.All(after.Poll.Ballots, ballot => Assert.Equal(Votes(letters[int.Parse(ballot.Key[1..], System.Globalization.CultureInfo.InvariantCulture)]), ballot.Votes.Select(vote => (Vote?)vote)));
        Assert.Equal(People / 2, PollTally.Of(after, after.Poll).Times[2].Required.Yes);
    }

    [Fact]
    public async Task Whoever_answers_while_it_closes_is_counted_or_hears_that_it_is_closed()
    {
        var queue = await QueueAsync();
        var hosts = Enumerable.Range(0, Hosts).Select(_ => new MeetingStore(Tables, new WorkScheduler(queue, Loop(queue), TimeProvider.System))).ToList();
        Invitee[] people = [.. Enumerable.Range(0, 40).Select(number => Required($"p{number}"))];
        var draft = $"draft-{Guid.NewGuid():N}";
        var meeting = await hosts[0].CreateAsync("tenant", draft, null, id => MeetingRules.Begin(Meeting(people) with { Id = id, Origin = draft }), Cancel);
        await hosts[0].UpdateAsync("tenant", meeting.Id, "open", known => PollRules.Open(known, Ann, Mornings(), Deadline, Office, Now), Cancel);
        var accepted = 0;
        await Task.WhenAll(people.Select((person, index) => Task.Run(async () =>
        {
            if (index == 20)
            {
                await hosts[3].UpdateAsync("tenant", meeting.Id, "close", known => ClosePoll.Early(known, Ann, 1, Now), Cancel);
            }
            else if (await CastAsync(hosts[index % Hosts], meeting.Id, person.Key, "yyy", $"vote-{index}") is MeetingOutcome.Changed)
            {
                Interlocked.Increment(ref accepted);
            }
        })));
        var after = (await hosts[0].FindAsync("tenant", meeting.Id, Cancel))!;
        Assert.NotNull(after.Poll!.ClosedAt);
        Assert.Equal((accepted, accepted), (after.Poll.Ballots.Count, after.Poll.Cast));
    }

    [Fact]
    public async Task The_same_answer_again_delivered_again_takes_back_no_later_one()
    {
        var queue = await QueueAsync();
        var host = new MeetingStore(Tables, new WorkScheduler(queue, Loop(queue), TimeProvider.System));
        var draft = $"draft-{Guid.NewGuid():N}";
        var meeting = await host.CreateAsync("tenant", draft, null, id => MeetingRules.Begin(Meeting(Required("bob")) with { Id = id, Origin = draft }), Cancel);
        await host.UpdateAsync("tenant", meeting.Id, "open", known => PollRules.Open(known, Ann, Mornings(), Deadline, Office, Now), Cancel);
        await CastAsync(host, meeting.Id, "bob", "yyy", "first");
        await CastAsync(host, meeting.Id, "bob", "yyy", "second");
        await CastAsync(host, meeting.Id, "bob", "nnn", "third");
        await CastAsync(host, meeting.Id, "bob", "yyy", "second");

        var after = (await host.FindAsync("tenant", meeting.Id, Cancel))!;
        Assert.Equal(Votes("nnn"), Assert.Single(after.Poll!.Ballots).Votes.Select(vote => (Vote?)vote));
    }

    private static Task<MeetingOutcome?> CastAsync(MeetingStore host, string id, string who, string letters, string operation) =>
        host.UpdateAsync("tenant", id, operation, known => PollRules.Cast(known, who, 1, Votes(letters), Now.AddHours(1)), Cancel).AsTask();

    /// <summary>Nobody runs it: what is looked at here is what is stored.</summary>
    private WorkLoop Loop(IWorkQueue queue)
    {
        var handlers = new WorkHandlers();
        handlers.Add(MeetingStore.Kind, (_, _) => ValueTask.CompletedTask);
        return new WorkLoop(queue, new PoisonRows(Tables, queue, TimeProvider.System), handlers, new WorkPolling(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1)), TimeProvider.System, NullLogger<WorkLoop>.Instance);
    }
}

public sealed class SqlitePollStoreTests : PollStoreContract, IDisposable
{
    private readonly SqliteFixture _file = new();

    public SqlitePollStoreTests(ITestOutputHelper output) : base(output) => Tables = new SqliteTables(_file.File);

    private protected override ITables Tables { get; }

    private protected override Task<IWorkQueue> QueueAsync() => Task.FromResult<IWorkQueue>(new SqliteWorkQueue(_file.File, TimeProvider.System));

    public void Dispose() => _file.Dispose();
}

[Collection(AzuriteFixture.Name)]
public sealed class AzurePollStoreTests(AzuriteFixture azurite, ITestOutputHelper output) : PollStoreContract(output)
{
    private protected override ITables Tables { get; } = new AzureTables(azurite.Table, TimeProvider.System);

    private protected override async Task<IWorkQueue> QueueAsync() => new AzureWorkQueue(await azurite.NewQueueAsync(), TimeProvider.System);
}

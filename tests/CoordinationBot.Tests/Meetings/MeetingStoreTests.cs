using CoordinationBot.Calendars;
using CoordinationBot.Meetings;
using CoordinationBot.Storage;
using CoordinationBot.Tests.Delegations;
using NodaTime;
using NodaTime.Extensions;
using static CoordinationBot.Tests.Meetings.MeetingSamples;

namespace CoordinationBot.Tests.Meetings;

public sealed class MeetingStoreTests : IDisposable
{
    private static readonly CancellationToken Never = CancellationToken.None;

    private readonly Desk _desk = new();
    private readonly MeetingStore _store;
    private readonly OwnCalendar _calendar;
    private readonly MeetingIndex _index;

    public MeetingStoreTests()
    {
        _store = new MeetingStore(_desk.Tables, _desk.Scheduler);
        _calendar = new OwnCalendar(_desk.Tables);
        _index = new MeetingIndex(_desk.Tables, _calendar, _store);
    }

    public void Dispose() => _desk.Dispose();

    [Fact]
    public async Task A_draft_begins_one_however_often_it_is_sent()
    {
        var all = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () => await BeginAsync(Finding()))));
        var one = Assert.Single(all.Select(meeting => meeting.Id).Distinct());
        Assert.Equal(one, (await _store.FindByOriginAsync(Tenant, "draft-1", Never))!.Id);
        Assert.NotEqual(one, (await BeginAsync(Finding() with { Origin = "draft-2" })).Id);
        Assert.Null(await _store.FindByOriginAsync("another tenant", "draft-1", Never));
    }

    [Fact]
    public async Task Two_hundred_who_answer_at_once_all_count_and_the_same_press_again_does_not()
    {
        var meeting = await ScheduleAsync(await BeginAsync(Finding([.. Enumerable.Range(0, 200).Select(Guest)])));
        await Task.WhenAll(Enumerable.Range(0, 200).SelectMany(number => Enumerable.Repeat(number, 2)).Select(number => Task.Run(async () =>
            await _store.UpdateAsync(Tenant, meeting.Id, $"press-{number}", known => ReplyRules.Answer(known, $"guest-{number}", number % 3 == 0 ? Reply.Declined : Reply.Accepted, null, 0, Now), Never))));
        var after = (await _store.FindAsync(Tenant, meeting.Id, Never))!;
        Assert.Equal((67, 133, 202, 0), (after.Invitees.Count(guest => guest.Reply == Reply.Declined), after.Invitees.Count(guest => guest.Reply == Reply.Accepted), after.Revision, after.Sequence));
        Assert.Equal(Enumerable.Range(1, 202).Reverse(), (await _store.HistoryAsync(after, 300, Never)).Select(entry => entry.Number));
    }

    [Theory]
    [InlineData(0), InlineData(1), InlineData(2), InlineData(3), InlineData(4), InlineData(5), InlineData(6), InlineData(7), InlineData(8)]
    public async Task Two_hundred_and_fifty_are_told_and_mailed_once_wherever_it_breaks_off(int commits)
    {
        var meeting = await BeginAsync(Finding([.. Enumerable.Range(0, 200).Select(Guest), .. Enumerable.Range(0, 50).Select(number => Kim with { Key = $"kim{number}@fabrikam.example" })]));
        var (told, left) = (new Dictionary<string, int>(), commits);
        _desk.Tables.BeforeCommit = (_, _) => Interlocked.Decrement(ref left) < 0 ? throw new StorageException("gone", new IOException()) : Task.FromResult<string?>(null);
        _desk.Tables.AfterCommit = (_, changes) =>
        {
            foreach (var change in changes.OfType<Change.Upsert>().Where(change => change.Key.Contains("|tell|", StringComparison.Ordinal) || change.Key.StartsWith("mail|", StringComparison.Ordinal)))
            {
                told[change.Key] = told.GetValueOrDefault(change.Key) + 1;
            }
            return Task.CompletedTask;
        };
        async Task AllAsync()
        {
            meeting = await ScheduleAsync(meeting);
            await _store.SpreadAsync(Tenant, meeting.Id, Never);
        }
        try
        {
            await AllAsync();
        }
        catch (StorageException)
        {
        }
        _desk.Tables.BeforeCommit = null;
        await AllAsync();
        await _store.SpreadAsync(Tenant, meeting.Id, Never);
        // Everybody inside has an address too.
        Assert.Equal((450, 450), (told.Count, told.Values.Sum()));
        Assert.Empty(await _desk.Tables.QueryAsync(MeetingStore.Partition(Tenant, meeting.Id), "spread|", 10, null, Never));
    }

    [Fact]
    public async Task Lists_and_calendars_follow_the_meeting()
    {
        var meeting = await BeginAsync(Finding());
        await _index.WriteAsync(meeting, Never);
        Assert.Equal(["M"], await ListedAsync("ann"));
        Assert.Empty(await ListedAsync("bob"));
        meeting = await ScheduleAsync(meeting);
        await _index.WriteAsync(meeting, Never);
        Assert.Equal(BusyKind.Busy, await HeldAsync("ann", Start));
        Assert.Equal(BusyKind.Tentative, await HeldAsync("bob", Start));
        meeting = await ActAsync(meeting, known => ReplyRules.Answer(known, "bob", Reply.Accepted, null, 0, Now));
        meeting = await ActAsync(meeting, known => ReplyRules.Answer(known, "eve", Reply.Declined, null, 0, Now));
        await _index.WriteAsync(meeting, Never);
        Assert.Equal((BusyKind.Busy, null), (await HeldAsync("bob", Start), await HeldAsync("eve", Start)));
        Assert.Equal(["M"], await ListedAsync("eve"));
        var old = meeting;
        meeting = await ActAsync(meeting, known => MeetingRules.Move(known, "ann", Start.AddDays(2), Now));
        await _index.WriteAsync(meeting, Never);
        // An older state that comes late changes nothing.
        await _index.WriteAsync(old, Never);
        await _index.WriteAsync(meeting, Never);
        Assert.Equal((null, BusyKind.Tentative), (await HeldAsync("bob", Start), await HeldAsync("bob", Start.AddDays(2))));
        Assert.Equal(["M"], await ListedAsync("bob"));
        meeting = await ActAsync(meeting, known => MeetingChangeRules.Change(known, "ann", MeetingDetails.Of(known) with { Invitees = [Eve] }, Now));
        await _index.WriteAsync(meeting, Never);
        Assert.Empty(await ListedAsync("bob"));
        Assert.Null(await HeldAsync("bob", Start.AddDays(2)));
        meeting = await ActAsync(meeting, known => MeetingRules.Cancel(known, "ann", null, Now));
        await _index.WriteAsync(meeting, Never);
        Assert.All(await Task.WhenAll(((string[])["ann", "bob", "eve"]).Select(ListedAsync)), listed => Assert.Empty(listed));
        Assert.Null(await HeldAsync("ann", Start.AddDays(2)));
    }

    [Fact]
    public async Task An_index_that_breaks_off_anywhere_is_finished_later()
    {
        for (var commits = 0; commits < 12; commits++)
        {
            var meeting = await ScheduleAsync(await BeginAsync(Finding(Bob, Eve) with { Origin = $"draft-{commits}" }));
            var left = commits;
            _desk.Tables.BeforeCommit = (_, _) => Interlocked.Decrement(ref left) < 0 ? throw new StorageException("gone", new IOException()) : Task.FromResult<string?>(null);
            try
            {
                await _index.WriteAsync(meeting, Never);
            }
            catch (StorageException)
            {
            }
            _desk.Tables.BeforeCommit = null;
            // Meanwhile Bob is taken out and it moves.
            meeting = await ActAsync(meeting, known => MeetingRules.Move(known, "ann", Start.AddDays(commits + 1), Now));
            meeting = await ActAsync(meeting, known => MeetingChangeRules.Change(known, "ann", MeetingDetails.Of(known) with { Invitees = [Eve] }, Now));
            await _index.WriteAsync(meeting, Never);
            Assert.Empty(await ListedAsync("bob"));
            Assert.Equal(commits + 1, (await ListedAsync("eve")).Count);
            Assert.Empty(await _calendar.ListAsync(Tenant, "bob", new Interval(Now.ToInstant(), Now.AddDays(60).ToInstant()), Never));
        }
    }

    private static Invitee Guest(int number) => new() { Key = $"guest-{number}", Name = $"Guest {number}", Mail = $"guest{number}@contoso.example", IsRequired = true };

    private async Task<Meeting> BeginAsync(Meeting meeting) => await _store.CreateAsync(Tenant, meeting.Origin, null, id => MeetingRules.Begin(meeting with { Id = id }), Never);

    private async Task<Meeting> ScheduleAsync(Meeting meeting) => (await _store.UpdateAsync(Tenant, meeting.Id, "schedule", known => MeetingRules.Schedule(known, "ann", Start, Now), Never))!.State;

    private async Task<Meeting> ActAsync(Meeting meeting, Func<Meeting, MeetingOutcome> rule) => (await _store.UpdateAsync(Tenant, meeting.Id, null, rule, Never))!.Changed().State;

    private async Task<IReadOnlyList<string>> ListedAsync(string who) => [.. (await _index.ListAsync(Tenant, who, null, 20, Now, Never)).Page.Select(meeting => meeting.Id[..1])];

    private async Task<BusyKind?> HeldAsync(string who, DateTimeOffset at) =>
        (await _calendar.ListAsync(Tenant, who, new Interval(at.ToInstant(), at.AddMinutes(1).ToInstant()), Never)).SingleOrDefault()?.Kind;
}

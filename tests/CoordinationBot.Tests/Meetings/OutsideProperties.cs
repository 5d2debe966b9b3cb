using CoordinationBot.Calendars;
using CoordinationBot.Mail;
using CoordinationBot.Meetings;
using CoordinationBot.Tests.Delegations;
using CsCheck;
using static CoordinationBot.Tests.Meetings.MeetingSamples;

namespace CoordinationBot.Tests.Meetings;

/// <summary>Whatever becomes of a meeting, and wherever hosts die and answers get lost, its calendar holds one event that says how it stands, and whoever is in it was invited once.</summary>
public sealed class OutsideProperties
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>What becomes of one question to the calendar.</summary>
    private enum Fate
    {
        Answered,
        DoneAndUnsaid,
        NeitherDoneNorSaid,
        DiesAfter,
        DiesBefore,
        SaysToWait,
    }

    private enum What
    {
        Move,
        Rename,
        Invite,
        Uninvite,
        Answer,
        Cancel,
        DeleteThere,
        Pass,
    }

    private static readonly Gen<Fate> Fates = Gen.Frequency((3, Gen.Const(Fate.Answered)), (3, Gen.Enum<Fate>()));

    private static readonly Gen<(What What, int Number, Fate[] Fates)> Steps = Gen.Select(
        Gen.Frequency((3, Gen.Const(What.Move)), (3, Gen.Const(What.Rename)), (2, Gen.Const(What.Invite)), (2, Gen.Const(What.Uninvite)), (1, Gen.Const(What.Answer)), (1, Gen.Const(What.Cancel)), (1, Gen.Const(What.DeleteThere)), (4, Gen.Const(What.Pass))),
        Gen.Int[1, 90],
        Fates.Array[0, 4],
        (what, number, fates) => (what, number, fates));

    [Fact]
    public async Task There_is_one_event_and_it_says_how_the_meeting_stands()
    {
        using var desk = new Desk();
        desk.Clock.SetUtcNow(Now);
        var samples = 0;
        await Gen.Select(Fates.Array[0, 4], Steps.Array[0, 12]).SampleAsync(
            async (first, steps) =>
            {
                var calendar = new Mailbox();
                var store = new MeetingStore(desk.Tables, desk.Scheduler, calendar);
                var outside = new OutsideCalendar(desk.Tables, store, desk.Clock, calendar);
                var draft = $"draft-{Interlocked.Increment(ref samples)}";
                var now = desk.Clock.GetUtcNow();
                var start = now.AddDays(30);
                var meeting = await store.CreateAsync(Tenant, draft, null, id => MeetingRules.Begin(Finding() with { Id = id, Origin = draft, CreatedAt = now }), Cancel);
                await ActAsync(known => MeetingRules.Schedule(known, "ann", start, desk.Clock.GetUtcNow()), first);
                foreach (var (what, number, fates) in steps)
                {
                    await (what switch
                    {
                        What.Move => ActAsync(known => MeetingRules.Move(known, "ann", start.AddHours(number), desk.Clock.GetUtcNow()), fates),
                        What.Rename => ActAsync(known => MeetingChangeRules.Change(known, "ann", MeetingDetails.Of(known) with { Subject = $"The budget {number % 3}" }, desk.Clock.GetUtcNow()), fates),
                        What.Invite => ActAsync(known => MeetingChangeRules.Change(known, "ann", MeetingDetails.Of(known) with { Invitees = [.. known.Invitees, .. known.Find(Guest(number).Key) is null ? (Invitee[])[Guest(number)] : []] }, desk.Clock.GetUtcNow()), fates),
                        What.Uninvite => ActAsync(known => MeetingChangeRules.Change(known, "ann", MeetingDetails.Of(known) with { Invitees = [.. known.Invitees.Where((_, index) => index == 0 || index != number % 4)] }, desk.Clock.GetUtcNow()), fates),
                        What.Answer => ActAsync(known => ReplyRules.Answer(known, "bob", (Reply)(number % 4), null, known.Sequence, desk.Clock.GetUtcNow()), fates),
                        What.Cancel => ActAsync(known => MeetingRules.Cancel(known, "ann", "no budget", desk.Clock.GetUtcNow()), fates),
                        What.DeleteThere => DeleteAsync(),
                        What.Pass => PassAsync(number, fates),
                    });
                }
                // From here on everything works: it comes to rest by itself.
                var looks = 0;
                while (await LookAsync([]) is { } again)
                {
                    desk.Clock.Advance(again);
                    Assert.True(++looks < 20, "It never comes to rest.");
                }
                var wanted = OutsideRules.Wanted(meeting, "ann");
                Assert.Equal(wanted is null || calendar.IsDeleted ? [] : [wanted], calendar.Alive);
                Assert.Empty(await desk.Tables.QueryAsync(MeetingStore.Partition(Tenant, meeting.Id), MailOutbox.Prefix, 10, null, Cancel));
                Assert.Null((await store.FindAsync(Tenant, meeting.Id, Cancel))!.Unreached?.GetValueOrDefault("calendar"));

                async Task ActAsync(Func<Meeting, MeetingOutcome> rule, Fate[] fates)
                {
                    meeting = (await store.UpdateAsync(Tenant, meeting.Id, null, rule, Cancel))!.State;
                    await LookAsync(fates);
                }
                Task DeleteAsync()
                {
                    calendar.Delete();
                    return Task.CompletedTask;
                }
                async Task PassAsync(int minutes, Fate[] fates)
                {
                    desk.Clock.Advance(TimeSpan.FromMinutes(minutes));
                    await LookAsync(fates);
                }
                async Task<TimeSpan?> LookAsync(Fate[] fates)
                {
                    calendar.Fates = new Queue<Fate>(fates);
                    try
                    {
                        var inviting = await outside.GoOnAsync(meeting, Cancel);
                        Assert.False(inviting.IsByMail);
                        return inviting.Again;
                    }
                    catch (IOException)
                    {
                        return OutsideRules.InHand; // The host died; another one looks.
                    }
                }
            },
            iter: 300,
            threads: 1);
    }

    private static Invitee Guest(int number) => new() { Key = $"guest{number % 3}@fabrikam.example", Name = "Guest", IsOutside = true, IsRequired = number % 2 == 0 };

    /// <summary>Does what Graph does: one event a key, and a second time under a key the first one.</summary>
    private sealed class Mailbox : ICalendarWriter
    {
        private readonly List<(string Key, string Id, CalendarEntry Entry)> _events = [];
        private readonly Dictionary<string, int> _made = [];

        public Queue<Fate> Fates { get; set; } = [];

        public IEnumerable<CalendarEntry> Alive => _events.Select(known => known.Entry);

        /// <summary>By somebody there, and nothing was different since.</summary>
        public bool IsDeleted { get; private set; }

        public string? MailboxOf(string tenant, string organiser) => organiser;

        public void Delete()
        {
            IsDeleted |= _events.Count > 0;
            _events.Clear();
        }

        public ValueTask<CalendarAct> MakeAsync(string mailbox, string key, CalendarEntry entry, CancellationToken cancel) => Asked(() =>
        {
            if (_events.Find(known => known.Key == key) is { Id: { } id } known)
            {
                return new CalendarAct.Done(id, known.Entry == entry);
            }
            Assert.Empty(_events);
            _made[key] = _made.GetValueOrDefault(key) + 1;
            Assert.True(_made[key] == 1 || IsDeleted, "It was made twice.");
            IsDeleted = false;
            _events.Add((key, $"{key}/{_made[key]}", entry));
            return new CalendarAct.Done(_events[0].Id);
        });

        public ValueTask<CalendarAct> FindAsync(string mailbox, string key, CancellationToken cancel) => Asked(() =>
            _events.Find(known => known.Key == key) is { Id: { } id } ? new CalendarAct.Done(id) : CalendarAct.Gone.Instance);

        public ValueTask<CalendarAct> ChangeAsync(string mailbox, string id, CalendarEntry? before, CalendarEntry after, CancellationToken cancel) => Asked(() =>
        {
            if (_events.FindIndex(known => known.Id == id) is var index && index < 0)
            {
                return CalendarAct.Gone.Instance;
            }
            // Whoever leaves out what is not there leaves it wrong.
            _events[index] = _events[index] with { Entry = before is null || _events[index].Entry == before || _events[index].Entry == after ? after : throw new InvalidOperationException("What differs was not known.") };
            return new CalendarAct.Done("");
        });

        public ValueTask<CalendarAct> CancelAsync(string mailbox, string id, string? reason, bool hasGuests, CancellationToken cancel) => Asked(() =>
            _events.RemoveAll(known => known.Id == id) > 0 ? new CalendarAct.Done("") : CalendarAct.Gone.Instance);

        private ValueTask<CalendarAct> Asked(Func<CalendarAct> does) => new((Fates.TryDequeue(out var fate) ? fate : Fate.Answered) switch
        {
            Fate.Answered => does(),
            Fate.DoneAndUnsaid => does() is var _ ? new CalendarAct.Later() : null!,
            Fate.NeitherDoneNorSaid => new CalendarAct.Later(),
            Fate.DiesAfter => does() is var _ ? throw new IOException("The host is gone.") : null!,
            Fate.DiesBefore => throw new IOException("The host is gone."),
            Fate.SaysToWait => new CalendarAct.Later(TimeSpan.FromMinutes(3)),
        });
    }
}

using System.Globalization;
using System.Text;
using CoordinationBot.Delegations;
using CoordinationBot.Meetings;
using CoordinationBot.Notices;
using CoordinationBot.People;
using CoordinationBot.Storage;
using CoordinationBot.Upkeep;

namespace CoordinationBot.EndToEnd.Chaos;

/// <summary>Somebody is to be told something: it comes as a message with this sentence on top.</summary>
internal sealed record Told(ChaosPerson To, string Sentence);

/// <summary>Something that somebody did, as the history must have it.</summary>
/// <param name="By">Who.</param>
/// <param name="What">How its entry begins.</param>
internal sealed record Deed(ChaosPerson By, string What)
{
    /// <summary>A card said that it was done.</summary>
    public bool IsAcknowledged { get; init; } = true;

    /// <summary>How often it may be there: an attempt that is recorded and not keyed counts once for each id under which it went.</summary>
    public int Most { get; init; } = 1;

    /// <summary>Spent by it.</summary>
    public decimal Spent { get; init; }

    public IReadOnlyList<Told> Tells { get; init; } = [];
}

/// <summary>A delegation as those in it know it.</summary>
/// <param name="Tag">In its title, and in that of no other.</param>
/// <param name="Id">Its id.</param>
/// <param name="Leader">Gave it.</param>
/// <param name="Worker">Does it.</param>
/// <param name="OverdueAt">When both are told that it is overdue; null: it is not left so long.</param>
internal sealed record WorkFile(string Tag, string Id, ChaosPerson Leader, ChaosPerson Worker, DateTimeOffset? OverdueAt)
{
    public const string Overdue = "This is overdue since";

    public List<Deed> Deeds { get; } = [];

    /// <summary>Everything that anybody was to be told. In an office without quiet hours nothing of it is held, bundled or dropped, whatever people have seen meanwhile.</summary>
    public IEnumerable<Told> Tells => [.. Deeds.SelectMany(deed => deed.Tells), .. OverdueAt is null ? (Told[])[] : [new(Leader, Overdue), new(Worker, Overdue)]];

    public bool IsDone => Deeds[^1].What.StartsWith("Accepted as done", StringComparison.Ordinal);

    private bool IsHandedIn => Deeds[^1].What.StartsWith("Handed in", StringComparison.Ordinal);

    /// <summary>As it stands in the list of what somebody does. In the end a story has handed in, or only accepted.</summary>
    public string LineOfWorker => $"{Id} · from {Leader.Name} · {(IsHandedIn ? $"handed in, waits for {Leader.Name}" : "next: step 1 of 1")}";

    /// <summary>As it stands in the list of what somebody gave.</summary>
    public string LineOfLeader => $"{Id} · to {Worker.Name} · {(IsHandedIn ? "handed in, waits for you" : "accepted, not begun")}";
}

/// <summary>A poll, with the last answer of each that a card confirmed.</summary>
internal sealed record PollFile(string Tag, string Id, ChaosPerson Organiser, IReadOnlyList<ChaosPerson> Asked)
{
    public Dictionary<ChaosPerson, IReadOnlyList<Vote>> Votes { get; } = [];
}

/// <summary>Holds what the store and the chats have in the end against what was acknowledged.</summary>
internal sealed class ChaosOracle(ChaosOffice office, ChaosChannel channel, ChaosLoad load)
{
    /// <summary>What comes after a send until it is written down: somebody who dies in it, dies while sending.</summary>
    private static readonly TimeSpan Sending = TimeSpan.FromSeconds(2);

    /// <summary>The longest pause after a death: the one of a send that nobody knows the end of, and the look at it.</summary>
    public static readonly TimeSpan Late = NoticeDelivery.SendingTime + ChaosHost.Hide + TimeSpan.FromSeconds(15);

    /// <summary>The wait after a send that failed, before the next try.</summary>
    private static readonly TimeSpan AfterFailure = CardSender.Windows[0];

    /// <summary>After an outage: a call that waited for its end, what was in hand then, and the pause of a wake-up that failed.</summary>
    private static readonly TimeSpan AfterOutage = ChaosHost.Hide + TimeSpan.FromSeconds(10);

    private readonly IReadOnlyList<WorkFile> _works = load.Works;
    private readonly IReadOnlyList<PollFile> _polls = load.Polls;

    public int Acknowledged => _works.Sum(work => work.Deeds.Count(deed => deed.IsAcknowledged)) + _polls.Sum(poll => poll.Votes.Count);

    public int NoticesOwed => _works.Sum(work => work.Tells.Count()) + _polls.Sum(poll => poll.Asked.Count + 1);

    /// <summary>Second messages that were excused by a death, an outage or an unknown outcome.</summary>
    public int Excused { get; private set; }

    /// <summary>Whether it may be so late is asked of each by what stood in its way: the channel may hold back somebody's card for long.</summary>
    public TimeSpan LatestReminder { get; private set; }

    /// <summary>What nobody has seen yet.</summary>
    public IReadOnlyList<string> Unseen() =>
    [
        .. _works.SelectMany(work => Unseen(work.Tag, work.Tells)),
        .. _polls.SelectMany(poll => Unseen(poll.Tag, Tells(poll))),
    ];

    public async Task<IReadOnlyList<string>> FaultsAsync(CancellationToken cancel)
    {
        List<string> faults = [];
        var tables = new AzureTables(office.Table, TimeProvider.System);
        foreach (var work in _works) faults.AddRange((await CheckAsync(tables, work, cancel)).Concat(Repeats(work.Tag, work.Tells)).Concat(Reminders(work)).Select(fault => $"{work.Id} {work.Tag}: {fault}"));
        foreach (var poll in _polls) faults.AddRange((await CheckAsync(tables, poll, cancel)).Concat(Repeats(poll.Tag, Tells(poll))).Select(fault => $"{poll.Id} {poll.Tag}: {fault}"));
        faults.AddRange((await new HistoryCheck(tables, tables).RunAsync(AsyncEnumerable.Empty<NotedSeal>(), new HashSet<string>(), _ => default, cancel)).Faults);
        foreach (var row in await tables.QueryAsync(PoisonRows.Partition, "", 100, null, cancel)) faults.Add($"Given up: {Encoding.UTF8.GetString(row.Data.Span)}.");
        return faults;
    }

    private static async Task<IReadOnlyList<string>> CheckAsync(AzureTables tables, WorkFile work, CancellationToken cancel)
    {
        List<string> faults = [];
        var partition = DelegationStore.Partition(ChaosOffice.Tenant, work.Id);
        if (await tables.GetAsync(partition, DelegationStore.StateKey, cancel) is not { } row) return ["It is not there."];
        var state = row.Read(DelegationJson.Default.Delegation);
        var history = (await tables.QueryAsync(partition, HistoryRows.Prefix, 500, null, cancel)).Select(entry => entry.Read(DelegationJson.Default.HistoryEntry)).ToList();

        // Half an effect would be a state without its entry, or an entry without its state.
        if (!history.Select(entry => entry.Number).SequenceEqual(Enumerable.Range(1, state.Revision))) faults.Add($"Its {history.Count} entries do not number its {state.Revision} revisions.");
        if (state.Completions.Count != history.Count(entry => entry.What.StartsWith("Completed step", StringComparison.Ordinal))) faults.Add("Its steps are not those of its history.");
        if (state.Questions.Count != history.Count(entry => entry.What.StartsWith("Asked:", StringComparison.Ordinal))) faults.Add("Its questions are not those of its history.");

        var unexplained = history.ToList();
        var spent = 0m;
        foreach (var deed in work.Deeds)
        {
            var entries = history.FindAll(entry => entry.What.StartsWith(deed.What, StringComparison.Ordinal) && entry.Who.ObjectId == deed.By.ObjectId);
            unexplained.RemoveAll(entries.Contains);
            if (deed.IsAcknowledged && entries.Count == 0) faults.Add($"'{deed.What}' was acknowledged and is lost.");
            if (entries.Count > deed.Most) faults.Add($"'{deed.What}' is there {entries.Count} times.");
            spent += deed.Spent * Math.Min(1, entries.Count);
        }
        if (state.Dealings.SpentInAll != spent) faults.Add(string.Create(CultureInfo.InvariantCulture, $"{state.Dealings.SpentInAll} is spent and {spent} was declared."));
        faults.AddRange(unexplained.Select(entry => $"Nobody did '{entry.What}'."));
        return faults;
    }

    private static async Task<IReadOnlyList<string>> CheckAsync(AzureTables tables, PollFile file, CancellationToken cancel)
    {
        var meeting = (await tables.GetAsync(MeetingStore.Partition(ChaosOffice.Tenant, file.Id), "state", cancel))?.Read(MeetingJson.Default.Meeting);
        if (meeting?.Poll is not { } poll) return ["Its poll is not there."];
        return
        [
            .. file.Votes.Where(vote => poll.Ballots.Count(ballot => ballot.Key == vote.Key.ObjectId && ballot.Votes.SequenceEqual(vote.Value)) != 1).Select(vote => $"The answer of {vote.Key.Name} is not the one that was acknowledged."),
            .. poll.Ballots.Count == file.Votes.Count ? (string[])[] : ["Somebody answered who did not."],
        ];
    }

    private static IEnumerable<Told> Tells(PollFile poll) =>
        [.. poll.Asked.Select(asked => new Told(asked, $"{poll.Organiser.Name} asks which times suit you.")), new Told(poll.Organiser, "Everybody has answered. You can close the poll now.")];

    /// <summary>What was owed more often than it was told.</summary>
    private IEnumerable<string> Unseen(string tag, IEnumerable<Told> tells) =>
        from told in tells.GroupBy(told => told)
        let times = MessagesOf(tag, told.Key).Sum(message => Times(message, told.Key))
        where times < told.Count()
        select $"{tag}: {told.Key.To.Name} was told '{told.Key.Sentence}' {times} times for {told.Count()}.";

    private List<Delivered> MessagesOf(string tag, Told told) =>
        [.. channel.Everything.Where(message => message.To == told.To && message.Words.Contains(tag, StringComparison.Ordinal) && Times(message, told) > 0)];

    /// <summary>What waited together comes in one message, a line each.</summary>
    private static int Times(Delivered message, Told told) => message.Words.Split('\n').Count(line => line.StartsWith(told.Sentence, StringComparison.Ordinal));

    /// <summary>Told more often than there were reasons, without an excuse.</summary>
    private IEnumerable<string> Repeats(string tag, IEnumerable<Told> tells)
    {
        foreach (var told in tells.GroupBy(told => told))
        {
            var messages = MessagesOf(tag, told.Key);
            var (times, excuses) = (messages.Sum(message => Times(message, told.Key)), messages.Where(IsExcuse).Sum(message => Times(message, told.Key)));
            var excess = times - told.Count();
            if (excess <= 0) continue;
            if (excess > excuses) yield return $"{told.Key.To.Name} was told '{told.Key.Sentence}' {times} times for {told.Count()}, and {excuses} were cut short: {string.Join(", ", messages.Select(message => $"{message.At:HH:mm:ss.fff} by {message.Host}"))}.";
            Excused += Math.Min(excess, excuses);
        }
    }

    private bool IsExcuse(Delivered message) => !message.IsConfirmed
        || office.Deaths.Any(death => death.Host == message.Host && death.At >= message.Asked && death.At < message.At + Sending)
        || office.Outages.Any(outage => outage.From < message.At + Sending && outage.Until > message.Asked);

    private IEnumerable<string> Reminders(WorkFile work)
    {
        if (work.OverdueAt is not { } due) yield break;
        foreach (var to in (ChaosPerson[])[work.Leader, work.Worker])
        {
            if (MessagesOf(work.Tag, new Told(to, WorkFile.Overdue)) is not [var first, ..]) continue;
            var late = first.At - due;
            if (late > LatestReminder) LatestReminder = late;
            if (late < TimeSpan.Zero) yield return $"{to.Name} was reminded {-late} too soon.";
            var allowed = AllowedLateness(work.Tag, to, due, first.At);
            if (late > allowed) yield return $"{to.Name} was reminded {late} late, and {allowed} were explained.";
        }
    }

    /// <summary>
    /// From the time it was due. Hosts die all the time, but hardly three times in a row between the claim of a reminder and its send; beyond that only what is known of this very
    /// card counts: an outage, or that the channel refused it and so made the bot wait.
    /// </summary>
    private TimeSpan AllowedLateness(string tag, ChaosPerson to, DateTimeOffset due, DateTimeOffset seen)
    {
        var allowed = 2 * Late;
        foreach (var outage in office.Outages.Where(outage => outage.Until > due && outage.From < seen)) allowed += outage.Until - outage.From + AfterOutage;
        var failures = channel.Failures.Where(failure => failure.To == to && failure.At < seen && failure.Words.Contains(tag, StringComparison.Ordinal)).Select(failure => failure.Fault).ToList();
        allowed += failures.Count(fault => fault == ChaosFaults.Concurrent) * AfterFailure;
        // Each longer than the one before.
        foreach (var wait in CardSender.Windows.Take(failures.Count(fault => fault is ChaosFaults.Down or ChaosFaults.Late))) allowed += wait;
        // Until they speak again, and what was left is looked for.
        return allowed + (failures.Count(fault => fault is ChaosFaults.Blocked or ChaosFaults.NotInRoster) * (AfterFailure + Late));
    }

    /// <summary>What is left where all is done: a notice that is owed now, a digest, a wake-up that nobody takes.</summary>
    public async Task<IReadOnlyList<string>> LeftoversAsync(CancellationToken cancel)
    {
        try
        {
            return await ReadLeftoversAsync(cancel);
        }
        catch (StorageException failure)
        {
            // A slow machine: it is asked again.
            return [failure.Message];
        }
    }

    private async Task<IReadOnlyList<string>> ReadLeftoversAsync(CancellationToken cancel)
    {
        List<string> left = [];
        var (tables, now) = (new AzureTables(office.Table, TimeProvider.System), DateTimeOffset.UtcNow);
        foreach (var partition in _works.Select(work => DelegationStore.Partition(ChaosOffice.Tenant, work.Id)).Concat(_polls.Select(poll => MeetingStore.Partition(ChaosOffice.Tenant, poll.Id))))
        {
            // A reminder that is ahead is no leftover.
            left.AddRange((await tables.QueryAsync(partition, Outbox.Prefix, 500, null, cancel)).Where(row => !(row.Read(NoticeJson.Default.Notice).NotBefore > now)).Select(row => $"{partition} still has {row.Key}."));
        }
        foreach (var person in ChaosLoad.People)
        {
            left.AddRange((await tables.QueryAsync(PeopleStore.Partition(ChaosOffice.Tenant, person.ObjectId), "digest|", 500, null, cancel)).Select(row => $"{person.Name} still has {row.Key}."));
        }
        if (await new AzureWorkQueue(AzureAccount.Queue(office.Storage, null), TimeProvider.System).OldestDueAsync(cancel) is { } oldest) left.Add($"The queue still has what was due at {oldest:HH:mm:ss}.");
        return left;
    }

    /// <summary>What people's lists show, asked for as they ask for them, is what is open and how it stands.</summary>
    public async Task<IReadOnlyList<string>> ListFaultsAsync()
    {
        List<string> faults = [];
        foreach (var person in ChaosLoad.People)
        {
            var open = _works.Where(work => !work.IsDone).ToList();
            Compare("my tasks", await load.ListAsync(person, "my tasks", "My tasks", $"tasks-{person.Number}"), [.. open.Where(work => work.Worker == person).Select(work => work.LineOfWorker)]);
            Compare("given", await load.ListAsync(person, "given", "Delegations I gave", $"given-{person.Number}"), [.. open.Where(work => work.Leader == person).Select(work => work.LineOfLeader)]);

            void Compare(string list, ShownList shown, IReadOnlyList<string> expected)
            {
                faults.AddRange(expected.Except(shown.Lines).Select(line => $"{list} of {person.Name} lacks '{line}'."));
                faults.AddRange(shown.Lines.Except(expected).Select(line => $"{list} of {person.Name} has '{line}'."));
                if (shown.Lines.Count != shown.Lines.Distinct().Count()) faults.Add($"{list} of {person.Name} has something twice.");
                if (shown.Count is { } count && count != expected.Count) faults.Add($"{list} of {person.Name} says that there are {count} of {expected.Count}.");
            }
        }
        return faults;
    }
}

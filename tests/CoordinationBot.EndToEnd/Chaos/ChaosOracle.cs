using System.Globalization;
using System.Text;
using CoordinationBot.Delegations;
using CoordinationBot.Meetings;
using CoordinationBot.Notices;
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

    /// <summary>Everything that anybody was to be told, and after which of the deeds.</summary>
    public IEnumerable<(Told Told, int After)> Tells =>
    [
        .. Deeds.SelectMany((deed, index) => deed.IsAcknowledged ? deed.Tells.Select(told => (told, index)) : []),
        .. OverdueAt is null ? (IEnumerable<(Told, int)>)[] : [(new Told(Leader, Overdue), Deeds.Count), (new Told(Worker, Overdue), Deeds.Count)],
    ];
}

/// <summary>A poll, with the last answer of each that a card confirmed.</summary>
internal sealed record PollFile(string Tag, string Id, ChaosPerson Organiser, IReadOnlyList<ChaosPerson> Asked)
{
    public Dictionary<ChaosPerson, IReadOnlyList<Vote>> Votes { get; } = [];
}

/// <summary>Holds what the store and the chats have in the end against what was acknowledged.</summary>
internal sealed class ChaosOracle(ChaosOffice office, ChaosChannel channel, IReadOnlyList<WorkFile> works, IReadOnlyList<PollFile> polls)
{
    /// <summary>What comes after a send until it is written down: somebody who dies in it, dies while sending.</summary>
    private static readonly TimeSpan Sending = TimeSpan.FromSeconds(2);

    /// <summary>The longest pause after a death: the one of a send that nobody knows the end of, and the look at it.</summary>
    public static readonly TimeSpan Late = NoticeDelivery.SendingTime + ChaosHost.Hide + TimeSpan.FromSeconds(15);

    /// <summary>The wait after a send that failed, before the next try.</summary>
    private static readonly TimeSpan AfterFailure = CardSender.Windows[0];

    public int Acknowledged => works.Sum(work => work.Deeds.Count(deed => deed.IsAcknowledged)) + polls.Sum(poll => poll.Votes.Count);

    public int NoticesOwed => works.Sum(work => work.Tells.Count()) + polls.Sum(poll => poll.Asked.Count + 1);

    /// <summary>Second messages that were excused by a death, an outage or an unknown outcome.</summary>
    public int Excused { get; private set; }

    public TimeSpan LatestReminder { get; private set; }

    /// <summary>What nobody has seen yet.</summary>
    public IReadOnlyList<string> Unseen() =>
    [
        .. works.SelectMany(work => work.Tells.Where(tell => !IsSeen(work, tell.Told, tell.After)).Select(tell => $"{work.Id} {work.Tag}: {tell.Told.To.Name} was never told '{tell.Told.Sentence}'.")),
        .. polls.SelectMany(poll => Tells(poll).Where(told => MessagesOf(poll.Tag, told).Count == 0).Select(told => $"{poll.Id} {poll.Tag}: {told.To.Name} was never told '{told.Sentence}'.")),
    ];

    public async Task<IReadOnlyList<string>> FaultsAsync(CancellationToken cancel)
    {
        List<string> faults = [.. Unseen()];
        var tables = new AzureTables(office.Table, TimeProvider.System);
        foreach (var work in works) faults.AddRange((await CheckAsync(tables, work, cancel)).Concat(Repeats(work)).Concat(Reminders(work)).Select(fault => $"{work.Id} {work.Tag}: {fault}"));
        foreach (var poll in polls) faults.AddRange((await CheckAsync(tables, poll, cancel)).Select(fault => $"{poll.Id} {poll.Tag}: {fault}"));
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

    /// <summary>It came as a message, or the person did something later and so has seen how it stands.</summary>
    private bool IsSeen(WorkFile work, Told told, int after) =>
        MessagesOf(work.Tag, told).Count > 0 || work.Deeds.Skip(after + 1).Any(later => later.By == told.To && later.IsAcknowledged);

    private List<Delivered> MessagesOf(string tag, Told told) =>
        [.. channel.Everything.Where(message => message.To == told.To && message.Words.Contains(told.Sentence, StringComparison.Ordinal) && message.Words.Contains(tag, StringComparison.Ordinal))];

    /// <summary>More messages than there were reasons, without an excuse.</summary>
    private IEnumerable<string> Repeats(WorkFile work)
    {
        foreach (var told in work.Tells.Select(tell => tell.Told).GroupBy(told => told))
        {
            var messages = MessagesOf(work.Tag, told.Key);
            var excess = messages.Count - told.Count();
            if (excess <= 0) continue;
            var excuses = messages.Count(IsExcuse);
            if (excess > excuses) yield return $"{told.Key.To.Name} was told '{told.Key.Sentence}' {messages.Count} times for {told.Count()}, and {excuses} were cut short: {string.Join(", ", messages.Select(message => $"{message.At:HH:mm:ss.fff} by {message.Host}"))}.";
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
            // What stood in its way: whatever was down then, and a send that failed. Where nothing did, it is at once.
            var free = office.Deaths.Select(death => death.At).Concat(office.Outages.Select(outage => outage.Until)).Where(end => end < first.At).DefaultIfEmpty(due).Max();
            if (first.At - (free > due ? free : due) > Late + AfterFailure) yield return $"{to.Name} was reminded {late} too late.";
        }
    }
}

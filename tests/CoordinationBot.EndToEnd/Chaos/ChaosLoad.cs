using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CoordinationBot.Authority;
using CoordinationBot.Delegations;
using CoordinationBot.Meetings;
using CoordinationBot.Storage;
using CoordinationBot.Tests.Scenarios;
using Microsoft.Extensions.Logging.Abstractions;

namespace CoordinationBot.EndToEnd.Chaos;

/// <summary>A list as somebody was shown it.</summary>
/// <param name="Lines">Its lines.</param>
/// <param name="Count">The sum above them; null: all are on one page.</param>
internal sealed record ShownList(IReadOnlyList<string> Lines, int? Count);

/// <summary>What people do all day, and the books of what was acknowledged to them.</summary>
internal sealed partial class ChaosLoad(ChaosOffice office, ChaosChannel channel, ChaosClient client, Seeded seeded, CancellationToken cancel)
{
    public static readonly IReadOnlyList<ChaosPerson> People =
        [.. ((string[])["Ada Ames", "Ben Boyd", "Cleo Cole", "Dan Dorn", "Eve Eder", "Finn Falk", "Gil Gray", "Hope Hale"]).Select((name, index) => new ChaosPerson(name, index + 1))];

    private const int AtATime = 6;
    private const int Steps = 4;

    private static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(4);

    private readonly ConcurrentDictionary<ChaosPerson, SemaphoreSlim> _typing = new();
    private readonly ConcurrentQueue<WorkFile> _works = new();
    private readonly ConcurrentQueue<PollFile> _polls = new();
    private int _stories;

    /// <summary>One of the stories could not go on: the run ends.</summary>
    public bool HasFailed { get; private set; }

    public IReadOnlyList<WorkFile> Works => [.. _works];

    public IReadOnlyList<PollFile> Polls => [.. _polls];

    public async Task InstallAsync()
    {
        foreach (var person in People)
        {
            await client.InstallAsync(person, $"install-{person.Number}");
            await client.SayAsync(person, "help", $"hello-{person.Number}");
        }
    }

    /// <summary>Several stories at a time, one after another, until it is enough.</summary>
    public Task RunAsync(Func<bool> isEnough) => Task.WhenAll(Enumerable.Range(0, AtATime).Select(_ => Task.Run(async () =>
    {
        try
        {
            while (!isEnough() && !HasFailed) await TellAsync(Interlocked.Increment(ref _stories));
        }
        catch
        {
            HasFailed = true;
            throw;
        }
    }, cancel)));

    /// <summary>The lines of a list that somebody asks for, page after page, and how many there are by the sum above them, where it stands.</summary>
    public async Task<ShownList> ListAsync(ChaosPerson who, string typed, string heading, string name)
    {
        List<string> lines = [];
        int? count = null;
        for (var (card, page) = (await TypeAsync(who, heading, typed, name), 1); ; page++)
        {
            var words = CardReading.Words(card).ToList();
            lines.AddRange(words.Where(word => Lines().IsMatch(word)));
            if (words.Select(word => Sums().Match(word)).FirstOrDefault(match => match.Success) is { } sum) count = int.Parse(sum.Groups["sum"].Value, NumberStyles.AllowThousands, CultureInfo.InvariantCulture);
            if (CardReading.Buttons(card).FirstOrDefault(button => button.Title == "More") is not { Action: { } more }) return new ShownList(lines, count);
            (card, _) = await client.PressAsync(who, more["verb"]!.GetValue<string>(), more["data"]!.AsObject(), string.Create(CultureInfo.InvariantCulture, $"{name}-{page}"));
        }
    }

    /// <summary>Those who could not be reached come back: they say something.</summary>
    public async Task ComeBackAsync(string name)
    {
        foreach (var person in People) await client.SayAsync(person, "help", $"back-{person.Number}-{name}");
    }

    private Task TellAsync(int number) => (number % 6) switch
    {
        0 => PollAsync(number),
        1 or 4 => GrantAsync(number),
        2 when channel.IsUncertain => LeaveOverdueAsync(number),
        _ => StepByStepAsync(number),
    };

    /// <summary>Exact steps: each done in its turn, an expense that needs the leader, a result that comes back once.</summary>
    private async Task StepByStepAsync(int number)
    {
        var work = await GiveAsync(number, "exactly: collect figures; fill template; have it read; send it", new() { ["type"] = "Deterministic" });
        await AcceptAsync(work);
        await AskAndAnswerAsync(work);
        await ForbiddenAsync(work);
        for (var step = 1; step <= Steps; step++)
        {
            await ActAsync(work, work.Worker, "delegation.complete", [], new Deed(work.Worker, $"Completed step {step}"));
            if (step == 2) await SpendWithApprovalAsync(work);
        }
        await HandInAsync(work, "returned once");
        await ActAsync(work, work.Leader, "delegation.result-return", new() { ["reason"] = $"More, please {work.Tag}" }, new Deed(work.Leader, $"Returned: More, please {work.Tag}") { Tells = [new(work.Worker, $"{work.Leader.Name} returned this to you.")] });
        await HandInAsync(work, "and now");
        await ActAsync(work, work.Leader, "delegation.result-accept", [], new Deed(work.Leader, "Accepted as done") { Tells = [new(work.Worker, $"{work.Leader.Name} accepted the result. Thank you.")] });
    }

    /// <summary>A budget: many small expenses out of it, some of which nobody waits for.</summary>
    private async Task GrantAsync(int number)
    {
        var work = await GiveAsync(number, "", new() { ["type"] = "Flexible", ["outcome"] = "Everybody is fed.", ["budget"] = "9,000 EUR", ["involve"] = "Anyone" });
        await AcceptAsync(work);
        for (var expense = 1; expense <= 8; expense++)
        {
            var amount = 1 + (seeded.Of($"amount|{number}|{expense}", 20_000) / 100m);
            var what = string.Create(CultureInfo.InvariantCulture, $"bread {number:D4}-{expense}");
            var (verb, data) = await DeclareAsync(work, amount, what);
            var name = $"{work.Tag}-spend-{expense}";
            var deed = new Deed(work.Worker, $"Spent {Money(amount)} EUR on {what}.") { Spent = amount };
            if (seeded.Is($"leaves|{name}", 0.15))
            {
                work.Deeds.Add(deed with { IsAcknowledged = false });
                await client.PressAndLeaveAsync(work.Worker, verb, data, name);
                continue;
            }
            await client.PressAsync(work.Worker, verb, data, name);
            work.Deeds.Add(deed);
        }
        await AskAndAnswerAsync(work);
        await HandInAsync(work, "fed");
    }

    /// <summary>Accepted, and then left until it is overdue.</summary>
    private async Task LeaveOverdueAsync(int number)
    {
        var work = await GiveAsync(number, "exactly: water the plants", new() { ["type"] = "Deterministic" }, isSoon: true);
        await AcceptAsync(work);
    }

    private async Task PollAsync(int number)
    {
        var tag = Tag(number);
        var people = Shuffled(number);
        var organiser = people[0];
        List<ChaosPerson> asked = [.. people.Skip(1).Take(3)];
        var zone = "Etc/UTC";
        var today = DateTimeOffset.UtcNow.Date;
        List<MeetingTime> times = [.. Enumerable.Range(4, 3).Select(day => new MeetingTime(new DateTimeOffset(today, TimeSpan.Zero).AddDays(day).AddHours(10), 45, zone))];
        var meeting = new Meeting
        {
            Id = "",
            Tenant = ChaosOffice.Tenant,
            Organiser = new Party(organiser.ObjectId, organiser.Name),
            Subject = $"Budget {tag}",
            Invitees = [.. asked.Select(person => new Invitee { Key = person.ObjectId, Name = person.Name, IsRequired = true })],
            Minutes = 45,
            Window = new MeetingWindow(DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.AddDays(14), zone),
            State = MeetingState.Finding,
            Revision = 1,
            Origin = tag,
            CreatedAt = DateTimeOffset.UtcNow,
        };
        var id = (await UntilStoredAsync(store => store.CreateAsync(ChaosOffice.Tenant, tag, null, given => MeetingRules.Begin(meeting with { Id = given }), cancel).AsTask())).Id;
        var file = new PollFile(tag, id, organiser, asked);
        var question = new JsonObject
        {
            ["id"] = id,
            [PollInputs.Chosen] = PollInputs.Write(times.Select(time => time.Start)),
            [PollInputs.Date] = today.AddDays(3).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            [PollInputs.Time] = "10:00",
        };
        await client.PressAsync(organiser, "meeting.poll", question, $"{tag}-poll");
        await Task.WhenAll(asked.Select(async person =>
        {
            for (var round = 1; round <= 3; round++)
            {
                List<Vote> votes = [.. Enumerable.Range(0, times.Count).Select(index => (Vote)seeded.Of($"vote|{tag}|{person.Number}|{round}|{index}", 3))];
                var (card, _) = await client.PressAsync(person, "meeting.view", new JsonObject { ["id"] = id }, $"{tag}-ballot-{person.Number}-{round}");
                var ballot = card.Button("meeting.vote") ?? throw new InvalidOperationException($"{person.Name} has no ballot of {tag}: {card.Words()}");
                for (var index = 0; index < votes.Count; index++) ballot[PollInputs.Vote(index)] = votes[index].ToString();
                await client.PressAsync(person, "meeting.vote", ballot, $"{tag}-vote-{person.Number}-{round}");
                lock (file) file.Votes[person] = votes;
            }
        }));
        _polls.Enqueue(file);
    }

    // ---- what the stories share

    /// <summary>To the minute, as it is typed, and far enough away to be accepted before.</summary>
    private static DateTimeOffset Soon() => DateTimeOffset.UtcNow + TimeSpan.FromMinutes(2) is var soon ? new(soon.Year, soon.Month, soon.Day, soon.Hour, soon.Minute, 0, TimeSpan.Zero) : default;

    /// <summary>Types the sentence, fills in the rest on the card, and sends it.</summary>
    /// <param name="number">Of the story.</param>
    /// <param name="steps">As they are typed.</param>
    /// <param name="values">What is filled in.</param>
    /// <param name="isSoon">It is due in a minute or two, and so again when that passes while hosts end.</param>
    private async Task<WorkFile> GiveAsync(int number, string steps, Dictionary<string, string> values, bool isSoon = false)
    {
        var tag = Tag(number);
        var people = Shuffled(number);
        var (leader, worker) = (people[0], people[1]);
        DateTimeOffset? due = null;
        // A person fills in one thing at a time.
        var typing = _typing.GetOrAdd(leader, _ => new SemaphoreSlim(1));
        await typing.WaitAsync(cancel);
        string id;
        try
        {
            due = isSoon ? Soon() : null;
            var when = (due ?? DateTimeOffset.UtcNow.AddDays(3)).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
            var card = await TypeAsync(leader, tag, $"delegate \"Work {tag}\" to {worker.Name} by {when}{(steps.Length > 0 ? ", " : "")}{steps}", tag);
            for (var page = 1; card.Button("delegation.send") is null; page++)
            {
                var form = card.Button("delegation.form") ?? throw new InvalidOperationException($"{tag} has nothing to fill in: {card.Words()}");
                Assert.True(page < 6, $"{tag} is never filled in: {card.Words()}");
                foreach (var (field, value) in values) form[field] = value;
                if (due < DateTimeOffset.UtcNow.AddSeconds(30))
                {
                    due = Soon();
                    (form["due.date"], form["due.time"]) = (due.Value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), due.Value.ToString("HH:mm", CultureInfo.InvariantCulture));
                }
                (card, _) = await client.PressAsync(leader, "delegation.form", form, $"{tag}-form-{page}");
            }
            (card, _) = await client.PressAsync(leader, "delegation.send", card.Button("delegation.send")!, $"{tag}-send");
            id = Ids().Match(card.Words()) is { Success: true } match ? match.Value : throw new InvalidOperationException($"{tag} was not sent: {card.Words()}");
        }
        finally
        {
            typing.Release();
        }
        var work = new WorkFile(tag, id, leader, worker, due);
        work.Deeds.Add(new Deed(leader, $"Offered to {worker.Name}") { Tells = [new(worker, $"{leader.Name} asks you to take this on.")] });
        _works.Enqueue(work);
        return work;
    }

    /// <summary>Types until a card comes: the answer to something typed can be lost on its way.</summary>
    private async Task<JsonObject> TypeAsync(ChaosPerson who, string words, string sentence, string name)
    {
        var before = channel.Find(who, words)?.Id;
        for (var attempt = 1; attempt < 40; attempt++)
        {
            await client.SayAsync(who, sentence, string.Create(CultureInfo.InvariantCulture, $"{name}-typed-{attempt}"));
            for (var until = DateTimeOffset.UtcNow + AnswerTime; DateTimeOffset.UtcNow < until; await Task.Delay(50, cancel))
            {
                if (channel.Find(who, words) is { } shown && shown.Id != before) return shown.Card;
            }
        }
        throw new TimeoutException($"{who.Name} typed and got no card: {sentence}");
    }

    private Task AcceptAsync(WorkFile work) => ActAsync(work, work.Worker, "delegation.accept", new() { ["brief"] = $"I do {work.Tag}." },
        new Deed(work.Worker, $"Accepted version 1: I do {work.Tag}.") { Tells = [new(work.Leader, $"{work.Worker.Name} accepted. Please read the back-brief.")] });

    private Task HandInAsync(WorkFile work, string result) => ActAsync(work, work.Worker, "delegation.hand-in", new() { ["result"] = $"{result} {work.Tag}" },
        new Deed(work.Worker, $"Handed in: {result} {work.Tag}") { Tells = [new(work.Leader, $"{work.Worker.Name} handed in the result. Please accept or return it.")] });

    private async Task AskAndAnswerAsync(WorkFile work)
    {
        await ActAsync(work, work.Worker, "delegation.ask", new() { ["question"] = $"Which year {work.Tag}?" }, new Deed(work.Worker, $"Asked: Which year {work.Tag}?") { Tells = [new(work.Leader, $"{work.Worker.Name} has a question.")] });
        await ActAsync(work, work.Leader, "delegation.answer", new() { ["answer"] = "Next year." }, new Deed(work.Leader, $"Answered “Which year {work.Tag}?”: Next year.") { Tells = [new(work.Worker, $"{work.Leader.Name} answered your question.")] });
    }

    /// <summary>Refused and recorded: the operation alone tells a second delivery from a second attempt.</summary>
    private async Task ForbiddenAsync(WorkFile work)
    {
        var data = await ButtonAsync(work, work.Worker, "delegation.complete");
        data["step"] = "3";
        // A press that got no answer may still come when the first step is done.
        var (_, ids) = await client.PressAsync(work.Worker, "delegation.complete", data, $"{work.Tag}-forbidden", isKeyed: false);
        work.Deeds.Add(new Deed(work.Worker, "Not permitted: completing step 3 before step") { Most = ids });
    }

    private async Task SpendWithApprovalAsync(WorkFile work)
    {
        var amount = 1 + (seeded.Of($"approved|{work.Tag}", 20_000) / 100m);
        var act = $"spend {Money(amount)} EUR on stamps {work.Tag}";
        var (verb, data) = await DeclareAsync(work, amount, $"stamps {work.Tag}");
        await client.PressAsync(work.Worker, verb, data, $"{work.Tag}-stamps");
        work.Deeds.Add(new Deed(work.Worker, $"Needs approval by {work.Leader.Name}: {act}") { Tells = [new(work.Leader, $"{work.Worker.Name} asks to {act}. Please decide.")] });
        await ActAsync(work, work.Leader, "delegation.approval-approve", [], new Deed(work.Leader, $"Approved by {work.Leader.Name}: {act}") { Spent = amount, Tells = [new(work.Worker, $"{work.Leader.Name} approved: {act}.")] });
    }

    private async Task<(string Verb, JsonObject Data)> DeclareAsync(WorkFile work, decimal amount, string what)
    {
        var ask = await ButtonAsync(work, work.Worker, "delegation.change-ask", "delegation.declare-ask");
        ask["change"] = nameof(ActKind.Spend);
        var (card, _) = await client.PressAsync(work.Worker, "delegation.declare-ask", ask, $"{work.Tag}-ask-{what}");
        var data = card.Button("delegation.declare") ?? throw new InvalidOperationException($"{work.Tag} takes no expense: {card.Words()}");
        data["amount"] = $"{Money(amount)} EUR";
        data["what"] = what;
        return ("delegation.declare", data);
    }

    /// <summary>Presses a button of the card as it is now, and keeps in the books what the card confirmed.</summary>
    private async Task ActAsync(WorkFile work, ChaosPerson who, string verb, Dictionary<string, string> inputs, Deed deed)
    {
        var data = await ButtonAsync(work, who, verb);
        foreach (var (field, value) in inputs) data[field] = value;
        await client.PressAsync(who, verb, data, $"{work.Tag}-{work.Deeds.Count}");
        work.Deeds.Add(deed);
    }

    private async Task<JsonObject> ButtonAsync(WorkFile work, ChaosPerson who, params string[] verbs)
    {
        var (card, _) = await client.PressAsync(who, "delegation.view", new JsonObject { ["id"] = work.Id }, string.Create(CultureInfo.InvariantCulture, $"{work.Tag}-view-{work.Deeds.Count}-{verbs[0]}"));
        return verbs.Select(verb => card.Button(verb)).OfType<JsonObject>().FirstOrDefault()
            ?? throw new InvalidOperationException($"{who.Name} has no {verbs[0]} on {work.Id} {work.Tag}: {card.Words()}");
    }

    /// <summary>The storage may be down just now.</summary>
    private async Task<T> UntilStoredAsync<T>(Func<MeetingStore, Task<T>> write)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var queue = new AzureWorkQueue(AzureAccount.Queue(office.Storage, null), TimeProvider.System);
                var tables = new AzureTables(office.Table, TimeProvider.System);
                using var loop = new WorkLoop(queue, new PoisonRows(tables, queue, TimeProvider.System), new WorkHandlers(), new WorkPolling(TimeSpan.MaxValue, TimeSpan.MaxValue), TimeProvider.System, NullLogger<WorkLoop>.Instance);
                return await write(new MeetingStore(tables, new WorkScheduler(queue, loop, TimeProvider.System)));
            }
            catch (StorageException) when (attempt < 30)
            {
                await Task.Delay(TimeSpan.FromSeconds(1), cancel);
            }
        }
    }

    private ChaosPerson[] Shuffled(int number) => [.. People.OrderBy(person => seeded.Of($"order|{number}|{person.Number}"))];

    private static string Tag(int number) => string.Create(CultureInfo.InvariantCulture, $"W{number:D5}");

    private static string Money(decimal amount) => amount.ToString(amount == decimal.Truncate(amount) ? "#,##0" : "#,##0.00", CultureInfo.InvariantCulture);

    [GeneratedRegex("D-[0-9A-HJKMNP-TV-Z]{6}")]
    private static partial Regex Ids();

    [GeneratedRegex("^D-[0-9A-HJKMNP-TV-Z]{6} · ")]
    private static partial Regex Lines();

    [GeneratedRegex(" of (?<sum>[0-9,]+), what is due first comes first")]
    private static partial Regex Sums();
}

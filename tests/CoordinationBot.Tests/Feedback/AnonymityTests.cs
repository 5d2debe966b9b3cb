using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using CoordinationBot.Feedbacks;
using CoordinationBot.Protocol.Turns;
using CoordinationBot.Tests.Scenarios;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CoordinationBot.Tests.Feedbacks;

/// <summary>
/// Anonymity is proven, not promised: somebody with everything that is stored, queued, logged and sent, but without the authors' cards, says no better
/// than by chance who wrote what. And the proof is worth something: it fails as soon as anything leaks.
/// </summary>
public sealed partial class AnonymityTests
{
    private const int People = 100;

    /// <summary>
    /// Chance is what the guesses hit when the true authors of letters that were handed over together are dealt out anew among them: the linker may know of each letter with which
    /// others it came. Ten ways, each at most five standard deviations above that mean: were it all chance, one run in 300,000 or so would fail.
    /// </summary>
    private const double Deviations = 5;

    private const int Deals = 400;

    [Fact]
    public async Task Who_has_everything_but_the_cards_links_a_thousand_letters_no_better_than_by_chance()
    {
        var (evidence, truth, secrets) = await DayAsync(1000, null);
        Assert.Equal(1000, evidence.Anonymous.Count);
        Assert.Empty(Linked(evidence, truth));

        // What only the cards hold is nowhere else: not in a row, not in the queue, not in a line of the log.
        foreach (var secret in secrets)
        {
            Assert.DoesNotContain(evidence.Rows, row => row.Data.Contains(secret, StringComparison.Ordinal) || row.Key.Contains(secret, StringComparison.Ordinal));
        }
        var log = string.Join('\n', evidence.Log);
        Assert.DoesNotContain(secrets, secret => log.Contains(secret, StringComparison.Ordinal));
        Assert.DoesNotContain(evidence.Anonymous, row => log.Contains(Linker.IdOf(row), StringComparison.Ordinal) && log.Contains(Text(row), StringComparison.Ordinal));

        // The same linker with the same bound finds what is planted.
        Assert.NotEmpty(Linked(Plant(evidence, truth, (row, person, _) => [row, new StoredRow(row.Partition, $"operation|{evidence.Operations.First(known => known.Value == person).Key}", 0, "{}")]), truth));
        Assert.NotEmpty(Linked(Plant(evidence, truth, (row, person, _) => [row with { Data = $"{row.Data[..^1]},\"Conversation\":\"{evidence.People[person][2]}\"}}" }]), truth));
        Assert.NotEmpty(Linked(Plant(evidence, truth, (row, _, at) => [row with { Data = $"{row.Data[..^1]},\"At\":\"{at:O}\"}}" }]), truth));
        Assert.NotEmpty(Linked(evidence with { Log = [.. evidence.Log, .. evidence.Anonymous.Select(row => $"Operation {evidence.Operations.First(known => known.Value == truth[Number(row)]).Key} made {Linker.IdOf(row)}")] }, truth));
        // In a row of another partition as well.
        Assert.NotEmpty(Linked(Plant(evidence, truth, (row, person, _) => [row, new StoredRow($"{TestOffice.Tenant}|P|{evidence.People[person][0]}", $"sent|{Handle(row)}", 0, $"\"{evidence.People[person][0]}\"")]), truth));
    }

    [Fact]
    public async Task An_order_that_is_kept_is_found()
    {
        // Always the last place of the last box, and a shuffle that moves nothing.
        var (evidence, truth, _) = await DayAsync(300, below => below - 1);
        Assert.Contains(Linked(evidence, truth), way => way.Contains("versions", StringComparison.Ordinal));
    }

    // ---- the linker's success

    /// <summary>The ways that hit better than chance, with how often.</summary>
    private static List<string> Linked(Evidence evidence, Dictionary<int, int> truth)
    {
        var items = evidence.Anonymous;
        var authors = items.Select(row => truth[Number(row)]).ToArray();
        var batches = BatchesOf(items);
        var random = new Random(1);
        List<string> linked = [];
        foreach (var (way, guesses) in Linker.Ways(evidence))
        {
            var hits = Hits(guesses, authors);
            var deals = new double[Deals];
            for (var deal = 0; deal < Deals; deal++)
            {
                var dealt = (int[])authors.Clone();
                foreach (var batch in batches)
                {
                    var shuffled = batch.Select(index => authors[index]).ToArray();
                    random.Shuffle(shuffled);
                    for (var place = 0; place < batch.Count; place++)
                    {
                        dealt[batch[place]] = shuffled[place];
                    }
                }
                deals[deal] = Hits(guesses, dealt);
            }
            var (mean, deviation) = (deals.Average(), Math.Sqrt(deals.Select(deal => (deal - deals.Average()) * (deal - deals.Average())).Average()));
            TestContext.Current.TestOutputHelper?.WriteLine($"{way}: {hits} of {items.Count}; by chance {mean:F1} ± {deviation:F1}, {batches.Count} batches");
            if (hits > mean + (Deviations * Math.Max(1, deviation)))
            {
                linked.Add($"{way}: {hits}, by chance {mean:F1}");
            }
        }
        return linked;
    }

    private static int Hits(int?[] guesses, int[] authors) => guesses.Where((guess, index) => guess == authors[index]).Count();

    /// <summary>Letters that were handed over together were stored one right after the other.</summary>
    private static List<List<int>> BatchesOf(IReadOnlyList<StoredRow> items)
    {
        List<List<int>> batches = [];
        var last = long.MinValue;
        foreach (var (row, index) in items.Select((row, index) => (row, index)).OrderBy(pair => pair.row.Version))
        {
            if (last == long.MinValue || row.Version - last > 150)
            {
                batches.Add([]);
            }
            batches[^1].Add(index);
            last = row.Version;
        }
        return batches;
    }

    private static Evidence Plant(Evidence evidence, Dictionary<int, int> truth, Func<StoredRow, int, DateTimeOffset, IEnumerable<StoredRow>> leak)
    {
        // When each author pressed: the k-th letter of somebody was their k-th press.
        var presses = evidence.Presses.ToLookup(seen => seen.Person);
        var letters = truth.GroupBy(known => known.Value).SelectMany(group => group.OrderBy(known => known.Key).Select((known, index) => (known.Key, At: presses[group.Key].ElementAt(index).At))).ToDictionary(known => known.Key, known => known.At);
        return evidence with { Rows = [.. evidence.Rows.SelectMany(row => row.Key == "state" && row.Partition.Contains("|F|", StringComparison.Ordinal) && !row.Data.Contains("\"Author\":", StringComparison.Ordinal) ? leak(row, truth[Number(row)], letters[Number(row)]) : [row])] };
    }

    private static int Number(StoredRow row) => int.Parse(Numbered().Match(row.Data).Groups["number"].Value, CultureInfo.InvariantCulture);

    private static string Text(StoredRow row) => Numbered().Match(row.Data).Value;

    private static string Handle(StoredRow row) => HandleIn().Match(row.Data).Groups["handle"].Value;

    // ---- the day

    /// <summary>
    /// A hundred people send so many letters through the real pipeline, in any order and at any moment, with named feedback and other turns between; then the morning comes.
    /// The number in a letter is for the test alone: it says which is which.
    /// </summary>
    private static async Task<(Evidence Evidence, Dictionary<int, int> Truth, List<string> Secrets)> DayAsync(int letters, Chance? chance)
    {
        var log = new ConcurrentQueue<string>();
        await using var office = new TestOffice(
            services =>
            {
                services.AddLogging(logging => logging.AddProvider(new EveryLine(log)).AddFilter<EveryLine>(null, LogLevel.Trace));
                if (chance is not null)
                {
                    services.AddSingleton(chance);
                }
            },
            administrators: "eve");
        // What a deduplication record of each turn would hold.
        var operations = new ConcurrentDictionary<string, string>(StringComparer.Ordinal);
        office.Services.GetRequiredService<RouteTable>().Before((turn, _) =>
        {
            operations[turn.OperationId] = turn.Actor.ObjectId;
            return new ValueTask<TurnResult>(TurnResult.Nothing.Instance);
        });
        await office.InstallAsync("eve");
        var people = Enumerable.Range(0, People).Select(number => office.Add($"author{number:D3}x", $"Author {number:D3}x")).ToList();
        foreach (var person in people)
        {
            await office.InstallAsync(person.Key);
        }
        List<Seen> sent = [];
        List<Seen> presses = [];
        var (truth, secrets) = (new Dictionary<int, int>(), new List<string>());
        var random = new Random(42);
        var order = Enumerable.Range(0, letters).Select(number => number % People).ToArray();
        random.Shuffle(order);
        for (var number = 0; number < letters; number++)
        {
            var who = order[number];
            var person = people[who];
            office.Clock.Advance(TimeSpan.FromSeconds(random.Next(1, 25)));
            var card = (await office.SaysAsync(person.Key, "problem")).Copy();
            sent.Add(new Seen(who, office.Clock.GetUtcNow(), card.Card!.ToJsonString().Length));
            secrets.Add(SecretIn().Match(card.Card!.ToJsonString()).Groups["secret"].Value);
            if (random.Next(3) == 0)
            {
                // Somebody signs theirs in between, or looks at something.
                var other = random.Next(People);
                var named = await office.SaysAsync(people[other].Key, "suggest more plants");
                if (random.Next(2) == 0)
                {
                    await office.ClicksAsync(people[other].Key, named.Copy(), "Send with my name", null, ("text", $"more plants, signed {number}"));
                }
            }
            office.Clock.Advance(TimeSpan.FromSeconds(random.Next(1, 5)));
            var text = $"letter number {number} {new string('w', random.Next(200))}";
            truth[number] = who;
            presses.Add(new Seen(who, office.Clock.GetUtcNow(), 0));
            await office.ClicksAsync(person.Key, card, "Send anonymously", null, ("text", text), ("kind", "Problem"));
        }
        await office.MorningAsync();
        await office.RestsAsync();
        Assert.Empty(await office.LettersAsync());
        var (rows, work) = await StoredAsync(office.Services.GetRequiredService<IConfiguration>()["Storage:Path"]!);
        return (new Evidence(rows, work, [.. log], sent, presses, [.. people.Select(person => (string[])[person.ObjectId, person.TeamsId, person.Chat, person.Name])], people.SelectMany((person, number) => operations.Where(known => known.Value == person.ObjectId).Select(known => (known.Key, number))).ToDictionary(known => known.Key, known => known.number)), truth, secrets);
    }

    private static async Task<(List<StoredRow> Rows, List<(string, string, long)> Work)> StoredAsync(string path)
    {
        await using var file = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ConnectionString);
        await file.OpenAsync();
        List<StoredRow> rows = [];
        await using (var select = file.CreateCommand())
        {
            select.CommandText = "SELECT partition, key, version, data FROM rows";
            await using var reader = await select.ExecuteReaderAsync();
            while (await reader.ReadAsync())
            {
                rows.Add(new StoredRow(reader.GetString(0), reader.GetString(1), reader.GetInt64(2), Encoding.UTF8.GetString((byte[])reader.GetValue(3))));
            }
        }
        List<(string, string, long)> work = [];
        await using (var select = file.CreateCommand())
        {
            select.CommandText = "SELECT kind, partition, due FROM work ORDER BY id";
            await using var reader = await select.ExecuteReaderAsync();
            while (await reader.ReadAsync())
            {
                work.Add((reader.GetString(0), reader.GetString(1), reader.GetInt64(2)));
            }
        }
        return (rows, work);
    }

    private sealed class EveryLine(ConcurrentQueue<string> lines) : ILoggerProvider
    {
        private readonly LoggerExternalScopeProvider _scopes = new();

        public ILogger CreateLogger(string categoryName) => new Lines(categoryName, lines, _scopes);

        public void Dispose()
        {
        }

        private sealed class Lines(string category, ConcurrentQueue<string> lines, LoggerExternalScopeProvider scopes) : ILogger
        {
            public IDisposable? BeginScope<TState>(TState state) where TState : notnull => scopes.Push(state);

            public bool IsEnabled(LogLevel logLevel) => true;

            public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
            {
                var line = new StringBuilder($"{category} {formatter(state, exception)} {exception}");
                scopes.ForEachScope((scope, text) => text.Append(' ').Append(scope), line);
                lines.Enqueue(line.ToString());
            }
        }
    }

    [GeneratedRegex("letter number (?<number>[0-9]+)")]
    private static partial Regex Numbered();

    [GeneratedRegex("\"Origin\":\"(?<handle>[0-9a-f]{64})\"")]
    private static partial Regex HandleIn();

    [GeneratedRegex("\"secret\":\"(?<secret>[0-9a-f]{64})\"")]
    private static partial Regex SecretIn();
}

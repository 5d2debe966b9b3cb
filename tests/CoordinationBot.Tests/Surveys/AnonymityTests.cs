using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CoordinationBot.People;
using CoordinationBot.Storage;
using CoordinationBot.Surveys;
using CoordinationBot.Tests.Scenarios;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CoordinationBot.Tests.Surveys;

/// <summary>
/// Somebody who has everything tries to link answers to people: a thousand answers, of a hundred people in ten surveys. They have every row with its version, the bytes of the file and its log,
/// the logs at their finest, the queue and what was sent, in the middle and at the end; and beyond that they know in which order people answered, and by which activity each did.
/// </summary>
/// <remarks>
/// A guess by chance puts the answers of a survey to its people in any order: the number that is right is then one on average (Poisson), so ten in ten surveys. More than 30 come by chance
/// once in some millions of runs: that is the bound on each attack.
/// </remarks>
public sealed partial class AnonymityTests
{
    private const int People = 100;
    private const int Surveys = 10;
    private const int ByChance = 30;

    [Fact]
    public async Task Whoever_has_everything_links_answers_to_people_no_better_than_by_chance()
    {
        var log = new Written();
        var sent = new ConcurrentQueue<string>();
        await using var office = new TestOffice(services => services.AddLogging(logging => logging
            .SetMinimumLevel(LogLevel.Trace).AddProvider(log).AddFilter<Written>(null, LogLevel.Trace).AddFilter<Written>("Microsoft.AspNetCore", LogLevel.Trace).AddFilter<Written>("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Trace)));
        office.Teams.Fault = request =>
        {
            sent.Enqueue(request.Content is null ? "" : new StreamReader(request.Content.ReadAsStream(), Encoding.UTF8).ReadToEnd());
            return null;
        };
        var people = Enumerable.Range(0, People).Select(number => office.Add($"p{number}", $"Person {number}")).ToList();
        await LearnAsync(office, people);
        var surveys = new List<Sample>();
        for (var number = 0; number < Surveys; number++)
        {
            surveys.Add(await OpenAsync(office, people, number));
        }
        await office.QuietAsync();

        // All surveys are answered at the same time; the first forty of each are there when somebody copies everything.
        var presses = surveys.SelectMany(survey => Shuffled(Enumerable.Range(0, People)).Select((person, turn) => (Survey: survey, Person: person, Turn: turn))).ToList();
        var half = new List<Row>();
        foreach (var early in (bool[])[true, false])
        {
            foreach (var (survey, person, _) in Shuffled(presses.Where(press => (press.Turn < 40) == early)))
            {
                survey.Arrived.Add(person);
                var pressed = await office.InvokesAsync(people[person].Key, "survey.answer", new JsonObject { ["id"] = survey.Id, ["q1"] = $"{(person % 5) + 1}", ["q2"] = survey.Tokens[person] }, survey.Activity(person));
                Assert.Contains("Your answer is in", pressed.Words, StringComparison.Ordinal);
            }
            if (early)
            {
                half.AddRange(await RowsAsync(office, surveys));
            }
        }
        foreach (var survey in surveys)
        {
            await office.InvokesAsync("ann", "survey.close", new JsonObject { ["id"] = survey.Id });
        }
        await office.UntilAsync(() => surveys.All(survey => office.SurveyAsync(survey.Id).GetAwaiter().GetResult().Survey.Phase == SurveyPhase.Closed) ? "closed" : null, () => "the close", "ann");
        await office.QuietAsync();
        var rows = await RowsAsync(office, surveys);
        var bytes = await BytesAsync(office);

        // Nothing that has an answer in it leaves the pages of its survey.
        var tokens = surveys.SelectMany(survey => survey.Tokens).ToHashSet(StringComparer.Ordinal);
        Assert.DoesNotContain(log.Lines.Concat(sent), line => Tokens().Matches(line).Any(match => tokens.Contains(match.Value)));
        Assert.Equal(People * Surveys, rows.Where(row => row.Key.StartsWith("text|", StringComparison.Ordinal)).Sum(row => Tokens().Count(Text(row))));
        Assert.DoesNotContain(rows.Concat(half), row => !row.Key.StartsWith("text|", StringComparison.Ordinal) && !row.Key.StartsWith("drawer|", StringComparison.Ordinal) && Tokens().IsMatch(Text(row)));
        // Whoever answers leaves no row: there are those of the survey, and those by which people were asked. After the close there is no mark any more.
        string[] known = ["state", "audience|", "drawer|", "text|", "outbox|", "card|"];
        Assert.DoesNotContain(rows.Concat(half), row => !known.Any(prefix => row.Key.StartsWith(prefix, StringComparison.Ordinal)));
        Assert.DoesNotContain(rows.Concat(half), row => surveys.Any(survey => (row.Key + Text(row)).Contains(survey.Prefix, StringComparison.Ordinal)));
        Assert.All(rows.Where(row => row.Key.StartsWith("drawer|", StringComparison.Ordinal)), row => Assert.Contains("\"Marks\":\"\"", Text(row), StringComparison.Ordinal));

        var attacks = new Dictionary<string, int>
        {
            ["texts in their order, to people in the order in which they answered"] = surveys.Sum(survey => survey.Right(TokensOf(rows, survey, "text|"), survey.Arrived)),
            ["texts in their order, to people in the order of their marks"] = surveys.Sum(survey => survey.Right(TokensOf(rows, survey, "text|"), survey.Marked)),
            ["texts in their order, to people in the order of their ids"] = surveys.Sum(survey => survey.Right(TokensOf(rows, survey, "text|"), [.. Enumerable.Range(0, People)])),
            ["what waits in its order, to people in the order in which they answered"] = surveys.Sum(survey => survey.Right(TokensOf(half, survey, "drawer|"), [.. survey.Arrived.Take(40)])),
            ["what waits in its order, to those with a mark in their order"] = surveys.Sum(survey => survey.Right(TokensOf(half, survey, "drawer|"), [.. survey.Marked.Where(survey.Arrived.Take(40).Contains)])),
            ["rows with one answer by their version, to people in the order in which they answered"] = surveys.Sum(survey => survey.Right(
                [.. rows.Where(row => row.Partition == survey.Partition && Tokens().Count(Text(row)) == 1).OrderBy(row => long.Parse(row.Version, CultureInfo.InvariantCulture)).Select(row => Tokens().Match(Text(row)).Value)], survey.Arrived)),
            ["two states of a drawer among the bytes of the file, one mark and one answer apart"] = surveys.Sum(survey => survey.Remnants(bytes)),
        };
        Assert.All(attacks, attack => Assert.True(attack.Value <= ByChance, $"{attack.Value} of {People * Surveys} answers were linked by: {attack.Key}."));
    }

    private static async Task LearnAsync(TestOffice office, List<FakePerson> people)
    {
        await office.InstallAsync("ann");
        var directory = office.Services.GetRequiredService<PeopleDirectory>();
        foreach (var person in people)
        {
            await directory.UpdateAsync(TestOffice.Tenant, person.ObjectId, _ => new Person
            {
                Tenant = TestOffice.Tenant,
                ObjectId = person.ObjectId,
                TeamsId = person.TeamsId,
                Name = person.Name,
                ServiceUrl = "http://localhost:9/teams/",
                BotId = $"28:{TestOffice.AppId}",
                PersonalConversation = person.Chat,
            }, CancellationToken.None);
        }
    }

    private static async Task<Sample> OpenAsync(TestOffice office, List<FakePerson> people, int number)
    {
        var frozen = await SurveySamples.OpenAsync(office, people, $"linked-{number}", SurveySamples.Terms(People, minimum: 50));
        return new Sample(frozen.Id, [.. people.Select(_ => $"word-{Guid.NewGuid():N}")], [.. Enumerable.Range(0, People).OrderBy(person => frozen.Places[people[person].ObjectId].Mark)]);
    }

    private static async Task<List<Row>> RowsAsync(TestOffice office, List<Sample> surveys)
    {
        List<Row> rows = [];
        foreach (var survey in surveys)
        {
            rows.AddRange(await office.Services.GetRequiredService<ITables>().QueryAsync(survey.Partition, "", 1000, null, CancellationToken.None));
        }
        return rows;
    }

    /// <summary>The file and its log as they lie there while the host runs, once nobody has written for a moment.</summary>
    private static async Task<string> BytesAsync(TestOffice office)
    {
        var path = office.Services.GetRequiredService<IOptions<StorageOptions>>().Value.Path;
        for (var since = TimeProvider.System.GetTimestamp(); new FileInfo($"{path}-wal").Length > 0 && TimeProvider.System.GetElapsedTime(since) < TimeSpan.FromSeconds(10);)
        {
            await Task.Delay(100);
        }
        SqliteConnection.ClearAllPools();
        var all = new StringBuilder();
        foreach (var file in (string[])[path, $"{path}-wal"])
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(stream, Encoding.Latin1);
            all.Append(await reader.ReadToEndAsync());
        }
        return all.ToString();
    }

    private static string[] TokensOf(IEnumerable<Row> rows, Sample survey, string prefix) =>
        [.. rows.Where(row => row.Partition == survey.Partition && row.Key.StartsWith(prefix, StringComparison.Ordinal)).OrderBy(row => row.Key, StringComparer.Ordinal).SelectMany(row => Tokens().Matches(Text(row)).Select(match => match.Value))];

    private static string Text(Row row) => Encoding.UTF8.GetString(row.Data.Span);

    private static T[] Shuffled<T>(IEnumerable<T> items)
    {
        var all = items.ToArray();
        Random.Shared.Shuffle(all);
        return all;
    }

    [GeneratedRegex("word-[0-9a-f]{32}")]
    private static partial Regex Tokens();

    [GeneratedRegex("\"Marks\":\"(?<marks>[A-Za-z0-9+/=]*)\",\"Pending\":\\[(?<pending>[^}]*)")]
    private static partial Regex Drawers();

    /// <summary>A survey, and what is true of it.</summary>
    /// <param name="Id">Which.</param>
    /// <param name="Tokens">What each person writes.</param>
    /// <param name="Marked">People in the order of their marks.</param>
    private sealed record Sample(string Id, string[] Tokens, int[] Marked)
    {
        public string Partition => SurveyRows.Partition(TestOffice.Tenant, Id);

        public List<int> Arrived { get; } = [];

        public string Prefix => $"press-{Id}-";

        public string Activity(int person) => $"{Prefix}{person}";

        /// <summary>How many of these answers are those of the person at the same place.</summary>
        public int Right(IReadOnlyList<string> answers, IReadOnlyList<int> people) => answers.Zip(people).Count(pair => Tokens[pair.Second] == pair.First);

        /// <summary>How many are right of those that two states of a drawer tell: one more mark, one more answer.</summary>
        public int Remnants(string bytes)
        {
            var states = Drawers().Matches(bytes)
                .Select(match => (Marks: Convert(match.Groups["marks"].Value), Answers: AnonymityTests.Tokens().Matches(match.Groups["pending"].Value).Select(token => token.Value).ToHashSet(StringComparer.Ordinal)))
                .Where(state => state.Answers.Count > 0 && state.Answers.All(Tokens.Contains))
                .ToList();
            HashSet<(int, string)> linked = [];
            foreach (var (before, after) in states.SelectMany(before => states.Select(after => (before, after))))
            {
                if (after.Marks.Except(before.Marks).ToList() is [var mark] && after.Answers.Except(before.Answers).ToList() is [var answer] && mark < Marked.Length && Tokens[Marked[mark]] == answer)
                {
                    linked.Add((mark, answer));
                }
            }
            return linked.Count;
        }

        private static HashSet<int> Convert(string base64)
        {
            var buffer = new byte[base64.Length];
            return System.Convert.TryFromBase64String(base64, buffer, out var length) ? [.. Enumerable.Range(0, length * 8).Where(bit => (buffer[bit / 8] & (1 << (bit % 8))) != 0)] : [];
        }
    }

    /// <summary>Everything that is logged, with what it is about.</summary>
    private sealed class Written : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Lines { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull
        {
            Lines.Enqueue(state.ToString() ?? "");
            return null;
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Lines.Enqueue($"{formatter(state, exception)} {exception}");

        public void Dispose()
        {
        }
    }
}

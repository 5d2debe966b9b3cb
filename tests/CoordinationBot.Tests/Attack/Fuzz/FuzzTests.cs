using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json;
using CoordinationBot.Protocol.Hosting;
using CoordinationBot.Protocol.Turns;
using CoordinationBot.Tests.Scenarios;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CoordinationBot.Tests.Attack.Fuzz;

/// <summary>Whatever comes to the message endpoint, the host goes on and its store stays readable. Longer runs by environment variables, see ../README.md.</summary>
[Collection(nameof(FuzzTests))]
public sealed class FuzzTests(ITestOutputHelper output)
{
    private const int InFlight = 16;

    /// <summary>Activities of one organisation; then the next is explored, since in the end everything in one is over.</summary>
    private const int MostOfOne = 20_000;

    /// <summary>Organisations whose shapes are still used beside the newest.</summary>
    private const int Remembered = 3;

    /// <summary>What the heap may grow by after the first half, whatever was sent.</summary>
    private const long MostGrowth = 48 * 1024 * 1024;

    /// <summary>No card is larger, whatever was sent: the channel refuses those of 100 KB (platform.md B).</summary>
    private const int LargestAnswer = 100 * 1024;

    /// <summary>Of a hundred card actions, those that the explorer must come to; the others are sent with what their neighbours carry.</summary>
    private const int LeastReached = 65;

    [Fact]
    public async Task Whatever_is_sent_the_host_goes_on_and_its_store_stays_readable()
    {
        var (activities, seed) = (Setting("FUZZ_ACTIVITIES", 10_000), Setting("FUZZ_SEED", 1));
        output.WriteLine($"FUZZ_SEED={seed} FUZZ_ACTIVITIES={activities}");
        var rounds = Math.Max(2, (activities + MostOfOne - 1) / MostOfOne);
        var organisations = Enumerable.Range(0, rounds).Select(Organisation).ToList();
        var clock = Stopwatch.StartNew();
        await using var attacked = await AttackedOffice.StartAsync(
            web => web.ConfigureAppConfiguration((_, settings) => settings.AddInMemoryCollection(organisations.Select((organisation, index) => KeyValuePair.Create<string, string?>($"Bot:AllowedTenants:{index}", organisation.Tenant)))),
            [.. organisations.Select(organisation => organisation.People[2].ObjectId)]);
        var office = attacked.Office;
        string[] verbs = [.. office.Services.GetRequiredService<RouteTable>().Verbs.Order(StringComparer.Ordinal)];
        var (statuses, faults, reached) = (new ConcurrentDictionary<HttpStatusCode, int>(), new ConcurrentQueue<string>(), new HashSet<string>(StringComparer.Ordinal));
        List<Corpus> corpora = [];
        var (sent, warm) = (0, 0L);
        for (var round = 0; round < rounds && faults.IsEmpty; round++)
        {
            var (tenant, people) = organisations[round];
            foreach (var person in people)
            {
                office.Teams.People[person.Key] = person;
            }
            office.Teams.IsKeeping = true;
            if (round == 0)
            {
                await Stories.TellAsync(office);
            }
            var corpus = await new Explorer(office, tenant, [.. people.Select(person => person.Key)]).ExploreAsync();
            office.Teams.IsKeeping = false;
            office.Teams.Forget();
            reached.UnionWith(corpus.Shapes.Select(shape => shape.Name));
            corpora = [.. corpora.TakeLast(Remembered), corpus];
            var mutator = new Mutator(seed, corpora, verbs);
            var upTo = (int)((long)activities * (round + 1) / rounds);
            await Parallel.ForEachAsync(Enumerable.Range(sent, upTo - sent), new ParallelOptions { MaxDegreeOfParallelism = InFlight }, async (number, cancel) =>
            {
                var body = mutator.Make(number);
                using var answer = await SendAsync(office, body);
                statuses.AddOrUpdate(answer.StatusCode, 1, (_, count) => count + 1);
                if (answer.Content.Headers.ContentLength > LargestAnswer)
                {
                    faults.Enqueue($"An answer of {answer.Content.Headers.ContentLength} bytes to {mutator.Describe(number)}");
                }
                if ((int)answer.StatusCode >= 500 && !(answer.StatusCode == HttpStatusCode.NotImplemented && IsUnknownInvoke(body)))
                {
                    faults.Enqueue($"{answer.StatusCode} for {mutator.Describe(number)}");
                }
            });
            sent = upTo;
            await office.RestsAsync();
            // What is due is done, on whatever there is by now.
            await office.PassAsync(TimeSpan.FromHours(26));
            await office.RestsAsync();
            office.Store.Taken();
            var heap = GC.GetTotalMemory(forceFullCollection: true);
            warm = round < Math.Max(1, rounds / 2) ? heap : warm;
            output.WriteLine($"{clock.Elapsed.TotalSeconds:0} s: {sent} sent, {corpus.Shapes.Count} shapes of {corpus.ByName.Count} kinds, heap {heap >> 20} MB, process {Environment.WorkingSet >> 20} MB, {string.Join(", ", statuses.OrderBy(status => status.Key).Select(status => $"{status.Value} x {(int)status.Key}"))}; {attacked.Log.Errors.Count} errors");
            faults = new(faults.Concat(attacked.Log.Errors).Concat(attacked.Log.Forged.Select(line => $"A line of the log was forged: {JsonSerializer.Serialize(line)}")));
            if (heap - warm > MostGrowth)
            {
                faults.Enqueue($"The heap grew from {warm >> 20} to {heap >> 20} MB.");
            }
        }
        var (kinds, unreadable) = StoredRows.Read(office.StorePath);
        output.WriteLine($"{clock.Elapsed.TotalSeconds:0} s: {string.Join(", ", kinds.OrderBy(kind => kind.Key, StringComparer.Ordinal).Select(kind => $"{kind.Value} {kind.Key}"))}");
        string[] missed = [.. verbs.Where(verb => !reached.Contains($"action {verb}"))];
        output.WriteLine($"Never reached of {verbs.Length}: {string.Join(", ", missed)}");
        Assert.True(faults.IsEmpty, string.Join("\n\n", faults.Take(20)));
        Assert.InRange(missed.Length, 0, verbs.Length * (100 - LeastReached) / 100);
        Assert.True(unreadable.Count == 0, string.Join('\n', unreadable.Take(20)));
        office.Teams.IsKeeping = true;
        await attacked.ServesAsync();
    }

    /// <summary>What is larger than the host takes may be refused before it has come: the connection ends under whoever still sends.</summary>
    private static async Task<HttpResponseMessage> SendAsync(TestOffice office, byte[] body)
    {
        try
        {
            return await office.PostRawAsync(new ByteArrayContent(body) { Headers = { { "Content-Type", "application/json" } } });
        }
        catch (HttpRequestException) when (body.Length > new BotOptions().MaxBodyBytes)
        {
            return new HttpResponseMessage(HttpStatusCode.RequestEntityTooLarge);
        }
    }

    private static (string Tenant, FakePerson[] People) Organisation(int number) => (
        number == 0 ? TestOffice.Tenant : string.Create(CultureInfo.InvariantCulture, $"11111111-1111-1111-1111-{number:D12}"),
        [.. new[] { "Ann Abel", "Bob Berg", "Eve Ek" }.Select((name, index) => new FakePerson(
            name[..3].ToLowerInvariant() + (number == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"-{number}")), name, string.Create(CultureInfo.InvariantCulture, $"00000000-0000-{index + 1:D4}-0000-{number:D12}")))]);

    /// <summary>The answer that the protocol asks for.</summary>
    private static bool IsUnknownInvoke(byte[] body)
    {
        using var activity = JsonDocument.Parse(body);
        return activity.RootElement.GetProperty("type").ValueEquals("invoke") && !(activity.RootElement.TryGetProperty("name", out var name) && name.ValueEquals("adaptiveCard/action"));
    }

    private static int Setting(string name, int otherwise) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? int.Parse(value, CultureInfo.InvariantCulture) : otherwise;
}

/// <summary>The heap is the process's: nobody else may use it meanwhile.</summary>
[CollectionDefinition(nameof(FuzzTests), DisableParallelization = true)]
public sealed class AloneWithTheHeap;

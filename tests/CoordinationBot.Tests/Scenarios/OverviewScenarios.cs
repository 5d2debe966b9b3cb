using System.Globalization;
using CoordinationBot.Authority;
using CoordinationBot.Delegations;
using CoordinationBot.People;
using CoordinationBot.Storage;
using CoordinationBot.Tests.Overviews;
using Microsoft.Extensions.DependencyInjection;

namespace CoordinationBot.Tests.Scenarios;

public sealed class OverviewScenarios
{
    [Fact]
    public async Task A_leader_sees_what_they_gave_by_state_late_waiting_and_what_of_the_money_is_used()
    {
        await using var office = new TestOffice();
        Assert.DoesNotContain("open", (await FirstAsync(office)).Words, StringComparison.Ordinal);
        await office.HandedInAsync();
        await GivesAsync(office, "Spring party", "The new office");

        var overview = await office.SaysAsync("ann", "overview");
        Assert.Contains("2 open · 0 late · 1 waits for you", overview.Words);
        Assert.Contains("1 offered · 1 handed in", overview.Words);
        Assert.Contains("EUR: 0 EUR of 5,000 EUR used", overview.Words);
        Assert.Contains("flexible · 0 EUR of 5,000 EUR used · serves The new office", overview.Words);
        Assert.Contains("handed in, waits for you", (await office.ClicksAsync("ann", "Waiting for me")).Words);

        await office.PassAsync(TimeSpan.FromDays(5));
        var late = await office.SaysAsync("ann", "overview late");
        // What is handed in waits for Ann, so it is not late.
        Assert.Contains("2 open · 1 late · 1 waits for you", late.Words);
        Assert.Contains("Spring party", late.Words);
        Assert.DoesNotContain(Handing.Title, late.Words);
        Assert.DoesNotContain("Spring party", (await office.SaysAsync("bob", "overview")).Words);
    }

    [Theory]
    [InlineData("overview Bob", "Spring party", null)]
    [InlineData("overview Eve", "Nothing fits.", "Spring party")]
    [InlineData("overview flexible", "Spring party", null)]
    [InlineData("overview deterministic", "Nothing fits.", "Spring party")]
    [InlineData("overview objective new", "Nothing fits.", "Spring party")]
    [InlineData("overview objective the NEW", "Shown: objective the NEW", null)]
    [InlineData("overview Bob, flexible and offered", "Shown: offered, no answer yet · flexible · to Bob Berg", null)]
    [InlineData("overview ended", "Nothing.", "Spring party")]
    [InlineData("overview objective", "Which objective? For example:", "Spring party")]
    [InlineData("overview Zacharias", "I have not met anybody called “Zacharias” yet.", "Spring party")]
    public async Task What_is_shown_can_be_chosen_by_typing(string typed, string seen, string? notSeen)
    {
        await using var office = new TestOffice();
        await office.InstallAsync("ann", "bob", "eve");
        await GivesAsync(office, "Spring party", "The new office");
        var words = (await office.SaysAsync("ann", typed)).Words;
        Assert.Contains(seen, words);
        Assert.DoesNotContain(notSeen ?? "no such thing", words);
    }

    [Fact]
    public async Task What_is_shown_can_be_chosen_on_the_card_and_which_of_two_is_asked()
    {
        await using var office = new TestOffice();
        office.Add("bea", "Bob Bauer");
        await office.InstallAsync("ann", "bob", "bea", "eve");
        await GivesAsync(office, "Spring party", "");
        await office.SaysAsync("ann", "overview");
        Assert.Contains("Nothing fits.", (await office.ClicksAsync("ann", "Show these", ("filter-person", office.Teams.People["eve"].ObjectId))).Words);
        Assert.Contains("Shown: flexible", (await office.ClicksAsync("ann", "Show these", ("filter-type", "Flexible"))).Words);
        Assert.Contains("may be", (await office.SaysAsync("ann", "overview Bob waiting")).Words);
        Assert.Contains("Shown: waiting for you · to Bob Berg", (await office.ClicksAsync("ann", "Continue", ("filter-person", office.Teams.People["bob"].ObjectId))).Words);
    }

    [Fact]
    public async Task The_objective_is_typed_at_the_end_or_filled_in_and_stands_on_the_card()
    {
        await using var office = new TestOffice();
        await office.InstallAsync("ann", "bob");
        await office.SaysAsync("ann", Handing.Sentence());
        await office.ClicksAsync("ann", "Continue", ("type", "Deterministic"));
        Assert.Contains("That is too long", (await office.SaysAsync("ann", $"objective {new string('x', 101)}")).Words);
        Assert.Contains("Objective: The new office", (await office.SaysAsync("ann", "objective The new office")).Words);
        await office.ClicksAsync("ann", "Send to Bob Berg");
        Assert.Contains("Serves: The new office", (await office.SeesAsync("bob", "Ann Abel asks you to take this on.")).Words);
    }

    [Fact]
    public async Task With_ten_thousand_the_first_page_is_three_reads_and_pages_follow_without_more()
    {
        await using var office = new TestOffice();
        await office.InstallAsync("ann", "bob", "eve");
        const int Many = 10_000;
        await SeedAsync(office, "ann", Role.Leader, Many);
        await office.SaysAsync("ann", "overview");

        office.Store.Taken();
        var overview = await office.SaysAsync("ann", "overview");
        Assert.Equal(["get", "query", "query"], office.Store.Taken());
        Assert.Contains("10,000 open · 4,875 late", overview.Words);
        Assert.Contains("1 to 10 of 10,000", overview.Words);

        HashSet<string> seen = [.. Lines(overview.Words)];
        for (var page = 2; page <= 5; page++)
        {
            office.Store.Taken();
            var next = await office.ClicksAsync("ann", overview, "More");
            Assert.Equal(["get", "query", "query"], office.Store.Taken());
            Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"{((page - 1) * 10) + 1} to {page * 10} of 10,000"), next.Words);
            Assert.All(Lines(next.Words), line => Assert.True(seen.Add(line)));
        }
        Assert.Equal(50, seen.Count);
        Assert.Contains("31 to 40 of", (await office.ClicksAsync("ann", overview, "Earlier")).Words);

        foreach (var (typed, words, most) in new[] { ("overview Bob", "to Bob Berg", 3), ("overview late", "1 to 10 of 4,875", 3), ("overview objective objective 7", "serves Objective 7", 3), ("overview flexible", "flexible", 3), ("delegations", "1 to 10 of 10,000", 2) })
        {
            office.Store.Taken();
            Assert.Contains(words, (await office.SaysAsync("ann", typed)).Words);
            // Beside these, a name is looked up.
            Assert.InRange(office.Store.Taken().Count(call => call is "get" or "query"), 1, typed.EndsWith("Bob", StringComparison.Ordinal) ? most + 2 : most);
        }
        // Beside the person's draft, which every text that is no answer could be one to.
        office.Store.Taken();
        Assert.Contains("results wait for your answer", (await office.SaysAsync("ann", "waiting")).Words);
        Assert.Equal(5, office.Store.Taken().Count(call => call == "query"));
    }

    [Fact]
    public async Task A_page_that_somebody_made_up_is_the_first_page()
    {
        await using var office = new TestOffice();
        await office.InstallAsync("ann", "bob");
        await GivesAsync(office, "Spring party", "");
        foreach (var data in new[] { """{"at":"5:#/?","trail":"x"}""", """{"at":"-1:2026","to":"../x","view":"17"}""", """{"at":"999:9","trail":",,,"}""", """{"objective":"***","matter":{"a":1}}""" })
        {
            var pressed = await office.InvokesAsync("ann", "overview.page", System.Text.Json.Nodes.JsonNode.Parse(data));
            Assert.Contains("Overview of what you gave", pressed.Words);
        }
    }

    [Fact]
    public async Task A_matter_of_which_policies_speak_can_be_chosen_and_then_mandates_and_policies_hold_for_it()
    {
        await using var office = new TestOffice(administrators: "eve");
        await office.InstallAsync("ann", "bob", "eve");
        await office.SaysAsync("eve", "mandate Ann");
        await office.ClicksAsync("eve", "Continue", ("money", "9,000 EUR"), ("outside", "false"), ("reach", "Anybody"), ("excluded", "personnel, contracts"), ("next", ""));
        await office.ClicksAsync("eve", "Set this mandate");
        await office.PassAsync(TimeSpan.FromSeconds(10));

        await office.SaysAsync("ann", "delegate \"Spring party\" to Bob by fri 5pm");
        Assert.Contains("Matter (optional)", (await office.ClicksAsync("ann", "Continue", ("type", "Flexible"))).Words);
        var review = await office.ClicksAsync("ann", "Continue", [.. Filled, ("matter", "2")]);
        Assert.Contains("Matter: personnel", review.Words);
        Assert.Contains("(Mandate of Ann Abel: does not decide on personnel) Eve Ek can give it and is asked", review.Words);
        Assert.Contains("Please choose one of these: contracts, personnel.", (await office.SaysAsync("ann", "matter weather")).Words);
        Assert.DoesNotContain("Matter: ", (await office.SaysAsync("ann", "matter none")).Words);
        var id = Handing.IdIn((await office.ClicksAsync("ann", "Send to Bob Berg")).Words);
        Assert.Null((await office.StoredAsync(id)).Terms.Limits.Matter);
    }

    private static readonly (string, string)[] Filled = [("outcome", "Everybody had a good time"), ("budget", "5,000 EUR"), ("involve", "Anyone"), ("outside", "false"), ("depth", "1"), ("must-not", ""), ("confidential", "false")];

    private static IEnumerable<string> Lines(string words) => words.Split('\n').Where(line => line.StartsWith("D-", StringComparison.Ordinal));

    private static async Task<ShownMessage> FirstAsync(TestOffice office)
    {
        await office.InstallAsync("ann", "bob", "eve");
        return await office.SaysAsync("ann", "overview");
    }

    private static async Task<string> GivesAsync(TestOffice office, string title, string objective)
    {
        await office.SaysAsync("ann", $"delegate \"{title}\" to {office.Teams.People["bob"].Name} by fri 5pm");
        await office.ClicksAsync("ann", "Continue", ("type", "Flexible"));
        await office.ClicksAsync("ann", "Continue", Filled);
        if (objective.Length > 0)
        {
            await office.SaysAsync("ann", $"objective {objective}");
        }
        var sent = await office.ClicksAsync("ann", "Send to Bob Berg");
        await office.QuietAsync();
        return Handing.IdIn(sent.Words);
    }

    /// <summary>Rows as the index writes them, a hundred at a time.</summary>
    internal static async Task SeedAsync(TestOffice office, string who, Role role, int count)
    {
        var tables = office.Services.GetRequiredService<ITables>();
        var partition = PeopleStore.Partition(TestOffice.Tenant, office.Teams.People[who].ObjectId);
        var (sum, bob) = (IndexSummary.Empty, office.Teams.People["bob"]);
        List<Change> changes = [];
        for (var number = 0; number < count; number++)
        {
            var entry = IndexRules.Entry(OverviewWorld.Make(number, 1, 2, open: true)) with
            {
                Assignee = number % 100 == 0 ? new Party(bob.ObjectId, bob.Name) : new Party($"o{number % 50}", $"Person {number % 50}"),
                State = number % 500 == 0 ? DelegationState.HandedIn : DelegationState.InProgress,
                Awaits = number % 500 == 0 ? Awaited.Acceptance : Awaited.Nothing,
                Type = number % 10 == 0 ? AuthorizationType.Flexible : AuthorizationType.Deterministic,
                Due = new Due(office.Clock.GetUtcNow().AddHours(number - (count / 2) + 115), "UTC"),
                Objective = $"Objective {number % 20}",
            };
            sum = sum.With(IndexShare.Of(entry));
            changes.AddRange(IndexKeys.Of(role, entry).Append(IndexKeys.At(role, entry.Id)).Select(key => new Change.Upsert(key, JsonRows.Bytes(entry, DelegationJson.Default.IndexEntry))));
            if (changes.Count > 90 || number == count - 1)
            {
                await tables.CommitAsync(partition, [.. changes, new Change.Upsert(IndexKeys.Summary(role), JsonRows.Bytes(sum, DelegationJson.Default.IndexSummary))], TestContext.Current.CancellationToken);
                changes.Clear();
            }
        }
    }
}

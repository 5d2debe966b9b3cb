using System.Text;
using System.Text.Json.Nodes;
using CoordinationBot.Afterwards;
using CoordinationBot.Authority;
using CoordinationBot.People;
using CoordinationBot.Privacy;
using CoordinationBot.Protocol.Connector;
using CoordinationBot.Storage;
using CoordinationBot.Tests.Attack;
using CoordinationBot.Tests.Rights;
using CoordinationBot.Tests.Scenarios;
using Microsoft.Extensions.DependencyInjection;

namespace CoordinationBot.Tests.Privacy;

/// <summary>Somebody is forgotten, in an office in which they are part of everything.</summary>
public sealed class ForgetTests
{
    private static JsonObject Sure(string objectId = "") => RightsOffice.Data([("sure", "forget"), .. objectId.Length == 0 ? [] : ((string, string)[])[("person", objectId)]]);

    [Theory]
    [InlineData("bob", "Bob Berg")]
    [InlineData("ann", "Bob Berg")]
    [InlineData("bob", "Bobo")]
    [InlineData("bob", "\u738B\u5C0F\u660E")]
    public async Task Nothing_that_is_stored_or_logged_names_them_any_more(string who, string bob)
    {
        var log = new WatchedLog();
        await using var rights = await RightsOffice.OpenAsync(bob, log);
        var office = rights.Office;
        var person = office.Teams.People[who];
        var ids = rights.Things.Where(thing => thing.Id is ['D', ..] && thing.People.Contains(("ann", Relation.Leader)) && thing.People.Contains(("bob", Relation.Assignee))).Select(thing => thing.Id!).ToList();
        Assert.Contains(person.ObjectId, Stored(office), StringComparison.OrdinalIgnoreCase);
        await FailsAsync(office, person.ObjectId);
        await ForgetAsync(office, who);
        await office.PassesAsync(8); // What was queued ahead comes, and finds nothing.
        await office.PassAsync(TimeSpan.FromSeconds(2)); // The log of the file is taken in when nobody writes.
        await Task.Delay(TimeSpan.FromSeconds(2), TestContext.Current.CancellationToken);
        var stored = Stored(office);
        foreach (var word in (string[])[person.ObjectId, person.Name, $"{who}@contoso.example", person.TeamsId, person.Chat])
        {
            Assert.False(stored.Contains(word, StringComparison.OrdinalIgnoreCase), $"{word} is stored: {Around(stored, word)}");
        }
        // What was logged stays: it never named them.
        Assert.Contains(log.Lines, line => line.StartsWith($"2001 Work {AskStore.Kind}", StringComparison.Ordinal) && line.Contains("RowUnreadableException", StringComparison.Ordinal));
        Assert.DoesNotContain(log.Lines, line => line.Contains(person.ObjectId, StringComparison.OrdinalIgnoreCase) || line.Contains(person.Name, StringComparison.Ordinal) || line.Contains(person.Chat, StringComparison.Ordinal));
        // What others rely on is there, and theirs to read.
        Assert.NotEmpty(ids);
        foreach (var id in ids)
        {
            var delegation = await office.StoredAsync(id);
            Assert.Equal(ErasureRules.FormerColleague, (who == "bob" ? delegation.Assignee : delegation.Leader).Name);
        }
        Assert.Contains(ErasureRules.FormerColleague, (await office.SaysAsync(who == "bob" ? "ann" : "bob", $"history {ids[0]}")).Words, StringComparison.Ordinal);
        // Nobody asks them as one of a team.
        var team = await office.Services.GetRequiredService<GroupStore>().MembersAsync(GroupStore.Partition(new ConversationReference("", Surveying.Team, TestOffice.Tenant, "")), 100, CancellationToken.None);
        Assert.Equal(3, team.Count);
        Assert.DoesNotContain(team, member => member.Name == ErasureRules.FormerColleague);
        // Nobody finds them by name.
        Assert.Empty((await office.Services.GetRequiredService<PeopleStore>().FindByWordAsync(TestOffice.Tenant, "former", CancellationToken.None))!);
    }

    [Fact]
    public async Task Whoever_dies_in_the_middle_is_followed_and_twice_is_once()
    {
        await using var rights = await RightsOffice.OpenAsync();
        var (office, person) = (rights.Office, rights.Office.Teams.People["bob"]);
        var left = 2;
        office.Store.Fails = (call, partition) => call == "commit" && partition.Contains("|K|", StringComparison.Ordinal) && --left < 0;
        await office.InvokesAsync("bob", "privacy.forget", Sure());
        await office.RestsAsync();
        Assert.Contains(person.ObjectId, Stored(office), StringComparison.OrdinalIgnoreCase);
        office.Store.Fails = (_, _) => false;
        await office.RestartAsync();
        await office.PassesAsync(8);
        Assert.DoesNotContain(await RowsAsync(office), row => row.Contains(person.ObjectId, StringComparison.OrdinalIgnoreCase) || row.Contains(person.Name, StringComparison.OrdinalIgnoreCase));
        Assert.Single(await RowsAsync(office), row => row.Contains($"\"Name\":\"{ErasureRules.FormerColleague}\"", StringComparison.Ordinal) && row.Contains("|P|", StringComparison.Ordinal) && row.Contains(" person ", StringComparison.Ordinal));
        await ForgetAsync(office, "bob"); // They write again: met for the first time, and forgotten again.
        await office.PassesAsync(8);
        Assert.DoesNotContain(await RowsAsync(office), row => row.Contains(person.ObjectId, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task It_is_asked_twice_and_says_what_is_kept()
    {
        await using var office = new TestOffice(administrators: "ann");
        await office.InstallAsync("ann", "bob", "eve");
        var asked = await office.SaysAsync("bob", "forget me");
        Assert.Contains("Your name in them becomes “a former colleague”", asked.Words, StringComparison.Ordinal);
        Assert.Contains("Nothing was erased. To go on, please type forget", (await office.ClicksAsync("bob", "Forget me")).Words, StringComparison.Ordinal);
        Assert.NotNull(await PersonAsync(office, "bob"));
        Assert.Contains("I have begun to erase", (await office.ClicksAsync("bob", "Forget me", ("sure", "Forget"))).Words, StringComparison.Ordinal);
        await office.RestsAsync();
        Assert.Null(await PersonAsync(office, "bob"));
        // Whoever writes again is met for the first time.
        await office.SaysAsync("bob", "help");
        Assert.NotNull(await PersonAsync(office, "bob"));
    }

    [Fact]
    public async Task Somebody_else_is_forgotten_only_by_an_administrator_and_only_when_they_have_left()
    {
        await using var office = new TestOffice(administrators: "ann");
        await office.InstallAsync("ann", "bob", "eve");
        Assert.Contains("Only administrators", (await office.SaysAsync("eve", "forget Bob")).Words, StringComparison.Ordinal);
        Assert.Contains("Only administrators", (await office.InvokesAsync("eve", "privacy.forget", Sure(office.Teams.People["bob"].ObjectId))).Words, StringComparison.Ordinal);
        Assert.Contains("still has me installed", (await office.SaysAsync("ann", "forget Bob")).Words, StringComparison.Ordinal);
        Assert.Contains("still has me installed", (await office.InvokesAsync("ann", "privacy.forget", Sure(office.Teams.People["bob"].ObjectId))).Words, StringComparison.Ordinal);
        Assert.Contains("named as an administrator", (await office.SaysAsync("ann", "forget me")).Words, StringComparison.Ordinal);
        await office.InstalledAsync("bob", "remove");
        await office.SaysAsync("ann", "forget Bob");
        await office.ClicksAsync("ann", "Forget them", ("sure", "forget"));
        await office.RestsAsync();
        Assert.Null(await PersonAsync(office, "bob"));
        Assert.Contains("nobody like that any more", (await office.InvokesAsync("ann", "privacy.forget", Sure(office.Teams.People["bob"].ObjectId))).Words, StringComparison.Ordinal);
    }

    [Fact]
    public void A_namesake_keeps_their_name_and_what_does_not_name_them_stays_as_it_is()
    {
        var erasure = new Erasure("t", "00000000-0000-0000-0000-000000000001", "00000000-0000-0000-0000-00000000000f", "Bob Berg", "bob@contoso.example");
        Row row = new("t|D|D-1", "state", "1", Encoding.UTF8.GetBytes("""{"Leader":{"ObjectId":"00000000-0000-0000-0000-000000000002","Name":"Bob Berg"},"Assignee":{"ObjectId":"00000000-0000-0000-0000-000000000001","Name":"Bob Berg"},"What":"Bob Bergmann met Bob Berg","N":1.50}"""));
        var change = Assert.IsType<Change.Replace>(Assert.Single(ErasureRules.Forget(erasure, row)));
        Assert.Equal(
            """{"Leader":{"ObjectId":"00000000-0000-0000-0000-000000000002","Name":"Bob Berg"},"Assignee":{"ObjectId":"00000000-0000-0000-0000-00000000000f","Name":"a former colleague"},"What":"Bob Bergmann met a former colleague","N":1.50}""",
            Encoding.UTF8.GetString(change.Data.Span));
        Row others = new("t|D|D-1", "outbox|00000000-0000-0000-0000-000000000002|renew", "1", Encoding.UTF8.GetBytes("""{"Sentence":"It is done."}"""));
        Assert.Empty(ErasureRules.Forget(erasure, others));
        // Filed under them, and silent about them: it keeps its words.
        var moved = ErasureRules.Forget(erasure, others with { Key = $"listed|{erasure.ObjectId}" });
        Assert.Equal(new Change.Delete($"listed|{erasure.ObjectId}", "1"), moved[0]);
        Assert.Equal(others.Data.ToArray(), Assert.IsType<Change.Upsert>(moved[1]).Data.ToArray());
        Assert.IsType<Change.Delete>(Assert.Single(ErasureRules.Forget(erasure, others with { Key = $"outbox|{erasure.ObjectId}|renew" })));
    }

    /// <summary>Work in the person's own partition fails, since its row cannot be read.</summary>
    private static async Task FailsAsync(TestOffice office, string objectId)
    {
        var partition = AskStore.Partition(TestOffice.Tenant, objectId);
        await office.Services.GetRequiredService<ITables>().CommitAsync(partition, [new Change.Upsert("state", "{"u8.ToArray())], CancellationToken.None);
        await office.Services.GetRequiredService<IWorkQueue>().EnqueueAsync(new WakeUp(AskStore.Kind, partition), office.Clock.GetUtcNow(), CancellationToken.None);
        await office.PassAsync(TimeSpan.FromSeconds(30));
        await office.RestsAsync();
    }

    [Fact]
    public async Task Under_a_leader_who_is_forgotten_nobody_may_more_than_before()
    {
        var (office, id) = await Granting.BeganAsync(Granting.Narrow, known => new AuthorityChange.SetMandate(known.PartyOf("ann"), new Mandate { Money = new Money(5000, "EUR"), Origin = "Mandate of Ann Abel" }));
        await using var _ = office;
        await ForgetAsync(office, "ann");
        var leader = (await office.StoredAsync(id)).Leader;
        Assert.Equal(ErasureRules.FormerColleague, leader.Name);
        var mandate = (await office.Services.GetRequiredService<AuthorityStore>().ReadNowAsync(TestOffice.Tenant, CancellationToken.None)).MandateOf(leader.ObjectId);
        Assert.Equal((new Money(5000, "EUR"), $"Mandate of {ErasureRules.FormerColleague}"), (mandate.Money, mandate.Origin));
        Assert.DoesNotContain(await RowsAsync(office), row => row.Contains("Ann Abel", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Whoever_is_forgotten_is_not_learned_again_from_a_team_until_they_write()
    {
        await using var office = new TestOffice(administrators: "ann");
        await office.InstallAsync("ann", "bob", "eve");
        await office.InTeamAsync(["ann", "bob", "eve"]);
        await ForgetAsync(office, "bob");
        office.Add("kim", "Kim Kern");
        await office.InTeamAsync(["ann", "bob", "eve", "kim"], isBot: false);
        Assert.NotNull(await PersonAsync(office, "kim"));
        Assert.Null(await PersonAsync(office, "bob"));
        Assert.DoesNotContain(await RowsAsync(office), row => row.Contains("Bob Berg", StringComparison.Ordinal) || row.Contains(office.Teams.People["bob"].ObjectId, StringComparison.Ordinal));
        await office.SaysAsync("bob", "help");
        await office.InTeamAsync(["ann", "bob", "eve"], isBot: false);
        Assert.NotNull(await PersonAsync(office, "bob"));
        Assert.Contains("Bob Berg", await office.Services.GetRequiredService<GroupStore>().MembersAsync(GroupStore.Partition(new ConversationReference("", Surveying.Team, TestOffice.Tenant, "")), 100, CancellationToken.None) is { } team ? team.Select(member => member.Name) : []);
    }

    private static async Task ForgetAsync(TestOffice office, string who)
    {
        await office.SaysAsync(who, "forget me");
        await office.ClicksAsync(who, "Forget me", ("sure", "forget"));
        await office.RestsAsync();
    }

    private static async Task<Person?> PersonAsync(TestOffice office, string who) => await office.Services.GetRequiredService<PeopleStore>().FindAsync(TestOffice.Tenant, office.Teams.People[who].ObjectId, CancellationToken.None);

    private static async Task<IReadOnlyList<string>> RowsAsync(TestOffice office)
    {
        List<Row> rows = [];
        IReadOnlyList<Row> page;
        do
        {
            page = await office.Services.GetRequiredService<IRowScan>().ScanAsync($"{TestOffice.Tenant}|", 500, rows.Count == 0 ? null : new RowPlace(rows[^1].Partition, rows[^1].Key), CancellationToken.None);
            rows.AddRange(page);
        }
        while (page.Count == 500);
        return [.. rows.Select(row => $"{row.Partition} {row.Key} {Encoding.UTF8.GetString(row.Data.Span)}")];
    }

    private static string Stored(TestOffice office) => Encoding.Latin1.GetString(office.StoredBytes());

    private static string Around(string text, string word) => text.IndexOf(word, StringComparison.OrdinalIgnoreCase) is var at and >= 0 ? text[Math.Max(0, at - 150)..Math.Min(text.Length, at + 80)] : "";
}

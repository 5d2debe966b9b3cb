using System.Net;
using System.Text.Json.Nodes;
using CoordinationBot.People;
using Microsoft.Extensions.DependencyInjection;

namespace CoordinationBot.Tests.Scenarios;

public sealed class PeopleScenarios
{
    [Fact]
    public async Task Whoever_writes_a_message_can_be_given_work()
    {
        await using var office = new TestOffice();
        office.Add("fay", "Fay Fink");
        await office.InstallAsync("ann");
        Assert.Contains("I have not met anybody called “Fay” yet.", (await office.SaysAsync("ann", "delegate \"Book the room\" to Fay")).Words);
        await office.SaysAsync("fay", "help");
        Assert.Contains("Assigned to: Fay Fink", (await office.SaysAsync("ann", "Fay")).Words);
    }

    [Fact]
    public async Task An_installation_names_nobody_so_the_roster_is_asked()
    {
        await using var office = new TestOffice();
        await office.InstallAsync("ann", "bob");
        Assert.Equal(("Bob Berg", "bob@contoso.example", "a:bob"), await PersonAsync(office, "bob") is { } bob ? (bob.Name, bob.Email, bob.PersonalConversation) : default);
    }

    [Fact]
    public async Task A_group_the_bot_comes_to_is_learned_but_its_conversation_is_nobodys_own()
    {
        await using var office = new TestOffice();
        office.Add("fay", "Fay Fink");
        await office.PostAsync(office.Activity("ann", "conversationUpdate", activity =>
        {
            activity["membersAdded"] = JsonNode.Parse($$"""[{"id":"28:{{TestOffice.AppId}}"}]""");
            activity["conversation"] = JsonNode.Parse($$"""{"id":"19:group@thread.v2","conversationType":"groupChat","isGroup":true,"tenantId":"{{TestOffice.Tenant}}"}""");
        }));
        Assert.StartsWith("Hello. I am an office secretary", Assert.Single(office.Group()).Words, StringComparison.Ordinal);
        // The roster is learned by a wake-up, after the greeting.
        Assert.Null((await MetAsync(office, "fay")).PersonalConversation);

        await office.InstallAsync("ann");
        await office.SaysAsync("ann", Handing.Sentence(to: "Fay"));
        await office.ClicksAsync("ann", "Continue", ("type", "Deterministic"));
        await office.ClicksAsync("ann", "Send to Fay Fink");
        await office.SeesAsync("fay", "Ann Abel asks you to take this on.");
        await office.QuietAsync();
        Assert.Equal("a:fay", (await PersonAsync(office, "fay"))!.PersonalConversation);
        Assert.Single(office.Group());
    }

    [Fact]
    public async Task Who_comes_to_a_group_later_is_learned_from_its_roster_and_nobody_is_greeted_again()
    {
        await using var office = new TestOffice();
        office.Add("fay", "Fay Fink");
        await ComesToTheGroupAsync(office, "fay");

        // Whoever was added is named by an id only.
        var fay = await MetAsync(office, "fay");
        Assert.Equal(("Fay Fink", "fay@contoso.example", null), (fay.Name, fay.Email, fay.PersonalConversation));
        Assert.Empty(office.Group());
        await office.InstallAsync("ann");
        Assert.Contains("Assigned to: Fay Fink", (await office.SaysAsync("ann", "delegate \"Book the room\" to Fay")).Words);
    }

    [Fact]
    public async Task Who_came_to_a_group_is_learned_also_when_the_host_ended_before_it_could_ask()
    {
        await using var office = new TestOffice();
        office.Add("fay", "Fay Fink");
        office.Teams.Fault = request => request.Method == HttpMethod.Get ? new HttpResponseMessage(HttpStatusCode.InternalServerError) : null;
        await ComesToTheGroupAsync(office, "fay");
        await office.RestartAsync();
        office.Teams.Fault = _ => null;
        Assert.Null(await PersonAsync(office, "fay"));

        Assert.Equal("Fay Fink", (await MetAsync(office, "fay", TimeSpan.FromSeconds(1))).Name);
    }

    [Fact]
    public async Task Where_somebody_was_met_last_is_where_they_are_written_to()
    {
        await using var office = new TestOffice();
        await office.InstallAsync("ann", "bob");
        await office.PostAsync(office.Activity("bob", "message", activity => (activity["text"], activity["serviceUrl"]) = ("help", "http://localhost:9/emea/")));
        var asked = new List<string>();
        office.Teams.Fault = request =>
        {
            lock (asked)
            {
                asked.Add(Uri.UnescapeDataString(request.RequestUri!.AbsolutePath));
            }
            return null;
        };
        await office.SaysAsync("ann", Handing.Sentence());
        await office.ClicksAsync("ann", "Continue", ("type", "Deterministic"));
        await office.ClicksAsync("ann", "Send to Bob Berg");
        await office.SeesAsync("bob", "Ann Abel asks you to take this on.");
        Assert.Contains(asked, path => path == "/emea/v3/conversations/a:bob/activities");
        Assert.DoesNotContain(asked, path => path.StartsWith("/teams/v3/conversations/a:bob", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_new_name_is_found_and_the_old_one_is_not()
    {
        await using var office = new TestOffice();
        await office.InstallAsync("ann", "bob");
        await office.PostAsync(office.Activity("bob", "message", activity =>
        {
            activity["text"] = "help";
            activity["from"]!["name"] = "Robert Stein";
        }));
        Assert.Contains("Assigned to: Robert Stein", (await office.SaysAsync("ann", "delegate \"Book the room\" to Robert")).Words);
        await office.SaysAsync("ann", "cancel");
        Assert.Contains("I have not met anybody called “Berg” yet.", (await office.SaysAsync("ann", "delegate \"Book the room\" to Berg")).Words);
    }

    [Theory]
    [InlineData("karl")]
    [InlineData("König")]
    [InlineData("koenig")]
    [InlineData("Karl König")]
    [InlineData("könig, karl")]
    [InlineData("@karl könig")]
    [InlineData("xk7@contoso.example")]
    [InlineData("XK7@Contoso.example")]
    public async Task Somebody_is_found_by_any_part_of_the_name_and_by_mail(string typed)
    {
        await using var office = new TestOffice();
        office.Add("xk7", "Karl König");
        await office.InstallAsync("ann", "bob", "xk7");
        await office.SaysAsync("ann", "delegate");
        await office.SaysAsync("ann", "Book the room");
        Assert.Contains("Assigned to: Karl König", (await office.SaysAsync("ann", typed)).Words);
    }

    [Fact]
    public async Task Of_two_with_the_same_name_one_is_chosen_and_none_is_guessed()
    {
        await using var office = new TestOffice();
        office.Add("bo2", "Bob Braun");
        await office.InstallAsync("ann", "bob", "bo2");
        var ask = await office.SaysAsync("ann", "delegate \"Book the room\" to Bob by fri 5pm, exactly: call; confirm");
        Assert.Contains("“Bob” may be Bob Berg or Bob Braun. Please choose.", ask.Words);
        Assert.Contains("Bob Braun (bo2@contoso.example)", ask.Words);
        var review = await office.ClicksAsync("ann", "Continue", ("assignee", office.Teams.People["bo2"].ObjectId), ("type", "Deterministic"));
        Assert.Contains("Assigned to: Bob Braun", review.Words);
    }

    [Fact]
    public async Task Of_two_with_the_same_name_one_can_also_be_typed()
    {
        await using var office = new TestOffice();
        office.Add("bo2", "Bob Braun");
        await office.InstallAsync("ann", "bob", "bo2");
        await office.SaysAsync("ann", "delegate \"Book the room\" to Bob by fri 5pm, exactly: call; confirm");
        Assert.Contains("Assigned to: Bob Braun", (await office.SaysAsync("ann", "bo2@contoso.example")).Words);
    }

    [Theory]
    [InlineData("bob", true, true)]
    [InlineData("bob", true, false)]
    [InlineData("fay", false, true)]
    [InlineData("fay", false, false)]
    public async Task The_people_picker_may_send_either_id_of_anybody_in_the_tenant(string who, bool isKnown, bool byTeamsId)
    {
        await using var office = new TestOffice();
        office.Add("fay", "Fay Fink");
        await office.InstallAsync("ann", "bob");
        var person = office.Teams.People[who];
        Assert.Equal(isKnown, await PersonAsync(office, who) is not null);
        await office.SaysAsync("ann", "delegate");
        var answer = await office.ClicksAsync("ann", "Continue", ("title", "Book the room"), ("assignee", byTeamsId ? person.TeamsId : person.ObjectId), ("type", "Deterministic"), ("due.date", "2026-11-27"), ("steps.1", "call"));
        Assert.Contains($"Assigned to: {person.Name}", answer.Words);
        Assert.Equal(person.Chat, (await PersonAsync(office, who))!.PersonalConversation);
    }

    [Theory]
    [InlineData("29:nobody", "I cannot write to that person")]
    [InlineData("99999999-9999-9999-9999-999999999999", "I cannot write to that person")]
    [InlineData("28:" + TestOffice.AppId, "That is me, and I never do the work or decide for anybody. Please choose a person.")]
    [InlineData(TestOffice.AppId, "That is me")]
    [InlineData("Secretary", "That is me")]
    [InlineData("8:orgid:nonsense", "I have not met anybody called “8:orgid:nonsense” yet.")]
    [InlineData("Nobody Known", "I have not met anybody called “Nobody Known” yet. Please pick the person from the list, or ask them to open a chat with me.")]
    [InlineData("🎉", "That is not a name I can look for. Please pick the person from the list.")]
    [InlineData("Ann", "That is you. A delegation needs somebody else; please choose another person.")]
    public async Task Somebody_who_cannot_be_given_work_is_refused_with_a_reason(string meant, string sentence)
    {
        await using var office = new TestOffice();
        await office.InstallAsync("ann", "bob");
        await office.SaysAsync("ann", "delegate");
        var answer = await office.ClicksAsync("ann", "Continue", ("title", "Book the room"), ("assignee", meant), ("type", "Deterministic"), ("due.date", "2026-11-27"), ("steps.1", "call"));
        Assert.Contains(sentence, answer.Words);
        Assert.Contains("Assigned to: Bob Berg", (await office.SaysAsync("ann", "bob")).Words);
    }

    [Theory]
    [InlineData("29:", "a", 2_000, "I cannot write to that person")]
    [InlineData("ก@", "ก", 98, "I have not met anybody called “ก@")]
    public async Task A_name_longer_than_any_key_of_the_store_is_nobodys(string begins, string goesOn, int times, string sentence)
    {
        await using var office = new TestOffice();
        await office.InstallAsync("ann", "bob");
        await office.SaysAsync("ann", "delegate \"Book the room\"");
        Assert.Contains(sentence, (await office.SaysAsync("ann", begins + string.Concat(Enumerable.Repeat(goesOn, times)))).Words);
        Assert.Contains("Assigned to: Bob Berg", (await office.SaysAsync("ann", "bob")).Words);
    }

    [Fact]
    public async Task Somebody_with_the_longest_of_names_is_found_by_a_part_of_it()
    {
        await using var office = new TestOffice();
        office.Add("fay", $"Fay {new string('ก', 120)}");
        await office.InstallAsync("ann");
        await office.SaysAsync("fay", "help");
        Assert.Contains("Assigned to: Fay", (await office.SaysAsync("ann", "delegate \"Book the room\" to Fay")).Words);
    }

    /// <summary>Ann adds somebody to a group the bot is in.</summary>
    private static Task<HttpResponseMessage> ComesToTheGroupAsync(TestOffice office, string who) =>
        office.PostAsync(office.Activity("ann", "conversationUpdate", activity =>
        {
            activity["membersAdded"] = JsonNode.Parse($$"""[{"id":"{{office.Teams.People[who].TeamsId}}","aadObjectId":"{{office.Teams.People[who].ObjectId}}"}]""");
            activity["conversation"] = JsonNode.Parse($$"""{"id":"19:group@thread.v2","conversationType":"groupChat","isGroup":true,"tenantId":"{{TestOffice.Tenant}}"}""");
        }));

    /// <summary>Waits until the bot has met somebody; for a queued wake-up, time must pass with every look.</summary>
    private static Task<Person> MetAsync(TestOffice office, string who, TimeSpan time = default) => office.UntilAsync(
        () =>
        {
            office.Clock.Advance(time);
            return PersonAsync(office, who).GetAwaiter().GetResult();
        },
        () => "the bot, which never met them",
        who);

    private static async Task<Person?> PersonAsync(TestOffice office, string who) =>
        await office.Services.GetRequiredService<PeopleStore>().FindAsync(TestOffice.Tenant, office.Teams.People[who].ObjectId, CancellationToken.None);
}

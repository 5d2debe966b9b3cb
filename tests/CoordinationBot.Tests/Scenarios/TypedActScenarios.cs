namespace CoordinationBot.Tests.Scenarios;

public sealed class TypedActScenarios
{
    [Theory]
    [InlineData("spent 1,200 EUR on printing", "Spent 1,200 EUR on printing. 3,800 EUR left.")]
    [InlineData("Spend 12.50 € for stamps!", "Spent 12.50 EUR on stamps. 4,987.50 EUR left.")]
    [InlineData("spent 1,200 EUR on printing on {id}", "Spent 1,200 EUR on printing. 3,800 EUR left.")]
    [InlineData("{id}: spent 1,200 EUR on printing", "Spent 1,200 EUR on printing. 3,800 EUR left.")]
    [InlineData("{id} involve Eve", "Involved Eve Ek.")]
    [InlineData("involve Eve", "Involved Eve Ek.")]
    [InlineData("promise Contoso delivery on 3 Dec", "Promised Contoso: delivery on 3 Dec.")]
    [InlineData("promise Contoso Foods: bread, on {id}.", "Promised Contoso Foods: bread.")]
    [InlineData("plan up to 3,000 EUR for the event until 12 Dec", "Planned to spend up to 3,000 EUR for the event, until Sat 12 Dec 2026, 17:00 (Europe/Berlin).")]
    [InlineData("spent 6,000 EUR on a tent because it may rain", "Needs approval by Ann Abel: spend 6,000 EUR on a tent. Because: it may rain.")]
    [InlineData("move the deadline to Monday because Kim is ill", "Asked for: move the deadline to Mon 30 Nov 2026, 17:00 (Europe/Berlin)")]
    public async Task What_is_typed_is_done_and_read_back(string typed, string words)
    {
        var (office, id) = await Granting.BeganAsync(Granting.Free);
        await using var _ = office;
        Assert.Contains(words, (await office.SaysAsync("bob", typed.Replace("{id}", id, StringComparison.Ordinal))).Words);
        Assert.Equal(3, (await office.HistoryAsync(id)).Count);
    }

    [Theory]
    [InlineData("spent 1,200 on printing", "Please add the currency, for example 1,200 EUR.", "amount=1,200", "what=printing")]
    [InlineData("spent 20 USD on printing", "This delegation counts in EUR.", "amount=20 USD", "what=printing")]
    [InlineData("spent a lot on printing", "I could not read that as an amount of money.", "amount=a lot", "what=printing")]
    [InlineData("spent 5 EUR", "Please write what it is spent on.", "amount=5 EUR", "what=")]
    [InlineData("spend", "Please give an amount with its currency", "amount=", "what=")]
    [InlineData("involve Zoe", "I have not met anybody called “Zoe” yet.", "because=")]
    [InlineData("involve bob", "Bob Berg is part of it already.", "because=")]
    [InlineData("promise delivery on 3 Dec", "Please write to whom.", "to=", "what=delivery on 3 Dec")]
    [InlineData("plan 3,000 EUR for the event", "Choose a date.", "amount=3,000 EUR", "what=the event")]
    [InlineData("plan 3,000 EUR for the event until someday", "I could not read that as a date", "amount=3,000 EUR", "what=the event")]
    [InlineData("plan lots for the event until 12 Dec", "I could not read that as an amount of money.", "amount=lots", "what=the event", "until.date=2026-12-12")]
    [InlineData("move the deadline to Monday", "Please write why the change is needed.", "due.date=2026-11-30", "due.time=17:00")]
    public async Task What_is_unclear_is_said_in_a_sentence_and_nothing_is_lost(string typed, string sentence, params string[] inputs)
    {
        var (office, id) = await Granting.BeganAsync(Granting.Free);
        await using var _ = office;
        var card = await office.SaysAsync("bob", typed);
        Assert.Contains(sentence, card.Words);
        var filled = CardReading.Buttons(card.Card!).First(button => button.Title is "Declare" or "Plan it" or "Send the request").Inputs;
        Assert.All(inputs.Select(input => input.Split('=')), pair => Assert.Equal(pair[1], filled[pair[0]]));
        Assert.Equal(2, (await office.HistoryAsync(id)).Count);
    }

    [Fact]
    public async Task Of_two_with_one_name_one_is_chosen()
    {
        var (office, id) = await Granting.BeganAsync(Granting.Free);
        await using var _ = office;
        office.Add("boo", "Kim Boone");
        await office.InstallAsync("boo");
        Assert.Contains("“Kim” may be Kim Boone or Kim Kern. Please choose.", (await office.SaysAsync("bob", "involve Kim because she cooks")).Words);
        Assert.Contains("Involved Kim Boone.", (await office.ClicksAsync("bob", "Declare", ("person", office.Teams.People["boo"].ObjectId))).Words);
        Assert.Equal("Kim Boone", Assert.Single((await office.StoredAsync(id)).Dealings.Involved).Name);
    }

    [Fact]
    public async Task With_several_tasks_it_is_asked_which_one_and_the_button_carries_the_act()
    {
        var (office, first) = await Granting.BeganAsync(Granting.Free);
        await using var _ = office;
        var second = await office.GivesAsync(Granting.Free, "Buy chairs");
        var which = await office.SaysAsync("bob", "spent 100 EUR on chairs");
        Assert.Contains("Which task does this belong to?", which.Words);
        Assert.Equal(0m, (await office.StoredAsync(first)).Dealings.Spent + (await office.StoredAsync(second)).Dealings.Spent);
        var asking = which.Copy();
        Assert.Contains("Spent 100 EUR on chairs. 4,900 EUR left.", (await office.ClicksAsync("bob", which, "This one", null, ("id", second))).Words);
        await office.ClicksAsync("bob", asking, "This one", null, ("id", second));
        Assert.Equal((0m, 100m), ((await office.StoredAsync(first)).Dealings.Spent, (await office.StoredAsync(second)).Dealings.Spent));
        Assert.Contains("Spent 5 EUR on tape.", (await office.SaysAsync("bob", $"spent 5 EUR on tape on {first}")).Words);
    }

    [Fact]
    public async Task Without_a_task_of_theirs_it_is_said_so()
    {
        var (office, id) = await Granting.BeganAsync(Granting.Free);
        await using var _ = office;
        Assert.StartsWith("You have no open task that this could belong to.", (await office.SaysAsync("eve", "spent 5 EUR on tape")).Words);
        foreach (var who in (string[])["eve", "ann"])
        {
            Assert.Equal($"{id} is no task of yours. Type my tasks to see yours.", (await office.SaysAsync(who, $"spent 5 EUR on tape on {id}")).Words);
        }
        Assert.Equal("This card belongs to somebody else. Nothing was changed.", (await office.InvokesAsync("eve", "delegation.declare-here", System.Text.Json.Nodes.JsonNode.Parse($$"""{"id":"{{id}}","kind":"Spend","amount":"5 EUR","what":"tape"}"""))).Words);
        Assert.Equal(2, (await office.HistoryAsync(id)).Count);
    }

    [Fact]
    public async Task A_message_that_is_delivered_again_counts_once()
    {
        var (office, id) = await Granting.BeganAsync(Granting.Free);
        await using var _ = office;
        await office.SaysAsync("bob", "spent 5 EUR on tape", "tape-1");
        await office.RestartAsync();
        await office.SendsAsync("bob", "spent 5 EUR on tape", "tape-1");
        await office.SaysAsync("bob", "my tasks");
        Assert.Equal(5m, (await office.StoredAsync(id)).Dealings.Spent);
    }

    [Fact]
    public async Task The_answer_to_an_open_question_may_begin_like_an_act()
    {
        await using var office = new TestOffice();
        await office.InstallAsync("ann", "bob");
        await office.SaysAsync("ann", "delegate");
        Assert.Contains("Plan the offsite", (await office.SaysAsync("ann", "Plan the offsite")).Words);
        Assert.Contains("What is to be done: Plan the offsite", (await office.SaysAsync("ann", "Bob")).Words);
    }
}

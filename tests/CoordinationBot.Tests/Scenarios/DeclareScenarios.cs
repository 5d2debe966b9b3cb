using CoordinationBot.Authority;
using CoordinationBot.Delegations;

namespace CoordinationBot.Tests.Scenarios;

public sealed class DeclareScenarios
{
    [Fact]
    public async Task Inside_the_bounds_an_act_is_recorded_and_what_is_left_is_said()
    {
        var (office, id) = await Granting.BeganAsync(Granting.Free);
        await using var _ = office;
        var card = await office.SeesAsync("bob", "How you do it is your choice, within the bounds.");
        Assert.Contains($"Outcome: {Granting.Aim}", card.Words);
        Assert.Contains("Your choice, within these bounds: up to 5,000 EUR, by Fri 18 Dec 2026, 17:00 (Europe/Berlin), anybody may be involved, promises to people outside are yours to make, it is not handed on.", card.Words);

        var spent = await office.SpendsAsync("1,200.50 EUR");
        Assert.Contains("Spent 1,200.50 EUR on printing. 3,799.50 EUR left.", spent.Words);
        Assert.Contains("Budget: 3,799.50 EUR left of 5,000 EUR; 1,200.50 EUR spent", spent.Words);
        Assert.Contains("Involved Eve Ek.", (await office.DeclaresAsync("Involve", ("person", office.Teams.People["eve"].ObjectId))).Words);
        var promised = await office.DeclaresAsync("Commit", ("to", "Contoso"), ("what", "delivery on 3 Dec"));
        Assert.Contains("Promised: Contoso: delivery on 3 Dec", promised.Words);
        Assert.Contains("Involved: Eve Ek", promised.Words);
        await office.QuietAsync();
        Assert.Contains("Promised Contoso: delivery on 3 Dec.", office.Shown("bob")[^1].Words); // Also once the card was renewed.
        var entry = (await office.HistoryAsync(id))[^3];
        Assert.Equal(("Spent 1,200.50 EUR on printing. 3,799.50 EUR left", DelegationState.InProgress), (entry.What, (await office.StoredAsync(id)).State));
        Assert.StartsWith($"{id}, version 1: Your choice, within these bounds: up to 5,000 EUR", entry.Clause);
        Assert.Contains("up to 5,000 EUR, 3,799.50 EUR left", (await office.SaysAsync("bob", "my tasks")).Words);
    }

    [Fact]
    public async Task The_outcome_is_handed_in_with_a_word_and_accepted()
    {
        var (office, id) = await Granting.BeganAsync(Granting.Free);
        await using var _ = office;
        Assert.Contains("Please write what came of it.", (await office.ClicksAsync("bob", "Hand in")).Words);
        await office.ClicksAsync("bob", "Hand in", ("result", "All were there."));
        await office.SeesAsync("ann", "Bob Berg handed in the result.");
        await office.ClicksAsync("ann", "Return", ("reason", "Who paid?"));
        await office.SeesAsync("bob", "Ann Abel returned this to you.");
        await office.ClicksAsync("bob", "Hand in", ("result", "All were there, and I paid."));
        await office.SeesAsync("ann", "and I paid");
        await office.ClicksAsync("ann", "Accept as done");
        Assert.Equal(DelegationState.Done, (await office.StoredAsync(id)).State);
    }

    [Theory]
    [InlineData("-5 EUR", "An amount cannot be less than zero.")]
    [InlineData("0 EUR", "The amount must be more than zero.")]
    [InlineData("99999999999999999999 EUR", "That is too much to write here")]
    [InlineData("1,200", "Please add the currency, for example 1,200 EUR.")]
    [InlineData("lots", "I could not read that as an amount of money.")]
    [InlineData("", "Please give an amount with its currency, for example 1,200 EUR.")]
    [InlineData("20 USD", "This delegation counts in EUR. An amount in USD cannot be added to it.")]
    public async Task An_amount_that_cannot_be_is_said_so_and_stays_filled_in(string amount, string sentence)
    {
        var (office, id) = await Granting.BeganAsync(Granting.Free);
        await using var _ = office;
        var refused = await office.SpendsAsync(amount);
        Assert.Contains(sentence, refused.Words);
        Assert.Contains(amount, CardReading.Buttons(refused.Card!).First(button => button.Title == "Declare").Inputs["amount"]);
        Assert.Equal("printing", CardReading.Buttons(refused.Card!).First(button => button.Title == "Declare").Inputs["what"]);
        Assert.Equal(2, (await office.HistoryAsync(id)).Count);
    }

    [Theory]
    [InlineData("Involve", "person=bob", "Bob Berg is part of it already.")]
    [InlineData("Involve", "person=ann", "Ann Abel is part of it already.")]
    [InlineData("Involve", "person=", "Please choose whom.")]
    [InlineData("Involve", "person=28:22222222-2222-2222-2222-222222222222", "That is me. I am only the secretary; please choose a person.")]
    [InlineData("Commit", "to=Contoso", "Please write what is promised.")]
    [InlineData("Commit", "what=bread", "Please write to whom.")]
    [InlineData("Spend", "amount=5 EUR", "Please write what it is spent on.")]
    [InlineData("Plan", "amount=5 EUR|what=bread", "Choose a date.")]
    [InlineData("Plan", "amount=5 EUR|what=bread|until.date=2026-11-01", "is in the past")]
    public async Task An_act_that_cannot_be_is_said_so(string kind, string inputs, string sentence)
    {
        var (office, id) = await Granting.BeganAsync(Granting.Free);
        await using var _ = office;
        var refused = await office.DeclaresAsync(kind, [.. inputs.Split('|').Select(input => input.Split('=')).Select(pair => (pair[0], office.Teams.People.TryGetValue(pair[1], out var person) ? person.ObjectId : pair[1]))]);
        Assert.Contains(sentence, refused.Words);
        Assert.Equal(2, (await office.HistoryAsync(id)).Count);
    }

    [Fact]
    public async Task Amounts_add_up_to_the_cent()
    {
        var (office, id) = await Granting.BeganAsync(Granting.Free with { Budget = new Money(1, "EUR") });
        await using var _ = office;
        for (var time = 0; time < 3; time++)
        {
            await office.SpendsAsync("0.33 EUR", $"stamp {time}");
        }
        Assert.Equal((0.99m, 0.01m), ((await office.StoredAsync(id)).Dealings.Spent, (await office.StoredAsync(id)).Left!.Amount));
        Assert.Contains("Needs approval by Ann Abel", (await office.SpendsAsync("0.02 EUR", "a last one")).Words);
        Assert.Contains("0 EUR left", (await office.SpendsAsync("0.01 EUR", "half of it")).Words);
        Assert.Equal(1m, (await office.StoredAsync(id)).Dealings.Spent);
    }

    [Fact]
    public async Task The_same_press_again_records_once_also_under_a_new_id()
    {
        var (office, id) = await Granting.BeganAsync(Granting.Free);
        await using var _ = office;
        await office.ClicksAsync("bob", "Go on", ("change", "Spend"));
        var card = (await office.SeesAsync("bob", "On what?")).Copy();
        await Task.WhenAll(Enumerable.Range(1, 4).Select(number => office.ClicksAsync("bob", card, "Declare", $"spend-{number}", ("amount", "10 EUR"), ("what", "stamps"))));
        await office.ClicksAsync("bob", card, "Declare", "spend-1", ("amount", "10 EUR"), ("what", "stamps"));
        Assert.Equal(10m, (await office.StoredAsync(id)).Dealings.Spent);
        // Another card says it anew.
        await office.QuietAsync();
        await office.SpendsAsync("10 EUR", "stamps");
        Assert.Equal(20m, (await office.StoredAsync(id)).Dealings.Spent);
    }

    [Fact]
    public async Task A_card_of_older_terms_records_nothing()
    {
        var (office, id) = await Granting.BeganAsync(Granting.Free);
        await using var _ = office;
        await office.ClicksAsync("bob", "Go on", ("change", "Spend"));
        var old = (await office.SeesAsync("bob", "On what?")).Copy();
        await office.ClicksAsync("bob", "Never mind");
        await office.RequestsAsync("Budget", "It is dear.", ("budget", "6,000 EUR"));
        await office.SeesAsync("ann", "change the budget to 6,000 EUR");
        await office.ClicksAsync("ann", "Approve");
        await office.SeesAsync("bob", "Please accept version 2.");
        Assert.Contains("The terms changed since this card was sent.", (await office.ClicksAsync("bob", old, "Declare", null, ("amount", "10 EUR"), ("what", "stamps"))).Words);
        await office.ClicksAsync("bob", "Accept version 2", ("brief", "I spend a little more."));
        Assert.Contains("The terms changed since this card was sent.", (await office.ClicksAsync("bob", old, "Declare", null, ("amount", "10 EUR"), ("what", "stamps"))).Words);
        Assert.Equal((6000m, 0m), ((await office.StoredAsync(id)).Terms.Limits.Budget!.Amount, (await office.StoredAsync(id)).Dealings.Spent));
    }

    [Fact]
    public async Task In_exact_steps_every_act_needs_the_leader()
    {
        var (office, id) = await Granting.BeganAsync(null, type: AuthorizationType.Deterministic);
        await using var _ = office;
        Assert.Contains("Needs approval by Ann Abel: spend 5 EUR on stamps. Because: It is needed.", (await office.SpendsAsync("5 EUR", "stamps")).Words);
        await office.DeclaresAsync("Involve", ("person", office.Teams.People["eve"].ObjectId));
        await office.DeclaresAsync("Commit", ("to", "Contoso"), ("what", "bread"));
        Assert.Equal(3, (await office.StoredAsync(id)).Dealings.Held.Count);
        Assert.All((await office.HistoryAsync(id)).TakeLast(3), entry => Assert.Equal($"{id}, version 1: Do exactly this 1 step.", entry.Clause));
        await office.QuietAsync();
        var approved = await office.ClicksAsync("ann", "Approve");
        await office.QuietAsync();
        Assert.Contains("2 requests wait for you", (await office.SaysAsync("ann", "delegations")).Words);
        Assert.Contains("1 more to decide…", approved.Words);
        await office.QuietAsync();
        await office.SeesAsync("bob", "Ann Abel approved: spend 5 EUR on stamps.");
        await office.ClicksAsync("bob", "Complete step 1");
        Assert.Equal(5m, (await office.StoredAsync(id)).Dealings.SpentInAll);
    }
}

using CoordinationBot.Authority;
using CoordinationBot.Delegations;
using Microsoft.Extensions.DependencyInjection;

namespace CoordinationBot.Tests.Scenarios;

public sealed class InquiryScenarios
{
    [Fact]
    public async Task A_question_becomes_options_then_a_choice_then_steps_that_are_accepted_anew()
    {
        await using var office = new TestOffice();
        var id = await office.AsksAsync();
        Assert.Contains("Look into this and come back with options. Do not commit to anything yet.", office.Shown("bob")[^1].Words);
        Assert.DoesNotContain(office.Shown("carol"), message => message.Words.Contains(LookingInto.Title, StringComparison.Ordinal));

        var begun = await office.ClicksAsync("bob", "Accept", ("brief", "I compare three places."));
        foreach (var line in (string[])["Question: Which place is best for 80 people?", "To be consulted: Carol Cole (not yet)", "For exploring: 500 EUR left of 500 EUR", "Time box until: Fri 27 Nov 2026, 10:00 (Europe/Berlin)", "Now: You accepted it. Add the options you find."])
        {
            Assert.Contains(line, begun.Words);
        }
        Assert.Equal(["Add it", "Send report", "Send question", "Go on", "History"], CardReading.Buttons(begun.Card!).Select(button => button.Title));
        await office.SeesAsync("carol", "Bob Berg looks into a question for Ann Abel, and you are consulted.");

        await office.AddsAsync("Rent a hall");
        await office.SeesAsync("carol", "Bob Berg added option 1. What do you think?");
        Assert.Contains("Cost: not said", (await office.AddsAsync("Use the garden", "")).Words);
        var refused = await office.ClicksAsync("bob", "Propose to Ann Abel");
        Assert.Contains($"Carol Cole must be consulted and did not comment yet. Ann Abel can say that it goes on without. ({id}, version 1: Carol Cole must be consulted)", refused.Words);

        await office.ClicksAsync("carol", "Send comment", ("option", "O1"), ("comment", "The hall is loud."));
        Assert.Contains("Carol Cole: The hall is loud.", (await office.SeesAsync("bob", "Carol Cole commented.")).Words);
        var proposed = await office.ClicksAsync("bob", "Propose to Ann Abel");
        Assert.Equal(["Send question", "History"], CardReading.Buttons(proposed.Card!).Select(button => button.Title));
        await office.SeesAsync("carol", "Bob Berg proposed the options to Ann Abel. You can still comment.");

        var compared = await office.SeesAsync("ann", "Bob Berg proposes 2 options. Please choose one, or ask for more.");
        Assert.Contains("Now: Options wait for you.", compared.Words);
        Assert.Contains("options wait for you", (await office.SaysAsync("ann", "delegations")).Words);
        Assert.Contains("options wait for Ann Abel", (await office.SaysAsync("bob", "my tasks")).Words);
        Assert.Contains("1 result waits for your answer.", (await office.SaysAsync("ann", "waiting")).Words);

        await office.ChoosesAsync();
        Assert.Contains("Do exactly these 2 steps, in this order. It has to be accepted anew.", office.Shown("ann")[^1].Words);
        Assert.Contains($"{id}: you chose option 1, “Rent a hall”.", (await office.ClicksAsync("ann", "Choose it")).Words);
        await office.SeesAsync("bob", "Ann Abel chose option 1, as deterministic. Please accept version 2.");
        await office.SeesAsync("carol", "Ann Abel chose option 1. Thank you for your advice.");
        var anew = await office.ClicksAsync("bob", "Accept version 2", ("brief", "I call the owner and sign."));
        Assert.Contains("Chosen: option 1, Rent a hall", anew.Words);
        await office.ClicksAsync("bob", "Complete step 1");
        Assert.True((await office.ClicksAsync("bob", "Complete step 2", ("evidence", "https://files.example.org/contract"))).Card!.HasButton("Hand in"));

        Assert.Equal(
            ["Offered to Bob Berg", "Accepted version 1: I compare three places.", "Added option 1 “Rent a hall”. Benefits: Room for all. Drawbacks: Far away. Risk: It may be taken. Cost: 3,000 EUR",
                "Added option 2 “Use the garden”. Benefits: Room for all. Drawbacks: Far away. Risk: It may be taken.", "Not permitted: proposing options before Carol Cole commented",
                "Commented on option 1 “Rent a hall”: The hall is loud.", "Proposed 2 options: “Rent a hall”, “Use the garden”",
                "Chose option 1 “Rent a hall”, as deterministic: Do exactly these 2 steps, in this order. This is version 2", "Accepted version 2: I call the owner and sign.",
                "Completed step 1", "Completed step 2: https://files.example.org/contract"],
            (await office.HistoryAsync(id)).Select(entry => entry.What));
    }

    [Fact]
    public async Task An_option_becomes_flexible_with_its_cost_as_the_budget()
    {
        await using var office = new TestOffice();
        var id = await office.ProposedAsync();
        await office.ClicksAsync("ann", "Choose 1");
        var form = office.Shown("ann")[^1];
        Assert.Contains($"{id}, option 1: Rent a hall", form.Words);
        Assert.Equal(("Rent a hall", ""), (CardReading.Buttons(form.Card!).First().Inputs["title"], CardReading.Buttons(form.Card!).First().Inputs["type"]));

        Assert.Contains("Please choose one", (await office.ClicksAsync("ann", "Continue", ("due.date", "2026-12-11"))).Words);
        Assert.Contains("Budget in all: 3,000 EUR", (await office.ClicksAsync("ann", "Continue", ("type", "Flexible"))).Words);
        await office.ClicksAsync("ann", "Continue", ("outcome", "A hall for 80 people"), ("involve", "Named"), ("outside", "true"), ("depth", ""), ("must-not", "Pay in advance\nSign for longer"));
        var review = await office.ClicksAsync("ann", "Continue", ("people", office.Teams.People["eve"].ObjectId));
        Assert.Contains("Your choice, within these bounds: up to 3,000 EUR, by Fri 11 Dec 2026, 17:00 (Europe/Berlin), only Eve Ek may be involved, promises to people outside are yours to make, it is not handed on.", review.Words);
        Assert.Contains("Pay in advance", review.Words);
        await office.ClicksAsync("ann", "Choose it");
        await office.SeesAsync("bob", "Ann Abel chose option 1, as flexible. Please accept version 2.");
        var stored = await office.StoredAsync(id);
        Assert.Equal((AuthorizationType.Flexible, DelegationState.Offered, 2, "A hall for 80 people", new Money(3000, "EUR")), (stored.Terms.Type, stored.State, stored.Terms.Version, stored.Terms.Aim, stored.Terms.Limits.Budget));
        await office.ClicksAsync("bob", "Accept version 2", ("brief", "I rent one of the halls."));
        Assert.Equal(DelegationState.Accepted, (await office.StoredAsync(id)).State);
    }

    [Fact]
    public async Task Choosing_can_be_typed_from_the_comparison_on()
    {
        await using var office = new TestOffice();
        var id = await office.ProposedAsync();
        var compared = await office.SaysAsync("ann", $"options {id.ToLowerInvariant()}");
        foreach (var line in (string[])["1. Rent a hall", "2. Use the garden", "Benefits: Room for all.", "Drawbacks: Far away.", "Cost: 3,000 EUR", "Risk: It may be taken.", "Carol Cole: The hall is loud."])
        {
            Assert.Contains(line, compared.Words);
        }
        await office.ClicksAsync("ann", compared, "Choose 2");
        await office.SaysAsync("ann", "determ");
        await office.SaysAsync("ann", "in 2 weeks");
        Assert.Contains("Do exactly these 2 steps, in this order.", (await office.SaysAsync("ann", "ask the gardener; order tents (a note)")).Words);
        Assert.Contains($"{id}: you chose option 2", (await office.SaysAsync("ann", "send")).Words);
        Assert.Equal(("O2", 2), ((await office.StoredAsync(id)).Inquiry!.Chosen, (await office.StoredAsync(id)).Terms.Version));
        await office.QuietAsync();
        var after = await office.SaysAsync("bob", $"options {id}");
        Assert.Contains("Chosen: option 2", after.Words);
        Assert.Empty(CardReading.Buttons(after.Card!));
    }

    [Fact]
    public async Task Asked_for_more_the_assignee_reworks_removes_and_proposes_again()
    {
        await using var office = new TestOffice();
        var id = await office.ProposedAsync();
        Assert.Contains("Please write what is missing.", (await office.ClicksAsync("ann", "Ask for it")).Words);
        await office.ClicksAsync("ann", "Ask for it", ("missing", "What about the lake?"));
        Assert.Contains("Reason: What about the lake?", (await office.SeesAsync("bob", "Ann Abel asks for more before choosing.")).Words);

        await office.ClicksAsync("bob", "Rework 1");
        Assert.Equal("3,000 EUR", CardReading.Buttons(office.Shown("bob")[^1].Card!).First().Inputs["cost"]);
        Assert.Contains("Please write its risk.", (await office.ClicksAsync("bob", "Save it", ("risk", ""))).Words);
        Assert.Contains("Cost: 2,800 EUR", (await office.ClicksAsync("bob", "Save it", ("risk", "It is taken."), ("cost", "2800 EUR"))).Words);
        await office.ClicksAsync("bob", "Remove 2");
        await office.AddsAsync("The lake");
        await office.ClicksAsync("bob", "Propose to Ann Abel");
        var again = await office.SeesAsync("ann", "Bob Berg proposes 2 options.");
        Assert.True(again.Card!.HasButton("Choose 1") && again.Card!.HasButton("Choose 3") && !again.Card!.HasButton("Choose 2"));
        Assert.Equal(["O1", "O3"], (await office.StoredAsync(id)).Inquiry!.Options.Select(option => option.Id));
    }

    [Fact]
    public async Task The_leader_closes_it_without_a_choice()
    {
        await using var office = new TestOffice();
        var id = await office.ProposedAsync();
        await office.ClicksAsync("ann", "Close it without a choice", ("reason", "There is no party."));
        Assert.Contains("Now: Ann Abel closed it.", (await office.SeesAsync("bob", "Ann Abel closed this. Nothing more is to be done. Thank you.")).Words);
        await office.QuietAsync();
        Assert.Contains("It has ended. Nothing more is asked of you.", office.Shown("carol")[^1].Words);
        Assert.DoesNotContain("There is no party.", office.Shown("carol")[^1].Words);
        Assert.Equal(("Closed without a choice: There is no party.", DelegationState.Done), ((await office.HistoryAsync(id))[^1].What, (await office.StoredAsync(id)).State));
    }

    [Fact]
    public async Task The_leader_lets_it_go_on_without_a_comment_and_hears_a_report()
    {
        await using var office = new TestOffice();
        await office.LooksAsync();
        await office.AddsAsync("Rent a hall");
        Assert.Contains("Please write how it goes.", (await office.ClicksAsync("bob", "Send report")).Words);
        await office.ClicksAsync("bob", "Send report", ("report", "Carol is on a journey."));
        Assert.Contains("Report: Carol is on a journey.", (await office.SeesAsync("ann", "Bob Berg reports how it goes.")).Words);
        await office.ClicksAsync("ann", "Go on without them", ("person", office.Teams.People["carol"].ObjectId));
        Assert.Contains("To be consulted: Carol Cole (goes on without)", (await office.SeesAsync("bob", "Ann Abel says that it goes on without Carol Cole's comment.")).Words);
        await office.ClicksAsync("bob", "Propose to Ann Abel");
        await office.SeesAsync("ann", "Bob Berg proposes 1 option.");
    }

    [Fact]
    public async Task More_time_is_asked_for_and_the_end_of_the_time_box_ends_it()
    {
        await using var office = new TestOffice();
        var id = await office.LooksAsync();
        await office.AddsAsync("Rent a hall");
        await office.ClicksAsync("bob", "Go on", ("change", "MoveDeadline"));
        await office.ClicksAsync("bob", "Send the request", ("due.date", "2026-11-30"), ("due.time", "10:00"), ("because", "The owner is away."));
        await office.SeesAsync("ann", "Bob Berg asks for a change.");
        await office.ClicksAsync("ann", "Approve");
        await office.SeesAsync("bob", "Please accept version 2.");
        Assert.Contains("Now: You are looking into it.", (await office.ClicksAsync("bob", "Accept version 2", ("brief", "I take until Monday."))).Words);

        var store = office.Services.GetRequiredService<DelegationStore>();
        await store.UpdateAsync(TestOffice.Tenant, id, "expire-1", delegation => OfferRules.Expire(delegation, office.Clock.GetUtcNow().AddDays(8)), CancellationToken.None);
        Assert.Equal(["History"], CardReading.Buttons((await office.SeesAsync("bob", "It expired: the time box ended. Nothing more is to be done.")).Card!).Select(button => button.Title));
        await office.SeesAsync("ann", "It expired: the time box ended and Bob Berg proposed no option.");
    }

    [Fact]
    public async Task Who_is_consulted_sees_the_question_and_the_options_and_nothing_else()
    {
        await using var office = new TestOffice();
        var id = await office.LooksAsync(terms => terms with { Bounds = terms.Limits with { IsConfidential = true, MustNot = ["Tell the press"], People = [.. terms.Limits.People, new Party(office.Teams.People["eve"].ObjectId, "Eve Ek")] } });
        await office.AddsAsync("Rent a hall");
        await office.ClicksAsync("eve", "Send comment", ("comment", "I like the lake."));
        await office.ClicksAsync("bob", "Send report", ("report", "It is hard."));
        await office.QuietAsync();
        var card = office.Shown("carol")[^1];
        Assert.Contains("Question: Which place is best for 80 people?", card.Words);
        Assert.Contains("1. Rent a hall", card.Words);
        Assert.All((string[])["500 EUR", "Tell the press", "I compare three places.", "Eve Ek", "I like the lake.", "It is hard."], word => Assert.DoesNotContain(word, card.Words));
        Assert.Equal(["Send comment"], CardReading.Buttons(card.Card!).Select(button => button.Title));
        Assert.DoesNotContain("I like the lake.", (await office.SaysAsync("carol", $"options {id}")).Words);
        Assert.StartsWith("There is no such delegation", (await office.SaysAsync("carol", $"history {id}")).Words, StringComparison.Ordinal);
        foreach (var verb in (string[])["history", "steps"])
        {
            Assert.Equal("This card belongs to somebody else. Nothing was changed.", (await office.InvokesAsync("carol", $"delegation.{verb}", new System.Text.Json.Nodes.JsonObject { ["id"] = id, ["version"] = "1" })).Words);
        }
        await office.SaysAsync("carol", $"show {id}");
        await office.QuietAsync();
        Assert.Contains("Question: Which place is best for 80 people?", office.Shown("carol")[^1].Words);
    }

    [Fact]
    public async Task Somebody_to_be_consulted_who_could_not_be_told_is_told_when_they_can_be()
    {
        await using var office = new TestOffice();
        await office.AsksAsync();
        var carol = office.Teams.People["carol"];
        office.Teams.Fault = request => request.RequestUri!.ToString().Contains(Uri.EscapeDataString(carol.Chat), StringComparison.Ordinal) || request.RequestUri.ToString().Contains(carol.Chat, StringComparison.Ordinal)
            ? new HttpResponseMessage(System.Net.HttpStatusCode.Forbidden) { Content = new StringContent("""{"error":{"code":"MessageWritesBlocked","message":"no"}}""") }
            : null;
        await office.ClicksAsync("bob", "Accept", ("brief", "I compare three places."));
        await office.SeesAsync("ann", "Carol Cole has not been told");
        office.Teams.Fault = _ => null;
        await office.SaysAsync("carol", "help");
        await office.SeesInTimeAsync("carol", "Bob Berg looks into a question for Ann Abel, and you are consulted.");
    }
}

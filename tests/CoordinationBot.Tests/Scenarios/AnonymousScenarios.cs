using CoordinationBot.Feedbacks;

namespace CoordinationBot.Tests.Scenarios;

/// <summary>Feedback that nobody signs.</summary>
public sealed class AnonymousScenarios
{
    [Fact]
    public async Task A_letter_waits_in_the_box_until_the_morning_and_then_stands_in_the_register()
    {
        await using var office = await Voicing.OfficeAsync();
        var card = await office.LeavesAsync();
        Assert.Contains("Your words are handed over Tue 24 Nov 2026, 09:00 (UTC), together with those of others. Nothing about you is stored.", card.Words);
        await office.RestsAsync();
        Assert.Empty(await office.RegisterAsync("eve"));
        Assert.Single(await office.LettersAsync());

        await office.MorningAsync();
        Assert.Empty(await office.LettersAsync());
        var entry = Assert.Single(await office.RegisterAsync("eve"));
        Assert.True(entry.IsAnonymous);
        await office.SeesAsync("eve", "An anonymous letter is in your register.");
        Assert.Contains("From: somebody who stays anonymous, Tue 24 Nov 2026", (await office.SaysAsync("eve", $"feedback {entry.Id}")).Words);
    }

    [Fact]
    public async Task The_card_of_an_author_whom_nobody_knows_shows_what_is_new()
    {
        await using var office = await Voicing.OfficeAsync();
        await office.LeavesAsync();
        await office.MorningAsync();
        var id = await office.NewestAsync();
        await office.SaysAsync("eve", $"feedback {id}: answer We get a second one.");
        var seen = await office.ClicksAsync("bob", "What is new");
        Assert.Contains("Answer: We get a second one.", seen.Words);
        Assert.Contains("State: looking into it", seen.Words);
        Assert.Contains("Answered by: Eve Ek", seen.Words);
    }

    [Fact]
    public async Task A_client_that_brings_the_card_up_to_date_by_itself_changes_nothing_and_always_gets_a_card()
    {
        await using var office = await Voicing.OfficeAsync();
        var empty = (await office.SaysAsync("bob", "feedback")).Copy();
        Assert.Contains("What do you think?", (await office.RefreshesAsync("bob", empty)).Words);
        Assert.Empty(await office.LettersAsync());

        await office.ClicksAsync("bob", empty, "Send anonymously", null, ("kind", "Problem"), ("text", Voicing.Printer));
        // Another device, or a client that was restarted, still has the first card: it leads to the letter, and later to the answer.
        Assert.Contains("Your words are handed over", (await office.RefreshesAsync("bob", empty)).Words);
        await office.MorningAsync();
        Assert.Contains("State: new", (await office.RefreshesAsync("bob", empty)).Words);
    }

    [Fact]
    public async Task The_talk_goes_both_ways_and_the_author_stays_unknown()
    {
        await using var office = await Voicing.OfficeAsync();
        await office.LeavesAsync();
        await office.MorningAsync();
        var id = await office.NewestAsync();
        await office.SaysAsync("eve", $"feedback {id}: ask Which floor exactly?");
        Assert.Contains("Which floor exactly?", (await office.ClicksAsync("bob", "What is new")).Words);
        Assert.Contains("Waits until it is handed over Wed 25 Nov 2026, 09:00 (UTC): The third.", (await office.ClicksAsync("bob", "Send message", ("message", "The third."))).Words);
        Assert.Single((await office.FeedbackAsync(id)).Talk);

        await office.MorningAsync();
        Assert.Equal(["Which floor exactly?", "The third."], (await office.FeedbackAsync(id)).Talk.Select(entry => entry.Text));
        Assert.Contains("The author, Wed 25 Nov 2026: The third.", (await office.SeesAsync("eve", $"Whoever wrote this writes to you about {id}.")).Words);

        await office.ClicksAsync("bob", "What is new");
        await office.ClicksAsync("bob", "End the talk");
        await office.MorningAsync();
        Assert.True((await office.FeedbackAsync(id)).TalkEnded);
        Assert.Contains("Nothing was sent: the talk has ended.", (await office.SaysAsync("eve", $"feedback {id}: ask And where?")).Words);
    }

    [Fact]
    public async Task Pressing_twice_on_two_devices_before_and_after_the_morning_is_one_letter()
    {
        await using var office = await Voicing.OfficeAsync();
        var card = (await office.SaysAsync("bob", $"problem {Voicing.Printer}")).Copy();
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => office.ClicksAsync("bob", card, "Send anonymously")));
        await office.MorningAsync();
        Assert.Contains("State: new", (await office.ClicksAsync("bob", card, "Send anonymously")).Words);
        Assert.Empty(await office.LettersAsync());
        Assert.Single(await office.RegisterAsync("eve"));
    }

    [Fact]
    public async Task Fifty_letters_in_a_box_are_handed_over_at_once()
    {
        await using var office = await Voicing.OfficeAsync(services => services.AddSingletonChance(below => 0));
        for (var number = 0; number < LetterboxRules.Many; number++)
        {
            await office.LeavesAsync($"{Voicing.Printer}, {number}");
        }
        await office.RestsAsync();
        Assert.Empty(await office.LettersAsync());
        Assert.Equal(LetterboxRules.Many, (await office.RegisterAsync("eve")).Count);
        await office.SeesAsync("eve", "50 anonymous letters are in your register.");
    }

    [Fact]
    public async Task A_letter_for_which_nobody_answers_any_more_waits()
    {
        await using var office = await Voicing.OfficeAsync();
        await office.SaysAsync("eve", "registers general: Ann");
        await office.LeavesAsync();
        foreach (var who in (string[])["ann", "eve"])
        {
            await office.InstalledAsync(who, "remove");
        }
        await office.MorningAsync();
        Assert.Single(await office.LettersAsync());
        await office.InstalledAsync("ann");
        await office.SaysAsync("ann", "help");
        await office.MorningAsync();
        Assert.Empty(await office.LettersAsync());
        Assert.Single(await office.RegisterAsync("ann"));
    }

    [Fact]
    public async Task Somebody_elses_card_leads_nowhere_but_to_what_it_leads_anybody()
    {
        await using var office = await Voicing.OfficeAsync();
        await office.LeavesAsync();
        await office.MorningAsync();
        var made = await office.InvokesAsync("ann", "feedback.view", System.Text.Json.Nodes.JsonNode.Parse($$"""{"secret":"{{new string('0', 64)}}"}"""));
        Assert.Contains("What do you think?", made.Words);
        var handle = (await office.FeedbackAsync(await office.NewestAsync())).Origin;
        Assert.Contains("What do you think?", (await office.InvokesAsync("ann", "feedback.view", System.Text.Json.Nodes.JsonNode.Parse($$"""{"secret":"{{handle}}"}"""))).Words);
    }

    [Fact]
    public async Task What_was_taken_for_the_talk_arrives_also_when_its_owner_ends_it_meanwhile()
    {
        await using var office = await Voicing.OfficeAsync();
        await office.LeavesAsync();
        await office.MorningAsync();
        var id = await office.NewestAsync();
        await office.ClicksAsync("bob", "What is new");
        Assert.Contains("Waits until it is handed over", (await office.ClicksAsync("bob", "Send message", ("message", "The third floor."))).Words);
        await office.SaysAsync("eve", $"feedback {id}: end");
        await office.MorningAsync();
        Assert.Equal(["The third floor."], (await office.FeedbackAsync(id)).Talk.Select(entry => entry.Text));
        await office.SeesAsync("eve", $"Whoever wrote this writes to you about {id}.");
        Assert.Contains("The third floor.", (await office.ClicksAsync("bob", "What is new")).Words);
    }

    [Fact]
    public async Task Letters_of_an_owner_who_has_left_go_to_whoever_is_next()
    {
        await using var office = await Voicing.OfficeAsync();
        await office.SaysAsync("eve", "registers general: Ann");
        await office.LeavesAsync("it came when she was there");
        await office.MorningAsync();
        await office.LeavesAsync("the lift");
        await office.LeavesAsync("the stairs");
        office.Teams.People["ann"].IsInstalled = false;
        await office.MorningAsync();
        await office.PassAsync(TimeSpan.FromMinutes(1));
        await office.RestsAsync();
        Assert.Empty(await office.RegisterAsync("ann"));
        Assert.Equal(["it came when she was there", "the lift", "the stairs"], (await office.RegisterAsync("eve")).Select(entry => entry.Text).Order());
        await office.SeesAsync("eve", "Ann Abel can no longer be reached, so this feedback is yours.");
    }
}

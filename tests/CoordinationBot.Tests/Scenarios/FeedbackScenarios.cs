using CoordinationBot.Feedbacks;

namespace CoordinationBot.Tests.Scenarios;

/// <summary>Feedback that somebody signs.</summary>
public sealed class FeedbackScenarios
{
    [Fact]
    public async Task A_problem_is_one_sentence_and_one_press_away_from_whoever_answers_it()
    {
        await using var office = await Voicing.OfficeAsync();
        var card = await office.SaysAsync("bob", $"problem {Voicing.Printer}");
        Assert.Contains("With your name: your words, your name and the time are stored", card.Words);
        Assert.Contains("Anonymous: your words, the subject and the day are stored, and nothing about you. They are handed over Tue 24 Nov 2026, 09:00 (UTC)", card.Words);
        Assert.Contains(Voicing.Printer, card.Words);

        var receipt = await office.ClicksAsync("bob", "Send with my name");
        Assert.Contains("State: new", receipt.Words);
        Assert.Contains("Answered by: Eve Ek", receipt.Words);
        Assert.Contains("Answer due: Thu 3 Dec 2026", receipt.Words);
        await office.SeesAsync("eve", "Bob Berg tells you what they think. Please answer it.");
    }

    [Fact]
    public async Task The_author_hears_each_change_on_a_card_that_lives()
    {
        await using var office = await Voicing.OfficeAsync();
        await office.TellsAsync();
        await office.ClicksAsync("eve", "Take it");
        Assert.Contains("State: looking into it", (await office.SeesAsync("bob", "Eve Ek is looking into what you wrote.")).Words);
        await office.ClicksAsync("eve", "Send answer", ("answer", "We get a second one in January."));
        Assert.Contains("Answer: We get a second one in January.", (await office.SeesAsync("bob", "Eve Ek answers what you wrote.")).Words);
        await office.ClicksAsync("eve", "Tell the author", ("state", "Planned"));
        await office.SeesAsync("bob", "Eve Ek plans to do something about what you wrote.");
        await office.ClicksAsync("eve", "Tell the author", ("state", "Done"));
        Assert.Contains("State: done", (await office.SeesAsync("bob", "Eve Ek says that what you wrote about is done.")).Words);
    }

    [Fact]
    public async Task What_is_not_done_now_needs_a_reason()
    {
        await using var office = await Voicing.OfficeAsync();
        var id = await office.TellsAsync();
        Assert.Contains("Please write why not now: whoever wrote this reads it.", (await office.ClicksAsync("eve", "Tell the author", ("state", "NotNow"))).Words);
        Assert.Equal(FeedbackState.New, (await office.FeedbackAsync(id)).State);
        await office.ClicksAsync("eve", "Tell the author", ("state", "NotNow"), ("reason", "No money this year."));
        Assert.Contains("Why not now: No money this year.", (await office.SeesAsync("bob", "Eve Ek will not do it now, and says why.")).Words);
    }

    [Fact]
    public async Task It_goes_to_whoever_owns_what_it_is_about()
    {
        await using var office = await Voicing.OfficeAsync();
        var delegation = await office.OffersAsync();
        var meeting = await office.ConvenesAsync();
        await office.SaysAsync("eve", "registers add Facilities: Ann");
        await office.SaysAsync("eve", "registers general: Ann");

        foreach (var about in (string[])[delegation, meeting.ToLowerInvariant(), "facilities", "the weather", ""])
        {
            await office.SaysAsync("bob", $"suggest more of {about}");
            await office.ClicksAsync("bob", "Send with my name", ("about", about));
        }
        await office.RestsAsync();
        Assert.Equal(5, (await office.RegisterAsync("ann")).Count);
        Assert.Empty(await office.RegisterAsync("eve"));
    }

    [Fact]
    public async Task Nobody_answers_what_they_wrote_themselves()
    {
        await using var office = await Voicing.OfficeAsync();
        await office.SaysAsync("eve", "registers general: Bob");
        await office.TellsAsync();
        Assert.Single(await office.RegisterAsync("eve"));
        Assert.Empty(await office.RegisterAsync("bob"));
        var id = await office.NewestAsync();
        Assert.Contains("It was not handed on: Bob Berg wrote it.", (await office.SaysAsync("eve", $"feedback {id}: to Bob")).Words);
    }

    [Fact]
    public async Task Thanks_may_go_to_a_person_with_a_name_and_never_without()
    {
        await using var office = await Voicing.OfficeAsync();
        var card = await office.SaysAsync("bob", "thanks you saved my day");
        Assert.Contains("anonymous words go to the register of a subject and never to a person", (await office.ClicksAsync("bob", card, "Send anonymously", null, ("to", office.Party("ann").ObjectId))).Words);
        await office.ClicksAsync("bob", "Send with my name", ("to", office.Party("ann").ObjectId));
        Assert.Contains("you saved my day", (await office.SeesAsync("ann", "Bob Berg says thank you.")).Words);

        var problem = await office.SaysAsync("bob", "thanks");
        Assert.Contains("only thanks go to a person", (await office.ClicksAsync("bob", problem, "Send with my name", null, ("to", office.Party("ann").ObjectId), ("kind", "Problem"), ("text", "she is loud"))).Words);
    }

    [Fact]
    public async Task The_talk_goes_both_ways_until_a_side_ends_it()
    {
        await using var office = await Voicing.OfficeAsync();
        await office.TellsAsync();
        await office.ClicksAsync("eve", "Send message", ("message", "Which of the two?"));
        await office.SeesAsync("bob", "Eve Ek writes to you about what you wrote.");
        await office.ClicksAsync("bob", "Send message", ("message", "The big one."));
        Assert.Contains("The big one.", (await office.SeesAsync("eve", "Bob Berg writes to you about")).Words);
        await office.ClicksAsync("bob", "End the talk");
        await office.SeesAsync("eve", "Bob Berg ended the talk");
        var id = await office.NewestAsync();
        Assert.Contains("Nothing was sent: the talk has ended.", (await office.SaysAsync("eve", $"feedback {id}: ask And where?")).Words);
    }

    [Fact]
    public async Task The_same_press_twice_is_one_feedback()
    {
        await using var office = await Voicing.OfficeAsync();
        var card = (await office.SaysAsync("bob", $"problem {Voicing.Printer}")).Copy();
        await office.ClicksAsync("bob", card, "Send with my name");
        Assert.Contains("State: new", (await office.ClicksAsync("bob", card, "Send with my name")).Words);
        await office.RestsAsync();
        Assert.Single(await office.RegisterAsync("eve"));
    }

    [Fact]
    public async Task An_owner_who_has_left_is_followed_by_whoever_is_next()
    {
        await using var office = await Voicing.OfficeAsync();
        await office.SaysAsync("eve", "registers general: Ann");
        await office.TellsAsync(owner: "ann");
        office.Teams.People["ann"].IsInstalled = false;
        await office.ClicksAsync("bob", "Send message", ("message", "And the paper is gone too."));
        await office.SeesAsync("eve", "Ann Abel can no longer be reached, so this feedback is yours.");
        await office.RestsAsync();
        Assert.Single(await office.RegisterAsync("eve"));
        Assert.Empty(await office.RegisterAsync("ann"));
        Assert.Contains("Answered by: Eve Ek", (await office.SeesAsync("bob", "Eve Ek answers what you wrote from now on.")).Words);
    }

    [Fact]
    public async Task An_author_who_has_left_breaks_nothing()
    {
        await using var office = await Voicing.OfficeAsync();
        var id = await office.TellsAsync();
        office.Teams.People["bob"].IsInstalled = false;
        await office.ClicksAsync("eve", "Take it");
        await office.ClicksAsync("eve", "Send answer", ("answer", "It is filled every morning now."));
        await office.RestsAsync();
        Assert.Equal("It is filled every morning now.", (await office.FeedbackAsync(id)).Answer);
        office.Teams.People["bob"].IsInstalled = true;
        await office.SaysAsync("bob", "my feedback");
        await office.SeesInTimeAsync("bob", "Eve Ek answers what you wrote.");
    }

    [Fact]
    public async Task A_form_that_somebody_else_has_sent_shows_nothing_of_theirs_and_takes_what_is_said_now()
    {
        await using var office = await Voicing.OfficeAsync();
        var form = (await office.SaysAsync("bob", $"problem {Voicing.Printer}")).Copy();
        await office.ClicksAsync("bob", form, "Send with my name");
        var refused = await office.ClicksAsync("ann", form, "Send with my name", null, ("text", "and the lift too"));
        Assert.Contains("Nothing was sent: this card is not yours.", refused.Words);
        Assert.DoesNotContain("State: new", refused.Words);

        var fresh = new ShownMessage(form.Id) { Card = refused.Card };
        Assert.Contains("State: new", (await office.ClicksAsync("ann", fresh, "Send with my name")).Words);
        await office.RestsAsync();
        Assert.Equal([("Bob Berg", Voicing.Printer), ("Ann Abel", "and the lift too")], (await Task.WhenAll((await office.RegisterAsync("eve")).Select(entry => office.FeedbackAsync(entry.Id)))).Select(feedback => (feedback.Author!.Name, feedback.Text)).OrderByDescending(sent => sent.Name));
    }
}

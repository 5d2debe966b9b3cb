using CoordinationBot.Delegations;
using CoordinationBot.Feedbacks;

namespace CoordinationBot.Tests.Scenarios;

/// <summary>What the owner of feedback does with it.</summary>
public sealed class RegisterScenarios
{
    [Fact]
    public async Task A_register_is_read_by_state_by_age_and_by_word_page_by_page()
    {
        await using var office = await Voicing.OfficeAsync();
        for (var number = 1; number <= 12; number++)
        {
            await office.TellsAsync($"{(number % 3 == 0 ? "the lift" : "the printer")} is broken, number {number}.");
        }
        var first = await office.SaysAsync("eve", "register");
        Assert.Contains("What is open, the oldest first.", first.Words);
        Assert.Equal(10, CardReading.Buttons(first.Card!).Count(button => button.Title == "Open"));
        var second = await office.ClicksAsync("eve", first, "More");
        Assert.Equal(2, CardReading.Buttons(second.Card!).Count(button => button.Title == "Open"));
        Assert.False(second.Card!.HasButton("More"));

        var lifts = await office.SaysAsync("eve", "register new lift");
        Assert.Contains("What is new, with “lift”, the oldest first.", lifts.Words);
        Assert.Equal(4, CardReading.Buttons(lifts.Card!).Count(button => button.Title == "Open"));
        Assert.Contains("Nothing is here.", (await office.ClicksAsync("eve", lifts, "Show", null, ("filter-state", "done"))).Words);
        Assert.Contains("Nothing is here.", (await office.SaysAsync("bob", "register")).Words);
    }

    [Fact]
    public async Task Somebody_elses_register_opens_to_whoever_stands_in_for_them_and_to_nobody_else()
    {
        await using var office = await Voicing.OfficeAsync();
        var id = await office.TellsAsync();
        Assert.Contains("There is no such feedback that is yours.", (await office.SaysAsync("ann", $"feedback {id}")).Words);
        Assert.Contains("Nothing is here.", (await office.InvokesAsync("ann", "register.page", System.Text.Json.Nodes.JsonNode.Parse($$"""{"whose":"{{office.Party("eve").ObjectId}}"}"""))).Words);

        await office.SaysAsync("eve", "away until fri, deputy Ann");
        await office.ClicksAsync("eve", "Confirm");
        var mine = await office.SaysAsync("ann", "register");
        Assert.Contains(Voicing.Printer, (await office.ClicksAsync("ann", mine, "For Eve Ek")).Words);
        await office.SaysAsync("ann", $"feedback {id}: take");
        await office.SeesAsync("bob", "Ann Abel is looking into what you wrote.");
        Assert.Equal("Ann Abel", (await office.FeedbackAsync(id)).Owner.Name);
    }

    [Fact]
    public async Task Two_that_say_the_same_become_one_and_all_authors_hear_what_comes_of_it()
    {
        await using var office = await Voicing.OfficeAsync();
        office.Add("kim", "Kim Kern");
        await office.InstallAsync("kim");
        var (first, second) = (await office.TellsAsync(), await office.TellsAsync("no paper in the printer again", who: "ann"));
        await office.PassAsync(TimeSpan.FromDays(1));
        var third = await office.TellsAsync("paper!", who: "kim");

        Assert.Contains($"{first} is this one", (await office.SaysAsync("eve", $"feedback {first}: join {first}")).Words);
        Assert.Contains("there is no F-000000 that you answer", (await office.SaysAsync("eve", $"feedback {first}: join F-000000")).Words);
        // The younger goes into the older, whichever is named first; then the chain is followed.
        await office.SaysAsync("eve", $"feedback {second}: join {third}");
        await office.SeesAsync("kim", "Somebody else wrote the same. Both are answered together from now on.");
        await office.SaysAsync("eve", $"feedback {third}: join {first}");
        await office.RestsAsync();
        Assert.Contains("is joined with this one already", (await office.SaysAsync("eve", $"feedback {first}: join {third}")).Words);
        var entry = Assert.Single(await office.RegisterAsync("eve"));

        await office.SaysAsync("eve", $"feedback {third}: planned");
        foreach (var who in (string[])["ann", "bob", "kim"])
        {
            Assert.Contains("State: planned", (await office.SeesAsync(who, "Eve Ek plans to do something about what you wrote.")).Words);
        }
        await office.RestsAsync();
        Assert.All((string[])["ann", "bob", "kim"], who => Assert.Equal(1, office.Times(who, "Eve Ek plans to do something")));
        Assert.Equal(FeedbackState.Planned, (await office.FeedbackAsync(entry.Id)).State);
    }

    [Fact]
    public async Task An_anonymous_author_hears_of_what_theirs_was_joined_with()
    {
        await using var office = await Voicing.OfficeAsync();
        await office.LeavesAsync("the paper is gone");
        await office.MorningAsync();
        var anonymous = await office.NewestAsync();
        await office.PassAsync(TimeSpan.FromDays(1));
        var named = await office.TellsAsync(who: "ann");
        await office.SaysAsync("eve", $"feedback {anonymous}: join {named}");
        await office.SaysAsync("eve", $"feedback {named}: done");
        Assert.Contains("State: done", (await office.ClicksAsync("bob", "What is new")).Words);
        await office.SeesAsync("ann", "Eve Ek says that what you wrote about is done.");
    }

    [Fact]
    public async Task Feedback_becomes_a_delegation_with_an_authorization_type_and_its_author_hears()
    {
        await using var office = await Voicing.OfficeAsync();
        var id = await office.TellsAsync();
        var card = (await office.SaysAsync("eve", $"feedback {id}")).Copy();
        await office.ClicksAsync("eve", card, "Make it a delegation");
        await office.ClicksAsync("eve", "Continue", ("assignee", office.Party("ann").ObjectId), ("type", "Deterministic"), ("due.date", "2026-12-01"), ("due.time", "17:00"), ("steps.1", "buy paper"));
        var given = Handing.IdIn((await office.ClicksAsync("eve", "Send to Ann Abel")).Words);
        var stored = await office.StoredAsync(given);
        Assert.Equal((AuthorizationType.Deterministic, Voicing.Printer), (stored.Terms.Type, stored.Terms.Title));
        Assert.Contains("State: planned", (await office.SeesAsync("bob", "What you wrote has become work that Eve Ek gave to somebody.")).Words);
        Assert.Equal(given, (await office.FeedbackAsync(id)).Delegation);
        Assert.DoesNotContain(given, office.Shown("bob")[^1].Words);
        Assert.Contains($"It became {given} already.", (await office.ClicksAsync("eve", card, "Make it a delegation")).Words);
    }

    [Fact]
    public async Task Feedback_comes_onto_the_agenda_of_a_meeting_once()
    {
        await using var office = await Voicing.OfficeAsync();
        await office.SaysAsync("eve", "registers general: Ann");
        var meeting = await office.ConvenesAsync();
        var id = await office.TellsAsync(owner: "ann");
        Assert.Contains("There is no such meeting that you are part of.", (await office.SaysAsync("ann", $"feedback {id}: agenda M-000000")).Words);
        await office.SaysAsync("ann", $"feedback {id}: agenda {meeting.ToLowerInvariant()}");
        await office.SaysAsync("ann", $"feedback {id}: agenda {meeting}");
        await office.SeesAsync("bob", "Ann Abel has put what you wrote on the agenda of a meeting.");
        Assert.Single((await office.MeetingAsync(meeting)).Agenda.Items, item => item.Title == Voicing.Printer);
    }

    [Fact]
    public async Task Handing_on_tells_whoever_gets_it_and_the_author()
    {
        await using var office = await Voicing.OfficeAsync();
        var id = await office.TellsAsync();
        var old = (await office.SaysAsync("eve", $"feedback {id}")).Copy();
        await office.ClicksAsync("eve", old, "Hand on", null, ("to", office.Party("ann").ObjectId));
        await office.SeesAsync("ann", "Eve Ek hands you this feedback. Please answer it.");
        await office.SeesAsync("bob", "Ann Abel answers what you wrote from now on.");
        await office.RestsAsync();
        Assert.Empty(await office.RegisterAsync("eve"));
        // The old card gives nothing any more, and says why.
        Assert.Contains($"Ann Abel answers {id} now.", (await office.ClicksAsync("eve", old, "Take it")).Words);
        Assert.Equal(FeedbackState.New, (await office.FeedbackAsync(id)).State);
    }

    [Fact]
    public async Task What_is_about_something_confidential_stays_with_those_who_know_of_it()
    {
        await using var office = await Voicing.OfficeAsync();
        office.Add("kim", "Kim Kern");
        await office.InstallAsync("kim");
        var secret = await office.GivesAsync(Granting.Narrow with { IsConfidential = true }, "Plan the merger");
        var refused = await office.SaysAsync("kim", "problem I heard of a merger");
        var none = (await office.ClicksAsync("kim", refused, "Send anonymously", null, ("about", secret))).Words;
        Assert.Contains("There is no such delegation that you are part of.", none);
        Assert.DoesNotContain("merger is", none);
        Assert.Contains("There is no such delegation that you are part of.", (await office.ClicksAsync("kim", "Send with my name", ("about", "D-000000"))).Words);

        var id = await office.TellsAsync("the schedule is too tight", secret, owner: "ann");
        Assert.Contains("It was not handed on: it is about something confidential that Kim Kern is no part of.", (await office.SaysAsync("ann", $"feedback {id}: to Kim")).Words);
        await office.SaysAsync("ann", "away until fri, deputy Kim");
        await office.ClicksAsync("ann", "Confirm");
        Assert.Contains("There is no such feedback that is yours.", (await office.SaysAsync("kim", $"feedback {id}")).Words);
    }

    [Fact]
    public async Task Answers_that_are_overdue_stand_in_the_digest_of_their_owner()
    {
        await using var office = new TestOffice(quietHours: "18:00-08:00", administrators: "eve");
        await office.InstallAsync("ann", "bob", "eve");
        var id = await office.TellsAsync();
        // Ten working days and an evening later, something else waits for her anyway.
        await office.PassesUntilAsync(new DateTimeOffset(2026, 12, 8, 19, 0, 0, TimeSpan.Zero));
        await office.TellsAsync("and the lift");
        await office.PassesUntilAsync(new DateTimeOffset(2026, 12, 9, 8, 0, 0, TimeSpan.Zero));
        Assert.Contains($"An answer to {id} (problem) is overdue since Mon 7 Dec 2026, 17:00 (Europe/Berlin).", (await office.SeesInTimeAsync("eve", "waited for you")).Words);
        Assert.Contains("overdue", (await office.SaysAsync("eve", "register overdue")).Words);
    }

    [Fact]
    public async Task Only_an_administrator_says_who_answers_what()
    {
        await using var office = await Voicing.OfficeAsync();
        Assert.Contains("administrator", (await office.SaysAsync("bob", "registers general: Bob")).Words);
        Assert.Contains("Everything else: the administrators", (await office.SaysAsync("bob", "registers")).Words);
        Assert.Contains("Ann Abel answers for Human Resources from now on.", (await office.SaysAsync("eve", "registers add Human Resources: Ann")).Words);
        await office.TellsAsync(about: "human-resources", owner: "ann");
        Assert.Contains("Human Resources has no register any more.", (await office.SaysAsync("eve", "registers remove human resources")).Words);
        Assert.Contains("there is no register of that name", (await office.SaysAsync("eve", "registers remove human resources")).Words);
        Assert.Contains("has letters or digits", (await office.SaysAsync("eve", "registers add !!!: Ann")).Words);
    }

    [Fact]
    public async Task Whoever_stands_in_joins_what_is_theirs_or_their_principals_and_sees_nothing_of_anybody_elses()
    {
        await using var office = await Voicing.OfficeAsync();
        office.Add("kim", "Kim Kern");
        await office.InstallAsync("kim");
        await office.SaysAsync("eve", "registers add Lifts: Kim");
        var kims = await office.TellsAsync("the lift is stuck", about: "lifts", owner: "kim");
        await office.PassAsync(TimeSpan.FromDays(1));
        var eves = await office.TellsAsync();
        await office.SaysAsync("eve", "away until fri, deputy Ann");
        await office.ClicksAsync("eve", "Confirm");

        var refused = (await office.SaysAsync("ann", $"feedback {eves}: join {kims}")).Words;
        Assert.Contains($"there is no {kims} that you answer", refused);
        Assert.DoesNotContain("the lift is stuck", refused);
        await office.RestsAsync();
        Assert.Null((await office.FeedbackAsync(eves)).MergedInto);
        Assert.Contains("There is no such feedback that is yours.", (await office.SaysAsync("ann", $"feedback {kims}: take")).Words);

        await office.SaysAsync("kim", "away until fri, deputy Ann");
        await office.ClicksAsync("kim", "Confirm");
        var joined = (await office.SaysAsync("ann", $"feedback {eves}: join {kims}")).Words;
        Assert.Contains($"{eves} is joined with {kims}, the older of the two.", joined);
        Assert.Contains("the lift is stuck", joined);
    }
}

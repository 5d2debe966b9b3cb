using static CoordinationBot.Tests.Scenarios.Recurring;

namespace CoordinationBot.Tests.Scenarios;

/// <summary>The same again, every Friday. It is Monday 23 November; the office works every day.</summary>
public sealed class RecurrenceScenarios
{
    [Fact]
    public async Task What_repeats_is_read_back_and_comes_again_as_a_delegation_of_its_own()
    {
        await using var office = Office();
        Assert.Contains("It comes every Friday at 17:00 (Europe/Berlin), first on Fri 27 Nov 2026. Holidays are left out.", (await office.ReviewsAsync()).Words);
        var sent = await office.ClicksAsync("ann", "Send to Bob Berg");
        var id = SeriesIn(sent.Words);
        Assert.Contains($"{id}, occurrence of Fri 27 Nov 2026", sent.Words);
        Assert.Contains($"I offer the next ones by myself, as {id}.", sent.Words);
        await office.QuietAsync();
        Assert.Contains($"I offer the next ones by myself, as {id}.", office.Shown("ann")[^1].Words); // Also when the card was renewed.
        await office.SeesAsync("bob", $"{id}, occurrence of Fri 27 Nov 2026");
        await office.RestsAsync();
        Assert.Equal(Days("11-27"), await office.OccurrencesAsync(id));

        await office.ComesAsync(11, 27, 20);
        Assert.Equal(Days("11-27"), await office.OccurrencesAsync(id));
        await office.ComesAsync(11, 28, 9);
        var second = await office.SeesAsync("bob", $"{id}, occurrence of Fri 4 Dec 2026");
        Assert.Contains("Due: Fri 4 Dec 2026, 17:00 (Europe/Berlin)", second.Words);
        await office.ClicksAsync("bob", "Accept", ("brief", "I collect and send them."));
        await office.SeesAsync("ann", "Bob Berg accepted. Please read the back-brief.");
        Assert.Equal(Days("11-27", "12-04"), await office.OccurrencesAsync(id));
        Assert.Equal($"Offered to Bob Berg ({id}, occurrence of Fri 4 Dec 2026)", (await office.HistoryAsync(Handing.IdIn(second.Words)))[0].What);
    }

    [Fact]
    public async Task By_card_the_questions_come_up_with_the_choice()
    {
        await using var office = Office("2026-12-04");
        await office.InstallAsync("ann", "bob");
        Assert.DoesNotContain("On a holiday", (await office.SaysAsync("ann", "delegate")).Words);
        (string, string)[] filled = [("title", Title), ("assignee", office.Teams.People["bob"].ObjectId), ("type", "Deterministic"), ("due.date", "2026-11-27"), ("due.time", "17:00"), ("steps.1", "collect"), ("steps.2", "send"), ("repeats", "Weekly")];
        var asked = await office.ClicksAsync("ann", "Continue", filled);
        Assert.Contains("On a holiday", asked.Words);
        var refused = await office.ClicksAsync("ann", "Continue", [.. filled, ("on-holiday", "Move"), ("until.date", "2026-11-25")]);
        Assert.Contains("That is before it is due for the first time. Please choose a later day, or leave it empty.", refused.Words);
        var review = await office.ClicksAsync("ann", "Continue", [.. filled, ("on-holiday", "Move"), ("until.date", "2026-12-11")]);
        Assert.Contains("It comes every Friday at 17:00 (Europe/Berlin), until Fri 11 Dec 2026, first on Fri 27 Nov 2026. A holiday moves it to the next working day.", review.Words);
        var id = SeriesIn((await office.ClicksAsync("ann", "Send to Bob Berg")).Words);
        await office.RestsAsync();
        await office.ComesAsync(11, 28, 9);
        Assert.Equal(Days("11-27", "12-05"), await office.OccurrencesAsync(id));
        await office.ComesAsync(12, 6, 9);
        await office.ComesAsync(12, 28, 9);
        Assert.Equal(Days("11-27", "12-05", "12-11"), await office.OccurrencesAsync(id));
        Assert.True((await office.SeriesAsync(id)).IsEnded);
        Assert.Contains("Nothing of yours recurs.", (await office.SaysAsync("ann", "recurring")).Words);
    }

    [Fact]
    public async Task A_holiday_is_left_out_where_nothing_else_was_chosen()
    {
        await using var office = Office("2026-12-04");
        var id = await office.RepeatsAsync();
        await office.ComesAsync(11, 28, 9);
        Assert.Equal(Days("11-27"), await office.OccurrencesAsync(id));
        // Nobody is asked on a holiday either.
        await office.ComesAsync(12, 4, 20);
        Assert.Equal(Days("11-27"), await office.OccurrencesAsync(id));
        await office.ComesAsync(12, 5, 9);
        await office.SeesAsync("bob", $"{id}, occurrence of Fri 11 Dec 2026");
        Assert.Equal(Days("11-27", "12-11"), await office.OccurrencesAsync(id));
    }

    [Fact]
    public async Task Typed_after_the_form_is_full_it_repeats_too_and_until_is_a_date()
    {
        await using var office = Office();
        await office.InstallAsync("ann", "bob");
        await office.SaysAsync("ann", Handing.Sentence("collect; send", Title));
        await office.ClicksAsync("ann", "Continue", ("type", "Deterministic"));
        Assert.Contains("Please choose one of these: never, every working day,", (await office.SaysAsync("ann", "repeats every blue moon")).Words);
        Assert.Contains("first on Fri 27 Nov 2026", (await office.SaysAsync("ann", "repeats every two weeks")).Words);
        Assert.Contains("That is before it is due for the first time.", (await office.SaysAsync("ann", "until tomorrow")).Words);
        Assert.Contains("until Fri 18 Dec 2026", (await office.SaysAsync("ann", "until 18 Dec")).Words);
        var id = SeriesIn((await office.SaysAsync("ann", "send")).Words);
        Assert.Equal("FREQ=WEEKLY;INTERVAL=2;UNTIL=20261218", (await office.SeriesAsync(id)).Rule);
    }

    [Fact]
    public async Task What_would_never_come_is_not_sent()
    {
        await using var office = new TestOffice(quietHours: "none");
        await office.InstallAsync("ann", "bob");
        var review = await office.ReviewsAsync("every Saturday 5pm");
        Assert.Contains("With these it would never come:", review.Words);
        Assert.False(review.Card!.HasButton("Send to Bob Berg"));
        Assert.Contains("With these it would never come:", (await office.SaysAsync("ann", "send")).Words);
        Assert.Empty(office.Store.Delegations);
    }

    [Fact]
    public async Task What_cannot_be_understood_is_said_and_repeats_nothing()
    {
        await using var office = Office();
        await office.InstallAsync("ann", "bob");
        Assert.Contains("You also wrote “every blue moon”. I did not use it.", (await office.SaysAsync("ann", "delegate \"Weekly figures\" to Bob by fri 5pm, every blue moon, exactly: collect; send")).Words);
        var sent = await office.ClicksAsync("ann", "Continue", ("type", "Deterministic"));
        Assert.DoesNotContain("It comes", sent.Words);
    }

    [Fact]
    public async Task Sending_twice_makes_one()
    {
        await using var office = Office();
        await office.ReviewsAsync();
        var review = (await office.SeesAsync("ann", "Please check before it is sent")).Copy();
        var first = await office.ClicksAsync("ann", review, "Send to Bob Berg");
        var second = await office.ClicksAsync("ann", review, "Send to Bob Berg");
        Assert.Equal(SeriesIn(first.Words), SeriesIn(second.Words));
        Assert.Contains("This was sent already.", second.Words);
        await office.RestsAsync();
        Assert.Equal(2, office.Store.Delegations.Count);
        Assert.Equal(1, office.Times("bob", "Ann Abel asks you to take this on."));
    }
}

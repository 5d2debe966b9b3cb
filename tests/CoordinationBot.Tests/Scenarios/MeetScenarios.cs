using CoordinationBot.Calendars;
using CoordinationBot.Meetings;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using static CoordinationBot.Tests.Scenarios.Arranging;

namespace CoordinationBot.Tests.Scenarios;

/// <summary>From "meet" to a time. It is Monday, 10:00 in Berlin.</summary>
public sealed class MeetScenarios
{
    [Fact]
    public async Task A_sentence_is_read_back_and_nothing_that_it_said_is_asked()
    {
        await using var office = Office();
        await office.InstallAsync("ann", "bob", "eve");
        var review = await office.SaysAsync("ann", Sentence);
        foreach (var words in (string[])["Please check", "Subject: the budget", "Who must be there: Bob Berg", "Optional: Eve Ek", $"Outside: {Kim}", "Length in minutes: 45", "Not before: Tue 24 Nov 2026, 09:00 (Europe/Berlin)", "Not after: Tue 24 Nov 2026, 17:00 (Europe/Berlin)", "Nobody is told yet: you choose."])
        {
            Assert.Contains(words, review.Words, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Only_what_is_missing_is_asked_by_card_or_by_typing()
    {
        await using var office = Office();
        await office.InstallAsync("ann", "bob");
        var asked = await office.SaysAsync("ann", "meet Bob about the budget");
        Assert.Contains("Subject: the budget", asked.Words, StringComparison.Ordinal);
        Assert.Contains("Length in minutes", asked.Words, StringComparison.Ordinal);
        Assert.DoesNotContain("Place or link", asked.Words, StringComparison.Ordinal);
        Assert.Contains("Not after", (await office.SaysAsync("ann", "45")).Words, StringComparison.Ordinal);
        Assert.Contains("Find times", (await office.SaysAsync("ann", "fri")).Words, StringComparison.Ordinal);
        // What is never asked can be typed after its label.
        Assert.Contains("Place or link: Room 5", (await office.SaysAsync("ann", "place or link Room 5")).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_form_alone_will_do()
    {
        await using var office = Office();
        await office.InstallAsync("ann", "bob");
        await office.SaysAsync("ann", "meet");
        var review = await office.ClicksAsync("ann", "Continue", ("subject", "Plans"), ("people", "29:bob"), ("minutes", "30"), ("until.date", "2026-11-27"));
        Assert.Contains("Not after: Fri 27 Nov 2026, 17:00 (Europe/Berlin)", review.Words, StringComparison.Ordinal);
        Assert.Contains("Takes: 30 minutes", (await office.ClicksAsync("ann", "Find times")).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Five_times_are_shown_with_why_and_nobody_hears_of_it_before_one_is_taken()
    {
        await using var office = Office();
        var found = await office.FindsAsync();
        foreach (var words in (string[])["1. Tue 24 Nov 2026, 09:00 to 09:45 (Europe/Berlin)", "5. Tue 24 Nov 2026,", "Nobody is known to be busy.", "The calendars of Ann Abel, Bob Berg and 2 others are unknown.", "Ask everybody", "Look further", "Change…", "Drop it"])
        {
            Assert.Contains(words, found.Words, StringComparison.Ordinal);
        }
        await office.RestsAsync();
        Assert.Equal(0, office.Times("bob", "budget"));
        Assert.Equal(MeetingState.Finding, (await office.MeetingAsync(MeetingIn(found.Words))).State);
        Assert.Contains("no time yet", (await office.SaysAsync("ann", "my meetings")).Words, StringComparison.Ordinal);
        Assert.Contains("You have no meetings ahead.", (await office.SaysAsync("bob", "my meetings")).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Everybody_is_invited_when_one_is_taken_by_card_and_by_mail()
    {
        var mail = new FakeMail();
        await using var office = Office(mail);
        var id = await office.ArrangesAsync();
        var card = await office.SeesAsync("bob", "Ann Abel invites you to this meeting.");
        foreach (var words in (string[])[id, "the budget", "When: Tue 24 Nov 2026, 09:00 to 09:45 (Europe/Berlin)", "From: Ann Abel", "You are needed: please answer.", $"No answer yet: Bob Berg, {Kim}, Eve Ek (optional)"])
        {
            Assert.Contains(words, card.Words, StringComparison.Ordinal);
        }
        Assert.Contains("You may come: please answer.", (await office.SeesAsync("eve", "Ann Abel invites you")).Words, StringComparison.Ordinal);
        Assert.Equal(("REQUEST 0", "REQUEST 0", "REQUEST 0"), (mail.To(Kim), mail.To("bob@contoso.example"), mail.To("eve@contoso.example")));
        Assert.Equal(0, office.Times("ann", "invites you"));
        Assert.Contains("Tue 24 Nov 2026, 09:00 to 09:45 (Europe/Berlin)", (await office.SaysAsync("eve", "my meetings")).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Looking_further_and_changing_show_other_times()
    {
        await using var office = Office();
        var found = await office.FindsAsync("meet Bob 45 min today about the budget");
        Assert.Contains("until Mon 23 Nov 2026, 17:00", found.Words, StringComparison.Ordinal);
        Assert.Contains("until Mon 30 Nov 2026, 17:00", (await office.ClicksAsync("ann", "Look further")).Words, StringComparison.Ordinal);
        await office.ClicksAsync("ann", "Change…");
        var review = await office.ClicksAsync("ann", "Continue", ("minutes", "30"), ("place", "Room 5"));
        Assert.Contains("Change it", review.Words, StringComparison.Ordinal);
        Assert.Contains("Takes: 30 minutes", (await office.ClicksAsync("ann", "Change it")).Words, StringComparison.Ordinal);
        Assert.Contains("Cancelled: it will not take place.", (await office.ClicksAsync("ann", "Drop it")).Words, StringComparison.Ordinal);
        await office.RestsAsync();
        Assert.Equal(0, office.Times("bob", "budget"));
        Assert.Contains("You have no meetings ahead.", (await office.SaysAsync("ann", "my meetings")).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_nothing_works_it_says_who_is_in_the_way_and_what_would_help()
    {
        await using var office = Office();
        await office.InstallAsync("ann", "bob", "eve");
        await HoldsAsync(office, "bob", 24, 8, 17);
        var found = await office.FindsAsync("meet Bob and Eve 45 min tomorrow about the budget");
        foreach (var words in (string[])["There is no time on these days at which everybody required can come.", "Bob Berg cannot come at any of the", "Any of these would make one:", "Make Bob Berg optional.", "Look until"])
        {
            Assert.Contains(words, found.Words, StringComparison.Ordinal);
        }
        Assert.Contains("Without Bob Berg (busy).", (await office.ClicksAsync("ann", "Make optional")).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_time_that_somebody_lost_meanwhile_is_said_and_may_be_taken_all_the_same()
    {
        await using var office = Office();
        await office.FindsAsync();
        // A card that is renewed shows the times as they are then.
        await office.RestsAsync();
        var slots = (await office.SeesAsync("ann", "1. Tue 24 Nov 2026, 09:00")).Copy();
        await HoldsAsync(office, "bob", 24, 8, 10);
        var refused = await office.ClicksAsync("ann", slots, "Take it");
        Assert.Contains("It was not taken: Bob Berg cannot at Tue 24 Nov 2026, 09:00 (Europe/Berlin) any more. These are the times now.", refused.Words, StringComparison.Ordinal);
        Assert.Contains("1. Tue 24 Nov 2026, 10:00 to 10:45", refused.Words, StringComparison.Ordinal);
        Assert.Equal(0, office.Times("bob", "invites you"));
        Assert.Contains("When: Tue 24 Nov 2026, 09:00", (await office.ClicksAsync("ann", "Take it anyway")).Words, StringComparison.Ordinal);
        await office.SeesAsync("bob", "Ann Abel invites you to this meeting.");
    }

    [Fact]
    public async Task In_a_group_the_answer_goes_to_their_own_chat()
    {
        await using var office = Office();
        await office.InstallAsync("ann", "bob");
        await office.SaysInGroupAsync("ann", "meet Bob 45 min tomorrow about the budget");
        await office.SeesAsync("ann", "Subject: the budget");
        Assert.All(office.Group(), message => Assert.DoesNotContain("budget", message.Words, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_day_has_what_is_arranged_and_the_gaps()
    {
        await using var office = Office();
        await office.FindsAsync("meet Bob 45 min today about the budget");
        await office.ClicksAsync("ann", "Take it");
        await office.SeesAsync("bob", "Ann Abel invites you");
        await office.RestsAsync();
        var day = (await office.SaysAsync("ann", "today")).Words;
        foreach (var words in (string[])["Today, Mon 23 Nov 2026 (Europe/Berlin)", "10:15 to 11:00  the budget", "11:00 to 17:00  free, 6 hours", "I know no calendar of yours", "Hours in meetings this week. Mon: 0.8 h, Tue: 0 h, Wed: 0 h, Thu: 0 h, Fri: 0 h, Sat: 0 h, Sun: 0 h."])
        {
            Assert.Contains(words, day, StringComparison.Ordinal);
        }
        Assert.Contains("the budget (perhaps)", (await office.SaysAsync("bob", "today")).Words, StringComparison.Ordinal);
        Assert.Contains("waits for your answer: my meetings", (await office.SaysAsync("bob", "waiting")).Words, StringComparison.Ordinal);
        Assert.Contains("09:00 to 17:00  free", (await TomorrowAsync(office, "eve")).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_long_list_has_pages_and_each_line_opens_its_card()
    {
        await using var office = Office();
        await office.InstallAsync("ann", "bob");
        for (var number = 1; number <= 12; number++)
        {
            await office.SaysAsync("ann", $"meet Bob 15 min on 2026-12-{number:D2} about number {number:D2}");
            await office.ClicksAsync("ann", "Find times");
            await office.ClicksAsync("ann", "Take it");
        }
        await office.QuietAsync();
        var list = await office.SaysAsync("bob", "my meetings");
        Assert.Contains("number 01", list.Words, StringComparison.Ordinal);
        Assert.DoesNotContain("number 11", list.Words, StringComparison.Ordinal);
        var more = await office.ClicksAsync("bob", list, "More");
        Assert.Contains("number 12", more.Words, StringComparison.Ordinal);
        Assert.DoesNotContain("number 10", more.Words, StringComparison.Ordinal);
        await office.ClicksAsync("bob", (await office.SaysAsync("bob", "my meetings")), "Open");
        await office.SeesAsync("bob", "From: Ann Abel");
    }

    private static async Task<ShownMessage> TomorrowAsync(TestOffice office, string who)
    {
        await office.PassAsync(TimeSpan.FromHours(15));
        await office.RestsAsync();
        return await office.SaysAsync(who, "today");
    }

    /// <summary>From one hour to another in Berlin.</summary>
    private static ValueTask HoldsAsync(TestOffice office, string who, int day, int from, int until) => office.Services.GetRequiredService<OwnCalendar>().HoldAsync(
        TestOffice.Tenant,
        office.Teams.People[who].ObjectId,
        new HeldTime("X", Instant.FromUtc(2026, 11, day, from - 1, 0), Instant.FromUtc(2026, 11, day, until - 1, 0), BusyKind.Busy, null),
        CancellationToken.None);

    [Fact]
    public async Task What_nobody_took_a_time_for_is_in_no_list_once_its_time_has_passed()
    {
        await using var office = Arranging.Office();
        await office.FindsAsync();
        await office.RestsAsync();
        Assert.Contains("no time yet", (await office.SaysAsync("ann", "my meetings")).Words, StringComparison.Ordinal);
        await office.PassAsync(TimeSpan.FromDays(9));
        Assert.Contains("You have no meetings ahead.", (await office.SaysAsync("ann", "my meetings")).Words, StringComparison.Ordinal);
    }
}

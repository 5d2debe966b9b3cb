using CoordinationBot.Authority;

namespace CoordinationBot.Tests.Scenarios;

/// <summary>Bob has something for Ann, due on 18 December. Then Eve wants something of him.</summary>
public sealed class BeforeSendingScenarios
{
    private static async Task<Pressed> ReviewsAsync(TestOffice office, string due = "2026-12-18 9am", string who = "eve", string budget = "5,000 EUR", string confidential = "false")
    {
        await office.SaysAsync(who, $"delegate \"Count the chairs\" to Bob by {due}");
        await office.ClicksAsync(who, "Continue", ("type", "Flexible"));
        return await office.ClicksAsync(who, "Continue", ("outcome", "They are counted"), ("budget", budget), ("involve", "Anyone"), ("outside", "false"), ("depth", "0"), ("must-not", ""), ("confidential", confidential));
    }

    [Fact]
    public async Task The_leader_sees_what_the_assignee_has_and_both_leaders_see_the_clash()
    {
        var (office, id) = await Granting.BeganAsync(Granting.Free);
        await using var _ = office;
        var review = await ReviewsAsync(office);
        Assert.Contains("Bob Berg has 1 task open.", review.Words);
        Assert.Contains($"A clash: “{Granting.Title}” for Ann Abel is due on the same day.", review.Words);
        await office.ClicksAsync("eve", "Send to Bob Berg");
        var told = await office.SeesAsync("ann", "A clash: Eve Ek asked Bob Berg for “Count the chairs”, which is due on the same day.");
        Assert.Contains(Granting.Title, told.Words);

        // Once, however often its wake-up comes again.
        await office.QuietAsync();
        var seen = office.Shown("ann").Count;
        await office.ClicksAsync("bob", "Send question", ("question", "Which chairs?"));
        await office.QuietAsync();
        Assert.Equal(seen, office.Shown("ann").Count);
        Assert.Equal(2, (await office.StoredAsync(id)).Revision);
    }

    [Fact]
    public async Task A_deadline_that_is_moved_into_a_clash_is_told_to_both_leaders_once()
    {
        var (office, _) = await Granting.BeganAsync(Granting.Free);
        await using var __ = office;
        await ReviewsAsync(office, "2026-12-10 9am");
        await office.ClicksAsync("eve", "Send to Bob Berg");
        await office.SeesAsync("bob", "Count the chairs");
        await office.ClicksAsync("bob", "Accept", ("brief", "I count every one of them."));
        await office.RequestsAsync("MoveDeadline", "There are many.", ("due.date", "2026-12-18"), ("due.time", "09:00"));
        await office.ClicksAsync("eve", "Approve");
        await office.SeesAsync("ann", "A clash: Eve Ek asked Bob Berg for “Count the chairs”, which is due on the same day.");
        await office.SeesAsync("eve", $"A clash: “{Granting.Title}” for Ann Abel is due on the same day.");
        await office.ClicksAsync("bob", "Accept version 2", ("brief", "I count every one of them."));
        await office.RequestsAsync("Budget", "They are far away.", ("budget", "6,000 EUR"));
        await office.ClicksAsync("eve", "Approve");
        await office.SeesAsync("bob", "Please accept version 3.");
        await office.QuietAsync();
        Assert.Equal((1, 1), (office.Times("ann", "A clash: "), office.Times("eve", "A clash: ")));
    }

    [Fact]
    public async Task Of_what_is_confidential_not_even_the_clash_is_seen()
    {
        var (office, _) = await Granting.BeganAsync(Granting.Free with { IsConfidential = true });
        await using var __ = office;
        var review = await ReviewsAsync(office, confidential: "true");
        Assert.Contains("Bob Berg has nothing else open that you may see.", review.Words);
        Assert.DoesNotContain("A clash", review.Words);
        await office.ClicksAsync("eve", "Send to Bob Berg");
        await office.SeesAsync("bob", "Count the chairs");
        await office.QuietAsync();
        Assert.Equal((0, 0), (office.Times("ann", "A clash"), office.Times("eve", "A clash")));
    }

    [Fact]
    public async Task The_leader_of_something_confidential_still_hears_of_what_is_not()
    {
        var (office, _) = await Granting.BeganAsync(Granting.Free with { IsConfidential = true });
        await using var __ = office;
        Assert.DoesNotContain("A clash", (await ReviewsAsync(office)).Words);
        await office.ClicksAsync("eve", "Send to Bob Berg");
        await office.SeesAsync("ann", "A clash: Eve Ek asked Bob Berg for “Count the chairs”, which is due on the same day.");
        Assert.Equal(0, office.Times("eve", "A clash"));
    }

    [Theory]
    [InlineData("eve", "2026-12-17 5pm")]
    [InlineData("eve", "2026-12-19 9am")]
    [InlineData("ann", "2026-12-18 9am")]
    public async Task Another_day_or_the_same_leader_is_no_clash(string who, string due)
    {
        var (office, _) = await Granting.BeganAsync(Granting.Free);
        await using var __ = office;
        var review = await ReviewsAsync(office, due, who);
        Assert.Contains("Bob Berg has 1 task open", review.Words);
        Assert.DoesNotContain("clash", review.Words, StringComparison.OrdinalIgnoreCase);
        await office.ClicksAsync(who, "Send to Bob Berg");
        await office.SeesAsync("bob", "Count the chairs");
        await office.QuietAsync();
        Assert.DoesNotContain(office.Shown("ann"), message => message.Words.Contains("clash", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task The_policies_that_will_count_are_named_and_those_that_will_not_are_not()
    {
        var (office, _) = await Granting.BeganAsync(Granting.Free, office => new AuthorityChange.AddPolicy(new Policy("P-1", PolicySubject.Spending, "Purchases above 500 EUR are approved by Kim.", new Money(500, "EUR"), null, office.PartyOf("kim"))));
        await using var __ = office;
        Assert.Contains("Policy P-1 will count: Spending more than 500 EUR in one act needs the approval of Kim Kern.", (await ReviewsAsync(office)).Words);
        await office.SaysAsync("eve", "cancel");
        Assert.DoesNotContain("P-1", (await ReviewsAsync(office, budget: "500 EUR")).Words);
    }

    [Fact]
    public async Task Whoever_is_away_is_said_to_be()
    {
        var (office, _) = await Granting.BeganAsync(Granting.Free);
        await using var __ = office;
        await office.SaysAsync("bob", "away until fri");
        await office.ClicksAsync("bob", "Confirm");
        Assert.Contains("Bob Berg is away until Fri 27 Nov 2026.", (await ReviewsAsync(office)).Words);
    }
}

using CoordinationBot.People;
using Microsoft.Extensions.DependencyInjection;

namespace CoordinationBot.Tests.Scenarios;

/// <summary>It is Monday 23 November 2026, ten in the morning in Berlin, where everybody is.</summary>
public sealed class AbsenceScenarios
{
    [Fact]
    public async Task Days_and_deputy_are_read_back_and_confirmed_and_end_by_a_button()
    {
        await using var office = await InstalledAsync();
        var card = await office.SaysAsync("ann", "away until 5 Dec, deputy Bob");
        Assert.Contains("From: Mon 23 Nov 2026\nUntil: Sat 5 Dec 2026, that day included (Europe/Berlin)\nDeputy: Bob Berg", card.Words);
        Assert.Null((await PersonAsync(office, "ann")).Absences);

        Assert.Contains("You are away until Sat 5 Dec 2026, that day included (Europe/Berlin).", (await office.ClicksAsync("ann", "Confirm")).Words);
        Assert.Equal(new Absence(new(2026, 11, 23), new(2026, 12, 5), "Europe/Berlin", new Deputy((await PersonAsync(office, "bob")).ObjectId, "Bob Berg")), Assert.Single((await PersonAsync(office, "ann")).Absences!));
        Assert.Contains("You are away until Sat 5 Dec 2026.", (await office.SaysAsync("ann", "help")).Words);
        Assert.Equal("bob", await AnswererAsync(office, "ann"));

        Assert.Contains("Welcome back.", (await office.ClicksAsync("ann", "I am back")).Words);
        Assert.Equal("ann", await AnswererAsync(office, "ann"));
        Assert.Null((await PersonAsync(office, "ann")).Absences);
    }

    [Fact]
    public async Task All_of_it_can_be_typed()
    {
        await using var office = await InstalledAsync();
        await office.SaysAsync("ann", "deputy Bob");
        await office.SaysAsync("ann", "away 1 Dec to 5 Dec");
        Assert.Contains("You will be away from Tue 1 Dec 2026 until Sat 5 Dec 2026", (await office.SaysAsync("ann", "confirm")).Words);
        Assert.Equal("You were not away as far as I know. Type away to see when you are.", (await office.SaysAsync("ann", "i am back")).Words);
        await office.SaysAsync("ann", "away today");
        await office.SaysAsync("ann", "confirm");
        Assert.Equal("bob", await AnswererAsync(office, "ann"));
        var back = (await office.SaysAsync("ann", "I am back!")).Words;
        Assert.Contains("Welcome back.", back);
        Assert.Contains("You will be away from Tue 1 Dec 2026", back);
        Assert.StartsWith("There is nothing to confirm", (await office.SaysAsync("bob", "confirm")).Words);
    }

    [Fact]
    public async Task What_is_missing_is_asked_for_and_what_is_known_stays()
    {
        await using var office = await InstalledAsync();
        var card = await office.SaysAsync("ann", "away deputy Bob");
        Assert.Contains("Deputy Bob Berg. Somebody else?", card.Words);
        Assert.Contains("Until: Fri 27 Nov 2026, that day included (Europe/Berlin)\nDeputy: Bob Berg", (await office.ClicksAsync("ann", "Continue", ("until", "2026-11-27"))).Words);
    }

    [Fact]
    public async Task A_second_absence_stands_beside_the_first_unless_they_overlap()
    {
        await using var office = await InstalledAsync();
        await AwayAsync(office, "ann", "away 10 Dec to 20 Dec");
        await AwayAsync(office, "ann", "away tomorrow");
        Assert.Equal([24, 10], (await PersonAsync(office, "ann")).Absences!.Select(absence => absence.From.Day));
        Assert.Contains("This takes the place of Thu 10 Dec 2026 to Sun 20 Dec 2026.", (await office.SaysAsync("ann", "away 15 Dec to 22 Dec")).Words);
        await office.ClicksAsync("ann", "Confirm");
        Assert.Equal([24, 15], (await PersonAsync(office, "ann")).Absences!.Select(absence => absence.From.Day));
    }

    [Theory]
    [InlineData("away until yesterday", "Type a later one.")]
    [InlineData("away until 2020-12-05", "is in the past")]
    [InlineData("away until whenever", "I could not read that as a date.")]
    [InlineData("away 5 Dec to 1 Dec", "It would end before it begins: Sat 5 Dec 2026 comes after Tue 1 Dec 2026.")]
    [InlineData("away until 1 Dec 2028", "Fri 1 Dec 2028 is more than a year ahead.")]
    [InlineData("away until fri, deputy Ann Abel", "You cannot be your own deputy.")]
    [InlineData("away until fri, deputy Secretary", "I never decide for anybody")]
    [InlineData("away until fri, deputy Zoe", "I have not met anybody called “Zoe” yet.")]
    [InlineData("away until fri, deputy Bo", "“Bo” may be Bo Bell or Bo Boone. Please choose, or type the full name.")]
    public async Task What_cannot_be_is_refused_with_what_to_do(string typed, string sentence)
    {
        await using var office = await InstalledAsync("boo", "bel");
        Assert.Contains(sentence, (await office.SaysAsync("ann", typed)).Words);
        Assert.Null((await PersonAsync(office, "ann")).Proposed);
    }

    [Fact]
    public async Task One_of_several_who_may_be_meant_is_chosen()
    {
        await using var office = await InstalledAsync("boo", "bel");
        await office.SaysAsync("ann", "away until fri, deputy Bo");
        Assert.Contains("Deputy: Bo Bell", (await office.ClicksAsync("ann", "Continue", ("deputy", (await PersonAsync(office, "bel")).ObjectId))).Words);
    }

    [Fact]
    public async Task A_deputy_who_is_away_too_is_told_of_with_who_answers_then()
    {
        await using var office = await InstalledAsync();
        await AwayAsync(office, "bob", "away until wed");
        Assert.Contains("Bob Berg is away too, from Mon 23 Nov 2026 to Wed 25 Nov 2026. Then nobody answers for you, and what is asked of you waits.", (await office.SaysAsync("ann", "away until fri, deputy Bob")).Words);
        await office.SaysAsync("bob", "deputy Eve");
        Assert.Contains("Then Eve Ek answers for you.", (await office.SaysAsync("ann", "away until fri, deputy Bob")).Words);
        await office.SaysAsync("ann", "confirm");
        Assert.Equal("eve", await AnswererAsync(office, "ann"));
        await office.SaysAsync("bob", "i am back");
        Assert.Equal("bob", await AnswererAsync(office, "ann"));
    }

    [Fact]
    public async Task Deputies_who_are_away_and_lead_in_a_circle_are_refused()
    {
        await using var office = await InstalledAsync();
        await AwayAsync(office, "bob", "away until fri, deputy Eve");
        await office.SaysAsync("eve", "deputy Ann");
        Assert.Contains("Eve Ek answers for you", (await office.SaysAsync("ann", "deputy Eve")).Words);
        Assert.Contains("You are Eve Ek's deputy too: when both of you are away, nobody answers.", (await office.SaysAsync("ann", "deputy Eve")).Words);
        await AwayAsync(office, "eve", "away until fri");
        const string Circle = "That leads in a circle: Bob Berg is away too, Eve Ek is away as well, and nobody is left to answer. Please choose somebody else.";
        Assert.Contains(Circle, (await office.SaysAsync("ann", "away until thu, deputy Bob")).Words);
        Assert.Equal(Circle, (await office.SaysAsync("ann", "deputy Bob")).Words);
    }

    [Fact]
    public async Task Whoever_is_away_with_everybody_else_stays_responsible()
    {
        await using var office = await InstalledAsync();
        await AwayAsync(office, "bob", "away until fri");
        await AwayAsync(office, "ann", "away until fri, deputy Bob");
        Assert.Null(await AnswererAsync(office, "ann"));
    }

    [Fact]
    public async Task Old_cards_tell_how_it_stands()
    {
        await using var office = await InstalledAsync();
        var first = (await office.SaysAsync("ann", "away until thu")).Copy();
        await office.SaysAsync("ann", "away until fri");
        Assert.StartsWith("There is nothing to confirm", (await office.ClicksAsync("ann", first, "Confirm")).Words);
        Assert.Contains("That was confirmed or discarded already.", (await office.ClicksAsync("ann", first, "Discard")).Words);
        await office.SaysAsync("ann", "confirm");
        Assert.Contains("Fri 27 Nov 2026", (await office.ClicksAsync("ann", first, "Confirm")).Words);
        var status = (await office.SaysAsync("ann", "away")).Copy();
        await office.ClicksAsync("ann", status, "I am back");
        Assert.Contains("That was taken back already.", (await office.ClicksAsync("ann", status, "I am back")).Words);
    }

    [Fact]
    public async Task A_deputy_is_named_changed_and_taken_away()
    {
        await using var office = await InstalledAsync();
        Assert.StartsWith("You have no deputy.", (await office.SaysAsync("ann", "deputy")).Words);
        Assert.Equal("Bob Berg answers for you while you are away.", (await office.SaysAsync("ann", "deputy Bob")).Words);
        Assert.StartsWith("Bob Berg answers for you", (await office.SaysAsync("ann", "deputy")).Words);
        Assert.StartsWith("You cannot be your own deputy.", (await office.SaysAsync("ann", "deputy Ann")).Words);
        Assert.StartsWith("You have no deputy any more.", (await office.SaysAsync("ann", "deputy nobody")).Words);
        Assert.Null((await PersonAsync(office, "ann")).Deputy);
    }

    private static async Task<TestOffice> InstalledAsync(params string[] more)
    {
        var office = new TestOffice();
        foreach (var who in more)
        {
            office.Add(who, who == "boo" ? "Bo Boone" : "Bo Bell");
        }
        await office.InstallAsync(["ann", "bob", "eve", .. more]);
        return office;
    }

    private static async Task AwayAsync(TestOffice office, string who, string typed)
    {
        await office.SaysAsync(who, typed);
        await office.ClicksAsync(who, "Confirm");
    }

    private static async Task<Person> PersonAsync(TestOffice office, string who) =>
        (await office.Services.GetRequiredService<PeopleStore>().FindAsync(TestOffice.Tenant, office.Teams.People[who].ObjectId, TestContext.Current.CancellationToken))!;

    private static async Task<string?> AnswererAsync(TestOffice office, string who) =>
        await office.Services.GetRequiredService<Deputies>().AnswererForAsync(TestOffice.Tenant, office.Teams.People[who].ObjectId, office.Clock.GetUtcNow(), TestContext.Current.CancellationToken) is { } answerer
            ? answerer.TeamsId[3..]
            : null;
}

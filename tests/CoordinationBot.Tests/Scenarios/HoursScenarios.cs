using CoordinationBot.Dialogs;
using CoordinationBot.People;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace CoordinationBot.Tests.Scenarios;

/// <summary>It is Monday 23 November 2026, ten in the morning in Berlin, where everybody's Teams is.</summary>
public sealed class HoursScenarios
{
    [Fact]
    public async Task Hours_are_set_by_typing_and_by_card_and_given_back()
    {
        await using var office = await InstalledAsync();
        Assert.Contains("Hours: Mon-Sun, 09:00 to 17:00\nThose of the office.", (await office.SaysAsync("ann", "hours")).Words);
        Assert.Contains("Hours: Mon-Thu, 08:00 to 16:00\nYour own.", (await office.SaysAsync("ann", "hours Mon-Thu 8-16")).Words);
        var times = WorkTimes.Of(await PersonAsync(office, "ann"), office.Services.GetRequiredService<OfficeOptions>());
        Assert.Equal((4, new LocalTime(8, 0), new LocalTime(16, 0)), (times.Week.Count, times.DayStarts, times.DayEnds));
        Assert.Contains("Hours: Mon-Sun, 08:30 to 16:30", (await office.SaysAsync("ann", "hours 8:30-16:30")).Words);

        Assert.Contains("Hours: Tue, 10:00 to 14:00", (await office.ClicksAsync("ann", "Save", ("days", "Tuesday"), ("from", "10:00"), ("until", "14:00"))).Words);
        Assert.Contains("It would end before it begins: 10:00 to 09:00.", (await office.ClicksAsync("ann", "Save", ("days", "Tuesday"), ("from", "10:00"), ("until", "09:00"))).Words);
        Assert.Contains("Please choose at least one day.", (await office.ClicksAsync("ann", "Save", ("days", ""))).Words);
        Assert.Contains("Those of the office.", (await office.ClicksAsync("ann", "The office's hours")).Words);
        Assert.Null((await PersonAsync(office, "ann")).Hours);
        Assert.Contains("Those of the office.", (await office.SaysAsync("ann", "hours office")).Words);
    }

    [Theory]
    [InlineData("hours 9-5", "Type the afternoon like 14:00 or 2pm.")]
    [InlineData("hours soon", "I could not read from when until when.")]
    [InlineData("hours Blursday 9-17", "I could not read “Blursday” as days.")]
    [InlineData("hours ٩-17", "I could not read from when until when.")]
    [InlineData("hours 9-١", "I could not read from when until when.")]
    [InlineData("zone Tokio", "Did you mean Asia/Tokyo?")]
    [InlineData("zone Middle-Earth", "I know no zone called “Middle-Earth”.")]
    public async Task What_cannot_be_is_refused_with_what_to_do(string typed, string sentence)
    {
        await using var office = await InstalledAsync();
        Assert.Contains(sentence, (await office.SaysAsync("ann", typed)).Words);
        var person = await PersonAsync(office, "ann");
        Assert.Equal((null, "Europe/Berlin", false), (person.Hours, person.Zone, person.ZoneIsChosen));
    }

    [Fact]
    public async Task A_zone_that_was_chosen_stays_whatever_Teams_says()
    {
        await using var office = await InstalledAsync();
        Assert.Contains("Zone: Asia/Tokyo, where it is 18:00 now\nYou chose it", (await office.SaysAsync("ann", "zone Tokyo")).Words);
        await office.SaysAsync("ann", "hours");
        Assert.Equal("Asia/Tokyo", (await PersonAsync(office, "ann")).Zone);
        Assert.Contains("Zone: Europe/Berlin, where it is 10:00 now\nYour Teams says so", (await office.SaysAsync("ann", "zone auto")).Words);
        Assert.Contains("Zone: America/New_York", (await office.SaysAsync("ann", "zone New York")).Words);
        Assert.Contains("Your Teams says so", (await office.ClicksAsync("ann", "Follow my Teams")).Words);
        Assert.Equal("Europe/Berlin", (await PersonAsync(office, "ann")).Zone);
    }

    [Fact]
    public async Task Every_week_is_protected_at_once_and_a_day_is_read_back()
    {
        await using var office = await InstalledAsync();
        Assert.Contains("You protect no time.", (await office.SaysAsync("ann", "focus")).Words);
        Assert.Contains("Protected: every Tue, 09:00 to 11:00 (Europe/Berlin).", (await office.SaysAsync("ann", "focus Tue 9-11 weekly")).Words);

        Assert.Contains("Please check: you protect\nWhen: Tue 24 Nov 2026, 14:00 to 16:00 (Europe/Berlin)", (await office.SaysAsync("ann", "focus tomorrow 14-16")).Words);
        Assert.Single((await PersonAsync(office, "ann")).Focus!);
        Assert.Contains("Protected: Tue 24 Nov 2026", (await office.ClicksAsync("ann", "Confirm")).Words);
        Assert.Equal(2, (await PersonAsync(office, "ann")).Focus!.Count);

        await office.SaysAsync("ann", "focus 1 Dec 9-10");
        Assert.Contains("Protected: Tue 1 Dec 2026", (await office.SaysAsync("ann", "confirm focus")).Words);
        Assert.Contains("There is nothing to confirm", (await office.SaysAsync("ann", "confirm focus")).Words);
        await office.SaysAsync("ann", "focus 2 Dec 9-10");
        Assert.Contains("Discarded.", (await office.ClicksAsync("ann", "Discard")).Words);
        Assert.Equal(3, (await PersonAsync(office, "ann")).Focus!.Count);
    }

    [Fact]
    public async Task What_is_protected_ends_by_its_button_and_what_is_over_is_forgotten()
    {
        await using var office = await InstalledAsync();
        await office.SaysAsync("ann", "focus Tue 9-11 weekly");
        var list = await office.SaysAsync("ann", "focus");
        Assert.Contains("Ended.", (await office.ClicksAsync("ann", list, "End it")).Words);
        Assert.Null((await PersonAsync(office, "ann")).Focus);

        await office.SaysAsync("ann", "focus tomorrow 14-16");
        await office.ClicksAsync("ann", "Confirm");
        await office.PassAsync(TimeSpan.FromDays(2));
        Assert.Contains("You protect no time.", (await office.SaysAsync("ann", "focus")).Words);
    }

    [Theory]
    [InlineData("yesterday 9-11", "is in the past")]
    [InlineData("today 8-9", "is in the past")]
    [InlineData("Tue 11-9 weekly", "It would end before it begins")]
    [InlineData("sometimes", "I could not read from when until when.")]
    [InlineData("every Blursday 9-11", "I could not read on which days.")]
    [InlineData("1 Dec 2028 9-11", "more than a year ahead")]
    public async Task Time_that_cannot_be_protected_is_refused(string typed, string sentence)
    {
        await using var office = await InstalledAsync();
        Assert.Contains(sentence, (await office.SaysAsync("ann", $"focus {typed}")).Words);
        var person = await PersonAsync(office, "ann");
        Assert.Equal((null, null), (person.Focus, person.ProposedFocus));
    }

    [Fact]
    public async Task Twenty_times_are_the_most()
    {
        await using var office = await InstalledAsync();
        for (var number = 0; number < 20; number++)
        {
            await office.SaysAsync("ann", $"focus Tue {number}-{number + 1} weekly");
        }
        Assert.Contains("I keep 20 times at most.", (await office.SaysAsync("ann", "focus Wed 9-10 weekly")).Words);
    }

    [Fact]
    public async Task About_says_whose_clocks_count()
    {
        await using var office = await InstalledAsync();
        Assert.Matches("^CoordinationBot .*IANA tz database 20[0-9]{2}[a-z]", (await office.SaysAsync("ann", "about")).Words);
    }

    private static async Task<TestOffice> InstalledAsync()
    {
        var office = new TestOffice();
        await office.InstallAsync("ann");
        return office;
    }

    private static async Task<Person> PersonAsync(TestOffice office, string who) =>
        (await office.Services.GetRequiredService<PeopleStore>().FindAsync(TestOffice.Tenant, office.Teams.People[who].ObjectId, CancellationToken.None))!;
}

namespace CoordinationBot.Tests.Scenarios;

/// <summary>Somebody could not be written to when they were to be told something. When they can be again they hear of it, whatever it is about.</summary>
public sealed class UnreachableScenarios
{
    [Fact]
    public async Task A_survey_that_somebody_was_not_told_of_comes_when_they_write()
    {
        await using var office = new TestOffice();
        await office.GatherAsync();
        await OpensWithoutAsync(office, "fay");
        await ComesBackAsync(office, "fay");
        await office.SeesInTimeAsync("fay", "Ann Abel asks for your opinion.");
        await office.QuietAsync();
        Assert.Equal(1, office.Times("fay", "Ann Abel asks for your opinion."));
        // What has come is not waited for any more.
        await office.InstalledAsync("fay", "remove");
        await ComesBackAsync(office, "fay");
        await office.PassAsync(TimeSpan.FromMinutes(1));
        await office.QuietAsync();
        Assert.Equal(1, office.Times("fay", "Ann Abel asks for your opinion."));
    }

    [Fact]
    public async Task It_comes_too_when_something_else_reached_them_first()
    {
        await using var office = new TestOffice();
        await office.GatherAsync();
        await OpensWithoutAsync(office, "fay");
        await LongAfterAsync(office);
        office.Teams.People["fay"].IsInstalled = true;
        await office.GivesAsync(Granting.Narrow, assignee: "fay");
        await office.SeesInTimeAsync("fay", "Ann Abel asks for your opinion.");
    }

    [Fact]
    public async Task So_does_a_letter()
    {
        await using var office = await Voicing.OfficeAsync();
        await office.LeavesAsync();
        office.Teams.People["eve"].IsInstalled = false;
        await office.MorningAsync();
        await ComesBackAsync(office, "eve");
        await office.SeesInTimeAsync("eve", "An anonymous letter is in your register.");
    }

    [Fact]
    public async Task So_do_minutes()
    {
        await using var office = new TestOffice();
        var id = await office.HoldsAsync(with: ["bob", "eve"]);
        await office.SaysAsync("ann", $"minutes {id}");
        await office.ClicksAsync("ann", "Begin the minutes");
        await office.RestsAsync();
        await office.SaysAsync("ann", $"minutes {id}: decision We take the second offer");
        office.Teams.People["bob"].IsInstalled = false;
        await office.ClicksAsync("ann", "Circulate");
        await office.SeesAsync("eve", "Ann Abel sends you the minutes.");
        await ComesBackAsync(office, "bob");
        await office.SeesInTimeAsync("bob", "Ann Abel sends you the minutes.");
    }

    /// <summary>Ann opens a survey, and one of those who are asked has removed the bot without its having heard of it.</summary>
    private static async Task OpensWithoutAsync(TestOffice office, string who)
    {
        await office.PreviewsAsync();
        office.Teams.People[who].IsInstalled = false;
        await office.ClicksAsync("ann", "Open it");
        await office.SeesAsync("bob", "Ann Abel asks for your opinion.");
        await office.QuietAsync();
        Assert.Equal(0, office.Times(who, "Ann Abel asks for your opinion."));
    }

    /// <summary>Nobody looks any more, unless somebody wakes them.</summary>
    private static async Task LongAfterAsync(TestOffice office)
    {
        for (var minute = 0; minute < 3; minute++)
        {
            await office.PassAsync(TimeSpan.FromMinutes(1));
            await office.RestsAsync();
        }
    }

    private static async Task ComesBackAsync(TestOffice office, string who)
    {
        await LongAfterAsync(office);
        office.Teams.People[who].IsInstalled = true;
        await office.SaysAsync(who, "help");
    }
}

namespace CoordinationBot.Tests.Scenarios;

public sealed class DelegateScenarios
{
    private const string Sentence = "delegate \"Prepare the budget table\" to Bob by fri 5pm, exactly: collect figures; fill template; send to finance (a link)";

    [Fact]
    public async Task A_typed_delegation_is_asked_for_its_type_read_back_offered_done_and_accepted()
    {
        await using var office = new TestOffice();
        await office.InstallAsync("ann", "bob");

        var ask = await office.SaysAsync("ann", Sentence);
        Assert.Contains("Prepare the budget table", ask.Words);
        Assert.Contains("Bob Berg", ask.Words);
        Assert.Contains("Fri 27 Nov 2026, 17:00 (Europe/Berlin)", ask.Words);
        Assert.Contains("which suggests deterministic. You decide:", ask.Words);

        var review = await office.ClicksAsync("ann", "Continue", ("type", "Deterministic"));
        Assert.Contains("Do exactly these 3 steps, in this order.", review.Words);
        var sent = await office.ClicksAsync("ann", "Send to Bob Berg");
        Assert.Contains("Offered to Bob Berg, no answer yet.", sent.Words);

        var offer = await office.SeesAsync("bob", "Ann Abel asks you to take this on.");
        Assert.Contains("Do exactly these 3 steps, in this order.", offer.Words);
        var accepted = await office.ClicksAsync("bob", "Accept", ("brief", "I collect, fill and send it."));
        Assert.Contains("Complete step 1", accepted.Words);
        await office.SeesAsync("ann", "Bob Berg accepted. Please read the back-brief.");

        await office.ClicksAsync("bob", "Complete step 1");
        await office.ClicksAsync("bob", "Complete step 2");
        await office.SeesAsync("ann", "2 of 3 complete");
        var refused = await office.ClicksAsync("bob", "Complete step 3", ("evidence", "not a link"));
        Assert.Contains("That is not a link.", refused.Words);
        await office.ClicksAsync("bob", "Complete step 3", ("evidence", "https://contoso.example/budget"));
        await office.ClicksAsync("bob", "Hand in", ("result", "All figures are in."));

        await office.SeesAsync("ann", "Bob Berg handed in the result.");
        var done = await office.ClicksAsync("ann", "Accept as done");
        Assert.Contains("It is done.", done.Words);
        await office.SeesAsync("bob", "Ann Abel accepted the result. Thank you.");
    }
}

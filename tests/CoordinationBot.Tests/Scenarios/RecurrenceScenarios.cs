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
}

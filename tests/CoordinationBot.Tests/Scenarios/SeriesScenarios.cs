using System.Text.Json.Nodes;
using CoordinationBot.Authority;
using Microsoft.Extensions.DependencyInjection;
using static CoordinationBot.Tests.Scenarios.Recurring;

namespace CoordinationBot.Tests.Scenarios;

/// <summary>What is done with something that recurs. It comes every Friday from 27 November on; today is Monday before.</summary>
public sealed class SeriesScenarios
{
    [Fact]
    public async Task Both_see_what_recurs_and_others_learn_nothing()
    {
        await using var office = Office();
        Assert.DoesNotContain("recurring", (await office.SaysAsync("ann", "waiting")).Words);
        var id = await office.RepeatsAsync();
        Assert.Contains($"{id} · to Bob Berg · every Friday at 17:00 (Europe/Berlin)", (await office.SaysAsync("ann", "recurring")).Words);
        Assert.Contains("next: due Fri 4 Dec 2026, 17:00 (Europe/Berlin)", (await office.SaysAsync("ann", "recurring")).Words);
        Assert.Contains($"{id} · from Ann Abel", (await office.SaysAsync("bob", "recurring")).Words);
        Assert.Contains("Type recurring to see it.", (await office.SaysAsync("ann", "waiting")).Words);
        Assert.Contains("Nothing of yours recurs.", (await office.SaysAsync("eve", "recurring")).Words);
        Assert.DoesNotContain("recurring", (await office.SaysAsync("eve", "waiting")).Words);

        var card = await office.SaysAsync("bob", $"recurring {id}");
        Assert.Contains("From: Ann Abel", card.Words);
        Assert.Empty(CardReading.Buttons(card.Card!));
        const string NoSuch = "There is nothing recurring with that id that you are part of.";
        Assert.Contains(NoSuch, (await office.SaysAsync("eve", $"recurring {id}")).Words);
        Assert.Contains(NoSuch, (await office.SaysAsync("eve", $"end {id}")).Words);
        foreach (var verb in (string[])["series.end", "series.leave-out", "series.end-ask", "series.view"])
        {
            Assert.Contains(NoSuch, (await office.InvokesAsync("eve", verb, Data(id, "2026-12-04"))).Words);
            Assert.Contains(NoSuch, (await office.InvokesAsync("eve", verb, Data("S-000000", "2026-12-04"))).Words);
        }
        Assert.Equal(1, (await office.SeriesAsync(id)).Revision);
    }

    [Fact]
    public async Task The_next_one_is_left_out_once_however_often_it_is_pressed()
    {
        await using var office = Office();
        var id = await office.RepeatsAsync();
        await office.SaysAsync("ann", $"recurring {id}");
        var card = (await office.SeesAsync("ann", "Leave out the next one")).Copy();
        var left = await office.ClicksAsync("ann", card, "Leave out the next one");
        Assert.Contains("Next: due Fri 11 Dec 2026", left.Words);
        Assert.Contains("Left out: Fri 4 Dec 2026", left.Words);
        Assert.Contains("Next: due Fri 11 Dec 2026", (await office.ClicksAsync("ann", card, "Leave out the next one")).Words);
        await office.ComesAsync(11, 28, 9);
        await office.ComesAsync(12, 4, 9);
        await office.SeesAsync("bob", "occurrence of Fri 11 Dec 2026");
        Assert.Equal(Days("11-27", "12-11"), await office.OccurrencesAsync(id));
        Assert.Contains("The one for Fri 4 Dec 2026 is no longer ahead.", (await office.ClicksAsync("ann", card, "Leave out the next one")).Words);
        Assert.Contains("another one is next now", (await office.InvokesAsync("ann", "series.leave-out", Data(id, "2026-12-25"))).Words);
        Assert.Contains("that button names no date", (await office.InvokesAsync("ann", "series.leave-out", Data(id, "soon"))).Words);
    }

    [Fact]
    public async Task Ending_is_confirmed_and_stops_what_is_to_come_but_not_what_is_out()
    {
        await using var office = Office();
        var id = await office.RepeatsAsync();
        Assert.Contains("only Ann Abel, who gives it, can do that", (await office.SaysAsync("bob", $"end {id}")).Words);
        Assert.Contains("only Ann Abel, who gives it, can do that", (await office.InvokesAsync("bob", "series.end", Data(id))).Words);
        Assert.Contains("only Ann Abel, who gives it, can do that", (await office.InvokesAsync("bob", "series.leave-out", Data(id, "2026-12-04"))).Words);
        Assert.Contains("End it? Nothing more of it comes.", (await office.SaysAsync("ann", $"end {id}")).Words);
        var ask = office.Shown("ann")[^1].Copy();
        Assert.False((await office.SeriesAsync(id)).IsEnded);
        Assert.Contains("it has ended, nothing more comes", (await office.ClicksAsync("ann", ask, "Yes, end it")).Words);
        Assert.Contains("it has ended, nothing more comes", (await office.ClicksAsync("ann", ask, "Yes, end it")).Words);
        await office.SeesAsync("bob", "Ann Abel ended this: nothing more of it comes. What you have already stays.");
        await office.ComesAsync(12, 28, 9);
        Assert.Equal(Days("11-27"), await office.OccurrencesAsync(id));
        Assert.Equal(1, office.Times("bob", "Ann Abel ended this"));
        Assert.Contains("It has ended already.", (await office.SaysAsync("ann", $"end {id}")).Words);
        Assert.Contains("Nothing of yours recurs.", (await office.SaysAsync("bob", "recurring")).Words);
        Assert.Contains("type revoke D-7K3F9Q", (await office.SaysAsync("ann", "end D-7K3F9Q")).Words);
    }

    [Fact]
    public async Task After_three_weeks_without_a_host_what_was_missed_is_counted_and_the_next_one_comes()
    {
        await using var office = Office();
        var id = await office.RepeatsAsync();
        await office.PassAsync(TimeSpan.FromDays(25));
        await office.RestartAsync();
        await office.ComesAsync(12, 18, 10);
        await office.SeesAsync("bob", "occurrence of Fri 18 Dec 2026");
        await office.SeesAsync("ann", "2 were left out: their time had passed before I could send them.");
        await office.ComesAsync(12, 18, 12);
        Assert.Equal(Days("11-27", "12-18"), await office.OccurrencesAsync(id));
        Assert.Equal(1, office.Times("ann", "2 were left out"));
    }

    [Fact]
    public async Task Beyond_the_mandate_nothing_is_sent_and_the_next_one_is_tried_again()
    {
        await using var office = Office();
        var id = await office.RepeatsAsync();
        await MandateAsync(office, Mandate.BuiltIn with { IsUnlimited = false, Reach = [office.PartyOf("eve")] }, "lost");
        await office.ComesAsync(11, 28, 9);
        await office.SeesAsync("ann", "It was not sent for Fri 4 Dec 2026: it lies beyond what you may decide. (");
        await office.ComesAsync(11, 30, 9);
        Assert.Equal(1, office.Times("ann", "It was not sent for Fri 4 Dec 2026"));
        Assert.Equal(Days("11-27"), await office.OccurrencesAsync(id));
        Assert.Contains("Not sent for Fri 4 Dec 2026", (await office.SaysAsync("ann", $"recurring {id}")).Words);
        Assert.DoesNotContain("mandate", (await office.SaysAsync("bob", $"recurring {id}")).Words, StringComparison.OrdinalIgnoreCase);
        await MandateAsync(office, Mandate.BuiltIn, "had again");
        await office.ComesAsync(12, 5, 9);
        await office.SeesAsync("bob", "occurrence of Fri 11 Dec 2026");
        Assert.Equal(Days("11-27", "12-11"), await office.OccurrencesAsync(id));
    }

    [Fact]
    public async Task What_recurs_beyond_the_mandate_is_no_request_to_somebody_else()
    {
        await using var office = Office();
        await office.InstallAsync("ann", "bob", "eve");
        await office.SaysAsync("bob", "help");
        await MandateAsync(office, Mandate.BuiltIn with { IsUnlimited = false, Reach = [office.PartyOf("eve")], NextUp = office.PartyOf("eve") }, "narrow");
        var review = await office.ReviewsAsync();
        Assert.Contains("What recurs is given in your own right: let it come once only", review.Words);
        Assert.False(review.Card!.HasButton("Send to Bob Berg"));
        Assert.Contains("It was not sent. It lies beyond what you may decide.", (await office.SaysAsync("ann", "send")).Words);
        Assert.Empty(office.Store.Delegations);
    }

    private static async Task MandateAsync(TestOffice office, Mandate mandate, string operation) =>
        await office.Services.GetRequiredService<AuthorityStore>().UpdateAsync(
            TestOffice.Tenant, operation, office.PartyOf("ann"), office.Clock.GetUtcNow(), _ => new AuthorityOutcome.Changed(new AuthorityChange.SetMandate(office.PartyOf("ann"), mandate), operation), CancellationToken.None);

    private static JsonObject Data(string id, string? date = null) => new JsonObject { ["id"] = id, ["date"] = date };
}

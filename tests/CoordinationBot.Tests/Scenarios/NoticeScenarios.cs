using CoordinationBot.People;
using Microsoft.Extensions.DependencyInjection;

namespace CoordinationBot.Tests.Scenarios;

/// <summary>An office that is quiet from 18 to 8 and works from Monday to Friday. It is Monday, ten in the morning in Berlin, where everybody is.</summary>
public sealed class NoticeScenarios
{
    private const string Quiet = "18:00-08:00";

    [Fact]
    public async Task What_is_done_at_work_is_told_at_once()
    {
        await using var office = new TestOffice(quietHours: Quiet);
        await office.AcceptedAsync();
        Assert.DoesNotContain(office.Shown("ann"), message => message.Words.Contains("waited for you", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_done_in_the_evening_is_told_in_the_morning_in_one_message_that_opens_the_cards()
    {
        await using var office = new TestOffice(quietHours: Quiet);
        await office.InstallAsync("ann", "bob");
        await office.PassAsync(TimeSpan.FromHours(9));
        await SendAsync(office, "Prepare the budget table");
        await SendAsync(office, "Book the room");
        await office.QuietAsync();
        var before = office.Shown("bob").Count;
        await office.PassAsync(TimeSpan.FromHours(12));
        Assert.Equal(before, office.Shown("bob").Count);
        await office.PassAsync(TimeSpan.FromHours(2));

        var digest = await office.SeesInTimeAsync("bob", "These 2 waited for you");
        Assert.Equal(before + 1, office.Shown("bob").Count);
        await office.ClicksAsync("bob", digest, "Open");
        await office.SeesAsync("bob", "Offered to you. Your answer is awaited.");
        await office.ClicksAsync("bob", "Accept", ("brief", "I collect, fill and send it."));
        await office.SeesAsync("ann", "Bob Berg accepted.");
    }

    [Fact]
    public async Task Who_is_away_is_told_as_soon_as_they_are_back()
    {
        await using var office = new TestOffice(quietHours: Quiet);
        await office.InstallAsync("ann", "bob");
        await office.SaysAsync("bob", "away until fri");
        await office.ClicksAsync("bob", "Confirm");
        await SendAsync(office, "Prepare the budget table");
        await office.QuietAsync();
        Assert.DoesNotContain(office.Shown("bob"), message => message.Words.Contains("Prepare the budget table", StringComparison.Ordinal));

        await office.SaysAsync("bob", "i am back");
        Assert.Contains("This waited for you\nPrepare the budget table\nAnn Abel asks you to take this on.", (await office.SeesInTimeAsync("bob", "waited for you")).Words);
    }

    [Fact]
    public async Task Kinds_are_turned_down_and_up_by_card_and_by_typing()
    {
        await using var office = new TestOffice(quietHours: Quiet);
        await office.InstallAsync("ann");
        var card = await office.SaysAsync("ann", "notices");
        Assert.Contains("Offers: work you are asked to take on", card.Words);
        Assert.Contains("Saved.", (await office.ClicksAsync("ann", "Save", ("answers", "Off"), ("questions", "Digest"), ("offers", "Off"), ("progress", "Nonsense"))).Words);
        Assert.Equal([(NoticeKind.Offer, Telling.Digest), (NoticeKind.Question, Telling.Digest), (NoticeKind.Answer, Telling.Off)], await TurnedDownAsync(office));

        Assert.Equal("I tell you of answers at once, in your working hours.", (await office.SaysAsync("ann", "notices answers at once")).Words);
        Assert.Equal("I tell you of questions at once, in your working hours.", (await office.SaysAsync("ann", "notices question now")).Words);
        Assert.Equal("I tell you of results once a day, when your working day begins.", (await office.SaysAsync("ann", "Notices: results once a day")).Words);
        Assert.StartsWith("I cannot be silent about approvals: somebody waits for you", (await office.SaysAsync("ann", "notices approvals off")).Words);
        Assert.StartsWith("Type notices, a kind and how", (await office.SaysAsync("ann", "notices please")).Words);
        Assert.Equal([(NoticeKind.Offer, Telling.Digest), (NoticeKind.Result, Telling.Digest)], await TurnedDownAsync(office));
    }

    [Fact]
    public async Task What_was_turned_down_is_on_the_card_and_nowhere_else()
    {
        await using var office = new TestOffice(quietHours: Quiet);
        await office.InstallAsync("ann");
        await office.SaysAsync("ann", "notices answers off");
        await office.OffersAsync();
        var before = office.Shown("ann").Count;
        await office.ClicksAsync("bob", "Accept", ("brief", "I collect, fill and send it."));
        await office.SeesAsync("ann", "Bob Berg accepted it and has not begun.");
        await office.QuietAsync();
        Assert.Equal(before, office.Shown("ann").Count);
    }

    [Fact]
    public async Task What_would_come_too_late_in_the_morning_comes_at_once_and_its_end_too()
    {
        await using var office = new TestOffice(quietHours: Quiet);
        await office.InstallAsync("ann", "bob");
        await office.PassAsync(TimeSpan.FromHours(10));
        // It is Monday, eight in the evening; the day of Bob begins at eight.
        await office.SaysAsync("ann", "delegate \"Open the door\" to Bob by 2026-11-24 07:00, exactly: open it");
        await office.ClicksAsync("ann", "Continue", ("type", "Deterministic"));
        await office.ClicksAsync("ann", "Send to Bob Berg");
        await office.SeesAsync("bob", "Ann Abel asks you to take this on.");
        await office.ClicksAsync("bob", "Accept", ("brief", "I open the door in time."));
        await office.QuietAsync();
        await office.ClicksAsync("ann", "Revoke…");
        await office.ClicksAsync("ann", "Revoke now", ("reason", "It is open."));
        await office.SeesAsync("bob", "Ann Abel revoked this. Please stop");
    }

    private static async Task SendAsync(TestOffice office, string title)
    {
        await office.SaysAsync("ann", Handing.Sentence(title: title));
        await office.ClicksAsync("ann", "Continue", ("type", "Deterministic"));
        await office.ClicksAsync("ann", "Send to Bob Berg");
    }

    private static async Task<IEnumerable<(NoticeKind, Telling)>> TurnedDownAsync(TestOffice office) =>
        (await office.Services.GetRequiredService<PeopleStore>().FindAsync(TestOffice.Tenant, office.Teams.People["ann"].ObjectId, TestContext.Current.CancellationToken))!.TurnedDown!.Select(entry => (entry.Key, entry.Value));
}

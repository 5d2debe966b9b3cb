using CoordinationBot.Authority;
using CoordinationBot.Delegations;
using Microsoft.Extensions.DependencyInjection;

namespace CoordinationBot.Tests.Scenarios;

/// <summary>What comes of a date when it has passed. It is Monday; what is handed out is due on Friday at five.</summary>
public sealed class DateScenarios
{
    [Fact]
    public async Task An_offer_that_nobody_accepted_expires_at_its_date_and_both_are_told()
    {
        await using var office = new TestOffice();
        var id = await office.OffersAsync();
        await office.PassesAsync(4);
        Assert.Equal(DelegationState.Offered, (await office.StoredAsync(id)).State);
        await office.RestartAsync();
        await office.PassesAsync(1);
        Assert.Equal(DelegationState.Expired, (await office.StoredAsync(id)).State);
        await office.PassesAsync(2);
        Assert.Equal((1, 1), (office.Times("ann", "It expired: Bob Berg did not accept it before it was due."), office.Times("bob", "It expired. Nothing more is to be done.")));
        var entry = (await office.HistoryAsync(id))[^1];
        Assert.Equal(("Ann Abel", 1, $"{id}, version 1: by Fri 27 Nov 2026, 17:00 (Europe/Berlin)"), (entry.Who.Name, entry.Version, entry.Clause));
        Assert.Equal(0, office.Times("bob", "overdue"));
    }

    [Fact]
    public async Task The_money_of_a_part_that_expired_comes_back()
    {
        var (office, id) = await Granting.BeganAsync(Granting.Free with { Depth = 1 });
        await using var _ = office;
        var due = new Due(office.Clock.GetUtcNow().AddDays(1), "Europe/Berlin");
        var terms = Granting.Flexible(new Bounds { Budget = new Money(2000, "EUR"), Involvement = Involvement.Nobody }, "Invite everybody") with { Due = due };
        var store = office.Services.GetRequiredService<DelegationStore>();
        var child = await store.FreeIdAsync(TestOffice.Tenant, "draft-child", CancellationToken.None);
        await store.UpdateAsync(
            TestOffice.Tenant, id, "hand on",
            parent => DeclareRules.Declare(
                parent, new Chain([], Mandate.BuiltIn, [], []), new Act(parent.Assignee.ObjectId, 1, office.Clock.GetUtcNow()), "press", new DeclaredAct.HandOn(child, "draft-child", office.PartyOf("eve"), terms), null),
            CancellationToken.None);
        await office.SeesAsync("eve", "Bob Berg asks you to take this on.");
        Assert.Equal(3000m, (await office.StoredAsync(id)).Left!.Amount);
        await office.PassesAsync(1);
        Assert.Equal(DelegationState.Expired, (await office.StoredAsync(child)).State);
        Assert.Equal(5000m, (await office.StoredAsync(id)).Left!.Amount);
        Assert.True(Assert.Single((await office.StoredAsync(id)).Dealings.Children).IsSettled);
    }

    [Fact]
    public async Task What_was_accepted_is_overdue_which_both_hear_once_and_it_goes_on()
    {
        await using var office = new TestOffice();
        var id = await office.AcceptedAsync("collect figures; fill template");
        await office.PassesAsync(4);
        await office.RestartAsync();
        Assert.Equal((0, 0), (office.Times("bob", "This is overdue"), office.Times("ann", "This is overdue")));
        await office.PassesAsync(1);
        await office.RestartAsync();
        await office.ClicksAsync("bob", "Complete step 1");
        await office.PassesAsync(3);
        const string Overdue = "This is overdue since Fri 27 Nov 2026, 17:00 (Europe/Berlin).";
        Assert.Equal((1, 1), (office.Times("bob", Overdue), office.Times("ann", Overdue)));
        Assert.Equal(DelegationState.InProgress, (await office.StoredAsync(id)).State);
        Assert.Equal(3, (await office.HistoryAsync(id)).Count);
    }

    [Fact]
    public async Task Another_deadline_is_overdue_at_its_own_time()
    {
        await using var office = new TestOffice();
        await office.AcceptedAsync("collect figures; fill template");
        await office.RequestsAsync("MoveDeadline", "The figures are late.", ("due.date", "2026-11-30"), ("due.time", "12:00"));
        await office.ClicksAsync("ann", "Approve");
        await office.ClicksAsync("bob", "Accept version 2", ("brief", "I do it by Monday."));
        await office.PassesAsync(6);
        Assert.Equal((0, 0), (office.Times("bob", "This is overdue"), office.Times("ann", "This is overdue")));
        await office.PassesAsync(2);
        Assert.Equal((1, 1), (office.Times("bob", "This is overdue since Mon 30 Nov 2026, 12:00"), office.Times("ann", "This is overdue since Mon 30 Nov 2026, 12:00")));
    }

    [Fact]
    public async Task A_new_version_that_waits_to_be_accepted_does_not_expire()
    {
        await using var office = new TestOffice();
        var id = await office.AcceptedAsync("collect figures; fill template");
        await office.RequestsAsync("Reword", "There are two.", ("step", "2"), ("text", "fill both templates"));
        await office.ClicksAsync("ann", "Approve");
        await office.PassesAsync(6);
        Assert.Equal(DelegationState.Offered, (await office.StoredAsync(id)).State);
        Assert.Equal((1, 1), (office.Times("bob", "This is overdue"), office.Times("ann", "This is overdue")));
    }

    [Fact]
    public async Task A_digest_that_comes_anyway_says_what_else_is_overdue()
    {
        await using var office = new TestOffice(quietHours: "18:00-08:00");
        await office.AcceptedAsync("collect figures; fill template");
        await office.PassAsync(TimeSpan.FromDays(7));
        await office.PassesAsync(1);
        Assert.Equal(0, office.Times("bob", "Prepare the budget table (D-"));
        // In the evening.
        await office.PassAsync(TimeSpan.FromHours(8));
        await office.SaysAsync("ann", Handing.Sentence(title: "Book the room").Replace("fri 5pm", "18 Dec", StringComparison.Ordinal));
        await office.ClicksAsync("ann", "Continue", ("type", "Deterministic"));
        await office.ClicksAsync("ann", "Send to Bob Berg");
        await office.PassesAsync(1);
        var digest = office.Shown("bob").Last(message => message.Words.Contains("This waited for you", StringComparison.Ordinal)).Words;
        Assert.Matches("Prepare the budget table \\(D-[0-9A-Z]{6}\\) is overdue since Fri 27 Nov 2026, 17:00 \\(Europe/Berlin\\)\\.", digest);
        Assert.Contains("Book the room", digest);
    }
}

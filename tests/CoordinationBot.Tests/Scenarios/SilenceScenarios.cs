using CoordinationBot.Authority;
using CoordinationBot.Delegations;
using Microsoft.Extensions.DependencyInjection;

namespace CoordinationBot.Tests.Scenarios;

/// <summary>What happens when nobody answers. It is Monday; the office works every day.</summary>
public sealed class SilenceScenarios
{
    private const string Tent = "Bob Berg asks to spend 6,000 EUR on a tent. Please decide.";

    [Fact]
    public async Task An_offer_without_an_answer_is_reminded_of_once_and_after_two_days_the_leader_hears()
    {
        await using var office = new TestOffice();
        var id = await office.OffersAsync();
        await office.PassesAsync(1);
        Assert.Equal(1, office.Times("bob", "A reminder: Ann Abel waits for your answer."));
        Assert.Equal(0, office.Times("ann", "has not answered"));
        await office.RestartAsync();
        await office.PassesAsync(1);
        await office.RestartAsync();
        await office.PassesAsync(1);
        Assert.Equal((1, 1), (office.Times("bob", "A reminder:"), office.Times("ann", "Bob Berg has not answered for two working days. You can wait, or revoke it and ask somebody else.")));
        var entry = (await office.HistoryAsync(id))[^1];
        Assert.Equal(
            ("Ann Abel", 1, "Bob Berg has not answered the offer for two working days, so Ann Abel is told", $"{id}, version 1: after two working days without an answer somebody else is asked"),
            (entry.Who.Name, entry.Version, entry.What, entry.Clause));
        Assert.Equal(2, (await office.HistoryAsync(id)).Count);
        await office.ClicksAsync("bob", "Accept", ("brief", "I collect, fill and send it."));
        await office.SeesAsync("ann", "Bob Berg accepted.");
    }

    [Fact]
    public async Task Nobody_is_reminded_of_what_they_answered()
    {
        await using var office = new TestOffice();
        await office.OffersAsync();
        await office.PassAsync(TimeSpan.FromHours(20));
        await office.ClicksAsync("bob", "Accept", ("brief", "I collect, fill and send it."));
        await office.PassesAsync(2);
        Assert.Equal((0, 0), (office.Times("bob", "A reminder:"), office.Times("ann", "has not answered")));
    }

    [Fact]
    public async Task A_reminder_that_waits_for_the_morning_goes_with_the_answer()
    {
        await using var office = new TestOffice(quietHours: "18:00-08:00");
        await office.InstallAsync("ann", "bob");
        await office.SaysAsync("bob", "notices reminders once a day");
        await office.OffersAsync();
        await office.PassesAsync(1);
        await office.ClicksAsync("bob", "Accept", ("brief", "I collect, fill and send it."));
        await office.PassesAsync(1);
        Assert.Equal(0, office.Times("bob", "A reminder:"));
    }

    [Theory]
    [InlineData("Remind", 1)]
    [InlineData("Hold", 0)]
    public async Task The_leader_may_choose_that_nobody_else_is_asked(string choice, int reminders)
    {
        var (office, id) = await BeganAsync(Enum.Parse<OnSilence>(choice));
        await using var _ = office;
        await office.SpendsAsync("6,000 EUR", "a tent", "It may rain.");
        await office.PassesAsync(4);
        Assert.Equal((reminders, 0), (office.Times("ann", $"A reminder: {Tent}"), office.Times("eve", "Please decide.")));
        Assert.Single((await office.StoredAsync(id)).Dealings.Held);
    }

    [Fact]
    public async Task The_deputy_of_a_silent_leader_is_asked_too_and_both_see_who_answered()
    {
        var (office, id) = await BeganAsync(OnSilence.Escalate);
        await using var _ = office;
        await office.SaysAsync("ann", "deputy Kim");
        await office.SpendsAsync("6,000 EUR", "a tent", "It may rain.");
        await office.PassesAsync(1);
        await office.RestartAsync();
        Assert.Equal((1, 0), (office.Times("ann", $"A reminder: {Tent}"), office.Times("kim", "Please decide.")));
        await office.PassesAsync(2);
        Assert.Equal((1, 1, 0), (office.Times("ann", $"A reminder: {Tent}"), office.Times("kim", $"Ann Abel has not answered for two working days, so you are asked too: {Tent}"), office.Times("eve", "Please decide.")));
        Assert.Contains("Bob Berg asks to spend 6,000 EUR on a tent", (await office.SaysAsync("kim", "approvals")).Words);
        await office.ClicksAsync("kim", "Approve");
        await office.SeesAsync("bob", "Kim Kern for Ann Abel approved: spend 6,000 EUR on a tent.");
        Assert.Contains("Answer: Approved by Kim Kern for Ann Abel", (await office.SeesAsync("kim", "Nothing waits for your answer here.")).Words);
        await office.QuietAsync();
        Assert.Equal(
            [("Ann Abel", "Ann Abel has not answered for two working days, so Kim Kern is asked too: spend 6,000 EUR on a tent"), ("Kim Kern", "Approved by Kim Kern for Ann Abel: spend 6,000 EUR on a tent")],
            (await office.HistoryAsync(id)).TakeLast(2).Select(entry => (entry.Who.Name, entry.What)));
        Assert.Contains("Nothing waits for your approval.", (await office.SaysAsync("kim", "approvals")).Words);
    }

    [Fact]
    public async Task Without_a_deputy_the_next_one_up_is_asked_who_answers_also_a_change()
    {
        var (office, id) = await BeganAsync(OnSilence.Escalate);
        await using var _ = office;
        await office.RequestsAsync("Budget", "It is dear.", ("budget", "7,000 EUR"));
        await office.PassesAsync(2);
        Assert.Equal((1, 1), (office.Times("ann", "A reminder: Bob Berg asks to change the budget to 7,000 EUR. Please decide."), office.Times("eve", "Ann Abel has not answered for two working days, so you are asked too")));
        await office.ClicksAsync("eve", "Approve");
        await office.SeesAsync("bob", "Eve Ek for Ann Abel approved: change the budget to 7,000 EUR. Please accept version 2.");
        Assert.Equal("Approved for Ann Abel: change the budget to 7,000 EUR. This is version 2", (await office.HistoryAsync(id))[^1].What);
    }

    [Fact]
    public async Task A_leader_s_silence_approves_where_they_chose_so()
    {
        var (office, id) = await BeganAsync(OnSilence.Approve);
        await using var _ = office;
        Assert.Contains("Without an answer: after two working days Ann Abel's silence is their approval, unless a policy asks", (await office.SeesAsync("bob", Granting.Title)).Words);
        await office.SpendsAsync("6,000 EUR", "a tent", "It may rain.");
        await office.PassesAsync(1);
        Assert.Equal(1, office.Times("ann", $"A reminder: {Tent} Without an answer it is approved in one working day, as you chose."));
        await office.RestartAsync();
        Assert.Single((await office.StoredAsync(id)).Dealings.Held);
        await office.PassesAsync(2);
        Assert.Equal((1, 1), (office.Times("bob", "Approved by silence, as Ann Abel chose: spend 6,000 EUR on a tent."), office.Times("ann", "Approved by silence, as you chose: spend 6,000 EUR on a tent.")));
        Assert.Equal(6000m, (await office.StoredAsync(id)).Dealings.SpentInAll);
        var entry = (await office.HistoryAsync(id))[^1];
        Assert.Equal(("Ann Abel", 1, "Approved by silence, as Ann Abel chose: spend 6,000 EUR on a tent"), (entry.Who.Name, entry.Version, entry.What));
        Assert.Equal(4, (await office.HistoryAsync(id)).Count);
    }

    [Fact]
    public async Task No_silence_answers_a_policy_not_even_one_that_came_later()
    {
        var (office, id) = await BeganAsync(OnSilence.Approve);
        await using var _ = office;
        await office.SpendsAsync("6,000 EUR", "a tent", "It may rain.");
        await office.PassesAsync(1);
        // Ann is asked twice: as the leader, and by a policy.
        await SetAsync(office, new AuthorityChange.AddPolicy(new Policy("P-1", PolicySubject.Spending, "large amounts", new Money(5000, "EUR"), Approver: office.PartyOf("ann"))));
        await office.PassesAsync(2);
        var held = Assert.Single((await office.StoredAsync(id)).Dealings.Held);
        Assert.Equal([(false, true), (true, false)], held.Needs.Select(need => (need.IsPolicy, need.ApprovedBy is not null)));
        Assert.Equal("Approved by silence, as Ann Abel chose: spend 6,000 EUR on a tent. It still needs Ann Abel", (await office.HistoryAsync(id))[^1].What);
        await office.PassesAsync(4);
        Assert.Equal(0m, (await office.StoredAsync(id)).Dealings.SpentInAll);
        // The policy asks Ann, and nobody above her: without a deputy it waits.
        Assert.Equal(0, office.Times("eve", "Please decide."));
        await office.ClicksAsync("ann", "Approve");
        await office.SeesAsync("bob", "Approved by Ann Abel and silence, as Ann Abel chose: spend 6,000 EUR on a tent.");
    }

    [Fact]
    public async Task A_policy_that_forbids_it_since_then_stops_the_silence_too()
    {
        var (office, id) = await BeganAsync(OnSilence.Approve);
        await using var _ = office;
        await office.SpendsAsync("6,000 EUR", "a tent", "It may rain.");
        await office.PassesAsync(1);
        await SetAsync(office, new AuthorityChange.AddPolicy(new Policy("P-1", PolicySubject.Spending, "no large amounts", new Money(5000, "EUR"))));
        await office.PassesAsync(4);
        Assert.Single((await office.StoredAsync(id)).Dealings.Held);
        Assert.Equal(3, (await office.HistoryAsync(id)).Count);
    }

    [Fact]
    public async Task A_result_is_reminded_of_once()
    {
        await using var office = new TestOffice();
        await office.HandedInAsync();
        await office.PassesAsync(3);
        Assert.Equal(1, office.Times("ann", "A reminder: Bob Berg handed in the result. Please accept or return it."));
    }

    [Fact]
    public async Task A_question_is_reminded_of_once_and_not_after_its_answer()
    {
        await using var office = new TestOffice();
        await office.OffersAsync();
        await office.ClicksAsync("bob", "Send question", ("question", "Which year?"));
        await office.PassesAsync(3);
        const string Reminder = "A reminder: Bob Berg asked “Which year?”. Please answer.";
        Assert.Equal(1, office.Times("ann", Reminder));
        await office.ClicksAsync("ann", "Send answer", ("answer", "Next year."));
        await office.ClicksAsync("bob", "Send question", ("question", "Which month?"));
        await office.PassAsync(TimeSpan.FromHours(20));
        await office.ClicksAsync("ann", "Send answer", ("answer", "May."));
        await office.PassesAsync(3);
        Assert.Equal((1, 0), (office.Times("ann", Reminder), office.Times("ann", "A reminder: Bob Berg asked “Which month?”")));
    }

    [Fact]
    public async Task Options_that_wait_for_a_choice_are_reminded_of_as_what_they_are()
    {
        await using var office = new TestOffice();
        await office.ProposedAsync();
        await office.PassesAsync(3);
        Assert.Equal((1, 0), (office.Times("ann", "A reminder: Bob Berg proposed options. Please choose one, or ask for more."), office.Times("ann", "accept or return")));
    }

    [Fact]
    public async Task Whoever_must_be_consulted_and_says_nothing_is_reminded_once()
    {
        await using var office = new TestOffice();
        await office.LooksAsync();
        await office.PassesAsync(2);
        Assert.Equal(1, office.Times("carol", "A reminder: Bob Berg waits for what you think."));
    }

    [Fact]
    public async Task The_leader_chooses_in_the_form_and_is_not_asked_for_it()
    {
        await using var office = new TestOffice();
        await office.InstallAsync("ann", "bob");
        await office.SaysAsync("ann", Handing.Sentence());
        var review = await office.ClicksAsync("ann", "Continue", ("type", "Deterministic"));
        Assert.DoesNotContain("If an answer is missing", review.Words);
        Assert.Contains("If an answer is missing", (await office.ClicksAsync("ann", "Change something")).Words);
        Assert.Contains("If an answer is missing: My silence approves after two working days", (await office.ClicksAsync("ann", "Continue", ("silence", "Approve"))).Words);
        var sent = await office.ClicksAsync("ann", "Send to Bob Berg");
        Assert.Equal(new Silence(OnSilence.Escalate, OnSilence.Approve), (await office.StoredAsync(Handing.IdIn(sent.Words))).Terms.Silence);
    }

    private static async Task<(TestOffice Office, string Id)> BeganAsync(OnSilence choice)
    {
        var office = new TestOffice();
        office.Add("kim", "Kim Kern");
        await office.InstallAsync("ann", "bob", "eve", "kim");
        await SetAsync(office, new AuthorityChange.AddAdministrator(office.PartyOf("eve")));
        var offered = await office.Services.GetRequiredService<DelegationStore>().CreateAsync(
            TestOffice.Tenant, "draft", null,
            id => OfferRules.Offer(id, TestOffice.Tenant, "draft", office.PartyOf("ann"), office.PartyOf("bob"), Granting.Flexible(Granting.Free) with { Silence = Silence.Of(choice) }, office.Clock.GetUtcNow()),
            CancellationToken.None);
        await office.SeesAsync("bob", Granting.Title);
        await office.QuietAsync();
        await office.ClicksAsync("bob", "Accept", ("brief", "I invite and feed everybody."));
        await office.QuietAsync();
        return (office, offered.Id);
    }

    private static async Task SetAsync(TestOffice office, AuthorityChange change) =>
        await office.Services.GetRequiredService<AuthorityStore>().UpdateAsync(
            TestOffice.Tenant, change.ToString(), office.PartyOf("ann"), office.Clock.GetUtcNow(), _ => new AuthorityOutcome.Changed(change, "as it is told"), CancellationToken.None);
}

using System.Net;
using CoordinationBot.Delegations;

namespace CoordinationBot.Tests.Scenarios;

public sealed class OutageScenarios
{
    private const string Wrong = "Something went wrong on my side, and I cannot tell whether this was done. Please look again in a minute, before you repeat it.";

    [Theory]
    [InlineData("get")]
    [InlineData("commit")]
    [InlineData("enqueue")]
    public async Task When_the_store_is_down_a_button_says_so_and_works_afterwards(string call)
    {
        await using var office = new TestOffice();
        var id = await office.AcceptedAsync("collect figures; fill template");
        var card = (await office.SeesAsync("bob", "Complete step 1")).Copy();
        office.Store.Fails = (called, _) => called == call;
        var failed = await office.ClicksAsync("bob", card, "Complete step 1");
        Assert.Equal((HttpStatusCode.OK, null), (failed.Status, failed.Card));
        Assert.StartsWith(Wrong, failed.Sentence, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", failed.Sentence);

        office.Store.Fails = (_, _) => false;
        Assert.Empty((await office.StoredAsync(id)).Completions);
        Assert.Equal(2, (await office.HistoryAsync(id)).Count);
        Assert.Contains("✓ 1. collect figures", (await office.ClicksAsync("bob", card, "Complete step 1")).Words);
        Assert.Equal(3, (await office.HistoryAsync(id)).Count);
    }

    [Fact]
    public async Task When_the_store_is_down_help_is_there_all_the_same()
    {
        await using var office = new TestOffice();
        await office.InstallAsync("ann");
        office.Store.Fails = (_, _) => true;
        Assert.Contains("What you can do now", (await office.SaysAsync("ann", "help")).Words);
    }

    [Theory]
    [InlineData("waiting")]
    [InlineData("my tasks")]
    [InlineData("delegate")]
    [InlineData("delegate \"Book the room\" to Bob")]
    [InlineData("something else")]
    [InlineData("cancel")]
    public async Task When_the_store_is_down_whatever_is_typed_gets_one_sentence(string typed)
    {
        await using var office = new TestOffice();
        await office.InstallAsync("ann", "bob");
        office.Store.Fails = (_, _) => true;
        var messages = office.Shown("ann").Count;
        Assert.StartsWith(Wrong, (await office.SaysAsync("ann", typed)).Words, StringComparison.Ordinal);
        Assert.Equal(messages + 1, office.Shown("ann").Count);
        await office.SaysInGroupAsync("ann", typed);
        Assert.All(office.Group(), message => Assert.DoesNotContain("Book", message.Words));
        office.Store.Fails = (_, _) => false;
        Assert.DoesNotContain("went wrong", (await office.SaysAsync("ann", typed)).Words);
    }

    [Fact]
    public async Task When_the_store_fails_in_the_middle_of_sending_there_is_one_delegation_or_none()
    {
        await using var office = new TestOffice();
        await office.InstallAsync("ann", "bob");
        await office.SaysAsync("ann", Handing.Sentence());
        await office.ClicksAsync("ann", "Continue", ("type", "Deterministic"));
        var review = office.Shown("ann")[^1].Copy();
        office.Store.Fails = (call, partition) => call == "commit" && partition.Contains("|D|", StringComparison.Ordinal);
        Assert.StartsWith(Wrong, (await office.ClicksAsync("ann", review, "Send to Bob Berg")).Words, StringComparison.Ordinal);

        // The delegation is stored, the draft cannot be removed: what was said must be true of the delegation.
        office.Store.Fails = (call, partition) => call == "commit" && partition.Contains("|P|", StringComparison.Ordinal);
        var sent = await office.ClicksAsync("ann", review, "Send to Bob Berg");
        Assert.Contains("Offered to Bob Berg, no answer yet.", sent.Words);
        office.Store.Fails = (_, _) => false;
        await office.ClicksAsync("ann", review, "Send to Bob Berg");
        await office.SeesInTimeAsync("bob", "Ann Abel asks you to take this on.");
        Assert.Single(office.Store.Delegations);
        Assert.Single(await office.HistoryAsync(Handing.IdIn(sent.Words)));
    }

    [Fact]
    public async Task When_the_channel_is_down_while_replying_the_effect_stays_and_a_redelivery_does_not_double_it()
    {
        await using var office = new TestOffice();
        await office.InstallAsync("ann", "bob");
        office.Teams.Fault = request => request.Method == HttpMethod.Post && Uri.UnescapeDataString(request.RequestUri!.AbsolutePath).Contains("a:ann", StringComparison.Ordinal) ? new HttpResponseMessage(HttpStatusCode.InternalServerError) : null;
        foreach (var (typed, id) in new[] { (Handing.Sentence(), "delegate-1"), ("1", "type-1"), ("send", "send-1") })
        {
            Assert.Equal(HttpStatusCode.OK, (await office.SendsAsync("ann", typed, id)).StatusCode);
            Assert.Equal(HttpStatusCode.OK, (await office.SendsAsync("ann", typed, id)).StatusCode);
        }
        await office.SeesAsync("bob", "Ann Abel asks you to take this on.");
        Assert.Single(office.Shown("ann"));
        office.Teams.Fault = _ => null;
        await office.QuietAsync();
        await office.SeesAsync("ann", "Offered to Bob Berg, no answer yet.");
        Assert.Single(office.Store.Delegations);
        Assert.Equal(DelegationState.Offered, (await office.StoredAsync(office.Store.Delegations[0].Split('|')[2])).State);
    }

    [Fact]
    public async Task When_the_channel_is_down_a_button_that_brings_something_says_so()
    {
        await using var office = new TestOffice();
        await office.OffersAsync();
        office.Teams.Fault = request => request.Method == HttpMethod.Post ? new HttpResponseMessage(HttpStatusCode.InternalServerError) : null;
        Assert.Matches(@"^I could not send it just now. Please press the button again in a minute. \(Error E-[0-9A-Z]{6}\)$", (await office.ClicksAsync("ann", "History")).Sentence);
        office.Teams.Fault = _ => null;
        await office.ClicksAsync("ann", "History");
        await office.SeesAsync("ann", "History of D-");
    }
}

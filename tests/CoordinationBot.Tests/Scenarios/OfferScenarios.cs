using CoordinationBot.Delegations;

namespace CoordinationBot.Tests.Scenarios;

public sealed class OfferScenarios
{
    [Fact]
    public async Task Accepting_needs_a_back_brief_in_ones_own_words()
    {
        await using var office = new TestOffice();
        var id = await office.OffersAsync();
        Assert.Contains("Please write in your own words what you will do.", (await office.ClicksAsync("bob", "Accept")).Words);
        var short_ = await office.ClicksAsync("bob", "Accept", ("brief", "ok"));
        Assert.Contains("Please say in a sentence of your own what you will do", short_.Words);
        Assert.Equal("ok", CardReading.Buttons(short_.Card!).First().Inputs["brief"]);
        Assert.Equal(DelegationState.Offered, (await office.StoredAsync(id)).State);

        Assert.Contains("▶ 1. collect figures", (await office.ClicksAsync("bob", "Accept", ("brief", "I collect, fill and send it."))).Words);
        Assert.Contains("Back-brief: I collect, fill and send it.", (await office.SeesAsync("ann", "Bob Berg accepted. Please read the back-brief.")).Words);
        Assert.Equal(["Offered to Bob Berg", "Accepted version 1: I collect, fill and send it."], (await office.HistoryAsync(id)).Select(entry => entry.What));
    }

    [Fact]
    public async Task Declining_needs_a_reason_which_the_leader_reads()
    {
        await using var office = new TestOffice();
        var id = await office.OffersAsync();
        Assert.Contains("Please write why you decline", (await office.ClicksAsync("bob", "Decline")).Words);
        var declined = await office.ClicksAsync("bob", "Decline", ("reason", "I am away on Friday."));
        Assert.False(declined.Card!.HasButton("Accept"));
        Assert.Contains("Reason: I am away on Friday.", (await office.SeesAsync("ann", "Bob Berg declined.")).Words);
        await office.QuietAsync();
        Assert.Contains("You have no open delegations.", (await office.SaysAsync("ann", "delegations")).Words);
        Assert.Contains("Nothing is assigned to you right now.", (await office.SaysAsync("bob", "my tasks")).Words);
        Assert.Equal(DelegationState.Declined, (await office.StoredAsync(id)).State);
    }

    [Fact]
    public async Task A_question_goes_to_the_leader_and_its_answer_comes_back()
    {
        await using var office = new TestOffice();
        var id = await office.OffersAsync();
        Assert.Contains("Please write your question.", (await office.ClicksAsync("bob", "Send question")).Words);
        await office.ClicksAsync("bob", "Send question", ("question", "Which year?"));
        Assert.Contains("Question 1: Which year?", (await office.SeesAsync("ann", "Bob Berg has a question.")).Words);
        await office.RestartAsync();

        Assert.Contains("Please write an answer.", (await office.ClicksAsync("ann", "Send answer")).Words);
        await office.ClicksAsync("ann", "Send answer", ("answer", "Next year."));
        var answered = await office.SeesAsync("bob", "Ann Abel answered your question.");
        Assert.Contains("Answer: Next year.", answered.Words);
        Assert.True(answered.Card!.HasButton("Accept"));
        Assert.Equal(["Offered to Bob Berg", "Asked: Which year?", "Answered “Which year?”: Next year."], (await office.HistoryAsync(id)).Select(entry => entry.What));
    }

    [Fact]
    public async Task Only_the_newest_card_can_be_pressed_and_the_older_one_points_to_it()
    {
        await using var office = new TestOffice();
        await office.OffersAsync();
        await office.ClicksAsync("bob", "Send question", ("question", "Which year?"));
        await office.SeesAsync("ann", "Bob Berg has a question.");
        await office.ClicksAsync("ann", "Send answer", ("answer", "Next year."));
        await office.SeesAsync("bob", "Ann Abel answered your question.");
        await office.QuietAsync();
        Assert.Single(office.Shown("bob"), message => message.Card is { } card && card.HasButton("Accept"));
        await office.SeesAsync("bob", "continued further down");
    }
}

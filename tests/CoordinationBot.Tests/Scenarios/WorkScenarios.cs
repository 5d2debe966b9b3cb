using CoordinationBot.Delegations;

namespace CoordinationBot.Tests.Scenarios;

public sealed class WorkScenarios
{
    [Fact]
    public async Task Only_the_next_step_can_be_completed_and_with_its_evidence()
    {
        await using var office = new TestOffice();
        var id = await office.AcceptedAsync("collect figures (a note); send (a link)");
        var card = await office.SeesAsync("bob", "Complete step 1");
        Assert.DoesNotContain("Complete step 2", card.Words);
        Assert.Contains("this step asks for one", (await office.ClicksAsync("bob", "Complete step 1")).Words);
        await office.ClicksAsync("bob", "Complete step 1", ("evidence", "From the ledger."));
        Assert.DoesNotContain("From the ledger.", CardReading.Buttons(card.Card!).First().Inputs["evidence"]);
        Assert.Contains("this step asks for one", (await office.ClicksAsync("bob", "Complete step 2")).Words);
        foreach (var wrong in (string[])["finance has it", "ftp://contoso.example/a", "https://", "javascript:alert(1)"])
        {
            var refused = await office.ClicksAsync("bob", "Complete step 2", ("evidence", wrong));
            Assert.Contains("That is not a link. Please paste one that begins with https://.", refused.Words);
            Assert.Equal(wrong, CardReading.Buttons(refused.Card!).First().Inputs["evidence"]);
        }
        await office.ClicksAsync("bob", "Complete step 2", ("evidence", "https://contoso.example/a"));
        var stored = await office.StoredAsync(id);
        Assert.Equal(["From the ledger.", "https://contoso.example/a"], stored.Completions.Select(completion => completion.Evidence));
    }

    [Fact]
    public async Task The_leader_sees_progress_in_the_same_message()
    {
        await using var office = new TestOffice();
        await office.AcceptedAsync();
        var (card, messages) = (office.Shown("ann")[^1], office.Shown("ann").Count);
        await office.ClicksAsync("bob", "Complete step 1");
        await office.SeesAsync("ann", "1 of 3 complete");
        await office.ClicksAsync("bob", "Complete step 2");
        var seen = await office.SeesAsync("ann", "2 of 3 complete");
        Assert.Equal(card.Id, seen.Id);
        Assert.Equal(messages, office.Shown("ann").Count);
        Assert.Contains("✓ 2. fill template", seen.Words);
    }

    [Fact]
    public async Task A_result_is_returned_with_a_reason_and_with_steps_open_again()
    {
        await using var office = new TestOffice();
        var id = await office.HandedInAsync();
        Assert.Contains("Please write what is missing.", (await office.ClicksAsync("ann", "Return")).Words);
        await office.ClicksAsync("ann", "Return", ("reason", "The totals are wrong."), ("reopen", "2"));
        var returned = await office.SeesAsync("bob", "Ann Abel returned this to you.");
        Assert.Contains("Reason: The totals are wrong.", returned.Words);
        Assert.Contains("✓ 1. collect figures", returned.Words);
        Assert.Contains("▶ 2. fill template", returned.Words);
        await office.ClicksAsync("bob", "Complete step 2");
        await office.ClicksAsync("bob", "Hand in", ("result", "Corrected."));
        await office.SeesAsync("ann", "Result: Corrected.");
        await office.ClicksAsync("ann", "Accept as done");
        Assert.Equal(
            ["Offered to Bob Berg", "Accepted version 1: I collect, fill and send it.", "Completed step 1", "Completed step 2", "Handed in: All figures are in.",
                "Returned, open again from step 2: The totals are wrong.", "Completed step 2", "Handed in: Corrected.", "Accepted as done"],
            (await office.HistoryAsync(id)).Select(entry => entry.What));
    }

    [Fact]
    public async Task A_result_can_be_returned_with_all_steps_complete()
    {
        await using var office = new TestOffice();
        var id = await office.HandedInAsync();
        await office.ClicksAsync("ann", "Return", ("reason", "Please add a sentence."));
        Assert.True((await office.SeesAsync("bob", "Ann Abel returned this to you.")).Card!.HasButton("Hand in"));
        Assert.Equal(2, (await office.StoredAsync(id)).Completions.Count);
    }

    [Fact]
    public async Task When_it_is_done_both_cards_are_final()
    {
        await using var office = new TestOffice();
        var id = await office.HandedInAsync();
        Assert.Contains("It is done.", (await office.ClicksAsync("ann", "Accept as done")).Words);
        await office.SeesAsync("bob", "Ann Abel accepted the result. Thank you.");
        await office.QuietAsync();
        foreach (var who in (string[])["ann", "bob"])
        {
            Assert.Equal(["History"], CardReading.Buttons(office.Shown(who).Last(message => message.Words.Contains(id, StringComparison.Ordinal) && message.Words.Contains("It is done.", StringComparison.Ordinal)).Card!).Select(button => button.Title));
            Assert.DoesNotContain(office.Shown(who), message => message.Card is { } card && (card.HasButton("Hand in") || card.HasButton("Accept as done") || card.HasButton("Revoke…")));
        }
        Assert.Equal(DelegationState.Done, (await office.StoredAsync(id)).State);
    }

    [Fact]
    public async Task Work_that_is_late_is_marked_and_can_still_be_done()
    {
        await using var office = new TestOffice();
        await office.AcceptedAsync("collect figures; fill template");
        await office.PassAsync(TimeSpan.FromDays(7));
        Assert.Contains("overdue", (await office.SaysAsync("bob", "my tasks")).Words);
        Assert.Contains("overdue", (await office.ClicksAsync("bob", "Complete step 1")).Words);
        Assert.Contains("overdue", (await office.SaysAsync("ann", "delegations")).Words);
    }

    [Fact]
    public async Task An_old_card_does_not_accept_a_result_that_was_handed_in_after_it()
    {
        await using var office = new TestOffice();
        var id = await office.HandedInAsync();
        var first = (await office.SeesAsync("ann", "Accept as done")).Copy();
        await office.ClicksAsync("ann", "Return", ("reason", "The sales figures are missing."));
        await office.ClicksAsync("bob", "Hand in", ("result", "With sales now."));
        await office.QuietAsync();
        var answer = await office.ClicksAsync("ann", first, "Accept as done");
        Assert.Contains("things have moved on since this card was sent", answer.Words);
        Assert.Equal(DelegationState.HandedIn, (await office.StoredAsync(id)).State);
        await office.ClicksAsync("ann", "Accept as done");
        Assert.Equal(DelegationState.Done, (await office.StoredAsync(id)).State);
    }
}

using System.Net;
using System.Text.Json.Nodes;
using CoordinationBot.Delegations;

namespace CoordinationBot.Tests.Scenarios;

/// <summary>The platform delivers at least once, and people press twice.</summary>
public sealed class RepeatScenarios
{
    [Fact]
    public async Task Whatever_is_pressed_twice_or_delivered_again_counts_once()
    {
        await using var office = new TestOffice();
        await office.InstallAsync("ann", "bob");
        await office.SaysAsync("ann", Handing.Sentence("collect figures; fill template"));
        await FourTimesAsync(office, "ann", "Continue", ("type", "Deterministic"));
        var sent = await FourTimesAsync(office, "ann", "Send to Bob Berg");
        Assert.Contains("This was sent already.", sent.Words);
        var id = Handing.IdIn(sent.Words);
        await office.SeesAsync("bob", "Ann Abel asks you to take this on.");
        await FourTimesAsync(office, "bob", "Send question", ("question", "Which year?"));
        await office.SeesAsync("ann", "Bob Berg has a question.");
        await FourTimesAsync(office, "ann", "Send answer", ("answer", "Next year."));
        await office.SeesAsync("bob", "Ann Abel answered your question.");
        await FourTimesAsync(office, "bob", "Accept", ("brief", "I collect and fill it."));
        await FourTimesAsync(office, "bob", "Complete step 1");
        await office.ClicksAsync("bob", "Go on", ("change", "Skip"));
        await FourTimesAsync(office, "bob", "Send the request", ("step", "2"), ("because", "Not needed."));
        await office.SeesAsync("ann", "Bob Berg asks for a change.");
        await FourTimesAsync(office, "ann", "Refuse", ("refusal", "It is needed."));
        await office.SeesAsync("bob", "Ann Abel did not approve the change.");
        await office.ClicksAsync("bob", "Go on", ("change", "Add"));
        await FourTimesAsync(office, "bob", "Send the request", ("step", "2"), ("text", "have it checked"), ("because", "It is safer."));
        await office.SeesAsync("ann", "have it checked");
        await FourTimesAsync(office, "ann", "Approve");
        await office.SeesAsync("bob", "Please accept version 2.");
        await FourTimesAsync(office, "bob", "Accept version 2", ("brief", "I have it checked, too."));
        await FourTimesAsync(office, "bob", "Complete step 2");
        await FourTimesAsync(office, "bob", "Complete step 3");
        await FourTimesAsync(office, "bob", "Hand in", ("result", "Checked."));
        await office.SeesAsync("ann", "Bob Berg handed in the result.");
        await FourTimesAsync(office, "ann", "Return", ("reason", "By whom?"));
        await office.SeesAsync("bob", "Ann Abel returned this to you.");
        await FourTimesAsync(office, "bob", "Hand in", ("result", "Checked by Eve."));
        await office.SeesAsync("ann", "Checked by Eve.");
        await FourTimesAsync(office, "ann", "Accept as done");

        Assert.Equal(
            ["Offered to Bob Berg", "Asked: Which year?", "Answered “Which year?”: Next year.", "Accepted version 1: I collect and fill it.", "Completed step 1",
                "Needs approval: skip step 2 “fill template”. Because: Not needed.", "Refused the change: skip step 2 “fill template”. Because: It is needed.",
                "Needs approval: add a step after step 2: “have it checked”. Because: It is safer.", "Approved: add a step after step 2: “have it checked”. This is version 2",
                "Accepted version 2: I have it checked, too.", "Completed step 2", "Completed step 3", "Handed in: Checked.", "Returned: By whom?", "Handed in: Checked by Eve.", "Accepted as done"],
            (await office.HistoryAsync(id)).Select(entry => entry.What));
        Assert.Single(office.Store.Delegations);
        await office.QuietAsync();
        Assert.Single(office.Shown("bob"), message => message.Words.Contains("Ann Abel accepted the result.", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Revoke now", "Revoked: Cancelled.")]
    [InlineData("Decline", "Declined: Cancelled.")]
    public async Task An_end_that_is_pressed_twice_is_one_end(string button, string entry)
    {
        await using var office = new TestOffice();
        var id = await office.OffersAsync();
        var who = button == "Decline" ? "bob" : "ann";
        if (who == "ann")
        {
            await office.SaysAsync("ann", $"revoke {id}");
        }
        await FourTimesAsync(office, who, button, ("reason", "Cancelled."));
        Assert.Equal(["Offered to Bob Berg", entry], (await office.HistoryAsync(id)).Select(known => known.What));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_message_that_is_delivered_again_counts_once_also_after_a_restart(bool restart)
    {
        await using var office = new TestOffice();
        await office.InstallAsync("ann", "bob");
        await office.SaysAsync("ann", Handing.Sentence(), "delegate-1");
        await (restart ? office.RestartAsync() : Task.CompletedTask);
        await office.SendsAsync("ann", Handing.Sentence(), "delegate-1");
        await office.SaysAsync("ann", "1", "type-1");
        await (restart ? office.RestartAsync() : Task.CompletedTask);
        await office.SendsAsync("ann", "1", "type-1");
        Assert.Contains("is offered to Bob Berg", (await office.SaysAsync("ann", "send", "send-1")).Words);
        await (restart ? office.RestartAsync() : Task.CompletedTask);
        Assert.Equal(HttpStatusCode.OK, (await office.SendsAsync("ann", "send", "send-1")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await office.SendsAsync("ann", "send", "send-2")).StatusCode);
        await office.SeesInTimeAsync("bob", "Ann Abel asks you to take this on.");
        Assert.Single(office.Store.Delegations);
    }

    [Fact]
    public async Task A_step_out_of_order_is_refused_with_its_clause_and_recorded()
    {
        await using var office = new TestOffice();
        var id = await office.AcceptedAsync("collect figures; fill template; send it");
        var data = $$"""{"id":"{{id}}","version":"1","step":"3"}""";
        var refused = await office.InvokesAsync("bob", "delegation.complete", JsonNode.Parse(data), "press-1");
        Assert.Contains($"Step 3 was not completed: step 1 comes first. ({id}, version 1: Do exactly these 3 steps, in this order.)", refused.Words);
        Assert.NotNull((await office.InvokesAsync("bob", "delegation.complete", JsonNode.Parse(data), "press-1")).Card);
        Assert.Equal("Not permitted: completing step 3 before step 1", Assert.Single(await office.HistoryAsync(id), entry => entry.Number > 2).What);
        Assert.Empty((await office.StoredAsync(id)).Completions);
    }

    [Fact]
    public async Task A_card_of_an_older_version_answers_with_the_present_one()
    {
        await using var office = new TestOffice();
        var id = await office.AcceptedAsync("collect figures; fill template; send it");
        var old = (await office.SeesAsync("bob", "Complete step 1")).Copy();
        await office.RequestsAsync("Skip", "Not needed.", ("step", "2"));
        await office.SeesAsync("ann", "Bob Berg asks for a change.");
        await office.ClicksAsync("ann", "Approve");
        await office.SeesAsync("bob", "Please accept version 2.");
        await office.ClicksAsync("bob", "Accept version 2", ("brief", "I leave the template out."));
        await office.QuietAsync();

        var stale = await office.ClicksAsync("bob", old, "Complete step 1");
        Assert.Contains("The terms changed since this card was sent. This is version 2.", stale.Words);
        Assert.True(stale.Card!.HasButton("Complete step 1"));
        Assert.Empty((await office.StoredAsync(id)).Completions);
    }

    /// <summary>Twice at the same time, then again with the same activity id, then with another; returns the last answer.</summary>
    private static async Task<Pressed> FourTimesAsync(TestOffice office, string who, string button, params (string, string)[] inputs)
    {
        await office.QuietAsync();
        var message = office.Shown(who).Last(known => known.Card is { } card && card.HasButton(button));
        var card = message.Copy();
        var id = $"{button}-{Guid.NewGuid()}";
        var both = await Task.WhenAll(office.ClicksAsync(who, card, button, id, inputs), office.ClicksAsync(who, card, button, $"{id}-same-time", inputs));
        var same = await office.ClicksAsync(who, card, button, id, inputs);
        await office.QuietAsync();
        var other = await office.ClicksAsync(who, card, button, $"{id}-again", inputs);
        Assert.All([.. both, same, other], pressed => Assert.Equal((HttpStatusCode.OK, true), (pressed.Status, pressed.Card is not null)));
        Assert.All([.. both, same, other], pressed => Assert.DoesNotContain("went wrong", pressed.Words));
        return other;
    }

    [Fact]
    public async Task A_press_that_is_delivered_again_after_the_other_side_moved_is_not_a_new_one()
    {
        await using var office = new TestOffice();
        var id = await office.AcceptedAsync("collect figures");
        await office.ClicksAsync("bob", "Complete step 1");
        await office.QuietAsync();
        var card = office.Shown("bob")[^1].Copy();
        await office.ClicksAsync("bob", card, "Hand in");
        await office.SeesAsync("ann", "Accept as done");
        await office.ClicksAsync("ann", "Return", ("reason", "The sales figures are missing."));
        await office.QuietAsync();
        var answer = await office.ClicksAsync("bob", card, "Hand in", "another-id");
        Assert.Contains("things have moved on since this card was sent", answer.Words);
        Assert.Equal(DelegationState.Returned, (await office.StoredAsync(id)).State);
    }

    [Fact]
    public async Task A_draft_that_was_sent_when_the_host_ended_is_not_sent_otherwise()
    {
        await using var office = new TestOffice();
        await office.InstallAsync("ann", "bob", "eve");
        await office.SaysAsync("ann", Handing.Sentence());
        await office.ClicksAsync("ann", "Continue", ("type", "Deterministic"));
        // The delegation is stored; the draft stays, as if the host had ended in between.
        office.Store.Fails = (call, partition) => call == "commit" && partition.Contains("|P|", StringComparison.Ordinal);
        await office.ClicksAsync("ann", "Send to Bob Berg");
        office.Store.Fails = (_, _) => false;
        Assert.DoesNotContain("Please check before it is sent", (await office.SaysAsync("ann", "delegate")).Words);
        await office.SaysAsync("ann", "cancel");
        Assert.Single(office.Store.Delegations);
    }
}

using CoordinationBot.Delegations;

namespace CoordinationBot.Tests.Scenarios;

public sealed class ChangeScenarios
{
    private const string Steps = "collect figures; fill template; send it";

    [Theory]
    [InlineData("Skip", "skip step 2 “fill template”", "collect figures|send it", "step=2")]
    [InlineData("Swap", "swap step 2 “fill template” and step 3 “send it”", "collect figures|send it|fill template", "step=2", "other-step=3")]
    [InlineData("Add", "add a step after step 2: “have it checked”", "collect figures|fill template|have it checked|send it", "step=2", "text=have it checked")]
    [InlineData("Reword", "reword step 3 “send it” to “send it to finance”", "collect figures|fill template|send it to finance", "step=3", "text=send it to finance")]
    [InlineData("MoveDeadline", "move the deadline to Mon 30 Nov 2026, 12:00 (Europe/Berlin)", "collect figures|fill template|send it", "due.date=2026-11-30", "due.time=12:00")]
    public async Task A_change_is_asked_for_approved_and_accepted_anew_as_version_2(string kind, string words, string steps, params string[] inputs)
    {
        await using var office = new TestOffice();
        var id = await office.AcceptedAsync(Steps);
        await office.ClicksAsync("bob", "Complete step 1");
        var asked = await office.RequestsAsync(kind, "It goes faster.", [.. inputs.Select(input => (input.Split('=')[0], input.Split('=')[1]))]);
        Assert.Contains($"Asked for: {words}", asked.Words);
        Assert.False(asked.Card!.HasButton("Complete step 2"));

        var approval = await office.SeesAsync("ann", "Bob Berg asks for a change. Please decide.");
        Assert.Contains($"Asked for: {words}", approval.Words);
        Assert.Contains("Because: It goes faster.", approval.Words);
        await office.ClicksAsync("ann", "Approve");
        await office.SeesAsync("bob", $"Ann Abel approved: {words}. Please accept version 2.");
        var accepted = await office.ClicksAsync("bob", "Accept version 2", ("brief", "I do it the new way."));
        Assert.True(accepted.Card!.HasButton("Complete step 2"));
        await office.SeesAsync("ann", "Bob Berg accepted version 2.");

        var stored = await office.StoredAsync(id);
        Assert.Equal((2, DelegationState.InProgress, 1), (stored.Terms.Version, stored.State, stored.Completions.Count));
        Assert.Equal(steps, string.Join('|', stored.Terms.Steps.Select(step => step.Text)));
        var history = await office.HistoryAsync(id);
        Assert.Equal([$"Needs approval: {words}. Because: It goes faster.", $"Approved: {words}. This is version 2", "Accepted version 2: I do it the new way."], history.Skip(3).Select(entry => entry.What));
        Assert.Equal($"{id}, version 1: Do exactly these 3 steps, in this order.", history[3].Clause);
        Assert.Equal(["1", "1", "2"], history.Skip(3).Select(entry => $"{entry.Version}"));
    }

    [Fact]
    public async Task A_change_is_refused_with_a_reason_and_the_steps_stay()
    {
        await using var office = new TestOffice();
        var id = await office.AcceptedAsync(Steps);
        await office.RequestsAsync("Skip", "Not needed.", ("step", "2"));
        await office.SeesAsync("ann", "Bob Berg asks for a change.");
        Assert.Contains("Please write why not.", (await office.ClicksAsync("ann", "Refuse")).Words);
        await office.ClicksAsync("ann", "Refuse", ("refusal", "Finance wants the template."));
        var told = await office.SeesAsync("bob", "Ann Abel did not approve the change. The steps stay as they are.");
        Assert.Contains("Reason: Finance wants the template.", told.Words);
        Assert.True(told.Card!.HasButton("Complete step 1"));
        Assert.Equal((1, 3, DelegationState.Accepted), ((await office.StoredAsync(id)).Terms.Version, (await office.StoredAsync(id)).Terms.Steps.Count, (await office.StoredAsync(id)).State));
    }

    [Fact]
    public async Task A_change_is_approved_with_an_edit()
    {
        await using var office = new TestOffice();
        var id = await office.AcceptedAsync(Steps);
        await office.RequestsAsync("MoveDeadline", "I am away on Friday.", ("due.date", "2026-12-04"), ("due.time", "12:00"));
        await office.SeesAsync("ann", "Bob Berg asks for a change.");
        await office.ClicksAsync("ann", "Approve the edit", ("due.date", "2026-11-30"), ("due.time", "10:00"));
        await office.SeesAsync("bob", "Ann Abel approved with an edit: move the deadline to Mon 30 Nov 2026, 10:00 (Europe/Berlin). Please accept version 2.");
        Assert.Equal(new DateTimeOffset(2026, 11, 30, 9, 0, 0, TimeSpan.Zero), (await office.StoredAsync(id)).Terms.Due.At);
    }

    [Fact]
    public async Task A_request_can_be_withdrawn()
    {
        await using var office = new TestOffice();
        var id = await office.AcceptedAsync(Steps);
        await office.RequestsAsync("Skip", "Not needed.", ("step", "2"));
        await office.SeesAsync("ann", "Bob Berg asks for a change.");
        var old = (await office.SeesAsync("ann", "Bob Berg asks for a change.")).Copy();
        var withdrawn = await office.ClicksAsync("bob", "Withdraw the request");
        Assert.True(withdrawn.Card!.HasButton("Complete step 1"));
        await office.QuietAsync();
        var late = await office.ClicksAsync("ann", old, "Approve");
        Assert.Contains("That request no longer waits: Bob Berg accepted it and has not begun.", late.Words);
        Assert.Equal(1, (await office.StoredAsync(id)).Terms.Version);
    }

    [Theory]
    [InlineData("Skip", "Please choose a step.", "because=x")]
    [InlineData("Skip", "Please choose a step that is still open; completed steps stay as they are.", "step=1", "because=x")]
    [InlineData("Skip", "Please write why the change is needed.", "step=2")]
    [InlineData("Swap", "Please choose two steps.", "step=2", "because=x")]
    [InlineData("Swap", "Please choose two different steps.", "step=2", "other-step=2", "because=x")]
    [InlineData("Add", "Please write the new step.", "step=2", "because=x")]
    [InlineData("Reword", "Please write the new wording.", "step=2", "because=x")]
    [InlineData("MoveDeadline", "is in the past", "due.date=2026-11-01", "because=x")]
    [InlineData("MoveDeadline", "That is the deadline already.", "because=x")]
    public async Task A_request_that_cannot_be_is_said_so_and_stays_filled_in(string kind, string sentence, params string[] inputs)
    {
        await using var office = new TestOffice();
        var id = await office.AcceptedAsync(Steps);
        await office.ClicksAsync("bob", "Complete step 1");
        var refused = await office.RequestsAsync(kind, "", [.. inputs.Select(input => (input.Split('=')[0], input.Split('=')[1]))]);
        // The last value of an input wins, so the empty reason above counts only where none is given.
        Assert.Contains(sentence, refused.Words);
        Assert.True(refused.Card!.HasButton("Send the request"));
        Assert.Equal(DelegationState.InProgress, (await office.StoredAsync(id)).State);
        Assert.Equal(3, (await office.HistoryAsync(id)).Count);
        await office.ClicksAsync("bob", "Never mind");
        Assert.True((await office.SeesAsync("bob", "Complete step 2")).Card!.HasButton("Complete step 2"));
    }
}

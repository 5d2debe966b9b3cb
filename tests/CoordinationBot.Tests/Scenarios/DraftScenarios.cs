using CoordinationBot.Delegations;
using CoordinationBot.Dialogs;
using Microsoft.Extensions.DependencyInjection;

namespace CoordinationBot.Tests.Scenarios;

/// <summary>A form that is filled in at several hosts at once, by presses that are delivered late and again.</summary>
public sealed class DraftScenarios
{
    [Fact]
    public async Task What_another_host_wrote_meanwhile_is_not_lost()
    {
        await using var office = new TestOffice();
        await office.InstallAsync("ann", "bob");
        var first = (await office.SaysAsync("ann", "delegate \"Spring party\" to Bob by fri 5pm")).Copy();
        await office.ClicksAsync("ann", "Continue", ("type", "Flexible"));

        await MeanwhileAsync(office, draft => draft.With(DelegationForm.Outcome, "Everybody had a good time").With(DelegationForm.Budget, "900.00 EUR"), () => office.ClicksAsync("ann", first, "Continue", null, ("type", "Flexible")));

        var draft = await DraftAsync(office);
        Assert.Equal(("Flexible", "Everybody had a good time", "900.00 EUR"), (draft.Values["type"], draft.Values["outcome"], draft.Values["budget"]));
    }

    [Fact]
    public async Task A_typed_answer_goes_to_what_is_still_missing_when_it_is_stored()
    {
        await using var office = new TestOffice();
        await office.InstallAsync("ann", "bob");
        await office.SaysAsync("ann", "delegate \"Spring party\" to Bob by fri 5pm");
        await office.SaysAsync("ann", "flexible");

        await MeanwhileAsync(office, draft => draft.With(DelegationForm.Outcome, "Everybody had a good time"), () => office.SaysAsync("ann", "900 EUR"));

        var draft = await DraftAsync(office);
        Assert.Equal(("Everybody had a good time", "900.00 EUR"), (draft.Values["outcome"], draft.Values["budget"]));
    }

    [Fact]
    public async Task A_press_that_is_delivered_again_takes_nothing_back()
    {
        await using var office = new TestOffice();
        await office.InstallAsync("ann", "bob");
        var first = (await office.SaysAsync("ann", "delegate \"Spring party\" to Bob by fri 5pm")).Copy();
        await office.ClicksAsync("ann", first, "Continue", "press-1", ("type", "Flexible"));
        await office.ClicksAsync("ann", first, "Continue", "press-2", ("type", "Deterministic"));

        var shown = await office.ClicksAsync("ann", first, "Continue", "press-1", ("type", "Flexible"));

        Assert.Equal("Deterministic", (await DraftAsync(office)).Values["type"]);
        Assert.Contains("Deterministic", shown.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_draft_that_went_meanwhile_stays_gone()
    {
        await using var office = new TestOffice();
        await office.InstallAsync("ann", "bob");
        var first = (await office.SaysAsync("ann", "delegate \"Spring party\" to Bob by fri 5pm")).Copy();

        await MeanwhileAsync(office, _ => null, async () => Assert.Contains("That draft is no longer there", (await office.ClicksAsync("ann", first, "Continue", null, ("type", "Flexible"))).Words, StringComparison.Ordinal));

        Assert.Null(await Drafts(office).FindAsync(TestOffice.Tenant, office.Teams.People["ann"].ObjectId, office.Clock.GetUtcNow(), CancellationToken.None));
    }

    /// <summary>Lets another host write the draft between a turn's reading and its writing.</summary>
    private static async Task MeanwhileAsync(TestOffice office, Func<Draft, Draft?> change, Func<Task> turn)
    {
        var ann = office.Teams.People["ann"].ObjectId;
        var isWritten = false;
        office.Store.Fails = (call, partition) =>
        {
            if (call == "commit" && !isWritten && partition.EndsWith(ann, StringComparison.Ordinal))
            {
                isWritten = true;
                Drafts(office).UpdateAsync(TestOffice.Tenant, ann, office.Clock.GetUtcNow(), draft => change(draft!)?.Done("another"), CancellationToken.None).AsTask().GetAwaiter().GetResult();
            }
            return false;
        };
        await turn();
        office.Store.Fails = (_, _) => false;
        Assert.True(isWritten);
    }

    private static DraftStore Drafts(TestOffice office) => office.Services.GetRequiredService<DraftStore>();

    private static async Task<Draft> DraftAsync(TestOffice office) =>
        (await Drafts(office).FindAsync(TestOffice.Tenant, office.Teams.People["ann"].ObjectId, office.Clock.GetUtcNow(), CancellationToken.None))!;
}

using CoordinationBot.Authority;
using CoordinationBot.Feedbacks;
using CoordinationBot.Storage;
using CoordinationBot.Tests.Delegations;

namespace CoordinationBot.Tests.Feedbacks;

public sealed class FeedbackStoreTests : IDisposable
{
    private static readonly Party Eve = new("eve", "Eve Ek");

    private readonly LetterWorld _world = new(count => 0);

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task What_changed_nothing_leaves_its_operation_and_delivered_again_takes_back_nothing_later()
    {
        var id = await BeginAsync();
        await MovesAsync(id, FeedbackState.Planned, "first");
        Assert.IsType<FeedbackOutcome.Unchanged>(await MovesAsync(id, FeedbackState.Planned, "second"));
        await MovesAsync(id, FeedbackState.Done, "third");
        await MovesAsync(id, FeedbackState.Planned, "second");
        Assert.Equal(FeedbackState.Done, (await _world.Store.FindAsync(LetterWorld.Tenant, id, Desk.Cancel))!.State);
    }

    [Fact]
    public async Task What_is_refused_and_what_changes_nothing_of_itself_writes_nothing()
    {
        var id = await BeginAsync();
        var before = await VersionAsync(id);
        Assert.IsType<FeedbackOutcome.Unchanged>(await MovesAsync(id, FeedbackState.New, "refused"));
        await _world.Store.UpdateAsync(LetterWorld.Tenant, id, null, known => new FeedbackOutcome.Unchanged(known), Desk.Cancel);
        Assert.Equal(before, await VersionAsync(id));
    }

    private async Task<string> BeginAsync() => (await _world.Store.CreateAsync(
        LetterWorld.Tenant,
        "origin",
        null,
        id => FeedbackRules.Begin(new Feedback
        {
            Id = id,
            Tenant = LetterWorld.Tenant,
            Origin = "origin",
            Kind = FeedbackKind.Problem,
            Subject = Subject.None,
            Text = "the printer is empty",
            Owner = Eve,
            State = FeedbackState.New,
            Day = new DateOnly(2026, 11, 23),
            Revision = 1,
        }),
        Desk.Cancel)).Id;

    private async Task<FeedbackOutcome> MovesAsync(string id, FeedbackState to, string operation) =>
        (await _world.Store.UpdateAsync(LetterWorld.Tenant, id, operation, known => FeedbackRules.Move(known, new FeedbackActor(Eve, null, new DateOnly(2026, 11, 23)), to, null), Desk.Cancel))!;

    private async Task<string> VersionAsync(string id) => (await _world.Desk.Tables.GetAsync(FeedbackStore.Partition(LetterWorld.Tenant, id), Aggregates<Feedback>.StateKey, Desk.Cancel))!.Version;
}

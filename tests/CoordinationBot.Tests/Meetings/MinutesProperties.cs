using CoordinationBot.Authority;
using CoordinationBot.Meetings;
using CsCheck;
using static CoordinationBot.Tests.Meetings.MinutesWorld;

namespace CoordinationBot.Tests.Meetings;

public sealed class MinutesProperties
{
    private static readonly Gen<Party> Who = Gen.OneOf(Ann, Bob, Eve);
    private static readonly Gen<string> Entry = Gen.Int[1, 12].Select(number => $"E{number}");
    private static readonly Gen<int?> Edition = Gen.Int[0, 3].Select(number => number == 0 ? default(int?) : number);

    private static readonly Gen<Func<World, MinutesOutcome>> Act = Gen.OneOf(
        Gen.Select(Who, Gen.Enum<EntryKind>(), Gen.Int[1, 9], Gen.Int[1, 12]).Select((who, kind, text, seen) => Does(world => MinutesRules.Add(world.Now, who, new NewEntry(kind, $"Text {text}"), seen))),
        Gen.Select(Who, Entry, Edition, Gen.Int[1, 9]).Select((who, entry, edition, text) => Does(world => MinutesRules.Reword(world.Now, who, entry, edition, $"Text {text}"))),
        Gen.Select(Who, Entry, Edition).Select((who, entry, edition) => Does(world => MinutesRules.Remove(world.Now, who.ObjectId, entry, edition))),
        Gen.Select(Who, Entry).Select((who, entry) => Does(world => MinutesRules.Settle(world.Now, who.ObjectId, entry))),
        Gen.Select(Entry, Gen.Int[1, 9]).Select((entry, id) => Does(world => MinutesRules.Link(world.Now, entry, $"D-{id}", false))),
        Who.Select(who => Does(world => CirculationRules.Circulate(world.Now, Meeting(), who))),
        Gen.Select(Who, Entry, Gen.Bool, Gen.Int[1, 9]).Select((who, entry, beside, text) => Does(world => CirculationRules.Propose(world.Now, who, beside ? null : entry, $"Text {text}", After))),
        Gen.Select(Who, Gen.Int[1, 20], Edition).Select((who, id, edition) => Does(world => CirculationRules.Take(world.Now, who, $"C{id}", edition))),
        Gen.Select(Who, Gen.Int[1, 20]).Select((who, id) => Does(world => CirculationRules.Refuse(world.Now, who, $"C{id}", "no"))),
        Who.Select(who => Does(world => CirculationRules.Finish(world.Now, Meeting(), who, After))));

    [Fact]
    public void A_final_version_never_changes_and_every_change_of_it_makes_the_next() => Act.Array[0, 80].Sample(
        acts =>
        {
            var world = new World(Minutes(), []);
            foreach (var act in acts)
            {
                var (before, outcome) = (world.Now, act(world));
                if (outcome is not MinutesOutcome.Changed changed)
                {
                    continue;
                }
                var (after, version) = (changed.State, changed.Version);
                Assert.Equal(before.Revision + 1, after.Revision);
                Assert.Equal(before.Versions + (version is null ? 0 : 1), after.Versions);
                Assert.Equal(version is null ? null : after.Versions, version?.Number);
                world = new World(after, version is null ? world.Versions : [.. world.Versions, version]);
                if (after.State == MinutesState.Final)
                {
                    // As long as it is final, it says what its version says, word for word.
                    Assert.Equal(world.Versions[^1].Content.Entries.Select(entry => (entry.Id, entry.Kind, entry.Text)), after.Entries.Select(entry => (entry.Id, entry.Kind, entry.Text)));
                    Assert.Empty(after.Corrections);
                }
                Assert.True(after.State != MinutesState.Final || version is not null || before.State == MinutesState.Final, "Nothing becomes final without a version.");
            }
            Assert.Equal(Enumerable.Range(1, world.Versions.Count), world.Versions.Select(version => version.Number));
            // The versions with what changed between them lead to the newest.
            Assert.All(world.Versions.Zip(world.Versions.Skip(1)), pair => Assert.Equal(
                pair.First.Content.Entries.Select(entry => (entry.Id, entry.Text)).SequenceEqual(pair.Second.Content.Entries.Select(entry => (entry.Id, entry.Text))),
                CirculationRules.Differences(pair.First.Content, pair.Second.Content).Count == 0));
        },
        iter: 3_000);

    [Fact]
    public void An_action_item_becomes_one_delegation_at_most_and_no_two_the_same_one() => Act.Array[0, 80].Sample(
        acts =>
        {
            var world = new World(Minutes(), []);
            var became = new Dictionary<string, string>();
            foreach (var act in acts)
            {
                if (act(world) is MinutesOutcome.Changed changed)
                {
                    Assert.Distinct(changed.State.Entries.Select(entry => entry.Origin));
                    Assert.Distinct(changed.State.Entries.Select(entry => entry.Id));
                    foreach (var (entry, delegation) in changed.State.Entries.Where(entry => entry.Delegation is not null).Select(entry => (entry, entry.Delegation!)))
                    {
                        Assert.Equal(EntryKind.Action, entry.Kind);
                        Assert.Equal(delegation, became.TryAdd(entry.Origin, delegation) ? delegation : became[entry.Origin]);
                        Assert.NotNull(MinutesRules.CheckGive(changed.State, "ann", entry.Id));
                    }
                    Assert.All(became.Keys, origin => Assert.Contains(changed.State.Entries, entry => entry.Origin == origin));
                    world = world with { Now = changed.State, Versions = changed.Version is { } version ? [.. world.Versions, version] : world.Versions };
                }
            }
        },
        iter: 3_000);

    [Fact]
    public void Whoever_does_not_write_them_changes_nothing_in_them() => Gen.Select(Act.Array[0, 60], Entry, Edition).Sample(
        (acts, entry, edition) =>
        {
            var world = new World(Minutes(), []);
            foreach (var act in acts)
            {
                world = act(world) is MinutesOutcome.Changed changed ? new World(changed.State, changed.Version is { } version ? [.. world.Versions, version] : world.Versions) : world;
            }
            Assert.All(
                new[]
                {
                    MinutesRules.Add(world.Now, Eve, new NewEntry(EntryKind.Decision, "Mine"), null), MinutesRules.Reword(world.Now, Eve, entry, edition, "Mine"), MinutesRules.Remove(world.Now, "eve", entry, edition),
                    MinutesRules.Settle(world.Now, "eve", entry), CirculationRules.Circulate(world.Now, Meeting(), Eve), CirculationRules.Finish(world.Now, Meeting(), Eve, After), CirculationRules.Take(world.Now, Eve, "C1", 1),
                },
                outcome => Assert.IsType<MinutesOutcome.Unchanged>(outcome));
        },
        iter: 1_000);

    private static Func<World, MinutesOutcome> Does(Func<World, MinutesOutcome> act) => act;

    private sealed record World(CoordinationBot.Meetings.Minutes Now, IReadOnlyList<MinutesVersion> Versions);
}

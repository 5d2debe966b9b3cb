using CoordinationBot.Authority;
using CoordinationBot.Delegations;
using CoordinationBot.Storage;
using CoordinationBot.Tests.Storage;
using static CoordinationBot.Tests.Delegations.UnsteadyTables;

namespace CoordinationBot.Tests.Delegations;

/// <summary>What holds in the <see cref="World"/> holds on a store too: with several hosts at once, outages, and hosts that die between two commits.</summary>
public abstract class StoredWorldTests
{
    private const int Histories = 40;
    private const int Writers = 8;
    private const int PressesEach = 9;

    private static readonly Party Ann = Office.People[0];
    private static readonly Party Bob = Office.People[1];
    private static readonly Party Cid = Office.People[2];

    private protected abstract ITables Tables { get; }

    [Fact]
    public async Task Random_histories_of_eight_writers_through_conflicts_and_outages_end_with_exact_books_and_histories()
    {
        var changes = 0;
        for (var history = 0; history < Histories; history++)
        {
            using var world = new StoredWorld(Tables);
            var dice = new Dice((ulong)history);
            world.Office.ChangeMandate(dice);
            world.Office.ChangePolicies(dice);
            await world.SetAuthoritiesAsync();
            await BeginAsync(world);
            // Decided by the number of the commit, so that each history has the same faults in every run.
            var seed = (ulong)history;
            world.Tables.Faults = commit => new Dice(seed ^ ((ulong)commit << 20)).Next(24) switch { 0 or 1 => Fault.Conflict, 2 => Fault.Before, 3 => Fault.After, _ => Fault.None };

            await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(async () =>
            {
                for (var press = 0; press < PressesEach; press++)
                {
                    var mine = new Dice((seed << 32) + (ulong)((writer * 1000) + press));
                    var states = world.Tables.Newest.ToDictionary();
                    var chosen = Presses.Choose(mine, world.Office, states, [.. states.Keys]);
                    await world.DoAsync(chosen.Target, chosen.Do);
                }
            })));

            await world.EndAsync();
            changes += world.Tables.States.Count;
        }
        Assert.True(changes > Histories * 20, $"only {changes} changes");
    }

    [Theory]
    [InlineData(nameof(Fault.Before))]
    [InlineData(nameof(Fault.After))]
    public async Task A_host_that_dies_at_any_commit_leaves_the_money_exact(string fault)
    {
        var died = true;
        for (var last = 1; died; last++)
        {
            using var world = new StoredWorld(Tables);
            var (dying, dead) = (last, false);
            world.Tables.Faults = commit => commit == dying && (dead = true) ? Enum.Parse<Fault>(fault) : Fault.None;

            // The next host looks at what was left before anybody presses again.
            Task<Outcome?> DoAsync(string id, Func<Delegation, Chain, Outcome> act) => world.DoAsync(id, act, world.WakeAllAsync);
            await RetryAsync(() => BeginAsync(world));
            const string Root = "D-R00000";
            const string Child = "D-C00000";
            await DoAsync(Child, (d, chain) => DeclareRules.Declare(d, chain, By(Cid), "k1", new DeclaredAct.Spend(Eur(100.01m), "paper"), null));
            await DoAsync(Child, (d, chain) => DeclareRules.Declare(d, chain, By(Cid), "k2", new DeclaredAct.Spend(Eur(250.02m), "chairs"), "They broke."));
            await DoAsync(Child, (d, chain) => ApprovalRules.Approve(d, chain, By(Bob), d.Dealings.Held is [var held, ..] ? held.Id : null, null));
            await DoAsync(Child, (d, chain) => DeclareRules.Declare(d, chain, By(Cid), "k3", new DeclaredAct.Plan(Eur(400), "a fair", Samples.Friday.At), "For the fair."));
            await DoAsync(Child, (d, chain) => ApprovalRules.Approve(d, chain, By(Bob), d.Dealings.Held is [var held, ..] ? held.Id : null, null));
            await DoAsync(Child, (d, chain) => DeclareRules.Declare(d, chain, By(Cid), "k4", new DeclaredAct.Spend(Eur(333.33m), "tents"), null));
            await DoAsync(Root, (d, chain) => DeclareRules.Declare(d, chain, By(Bob), "k5", new DeclaredAct.Spend(Eur(10), "stamps"), null));
            var (root, child) = (await world.FindAsync(Root), await world.FindAsync(Child));
            Assert.Equal((300m + 250.02m + 400m, 10m), (root.Dealings.Children[0].Reserved, root.Dealings.Spent));
            Assert.Equal(683.36m, child.Dealings.SpentInAll);
            await DoAsync(Root, (d, _) => OfferRules.Revoke(d, By(Ann), "It is over."));
            died = dead;
            await world.EndAsync();

            root = await world.FindAsync(Root);
            Assert.Equal((693.36m, 683.36m, true), (root.Dealings.SpentInAll, root.Dealings.Children[0].Reserved, root.Dealings.Children[0].IsSettled));
            Assert.Equal(DelegationState.Revoked, (await world.FindAsync(Child)).State);
            Assert.True(last < 100, "it never came to its end");
        }
    }

    /// <summary>Ann gave Bob 1,000 EUR, and Bob handed on 300 of them to Cid; both are at work.</summary>
    private static async Task BeginAsync(StoredWorld world)
    {
        var wide = new Bounds { Budget = Eur(1000), Involvement = Involvement.Anyone, OutsideCommitments = true, Depth = 3 };
        var terms = new Terms(1, "Spring fair", AuthorizationType.Flexible, Samples.Friday, []) { Aim = "A fair that pays for itself", Bounds = wide };
        var handOn = new DeclaredAct.HandOn("D-C00000", "draft-1", Cid, terms with { Bounds = wide with { Budget = Eur(300), Depth = 2 } });
        var root = await world.BeginAsync("D-R00000", Ann, Bob, terms);
        await world.DoAsync(root, (d, _) => OfferRules.Accept(d, By(Bob), "I will see to the fair."), world.WakeAllAsync);
        world.Office.Declared[(root, "k0")] = handOn;
        // Mandates and policies of the office bind from here on only: this is how it came to be.
        await world.DoAsync(root, (d, chain) => DeclareRules.Declare(d, chain with { Mandate = new Mandate { IsUnlimited = true, Origin = "" }, Policies = [] }, By(Bob), "k0", handOn, null), world.WakeAllAsync);
        await world.DoAsync(handOn.ChildId, (d, _) => OfferRules.Accept(d, By(Cid), "I will see to the tents."), world.WakeAllAsync);
    }

    private static async Task RetryAsync(Func<Task> act)
    {
        try
        {
            await act();
        }
        catch (StorageException)
        {
            await act();
        }
    }

    private static Act By(Party who) => new(who.ObjectId, 1, Samples.Now) { Who = who };

    private static Money Eur(decimal amount) => new(amount, "EUR");
}

public sealed class SqliteWorldTests : StoredWorldTests, IDisposable
{
    private readonly SqliteFixture _file = new();

    public SqliteWorldTests() => Tables = new SqliteTables(_file.File);

    private protected override ITables Tables { get; }

    public void Dispose() => _file.Dispose();
}

[Collection(AzuriteFixture.Name)]
public sealed class AzureWorldTests(AzuriteFixture azurite) : StoredWorldTests
{
    private protected override ITables Tables { get; } = new AzureTables(azurite.Table, TimeProvider.System);
}

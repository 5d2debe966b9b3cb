using CoordinationBot.Delegations;
using CoordinationBot.Storage;
using CoordinationBot.Tests.Delegations;
using CoordinationBot.Tests.Storage;
using CsCheck;

namespace CoordinationBot.Tests.Overviews;

/// <summary>Whatever comes, in whatever order, twice, late or beside one another: the sums of a list are what a recount says, and the lists hold each delegation once.</summary>
public abstract class SummaryProperties
{
    private protected abstract ITables Tables { get; }

    private protected abstract int Iterations { get; }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>The life of one delegation, as random numbers: the last revision may be its end.</summary>
    private static readonly Gen<(int[] Revisions, bool Ends)> Life = Gen.Select(Gen.Int[0, 100_000].Array[1, 6], Gen.Bool);

    private static readonly Gen<((int[] Revisions, bool Ends)[] Lives, int Seed)> Histories = Gen.Select(Life.Array[1, 12], Gen.Int[0, 1_000_000]);

    [Fact]
    public void Sums_and_lists_agree_with_a_recount_whatever_is_delivered_how() => Histories.Sample(
        history =>
        {
            var random = new Random(history.Seed);
            var tables = new UnsteadyOnce(Tables, random);
            // Every life has a person of its own, all given by one leader, so that their entries meet in one summary row.
            var run = $"r{Guid.NewGuid():N}";
            var lives = history.Lives.Select((life, number) => life.Revisions.Select((seed, revision) => Named(run, OverviewWorld.Make(number, revision + 1, seed, !life.Ends || revision < life.Revisions.Length - 1))).ToList()).ToList();
            // Some twice; all in any order; eight at a time.
            var deliveries = lives.SelectMany(life => life).SelectMany(one => Enumerable.Repeat(one, random.Next(1, 3))).ToArray();
            random.Shuffle(deliveries);
            Parallel.ForEachAsync(deliveries, new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = Cancel }, async (one, cancel) => await WriteAsync(tables, one, cancel)).GetAwaiter().GetResult();

            var newest = lives.Select(life => life[^1]).ToList();
            var index = new DelegationIndex(tables.Inner);
            Assert.Equal(OverviewWorld.Recount(newest), OverviewWorld.Text(Done(index.SummaryAsync(run, OverviewWorld.Leader.ObjectId, Role.Leader, Cancel))));
            foreach (var open in (bool[])[true, false])
            {
                var listed = Done(index.ListAsync(run, OverviewWorld.Leader.ObjectId, Role.Leader, open, 100, Cancel));
                Assert.Equal(newest.Where(one => one.IsOpen == open).Select(one => (one.Id, one.Revision)).Order(), listed.Select(entry => (entry.Id, entry.Revision)).Order());
                Assert.Equal(listed.OrderBy(entry => open ? entry.Due.At : default).ThenByDescending(entry => open ? default : entry.Due.At).Select(entry => entry.Due.At), listed.Select(entry => entry.Due.At));
                foreach (var person in newest.Select(one => one.Assignee).Distinct())
                {
                    AssertListed(index, run, IndexKeys.To(person.ObjectId, open), newest.Where(one => one.IsOpen == open && one.Assignee == person));
                    Assert.Equal(
                        newest.Where(one => one.IsOpen == open && one.Assignee == person).Select(one => one.Id).Order(StringComparer.Ordinal),
                        Done(index.ListAsync(run, person.ObjectId, Role.Assignee, open, 100, Cancel)).Select(entry => entry.Id).Order(StringComparer.Ordinal));
                }
                AssertListed(index, run, IndexKeys.Objective("objective 1", open), newest.Where(one => one.IsOpen == open && one.Terms.Objective == "Objective 1"));
                AssertListed(index, run, IndexKeys.Matter("Person", open), newest.Where(one => one.IsOpen == open && one.Terms.Limits.Matter == "personnel"));
            }
            // Nothing is left behind anywhere.
            Assert.Equal(newest.SelectMany(one => IndexKeys.Of(Role.Leader, IndexRules.Entry(one))).Order(StringComparer.Ordinal), OverviewWorld.PlacesAsync(tables.Inner, run, OverviewWorld.Leader.ObjectId, Cancel).GetAwaiter().GetResult());
            AssertListed(index, run, IndexKeys.Awaited, newest.Where(one => IndexRules.Entry(one).Awaits != Awaited.Nothing));
        },
        iter: Iterations,
        threads: 1);

    [Fact]
    public void What_is_late_is_what_was_due_before_now() => Histories.Sample(
        history =>
        {
            var run = $"r{Guid.NewGuid():N}";
            var tables = Tables;
            var all = history.Lives.Select((life, number) => Named(run, OverviewWorld.Make(number, 1, life.Revisions[0], open: true))).ToList();
            foreach (var one in all)
            {
                Done(WriteAsync(tables, one, Cancel));
            }
            var index = new DelegationIndex(tables);
            var now = Samples.Now.AddMinutes((history.Seed % 8000) - 4000);
            var summary = Done(index.SummaryAsync(run, OverviewWorld.Leader.ObjectId, Role.Leader, Cancel));
            var late = all.Where(one => one.State != DelegationState.HandedIn && one.Terms.Due.At < now).Select(one => one.Id).Order(StringComparer.Ordinal);
            Assert.Equal((late.Count(), false), Done(index.LateAsync(run, OverviewWorld.Leader.ObjectId, summary, now, Cancel)));
            var filter = new CoordinationBot.Overviews.OverviewFilter(CoordinationBot.Overviews.OverviewView.Late);
            var (list, last) = filter.Range(now);
            Assert.Equal(late, Done(index.PageAsync(run, OverviewWorld.Leader.ObjectId, list, null, 100, Cancel, filter.Wanted(now), last)).Entries.Select(entry => entry.Id).Order(StringComparer.Ordinal));
        },
        iter: Iterations,
        threads: 1);

    private static Delegation Named(string run, Delegation delegation) => delegation with { Tenant = run };

    private static async ValueTask<bool> WriteAsync(ITables tables, Delegation delegation, CancellationToken cancel)
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                await new DelegationIndex(tables).WriteAsync(delegation, cancel);
                return true;
            }
            catch (StorageException) when (tries < 50)
            {
                // As the work loop does: the wake-up comes again.
            }
        }
    }

    private static void AssertListed(DelegationIndex index, string run, string list, IEnumerable<Delegation> expected) => Assert.Equal(
        expected.Select(one => one.Id).Order(StringComparer.Ordinal),
        Done(index.PageAsync(run, OverviewWorld.Leader.ObjectId, list, null, 100, Cancel)).Entries.Select(entry => entry.Id).Order(StringComparer.Ordinal));

    private static T Done<T>(ValueTask<T> task) => task.AsTask().GetAwaiter().GetResult();

    /// <summary>Tables that now and then fail before a commit, or after it so that nobody knows.</summary>
    private sealed class UnsteadyOnce(ITables inner, Random random) : ITables
    {
        public ITables Inner => inner;

        public ValueTask<Row?> GetAsync(string partition, string key, CancellationToken cancel) => inner.GetAsync(partition, key, cancel);

        public ValueTask<IReadOnlyList<Row>> QueryAsync(string partition, string prefix, int take, string? after, CancellationToken cancel) => inner.QueryAsync(partition, prefix, take, after, cancel);

        public async ValueTask<CommitResult> CommitAsync(string partition, IReadOnlyList<Change> changes, CancellationToken cancel)
        {
            int dice;
            lock (random)
            {
                dice = random.Next(10);
            }
            if (dice == 0)
            {
                throw new StorageException("It does not answer.", new IOException("gone"));
            }
            var result = await inner.CommitAsync(partition, changes, cancel);
            return dice == 1 ? throw new StorageException("Nobody knows whether it was written.", new IOException("gone")) : result;
        }

        public ValueTask CheckAsync(CancellationToken cancel) => inner.CheckAsync(cancel);
    }
}

public sealed class SqliteSummaryProperties : SummaryProperties, IDisposable
{
    private readonly SqliteFixture _file = new();

    private protected override ITables Tables => new SqliteTables(_file.File);

    private protected override int Iterations => 150;

    public void Dispose() => _file.Dispose();
}

[Collection(AzuriteFixture.Name)]
public sealed class AzureSummaryProperties(AzuriteFixture azurite) : SummaryProperties
{
    private protected override ITables Tables => new AzureTables(azurite.Table, TimeProvider.System);

    private protected override int Iterations => 4;
}

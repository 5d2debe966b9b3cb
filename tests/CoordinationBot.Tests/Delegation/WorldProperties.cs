using System.Collections.Concurrent;
using CsCheck;

namespace CoordinationBot.Tests.Delegations;

/// <summary>What holds in a whole office, whoever does what in whatever order, and however late what one delegation causes in another comes about.</summary>
public class WorldProperties
{
    private const int Histories = 4500;

    internal static readonly Gen<ulong[]> Steps = Gen.ULong.Array[20, 450];

    private static readonly string[] Everything =
    [
        "permitted Spend", "permitted Plan", "permitted Involve", "permitted Commit", "permitted HandOn", "held Spend", "held Plan", "held Involve", "held Commit", "held HandOn",
        "approved Spend", "approved Plan", "approved Involve", "approved Commit", "approved HandOn", "approved by one of several", "spent under a plan", "Declare forbidden",
        "raise set aside", "raise refused", "raised: approved", "raised: not enough above", "settled", "cascaded", "Refuse changed", "Withdraw changed", "PassOn changed",
        "ApproveChange changed", "another budget", "another deadline below", "AcceptResult changed", "Expire changed", "Decline changed", "Complete changed", "level 1", "level 2", "level 3", "level 4", "level 5",
    ];

    [Fact]
    public void Whatever_is_done_in_an_office_authority_money_and_history_hold()
    {
        var steps = 0L;
        var seen = new ConcurrentDictionary<string, int>();

        Steps.Sample(
            history =>
            {
                var world = new World();
                foreach (var step in history)
                {
                    world.Step(step);
                }
                world.End();
                Interlocked.Add(ref steps, history.Length);
                foreach (var (what, count) in world.Seen)
                {
                    seen.AddOrUpdate(what, count, (_, known) => known + count);
                }
            },
            iter: Histories,
            print: history => $"{history.Length} steps");

        TestContext.Current.TestOutputHelper?.WriteLine($"{steps} steps. {string.Join(", ", seen.OrderBy(pair => pair.Key).Select(pair => $"{pair.Key}: {pair.Value}"))}");
        Assert.True(steps > 1_000_000, $"only {steps} steps");
        // A world in which something never comes about proves nothing about it.
        Assert.All(Everything, what => Assert.True(seen.GetValueOrDefault(what) > 20, $"{what}: only {seen.GetValueOrDefault(what)}"));
    }
}

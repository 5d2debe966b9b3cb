using System.Diagnostics;
using System.Globalization;
using CoordinationBot.Authority;
using CoordinationBot.Benchmarks.Report;
using CoordinationBot.Delegations;

namespace CoordinationBot.Benchmarks.Measures;

/// <summary>What it takes to rule on an act, without reading anything: the deepest chain and many policies, all of which are looked at.</summary>
internal static class RulingMeasure
{
    private const int Depth = 5;
    private const int Policies = 50;
    private const int Rulings = 20_000;
    private const double Most = 20;

    private static readonly DateTimeOffset Now = new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);

    public static void Run(FigureTable table)
    {
        var levels = Enumerable.Range(0, Depth).Select(Level).ToList();
        var chain = new Chain(
            levels[1..],
            new Mandate { Origin = "Mandate for everybody", Money = new Money(1_000_000, "EUR"), OutsideCommitments = true },
            // The last one speaks: nothing is found early.
            [.. Enumerable.Range(1, Policies).Select(number => new Policy(
                string.Create(CultureInfo.InvariantCulture, $"P-{number}"), PolicySubject.Spending, "Larger purchases are approved by finance.", new Money(5000 - (90 * number), "EUR"), number == Policies ? null : $"matter {number}", PartyOf(90 + number)))],
            [new Superior(PartyOf(98), new Mandate { Origin = "Mandate of 98" }), Superior.Administrator(PartyOf(99))]);
        var permitted = new DeclaredAct.Spend(new Money(100, "EUR"), "printing");
        var held = new DeclaredAct.Spend(new Money(900, "EUR"), "printing");
        if (RulingRules.Rule(levels[0], chain, permitted, Now) is not Ruling.Permitted || RulingRules.Rule(levels[0], chain, held, Now) is not Ruling.NeedsApproval { Needs.Count: 1 })
        {
            throw new InvalidOperationException("The rulings are not those that were to be measured.");
        }
        table.AtMost($"Rules: us of a ruling, permitted, {Depth} deep, {Policies} policies", Microseconds(levels[0], chain, permitted), Most, "us");
        table.AtMost($"Rules: us of a ruling, held by the last policy, {Depth} deep, {Policies} policies", Microseconds(levels[0], chain, held), Most, "us");
    }

    private static double Microseconds(Delegation delegation, Chain chain, DeclaredAct act)
    {
        List<double> rounds = [];
        for (var round = -2; round < 9; round++)
        {
            var from = Stopwatch.GetTimestamp();
            for (var ruling = 0; ruling < Rulings; ruling++)
            {
                RulingRules.Rule(delegation, chain, act, Now);
            }
            if (round >= 0)
            {
                rounds.Add(Stopwatch.GetElapsedTime(from).TotalMicroseconds / Rulings);
            }
        }
        return new Spread(rounds).Median;
    }

    /// <summary>The leader of each is the assignee of the one above.</summary>
    private static Delegation Level(int number) => new()
    {
        Id = string.Create(CultureInfo.InvariantCulture, $"D-00000{number}"),
        Tenant = "tenant",
        Leader = PartyOf(number + 1),
        Assignee = PartyOf(number),
        Terms = new Terms(1, "Arrange the summer event", AuthorizationType.Flexible, new Due(Now.AddDays(20), "Europe/Berlin"), [])
        {
            Aim = "Everybody has been invited and fed.",
            Bounds = new Bounds { Budget = new Money(5000 * (number + 1), "EUR"), Involvement = Involvement.Anyone, OutsideCommitments = true, Depth = number, MustNot = ["no plastic", "no fireworks"] },
        },
        State = DelegationState.InProgress,
        Revision = 3,
        Origin = "draft",
        CreatedAt = Now,
        Ancestors = [.. Enumerable.Range(number + 1, Depth - number - 1).Select(above => string.Create(CultureInfo.InvariantCulture, $"D-00000{above}"))],
    };

    private static Party PartyOf(int number) => new(string.Create(CultureInfo.InvariantCulture, $"person-{number}"), string.Create(CultureInfo.InvariantCulture, $"Person {number}"));
}

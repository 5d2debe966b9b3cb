using System.Collections.Concurrent;
using CoordinationBot.Authority;
using CoordinationBot.Delegations;
using CsCheck;

namespace CoordinationBot.Tests.Delegations;

/// <summary>Whose answer silence may be: over random chains, mandates, policies and acts, held against <see cref="Oracle"/>.</summary>
public sealed class SilenceProperties
{
    [Fact]
    public void No_silence_answers_a_policy_or_for_anybody_but_the_leader_who_chose_it()
    {
        var seen = new ConcurrentDictionary<string, int>();
        Gen.ULong.Sample(
            seed =>
            {
                var what = Run(new Dice(seed));
                seen.AddOrUpdate(what, 1, (_, count) => count + 1);
            },
            iter: 40_000);
        Assert.All((string[])["granted", "a policy still asks", "somebody else is still asked", "forbidden since then", "not chosen"], what => Assert.True(seen.GetValueOrDefault(what) > 50, $"{what}: {seen.GetValueOrDefault(what)}"));
    }

    private static string Run(Dice dice)
    {
        var (depth, now) = (dice.Next(3), Samples.Now);
        var office = new Office();
        for (var change = 0; change < 6; change++)
        {
            office.ChangeMandate(dice);
        }
        var (leader, assignee) = (Office.People[depth], Office.People[depth + 1]);
        Dictionary<string, Delegation> states = [];
        for (var level = 0; level <= depth; level++)
        {
            var terms = new Terms(1, "Something", AuthorizationType.Flexible, new Due(now.AddDays(30), "UTC"), [])
            {
                Aim = "It is done",
                Silence = Silence.Of(dice.Once(6) ? OnSilence.Escalate : OnSilence.Approve),
                Bounds = new Bounds
                {
                    Budget = dice.Once(3) ? null : new Money(dice.Of([200m, 1000m, 5000m]), "EUR"),
                    Involvement = dice.Of(Enum.GetValues<Involvement>()),
                    OutsideCommitments = dice.Once(2),
                    Depth = dice.Next(3),
                    Matter = dice.Of<string?>([null, "personnel"]),
                },
            };
            var offered = OfferRules.Offer($"D-{level}", "tenant", $"draft-{level}", Office.People[level], Office.People[level + 1], terms, now, [.. Enumerable.Range(0, level).Reverse().Select(above => $"D-{above}")]).State;
            states[offered.Id] = Samples.Done(OfferRules.Accept(offered, Act.Of(Office.People[level + 1], 1, now), Samples.Brief));
        }
        var own = states[$"D-{depth}"];
        office.Policies.AddRange(Policies(dice, leader, 0));
        Chain ChainNow() => office.Chain(states, own) with { Policies = [.. office.Policies] };

        var declared = Acts(dice, now);
        var outcome = DeclareRules.Declare(own, ChainNow(), Act.Of(assignee, 1, now), "press", declared, null);
        if (outcome is not Outcome.Changed { State: { Dealings.Held: [{ Id: var request }] } held })
        {
            return "not held";
        }
        own = held;
        HashSet<string> pressed = [];
        HashSet<string> answered = [];
        foreach (var approver in DeclareRules.Approvers(own.Dealings.Held[0].Needs).Where(_ => dice.Once(4)).ToList())
        {
            own = After(own, ApprovalRules.Approve(own, ChainNow(), Act.Of(approver, 1, now), request, null));
            pressed.Add(approver.ObjectId);
        }
        office.Policies.AddRange(Policies(dice, leader, 10).Where(_ => dice.Once(3)));
        answered.UnionWith(pressed);
        // Somebody above a silent one answers for them, and for no policy.
        foreach (var missing in SilenceRules.Missing(own).Where(_ => dice.Once(3)).ToList())
        {
            if (ApprovalRules.Above(own, ChainNow(), declared, missing.From).FirstOrDefault() is { } above && own.Dealings.Held is [var asked] && asked.Needs.All(need => need.Approver.ObjectId != above.ObjectId))
            {
                own = After(own, EscalationRules.Ask(own, missing, new StandIn(above, missing.From) { Reason = StandInReason.SilentAbove }, now));
                var act = Act.Of(above, 1, now) with { Silent = [missing.From.ObjectId] };
                own = After(own, ApprovalRules.Approve(own, ChainNow(), act, request, null));
                answered.UnionWith([above.ObjectId, missing.From.ObjectId]);
                // A policy that came since may ask for whoever acts; those they have answered.
                pressed.Add(above.ObjectId);
            }
        }
        var before = own;
        if (Granted(own, request))
        {
            return "granted without";
        }
        Assert.All(SilenceRules.Missing(own), missing => Assert.True(missing.Policy != OnSilence.Approve || missing.From == leader));
        var chosen = own.Terms.OnSilence.Approvals == OnSilence.Approve;
        foreach (var missing in SilenceRules.Missing(own).SelectMany(missing => new[] { missing, missing with { Policy = OnSilence.Approve } }).ToList())
        {
            own = After(own, EscalationRules.Approve(own, ChainNow(), missing, now));
        }
        if (!chosen)
        {
            Assert.Same(before, own);
            return "not chosen";
        }
        var verdict = Oracle.Judge(before, ChainNow(), declared, now, null);
        if (!Granted(own, request))
        {
            var open = own.Dealings.Held[0].Needs.Where(need => need.ApprovedBy is null).ToList();
            Assert.All(own.Dealings.Held[0].Needs.Where(need => need.BySilence), need => Assert.True(!need.IsPolicy && need.Approver == leader && need.ApprovedBy == leader));
            return verdict.Never is not null ? "forbidden since then" : open.Any(need => need.IsPolicy) ? "a policy still asks" : "somebody else is still asked";
        }
        Assert.Null(verdict.Never);
        Assert.All(verdict.Policies, approver => Assert.Contains(approver, pressed));
        Assert.True(Oracle.Agreed(verdict with { Policies = [] }, before, ChainNow(), answered.Append(leader.ObjectId).ToHashSet()), $"nobody agreed who may: {verdict}");
        return "granted";
    }

    private static bool Granted(Delegation delegation, string request) => delegation.Dealings.Held.All(held => held.Id != request || held.Raising);

    private static Delegation After(Delegation before, Outcome outcome) => outcome is Outcome.Changed changed ? changed.State : before;

    private static IEnumerable<Policy> Policies(Dice dice, Party leader, int first) =>
        Enumerable.Range(first, dice.Next(3)).Select(number => new Policy(
            $"P-{number}",
            dice.Of(Enum.GetValues<PolicySubject>()),
            $"What P-{number} says",
            new Money(dice.Of([50m, 300m, 900m]), "EUR"),
            dice.Of<string?>([null, null, "personnel"]),
            dice.Next(6) switch { 0 => null, 1 or 2 => leader, 3 => Office.Fin, 4 => Office.Top, _ => Office.People[0] }));

    private static DeclaredAct Acts(Dice dice, DateTimeOffset now) => dice.Next(4) switch
    {
        0 or 1 => new DeclaredAct.Spend(new Money(dice.Of([100m, 700m, 3000m, 9000m]), "EUR"), "paper"),
        2 => new DeclaredAct.Plan(new Money(dice.Of([100m, 700m, 3000m]), "EUR"), "a fair", now.AddDays(9)),
        _ => dice.Once(2) ? new DeclaredAct.Commit("Miller Ltd", "delivery in May") : new DeclaredAct.Involve(Office.Stranger),
    };
}

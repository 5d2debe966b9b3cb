using CoordinationBot.Authority;
using CoordinationBot.Delegations;
using CsCheck;
using static CoordinationBot.Tests.Delegations.Samples;

namespace CoordinationBot.Tests.Delegations;

/// <summary>Who may give what a leader may not, over random lines of mandates, with cycles and holes in them.</summary>
public class GrantRulesTests
{
    private static readonly string[] People = ["ann", "bob", "kim", "dan", "eve"];

    private static readonly Gen<Mandate> Mandates =
        from isUnlimited in Gen.Int[0, 9].Select(number => number == 0)
        from money in Gen.Int[0, 5].Select(hundreds => hundreds == 0 ? null : new Money(hundreds * 100, "EUR"))
        from outside in Gen.Bool
        from excluded in Gen.Bool
        from near in Gen.Bool
        from up in Gen.Int[-2, People.Length - 1]
        select new Mandate { Origin = "Mandate", IsUnlimited = isUnlimited, Money = money, OutsideCommitments = outside, Excluded = excluded ? ["personnel"] : [], Reach = near ? [Named("dan")] : null, NextUp = up < 0 ? null : Named(People[up]) };

    private static readonly Gen<Authorities> Offices =
        from mandates in Mandates.Array[People.Length]
        from administrators in Gen.Int[0, People.Length - 1].Array[0, 2]
        select new Authorities
        {
            Mandates = People.Select((person, index) => new MandateEntry(Named(person), mandates[index], 1, Named("eve"), Now)).ToDictionary(entry => entry.Whose!.ObjectId),
            Named = [.. administrators.Select(index => Named(People[index]))],
        };

    private static readonly Gen<Terms> Asked =
        from money in Gen.Int[0, 6].Select(hundreds => hundreds == 0 ? null : new Money(hundreds * 100, "EUR"))
        from outside in Gen.Bool
        from matter in Gen.Bool.Select(isPersonnel => isPersonnel ? "Personnel" : null)
        select new Terms(1, "Spring party", AuthorizationType.Flexible, Friday, []) { Aim = "A good time", Bounds = new Bounds { Budget = money, OutsideCommitments = outside, Matter = matter, Involvement = Involvement.Anyone } };

    private static Party Named(string person) => new(person, person.ToUpperInvariant());

    [Fact]
    public void Only_who_decides_above_and_may_decide_it_can_give_it_and_never_the_two_it_is_between() =>
        Gen.Select(Offices, Asked).Sample((office, terms) =>
        {
            var able = MandateRules.Able(MandateRules.Above(office, "ann"), "ann", terms, Named("bob"));

            Assert.DoesNotContain(able, party => party.ObjectId is "ann" or "bob");
            Assert.Equal(able.Count, able.Select(party => party.ObjectId).Distinct().Count());
            Assert.All(able, party => Assert.True(MandateRules.Beyond(office.MandateOf(party.ObjectId), terms, Named("bob")) is null || office.IsAdministrator(party.ObjectId)));
            // Whoever is asked first is the nearest who may decide it.
            var line = new List<string>();
            for (var at = "ann"; office.MandateOf(at).NextUp is { } up && up.ObjectId != "ann" && !line.Contains(up.ObjectId); at = up.ObjectId)
            {
                line.Add(up.ObjectId);
            }
            var nearest = line.FirstOrDefault(person => person != "bob" && MandateRules.Beyond(office.MandateOf(person), terms, Named("bob")) is null);
            Assert.True(nearest is null || able[0].ObjectId == nearest);
        });

    [Fact]
    public void What_was_given_permits_its_own_limits_and_nothing_above_both_it_and_the_leaders_own() =>
        Gen.Select(Mandates, Asked, Asked).Sample((own, given, wanted) =>
        {
            var with = MandateRules.With(own, new Grant(new Clause("Mandate", "up to"), given.Limits, Named("kim")));

            Assert.Null(MandateRules.Beyond(with, given, Named("bob")));
            if (MandateRules.Beyond(own, wanted, Named("bob")) is null)
            {
                Assert.Null(MandateRules.Beyond(with, wanted, Named("bob")));
            }
            else if (MandateRules.Beyond(with, wanted, Named("bob")) is null)
            {
                Assert.True(wanted.Limits.Budget is not { } money || money.Amount <= Math.Max(own.Money?.Amount ?? 0, given.Limits.Budget?.Amount ?? 0));
                Assert.True(!wanted.Limits.OutsideCommitments || own.OutsideCommitments || given.Limits.OutsideCommitments);
                Assert.True(wanted.Limits.Matter is null || own.Excluded.Count == 0 || given.Limits.Matter is not null);
            }
        });

    [Fact]
    public void It_is_offered_only_when_somebody_who_can_give_it_says_so() =>
        Gen.Select(Gen.Int[0, 4], Gen.Int[0, 4].Array[0, 3], Gen.Int[-50, 150]).Sample((who, able, hours) =>
        {
            var requested = Requested();
            var chain = new Chain([], Mandate.BuiltIn, [], []) { Able = [.. able.Select(index => Named(index == 0 ? "carol" : People[index]))] };

            var outcome = ApprovalRules.Approve(requested, chain, new Act(who == 0 ? "carol" : People[who], 1, Now.AddHours(hours)), "R1", null);

            var isGiven = who == 0 && able.Contains(0) && Now.AddHours(hours) < Friday.At;
            Assert.Equal(isGiven, outcome is Outcome.Changed);
            if (outcome is Outcome.Changed changed)
            {
                Assert.Equal((DelegationState.Offered, "carol", true), (changed.State.State, changed.State.Grant!.By!.ObjectId, changed.State.IsGiven));
                Assert.Contains(changed.Tells, tell => tell.Role == Role.Assignee);
            }
        });
}

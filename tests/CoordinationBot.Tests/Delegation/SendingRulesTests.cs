using CoordinationBot.Authority;
using CoordinationBot.Delegations;
using CsCheck;

namespace CoordinationBot.Tests.Delegations;

public sealed class SendingRulesTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);
    private static readonly Party Bob = new("bob", "Bob Berg");

    private static readonly string[] Leaders = ["ann", "eve", "kim"];
    private static readonly string[] ZoneNames = ["Europe/Berlin", "Asia/Kolkata", "Pacific/Auckland", "no such zone"];

    private static readonly Gen<IndexEntry> Entries =
        from number in Gen.Int[0, 99]
        from leader in Gen.Int[0, 2].Select(leader => Leaders[leader])
        from state in Gen.Int[0, Enum.GetValues<DelegationState>().Length - 1].Select(state => Enum.GetValues<DelegationState>()[state])
        from hours in Gen.Int[-200, 200]
        from zone in Gen.Int[0, 3].Select(zone => ZoneNames[zone])
        from isConfidential in Gen.Bool
        select new IndexEntry($"D-{number:D6}", 1, $"Title {number}", new Party(leader, $"Name of {leader}"), Bob, state, new Due(Now.AddHours(hours), zone), 0, 0) { IsConfidential = isConfidential };

    [Fact]
    public void Nothing_confidential_of_others_is_ever_said_but_that_there_is_a_clash() =>
        (from open in Entries.List[0, 12] from hours in Gen.Int[-200, 200] from id in Gen.Int[0, 99].Select(number => (string?)$"D-{number:D6}") select (open, due: new Due(Now.AddHours(hours), "Europe/Berlin"), id))
            .Sample(world =>
            {
                var said = string.Join('\n', SendingRules.Sentences(SendingRules.Clashes(world.open, world.id, "ann", world.due)).Append(SendingRules.Load(Bob, world.open, "ann", world.due, Now)));
                var hidden = world.open.Where(entry => entry.IsConfidential && entry.Leader.ObjectId != "ann" && !world.open.Exists(other => other.Title == entry.Title && !other.IsConfidential));
                Assert.DoesNotContain(hidden, entry => said.Contains($"“{entry.Title}”", StringComparison.Ordinal));
                var without = world.open.Where(entry => !entry.IsConfidential || entry.Leader.ObjectId == "ann").ToList();
                Assert.Equal(SendingRules.Load(Bob, without, "ann", world.due, Now), SendingRules.Load(Bob, world.open, "ann", world.due, Now));
            });

    [Fact]
    public void A_clash_is_for_another_leader_open_and_due_on_the_same_day_where_the_new_work_is_meant() =>
        (from open in Entries.List[0, 12] from hours in Gen.Int[-200, 200] select (open, due: new Due(Now.AddHours(hours), "Asia/Kolkata")))
            .Sample(world =>
            {
                var india = TimeSpan.FromMinutes(330);
                var expected = world.open.Where(entry => entry.Leader.ObjectId != "ann"
                    && entry.State is not (DelegationState.Done or DelegationState.Declined or DelegationState.Revoked or DelegationState.Expired or DelegationState.HandedIn)
                    && entry.Due.At.ToOffset(india).Date == world.due.At.ToOffset(india).Date);
                Assert.Equal(expected, SendingRules.Clashes(world.open, null, "ann", world.due));
            });

    [Fact]
    public void It_is_no_clash_with_itself_nor_with_what_was_handed_on_from_it()
    {
        var due = new Due(Now, "Europe/Berlin");
        var one = new IndexEntry("D-000001", 1, "One", new Party("eve", "Eve Ek"), Bob, DelegationState.Offered, due, 0, 0);
        Assert.Empty(SendingRules.Clashes([one, one with { Id = "D-000002", Ancestors = ["D-000001"] }], "D-000001", "ann", due));
    }

    [Theory]
    [InlineData(nameof(PolicySubject.Spending), "EUR", 500, null, false)]
    [InlineData(nameof(PolicySubject.Spending), "EUR", 499, null, true)]
    [InlineData(nameof(PolicySubject.Spending), "USD", 500, null, true)]
    [InlineData(nameof(PolicySubject.Spending), "EUR", 499, "personnel", false)]
    [InlineData(nameof(PolicySubject.Spending), "EUR", 499, "EVENTS", true)]
    [InlineData(nameof(PolicySubject.OutsideCommitment), null, 0, null, true)]
    [InlineData(nameof(PolicySubject.SubDelegation), null, 0, null, false)]
    public void A_policy_counts_when_the_terms_permit_what_it_speaks_of(string subject, string? currency, int over, string? matter, bool counts)
    {
        var policy = new Policy("P-1", Enum.Parse<PolicySubject>(subject), "As it was written.", currency is null ? null : new Money(over, currency), matter, Bob);
        var terms = new Terms(1, "Party", AuthorizationType.Flexible, new Due(Now, "UTC"), []) { Bounds = new Bounds { Budget = new Money(500, "EUR"), OutsideCommitments = true, Matter = "events" } };
        Assert.Equal(counts, SendingRules.Applying([policy], terms).Any());
    }
}

using CoordinationBot.Authority;
using CoordinationBot.Delegations;
using static CoordinationBot.Tests.Delegations.Samples;

namespace CoordinationBot.Tests.Delegations;

public class ChangeRulesTests
{
    private static readonly Due Monday = new(Now.AddDays(7), "Europe/Berlin");

    private static readonly Dictionary<ChangeKind, (TermsChange Change, string Steps, string Words)> Kinds = new()
    {
        [ChangeKind.Skip] = (new(ChangeKind.Skip, 2), "AC", "skip step 2 “Step B”"),
        [ChangeKind.Swap] = (new(ChangeKind.Swap, 2, 3), "ACB", "swap step 2 “Step B” and step 3 “Step C”"),
        [ChangeKind.Add] = (new(ChangeKind.Add, 1, Text: "Step X"), "AXBC", "add a step after step 1: “Step X”"),
        [ChangeKind.Reword] = (new(ChangeKind.Reword, 3, Text: "Step Y"), "ABY", "reword step 3 “Step C” to “Step Y”"),
        [ChangeKind.MoveDeadline] = (new(ChangeKind.MoveDeadline, Due: Monday), "ABC", "move the deadline to Mon 30 Nov 2026, 10:00 (Europe/Berlin)"),
    };

    public static TheoryData<string> Names => [.. Kinds.Keys.Select(kind => kind.ToString())];

    [Theory, MemberData(nameof(Names))]
    public void An_approved_change_is_a_new_version_to_be_accepted_anew(string kind)
    {
        var (change, steps, words) = Kinds[Enum.Parse<ChangeKind>(kind)];
        var begun = Completed(1);
        var asked = Assert.IsType<Outcome.Changed>(ChangeRules.Request(begun, Inquiries.Alone, By(Bob), change, "It is shorter"));
        var approved = Assert.IsType<Outcome.Changed>(ChangeRules.Approve(asked.State, Inquiries.Alone, By(Ann), asked.State.Request!.Id, null));

        Assert.Equal($"Needs approval: {words}. Because: It is shorter", asked.Entry.What);
        Assert.Equal("D-7K3F9Q, version 1: Do exactly these 3 steps, in this order.", asked.Entry.Clause);
        Assert.Equal([new Tell(Role.Leader, "Bob Berg asks for a change. Please decide.")], asked.Tells);
        Assert.Same(begun.Terms, asked.State.Terms);
        Assert.Equal($"Approved: {words}. This is version 2", approved.Entry.What);
        Assert.Equal(("D-7K3F9Q, version 1: Ann Abel leads it and decides this.", 1), (approved.Entry.Clause, approved.Entry.Version));
        Assert.Equal([new Tell(Role.Assignee, $"Ann Abel approved: {words}. Please accept version 2.")], approved.Tells);
        Assert.Equal((DelegationState.Offered, 2, null, null), (approved.State.State, approved.State.Terms.Version, approved.State.BackBrief, approved.State.Request));
        Assert.Equal(steps, string.Concat(approved.State.Terms.Steps.Select(step => step.Text[^1])));
        Assert.Equal(change.Due ?? Friday, approved.State.Terms.Due);

        // Nothing is done under it before it is accepted, and the old card does nothing any more.
        Assert.IsType<Outcome.Stale>(StepRules.Complete(approved.State, By(Bob, 2), 2, null));
        Assert.Equal(new Outcome.Stale("The terms changed since this card was sent. This is version 2."), StepRules.Complete(approved.State, By(Bob), 2, null));
        var accepted = Done(OfferRules.Accept(approved.State, By(Bob, 2), Brief));
        Assert.Equal((DelegationState.InProgress, 1), (accepted.State, accepted.Completions.Count));
    }

    [Fact]
    public void An_approval_with_an_edit_says_so()
    {
        var waiting = In(DelegationState.WaitingForApproval);
        var approved = Assert.IsType<Outcome.Changed>(ChangeRules.Approve(waiting, Inquiries.Alone, By(Ann), waiting.Request!.Id, new(ChangeKind.Skip, 2)));

        Assert.Equal("Approved with an edit: skip step 2 “Step B”. This is version 2", approved.Entry.What);
        Assert.Equal(["Step A", "Step C"], approved.State.Terms.Steps.Select(step => step.Text));
        Assert.Equal("Approved: skip step 3 “Step C”. This is version 2", Assert.IsType<Outcome.Changed>(ChangeRules.Approve(waiting, Inquiries.Alone, By(Ann), waiting.Request!.Id, new(ChangeKind.Skip, 3))).Entry.What);
    }

    [Fact]
    public void A_refused_change_leaves_the_steps_and_says_why()
    {
        var waiting = In(DelegationState.WaitingForApproval);
        var refused = Assert.IsType<Outcome.Changed>(ChangeRules.Refuse(waiting, By(Ann), waiting.Request!.Id, "All three matter"));

        Assert.Equal("Refused the change: skip step 3 “Step C”. Because: All three matter", refused.Entry.What);
        Assert.Equal((waiting.Terms, "All three matter", null), (refused.State.Terms, refused.State.Reason, refused.State.Request));
        Assert.Equal([new Tell(Role.Assignee, "Ann Abel did not approve the change. The steps stay as they are.")], refused.Tells);
    }

    [Fact]
    public void A_child_is_due_no_later_than_what_is_above_it_whoever_approves()
    {
        var parent = Accepted() with { Id = "D-PARENT", Terms = Terms(Evidence.None) with { Due = new(Now.AddDays(10), "UTC") } };
        var child = Accepted() with { Ancestors = ["D-PARENT"] };
        var chain = Inquiries.Alone with { Ancestors = [parent] };
        Delegation Asks(double days) => Done(ChangeRules.Request(child, Inquiries.Alone, By(Bob), new(ChangeKind.MoveDeadline, Due: new(Now.AddDays(days), "UTC")), "More time"));

        Assert.Equal(Now.AddDays(10), Done(ChangeRules.Approve(Asks(10), chain, By(Ann), "R3", null)).Terms.Due.At);
        Assert.Equal(
            "That is later than what it is part of. Choose an earlier date, or move that one first. (D-PARENT, version 1: by Thu 3 Dec 2026, 09:00 (UTC))",
            Assert.IsType<Outcome.Refused>(ChangeRules.Approve(Asks(10.001), chain, By(Ann), "R3", null)).Full);
        Assert.Equal(
            "That is later than what it is part of. Please choose an earlier date, or ask for that one to be moved first. (D-PARENT, version 1: by Thu 3 Dec 2026, 09:00 (UTC))",
            Assert.IsType<Outcome.Refused>(ChangeRules.Request(child, chain, By(Bob), new(ChangeKind.MoveDeadline, Due: new(Now.AddDays(10.001), "UTC")), "More time")).Full);
        Assert.IsType<Outcome.Refused>(ChangeRules.Approve(Asks(5), chain, By(Ann), "R3", new(ChangeKind.MoveDeadline, Due: new(Now.AddDays(11), "UTC"))));
    }

    [Fact]
    public void An_earlier_deadline_names_what_was_handed_on_and_counts_for_it_too()
    {
        Child[] children = [new("D-OPEN00", new Party("eve", "Eve Ek"), 0, IsSettled: false, []), new("D-ENDED0", new Party("kim", "Kim Kern"), 0, IsSettled: true, [])];
        var parent = Accepted() with { Ledger = Ledger.Empty with { Children = children } };
        Outcome.Changed Moved(DateTimeOffset to) => Assert.IsType<Outcome.Changed>(ChangeRules.Approve(
            Done(ChangeRules.Request(parent, Inquiries.Alone, By(Bob), new(ChangeKind.MoveDeadline, Due: new(to, "UTC")), "Sooner is better")), Inquiries.Alone, By(Ann), "R3", null));

        var earlier = Moved(parent.Terms.Due.At.AddHours(-1));
        Assert.EndsWith("This is version 2. What was handed on counts until then too, whatever its own date: D-OPEN00 to Eve Ek", earlier.Entry.What, StringComparison.Ordinal);
        Assert.EndsWith("Please accept version 2. What was handed on counts until then too, whatever its own date: D-OPEN00 to Eve Ek.", Assert.Single(earlier.Tells).Sentence, StringComparison.Ordinal);
        Assert.EndsWith("This is version 2", Moved(parent.Terms.Due.At.AddHours(1)).Entry.What, StringComparison.Ordinal);
    }

    [Fact]
    public void A_root_gets_no_more_budget_than_its_leader_may_give()
    {
        var given = Done(OfferRules.Accept(Offered(new Terms(1, "Party", AuthorizationType.Flexible, Friday, []) { Aim = "Fun", Bounds = new Bounds { Budget = new(400, "EUR") } }), By(Bob), Brief));
        var chain = Inquiries.Alone with { Mandate = new Mandate { Money = new(500, "EUR"), Origin = "Mandate of Ann" } };
        Delegation Asks(decimal amount) => Done(ChangeRules.Request(given, Inquiries.Alone, By(Bob), new(ChangeKind.Budget, Budget: new(amount, "EUR")), "More guests"));

        Assert.Equal(500, Done(ChangeRules.Approve(Asks(500), chain, By(Ann), "R3", null)).Terms.Limits.Budget!.Amount);
        Assert.Equal("That is more than you may give as a budget. Approve less, or refuse: what is spent beyond it is asked of whoever can decide it. (Mandate of Ann: up to 500 EUR)", Assert.IsType<Outcome.Refused>(ChangeRules.Approve(Asks(500.01m), chain, By(Ann), "R3", null)).Full);
        Assert.Equal(
            "Ann Abel cannot give that as a budget. Say what you want to spend instead, and whoever can decide it is asked. (Mandate of Ann: up to 500 EUR)",
            Assert.IsType<Outcome.Refused>(ChangeRules.Request(given, chain, By(Bob), new(ChangeKind.Budget, Budget: new(500.01m, "EUR")), "More guests")).Full);
    }

    [Fact]
    public void A_second_request_has_another_id_so_that_an_old_button_does_not_answer_it()
    {
        var first = In(DelegationState.WaitingForApproval);
        var working = Done(ChangeRules.Withdraw(first, By(Bob), first.Request!.Id));
        var second = Done(ChangeRules.Request(working, Inquiries.Alone, By(Bob), first.Request.Change, first.Request.Reason));

        Assert.NotEqual(first.Request.Id, second.Request!.Id);
        Assert.IsType<Outcome.Stale>(ChangeRules.Approve(second, Inquiries.Alone, By(Ann), first.Request.Id, null));
    }

    [Fact]
    public void An_added_first_step_is_described_as_such() =>
        Assert.Equal("add a first step “X”", ChangeRules.Describe(Terms(Evidence.None), new(ChangeKind.Add, 0, Text: "X")));
}

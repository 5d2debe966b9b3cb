using CoordinationBot.Authority;
using CoordinationBot.Delegations;
using CsCheck;
using static CoordinationBot.Tests.Delegations.Inquiries;
using static CoordinationBot.Tests.Delegations.Samples;

namespace CoordinationBot.Tests.Delegations;

public class ChoiceRulesTests
{
    [Fact]
    public void A_chosen_option_is_a_new_version_to_be_accepted_anew()
    {
        var before = Proposed();
        var chosen = Assert.IsType<Outcome.Changed>(ChoiceRules.Choose(before, Alone, By(Ann), "draft-2", "O1", Deterministic));
        var after = chosen.State;
        Assert.Equal((DelegationState.Offered, 2, AuthorizationType.Deterministic, null, before.Round + 1), (after.State, after.Terms.Version, after.Terms.Type, after.BackBrief, after.Round));
        Assert.Equal("O1", after.Inquiry!.Chosen);
        Assert.Equal("Chose option 1 “Rent a hall”, as deterministic: Do exactly these 2 steps, in this order. This is version 2", chosen.Entry.What);
        Assert.Equal(("D-7K3F9Q, version 1: Ann Abel leads it and decides this.", 1), (chosen.Entry.Clause, chosen.Entry.Version));
        Assert.Equal(
            [new Tell(Role.Assignee, "Ann Abel chose option 1, as deterministic. Please accept version 2."), new Tell(Role.Consulted, "Ann Abel chose option 1. Thank you for your advice.")],
            chosen.Tells);

        var accepted = Done(OfferRules.Accept(after, By(Bob, 2), "I call and sign."));
        Assert.Equal((DelegationState.Accepted, false), (accepted.State, accepted.AllStepsComplete));
        Assert.IsType<Outcome.Changed>(StepRules.Complete(accepted, By(Bob, 2), 1, null));
    }

    [Fact]
    public void What_the_choice_does_not_ask_for_stays()
    {
        var proposed = Proposed();
        var before = proposed with { Terms = proposed.Terms with { Objective = "A good year", Silence = Silence.Of(OnSilence.Hold) } };
        foreach (var terms in (Terms[])[Deterministic, Flexible])
        {
            var after = Done(ChoiceRules.Choose(before, Alone, By(Ann), "draft-2", "O1", terms)).Terms;
            Assert.Equal((before.Terms.Objective, before.Terms.Silence), (after.Objective, after.Silence));
        }
    }

    [Fact]
    public void The_same_draft_is_one_choice_and_another_draft_comes_too_late()
    {
        var chosen = Done(ChoiceRules.Choose(Proposed(), Alone, By(Ann), "draft-2", "O1", Deterministic));
        Assert.Same(chosen, Assert.IsType<Outcome.Unchanged>(ChoiceRules.Choose(chosen, Alone, By(Ann), "draft-2", "O1", Deterministic)).State);
        Assert.IsType<Outcome.Stale>(ChoiceRules.Choose(chosen, Alone, By(Ann), "draft-3", "O2", Flexible));
        Assert.IsType<Outcome.Stale>(ChoiceRules.Choose(chosen, Alone, By(Ann, 2), "draft-3", "O2", Flexible));
        Assert.IsType<Outcome.Refused>(ChoiceRules.Choose(chosen, Alone, By(Bob), "draft-2", "O1", Deterministic));
    }

    [Fact]
    public void A_choice_of_a_proposal_that_came_back_meanwhile_is_stale()
    {
        var before = Proposed();
        var again = Done(InquiryRules.Propose(Done(ChoiceRules.AskForMore(before, By(Ann), "And the lake?")), By(Bob)));
        Assert.IsType<Outcome.Stale>(ChoiceRules.Choose(again, Alone, By(Ann) with { Round = before.Round }, "draft-2", "O1", Deterministic));
        Assert.IsType<Outcome.Changed>(ChoiceRules.Choose(again, Alone, By(Ann) with { Round = again.Round }, "draft-2", "O1", Deterministic));
    }

    [Fact]
    public void It_never_stays_uncertain_and_the_terms_are_as_good_as_any_that_are_offered()
    {
        string Refused(Terms terms) => Assert.IsType<Outcome.Refused>(ChoiceRules.Choose(Proposed(), Alone, By(Ann), "draft-2", "O1", terms)).Full;
        Assert.Equal("Choosing turns this into a deterministic or a flexible delegation. Please choose one of these.", Refused(Uncertain));
        Assert.Equal("Please list at least one step: deterministic means doing exactly these steps, in this order.", Refused(Deterministic with { Steps = [] }));
        Assert.Equal("Please write the outcome you want.", Refused(Flexible with { Aim = null }));
        Assert.Equal("That deadline has passed. Please choose a later one.", Refused(Deterministic with { Due = new(Now, "UTC") }));
        Assert.Equal("You two are part of it already. Please name others.", Refused(Flexible with { Bounds = Flexible.Limits with { Involvement = Involvement.Named, People = [new(Bob, "Bob Berg")] } }));
    }

    [Fact]
    public void What_was_spent_on_exploring_is_part_of_the_budget_in_its_currency()
    {
        var spent = Proposed();
        spent = spent with { Ledger = spent.Dealings with { Spent = 200 } };
        Terms With(Money budget) => Flexible with { Bounds = Flexible.Limits with { Budget = budget } };
        string Refused(Terms terms) => Assert.IsType<Outcome.Refused>(ChoiceRules.Choose(spent, Alone, By(Ann), "draft-2", "O1", terms)).Full;
        Assert.Equal($"This delegation counts in EUR. Its budget cannot be in USD. ({Sentence})", Refused(With(new(4000, "USD"))));
        Assert.Equal($"200 EUR is spent or set aside already. A budget below that is not possible. ({Sentence})", Refused(With(new(199, "EUR"))));
        Assert.Equal(new Money(3800, "EUR"), Done(ChoiceRules.Choose(spent, Alone, By(Ann), "draft-2", "O1", Flexible)).Left);
        Assert.Null(Done(ChoiceRules.Choose(spent, Alone, By(Ann), "draft-2", "O1", Deterministic)).Left);
    }

    [Fact]
    public void What_it_is_about_and_who_may_know_of_it_stays()
    {
        var secret = Proposed(Uncertain with { Bounds = Uncertain.Limits with { IsConfidential = true, Matter = "personnel", MustNot = ["Tell nobody"] } });
        var flexible = Done(ChoiceRules.Choose(secret, Alone, By(Ann), "draft-2", "O1", Flexible)).Terms.Limits;
        var deterministic = Done(ChoiceRules.Choose(secret, Alone, By(Ann), "draft-2", "O1", Deterministic with { Bounds = Flexible.Bounds })).Terms.Limits;
        Assert.Equal((true, "personnel"), (flexible.IsConfidential, flexible.Matter));
        Assert.Equal((true, "personnel", null, false), (deterministic.IsConfidential, deterministic.Matter, deterministic.Budget, deterministic.OutsideCommitments));
        Assert.Equal(["Tell nobody"], deterministic.MustNot);
        Assert.Null(Done(ChoiceRules.Choose(Proposed(), Alone, By(Ann), "draft-2", "O1", Deterministic with { Bounds = Flexible.Bounds })).Terms.Bounds);
    }

    [Fact]
    public void A_leader_gives_no_more_than_their_mandate()
    {
        var mandate = new Mandate { Money = new(1000, "EUR"), OutsideCommitments = true, Origin = "Mandate of Ann" };
        Assert.Equal("That is more than you may give. (Mandate of Ann: up to 1,000 EUR)", Assert.IsType<Outcome.Refused>(ChoiceRules.Choose(Proposed(), Alone with { Mandate = mandate }, By(Ann), "draft-2", "O1", Flexible)).Full);
        Assert.IsType<Outcome.Changed>(ChoiceRules.Choose(Proposed(), Alone with { Mandate = mandate }, By(Ann), "draft-2", "O1", Deterministic));
    }

    [Fact]
    public void Below_another_delegation_a_choice_is_within_that_one()
    {
        var parent = Samples.Offered(Flexible with { Version = 1 }) with { Id = "D-PARENT", State = DelegationState.InProgress };
        string Refused(Delegation above, Terms terms) => Assert.IsType<Outcome.Refused>(ChoiceRules.Choose(Proposed(), Alone with { Ancestors = [above] }, By(Ann), "draft-2", "O1", terms)).Full;
        Terms With(decimal budget) => Flexible with { Bounds = Flexible.Limits with { Budget = new(budget, "EUR") } };

        // What is uncertain above leaves nothing to commit below.
        Assert.Contains("what is uncertain is handed on as uncertain only", Refused(Proposed() with { Id = "D-PARENT" }, Deterministic), StringComparison.Ordinal);
        Assert.Contains("is left of the budget", Refused(parent, With(501)), StringComparison.Ordinal);
        Assert.Contains("(D-PARENT, version 1: by ", Refused(parent, Deterministic with { Due = new(Now.AddDays(21), "UTC") }), StringComparison.Ordinal);
        Assert.Contains("nobody else is involved", Refused(parent, Flexible with { Bounds = With(500).Limits with { Involvement = Involvement.Anyone } }), StringComparison.Ordinal);
        Assert.Contains("Nothing is permitted below D-PARENT any more.", Refused(parent with { State = DelegationState.Revoked }, Deterministic), StringComparison.Ordinal);
        Assert.IsType<Outcome.Changed>(ChoiceRules.Choose(Proposed(), Alone with { Ancestors = [parent] }, By(Ann), "draft-2", "O1", With(500)));
    }

    [Fact]
    public void Asked_for_more_it_goes_on_and_the_options_stay()
    {
        var asked = Assert.IsType<Outcome.Changed>(ChoiceRules.AskForMore(Proposed(), By(Ann), "What about the lake?"));
        Assert.Equal((DelegationState.Returned, 2), (asked.State.State, asked.State.Inquiry!.Options.Count));
        Assert.Equal([new Tell(Role.Assignee, "Ann Abel asks for more before choosing.")], asked.Tells);
        Assert.Equal("Please write what is missing.", Assert.IsType<Outcome.Refused>(ChoiceRules.AskForMore(Proposed(), By(Ann), null)).Full);
        // More is brought, and it is not in progress as if nobody had asked.
        Assert.Equal(DelegationState.Returned, Done(InquiryRules.AddOption(asked.State, By(Bob), Hall with { Title = "The lake" })).State);
    }

    [Fact]
    public void Closed_it_is_done_without_a_choice()
    {
        var closed = Assert.IsType<Outcome.Changed>(ChoiceRules.Close(Proposed(), By(Ann), "There is no party"));
        Assert.Equal((DelegationState.Done, null, "Closed without a choice: There is no party"), (closed.State.State, closed.State.Inquiry!.Chosen, closed.Entry.What));
        Assert.Equal([new Tell(Role.Assignee, "Ann Abel closed this. Nothing more is to be done. Thank you.")], closed.Tells);
        Assert.Equal("Please write why, so that Bob Berg knows.", Assert.IsType<Outcome.Refused>(ChoiceRules.Close(Proposed(), By(Ann), " ")).Full);
        Assert.Equal("Nothing was sent: Ann Abel closed it.", Assert.IsType<Outcome.Stale>(InquiryRules.Comment(closed.State, By(Carol), null, "But why?")).Sentence);
    }

    /// <summary>What was approved on top stays on top of the new budget: together they are within what the leader may give.</summary>
    [Fact]
    public void A_greater_budget_counts_with_what_was_approved_on_top() =>
        Gen.Select(Gen.Int[0, 20], Gen.Int[0, 20], Gen.Int[0, 20], Gen.Int[0, 20]).Sample((most, before, onTop, after) =>
        {
            static Money? Euros(int hundreds) => hundreds == 0 ? null : new Money(hundreds * 100, "EUR");
            var proposed = Proposed(Uncertain with { Bounds = Uncertain.Limits with { Budget = Euros(before) } });
            proposed = onTop == 0 ? proposed : proposed with { Ledger = proposed.Dealings with { Allowances = [new Allowance("R1", Euros(onTop)!, 0, "the hall", Now.AddDays(9), IsOnTop: true, [])] } };
            var chain = Alone with { Mandate = new Mandate { Money = Euros(most), OutsideCommitments = true, Origin = "Mandate of Ann" } };
            var chosen = Flexible with { Bounds = Flexible.Limits with { Budget = Euros(after) } };
            var isGiven = ChoiceRules.Choose(proposed, chain, By(Ann), "draft-2", "O1", chosen) is Outcome.Changed;
            Assert.Equal(after <= most && (after <= before || after + onTop <= most), isGiven);
        });
}
